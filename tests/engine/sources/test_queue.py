"""SQS: AWS's own examples, and what happens to messages that fail.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE, MS, SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.source_plan import PollersPlan, QueuePlan
from lifecycle_tui.engine.sources.queue import MOST_BATCHES, POLL_US, batches_allowed
from lifecycle_tui.engine.worktime import ZERO
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.why import why_record
from tests.story import Story, prompt_account, seconds

POLL = POLL_US / SECOND


def story(queue: QueuePlan, *commands: Fire, concurrency: int = 10_000, **changes: object) -> Story:
    """Run a function behind a queue."""
    settings: dict[str, object] = {"handler": ZERO, "timeout_us": 900 * SECOND, **changes}
    function = FunctionPlan("f", **settings)  # type: ignore[arg-type]
    return Story(Plan((function,), prompt_account(concurrency=concurrency), commands, (queue,)))


def sent(second: float = 0, count: int = 1, **changes: object) -> Fire:
    """Return messages to the queue ``q``."""
    return Fire(at_us=round(second * SECOND), count=count, source="q", **changes)  # type: ignore[arg-type]


def batches(told: Story) -> list[tuple[float, int]]:
    """Return when batches were received, and how many messages they held."""
    return [(r.time_us / SECOND, r.value) for r in told.of(Kind.BATCH_SENT)]


@pytest.mark.rule("SQS-01", "SIM-SQS-SCALE")
@pytest.mark.parametrize(
    ("minute", "allowed"), [(0, 5), (1, 305), (2, 605), (3, 905), (4, 1_205), (5, 1_250)]
)
def test_a_mapping_grows_by_300_a_minute(minute: int, allowed: int) -> None:
    """WE-E04: 5, 305, 605, 905, 1,205, 1,250 batches at a time in a deep queue.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    queue = QueuePlan("q", batch_size=1)
    assert batches_allowed(queue, minute * MINUTE) == allowed
    told = story(queue, sent(0, 6_000), handler=seconds(900))
    sent_by_then = [r for r in told.of(Kind.BATCH_SENT) if r.time_us <= minute * MINUTE + POLL_US]
    assert len(sent_by_then) == allowed


@pytest.mark.rule("SQS-02")
def test_maximum_concurrency_and_the_account_limit_the_mapping() -> None:
    """WE-E05: with a maximum concurrency of 50: 50 from minute 1 on; an account of 1,000: 1,000."""
    queue = QueuePlan("q", batch_size=1, maximum_concurrency=50)
    assert [batches_allowed(queue, m * MINUTE) for m in (0, 1, 2)] == [5, 50, 50]
    deep = story(queue, sent(0, 500), handler=seconds(900))
    assert max(running for _, running in deep.busy_steps()) == 50
    told = story(
        QueuePlan("q", batch_size=1, visibility_us=900 * SECOND),
        sent(0, 3_000),
        concurrency=1_000,
        handler=seconds(900),
    )
    assert told.tally.peak_concurrency == 1_000


@pytest.mark.rule("SQS-07")
def test_provisioned_mode_reaches_eighty_times_the_default() -> None:
    """WE-E17: 10,000 event pollers with ten batches each are 100,000, 80 times 1,250.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    queue = QueuePlan("q", pollers=PollersPlan(maximum=10_000))
    assert [batches_allowed(queue, m * MINUTE) for m in (0, 1, 2)] == [20, 1_020, 2_020]
    assert batches_allowed(queue, 99 * MINUTE) == 99_020
    assert batches_allowed(queue, 100 * MINUTE) == batches_allowed(queue, 900 * MINUTE) == 100_000
    assert 80 * MOST_BATCHES == 100_000


@pytest.mark.rule("SQS-07", "SIM-SQS-SCALE")
def test_pollers_that_are_kept_ready_take_a_burst_at_once() -> None:
    """SQS-07: 30 pollers take 300 at once where the default mode takes five; no more than 400.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    queue = QueuePlan("q", batch_size=1, pollers=PollersPlan(minimum=30, maximum=40))
    told = story(queue, sent(0, 2_000), handler=seconds(900))
    steps = [(r.time_us, r.value) for r in told.of(Kind.POLLERS_SCALED)]
    assert steps[:2] == [(0, 300), (MINUTE, 400)]
    assert max(running for _, running in told.busy_steps()) == 400


@pytest.mark.parametrize(
    ("pollers", "spoken", "silent"),
    [(None, "SQS-01", "SQS-07"), (PollersPlan(), "SQS-07", "SQS-01")],
    ids=["default mode", "provisioned mode"],
)
def test_an_explanation_names_the_mode_of_the_mapping(
    pollers: PollersPlan | None, spoken: str, silent: str
) -> None:
    told = story(QueuePlan("q", pollers=pollers), sent(0))
    scaled = next(r for r in told.of(Kind.POLLERS_SCALED))
    rules = why_record(Index(told.trace), scaled.number).rules
    assert spoken in rules
    assert silent not in rules


@pytest.mark.rule("ESM-02", "ESM-03")
def test_a_window_collects_messages_until_it_ends() -> None:
    """WE-E07: a window of 40 s that begins at 7 s sends five messages at 47 s; ten go at once.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    queue = QueuePlan("q", batch_size=10, window_us=40 * SECOND)
    some = tuple(sent(7 + number) for number in range(5))
    assert batches(story(queue, *some)) == [(47, 5)]
    ten = tuple(sent(7 + number) for number in range(10))
    assert batches(story(queue, *ten)) == [(16, 10)]


@pytest.mark.rule("ESM-01", "ESM-02", "ESM-04", "SIM-SQS-POLL")
def test_without_a_window_what_came_together_is_received_together() -> None:
    """ESM-02, SIM-SQS-POLL: 12 messages at once are one full batch, and the rest a poll later."""
    told = story(QueuePlan("q"), sent(3, 12))
    assert batches(told) == [(3, 10), (3 + POLL, 2)]
    first, second = invocations(Index(told.trace))
    assert first.batch == tuple(range(1, 11))
    assert second.batch == (11, 12)
    assert (first.type, first.source) == ("polled", "q")


@pytest.mark.rule("SQS-05", "SQS-04", "SIM-BATCH-TIME")
def test_a_batch_that_fails_returns_after_the_visibility_timeout() -> None:
    """SQS-05: the whole batch comes again, and what it did well is done twice."""
    queue = QueuePlan("q", visibility_us=30 * SECOND, max_receives=3, dead_letter="dlq")
    told = story(queue, sent(0, 9), sent(0, 1, outcome=Outcome.ERROR))
    assert [round(second) for second, _ in batches(told)] == [0, 30, 60]
    assert [size for _, size in batches(told)] == [10, 10, 10]
    assert len(told.of(Kind.REDRIVEN)) == len(told.of(Kind.TO_DEAD_LETTER)) == 10
    assert {round(r.time_us / SECOND) for r in told.of(Kind.REDRIVEN)} == {90}


@pytest.mark.rule("SQS-05")
def test_reported_item_failures_return_alone() -> None:
    """WE-E10: of a batch of five, messages 2 and 4 fail and only they return.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    queue = QueuePlan("q", batch_size=5, report_item_failures=True, max_receives=2)
    bad = {2, 4}
    messages = tuple(sent(0, outcome=Outcome.ERROR if n in bad else None) for n in range(1, 6))
    told = story(queue, *messages)
    assert {r.subject for r in told.of(Kind.MESSAGE_RETURNED)} == bad
    assert {r.subject for r in told.of(Kind.MESSAGE_DELETED)} == {1, 3, 5}
    assert {r.subject for r in told.of(Kind.REDRIVEN)} == bad
    assert told.tally.errors == 0


@pytest.mark.rule("THR-04")
def test_a_throttled_batch_is_tried_again_while_it_is_hidden_and_then_returns() -> None:
    """THR-04: the message's receive count grows, though no code ran."""
    queue = QueuePlan("q", visibility_us=10 * SECOND, max_receives=2, dead_letter="dlq")
    told = story(queue, sent(0), reserved_concurrency=0)
    assert [r.time_us / SECOND for r in told.of(Kind.THROTTLED_RESERVED)][:4] == [
        POLL, POLL + 1, POLL + 3, POLL + 7,
    ]  # fmt: skip
    (back,) = told.of(Kind.MESSAGE_RETURNED)
    assert (back.time_us, back.value) == (10 * SECOND + POLL_US, 1)
    assert len(told.of(Kind.REDRIVEN)) == 1
    assert told.tally.invocations == 0


@pytest.mark.rule("SQS-03")
def test_a_fifo_queue_handles_each_message_group_in_order() -> None:
    """SQS-03: two groups, so at most two batches in flight, each group's messages in order."""
    queue = QueuePlan("q", fifo=True, groups=2, batch_size=1)
    told = story(queue, sent(0, 8), handler=seconds(1))
    assert max(running for _, running in told.busy_steps()) == 2
    order = [r.subject for r in told.of(Kind.BATCH_SENT)]
    assert [n for n in order if n % 2] == [1, 3, 5, 7]
    assert [n for n in order if not n % 2] == [2, 4, 6, 8]


@pytest.mark.rule("SQS-03")
def test_a_failing_message_holds_its_group_back_and_no_other() -> None:
    """SQS-03, SQS-05: group 1 waits for the visibility timeout, group 2 goes on."""
    queue = QueuePlan(
        "q", fifo=True, groups=2, batch_size=1, visibility_us=5 * SECOND, max_receives=2
    )
    told = story(queue, sent(0, outcome=Outcome.ERROR), sent(0, 5))
    seen = {r.subject: r.time_us / SECOND for r in told.of(Kind.MESSAGE_DELETED)}
    assert max(seen[2], seen[4], seen[6]) < 1
    assert min(seen[3], seen[5]) >= 10


def test_old_messages_expire() -> None:
    """A queue without a redrive policy keeps trying for its retention period."""
    queue = QueuePlan("q", visibility_us=30 * SECOND, retention_us=100 * SECOND)
    told = story(queue, sent(0, outcome=Outcome.ERROR))
    (dropped,) = told.of(Kind.DROPPED_AGE)
    assert dropped.time_us == pytest.approx(120 * SECOND, abs=200 * MS)
