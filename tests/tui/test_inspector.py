"""The inspector: bars of one scale, and names where there are several functions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.downstream_plan import DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import MS, SECOND, FunctionPlan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.state import counters_at, environment_at
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.counters import count_lines
from lifecycle_tui.tui.widgets.functions import named
from lifecycle_tui.tui.widgets.inspector import inspect
from lifecycle_tui.tui.widgets.painted import Line, text_of, width_of
from tests.play.plans import FUNCTION, plan

ASCII = Skin(ascii_only=True)


def inspected(
    function: FunctionPlan, at_us: int, *, width: int = 66, height: int = 14, name: Line = ()
) -> list[str]:
    session = Session(plan(function=function))
    session.fire()
    state = environment_at(session.index, 0, at_us)
    lines = inspect(
        state, function, at_us=at_us, width=width, height=height, skin=ASCII, function=name
    )
    assert max(width_of(line) for line in lines) <= width
    return text_of(lines).splitlines()


def test_a_bar_twice_as_long_is_twice_the_time() -> None:
    quick = replace(
        FUNCTION,
        extensions=(),
        init_runtime=Constant(50 * MS),
        init_function=Constant(50 * MS),
        handler=Constant(2_800 * MS),
    )
    rows = inspected(quick, 100 * MS + 100 * MS + 2_800 * MS)
    handler = next(row.count("H") for row in rows if "H handler" in row) - 1
    runtime = next(row.count("R") for row in rows if "R runtime init" in row) - 1
    assert runtime == 1
    assert handler > 20


def test_a_heading_that_is_too_long_leaves_out_since_when() -> None:
    session = Session(plan(function=FUNCTION))
    session.fire()
    state = environment_at(session.index, 0, 600 * MS)
    heads = [
        text_of(inspect(state, FUNCTION, at_us=600 * MS, width=w, height=14, skin=ASCII)[:1])
        for w in (66, 46)
    ]
    assert heads == [
        "e1 on-demand v1  INIT > function init  #1  for 500 ms",
        "e1 on-demand v1  INIT > function init  #1",
    ]


def test_bars_do_not_foretell_how_long_a_phase_will_be() -> None:
    """Whoever is asked how it ends must not read it off the inspector."""
    shorter, longer = (
        replace(FUNCTION, init_function=Constant(seconds * SECOND), handler=Constant(seconds * MS))
        for seconds in (2, 9)
    )
    for at_us in (150 * MS, 600 * MS, 1_900 * MS):
        assert inspected(shorter, at_us) == inspected(longer, at_us)


def test_budgets_stay_beside_the_bars() -> None:
    rows = "\n".join(inspected(FUNCTION, 2 * SECOND))
    assert "1.02 s of 10 s" in rows
    assert "of 3 s" in rows


@pytest.mark.rule("IAM-01")
@pytest.mark.rule("IAM-02")
def test_whose_credentials_it_holds_and_since_when() -> None:
    rows = inspected(FUNCTION, 2 * SECOND, height=16)
    assert rows[-1] == "role    web-api-role · credentials issued 0.000 s, 2 s old †"
    assert not any("role" in row for row in inspected(FUNCTION, 2 * SECOND, height=8))


def test_the_function_is_named_where_there_are_several() -> None:
    name = named(1, "checkout-worker-of-the-shop")
    first = inspected(FUNCTION, 1_200 * MS, width=78, name=name)[0]
    assert first.startswith("e1 B checkout-worker… on-demand v1")
    narrow = inspected(FUNCTION, 1_200 * MS, width=66, name=name)[0]
    assert narrow.startswith("e1 B checkout-worker… v1")


def test_what_the_code_holds_has_a_row_of_its_own() -> None:
    leaky = replace(FUNCTION, memory_mb=128, memory_used_mb=88, memory_leak_mb=4)
    rows = inspected(leaky, 20 * SECOND)
    assert "holds   memory 88 of 128 MB" in rows
    assert not any(row.startswith("holds") for row in inspected(FUNCTION, 20 * SECOND))


def test_connections_are_said_to_be_held_while_frozen() -> None:
    database = DownstreamPlan("db", connections=3)
    function = replace(FUNCTION, uses=(UsePlan("db", per_environment=2),))
    session = Session(replace(plan(function=function), downstreams=(database,)))
    session.fire()
    for at_us, words in ((1_300 * MS, "connections db 2"), (20 * SECOND, "(held while FROZEN)")):
        state = environment_at(session.index, 0, at_us)
        lines = inspect(state, function, at_us=at_us, width=66, height=14, skin=ASCII, function=())
        assert words in text_of(lines)
    counters = count_lines(counters_at(session.index, 20 * SECOND), (), 60)
    assert "db" in text_of(counters)
    assert "2 of 3" in text_of(counters)


def test_how_full_a_database_is_is_told_beside_who_holds_what() -> None:
    """The compact layout has no counters: an environment without a connection tells it too."""
    function = replace(FUNCTION, uses=(UsePlan("db"),), extensions=())
    database = DownstreamPlan("db", connections=1)
    session = Session(replace(plan(function=function), downstreams=(database,)))
    session.fire(2)
    at_us = 900 * MS
    rows = []
    for number in (0, 1):
        state = environment_at(session.index, number, at_us)
        lines = inspect(
            state,
            function,
            at_us=at_us,
            width=66,
            height=8,
            skin=ASCII,
            downstreams=counters_at(session.index, at_us).downstreams,
        )
        rows.append(text_of(lines))
    assert all("uses    db 1 of 1 connections: FULL" in each for each in rows)
    assert [("holds   connections db 1" in each) for each in rows] == [True, False]


def test_counters_that_do_not_fit_leave_out_what_the_heading_has() -> None:
    databases = tuple(DownstreamPlan(f"db-{n}" * 12, connections=1) for n in range(4))
    session = Session(replace(plan(), downstreams=databases))
    starts = (("COLD", 0), ("WARM", 0), ("PRE", 0), ("RE-INIT", 0), ("429", 0))
    lines = count_lines(counters_at(session.index, 0), starts, 48, 7)
    assert len(lines) <= 7
    assert "GB-seconds" in text_of(lines)
    assert "COLD" not in text_of(lines)
    assert max(width_of(line) for line in lines) <= 48


def test_a_restore_waits_for_the_runtime_and_what_is_gone_grows_no_older() -> None:
    function = replace(
        FUNCTION, snap_start=True, restore_hooks=Constant(12 * SECOND), extensions=()
    )
    session = Session(plan(function=function))
    session.fire()
    state = environment_at(session.index, 1, 5 * SECOND)
    assert state is not None
    assert state.waiting_for == ("runtime",)
    maker = environment_at(session.index, 0, 5 * SECOND)
    lines = inspect(maker, function, at_us=5 * SECOND, width=66, height=8, skin=ASCII)
    assert "lived 1.08 s" in text_of(lines)
