"""Random plans: small enough to run by the hundred, wild enough to meet every rule."""

from __future__ import annotations

from dataclasses import replace

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


def work_times(longest_us: int) -> st.SearchStrategy[WorkTime]:
    """Work times of every kind, mostly below a length."""
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


@st.composite
def extensions(draw: st.DrawFn, name: str) -> ExtensionPlan:
    """One extension."""
    external = draw(st.booleans())
    return ExtensionPlan(
        name=name,
        external=external,
        register=draw(work_times(200 * MS)),
        ready=draw(work_times(3 * SECOND)),
        tail=draw(work_times(800 * MS)),
        shutdown=draw(work_times(3 * SECOND)),
        on_invoke=draw(st.booleans()),
        on_shutdown=external and draw(st.booleans()),
    )


@st.composite
def functions(draw: st.DrawFn, name: str = "f", reserved: int | None = None) -> FunctionPlan:
    """One function."""
    names = draw(st.sampled_from([[], [], ["a"], ["a", "b"]]))
    return FunctionPlan(
        name=name,
        timeout_us=draw(st.integers(1, 4)) * SECOND,
        reserved_concurrency=reserved,
        provisioned_concurrency=draw(st.sampled_from([0, 0, 1, 2])) if reserved != 0 else 0,
        init_runtime=draw(work_times(500 * MS)),
        init_function=draw(
            st.one_of(work_times(2 * SECOND), work_times(SECOND), work_times(12 * SECOND))
        ),
        init_outcome=draw(OUTCOMES),
        init_cpu=draw(work_times(300 * MS)),
        memory_mb=draw(st.sampled_from([128, 512, 1_769, 3_008])),
        memory_used_mb=draw(st.sampled_from([40, 40, 40, 300])),
        memory_leak_mb=draw(st.sampled_from([0, 0, 30])),
        package_mb=draw(st.sampled_from([0, 0, 200])),
        uses=draw(st.sampled_from([(), (), *USES])),
        handler=draw(
            st.one_of(
                work_times(5 * SECOND),
                st.builds(CpuAndWait, work_times(300 * MS), work_times(SECOND)),
            )
        ),
        handler_outcome=draw(OUTCOMES),
        handler_error_rate=draw(st.sampled_from([0.0, 0.0, 0.0, 0.3])),
        handler_tmp_mb=draw(st.integers(0, 300)),
        handler_background=draw(work_times(2 * SECOND)),
        init_connections=draw(st.integers(0, 3)),
        runtime_overhead=draw(work_times(50 * MS)),
        extensions=tuple(draw(extensions(name)) for name in names),
        asynchronous=draw(
            st.sampled_from([AsyncPlan(), AsyncPlan(1, 60 * SECOND, "ok", "no", "dlq")])
        ),
        autoscaling=draw(st.sampled_from([None, None, None, SCALING]))
        if reserved is None
        else None,
    )


@st.composite
def patterns(draw: st.DrawFn, at_us: int, function: int) -> Pattern:
    """A pattern beyond a level rate."""
    for_us = draw(st.integers(1, 20)) * SECOND
    begin, end = draw(st.sampled_from([0.0, 0.3, 2.0])), draw(st.sampled_from([0.0, 0.3, 2.0]))
    courses: list[Course] = [
        Ramp(begin, end, for_us),
        Spike(begin, end, 2 * SECOND, 3 * SECOND),
        Wave(1.0, end / 2, 7 * SECOND),
    ]
    course = draw(st.sampled_from(courses))
    process = draw(st.sampled_from(["poisson", "steady"]))
    jitter_us = draw(st.sampled_from([0, SECOND, 5 * SECOND]))
    recording = Recording.of("r", [0, 0, 5 * SECOND], [10, 9 * SECOND, 0])
    some: list[Pattern] = [
        CoursePattern(at_us=at_us, for_us=for_us, course=course, process=process),
        CronPattern(at_us=at_us, for_us=for_us, gap_us=5e6, jitter_us=jitter_us),
        RenewalPattern(at_us=at_us, for_us=for_us, gap=Weibull(0.5, 2 * SECOND)),
        ReplayPattern(at_us=at_us, recording=recording),
    ]
    return replace(draw(st.sampled_from(some)), function=function)


@st.composite
def commands(draw: st.DrawFn, number_of_functions: int) -> Command:
    """One command."""
    at_us = draw(st.integers(0, 40)) * SECOND
    function = draw(st.integers(0, number_of_functions - 1))
    environment = draw(st.integers(0, 4))
    command: Command = draw(
        st.one_of(
            st.builds(
                Fire,
                at_us=st.just(at_us),
                function=st.just(function),
                count=st.integers(1, 14),
                over_us=st.sampled_from([0, SECOND, 5 * SECOND, 20 * SECOND]),
                duration=st.one_of(st.none(), work_times(6 * SECOND)),
                outcome=st.one_of(st.none(), OUTCOMES),
                source=SOURCES,
            ),
            st.builds(
                Pattern,
                at_us=st.just(at_us),
                function=st.just(function),
                process=st.sampled_from(["poisson", "steady"]),
                gap_us=st.sampled_from([0.3e6, 1e6, 7e6]),
                for_us=st.integers(1, 20).map(lambda s: s * SECOND),
                source=SOURCES,
            ),
            patterns(at_us, function),
            st.builds(
                SetConfig,
                at_us=st.just(at_us),
                function=st.just(function),
                changes=st.sampled_from(
                    [
                        (("timeout_us", 2 * SECOND),),
                        (("memory_mb", 512),),
                        (("reserved_concurrency", 3),),
                        (("reserved_concurrency", None),),
                        (("provisioned_concurrency", 2), ("timeout_us", 9 * SECOND)),
                    ]
                ),
            ),
            st.builds(
                Provision,
                at_us=st.just(at_us),
                function=st.just(function),
                count=st.integers(0, 3),
            ),
            st.builds(
                Deploy,
                at_us=st.just(at_us),
                function=st.just(function),
                weight=st.sampled_from([1.0, 0.1, 0.5]),
            ),
            st.builds(
                Shift,
                at_us=st.just(at_us),
                function=st.just(function),
                weight=st.sampled_from([0.0, 0.3, 0.8, 1.0]),
            ),
            st.just(Prewarm(at_us=at_us, function=function, count=2)),
            st.just(Reclaim(at_us=at_us, environment=environment)),
            st.just(Crash(at_us=at_us + 137 * MS, environment=environment)),
        )
    )
    return command


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A whole plan, with an end so that provisioned environments do not live for ever."""
    reserved = draw(st.sampled_from([None, None, 0, 2, 3]))
    some = [draw(functions("f", reserved))]
    if draw(st.booleans()):
        some.append(draw(functions("g")))
    account = AccountPlan(
        concurrency=draw(st.sampled_from([4, 6, 1_000])),
        placement=draw(work_times(300 * MS)),
        idle_lifetime=draw(work_times(40 * SECOND)),
        max_lifetime=Uniform(30 * SECOND, 200 * SECOND),
        provisioning_delay=draw(work_times(20 * SECOND)),
        reuse=draw(st.sampled_from(list(Reuse))),
    )
    return Plan(
        functions=tuple(some),
        account=account,
        commands=tuple(draw(st.lists(commands(len(some)), min_size=1, max_size=8))),
        sources=DECLARED,
        downstreams=DOWNSTREAMS,
        seed=draw(st.integers(0, 5)),
        rules_date=draw(st.sampled_from(["2026-11-01", "2025-01-01", "2023-01-01"])),
        until_us=120 * SECOND,
    )
