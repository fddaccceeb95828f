"""Init step by step: extensions beside each other, then the runtime, then the function's code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MS, SECOND, Deploy, ExtensionPlan, FunctionPlan, Plan, Prewarm
from lifecycle_tui.engine.states import State
from tests.engine.test_properties import many, traced
from tests.story import at, ms, seconds, tell
from tests.strategies import plans

INIT_ENDS = (Kind.INIT_FINISHED, Kind.INIT_ABANDONED, Kind.INIT_ERROR, Kind.INIT_CRASHED)


@pytest.mark.rule("INIT-02", "INIT-03")
def test_extensions_start_together_and_the_runtime_waits_for_the_slowest_to_register() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html."""
    function = FunctionPlan(
        "f",
        init_runtime=ms(20),
        extensions=(
            ExtensionPlan("a", register=ms(40)),
            ExtensionPlan("b", register=ms(90)),
            ExtensionPlan("c", register=ms(10)),
        ),
    )
    story = tell(function, commands=(at(0),))
    registered = {r.value: r.time_us // MS for r in story.of(Kind.EXTENSION_REGISTERED)}
    assert registered == {0: 40, 1: 90, 2: 10}
    assert story.moment(Kind.RUNTIME_INIT_STARTED) == 0.09


@pytest.mark.rule("INIT-05", "INIT-07")
@pytest.mark.parametrize(("ready_ms", "ends_ms"), [(100, 350), (350, 350), (900, 900)])
def test_init_ends_with_the_slower_of_runtime_and_extension(ready_ms: int, ends_ms: int) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    slow = ExtensionPlan("slow", register=ms(50), ready=ms(ready_ms))
    function = FunctionPlan(
        "f", init_runtime=ms(100), init_function=ms(200), extensions=(slow,), handler=ms(1)
    )
    story = tell(function, commands=(at(0),))
    assert story.moment(Kind.RUNTIME_INIT_STARTED) == 0.05
    assert story.moment(Kind.RUNTIME_READY) == 0.35
    assert story.moment(Kind.EXTENSION_READY) == ready_ms / 1_000
    assert story.moment(Kind.INIT_FINISHED) == ends_ms / 1_000


@pytest.mark.rule("INIT-08")
@many
@given(plans())
def test_nobody_registers_once_the_runtime_has_started(plan: Plan) -> None:
    closed: set[int] = set()
    for record in traced(plan):
        if record.kind in (Kind.INIT_STARTED, Kind.REINIT_STARTED):
            closed.discard(record.environment)
        elif record.kind is Kind.EXTENSION_REGISTERED:
            assert record.environment not in closed
        elif record.kind in (Kind.RUNTIME_INIT_STARTED, *INIT_ENDS):
            closed.add(record.environment)


@pytest.mark.rule("INIT-13", "LIF-01")
def test_one_init_serves_any_number_of_invocations() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    story = tell(
        FunctionPlan("f", init_function=ms(300), handler=ms(10)),
        commands=(*(at(second) for second in range(5)), Deploy(at_us=9 * SECOND)),
    )
    assert story.moment(Kind.FUNCTION_INIT_STARTED) == 0
    assert [record.after for record in story.records if record.is_transition] == [
        State.CREATING, State.INIT, State.READY,
        *[State.INVOKE, State.FROZEN] * 5,
        State.SHUTDOWN, State.GONE,
    ]  # fmt: skip


@pytest.mark.rule("INIT-11")
def test_an_environment_may_be_initialised_long_before_its_first_event() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    function = FunctionPlan("f", init_function=seconds(2))
    story = tell(function, commands=(Prewarm(at_us=0), at(60)))
    assert story.moment(Kind.INIT_FINISHED) == 2
    assert (story.served()[1].start, story.served()[1].started_us) == (
        Kind.INVOKE_PRE,
        60 * SECOND,
    )


@pytest.mark.rule("INV-08")
def test_an_init_longer_than_the_timeout_takes_nothing_from_it() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    function = FunctionPlan("f", timeout_us=SECOND, init_function=seconds(9), handler=ms(900))
    served = tell(function, commands=(at(0),)).served()[1]
    assert (served.start, served.end) == (Kind.INVOKE_COLD, Kind.INVOKE_OK)
    assert served.duration_us == 900 * MS


@pytest.mark.rule("LIF-05", "LIFE-08")
def test_an_environment_keeps_its_function_and_the_version_it_was_made_for() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    one = FunctionPlan("f", handler=seconds(5), timeout_us=60 * SECOND)
    commands = (
        at(0, 2),
        at(1, function=1),
        Deploy(at_us=2 * SECOND),
        at(3),
        at(10, 3),
        at(10, function=1),
    )
    story = tell(one, replace(one, name="g"), commands=commands)
    versions = [
        (facts.function, facts.code_version)
        for event in sorted(story.served())
        for facts in [story.trace.environments[story.served()[event].environment]]
    ]
    assert versions == [(0, 1), (0, 1), (1, 1), (0, 2), (0, 2), (0, 2), (0, 2), (1, 1)]
    assert [s.end for s in story.served().values()] == [Kind.INVOKE_OK] * 8
    assert [r.time_us // SECOND for r in story.of(Kind.SHUTDOWN_DEPLOY)] == [5, 5]
