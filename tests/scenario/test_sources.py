"""Declared sources: what a file may say of them, and what AWS refuses."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import Fire
from lifecycle_tui.engine.source_plan import (
    AsyncPlan,
    PollersPlan,
    QueuePlan,
    RetryPlan,
    SourceKind,
    SourcePlan,
    StreamPlan,
)
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.problems import ScenarioError

HEAD = "format: 1\nfunctions:\n  f: {timeout: 10s}\n"


def sources(text: str) -> tuple[object, ...]:
    """Return the sources of a file with one function."""
    return parse_text(f"{HEAD}sources:\n{text}").sources


def problem(text: str) -> str:
    """Return what is wrong with sources."""
    with pytest.raises(ScenarioError) as caught:
        sources(text)
    return str(caught.value)


def test_a_queue_with_everything() -> None:
    (queue,) = sources(
        """
  q:
    type: sqs
    batch_size: 50
    batch_window: 20s
    visibility_timeout: 1m
    max_receive_count: 4
    dead_letter: q-dlq
    maximum_concurrency: 8
    report_batch_item_failures: true
    retention: 1h
"""
    )
    assert queue == QueuePlan(
        "q",
        batch_size=50,
        window_us=20_000_000,
        visibility_us=60_000_000,
        max_receives=4,
        dead_letter="q-dlq",
        maximum_concurrency=8,
        report_item_failures=True,
        retention_us=3_600_000_000,
    )


def test_a_fifo_queue_and_a_dead_letter_queue_without_a_count() -> None:
    (queue,) = sources("  q: {type: sqs, fifo: true, message_groups: 3, dead_letter: d}\n")
    assert queue == QueuePlan("q", fifo=True, groups=3, max_receives=5, dead_letter="d")


@pytest.mark.parametrize("kind", ["kinesis", "dynamodb-streams"])
def test_a_stream_with_everything(kind: str) -> None:
    (stream,) = sources(
        f"""
  s:
    type: {kind}
    shards: 4
    parallelization_factor: 2
    batch_size: 500
    batch_window: 5s
    maximum_retry_attempts: 3
    maximum_record_age: 1h
    bisect_on_error: true
    on_failure: lost
"""
    )
    assert stream == StreamPlan(
        "s",
        kind=SourceKind(kind),
        shards=4,
        parallelization=2,
        batch_size=500,
        window_us=5_000_000,
        max_attempts=3,
        max_age_us=3_600_000_000,
        bisect=True,
        on_failure="lost",
    )


def test_a_gateway_and_a_state_machine() -> None:
    gateway, flow = sources(
        """
  api: {type: api-gateway, timeout: 12s}
  flow:
    type: step-functions
    retry: [{errors: [Sandbox.Timedout], interval: 2s, max_attempts: 1, backoff: 1.5}]
    catch: [States.ALL]
"""
    )
    assert gateway == SourcePlan("api", SourceKind.API_GATEWAY, gives_up_us=12_000_000)
    retry = RetryPlan(("Sandbox.Timedout",), 2_000_000, 1, 1.5)
    assert flow == SourcePlan(
        "flow", SourceKind.STEP_FUNCTIONS, retries=(retry,), catches=("States.ALL",)
    )


def test_what_a_function_does_with_events_nobody_waits_for() -> None:
    plan = parse_text(
        "format: 1\nfunctions:\n  f:\n    async:\n      {max_retries: 1, max_age: 10m,"
        " on_success: a, on_failure: b, dead_letter: c}\n"
    )
    assert plan.functions[0].asynchronous == AsyncPlan(1, 600_000_000, "a", "b", "c")


@pytest.mark.parametrize(
    ("written", "pollers"),
    [
        ("{}", PollersPlan(2, 200)),
        ("{minimum: 5}", PollersPlan(5, 200)),
        ("{minimum: 200, maximum: 10000}", PollersPlan(200, 10_000)),
    ],
)
def test_a_queue_in_provisioned_mode(written: str, pollers: PollersPlan) -> None:
    """SQS-07: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html."""
    (queue,) = sources(f"  q: {{type: sqs, pollers: {written}}}\n")
    assert queue == QueuePlan("q", pollers=pollers)


def test_a_command_reaches_the_function_of_its_source() -> None:
    plan = parse_text(
        "format: 1\nfunctions: {a: {}, b: {}}\nsources:\n  q: {type: sqs, function: b}\n"
        "timeline:\n  - {at: 0s, fire: {source: q}}\n"
    )
    (command,) = plan.commands
    assert isinstance(command, Fire)
    assert (command.function, command.source) == (1, "q")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  q: {}\n", "'type' is missing"),
        ("  q: {type: sqss}\n", "did you mean 'sqs'"),
        ("  q: {type: sqs, shards: 2}\n", "unknown key 'shards'"),
        ("  s: {type: kinesis, visibility_timeout: 1m}\n", "unknown key 'visibility_timeout'"),
        ("  sqs: {type: sqs}\n", "is a kind of source"),
        ("  'a b': {type: sqs}\n", "is not a name AWS accepts"),
        ("  q: {type: sqs, batch_size: 11}\n", "asks for a batch_window of at least 1s"),
        ("  q: {type: sqs, fifo: true, batch_size: 11}\n", "a whole number from 1 to 10"),
        ("  q: {type: sqs, fifo: true, batch_window: 2s}\n", "no batch window for FIFO"),
        ("  q: {type: sqs, visibility_timeout: 9s}\n", "shorter than the timeout of f"),
        ("  q: {type: sqs, maximum_concurrency: 1}\n", "a whole number from 2 to 1,000"),
        ("  q: {type: sqs, pollers: {minimum: 1}}\n", "a whole number from 2 to 200"),
        ("  q: {type: sqs, pollers: {maximum: 10001}}\n", "a whole number from 2 to 10,000"),
        ("  q: {type: sqs, pollers: {minimum: 9, maximum: 8}}\n", "less than the minimum of 9"),
        ("  q: {type: sqs, pollers: {most: 8}}\n", "unknown key 'most'"),
        ("  q: {type: sqs, pollers: {}, maximum_concurrency: 8}\n", "leave one out"),
        ("  q: {type: sqs, batch_window: 301s}\n", "from 0s to 300s"),
        ("  q: {type: sqs, batch_window: 1500ms}\n", "from 0s to 300s"),
        ("  s: {type: kinesis, parallelization_factor: 11}\n", "a whole number from 1 to 10"),
        ("  m: {type: step-functions, retry: [{interval: 100ms}]}\n", "waits at least 1s"),
        ("  m: {type: step-functions, catch: all}\n", "expected a list such as [States.ALL]"),
        ("  q: {type: sqs, function: g}\n", "there is no function 'g'"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    """Each misfit is one line with its place, and says what would fit."""
    said = problem(text)
    assert message in said
    assert said.count("\n") == 0
    assert said.startswith(("<text>:5:", "<text>:4:"))


@pytest.mark.parametrize(
    ("value", "message"),
    [("{max_retries: 3}", "a whole number from 0 to 2"), ("{max_age: 30s}", "from 60s to 6h")],
)
def test_what_aws_refuses_of_asynchronous_settings(value: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        parse_text(f"format: 1\nfunctions:\n  f: {{async: {value}}}\n")


def test_a_source_sends_to_its_own_function_only() -> None:
    with pytest.raises(ScenarioError, match="q sends to a, not to here"):
        parse_text(
            "format: 1\nfunctions: {a: {}, b: {}}\nsources:\n  q: {type: sqs, function: a}\n"
            "timeline:\n  - {at: 0s, fire: {source: q, function: b}}\n"
        )


def test_an_unknown_source_is_told_which_there_are() -> None:
    with pytest.raises(ScenarioError, match="did you mean 'orders'"):
        parse_text(
            f"{HEAD}sources:\n  orders: {{type: sqs}}\n"
            "timeline:\n  - {at: 0s, fire: {source: order}}\n"
        )
