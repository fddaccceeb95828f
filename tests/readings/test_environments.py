"""Rows of environments: what the JSON says of each."""

from __future__ import annotations

from hypothesis import given

from lifecycle_tui.engine.plan import MS, SECOND, Deploy, Plan
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.environments import environment_rows
from tests.readings.runs import MANY, doom_loop, fire, read, story
from tests.strategies import plans


def test_the_row_of_a_cold_start() -> None:
    (row,) = environment_rows(story(fire(0)))
    assert (row.id, row.created_us, row.ready_us) == ("e1", 0, 1_120 * MS)
    assert (row.extension_us, row.runtime_us, row.function_us) == (40 * MS, 220 * MS, 760 * MS)
    assert (row.invocations, row.resets, row.state) == (1, 0, State.FROZEN)
    assert (row.gone_us, row.gone_reason) == (None, None)


def test_a_provisioned_environment_was_created_before_the_scenario() -> None:
    (row,) = environment_rows(story(fire(0), provisioned_concurrency=1))
    assert (row.created_us, row.ready_us) == (-1_120 * MS, 0)


def test_resets_are_counted_and_gone_has_a_reason() -> None:
    (row,) = environment_rows(doom_loop())
    assert (row.invocations, row.resets) == (3, 2)
    first, _ = environment_rows(story(fire(0), Deploy(at_us=5 * SECOND), fire(9)))
    assert (first.gone_us, first.gone_reason, first.state) == (5 * SECOND, "deploy", State.GONE)


def test_an_abandoned_init_shows_the_sub_phases_of_the_one_that_was_whole() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=60 * SECOND)
    (row,) = environment_rows(index)
    assert row.function_us == 11 * SECOND
    assert row.ready_us == 10 * SECOND + 100 * MS + 11_260 * MS


def test_an_init_that_never_ends_has_no_function_part() -> None:
    (row,) = environment_rows(story(fire(0), init_function=Constant(11 * SECOND)))
    assert (row.runtime_us, row.function_us, row.ready_us) == (220 * MS, None, None)


@MANY
@given(plans())
def test_rows_agree_with_the_trace(plan: Plan) -> None:
    index = read(plan)
    rows = environment_rows(index)
    assert [row.number for row in rows] == list(range(len(index.of_environment)))
    for row in rows:
        assert (row.state is State.GONE) == (row.gone_us is not None)
        assert (row.gone_reason is not None) == (row.state in (State.SHUTDOWN, State.GONE))
        assert row.ready_us is None or row.ready_us >= row.created_us
