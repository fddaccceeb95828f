"""The engine against queueing theory: loads whose long-run answer is known exactly.

Every case is run several times with seeds of its own. The start from an empty pool is taken out by
running the warm-up once more with the same draws and subtracting it; the mean of the replications
may be four standard errors from the exact answer. Formulas: Little's law and M/G/infinity, Erlang's
loss formula (https://en.wikipedia.org/wiki/Erlang_(unit)), a birth-and-death chain for keep-alive
with the most recently used environment first, and distributions cut at a timeout.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import fmean, stdev

import pytest

from lifecycle_tui.engine.kinds import ENDS, STARTS
from lifecycle_tui.engine.plan import (
    DAY,
    SECOND,
    AccountPlan,
    FunctionPlan,
    Pattern,
    Plan,
    Reuse,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.tally import Tally
from lifecycle_tui.engine.worktime import ZERO, Constant, Exponential, Uniform, WorkTime
from tests.story import FOREVER, Story, seconds


def exponential(mean_s: float) -> Exponential:
    """Return an exponential work time."""
    return Exponential(round(mean_s * SECOND))


@dataclass(frozen=True, slots=True)
class Load:
    """Poisson arrivals at an account whose only peculiarity is what a case is about."""

    rate: float
    service: WorkTime
    warm_up_s: float
    measured_s: float
    keep_alive: WorkTime = FOREVER
    limit: int = 1_000
    init: WorkTime = ZERO
    timeout_s: int = 900
    provisioned: int = 0
    reuse: Reuse = Reuse.MOST_RECENT
    replications: int = 12

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
        whole_us = round((self.warm_up_s + self.measured_s) * SECOND)
        arrivals = Pattern(at_us=0, gap_us=SECOND / self.rate, for_us=whole_us)
        return Plan((function,), account, (arrivals,), seed=seed, until_us=until_us)


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


def agree(found: list[float], exact: float) -> None:
    """Check that the mean of replications is within four standard errors of the exact answer."""
    error = stdev(found) / math.sqrt(len(found))
    assert abs(fmean(found) - exact) <= 4 * error, (fmean(found), exact, error)
    assert error < 0.1 * exact, "too few events to prove anything"


def check(load: Load, **expected: tuple[Callable[[Measured], float], float]) -> None:
    """Run all replications and hold every figure against its exact value."""
    runs = [measure(load, seed) for seed in range(1, load.replications + 1)]
    for figure, exact in expected.values():
        agree([figure(one) for one in runs], exact)


@pytest.mark.rule("CON-03")
@pytest.mark.parametrize(
    "service",
    [
        pytest.param(exponential(1.991), id="exponential"),
        pytest.param(seconds(1.991), id="constant"),
        pytest.param(Uniform(0, round(3.982 * SECOND)), id="uniform"),
    ],
)
def test_o01_without_a_limit_busy_environments_are_rate_times_duration(service: WorkTime) -> None:
    """0.9/s of 1.991 s keep 1.7919 environments busy, whatever the distribution."""
    load = Load(rate=0.9, service=service, warm_up_s=60, measured_s=4_000)
    check(load, busy=(lambda one: one.busy, 1.7919))


def test_o01_busy_environments_are_poisson_distributed() -> None:
    """At a mean of 1.7919, none is busy 16.66 % of the time and more than five 1.02 %."""
    load = Load(rate=0.9, service=exponential(1.991), warm_up_s=100, measured_s=4_900)
    none: list[float] = []
    many: list[float] = []
    for seed in range(12):
        steps = Story(load.plan(seed, 5_000)).busy_steps()
        spans = [
            (max(begin, 100 * SECOND), end, level)
            for (begin, level), (end, _) in zip(
                steps, [*steps[1:], (5_000 * SECOND, 0)], strict=True
            )
            if end > 100 * SECOND
        ]
        none.append(sum(end - begin for begin, end, level in spans if level == 0) / 4_900e6)
        many.append(sum(end - begin for begin, end, level in spans if level > 5) / 4_900e6)
    agree(none, 0.166643)
    agree(many, 0.0101687)


def test_o02_from_empty_the_pool_fills_exponentially() -> None:
    """20/s of 2 s have 31.07 invocations running after three seconds."""
    load = Load(rate=20, service=exponential(2), warm_up_s=0, measured_s=3)
    running: list[float] = []
    for seed in range(150):
        records = Story(load.plan(seed, 3)).records
        begun = sum(record.kind in STARTS for record in records)
        running.append(begun - sum(record.kind in ENDS for record in records))
    agree(running, 31.0748)


@pytest.mark.parametrize(
    "service",
    [pytest.param(exponential(1), id="exponential"), pytest.param(seconds(1), id="constant")],
)
def test_o03_erlangs_loss_formula_holds_for_any_service(service: WorkTime) -> None:
    """8 Erlang against a limit of 10: 12.17 % are throttled, 7.027 are busy."""
    load = Load(rate=8, service=service, warm_up_s=30, measured_s=800, limit=10)
    check(
        load,
        throttled=(lambda one: one.throttle_share, 0.121661),
        busy=(lambda one: one.busy, 7.02671),
    )


def test_o04_erlangs_loss_formula_at_full_load() -> None:
    """5 Erlang against a limit of 5: 28.49 % are throttled."""
    load = Load(rate=5, service=exponential(1), warm_up_s=30, measured_s=1_000, limit=5)
    check(load, throttled=(lambda one: one.throttle_share, 0.284868))


def test_o05_a_thousand_a_second_against_a_limit_of_a_thousand() -> None:
    """2,016 Erlang against 1,000: 50.45 % are throttled, 999.02 are busy."""
    load = Load(rate=1_000, service=exponential(2.016), warm_up_s=12, measured_s=18, replications=5)
    check(
        load,
        throttled=(lambda one: one.throttle_share, 0.504455),
        busy=(lambda one: one.busy, 999.02),
    )


def test_o06_one_environment_with_init_and_keep_alive() -> None:
    """0.01/s of 2 s at a limit of 1, Init 0.5 s, kept 120 s: 30.12 % cold, 2.105 % throttled."""
    load = Load(
        rate=0.01,
        service=exponential(2),
        warm_up_s=2_000,
        measured_s=300_000,
        keep_alive=seconds(120),
        limit=1,
        init=seconds(0.5),
    )
    check(
        load,
        cold=(lambda one: one.cold_share, 0.301194),
        throttled=(lambda one: one.throttle_share, 0.0210532),
        alive=(lambda one: one.alive, 0.0210532 + 0.684094),
    )


def test_o07_keep_alive_alone_decides_when_work_takes_no_time() -> None:
    """One event in 300 s, kept 600 s: 13.53 % are cold, and each event buys 259.4 s of idling."""
    load = Load(
        rate=1 / 300,
        service=ZERO,
        warm_up_s=3_000,
        measured_s=600_000,
        keep_alive=seconds(600),
    )
    check(
        load,
        cold=(lambda one: one.cold_share, 0.135335),
        idle=(lambda one: one.alive, 259.399 / 300),
    )


@pytest.mark.rule("SIM-REUSE")
@pytest.mark.parametrize(
    ("load", "cold", "idle", "busy", "throttled"),
    [
        pytest.param(
            Load(0.9, exponential(1.991), 1_800, 16_000, seconds(600)),
            0.00132931, 5.90003, 1.7919, None, id="O09",
        ),
        pytest.param(
            Load(5, exponential(1), 30, 2_000, seconds(5)),
            0.058286, 4.0861, 5, None, id="O10",
        ),
        pytest.param(
            Load(3, exponential(1), 30, 2_500, seconds(2), limit=4),
            0.0832293, 1.33538, 2.38168, 0.206107, id="O11",
        ),
    ],
)  # fmt: skip
def test_keep_alive_with_the_most_recently_used_environment_first(
    load: Load, cold: float, idle: float, busy: float, throttled: float | None
) -> None:
    """O09, O10, O11: share of cold starts, idle and busy environments, and throttles."""
    figures: dict[str, tuple[Callable[[Measured], float], float]] = {
        "cold": (lambda one: one.cold_share, cold),
        "idle": (lambda one: one.idle, idle),
        "busy": (lambda one: one.busy, busy),
    }
    if throttled is not None:
        figures["throttled"] = (lambda one: one.throttle_share, throttled)
    check(load, **figures)


@pytest.mark.parametrize("reuse", list(Reuse))
def test_kept_for_ever_cold_starts_are_the_peak_of_concurrency(reuse: Reuse) -> None:
    """Exactly, on every path and for every way to choose among idle environments."""
    load = Load(5, exponential(1), 0, 500, reuse=reuse)
    for seed in range(5):
        tally = run(load.plan(seed, 500), keep_trace=False).tally
        assert tally.cold == tally.peak_concurrency == tally.environments_created


@pytest.mark.rule("CON-05")
def test_least_recently_used_first_keeps_a_bigger_pool_and_is_hardly_ever_cold() -> None:
    """Spreading events over all idle environments keeps them all alive."""
    recent = Load(0.9, exponential(1.991), 2_000, 25_000, seconds(60))
    for seed in range(1, 3):
        most = measure(recent, seed)
        least = measure(replace(recent, reuse=Reuse.LEAST_RECENT), seed)
        assert least.cold < most.cold / 10
        assert least.idle > most.idle + 2


@pytest.mark.rule("PRV-05")
def test_o12_provisioned_concurrency_spills_by_erlangs_formula() -> None:
    """4 Erlang on 5 provisioned environments: 19.91 % spill over."""
    load = Load(rate=4, service=exponential(1), warm_up_s=30, measured_s=1_400, provisioned=5)
    check(load, spilled=(lambda one: one.spilled / one.served, 0.199067))


def test_o13_a_timeout_cuts_the_exponential() -> None:
    """Durations of 2 s on average under a timeout of 3 s: 22.31 % time out, the mean is 1.554 s."""
    load = Load(rate=0.5, service=exponential(2), warm_up_s=0, measured_s=8_000, timeout_s=3)
    check(
        load,
        timeouts=(lambda one: one.timeouts / one.served, 0.22313),
        mean=(lambda one: one.duration_s, 1.55374),
    )


@pytest.mark.rule("BIL-01")
def test_o14_rounding_up_to_a_millisecond_doubles_the_bill_of_tiny_invocations() -> None:
    """Durations of 0.5 ms on average are billed 1.15652 ms each.

    The engine's clock counts whole microseconds, to which durations are rounded: a duration up to
    half a microsecond beyond a millisecond is billed as that millisecond, e^-0.001 of the bill.
    """
    load = Load(rate=2, service=Exponential(500), warm_up_s=0, measured_s=2_500)
    exact = 1.15652 * math.exp(-0.001)
    check(load, billed=(lambda one: one.billed_ms / one.served, exact))


def test_time_runs_for_a_year() -> None:
    """A load of 366 days ends, and its one event a day is cold each time."""
    daily = Pattern(at_us=0, gap_us=DAY, for_us=366 * DAY, process="steady")
    account = AccountPlan(placement=ZERO, idle_lifetime=Constant(600 * SECOND))
    tally = run(Plan((FunctionPlan("f"),), account, (daily,)), keep_trace=False).tally
    assert (tally.events, tally.cold) == (366, 366)
