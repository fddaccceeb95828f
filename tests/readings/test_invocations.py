"""Invocations: one for each event, with the times that add up."""

from __future__ import annotations

import pytest
from hypothesis import given

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    AccountPlan,
    Crash,
    ExtensionPlan,
    InitializationType,
    Outcome,
    Plan,
    Prewarm,
)
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocation_at, invocations
from lifecycle_tui.readings.model import Start
from tests.readings.runs import MANY, doom_loop, fire, read, story
from tests.strategies import plans


@pytest.mark.rule("LIF-06", "LIF-07")
def test_a_cold_start_waits_for_placement_and_init() -> None:
    one = invocation_at(story(fire(0)), 1)
    assert (one.start, one.status, one.error_type) == (Start.COLD, "ok", None)
    assert (one.arrived_us, one.started_us, one.ended_us) == (0, 1_120 * MS, 1_300 * MS)
    assert (one.init_us, one.duration_us, one.billed_ms) == (1_020 * MS, 180 * MS, 1_200)
    assert one.responded_us == one.ended_us
    assert (one.type, one.source) == ("synchronous", "sdk")


@pytest.mark.rule("INV-02", "INV-03", "INV-04")
def test_the_response_leaves_before_the_extensions_are_done() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html (derived).

    Handler 120 ms, overhead 5 ms, one extension 30 ms and one 80 ms after the runtime: the caller
    waits 120 ms, Duration is 205 ms.
    """
    index = story(
        fire(0),
        fire(5),
        handler=Constant(120 * MS),
        runtime_overhead=Constant(5 * MS),
        extensions=(
            ExtensionPlan("a", tail=Constant(30 * MS)),
            ExtensionPlan("b", tail=Constant(80 * MS)),
        ),
    )
    two = invocation_at(index, 2)
    assert two.responded_us == 5_120 * MS
    assert two.duration_us == 205 * MS


@pytest.mark.rule("FAIL-07", "FAIL-09", "INV-05")
def test_a_time_out_after_the_response_keeps_the_response() -> None:
    index = story(fire(0), extensions=(ExtensionPlan("slow", tail=Constant(9 * SECOND)),))
    one = invocation_at(index, 1)
    assert (one.status, one.error_type) == ("timeout", "Sandbox.Timedout")
    assert one.responded_us == one.started_us + 180 * MS if one.started_us else False
    assert one.duration_us == 3 * SECOND


@pytest.mark.rule("ITO-02", "BIL-04", "FAIL-08")
def test_a_reinit_is_inside_duration_and_has_no_init_duration() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    three = invocation_at(doom_loop(), 3)
    assert (three.start, three.status) == (Start.REINIT, "timeout")
    assert three.init_us is None
    assert three.reinit_us == three.duration_us == 3 * SECOND
    assert three.billed_ms == 3_000
    assert three.responded_us is None


@pytest.mark.rule("FAIL-09", "FAIL-10")
@pytest.mark.parametrize(
    ("outcome", "status", "error_type"),
    [
        (Outcome.OK, "ok", None),
        (Outcome.ERROR, "error", "Runtime.Unknown"),
        (Outcome.EXIT, "error", "Runtime.ExitError"),
        (Outcome.OOM, "error", "Runtime.OutOfMemory"),
    ],
)
def test_outcomes_have_aws_words(outcome: Outcome, status: str, error_type: str | None) -> None:
    one = invocation_at(story(fire(0, outcome=outcome)), 1)
    assert (one.status, one.error_type) == (status, error_type)


@pytest.mark.rule("BIL-07")
@pytest.mark.parametrize("outcome", Outcome)
def test_failed_invocations_are_billed_like_others(outcome: Outcome) -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    index = story(fire(0), fire(5, outcome=outcome))
    assert [each.billed_ms for each in invocations(index)] == [1_200, 180]


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize("rules_date", ["2024-10-15", "2026-11-01"])
def test_an_init_inside_an_invocation_was_billed_before_2025_too(rules_date: str) -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    index = story(fire(0, outcome=Outcome.EXIT), fire(5), rules_date=rules_date)
    assert invocation_at(index, 2).billed_ms == 1_020 + 180


@pytest.mark.rule("ITO-04", "FAIL-10")
@pytest.mark.parametrize(
    ("outcome", "error_type"),
    [
        (Outcome.ERROR, "Runtime.ImportModuleError"),
        (Outcome.EXIT, "Runtime.ExitError"),
        (Outcome.OOM, "Runtime.OutOfMemory"),
    ],
)
def test_a_failing_init_fails_the_invocation_at_the_second_try(
    outcome: Outcome, error_type: str
) -> None:
    one = invocation_at(story(fire(0), init_outcome=outcome), 1)
    assert (one.start, one.status, one.error_type) == (Start.REINIT, "error", error_type)
    assert one.duration_us == one.reinit_us == 1_020 * MS


@pytest.mark.rule("REP-07")
def test_memory_used_never_falls_within_an_environment() -> None:
    index = story(fire(0), fire(5, outcome=Outcome.OOM), fire(9))
    assert [each.memory_used_mb for each in invocations(index)] == [40, 512, 512]


@pytest.mark.rule("THR-01", "THR-06", "BIL-07")
def test_throttled_events_are_listed_without_an_environment() -> None:
    index = story(fire(0, 2), reserved_concurrency=1)
    two = invocation_at(index, 2)
    assert (two.status, two.environment, two.start) == ("throttled", -1, None)
    assert two.throttle_reason == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert two.billed_ms is None


@pytest.mark.rule("THR-01")
def test_a_refusal_tells_the_limit_it_met() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html."""
    large, small = AccountPlan(concurrency=5_000), AccountPlan(concurrency=1)
    indexes = (
        story(fire(0, 2), reserved_concurrency=1),
        story(fire(0, 2), account=small),
        story(fire(0, 1_001), account=large),
    )
    assert [invocations(index)[-1].throttle_reason for index in indexes] == [
        "ReservedFunctionConcurrentInvocationLimitExceeded",
        "ConcurrentInvocationLimitExceeded",
        "FunctionInvocationRateLimitExceeded",
    ]


@pytest.mark.rule("PRV-05")
def test_spillover_is_what_runs_on_demand_beside_provisioned_concurrency() -> None:
    index = story(fire(0, 2), provisioned_concurrency=1)
    one, two = invocations(index)
    assert (one.start, one.initialization_type) == (Start.PRE, InitializationType.PROVISIONED)
    assert (one.spillover, two.spillover) == (False, True)
    assert (one.init_us, one.billed_ms) == (None, 180)
    assert two.start is Start.COLD


@pytest.mark.rule("INIT-11", "BIL-11")
def test_an_environment_made_ahead_shows_its_init_with_the_first_event() -> None:
    one, two = invocations(story(Prewarm(at_us=0), fire(5), fire(9)))
    assert (one.start, one.init_us, one.billed_ms) == (Start.PRE, 1_020 * MS, 1_200)
    assert (two.start, two.init_us, two.billed_ms) == (Start.WARM, None, 180)


def test_an_event_that_the_run_did_not_finish_is_running() -> None:
    index = story(fire(0), fire(5, lasting=2), fire(5), until=5.05)
    assert [each.status for each in invocations(index)] == ["ok", "running", "running"]
    waiting = invocation_at(index, 3)
    assert (waiting.started_us, waiting.environment, waiting.billed_ms) == (None, 1, None)


def test_a_crash_is_an_exit() -> None:
    index = story(fire(0, lasting=2), Crash(at_us=2 * SECOND, environment=0))
    assert invocation_at(index, 1).error_type == "Runtime.ExitError"


def test_an_unknown_event_is_an_index_error() -> None:
    index = story(fire(0))
    for event in (0, 2):
        with pytest.raises(IndexError):
            invocation_at(index, event)


@MANY
@given(plans())
def test_times_add_up(plan: Plan) -> None:
    for each in invocations(read(plan)):
        if each.status == "throttled":
            assert each.environment == -1
            continue
        if each.started_us is None:
            continue
        assert each.arrived_us <= each.started_us
        if each.start in (Start.WARM, Start.PRE):
            assert each.arrived_us == each.started_us
        if each.ended_us is None:
            assert each.status == "running"
            continue
        assert each.duration_us == each.ended_us - each.started_us
        assert each.billed_ms is not None
        assert each.billed_ms * 1_000 >= each.duration_us
        assert (each.reinit_us is not None) == (each.start is Start.REINIT)
        assert each.reinit_us is None or each.reinit_us <= each.duration_us
        if each.responded_us is not None:
            assert each.started_us <= each.responded_us <= each.ended_us


@MANY
@given(plans())
def test_one_event_alone_reads_like_all_of_them(plan: Plan) -> None:
    index = read(plan)
    alone = Index(index.trace)
    for each in invocations(index):
        assert invocation_at(alone, each.event, each.arrival_record) == each
        assert invocation_at(index, each.event, each.arrival_record) is each
