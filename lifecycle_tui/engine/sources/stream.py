"""Kinesis and DynamoDB streams: shards read in order, one batch at a time each (STR-01 to STR-03).

A batch that fails blocks its shard until it succeeds, is discarded, or its records expire.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE, MS, SECOND, Outcome
from lifecycle_tui.engine.source_plan import SourceKind, StreamPlan
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.sources.message import Message, demand_of, outcome_of, send_batch
from lifecycle_tui.engine.trace import NOBODY

POLL_EVERY_US: Final = {
    SourceKind.KINESIS: SECOND,
    SourceKind.DYNAMODB_STREAMS: 250 * MS,
}
"""How often a shard is read (STR-02)."""
LONGEST_BACK_OFF_US: Final = 1 * MINUTE
"""Between two attempts at a batch: from 1 s, doubling, to this (SIM-STREAM-BACKOFF †)."""

_Then = Callable[[int, int], None]


class StreamSource:
    """A stream with its mapping: as many lanes as shards times the parallelisation factor."""

    def __init__(self, desk: Desk, plan: StreamPlan) -> None:
        self._desk = desk
        self._lanes = [_Lane(desk, plan) for _ in range(plan.shards * plan.parallelization)]
        self._sent = 0

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Append one record to the stream; records are dealt out over the lanes in turn †."""
        queued = self._desk.note(now_us, Kind.MESSAGE_QUEUED, event, record, value=demand_us)
        number = self._sent % len(self._lanes)
        self._sent += 1
        self._lanes[number].append(
            Message(event, demand_us, outcome, now_us, queued, number), now_us
        )


class _Lane:
    """The records of one shard (or of one of its parallel parts), in order."""

    __slots__ = ("_batch", "_poll_us", "_read_us", "_waiting", "desk", "plan")

    def __init__(self, desk: Desk, plan: StreamPlan) -> None:
        self.desk = desk
        self.plan = plan
        self._waiting: deque[Message] = deque()
        self._batch: _Batch | None = None
        self._read_us: int | None = None
        """When the batch window began: at the poll that read the first record."""
        self._poll_us: int | None = None

    def append(self, message: Message, now_us: int) -> None:
        """Add a record at the end."""
        self._waiting.append(message)
        if self._batch is not None:
            return
        if self._read_us is not None and len(self._waiting) >= self.plan.batch_size:
            self._send(now_us, NOBODY)
        elif self._poll_us is None:
            self._plan_poll(now_us)

    def _plan_poll(self, now_us: int) -> None:
        every_us = POLL_EVERY_US[self.plan.kind]
        self._poll_us = (now_us // every_us + 1) * every_us
        if self._read_us is not None:
            self._poll_us = min(self._poll_us, self._read_us + self.plan.window_us)
        self.desk.at(self._poll_us, self._poll)

    def _poll(self, now_us: int) -> None:
        if now_us != self._poll_us:
            return
        self._poll_us = None
        if self._batch is not None or not self._waiting:
            return
        if self._read_us is None:
            self._read_us = now_us
        full = len(self._waiting) >= self.plan.batch_size
        if full or now_us >= self._read_us + self.plan.window_us:
            self._send(now_us, NOBODY)
        else:
            self._plan_poll(now_us)

    def _send(self, now_us: int, freed_by: int) -> None:
        self._read_us = None
        count = min(len(self._waiting), self.plan.batch_size)
        messages = [self._waiting.popleft() for _ in range(count)]
        self._batch = _Batch(self, messages)
        self._batch.send(now_us, freed_by)

    def done(self, now_us: int, record: int) -> None:
        """Go on with the next batch; without a window, with what has come meanwhile."""
        self._batch = None
        if not self._waiting:
            return
        if self.plan.window_us and len(self._waiting) < self.plan.batch_size:
            self._read_us = now_us
            self._plan_poll(now_us)
        else:
            self._send(now_us, record)


class _Batch:
    """Records that are invoked together until they succeed or are discarded."""

    __slots__ = ("_attempts", "_back_off_us", "_errors", "_lane", "_parts")

    def __init__(self, lane: _Lane, messages: list[Message]) -> None:
        self._lane = lane
        self._parts = deque([messages])
        """What is still to be handled, in order; bisecting makes two parts of one."""
        self._errors = 0
        self._attempts = 0
        self._back_off_us = SECOND

    @property
    def _messages(self) -> list[Message]:
        return self._parts[0]

    def send(self, now_us: int, freed_by: int) -> None:
        """Send the first part for the first time."""
        self._errors = 0
        self._back_off_us = SECOND
        self._attempt(now_us, send_batch(self._lane.desk, self._messages, now_us, second=freed_by))

    def _attempt(self, now_us: int, record: int) -> None:
        desk, lead = self._lane.desk, self._messages[0]
        self._attempts += 1
        function = desk.function(self._lane.plan.function)
        ending = desk.outcome(function, lead.event, self._attempts, outcome_of(self._messages))
        desk.send(function, now_us, lead.event, demand_of(self._messages), ending, record, self)

    def responded(self, now_us: int) -> None:
        """The mapping waits for the end."""

    def throttled(self, now_us: int, record: int) -> None:
        """Try again; it does not count as an attempt (THR-05)."""
        self._later(now_us, Kind.RETRY_AFTER_THROTTLE, record)

    def ended(self, now_us: int, kind: Kind, record: int) -> None:
        """Go on, bisect, try again, or discard."""
        if kind is Kind.INVOKE_OK:
            for message in self._messages:
                self._lane.desk.note(now_us, Kind.MESSAGE_DELETED, message.event, record)
            self._next_part(now_us, record)
            return
        plan, messages = self._lane.plan, self._messages
        if plan.bisect and len(messages) > 1:
            self._parts.popleft()
            half = (len(messages) + 1) // 2
            self._parts.extendleft((messages[half:], messages[:half]))
            self._wait(now_us, Kind.RETRY_AFTER_ERROR, record, self._send_part)
            return
        self._errors += 1
        if plan.max_attempts is not None and self._errors > plan.max_attempts:
            self._discard(now_us, Kind.DROPPED_RETRIES, record)
            return
        self._later(now_us, Kind.RETRY_AFTER_ERROR, record)

    def _later(self, now_us: int, kind: Kind, record: int) -> None:
        plan = self._lane.plan
        oldest_us = plan.retention_us if plan.max_age_us is None else plan.max_age_us
        expires_us = max(self._messages[0].sent_us + oldest_us, now_us)
        if now_us + self._back_off_us >= expires_us:
            drop = Kind.DROPPED_AGE
            self._lane.desk.at(expires_us, lambda then_us: self._discard(then_us, drop, record))
            return
        self._wait(now_us, kind, record, self._again)

    def _wait(self, now_us: int, kind: Kind, record: int, then: _Then) -> None:
        desk, lead = self._lane.desk, self._messages[0]
        wait_us = self._back_off_us
        self._back_off_us = min(2 * wait_us, LONGEST_BACK_OFF_US)
        cause = desk.note(now_us, kind, lead.event, record, value=wait_us)
        desk.at(now_us + wait_us, lambda then_us: then(then_us, cause))

    def _again(self, now_us: int, cause: int) -> None:
        lead = self._messages[0]
        record = self._lane.desk.note(
            now_us, Kind.ATTEMPT, lead.event, cause, value=self._attempts + 1
        )
        self._attempt(now_us, record)

    def _send_part(self, now_us: int, cause: int) -> None:
        self._messages[0].record = cause
        record = send_batch(self._lane.desk, self._messages, now_us)
        self._attempt(now_us, record)

    def _discard(self, now_us: int, kind: Kind, record: int) -> None:
        desk, plan = self._lane.desk, self._lane.plan
        dropped = NOBODY
        for message in self._messages:
            desk.world.tally.dropped += 1
            dropped = desk.note(now_us, kind, message.event, record)
        if plan.on_failure is not None:
            desk.note(now_us, Kind.TO_ON_FAILURE, self._messages[0].event, dropped)
        self._next_part(now_us, dropped)

    def _next_part(self, now_us: int, record: int) -> None:
        self._parts.popleft()
        if self._parts:
            self.send(now_us, record)
        else:
            self._lane.done(now_us, record)
