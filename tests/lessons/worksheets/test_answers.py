"""What a key says is what the run did."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import Fire, FunctionPlan, Plan, Prewarm
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.lessons.worksheets.figures import (
    MOST_EVENTS,
    MOST_LANES,
    NOT_YET,
    Numbering,
    figure,
    moment,
)
from lifecycle_tui.lessons.worksheets.model import EndAsked, EventAsked, Figure, NumberAsked
from lifecycle_tui.lessons.worksheets.practice import practice
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Phase
from tests.lessons.worksheets.test_sheets import figures, pages_of, sheet_of

MS = 1_000
FUNCTION = FunctionPlan(
    "web-api",
    init_runtime=Constant(200 * MS),
    init_function=Constant(700 * MS),
    handler=Constant(250 * MS),
)


def drawn(*commands: Fire | Prewarm, at_ms: int, numbering: Numbering | None = None) -> Figure:
    """Return the picture of a run of one function at a moment."""
    index = Session(Plan((FUNCTION,), commands=commands)).index
    found = figure(moment(index, at_ms * MS), "x", numbering or Numbering())
    assert found is not None
    return found


def test_a_cold_and_a_warm_start_by_hand() -> None:
    """Placement takes 100 ms, Init 900 ms, the handler 250 ms."""
    found = drawn(Fire(at_us=0), Fire(at_us=3_000 * MS), at_ms=3_300)
    assert found.events == (
        EventAsked("#1", "COLD", "1,000", "1,150"),
        EventAsked("#2", "WARM", "0", "250"),
    )
    assert found.numbers == (
        NumberAsked(1, "e1", "placement", "100"),
        NumberAsked(2, "e1", "runtime init", "200"),
        NumberAsked(3, "e1", "function init", "700"),
        NumberAsked(4, "e1", "handler", "250"),
        NumberAsked(5, "e1", "FROZEN", ""),
    )
    assert [begin.answer for begin in found.lanes[0].begins] == ["#1 COLD", "#2 WARM"]
    assert [begin.at_us for begin in found.lanes[0].begins] == [1_000 * MS, 3_000 * MS]
    assert len(found.axis.folds) == 1


def test_what_has_not_happened_is_not_asked() -> None:
    numbering = Numbering()
    early = drawn(Fire(at_us=0), at_ms=500, numbering=numbering)
    assert early.events == ()
    assert [each.name for each in early.numbers] == ["placement", "runtime init", "function init"]
    assert early.numbers[2].took_ms == ""
    assert early.lanes[0].bars[-1].end_us == 500 * MS
    later = drawn(Fire(at_us=0), at_ms=600, numbering=numbering)
    assert later.numbers == ()
    assert later.ends == (EndAsked("e1", "function init"),)


def test_a_picture_that_would_ask_nothing_is_not_drawn() -> None:
    index = Session(Plan((FUNCTION,), commands=(Fire(at_us=0),))).index
    first = moment(index, 1_300 * MS)
    numbering = Numbering()
    assert figure(first, "x", numbering) is not None
    assert figure(moment(index, 1_500 * MS, first), "x", numbering) is None
    assert moment(index, 0).is_empty is False
    assert moment(Session(Plan((FUNCTION,))).index, 0).is_empty


def test_events_are_asked_about_once_while_the_run_goes_on() -> None:
    commands = (Fire(at_us=0), Fire(at_us=3_000 * MS))
    index = Session(Plan((FUNCTION,), commands=commands)).index
    first = moment(index, 3_100 * MS)
    assert [row.get("event") for row in first.fresh] == [1]
    assert [row.get("event") for row in moment(index, 4_000 * MS, first).fresh] == [2]
    other = Session(Plan((FUNCTION,), commands=(*commands[:1], Fire(at_us=2_000 * MS)))).index
    assert len(moment(other, 4_000 * MS, first).fresh) == 2


def test_of_many_events_some_neighbours_are_asked() -> None:
    found = drawn(
        Fire(at_us=0), Fire(at_us=5_000 * MS, count=30, over_us=20_000 * MS), at_ms=30_000
    )
    assert [each.event for each in found.events] == [f"#{n}" for n in range(1, MOST_EVENTS + 1)]
    assert found.later
    burst = drawn(Fire(at_us=0, count=30), at_ms=2_000)
    assert len(burst.lanes) == MOST_LANES
    assert burst.more_lanes == 30 - MOST_LANES


def test_an_environment_without_events_is_drawn() -> None:
    found = drawn(Prewarm(at_us=0), at_ms=1_200)
    assert found.events == ()
    assert [bar.phase for bar in found.lanes[0].bars][-1] is Phase.READY


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_run_of_a_sheet_alone_overlaps_and_does_not(seed: int) -> None:
    seen = practice(Plan((FUNCTION,), seed=seed))
    starts = {row.get("start") for row in seen.attempts}
    assert {"cold", "warm"} <= starts or len(seen.run.trace.environments) > 1
    assert len(seen.attempts) == len(seen.fresh) == 5
    found = figure(seen, "x", Numbering())
    assert found is not None
    told = {each.event: each for each in invocations(seen.run)}
    for asked in found.events:
        each = told[int(asked.event[1:])]
        assert each.started_us is not None
        assert asked.start == str(each.start).upper()
        assert asked.wait_ms == f"{(each.started_us - each.arrived_us) // MS:,}"
        assert asked.billed_ms == f"{each.billed_ms:,}"
        assert NOT_YET not in asked


def test_another_seed_gives_other_numbers_and_a_key_for_them() -> None:
    sheets = [pages_of("first-event", seed)[0] for seed in (1, 2, 3)]
    keys = [pages_of("first-event", seed)[1] for seed in (1, 2, 3)]
    own = [figures(sheet_of("first-event", seed))[-1].events for seed in (1, 2, 3)]
    assert len(set(sheets)) == len(set(keys)) == len(set(own)) == 3
