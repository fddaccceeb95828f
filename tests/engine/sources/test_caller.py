"""Callers that wait: API Gateway gives up, Step Functions tries again and catches."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.source_plan import RetryPlan, SourceKind, SourcePlan
from lifecycle_tui.engine.worktime import ZERO
from tests.story import Story, prompt_account, seconds


def story(*commands: Fire, sources: tuple[SourcePlan, ...] = (), **changes: object) -> Story:
    """Run a function."""
    settings: dict[str, object] = {"handler": ZERO, "timeout_us": 900 * SECOND, **changes}
    function = FunctionPlan("f", **settings)  # type: ignore[arg-type]
    return Story(Plan((function,), prompt_account(), commands, sources))


def flow(*retries: RetryPlan, catches: tuple[str, ...] = ()) -> SourcePlan:
    """Return a state machine."""
    return SourcePlan("flow", SourceKind.STEP_FUNCTIONS, retries=retries, catches=catches)


@pytest.mark.rule("SRC-01")
def test_api_gateway_answers_504_after_29_seconds_while_the_invocation_goes_on() -> None:
    """SRC-01: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html."""
    told = story(Fire(at_us=SECOND, source="api-gateway"), handler=seconds(40))
    assert told.moment(Kind.CALLER_GAVE_UP) == 30
    assert told.moment(Kind.INVOKE_OK) == 41


@pytest.mark.rule("SRC-01")
@pytest.mark.parametrize("handler", [0, 28.9])
def test_a_caller_that_was_answered_in_time_does_not_give_up(handler: float) -> None:
    """SRC-01: the answer counts, not what an extension does after it; the run ends with it."""
    told = story(Fire(at_us=0, source="api-gateway"), handler=seconds(handler))
    assert not told.of(Kind.CALLER_GAVE_UP)
    assert told.trace.ended_us == round(handler * SECOND)


def test_a_load_balancer_waits() -> None:
    """ALB and function URLs have no limit of this kind here."""
    told = story(Fire(at_us=0, source="alb"), Fire(at_us=0, source="function-url"),
                 handler=seconds(40))  # fmt: skip
    assert len(told.of(Kind.INVOKE_OK)) == 2
    assert not told.of(Kind.CALLER_GAVE_UP)


@pytest.mark.rule("SFN-01", "SFN-02")
def test_a_retrier_waits_longer_each_time_and_then_the_catcher_takes_over() -> None:
    """SFN-01, SFN-02: waits of 1, 2 and 4 s, then the error is caught.

    https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    """
    machine = flow(RetryPlan(("States.ALL",)), catches=("States.TaskFailed",))
    told = story(Fire(at_us=0, source="flow", outcome=Outcome.ERROR), sources=(machine,))
    assert [r.time_us / SECOND for r in told.of(Kind.INVOKE_ERROR)] == [0, 1, 3, 7]
    assert told.moment(Kind.CAUGHT) == 7


@pytest.mark.rule("SFN-01")
@pytest.mark.parametrize(
    ("names", "attempts"),
    [
        (("Lambda.TooManyRequestsException",), 1),
        (("Sandbox.Timedout",), 3),
        (("Lambda.Unknown",), 3),
        (("Runtime.ExitError",), 1),
    ],
)
def test_a_retrier_takes_the_errors_it_names(names: tuple[str, ...], attempts: int) -> None:
    """SFN-01: a time-out is Sandbox.Timedout, which Lambda.Unknown stands for as well."""
    machine = flow(RetryPlan(names, max_attempts=2))
    told = story(
        Fire(at_us=0, source="flow"),
        sources=(machine,),
        handler=seconds(5),
        timeout_us=2 * SECOND,
    )
    assert len(told.of(Kind.INVOKE_TIMEOUT)) == attempts
    assert not told.of(Kind.CAUGHT)


@pytest.mark.rule("SFN-01")
def test_a_throttled_state_is_tried_again() -> None:
    """SFN-01: 429 is Lambda.TooManyRequestsException; the retry at 3 s finds room."""
    machine = flow(RetryPlan(("Lambda.TooManyRequestsException",)))
    told = story(
        Fire(at_us=0),
        Fire(at_us=0, source="flow"),
        sources=(machine,),
        handler=seconds(2),
        reserved_concurrency=1,
    )
    assert [r.time_us / SECOND for r in told.of(Kind.THROTTLED_RESERVED)] == [0, 1]
    assert [r.time_us / SECOND for r in told.of(Kind.INVOKE_WARM)] == [3]


@pytest.mark.parametrize("source", list(SourceKind))
def test_every_source_invokes(source: SourceKind) -> None:
    """Each kind of source, by its name alone, makes the function run once for one event."""
    told = story(Fire(at_us=0, source=source.value))
    assert told.tally.invocations == 1
    assert told.tally.events == 1
