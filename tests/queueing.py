"""Loads whose long-run answer is known exactly, and how a run is held against it.

Every figure is measured in several replications with seeds of their own. The start from an empty
pool is taken out by running the warm-up once more with the same draws and subtracting it. The
error of the mean is taken from the spread of the replications, not from counts: cold starts come
in clusters. The mean may be four such errors away from the exact answer, and the error itself may
be a tenth of it at most, so that a test that proves nothing fails.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean, stdev

from lifecycle_tui.engine.courses import Course
from lifecycle_tui.engine.kinds import ENDS, STARTS
from lifecycle_tui.engine.patterns import CoursePattern, RenewalPattern
from lifecycle_tui.engine.plan import SECOND, AccountPlan, FunctionPlan, Pattern, Plan, Reuse
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.tally import Tally
from lifecycle_tui.engine.worktime import ZERO, Exponential, WorkTime
from tests.story import FOREVER, Story


def exponential(mean_s: float) -> Exponential:
    """Return an exponential work time."""
    return Exponential(round(mean_s * SECOND))


@dataclass(frozen=True, slots=True)
class Load:
    """Arrivals at an account whose only peculiarity is what a case is about."""

    rate: float
    """Events a second, Poisson, unless ``gap`` or ``course`` says otherwise."""
    service: WorkTime
    warm_up_s: float
    measured_s: float
    keep_alive: WorkTime = FOREVER
    limit: int = 1_000
    init: WorkTime = ZERO
    timeout_s: int = 900
    provisioned: int = 0
    reuse: Reuse = Reuse.MOST_RECENT
    gap: WorkTime | None = None
    course: Course | None = None
    replications: int = 20

    def plan(self, seed: int, until_s: float) -> Plan:
        """Return the load as a plan that ends at a time."""
        until_us = round(until_s * SECOND)
        function = FunctionPlan(
            "f",
            timeout_us=self.timeout_s * SECOND,
            init_function=self.init,
            handler=self.service,
            provisioned_concurrency=self.provisioned,
        )
        account = AccountPlan(
            concurrency=self.limit,
            placement=ZERO,
            idle_lifetime=self.keep_alive,
            max_lifetime=FOREVER,
            reuse=self.reuse,
        )
        return Plan((function,), account, (self._arrivals(),), seed=seed, until_us=until_us)

    def _arrivals(self) -> Pattern:
        for_us = round((self.warm_up_s + self.measured_s) * SECOND)
        if self.gap is not None:
            return RenewalPattern(at_us=0, for_us=for_us, gap=self.gap)
        if self.course is not None:
            return CoursePattern(at_us=0, for_us=for_us, course=self.course)
        return Pattern(at_us=0, for_us=for_us, gap_us=SECOND / self.rate)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one replication counted after its warm-up."""

    arrived: int
    throttled: int
    cold: int
    served: int
    timeouts: int
    spilled: int
    billed_ms: int
    busy: float
    """Mean number of environments in Invoke."""
    alive: float
    """Mean number of environments."""
    duration_s: float
    """Mean Duration."""

    @property
    def cold_share(self) -> float:
        """Return the share of cold starts among served events."""
        return self.cold / self.served

    @property
    def throttle_share(self) -> float:
        """Return the share of events that were refused."""
        return self.throttled / self.arrived

    @property
    def idle(self) -> float:
        """Return the mean number of idle environments."""
        return self.alive - self.busy


class Levels:
    """How many of something there are over a span of time, from steps up and down."""

    def __init__(self, begin_us: int, end_us: int) -> None:
        self._begin_us = begin_us
        self._end_us = end_us
        self._steps: list[tuple[int, int]] = []
        self.ups = 0
        """Steps up within the span."""

    @classmethod
    def of(cls, story: Story, begin_s: int, end_s: int) -> Levels:
        """Return how many invocations of a run are going on."""
        levels = cls(begin_s * SECOND, end_s * SECOND)
        for record in story.records:
            if record.kind in STARTS or record.kind in ENDS:
                levels.step(record.time_us, 1 if record.kind in STARTS else -1)
        return levels

    def step(self, time_us: int, by: int) -> None:
        """Note a step; steps come in order."""
        self._steps.append((time_us, by))
        self.ups += by > 0 and time_us >= self._begin_us

    def at(self, second: float) -> int:
        """Return the level at a time."""
        return sum(by for time_us, by in self._steps if time_us <= second * SECOND)

    def spans(self) -> Iterator[tuple[float, float, int]]:
        """Return (begin, end, level) of every stretch of the span, in seconds."""
        level, since_us = 0, self._begin_us
        for time_us, by in self._steps:
            if time_us > since_us:
                yield since_us / SECOND, time_us / SECOND, level
                since_us = time_us
            level += by
        yield since_us / SECOND, self._end_us / SECOND, level

    def mean(self, of: Callable[[int], float] = float) -> float:
        """Return the time average of the level, or of a function of it."""
        total = sum((end - begin) * of(level) for begin, end, level in self.spans())
        return total * SECOND / (self._end_us - self._begin_us)


def counts(tally: Tally) -> tuple[int, ...]:
    """Return the totals that ``measure`` subtracts."""
    return (
        tally.events,
        tally.throttles,
        tally.cold,
        tally.invocations,
        tally.timeouts,
        tally.spillovers,
        tally.billed_ms,
        tally.busy_us,
        tally.environment_us,
    )


def measure(load: Load, seed: int) -> Measured:
    """Run one replication."""
    whole = run(load.plan(seed, load.warm_up_s + load.measured_s), keep_trace=False)
    found = counts(whole.tally)
    if load.warm_up_s:
        early = run(load.plan(seed, load.warm_up_s), keep_trace=False)
        found = tuple(a - b for a, b in zip(found, counts(early.tally), strict=True))
    events, throttles, cold, served, timeouts, spilled, billed_ms, busy_us, alive_us = found
    measured_us = load.measured_s * SECOND
    return Measured(
        arrived=events,
        throttled=throttles,
        cold=cold,
        served=served,
        timeouts=timeouts,
        spilled=spilled,
        billed_ms=billed_ms,
        busy=busy_us / measured_us,
        alive=alive_us / measured_us,
        duration_s=busy_us / SECOND / served,
    )


def agree(found: list[float], exact: float, scale: float | None = None) -> None:
    """Check that the mean of replications is within four standard errors of the exact answer.

    Args:
        found: one figure a replication.
        exact: what theory says.
        scale: what the error must be small against; the exact answer unless given.
    """
    error = stdev(found) / math.sqrt(len(found))
    assert abs(fmean(found) - exact) <= 4 * error, (fmean(found), exact, error)
    assert error < 0.1 * (scale or exact), "too few events to prove anything"


def agree_ratio(above: list[float], below: list[float], exact: float) -> None:
    """Check a ratio of two long-run means, in which short runs alone would be biased.

    ``above - exact * below`` has a mean of zero, whatever the length of a run.
    """
    left_over = [a - exact * b for a, b in zip(above, below, strict=True)]
    agree(left_over, 0.0, scale=exact * fmean(below))


def replications(load: Load) -> list[Measured]:
    """Run all replications of a load."""
    return [measure(load, seed) for seed in range(1, load.replications + 1)]


def check(load: Load, **expected: tuple[Callable[[Measured], float], float]) -> None:
    """Run all replications and hold every figure against its exact value."""
    runs = replications(load)
    for figure, exact in expected.values():
        agree([figure(one) for one in runs], exact)
