"""Work times: one draw, one time."""

from __future__ import annotations

import math

import pytest

from lifecycle_tui.engine.chance import Chance
from lifecycle_tui.engine.plan import DAY, SECOND, FunctionPlan, Pattern
from lifecycle_tui.engine.worktime import LONGEST_US, Exponential, Lognormal, Weibull
from tests.story import tell


def test_a_weibull_time_of_shape_one_is_exponential() -> None:
    draws = [0.0, 0.3, 0.9, 0.999999]
    assert Weibull(1, 7_000).many(draws) == Exponential(7_000).many(draws)


@pytest.mark.parametrize("shape", [0.5, 2.0])
def test_weibull_times_have_their_mean_and_their_scale(shape: float) -> None:
    """63.2 % are below the scale, whatever the shape."""
    some = Weibull(shape, 100 * SECOND)
    times = [
        time for number in range(100) for time in some.many(Chance(1).stream("w").block(number))
    ]
    assert some.mean_us == pytest.approx(100 * SECOND * math.gamma(1 + 1 / shape))
    assert sum(times) / len(times) == pytest.approx(some.mean_us, rel=0.05)
    below = sum(time < 100 * SECOND for time in times) / len(times)
    assert below == pytest.approx(1 - math.exp(-1), abs=0.01)


@pytest.mark.parametrize("some", [Weibull(0.1, 366 * DAY), Lognormal(1, 366 * DAY)])
def test_the_longest_tails_are_cut_where_a_trace_can_hold_them(some: Weibull | Lognormal) -> None:
    assert some.at(1 - 2**-53) == LONGEST_US


def test_a_run_with_a_boundless_tail_ends() -> None:
    story = tell(
        FunctionPlan("f", handler=Lognormal(1, 366 * DAY)),
        commands=(Pattern(at_us=0, gap_us=10_000, for_us=100 * SECOND),),
    )
    assert story.tally.timeouts > 100
