"""The axis: idle time folded, nothing lost, nothing out of order."""

from __future__ import annotations

from itertools import pairwise
from math import ulp

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import DAY, SECOND, Plan, Provision
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.axis import MARGIN_US, TOLD_US, Axis, idle_stretches
from lifecycle_tui.readings.segments import segments
from tests.readings.runs import ACCOUNT, MANY, fire, read, story
from tests.strategies import plans

QUIET = "=-"


def axis_of_two_events(gap: float) -> Axis:
    return Axis.build(story(fire(0), fire(1.3 + gap)))


def test_a_short_rest_is_told_in_full() -> None:
    axis = axis_of_two_events(2)
    assert axis.folds == ()
    assert axis.to_story(1_234) == 1_234


def test_a_long_rest_is_told_in_a_second_and_a_half() -> None:
    axis = axis_of_two_events(372)
    (fold,) = axis.folds
    assert fold.start_us == 1_300_000 + MARGIN_US
    assert fold.length_us == 372 * SECOND - 2 * MARGIN_US
    assert axis.to_story(1_300_000) == 1_300_000
    assert axis.to_story(1_300_000 + 372 * SECOND) == 1_300_000 + TOLD_US


def test_the_fold_that_a_moment_lies_in() -> None:
    axis = axis_of_two_events(372)
    (fold,) = axis.folds
    assert axis.fold_at(100 * SECOND) == fold
    assert axis.fold_at(fold.start_us) == fold
    assert axis.fold_at(fold.end_us) is None
    assert axis.fold_at(0) is None
    assert axis.folds_between(0, 400 * SECOND) == (fold,)
    assert axis.folds_between(0, fold.start_us) == ()
    assert axis.folds_between(fold.end_us, 400 * SECOND) == ()


def test_waiting_for_an_allocation_is_folded_too() -> None:
    account = ACCOUNT.__class__(provisioning_delay=Constant(90 * SECOND))
    index = story(Provision(at_us=0, count=1), account=account, until=95)
    assert Axis.build(index).fold_at(40 * SECOND) is not None


def test_a_long_invocation_is_not_folded() -> None:
    index = story(fire(0, lasting=500), timeout_us=900 * SECOND)
    assert Axis.build(index).folds == ()


@pytest.mark.parametrize("moment", [-5 * SECOND, 0])
def test_virtual_zero_is_story_zero_even_with_time_before_it(moment: int) -> None:
    axis = Axis([(-100 * SECOND, -10 * SECOND), (10 * SECOND, 90 * SECOND)], SECOND)
    assert axis.to_story(moment) == moment
    assert axis.to_story(-100 * SECOND) == -11 * SECOND


def test_a_fold_over_zero_keeps_zero_at_zero() -> None:
    axis = Axis([(-10 * SECOND, 30 * SECOND)], SECOND)
    assert axis.to_story(0) == pytest.approx(0)


@MANY
@given(plans(), st.lists(st.integers(-20 * SECOND, 130 * SECOND), min_size=2))
def test_story_time_rises_and_goes_back_to_where_it_came_from(
    plan: Plan, moments: list[int]
) -> None:
    axis = Axis.build(read(plan))
    moments = sorted(set(moments))
    for before, after in pairwise(axis.to_story(t_us) for t_us in moments):
        assert before < after
    for t_us in moments:
        assert axis.from_story(axis.to_story(t_us)) == t_us


@example(
    [
        (1, 2 * SECOND), (1, 2 * SECOND), (1, 3_661_077), (70_613_840_622, 2 * SECOND),
        (86_399_999_995, 2 * SECOND), (86_399_999_995, 2 * SECOND),
        (33_017_560_302, 86_399_999_992), (1, 8_840_261_368),
    ],
    0.75,
)  # fmt: skip
@given(
    st.lists(st.tuples(st.integers(1, DAY), st.integers(2 * SECOND, DAY)), max_size=20),
    st.floats(0, 1),
)
def test_the_map_inverts_with_gaps_of_up_to_a_day(
    steps: list[tuple[int, int]], share: float
) -> None:
    gaps, now = [], 0
    for rest, gap in steps:
        gaps.append((now + rest, now + rest + gap))
        now += rest + gap
    axis = Axis(gaps, SECOND)
    t_us = round(share * (now + SECOND))
    story_us = axis.to_story(t_us)
    # After days of story, a day told in a second is as fine as a float: some microseconds.
    fine_us = 1 + ulp(story_us) * DAY / SECOND
    assert axis.from_story(story_us) == pytest.approx(t_us, abs=fine_us)


@MANY
@given(plans())
def test_nothing_happens_in_a_fold(plan: Plan) -> None:
    index = read(plan)
    for fold in Axis.build(index).folds:
        assert not any(fold.start_us <= t < fold.end_us for t in index.times)
        for number in range(len(index.of_environment)):
            for segment in segments(index, number):
                if segment.start_us < fold.end_us and segment.end_us > fold.start_us:
                    assert segment.phase in QUIET


@MANY
@given(plans())
def test_idle_stretches_lie_between_neighbouring_records(plan: Plan) -> None:
    index = read(plan)
    times = sorted(set(index.times))
    neighbours = set(pairwise(times))
    assert all(stretch in neighbours for stretch in idle_stretches(index))
