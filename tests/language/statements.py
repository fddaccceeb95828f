"""Random statements: everything that a line can say, with values that the readers accept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from lifecycle_tui.engine.courses import Course, Ramp, Spike, Wave
from lifecycle_tui.engine.downstream_plan import Connect, UsePlan
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
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
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.source_plan import AsyncPlan, SourceKind
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
from lifecycle_tui.language import verbs
from lifecycle_tui.language.context import Context, recordings_of
from tests.strategies import DECLARED, DOWNSTREAMS

NAMES = ("web-api", "poisson", "5", "only", "true", "e1")
"""Functions, some of them called like something else in the language."""
RECORDINGS = (
    Recording.of("arrivals.csv", [0, 5 * SECOND], [10, 9 * SECOND]),
    Recording.of("a b's {x}.csv", [0], [1]),
)
PLAN = Plan(
    functions=tuple(FunctionPlan(name) for name in NAMES),
    sources=DECLARED,
    downstreams=DOWNSTREAMS,
)
ONE = Plan(functions=(FunctionPlan("web-api"),), sources=DECLARED, downstreams=DOWNSTREAMS)


def context(plan: Plan, at_us: int = 0, *, exact: bool = False) -> Context:
    """Where every random statement can be read."""
    recordings = {recording.name: recording for recording in RECORDINGS}
    every = frozenset(range(len(plan.functions)))
    start = replace(Context.at_start(plan), at_us=at_us, exact=exact, shared=every)
    return replace(start, recordings={**recordings_of(plan.commands), **recordings})


MOMENTS = st.one_of(st.integers(0, 100), st.integers(0, DAY), st.sampled_from([0, SECOND, HOUR]))
TIMES = st.one_of(st.integers(0, 10 * SECOND), st.sampled_from([0, 1, MINUTE, DAY]))
SOME = st.one_of(st.integers(1, 10 * SECOND), st.sampled_from([1, MINUTE, DAY]))


@st.composite
def quantiles(draw: st.DrawFn) -> Quantiles:
    inner = draw(st.lists(st.floats(0.001, 0.999), max_size=4, unique=True).map(sorted))
    times = draw(st.lists(TIMES, min_size=len(inner) + 2, max_size=len(inner) + 2).map(sorted))
    return Quantiles((0.0, *inner, 1.0), tuple(times))


WORK_TIMES: st.SearchStrategy[WorkTime] = st.one_of(
    TIMES.map(Constant),
    st.tuples(TIMES, TIMES).map(lambda ends: Uniform(min(ends), max(ends))),
    SOME.map(Exponential),
    st.tuples(SOME, SOME).map(lambda ends: Lognormal(min(ends), max(ends))),
    st.builds(Weibull, st.floats(0.1, 10), SOME),
    quantiles(),
)
ENDINGS = st.one_of(st.none(), st.sampled_from(Outcome))
SHARES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 1e-7, 1.0]))


@st.composite
def senders(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Who sends to whom; a declared source sends to its own function only."""
    kinds = [kind.value for kind in SourceKind]
    source = draw(st.sampled_from([*kinds, *(source.name for source in DECLARED)]))
    declared = {each.name: each.function for each in DECLARED}
    function = declared.get(source, draw(st.integers(0, count - 1)))
    return {"source": source, "function": function, "outcome": draw(ENDINGS)}


@st.composite
def patterns(draw: st.DrawFn, at_us: int, count: int) -> Pattern:
    for_us = draw(st.integers(1, HOUR))
    sent = {"at_us": at_us, **draw(senders(count))}
    takes = draw(st.one_of(st.none(), WORK_TIMES))
    timed = {**sent, "for_us": for_us, "duration": takes}
    rates = st.one_of(st.floats(0.001, 90), st.sampled_from([1 / 3, 0.9, 7.0]))
    rate, other = draw(rates), draw(st.one_of(rates, st.just(0.0)))
    from_us = draw(st.integers(0, for_us))
    courses: list[Course] = [
        Ramp(rate, other, for_us),
        Ramp(other, rate, for_us),
        Spike(other, rate, from_us, for_us - from_us),
        Wave(rate, draw(SHARES), draw(st.integers(1, HOUR))),
    ]
    course = draw(st.sampled_from(courses))
    if not course.expected(for_us):
        course = courses[0]
    every_us = draw(st.integers(1_000, HOUR))
    return draw(
        st.one_of(
            st.builds(
                lambda process, gap_us: Pattern(process=process, gap_us=gap_us, **timed),
                st.sampled_from(["poisson", "steady"]),
                st.one_of(st.floats(1e3, 1e9), st.sampled_from([0.3e6, 1e6 / 0.9, 1e6])),
            ),
            st.sampled_from(["poisson", "steady"]).map(
                lambda process: CoursePattern(process=process, course=course, **timed)
            ),
            st.integers(0, every_us).map(
                lambda late: CronPattern(gap_us=float(every_us), jitter_us=late, **timed)
            ),
            WORK_TIMES.filter(lambda gap: gap.mean_us > 1_000).map(
                lambda gap: RenewalPattern(gap=gap, **timed)
            ),
            st.sampled_from(RECORDINGS).map(
                lambda recording: ReplayPattern(recording=recording, **sent)
            ),
        )
    )


@st.composite
def extensions(draw: st.DrawFn) -> tuple[ExtensionPlan, ...]:
    found = []
    for name in draw(st.sampled_from([[], ["otel"], ["a", "null"]])):
        external = draw(st.booleans())
        register = draw(TIMES)
        found.append(
            ExtensionPlan(
                name=name,
                external=external,
                register=Constant(register),
                ready=Constant(register + draw(TIMES)),
                tail=draw(WORK_TIMES),
                shutdown=draw(WORK_TIMES),
                on_invoke=draw(st.booleans()),
                on_shutdown=external and draw(st.booleans()),
            )
        )
    return tuple(found)


TARGETS = st.one_of(st.none(), st.sampled_from(["dlq", "null", "a: b", 'say "x"', "{", "#5", "7"]))
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "runtime": st.sampled_from(["python3.13", "java21", "nodejs22.x"]),
    "package": st.sampled_from(["zip", "image"]),
    "architecture": st.sampled_from(["x86_64", "arm64"]),
    "memory_mb": st.integers(128, 10_240),
    "timeout_us": st.integers(1, 900).map(lambda s: s * SECOND),
    "ephemeral_storage_mb": st.integers(512, 10_240),
    "reserved_concurrency": st.one_of(st.none(), st.integers(0, 100)),
    "provisioned_concurrency": st.integers(0, 100),
    "init_runtime": WORK_TIMES,
    "init_function": WORK_TIMES,
    "init_cpu": WORK_TIMES,
    "init_outcome": st.sampled_from(Outcome),
    "init_measured": st.booleans(),
    "init_connections": st.integers(0, 1_024),
    "handler": st.one_of(WORK_TIMES, st.builds(CpuAndWait, WORK_TIMES, WORK_TIMES)),
    "handler_outcome": st.sampled_from(Outcome),
    "handler_error_rate": SHARES,
    "handler_tmp_mb": st.integers(0, 512),
    "handler_background": WORK_TIMES,
    "runtime_overhead": WORK_TIMES,
    "memory_used_mb": st.integers(1, 10_240),
    "memory_leak_mb": st.integers(0, 10_240),
    "package_mb": st.integers(1, 250),
    "uses": st.sampled_from(
        [
            (),
            (UsePlan("db"), UsePlan("proxy", Connect.HANDLER, closes=False, cache="globals")),
            (UsePlan("db", Connect.HANDLER, per_environment=7, cache="cache"),),
        ]
    ),
    "extensions": extensions(),
    "asynchronous": st.builds(
        AsyncPlan,
        max_retries=st.integers(0, 2),
        max_age_us=st.integers(60, 21_600).map(lambda s: s * SECOND),
        on_success=TARGETS,
        on_failure=TARGETS,
        dead_letter=TARGETS,
    ),
    "restore_snapshot": WORK_TIMES,
    "restore_hooks": WORK_TIMES,
    "restore_renews_token": st.booleans(),
}
"""What a line can set, but for what other settings forbid."""


@st.composite
def changes(draw: st.DrawFn) -> tuple[tuple[str, object], ...]:
    """Some settings that go together, in any order."""
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=5, unique=True))
    if "provisioned_concurrency" in names and "reserved_concurrency" in names:
        names.remove("reserved_concurrency")
    return tuple((name, draw(FIELDS[name])) for name in names)


@st.composite
def commands(draw: st.DrawFn, plan: Plan) -> Command:
    """A command to Lambda."""
    at_us, count = draw(MOMENTS), len(plan.functions)
    command: Command
    function = draw(st.integers(0, count - 1))
    fires = senders(count).flatmap(
        lambda sent: st.builds(
            lambda number, over_us, duration: Fire(
                at_us=at_us, count=number, over_us=over_us, duration=duration, **sent
            ),
            st.integers(1, 10_000_000),
            TIMES,
            st.one_of(st.none(), WORK_TIMES),
        )
    )
    command = draw(
        st.one_of(
            fires,
            patterns(at_us, count),
            changes().map(lambda c: SetConfig(at_us=at_us, function=function, changes=c)),
            st.integers(0, 100).map(lambda n: Provision(at_us=at_us, function=function, count=n)),
            SHARES.map(lambda share: Deploy(at_us=at_us, function=function, weight=share)),
            SHARES.map(lambda share: Shift(at_us=at_us, function=function, weight=share)),
            st.integers(1, 1_000).map(lambda n: Prewarm(at_us=at_us, function=function, count=n)),
            st.integers(0, 10**7).map(lambda n: Reclaim(at_us=at_us, environment=n)),
            st.integers(0, 10**7).map(lambda n: Crash(at_us=at_us, environment=n)),
        )
    )
    return command


FORK_NAMES = st.sampled_from(["main", "main.1", "5", "null", "{x", "a=b", "long-timeout", "é漢"])
TEXTS = st.sampled_from(["any(inv, 1 < 2)", "a  b", "{", "it's", "x=1", "'y"])


@st.composite
def session_verbs(draw: st.DrawFn, plan: Plan) -> verbs.SessionVerb:
    """A verb of the session."""
    function = draw(st.integers(0, len(plan.functions) - 1))
    restarts = st.builds(
        verbs.Restart,
        st.just(function),
        changes(),
        st.booleans(),
        st.one_of(st.none(), FORK_NAMES),
    )
    plain = st.builds(verbs.Restart, keep=st.booleans(), name=st.one_of(st.none(), FORK_NAMES))
    bare = [
        *(verbs.Step(), verbs.Back(), verbs.Play(), verbs.Pause(), verbs.Undo(), verbs.Redo()),
        *(verbs.Fork(), verbs.Mark(), verbs.Explain(), verbs.Help(), verbs.WaitUntilIdle()),
    ]
    statement: verbs.SessionVerb = draw(
        st.one_of(
            st.sampled_from(bare),
            MOMENTS.map(verbs.Seek),
            st.just(verbs.WaitUntil("any(inv, wait_ms < 20)")),
            TIMES.map(verbs.Wait),
            st.floats(1 / 16, 3_600).map(verbs.Speed),
            st.sampled_from([verbs.Fork, verbs.Switch, verbs.Rename, verbs.Delete]).flatmap(
                FORK_NAMES.map
            ),
            st.sampled_from([verbs.Save, verbs.Load, verbs.Claim, verbs.Mark]).flatmap(TEXTS.map),
            st.integers(1, 10**9).map(verbs.Explain),
            st.dates().map(lambda day: verbs.Rules(day.isoformat())),
            st.just(verbs.Help("pattern")),
            restarts,
            plain,
        )
    )
    return statement
