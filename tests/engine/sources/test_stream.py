"""Kinesis and DynamoDB streams: order, blocked shards, bisecting, giving up.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
"""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE, SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.source_plan import SourceKind, StreamPlan
from lifecycle_tui.engine.worktime import ZERO
from tests.story import Story, prompt_account, seconds


def story(stream: StreamPlan, *commands: Fire, **changes: object) -> Story:
    """Run a function behind a stream."""
    settings: dict[str, object] = {"handler": ZERO, "timeout_us": 900 * SECOND, **changes}
    function = FunctionPlan("f", **settings)  # type: ignore[arg-type]
    return Story(Plan((function,), prompt_account(), commands, (stream,)))


def sent(second: float = 0, count: int = 1, **changes: object) -> Fire:
    """Return records of the stream ``s``."""
    return Fire(at_us=round(second * SECOND), count=count, source="s", **changes)  # type: ignore[arg-type]


def times(told: Story, kind: Kind) -> list[float]:
    """Return when records of a kind were, in seconds."""
    return [record.time_us / SECOND for record in told.of(kind)]


@pytest.mark.rule("STR-02")
@pytest.mark.parametrize(
    ("kind", "second"), [(SourceKind.KINESIS, 1.0), (SourceKind.DYNAMODB_STREAMS, 0.5)]
)
def test_shards_are_read_on_a_beat(kind: SourceKind, second: float) -> None:
    """STR-02: Kinesis once a second, DynamoDB four times: a record of 0.3 s waits for its beat."""
    assert times(story(StreamPlan("s", kind), sent(0.3)), Kind.BATCH_SENT) == [second]


@pytest.mark.rule("STR-01", "SIM-STREAM-KEYS")
@pytest.mark.parametrize(("shards", "factor", "most"), [(1, 1, 1), (3, 1, 3), (2, 4, 8)])
def test_batches_in_flight_are_shards_times_the_parallelisation_factor(
    shards: int, factor: int, most: int
) -> None:
    """STR-01: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html."""
    stream = StreamPlan("s", shards=shards, parallelization=factor, batch_size=1)
    told = story(stream, sent(0, 40), handler=seconds(2))
    assert max(running for _, running in told.busy_steps()) == most


@pytest.mark.rule("ESM-02")
def test_a_window_begins_when_the_first_record_is_read() -> None:
    """ESM-02: read at 1 s, sent at 6 s with what came meanwhile; a full batch goes at once."""
    stream = StreamPlan("s", window_us=5 * SECOND, batch_size=4)
    told = story(stream, sent(0.5), sent(3, 2))
    assert [(r.time_us / SECOND, r.value) for r in told.of(Kind.BATCH_SENT)] == [(6, 3)]
    full = story(stream, sent(0.5), sent(3, 3))
    assert [(r.time_us / SECOND, r.value) for r in full.of(Kind.BATCH_SENT)] == [(3, 4)]


@pytest.mark.rule("STR-03", "SIM-STREAM-BACKOFF")
def test_a_batch_that_fails_blocks_its_shard_and_no_other() -> None:
    """STR-03: shard 1 stands still until its batch is discarded; shard 2 goes on."""
    stream = StreamPlan("s", shards=2, batch_size=1, max_attempts=3, on_failure="lost")
    told = story(stream, sent(0, outcome=Outcome.ERROR), sent(0, 3))
    handled = {r.subject: r.time_us / SECOND for r in told.of(Kind.MESSAGE_DELETED)}
    assert handled == {2: 1, 4: 1, 3: 8}
    assert times(told, Kind.INVOKE_ERROR) == [1, 2, 4, 8]
    assert times(told, Kind.DROPPED_RETRIES) == times(told, Kind.TO_ON_FAILURE) == [8]


@pytest.mark.rule("STR-03")
def test_bisecting_finds_the_record_that_fails() -> None:
    """STR-03: of eight records only the poisoned one is lost; splitting costs no attempt."""
    stream = StreamPlan("s", batch_size=8, max_attempts=0, bisect=True)
    told = story(stream, sent(0, 5), sent(0, outcome=Outcome.ERROR), sent(0, 2))
    assert [r.subject for r in told.of(Kind.DROPPED_RETRIES)] == [6]
    assert [r.subject for r in told.of(Kind.MESSAGE_DELETED)] == [1, 2, 3, 4, 5, 7, 8]
    assert [r.value for r in told.of(Kind.BATCH_SENT)] == [8, 4, 4, 2, 1, 1, 2]


@pytest.mark.rule("STR-03", "SIM-STREAM-BACKOFF")
def test_records_expire_while_their_shard_is_blocked() -> None:
    """STR-03: the maximum record age ends the retries."""
    stream = StreamPlan("s", max_age_us=2 * MINUTE)
    told = story(stream, sent(0, outcome=Outcome.ERROR))
    assert times(told, Kind.DROPPED_AGE) == [120]
    waits = [r.value // SECOND for r in told.of(Kind.RETRY_AFTER_ERROR)]
    assert waits == [1, 2, 4, 8, 16, 32]


@pytest.mark.rule("THR-05")
def test_a_throttle_is_no_attempt() -> None:
    """THR-05: the batch waits for concurrency as long as it takes, and blocks its shard."""
    stream = StreamPlan("s", max_attempts=0)
    told = story(
        stream,
        Fire(at_us=0),
        sent(0.5),
        reserved_concurrency=1,
        handler=seconds(9),
    )
    assert times(told, Kind.THROTTLED_RESERVED) == [1, 2, 4, 8]
    assert times(told, Kind.INVOKE_WARM) == [16]
    assert not told.of(Kind.DROPPED_RETRIES)


def test_what_came_meanwhile_is_one_batch() -> None:
    """A shard that was busy sends what has gathered as soon as it is free."""
    told = story(StreamPlan("s"), sent(0.2), sent(1.5, 7), handler=seconds(3))
    assert [(r.time_us / SECOND, r.value) for r in told.of(Kind.BATCH_SENT)] == [(1, 1), (4, 7)]
