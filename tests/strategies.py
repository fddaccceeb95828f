"""Random plans: small enough to run by the hundred, wild enough to meet every rule."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from lifecycle_tui.engine.courses import Course, Ramp, Spike, Wave
from lifecycle_tui.engine.downstream_plan import (
    Connect,
    DownstreamKind,
    DownstreamPlan,
    Keeps,
    UsePlan,
)
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    AccountPlan,
    Command,
    Crash,
    Deploy,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Outcome,
    Pattern,
    Plan,
    Prewarm,
    Provision,
    Reclaim,
    Reuse,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.engine.source_plan import (
    AsyncPlan,
    QueuePlan,
    RetryPlan,
    SourceKind,
    SourcePlan,
    StreamPlan,
)
from lifecycle_tui.engine.worktime import (
    Constant,
    CpuAndWait,
    Exponential,
    Lognormal,
    Quantiles,
    Uniform,
    Weibull,
    WorkTime,
)


@cache
def work_times(longest_us: int) -> st.SearchStrategy[WorkTime]:
    """Work times of every kind, mostly below a length.

    Every strategy here is made once: one made while drawing is checked anew at each draw, which
    takes ten times as long as the run that it is for.
    """
    some = st.integers(0, longest_us)
    return st.one_of(
        some.map(Constant),
        st.tuples(some, some).map(lambda ends: Uniform(min(ends), max(ends))),
        st.integers(1, longest_us).map(Exponential),
        st.integers(1, longest_us).map(lambda p50: Lognormal(p50, p50 * 4)),
        some.map(lambda top: Quantiles((0.0, 0.5, 1.0), (0, top // 2, top))),
    )


SOURCES = st.sampled_from(
    [*["sdk"] * 12, *[kind.value for kind in SourceKind], "orders", "fifo", "clicks", "flow"]
)
"""Kinds of sources, and the names of those that every plan declares; mostly plain calls."""

DECLARED = (
    QueuePlan("orders", batch_size=3, window_us=2 * SECOND, visibility_us=6 * SECOND,
              max_receives=2, dead_letter="dlq", maximum_concurrency=2, report_item_failures=True),
    QueuePlan("fifo", fifo=True, groups=2, batch_size=2, visibility_us=5 * SECOND, max_receives=3),
    StreamPlan("clicks", shards=2, batch_size=4, bisect=True, max_attempts=1, on_failure="lost"),
    SourcePlan("flow", SourceKind.STEP_FUNCTIONS, retries=(RetryPlan(("States.ALL",)),),
               catches=("States.ALL",)),
)  # fmt: skip


SCALING = Autoscaling(0, 3, 0.1, (ScheduledAction(30 * SECOND, 1, 2, 50 * SECOND),))


OUTCOMES = st.sampled_from([*[Outcome.OK] * 9, Outcome.ERROR, Outcome.EXIT, Outcome.OOM])


DOWNSTREAMS = (
    DownstreamPlan("db", connections=6, connect=Constant(30 * MS), query=Uniform(0, 400 * MS)),
    DownstreamPlan("proxy", DownstreamKind.PROXY, 2, Constant(5 * MS), to="db"),
    DownstreamPlan("cache", DownstreamKind.CACHE, query=Constant(MS), hit=0.7),
    DownstreamPlan("globals", DownstreamKind.CACHE, hit=0.7, keeps=Keeps.ENVIRONMENT),
)
"""A database that is soon full, a narrow proxy before it, and two caches."""
USES = (
    (UsePlan("db"),),
    (UsePlan("db", per_environment=2, cache="globals"), UsePlan("proxy", cache="cache")),
    (UsePlan("db", Connect.HANDLER),),
    (UsePlan("db", Connect.HANDLER, closes=False, cache="cache"),),
    (UsePlan("proxy", Connect.HANDLER), UsePlan("db", Connect.HANDLER, per_environment=2)),
)


YES_OR_NO = st.booleans()
SEVERAL = st.integers(1, 14)
UP_TO_20_S = st.integers(1, 20).map(lambda s: s * SECOND)

EXTENSIONS = st.builds(
    ExtensionPlan,
    name=st.just("a"),
    external=YES_OR_NO,
    register=work_times(200 * MS),
    ready=work_times(3 * SECOND),
    tail=work_times(800 * MS),
    shutdown=work_times(3 * SECOND),
    on_invoke=YES_OR_NO,
    on_shutdown=YES_OR_NO,
).map(lambda one: replace(one, on_shutdown=one.external and one.on_shutdown))

FUNCTIONS = st.builds(
    FunctionPlan,
    name=st.just("f"),
    timeout_us=st.integers(1, 4).map(lambda s: s * SECOND),
    provisioned_concurrency=st.sampled_from([0, 0, 1, 2]),
    snap_start=YES_OR_NO,
    restore_snapshot=work_times(500 * MS),
    restore_hooks=st.one_of(
        work_times(100 * MS), work_times(12 * SECOND), st.just(Constant(11 * SECOND))
    ),
    restore_renews_token=YES_OR_NO,
    init_runtime=work_times(500 * MS),
    init_function=st.one_of(work_times(2 * SECOND), work_times(SECOND), work_times(12 * SECOND)),
    init_outcome=OUTCOMES,
    init_cpu=work_times(300 * MS),
    memory_mb=st.sampled_from([128, 512, 1_769, 3_008]),
    memory_used_mb=st.sampled_from([40, 40, 40, 300]),
    memory_leak_mb=st.sampled_from([0, 0, 30]),
    package_mb=st.sampled_from([0, 0, 200]),
    uses=st.sampled_from([(), (), *USES]),
    handler=st.one_of(
        work_times(5 * SECOND), st.builds(CpuAndWait, work_times(300 * MS), work_times(SECOND))
    ),
    handler_outcome=OUTCOMES,
    handler_error_rate=st.sampled_from([0.0, 0.0, 0.0, 0.3]),
    handler_tmp_mb=st.integers(0, 300),
    handler_background=work_times(2 * SECOND),
    init_connections=st.integers(0, 3),
    runtime_overhead=work_times(50 * MS),
    extensions=st.sampled_from([0, 0, 1, 2]).flatmap(
        {
            0: st.just(()),
            1: st.tuples(EXTENSIONS),
            2: st.tuples(EXTENSIONS, EXTENSIONS.map(lambda one: replace(one, name="b"))),
        }.__getitem__
    ),
    asynchronous=st.sampled_from([AsyncPlan(), AsyncPlan(1, 60 * SECOND, "ok", "no", "dlq")]),
    autoscaling=st.sampled_from([None, None, None, SCALING]),
)


def with_reserved(function: FunctionPlan, reserved: int | None) -> FunctionPlan:
    """Give a function a reserved concurrency, and take what cannot stand beside it."""
    provisioned = function.provisioned_concurrency if reserved != 0 else 0
    return replace(
        function,
        reserved_concurrency=reserved,
        provisioned_concurrency=provisioned,
        snap_start=not provisioned and function.snap_start,
        autoscaling=function.autoscaling if reserved is None else None,
    )


PROCESSES = st.sampled_from(["poisson", "steady"])
RATES = st.sampled_from([0.0, 0.3, 2.0])
COURSES: st.SearchStrategy[Course] = st.one_of(
    st.builds(Ramp, RATES, RATES, UP_TO_20_S),
    st.builds(Spike, RATES, RATES, st.just(2 * SECOND), st.just(3 * SECOND)),
    st.builds(Wave, st.just(1.0), RATES.map(lambda rate: rate / 2), st.just(7 * SECOND)),
)
NOW = st.just(0)
"""A command's moment is drawn for all kinds alike."""

PATTERNS: st.SearchStrategy[Command] = st.one_of(
    st.builds(CoursePattern, at_us=NOW, for_us=UP_TO_20_S, course=COURSES, process=PROCESSES),
    st.builds(
        CronPattern,
        at_us=NOW,
        for_us=UP_TO_20_S,
        gap_us=st.just(5e6),
        jitter_us=st.sampled_from([0, SECOND, 5 * SECOND]),
    ),
    st.builds(RenewalPattern, at_us=NOW, for_us=UP_TO_20_S, gap=st.just(Weibull(0.5, 2 * SECOND))),
    st.builds(
        ReplayPattern,
        at_us=NOW,
        recording=st.just(Recording.of("r", [0, 0, 5 * SECOND], [10, 9 * SECOND, 0])),
    ),
)
"""Patterns beyond a level rate."""

CONFIGS = st.sampled_from(
    [
        (("timeout_us", 2 * SECOND),),
        (("memory_mb", 512),),
        (("snap_start", True),),
        (("snap_start", False), ("init_outcome", Outcome.ERROR)),
        (("init_outcome", Outcome.EXIT),),
        (("reserved_concurrency", 3),),
        (("reserved_concurrency", None),),
        (("provisioned_concurrency", 2), ("timeout_us", 9 * SECOND)),
    ]
)

CALLS: st.SearchStrategy[Command] = st.builds(
    Fire,
    at_us=NOW,
    count=SEVERAL,
    over_us=st.sampled_from([0, SECOND, 5 * SECOND, 20 * SECOND]),
    duration=st.one_of(st.none(), work_times(6 * SECOND)),
    outcome=st.one_of(st.none(), OUTCOMES),
    source=SOURCES,
)
RATES_OF_CALLS: st.SearchStrategy[Command] = st.builds(
    Pattern,
    at_us=NOW,
    process=PROCESSES,
    gap_us=st.sampled_from([0.3e6, 1e6, 7e6]),
    for_us=UP_TO_20_S,
    source=SOURCES,
)
CHANGES: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(SetConfig, at_us=NOW, changes=CONFIGS),
    st.builds(Provision, at_us=NOW, count=st.integers(0, 3)),
    st.builds(Deploy, at_us=NOW, weight=st.sampled_from([1.0, 0.1, 0.5])),
    st.builds(Shift, at_us=NOW, weight=st.sampled_from([0.0, 0.3, 0.8, 1.0])),
    st.just(Prewarm(at_us=0, count=2)),
)
OF_A_KIND = st.sampled_from([CALLS, RATES_OF_CALLS, PATTERNS, *CHANGES])
"""The same chance for each: ``one_of`` would count every kind of pattern."""
ENVIRONMENTS = st.integers(0, 4)
OF_AN_ENVIRONMENT: st.SearchStrategy[Command] = st.one_of(
    st.builds(Reclaim, at_us=NOW, environment=ENVIRONMENTS),
    st.builds(Crash, at_us=st.just(137 * MS), environment=ENVIRONMENTS),
)
MOMENTS = st.integers(0, 40).map(lambda s: s * SECOND)


@cache
def commands(number_of_functions: int) -> st.SearchStrategy[list[Command]]:
    """Some commands, to functions and environments."""
    functions = st.integers(0, number_of_functions - 1)
    of_a_function = st.builds(
        lambda one, at_us, number: replace(one, at_us=at_us, function=number),
        OF_A_KIND.flatmap(lambda kind: kind), MOMENTS, functions,
    )  # fmt: skip
    of_an_environment = st.builds(
        lambda one, at_us: replace(one, at_us=one.at_us + at_us), OF_AN_ENVIRONMENT, MOMENTS
    )
    kinds = st.sampled_from([*[of_a_function] * 4, of_an_environment])
    return st.lists(kinds.flatmap(lambda kind: kind), min_size=1, max_size=8)


RESERVED = st.sampled_from([None, None, 0, 2, 3])
ACCOUNTS = st.builds(
    AccountPlan,
    concurrency=st.sampled_from([4, 6, 1_000]),
    placement=work_times(300 * MS),
    idle_lifetime=work_times(40 * SECOND),
    max_lifetime=st.just(Uniform(30 * SECOND, 200 * SECOND)),
    provisioning_delay=work_times(20 * SECOND),
    reuse=st.sampled_from(list(Reuse)),
)
SEEDS = st.integers(0, 5)
DATES = st.sampled_from(["2026-11-01", "2025-01-01", "2023-01-01"])


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    some = [with_reserved(draw(FUNCTIONS), draw(RESERVED))]
    if draw(YES_OR_NO):
        some.append(replace(with_reserved(draw(FUNCTIONS), None), name="g"))
    return Plan(
        functions=tuple(some),
        account=draw(ACCOUNTS),
        commands=tuple(draw(commands(len(some)))),
        sources=DECLARED,
        downstreams=DOWNSTREAMS,
        seed=draw(SEEDS),
        rules_date=draw(DATES),
        until_us=120 * SECOND,
    )


_PLANS = _plans()


def plans() -> st.SearchStrategy[Plan]:
    """Return whole plans, with an end so that provisioned environments do not live for ever."""
    return _PLANS
