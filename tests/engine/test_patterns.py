"""When the events of each pattern arrive."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.chance import Chance
from lifecycle_tui.engine.courses import Course, Ramp, Spike, Wave
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import MINUTE, SECOND, Fire, FunctionPlan, Pattern, Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.sources.patterns import times
from lifecycle_tui.engine.worktime import Constant, Exponential, Uniform, Weibull, WorkTime
from tests.story import tell


def arrivals(command: Pattern, seed: int = 0) -> list[int]:
    """Return when the events of a pattern come."""
    return list(times(command, Chance(seed), "f", 0))


def course(course: Course, process: str = "poisson", at_us: int = 0) -> CoursePattern:
    """Return a pattern of a minute that follows a course."""
    return CoursePattern(at_us=at_us, for_us=MINUTE, process=process, course=course)


def cron(gap_s: int, for_us: int = MINUTE, jitter_s: int = 0, at_us: int = 0) -> CronPattern:
    """Return pings."""
    gap_us, jitter_us = gap_s * SECOND, jitter_s * SECOND
    return CronPattern(at_us=at_us, for_us=for_us, gap_us=gap_us, jitter_us=jitter_us)


def renewal(gap: WorkTime) -> RenewalPattern:
    """Return a minute of events with such gaps."""
    return RenewalPattern(at_us=0, for_us=MINUTE, gap=gap)


def during(moments: list[int], begin_s: float, end_s: float) -> int:
    """Return how many moments lie in a span."""
    return sum(begin_s * SECOND <= moment < end_s * SECOND for moment in moments)


RAMP = Ramp(0, 20, MINUTE)
SPIKE = Spike(1, 100, 30 * SECOND, 5 * SECOND)
WAVE = Wave(10, 1, 20 * SECOND)


def test_steady_events_of_a_ramp_come_when_they_are_expected() -> None:
    """From 0/s to 20/s in a minute: event k comes at sqrt(k / 10 * 60) seconds, 600 in all."""
    found = arrivals(course(RAMP, "steady"))
    assert len(found) == 600
    assert found[:3] == [0, round(SECOND * math.sqrt(6)), round(SECOND * math.sqrt(12))]
    assert found[-1] == round(SECOND * math.sqrt(599 * 6))


def test_a_ramp_may_go_down_to_nothing() -> None:
    found = arrivals(course(Ramp(20, 0, MINUTE), "steady"))
    assert found[1] == pytest.approx(SECOND / 20, rel=0.01)
    assert len(found) == 600


@pytest.mark.parametrize("process", ["poisson", "steady"])
def test_a_ramp_from_nothing_to_nothing_sends_nothing(process: str) -> None:
    assert arrivals(course(Ramp(0, 0, MINUTE), process)) == []


def test_a_steady_spike_is_a_denser_stretch() -> None:
    found = arrivals(course(SPIKE, "steady"))
    assert found[:3] == [0, SECOND, 2 * SECOND]
    assert (during(found, 0, 30), during(found, 30, 35), during(found, 35, 60)) == (30, 500, 25)


def test_a_spike_to_zero_is_an_outage() -> None:
    found = arrivals(course(Spike(10, 0, 30 * SECOND, 5 * SECOND), "steady"))
    assert during(found, 30, 35) == 0
    assert len(found) == 550


def test_a_spike_out_of_nothing_is_all_there_is() -> None:
    found = arrivals(course(Spike(0, 10, 30 * SECOND, 5 * SECOND), "steady"))
    assert (found[0], len(found)) == (30 * SECOND, 50)


def test_a_wave_swings_by_its_sine() -> None:
    """The first half of a swing has 1 + 2/pi of the mean, the second 1 - 2/pi."""
    found = arrivals(course(WAVE, "steady"))
    assert len(found) == 600
    high = sum(during(found, begin, begin + 10) for begin in (0, 20, 40))
    assert high == pytest.approx(300 * (1 + 2 / math.pi), abs=2)


@pytest.mark.parametrize("some", [RAMP, SPIKE, WAVE, Wave(3, 0.5, 7 * SECOND)])
def test_poisson_events_along_a_course_are_as_many_as_expected(some: Course) -> None:
    """Counts of 40 seeds in six stretches: the mean within four standard errors."""
    runs = [arrivals(course(some), seed) for seed in range(40)]
    for begin in range(0, 60, 10):
        expected = some.expected((begin + 10) * SECOND) - some.expected(begin * SECOND)
        total = sum(during(found, begin, begin + 10) for found in runs)
        assert abs(total - 40 * expected) <= 4 * math.sqrt(40 * expected)


def test_poisson_counts_along_a_course_vary_as_poisson_counts_do() -> None:
    counts = [len(arrivals(course(RAMP), seed)) for seed in range(200)]
    mean = sum(counts) / 200
    variance = sum((one - mean) ** 2 for one in counts) / 199
    assert variance == pytest.approx(600, rel=0.4)


@given(
    st.one_of(
        st.builds(
            Ramp, st.floats(0, 1e4), st.floats(0, 1e4), st.integers(SECOND, 30 * MINUTE)
        ).filter(lambda ramp: ramp.begin + ramp.end > 1e-3),
        st.builds(
            Spike,
            st.floats(1e-3, 1e4),
            st.floats(1e-3, 1e6),
            st.integers(0, 30 * MINUTE),
            st.integers(1, 30 * MINUTE),
        ),
        st.builds(Wave, st.floats(1e-3, 1e4), st.floats(0, 1), st.integers(1, 30 * MINUTE)),
    ),
    st.floats(0, 1),
)
def test_moment_and_expected_are_each_others_inverse(some: Course, share: float) -> None:
    until_us = some.over_us if isinstance(some, Ramp) else 45 * MINUTE
    events = some.expected(share * until_us)
    assert some.expected(some.moment_us(events)) == pytest.approx(events, rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("process", ["poisson", "steady"])
@pytest.mark.parametrize("some", [RAMP, SPIKE, WAVE])
def test_arrivals_are_in_order_and_inside_the_pattern(some: Course, process: str) -> None:
    found = arrivals(course(some, process, at_us=7 * SECOND))
    assert all(a <= b for a, b in pairwise(found))
    assert found[0] >= 7 * SECOND
    assert found[-1] < 67 * SECOND


def test_a_higher_peak_leaves_the_arrivals_before_the_spike_alone() -> None:
    low, high = (
        list(takewhile(lambda at: at < SPIKE.from_us, arrivals(course(some))))
        for some in (SPIKE, replace(SPIKE, peak=5_000))
    )
    assert low == high
    assert len(low) > 20


def test_a_course_knows_its_mean_gap() -> None:
    assert course(RAMP).gap_us == pytest.approx(100_000)


def test_cron_is_due_at_once_and_then_at_every_gap() -> None:
    assert arrivals(cron(20, at_us=3 * SECOND)) == [3 * SECOND, 23 * SECOND, 43 * SECOND]


def test_cron_with_jitter_is_late_by_up_to_that_much() -> None:
    due = arrivals(cron(10, for_us=10_000 * SECOND, jitter_s=4))
    late = [at - 10 * SECOND * number for number, at in enumerate(due)]
    assert len(late) == 1_000
    assert 0 <= min(late) < SECOND / 10
    assert 3.9 * SECOND < max(late) <= 4 * SECOND
    assert sum(late) / 1_000 == pytest.approx(2 * SECOND, rel=0.08)


def test_jitter_moves_no_event_beyond_the_pattern() -> None:
    for seed in range(20):
        due = arrivals(cron(10, for_us=15 * SECOND, jitter_s=10), seed)
        assert all(at < 15 * SECOND for at in due)


def test_renewal_gaps_are_drawn_one_after_another() -> None:
    assert arrivals(renewal(Constant(25 * SECOND))) == [25 * SECOND, 50 * SECOND]
    random = arrivals(renewal(Uniform(SECOND, 2 * SECOND)))
    gaps = [b - a for a, b in pairwise([0, *random])]
    assert all(SECOND <= gap <= 2 * SECOND for gap in gaps)


def test_renewal_with_exponential_gaps_is_the_poisson_pattern() -> None:
    poisson = Pattern(at_us=0, for_us=MINUTE, gap_us=1e6)
    assert arrivals(renewal(Exponential(SECOND))) == arrivals(poisson)


def test_renewal_without_time_between_its_events_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lifecycle_tui.engine.sources.patterns.MOST", 1_000)
    assert len(arrivals(renewal(Constant(0)))) == 1_000


RECORDING = Recording.of("some.csv", [0, 5 * SECOND, 5 * SECOND], [SECOND, 2 * SECOND, 0])


def test_a_replay_sends_what_was_recorded_from_its_own_start() -> None:
    story = tell(
        FunctionPlan("f", handler=Constant(9 * SECOND)),
        commands=(ReplayPattern(at_us=SECOND, recording=RECORDING),),
    )
    sent = [(record.time_us, record.value) for record in story.of(Kind.ARRIVAL)]
    assert sent == [(SECOND, SECOND), (6 * SECOND, 2 * SECOND), (6 * SECOND, 0)]


def test_an_empty_recording_sends_nothing() -> None:
    assert arrivals(ReplayPattern(at_us=0, recording=Recording.of("none", [], []))) == []


def test_plans_with_any_pattern_stay_values() -> None:
    def plan() -> Plan:
        recording = Recording.of("some.csv", [0, 5 * SECOND, 5 * SECOND], [SECOND, 2 * SECOND, 0])
        commands = (
            ReplayPattern(at_us=0, recording=recording),
            course(RAMP),
            cron(1),
            renewal(Weibull(0.5, SECOND)),
        )
        return Plan((FunctionPlan("f"),), commands=commands)

    assert plan() == plan()
    assert hash(plan()) == hash(plan())
    assert plan() != replace(plan(), commands=(ReplayPattern(at_us=0, recording=RECORDING),))
    assert "some.csv" in repr(plan())
    assert len(repr(RECORDING)) < 100


def test_one_pattern_does_not_disturb_the_draws_of_another() -> None:
    waves = course(WAVE)
    alone = run(Plan((FunctionPlan("f"),), commands=(waves,))).trace
    other = cron(1, jitter_s=1, at_us=2 * MINUTE)
    both = run(Plan((FunctionPlan("f"),), commands=(waves, other, Fire(at_us=0)))).trace
    assert alone is not None
    assert both is not None
    early = [r.time_us for r in both if r.kind is Kind.ARRIVAL and 0 < r.time_us < 2 * MINUTE]
    assert early == [r.time_us for r in alone if r.kind is Kind.ARRIVAL]
