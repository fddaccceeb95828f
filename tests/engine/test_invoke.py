"""Invoke and what ends it: answers, errors that keep the environment, failures that reset it."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MS, SECOND, Crash, ExtensionPlan, Fire, FunctionPlan, Outcome
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import ZERO, WorkTime
from tests.story import Story, at, ms, seconds, tell

FUNCTION = FunctionPlan("f", init_runtime=ms(100), init_function=ms(400), handler=ms(50))


def ending(outcome: Outcome) -> tuple[Fire, Fire]:
    """Return an event that ends in a way, and a later one that is well."""
    return Fire(at_us=0, outcome=outcome), at(10)


@pytest.mark.rule("SYN-01")
@pytest.mark.parametrize("outcome", Outcome)
def test_the_caller_is_answered_after_placement_init_and_handler_however_it_ends(
    outcome: Outcome,
) -> None:
    """https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html."""
    tally = tell(FUNCTION, commands=(Fire(at_us=0, outcome=outcome),)).tally
    assert (tally.latencies.count, tally.throttles) == (1, 0)
    assert tally.latencies.maximum_us == 550 * MS


@pytest.mark.rule("SYN-02", "THR-02")
def test_neither_a_failed_nor_a_refused_event_is_tried_again() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html."""
    commands = tuple(Fire(at_us=0, outcome=outcome) for outcome in Outcome)
    function = FunctionPlan("f", reserved_concurrency=len(Outcome))
    story = tell(function, commands=(*commands, at(0, 3)), until=3_600)
    assert len(story.of(Kind.ARRIVAL)) == len(story.served()) == len(Outcome) + 3
    assert story.tally.invocations == len(Outcome)
    assert story.tally.throttles == 3


@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize("overhead", [ZERO, ms(0.2)], ids=["simple", "overhead"])
def test_every_duration_is_billed_up_to_the_next_millisecond(overhead: WorkTime) -> None:
    """https://aws.amazon.com/lambda/pricing/: cold, then warm, 100.5 ms each or 0.2 ms more."""
    function = FunctionPlan("f", handler=ms(100.5), runtime_overhead=overhead)
    assert tell(function, commands=(at(0), at(1))).tally.billed_ms == 101 + 101


@pytest.mark.rule("FAIL-02")
def test_an_error_that_the_runtime_reports_leaves_the_environment_warm() -> None:
    """Observed in AWS's emulator, January 2026."""
    story = tell(FUNCTION, commands=ending(Outcome.ERROR))
    assert story.served()[1].end is Kind.INVOKE_ERROR
    assert story.served()[2].start is Kind.INVOKE_WARM
    assert not story.of(Kind.RESET_FINISHED, Kind.REINIT_STARTED)


def failed(how: str) -> Story:
    """Return the story of an event that fails in a way at 0.55 s, and of one that follows."""
    if how == "timeout":
        return tell(FUNCTION, commands=(at(0, lasting=9), at(20)))
    if how == "crash":
        crash = Crash(at_us=SECOND, environment=0)
        return tell(FUNCTION, commands=(at(0, lasting=2), crash, at(20)))
    return tell(FUNCTION, commands=ending(Outcome(how)))


@pytest.mark.rule("FAIL-01", "FAIL-05")
@pytest.mark.parametrize("how", ["timeout", "exit", "oom", "crash"])
def test_timeout_exit_crash_and_want_of_memory_reset_the_environment(how: str) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    story = failed(how)
    assert State.RESET in {record.after for record in story.records}
    second = story.served()[2]
    assert (second.start, second.environment) == (Kind.INVOKE_REINIT, 0)
    again = [record for record in story.records if record.time_us >= second.started_us]
    when = {record.kind: (record.time_us - second.started_us) // MS for record in again}
    assert when[Kind.RUNTIME_INIT_STARTED] == 0
    assert when[Kind.FUNCTION_INIT_STARTED] == 100
    assert when[Kind.HANDLER_STARTED] == 500
    assert second.duration_us == 550 * MS


@pytest.mark.rule("FAIL-03", "SIM-RESET")
def test_a_reset_ends_runtime_and_extensions_and_keeps_the_environment() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    function = FunctionPlan(
        "f", timeout_us=SECOND, extensions=(ExtensionPlan("otel", shutdown=ms(300)),)
    )
    story = tell(function, commands=(at(0, lasting=5), at(20)))
    reset = [r for r in story.records if SECOND <= r.time_us < 20 * SECOND and r.environment == 0]
    assert [(r.kind, r.time_us // MS) for r in reset] == [
        (Kind.INVOKE_TIMEOUT, 1_000),
        (Kind.SIGTERM_SENT, 1_000),
        (Kind.RUNTIME_STOPPED, 1_000),
        (Kind.EXTENSION_STOPPED, 1_300),
        (Kind.RESET_FINISHED, 1_300),
    ]
    assert reset[-1].after is State.FROZEN
    assert story.tally.environments_created == 1
    assert story.served()[2].environment == 0


@pytest.mark.rule("SIM-IDLE-CRASH")
def test_a_runtime_that_dies_while_idle_costs_the_next_event_a_reinit() -> None:
    commands = (at(0), Crash(at_us=5 * SECOND, environment=0), at(10))
    story = tell(FUNCTION, commands=commands)
    assert story.one(Kind.IDLE_CRASHED).after is State.RESET
    served = story.served()
    assert [served[event].start for event in (1, 2)] == [Kind.INVOKE_COLD, Kind.INVOKE_REINIT]
    assert served[2].environment == 0


@pytest.mark.rule("ITO-03", "FAIL-05a")
def test_a_reinit_longer_than_the_timeout_never_reaches_the_handler() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html."""
    function = FunctionPlan("f", init_function=seconds(4), handler=ms(50))
    story = tell(function, commands=(at(0, lasting=9), at(20), at(40)))
    assert [s.end for s in story.served().values()] == [Kind.INVOKE_TIMEOUT] * 3
    assert not story.of(Kind.HANDLER_STARTED)
