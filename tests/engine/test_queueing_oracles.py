"""The engine against queueing theory: loads whose long-run answer is known exactly.

Formulas: Little's law and M/G/infinity, Erlang's loss formula
(https://en.wikipedia.org/wiki/Erlang_(unit)), a birth-and-death chain for keep-alive with the most
recently used environment first, distributions cut at a timeout, and the infinite-server queue under
a rate that swings (Eick, Massey and Whitt, 1993). ``tests/queueing.py`` says how a run is held
against them: 20 replications, as short as an error of a tenth of the answer allows.

O17, an ideal first-come queue in front of a limit (Erlang C), has no test: Lambda has no such
queue. A synchronous event above the limit is refused.
"""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import fmean

import pytest

from lifecycle_tui.engine.courses import Wave
from lifecycle_tui.engine.kinds import ENDS, STARTS
from lifecycle_tui.engine.plan import (
    DAY,
    SECOND,
    AccountPlan,
    FunctionPlan,
    InitializationType,
    Pattern,
    Plan,
    Reuse,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import ZERO, Constant, Exponential, Uniform, Weibull, WorkTime
from tests.queueing import (
    Levels,
    Load,
    agree,
    agree_ratio,
    check,
    exponential,
    measure,
    replications,
)
from tests.story import Story, seconds


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
    load = Load(rate=0.9, service=exponential(1.991), warm_up_s=100, measured_s=2_900)
    none: list[float] = []
    many: list[float] = []
    for seed in range(load.replications):
        levels = Levels.of(Story(load.plan(seed, 3_000)), 100, 3_000)
        none.append(levels.mean(lambda level: level == 0))
        many.append(levels.mean(lambda level: level > 5))
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
    runs = replications(load)
    agree([one.cold_share for one in runs], 0.301194)
    agree([one.throttle_share for one in runs], 0.0210532)
    # In theory Init is a part of the service; here it stands before Invoke.
    occupied = [one.busy + one.cold * 0.5 / load.measured_s for one in runs]
    agree(occupied, 0.0210532)
    agree([one.alive - busy for one, busy in zip(runs, occupied, strict=True)], 0.684094)
    agree_ratio([busy * load.measured_s for busy in occupied], [one.served for one in runs], 2.1506)


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


def test_o08_gaps_that_cluster_are_warmer_than_poisson_gaps_of_the_same_mean() -> None:
    """Weibull gaps of shape 0.5 and scale 100 s (200 s on average), kept 300 s: 17.69 % cold.

    Poisson gaps of the same mean would leave e^-1.5, 22.31 %: here the many short gaps are warm
    and the few long ones are cold.
    """
    load = Load(
        rate=1 / 200,
        gap=Weibull(0.5, 100 * SECOND),
        service=ZERO,
        warm_up_s=3_000,
        measured_s=400_000,
        keep_alive=seconds(300),
    )
    check(load, cold=(lambda one: one.cold_share, 0.176921))


@pytest.mark.rule("SIM-REUSE")
@pytest.mark.parametrize(
    ("load", "cold", "idle", "busy", "throttled", "life_s"),
    [
        pytest.param(
            Load(0.9, exponential(1.991), 1_800, 16_000, seconds(600)),
            0.00132931, 5.90003, 1.7919, None, 6429.36, id="O09",
        ),
        pytest.param(
            Load(5, exponential(1), 30, 2_000, seconds(5)),
            0.058286, 4.0861, 5, None, 31.1777, id="O10",
        ),
        pytest.param(
            Load(3, exponential(1), 30, 2_500, seconds(2), limit=4),
            0.0832293, 1.33538, 2.38168, 0.206107, 18.7517, id="O11",
        ),
    ],
)  # fmt: skip
def test_keep_alive_with_the_most_recently_used_environment_first(
    load: Load, cold: float, idle: float, busy: float, throttled: float | None, life_s: float
) -> None:
    """O09, O10, O11: cold starts, idle and busy environments, throttles, an environment's life.

    O09 has 19 cold starts in a replication: 20 of them know their share to 4 %.
    """
    runs = replications(load)
    agree_ratio([one.cold for one in runs], [one.served for one in runs], cold)
    agree([one.idle for one in runs], idle)
    agree([one.busy for one in runs], busy)
    agree([one.alive for one in runs], idle + busy)
    if throttled is not None:
        agree([one.throttle_share for one in runs], throttled)
    lived_s = [one.alive * load.measured_s for one in runs]
    agree_ratio(lived_s, [one.cold for one in runs], life_s)


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
    """4 Erlang on 5 provisioned environments: 19.91 % spill, which keeps 0.796 others busy.

    That number varies by 1.301 (Riordan), and the provisioned ones are used 64.07 % of the time.
    """
    load = Load(rate=4, service=exponential(1), warm_up_s=30, measured_s=600, provisioned=5)
    begin_us, end_us = 30 * SECOND, 630 * SECOND
    shares, means, squares, used = [], [], [], []
    for seed in range(1, load.replications + 1):
        story = Story(load.plan(seed, 630))
        facts = story.trace.environments
        spilled = [fact.initialization_type is InitializationType.ON_DEMAND for fact in facts]
        levels = Levels(begin_us, end_us)
        provisioned = Levels(begin_us, end_us)
        for record in story.records:
            if record.kind in STARTS or record.kind in ENDS:
                kind = levels if spilled[record.environment] else provisioned
                kind.step(record.time_us, 1 if record.kind in STARTS else -1)
        shares.append(levels.ups / (levels.ups + provisioned.ups))
        means.append(levels.mean())
        squares.append(levels.mean(lambda level: level**2))
        used.append(provisioned.mean() / 5)
    agree(shares, 0.199067)
    agree(means, 0.796267)
    agree(squares, 1.30127 + 0.796267**2)
    agree(used, 0.640747)


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


def test_o16_busy_environments_follow_a_wave_late_and_less() -> None:
    """10/s, swinging by half in a minute, 5 s each: 69.62 are busy a quarter of a minute in.

    The swing of 25 shrinks to 0.885908 of it and comes 4.60608 s late: at that phase the first
    harmonic is all in the sine.
    """
    load = Load(
        rate=10,
        course=Wave(10, 0.5, 60 * SECOND),
        service=exponential(5),
        warm_up_s=60,
        measured_s=480,
    )
    turn = 2 * math.pi / 60
    quarter: list[float] = []
    sines: list[float] = []
    cosines: list[float] = []
    for seed in range(load.replications):
        story = Story(load.plan(seed, 540))
        levels = Levels.of(story, 60, 540)
        quarter.append(fmean(levels.at(75 + 60 * number) for number in range(8)))
        sine = cosine = 0.0
        for begin_s, end_s, level in levels.spans():
            first, last = turn * (begin_s - 4.60608), turn * (end_s - 4.60608)
            sine += level * (math.cos(first) - math.cos(last)) / turn
            cosine += level * (math.sin(last) - math.sin(first)) / turn
        sines.append(sine * 2 / 480)
        cosines.append(cosine * 2 / 480)
    agree(quarter, 69.6208)
    agree(sines, 25 * 0.885908)
    agree(cosines, 0.0, scale=25)


def test_time_runs_for_a_year() -> None:
    """A load of 366 days ends, and its one event a day is cold each time."""
    daily = Pattern(at_us=0, gap_us=DAY, for_us=366 * DAY, process="steady")
    account = AccountPlan(placement=ZERO, idle_lifetime=Constant(600 * SECOND))
    tally = run(Plan((FunctionPlan("f"),), account, (daily,)), keep_trace=False).tally
    assert (tally.events, tally.cold) == (366, 366)
