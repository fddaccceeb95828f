"""What single widgets draw, as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, FunctionPlan
from lifecycle_tui.engine.worktime import Uniform
from lifecycle_tui.play.player import Transport
from lifecycle_tui.play.session import AFTER_DELAY, AT_ONCE, NEW_ONLY, Session
from lifecycle_tui.readings.model import LogLine
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import note_line
from lifecycle_tui.tui.widgets.config import config_lines, summary
from lifecycle_tui.tui.widgets.config_fields import FIELDS, differences
from lifecycle_tui.tui.widgets.inspector import inspect
from lifecycle_tui.tui.widgets.log import log_row
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from lifecycle_tui.tui.widgets.prose import daggered, fit, wrap
from lifecycle_tui.tui.widgets.status_bar import clock, speed_words, transport_run
from lifecycle_tui.tui.widgets.why import explain
from tests.play.plans import COLD_US, FUNCTION, plan

ASCII = Skin(ascii_only=True)


def inspected(at_us: int, *, width: int = 66, height: int = 12) -> list[str]:
    session = Session(plan())
    session.fire()
    state = environment_at(session.index, 0, at_us)
    lines = inspect(state, FUNCTION, at_us=at_us, width=width, height=height, skin=ASCII)
    assert max(width_of(line) for line in lines) <= width
    return text_of(lines).splitlines()


@pytest.mark.parametrize("height", [8, 13])
def test_rows_of_the_inspector_keep_their_places(height: int) -> None:
    names = [
        [line.split()[0] for line in inspected(us, height=height)[1:4]]
        for us in (0, 300 * MS, 900 * MS, 1_200 * MS, COLD_US)
    ]
    assert all(name == names[0] for name in names)
    for us in range(0, COLD_US, 37 * MS):
        assert len(inspected(us, height=height)) <= height


def test_the_inspector_says_who_is_waited_for_and_what_is_kept() -> None:
    text = "\n".join(inspected(COLD_US - 60 * MS))
    assert "for otel" in text
    assert "response sent" in text
    assert "globals since #1" in text
    assert "2 connections" in text
    assert "1.02 s of 10 s" in text


def test_the_inspector_before_anything_happened() -> None:
    lines = inspect(None, None, at_us=0, width=60, height=12, skin=ASCII)
    assert text_of(lines).startswith("No environment yet.")


def effect(name: str, raised: bool) -> str:
    return {"provisioned_concurrency": AFTER_DELAY if raised else AT_ONCE}.get(name, NEW_ONLY)


def test_each_field_moves_by_notches_and_back() -> None:
    for field in FIELDS:
        up = field.moved(FUNCTION, 1)
        assert field.read(up) != field.read(FUNCTION)
        assert differences(FUNCTION, up)
        down = field.moved(up, -1)
        assert (field.read(down) or 0) <= (field.read(up) or 0)


def test_fields_stop_at_what_aws_allows() -> None:
    least = most = FUNCTION
    timeout = FIELDS[0]
    for _ in range(40):
        least, most = timeout.moved(least, -1), timeout.moved(most, 1)
    assert (least.timeout_us, most.timeout_us) == (SECOND, 900 * SECOND)


def test_extensions_come_and_go() -> None:
    extensions = next(field for field in FIELDS if field.id == "extensions")
    three = extensions.moved(extensions.moved(FUNCTION, 1), 1)
    assert [one.name for one in three.extensions] == ["otel", "ext-1", "ext-2"]
    assert len({one.name for one in three.extensions}) == 3
    init = next(field for field in FIELDS if field.id == "extension_init")
    assert init.read(init.moved(three, 1)) == 50 * MS


def test_the_pane_says_when_a_change_takes_effect() -> None:
    draft = replace(FUNCTION, provisioned_concurrency=2)
    lines = config_lines(FUNCTION, draft, chosen=2, width=100, height=8, effect=effect)
    assert AFTER_DELAY in text_of(lines)
    for width in (40, 78, 118):
        lines = config_lines(FUNCTION, draft, chosen=2, width=width, height=8, effect=effect)
        assert max(width_of(line) for line in lines) <= max(width, 62)


@pytest.mark.parametrize(
    "function",
    [
        FUNCTION,
        FunctionPlan(name="bare"),
        replace(FUNCTION, handler=Uniform(0, 900 * SECOND), reserved_concurrency=1_000),
    ],
    ids=["usual", "bare", "long"],
)
def test_the_summary_fits_into_eighty_cells(function: FunctionPlan) -> None:
    assert width_of(summary(function, 80)) <= 80


def test_why_names_its_rules_and_marks_assumptions() -> None:
    session = Session(plan())
    session.fire()
    session.player.seek(COLD_US)
    lines = explain(session.explanation(session.index.attempt(1).start), chosen=0, width=60)
    text = text_of(lines)
    assert text.startswith("Why was #1 COLD?")
    assert "rule CON-02 [documented]" in text
    assert "†" in text
    assert max(width_of(line) for line in lines) <= 60


def test_a_log_line_gives_up_its_request_id_before_its_numbers() -> None:
    request = "9650366e-7717-4ed1-8410-04247b6831a9"
    line = LogLine(
        0, 0, 1, f"REPORT RequestId: {request}\tDuration: 1.00 ms\tBilled Duration: 1 ms"
    )
    assert request in text_of([log_row(line, 200)])
    assert "RequestId: 9650366e…  Duration" in text_of([log_row(line, 70)])


@pytest.mark.parametrize(
    ("us", "expected"),
    [
        (0, "    0.000 s"),
        (378_340_000, "  378.340 s"),
        (1_479_600, "    1.480 s"),
        (3_723 * SECOND, "  1:02:03 h"),
        (3_723 * SECOND + 600_000, "  1:02:04 h"),
    ],
)
def test_the_clock_keeps_its_width(us: int, expected: str) -> None:
    assert clock(us) == expected


def test_the_transport_keeps_its_width() -> None:
    every = (
        Transport(),
        Transport(playing=True, speed=3_600.0),
        Transport(playing=True, speed=1 / 16),
        Transport(playing=True, warp=687.2),
    )
    assert {len(transport_run(one).text) for one in every} == {12}
    assert speed_words(1 / 8) == "1/8x"


def test_prose_is_broken_between_words_and_words_where_they_must() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("x" * 10, 4) == ["xxxx", "xxxx", "xx"]
    assert wrap("", 4) == []
    assert fit("environment", 6) == "envir…"
    assert [run.text for run in daggered("a † b †")] == ["a ", "†", " b ", "†"]


@pytest.mark.parametrize(
    ("note", "width", "shown"),
    [
        ("one part · two · three", 40, "one part · two · three"),
        ("one part · two · three", 22, "one part · two …"),
        ("one part · two · three", 17, "one part …"),
        ("a part that is too long · two", 20, "a part that is t…"),
        ("ab · a part that is too long", 24, "ab · a part that is…"),
    ],
)
def test_of_a_note_that_is_too_long_whole_parts_go(note: str, width: int, shown: str) -> None:
    line = note_line(note, width)
    assert text_of((line,)) == f" · {shown}"
    assert width_of(line) <= width
