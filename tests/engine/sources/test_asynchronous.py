"""Asynchronous events: AWS's own examples, and what the queue does between attempts.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    HOUR,
    MINUTE,
    SECOND,
    Crash,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
    SetConfig,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.source_plan import AsyncPlan
from lifecycle_tui.engine.worktime import ZERO
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.summary import summary_of_tally
from tests.story import Story, ms, prompt_account, seconds, tell


def sent(second: float = 0, **changes: object) -> Fire:
    """Return one event from S3."""
    return Fire(at_us=round(second * SECOND), source="s3", **changes)  # type: ignore[arg-type]


def function(**changes: object) -> FunctionPlan:
    """Return a function that takes no time."""
    settings: dict[str, object] = {"handler": ZERO, "timeout_us": 900 * SECOND, **changes}
    return FunctionPlan("f", **settings)  # type: ignore[arg-type]


def times(story: Story, *kinds: Kind) -> list[float]:
    """Return when records of some kinds were, in seconds."""
    return [record.time_us / SECOND for record in story.trace if record.kind in kinds]


@pytest.mark.rule("ASY-02", "ASY-06")
@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.EXIT, Outcome.OOM])
def test_a_function_error_is_tried_again_after_one_and_two_minutes(outcome: Outcome) -> None:
    """WE-E11: attempts at 0, 60 s and 180 s; then RetriesExhausted; three invocations billed."""
    settings = AsyncPlan(dead_letter="dlq", on_failure="failed")
    story = tell(function(asynchronous=settings), commands=(sent(outcome=outcome),))
    assert times(story, Kind.INVOKE_COLD, Kind.INVOKE_WARM, Kind.INVOKE_REINIT) == [0, 60, 180]
    assert times(story, Kind.DROPPED_RETRIES) == [180]
    assert times(story, Kind.TO_DEAD_LETTER) == times(story, Kind.TO_ON_FAILURE) == [180]
    summary = summary_of_tally(story.tally, story.trace.plan, story.trace.ended_us)
    assert (summary["events"], summary["invocations"], summary["dropped"]) == (1, 3, 1)


@pytest.mark.rule("ASY-02")
def test_a_time_out_counts_as_a_function_error() -> None:
    """ASY-02: the wait begins when the attempt ends."""
    late = function(handler=seconds(5), timeout_us=2 * SECOND)
    story = tell(late, commands=(sent(),))
    assert times(story, Kind.INVOKE_TIMEOUT) == [2, 64, 186]


@pytest.mark.rule("ASY-03")
@pytest.mark.parametrize("retries", [0, 1, 2])
def test_the_number_of_retries_can_be_set(retries: int) -> None:
    """ASY-03: 0 to 2 retries."""
    plan = function(handler_outcome=Outcome.ERROR, asynchronous=AsyncPlan(max_retries=retries))
    story = tell(plan, commands=(sent(),))
    assert len(times(story, Kind.INVOKE_ERROR)) == retries + 1


@pytest.mark.rule("ASY-04", "THR-03")
def test_an_event_that_is_throttled_until_it_is_too_old_never_runs() -> None:
    """WE-E13: maximum age one hour, no retries, throttled all the time: dropped at 3,600 s.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
    """
    plan = function(
        reserved_concurrency=1,
        handler=seconds(900),
        asynchronous=AsyncPlan(max_retries=0, max_age_us=1 * HOUR, dead_letter="dlq"),
    )
    hogs = tuple(Fire(at_us=900 * SECOND * number) for number in range(5))
    story = tell(plan, commands=(*hogs, sent(0)))
    event = 2
    of_event = [record for record in story.trace if record.subject == event]
    assert not [r for r in of_event if r.kind in (Kind.INVOKE_COLD, Kind.INVOKE_WARM)]
    (dropped,) = [r for r in of_event if r.kind is Kind.DROPPED_AGE]
    assert dropped.time_us == 3_600 * SECOND
    assert story.tally.dropped == 1


@pytest.mark.rule("ASY-04", "SIM-ASYNC-DOUBLING")
def test_the_back_off_doubles_from_one_second_to_five_minutes() -> None:
    """WE-E14: 1, 2, 4 … 256, then 300 s, for six hours."""
    plan = function(reserved_concurrency=1, handler=seconds(900))
    hogs = tuple(Fire(at_us=900 * SECOND * number) for number in range(30))
    story = tell(plan, commands=(*hogs, sent(0)))
    waits = [
        record.value // SECOND
        for record in story.trace
        if record.kind is Kind.RETRY_AFTER_THROTTLE and record.subject == 2
    ]
    assert waits[:12] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert set(waits[9:]) == {300}
    assert times(story, Kind.DROPPED_AGE) == [6 * 3_600]


@pytest.mark.rule("RSV-03")
def test_with_no_concurrency_at_all_an_event_is_given_up_at_once() -> None:
    """RSV-03: reserved concurrency 0 sends asynchronous events straight to the dead-letter queue.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    plan = function(reserved_concurrency=0, asynchronous=AsyncPlan(dead_letter="dlq"))
    story = tell(plan, commands=(sent(5),))
    assert times(story, Kind.THROTTLED_RESERVED) == [5]
    assert times(story, Kind.DROPPED_NO_CONCURRENCY) == times(story, Kind.TO_DEAD_LETTER) == [5]
    assert not times(story, Kind.RETRY_AFTER_THROTTLE)


@pytest.mark.rule("ASY-01", "THR-03")
def test_a_throttled_event_runs_as_soon_as_a_later_attempt_finds_room() -> None:
    """ASY-04: the first attempt at 0 s is refused; those at 1 s and 3 s too; at 7 s it runs."""
    plan = function(reserved_concurrency=1, handler=seconds(5))
    story = tell(plan, commands=(Fire(at_us=0), sent(0)))
    assert times(story, Kind.THROTTLED_RESERVED) == [0, 1, 3]
    assert times(story, Kind.INVOKE_WARM) == [7]
    attempts = [each for each in invocations(Index(story.trace)) if each.event == 2]
    assert [(a.attempt, a.status) for a in attempts] == [
        (1, "throttled"), (2, "throttled"), (3, "throttled"), (4, "ok"),
    ]  # fmt: skip
    assert {a.sent_us for a in attempts} == {0}
    assert attempts[-1].arrived_us == 7 * SECOND
    assert len({a.request_id for a in attempts}) == 1


@pytest.mark.rule("ASY-06")
def test_success_goes_to_its_destination() -> None:
    """ASY-06."""
    story = tell(function(asynchronous=AsyncPlan(on_success="done")), commands=(sent(),))
    assert times(story, Kind.TO_ON_SUCCESS) == [0]
    assert not times(story, Kind.TO_DEAD_LETTER)


def test_the_settings_at_the_time_decide() -> None:
    """A configuration change between attempts holds for the next one."""
    failing = function(handler_outcome=Outcome.ERROR)
    stop = SetConfig(at_us=10 * SECOND, changes=(("asynchronous", AsyncPlan(max_retries=0)),))
    story = tell(failing, commands=(sent(), stop))
    assert times(story, Kind.INVOKE_ERROR) == [0, 60]


def test_a_crash_is_a_function_error() -> None:
    """An environment that dies under an asynchronous event has it tried again."""
    plan = function(handler=seconds(10))
    story = tell(plan, commands=(sent(), Crash(at_us=SECOND, environment=0)))
    assert times(story, Kind.INVOKE_CRASHED) == [1]
    assert times(story, Kind.ATTEMPT) == [61]


@pytest.mark.rule("ASY-07")
def test_requests_per_second_do_not_limit_asynchronous_events() -> None:
    """ASY-07: twenty events at once on one unit of concurrency meet no rate cap, only the unit.

    https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    """
    plan = function(reserved_concurrency=1)
    events = tuple(sent(number / 100) for number in range(50))
    story = tell(plan, commands=events)
    assert story.tally.throttles == 0
    story = tell(plan, commands=tuple(Fire(at_us=e.at_us) for e in events))
    assert story.tally.throttles == 40


def test_attempts_fail_independently_and_the_queue_agrees_with_theory() -> None:
    """O15: each attempt fails with probability 0.3, two retries: 1.39 attempts, 0.027 dropped."""
    count, share = 40_000, 0.3
    plan = Plan(
        functions=(function(handler_error_rate=share),),
        account=prompt_account(concurrency=1_000_000),
        commands=(Fire(at_us=0, source="sns", count=count, over_us=600 * SECOND),),
        seed=7,
    )
    tally = run(plan, keep_trace=False).tally
    attempts, dropped = tally.invocations / count, tally.dropped / count
    # Attempts a message: sd = sqrt(E[N^2] - E[N]^2) = 0.65; dropped: sqrt(p (1 - p)).
    assert abs(attempts - 1.39) < 4 * 0.65 / count**0.5
    assert abs(dropped - 0.027) < 4 * (0.027 * 0.973 / count) ** 0.5


def test_the_run_waits_for_the_last_retry() -> None:
    """Without ``until`` a run ends when nothing is left to try."""
    story = tell(function(handler_outcome=Outcome.ERROR), commands=(sent(),))
    assert story.trace.ended_us == 3 * MINUTE
    assert ms(1).us == 1_000
