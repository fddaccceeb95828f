"""SQS: a queue, and the event source mapping that polls it and invokes (SQS-01 to SQS-07)."""

from __future__ import annotations

from collections import deque
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE, MS, SECOND, Outcome
from lifecycle_tui.engine.source_plan import QueuePlan
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.sources.message import Message, demand_of, outcome_of, send_batch
from lifecycle_tui.engine.trace import NOBODY

FIRST_BATCHES: Final = 5
BATCHES_A_MINUTE: Final = 300
MOST_BATCHES: Final = 1_250
"""Concurrent batches of one mapping: at first, more each minute, at most (SQS-01)."""
BATCHES_A_POLLER: Final = 10
PROVISIONED_BATCHES_A_MINUTE: Final = 1_000
"""In provisioned mode: concurrent batches of one event poller, and how many more each minute."""
POLL_US: Final = 20 * MS
"""From a message's arrival to its receipt where there is no batch window (SIM-SQS-POLL †)."""


def batches_allowed(plan: QueuePlan, active_us: int) -> int:
    """Return how many batches a mapping may have in flight (SQS-01, SQS-02, SQS-07).

    Args:
        plan: the mapping.
        active_us: for how long it has had work.
    """
    if plan.pollers is not None:
        first = BATCHES_A_POLLER * plan.pollers.minimum
        grown = first + PROVISIONED_BATCHES_A_MINUTE * (active_us // MINUTE)
        return min(grown, BATCHES_A_POLLER * plan.pollers.maximum)
    most = MOST_BATCHES if plan.maximum_concurrency is None else plan.maximum_concurrency
    return min(FIRST_BATCHES + BATCHES_A_MINUTE * (active_us // MINUTE), most, MOST_BATCHES)


class QueueSource:
    """A queue with its mapping while the simulation runs."""

    def __init__(self, desk: Desk, plan: QueuePlan, number: int) -> None:
        self.desk = desk
        self.plan = plan
        self._number = number
        self._groups: dict[int, deque[Message]] = {}
        self._blocked: set[int] = set()
        """FIFO: message groups with a batch in flight or on its way back."""
        self._sent = 0
        self._waiting = 0
        self._running = 0
        self._allowed = 0
        self._active_us: int | None = None
        self._poll_us: int | None = None
        """When the next poll is planned; None for none."""

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Take one message in; ``record`` is that of the command."""
        queued = self.desk.note(now_us, Kind.MESSAGE_QUEUED, event, record, value=demand_us)
        group = self._sent % self.plan.groups if self.plan.fifo else 0
        self._sent += 1
        message = Message(event, demand_us, outcome, now_us, queued, group)
        self._groups.setdefault(group, deque()).append(message)
        self._waiting += 1
        self._scale(now_us, queued)
        if self._waiting >= self.plan.batch_size:
            self.poll(now_us)
        else:
            self._plan_poll(now_us + self._wait_us)

    @property
    def _wait_us(self) -> int:
        return self.plan.window_us or POLL_US

    def _plan_poll(self, at_us: int) -> None:
        if self._poll_us is None or at_us < self._poll_us:
            self._poll_us = at_us
            self.desk.at(at_us, self._planned)

    def _planned(self, now_us: int) -> None:
        if self._poll_us is not None and now_us >= self._poll_us:
            self._poll_us = None
            self.poll(now_us)

    def poll(self, now_us: int, freed_by: int = NOBODY) -> None:
        """Send batches while there are messages due and batches allowed.

        Args:
            now_us: the time.
            freed_by: number of the record by which a batch in flight ended.
        """
        self._scale(now_us, self._oldest() if freed_by == NOBODY else freed_by)
        while self._waiting and self._running < self._allowed:
            messages = self._take(now_us)
            if not messages:
                return
            self._running += 1
            record = send_batch(self.desk, messages, now_us, second=freed_by)
            _Batch(self, messages, now_us).attempt(now_us, record)
        if self._waiting and self._active_us is not None:
            minutes = (now_us - self._active_us) // MINUTE + 1
            if batches_allowed(self.plan, minutes * MINUTE) > self._allowed:
                self._plan_poll(self._active_us + minutes * MINUTE)

    def _scale(self, now_us: int, cause: int) -> None:
        """Allow more batches with each minute of work; start over when there is none.

        Args:
            now_us: the time.
            cause: number of the record that made us look.
        """
        if not self._waiting and not self._running:
            self._active_us = None
            self._allowed = 0
            return
        if self._active_us is None:
            self._active_us = now_us
        allowed = batches_allowed(self.plan, now_us - self._active_us)
        if allowed != self._allowed:
            self._allowed = allowed
            self.desk.note(now_us, Kind.POLLERS_SCALED, self._number, cause, value=allowed)

    def _oldest(self) -> int:
        """Return the record of a message that waits; -1 if none does."""
        return next((waiting[0].record for waiting in self._groups.values() if waiting), NOBODY)

    def _take(self, now_us: int) -> list[Message]:
        """Take a batch whose window is over or that is full; plan a poll for the others."""
        soonest_us: int | None = None
        for group, waiting in self._groups.items():
            if not waiting or group in self._blocked:
                continue
            due_us = waiting[0].since_us + self._wait_us
            if len(waiting) < self.plan.batch_size and now_us < due_us:
                soonest_us = due_us if soonest_us is None else min(soonest_us, due_us)
                continue
            count = min(len(waiting), self.plan.batch_size)
            messages = [waiting.popleft() for _ in range(count)]
            self._waiting -= count
            for message in messages:
                message.receives += 1
            if self.plan.fifo:
                self._blocked.add(group)
            return messages
        if soonest_us is not None:
            self._plan_poll(soonest_us)
        return []

    def finish(
        self, messages: list[Message], returning: list[Message], now_us: int, back_us: int,
        record: int,
    ) -> None:  # fmt: skip
        """End a batch: delete what was handled, and let the rest return.

        Args:
            messages: the batch.
            returning: those of it that were not handled.
            now_us: the time.
            back_us: when those can be received again.
            record: number of the record by which the batch ended.
        """
        self._running -= 1
        kept = {message.event for message in returning}
        for message in messages:
            if message.event not in kept:
                self.desk.note(now_us, Kind.MESSAGE_DELETED, message.event, record)
        if returning:
            self.desk.at(back_us, lambda then_us: self._return(returning, then_us, record))
        elif self.plan.fifo:
            self._blocked.discard(messages[0].group)
        self.poll(now_us, freed_by=record)

    def _return(self, messages: list[Message], now_us: int, record: int) -> None:
        """Make messages visible again, or give them up (SQS-04, SQS-05)."""
        desk, plan = self.desk, self.plan
        waiting = self._groups[messages[0].group]
        for message in reversed(messages):
            if plan.max_receives is not None and message.receives >= plan.max_receives:
                desk.world.tally.dropped += 1
                moved = desk.note(
                    now_us, Kind.REDRIVEN, message.event, record, value=message.receives
                )
                desk.note(now_us, Kind.TO_DEAD_LETTER, message.event, moved)
            elif now_us - message.sent_us >= plan.retention_us:
                desk.world.tally.dropped += 1
                desk.note(now_us, Kind.DROPPED_AGE, message.event, record)
            else:
                message.record = desk.note(
                    now_us, Kind.MESSAGE_RETURNED, message.event, record, value=message.receives
                )
                message.since_us = now_us
                waiting.appendleft(message)
                self._waiting += 1
        self._blocked.discard(messages[0].group)
        self._plan_poll(now_us + POLL_US)


class _Batch:
    """One batch in flight, attempted until it runs or its messages return (THR-04)."""

    __slots__ = ("_attempts", "_back_off_us", "_messages", "_received_us", "_source")

    def __init__(self, source: QueueSource, messages: list[Message], now_us: int) -> None:
        self._source = source
        self._messages = messages
        self._received_us = now_us
        self._back_off_us = SECOND
        self._attempts = 0

    def attempt(self, now_us: int, record: int) -> None:
        """Invoke the function with the batch."""
        source, lead = self._source, self._messages[0]
        desk = source.desk
        self._attempts += 1
        function = desk.function(source.plan.function)
        outcome = outcome_of(self._messages)
        if source.plan.report_item_failures and outcome is Outcome.ERROR:
            outcome = Outcome.OK
        attempt = lead.receives * 16 + self._attempts
        ending = desk.outcome(function, lead.event, attempt, outcome)
        desk.send(function, now_us, lead.event, demand_of(self._messages), ending, record, self)

    def responded(self, now_us: int) -> None:
        """The mapping waits for the end."""

    @property
    def _visible_us(self) -> int:
        return self._received_us + self._source.plan.visibility_us

    def throttled(self, now_us: int, record: int) -> None:
        """Try again while the messages are hidden; then let them return."""
        desk, lead = self._source.desk, self._messages[0]
        wait_us, self._back_off_us = self._back_off_us, 2 * self._back_off_us
        if now_us + wait_us >= self._visible_us:
            back_us = max(self._visible_us, now_us)
            desk.at(back_us, lambda then_us: self._give_back(then_us, record))
            return
        cause = desk.note(now_us, Kind.RETRY_AFTER_THROTTLE, lead.event, record, value=wait_us)
        desk.at(now_us + wait_us, lambda then_us: self._again(then_us, cause))

    def _give_back(self, now_us: int, record: int) -> None:
        self._source.finish(self._messages, self._messages, now_us, now_us, record)

    def _again(self, now_us: int, cause: int) -> None:
        lead = self._messages[0]
        record = self._source.desk.note(
            now_us, Kind.ATTEMPT, lead.event, cause, value=self._attempts + 1
        )
        self.attempt(now_us, record)

    def ended(self, now_us: int, kind: Kind, record: int) -> None:
        """Delete what was handled; what was not returns when its visibility timeout is over."""
        if kind is not Kind.INVOKE_OK:
            returning = self._messages
        else:
            reports = self._source.plan.report_item_failures
            returning = [m for m in self._messages if reports and m.outcome is Outcome.ERROR]
        back_us = max(self._visible_us, now_us)
        self._source.finish(self._messages, returning, now_us, back_us, record)
