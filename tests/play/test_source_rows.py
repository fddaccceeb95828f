"""The rows of sources: signs, marks, and nothing before its time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.sources import source_courses
from tests.readings.runs import MANY
from tests.story import prompt_account, seconds
from tests.strategies import plans


def shown(plan: Plan, second: float, cell_us: int = 1_000_000) -> list[str]:
    """Return the rows of sources as text."""
    session = Session(plan, at_us=round(second * SECOND))
    seen = view(session, Camera(cell_us=cell_us), Size(60))
    rows = []
    for row in seen.sources:
        cells = [" "] * 60
        for label in row.labels:
            cells[label.column : label.column + len(label.text)] = label.text
        rows.append(f"{row.name} {row.waiting}|{''.join(cells).rstrip()}")
    return rows


def test_waiting_events_are_counted_in_each_column() -> None:
    function = FunctionPlan("f", handler=seconds(2), reserved_concurrency=1)
    plan = Plan((function,), prompt_account(), (Fire(at_us=SECOND, source="sns", count=12),))
    assert shown(plan, 0.5) == []
    assert shown(plan, 3) == ["sns 11| +++"]


def test_an_event_that_is_given_up_leaves_its_letter() -> None:
    function = FunctionPlan("f", handler_outcome=Outcome.ERROR, handler=seconds(1))
    plan = Plan((function,), prompt_account(), (Fire(at_us=0, source="s3"),))
    (row,) = shown(plan, 200, 5_000_000)
    assert row.startswith("s3 0|1")
    assert row.endswith("D")


def test_the_key_goes_through_declared_sources_and_kinds_and_sends_by_them() -> None:
    plan = Plan((FunctionPlan("f"),), prompt_account())
    session = Session(plan)
    assert "api-gateway" in session.next_source().text
    for _ in range(4):
        note = session.next_source()
    assert note.text == "i now sends by s3: nobody waits; Lambda queues and tries again"
    session.fire()
    (sent,) = session.live
    assert isinstance(sent, Fire)
    assert sent.source == "s3"


@MANY
@given(plans(), st.integers(0, 90))
def test_what_is_held_back_at_a_moment_does_not_depend_on_what_comes(
    plan: Plan, second: int
) -> None:
    from lifecycle_tui.play.commands import known

    session = Session(plan, at_us=second * SECOND)
    whole = source_courses(session.index)
    trace = known(session.trace, session.trace.last_at(session.at_us))
    told = {c.plan.name: c for c in source_courses(Index(trace))}
    for course in whole:
        if course.since_us <= session.at_us:
            seen = told[course.plan.name]
            assert seen.waiting_at(session.at_us) == course.waiting_at(session.at_us)


def test_who_sent_is_said_beside_events_that_are_no_plain_calls() -> None:
    commands = (Fire(at_us=0), Fire(at_us=5 * SECOND, source="dynamodb-streams"))
    plan = Plan((FunctionPlan("f", handler=seconds(1)),), prompt_account(), commands)
    session = Session(plan, at_us=8 * SECOND)
    seen = view(session, Camera(cell_us=200_000), Size(60))
    assert [label.text for label in seen.senders] == ["DDB"]
    plain = Session(replace(plan, commands=commands[:1]), at_us=8 * SECOND)
    assert view(plain, Camera(), Size(60)).senders == ()


def told(*sent: tuple[int, str], width: int = 60, at: float = 12) -> str:
    """Return the row that says who sent, where a cell is 200 ms."""
    commands = tuple(Fire(at_us=ms * 1_000, source=source) for ms, source in sent)
    plan = Plan((FunctionPlan("f", handler=seconds(1)),), prompt_account(), commands)
    seen = view(Session(plan, at_us=round(at * SECOND)), Camera(cell_us=200_000), Size(width))
    cells = [" "] * width
    for label in seen.senders:
        assert all(cell == " " for cell in cells[label.column : label.column + len(label.text)])
        cells[label.column : label.column + len(label.text)] = label.text
    return "".join(cells).rstrip()


def test_a_sender_without_room_shares_its_label_or_says_that_it_is_cut() -> None:
    api, url = "api-gateway", "function-url"
    assert told((0, api), (5_000, api)) == "API" + " " * 22 + "API"
    assert told((0, api), (600, api), (1_200, url)) == "API   URL"
    assert told((0, api), (400, api), (2_000, api)) == "API       API"
    assert told((0, api), (400, url), (1_200, "s3")) == "… URL s3"
    assert told((0, api), (400, api), (600, url)) == "A… URL"
