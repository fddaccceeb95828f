"""An event that waits in a queue or a stream, and how those that ride in one batch end."""

from __future__ import annotations

from collections.abc import Sequence

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.trace import NOBODY


class Message:
    """One event held back by its source."""

    __slots__ = (
        "demand_us", "event", "group", "outcome", "receives", "record", "sent_us", "since_us",
    )  # fmt: skip

    def __init__(
        self, event: int, demand_us: int, outcome: Outcome, now_us: int, record: int, group: int
    ) -> None:
        self.event = event
        self.demand_us = demand_us
        self.outcome = outcome
        self.sent_us = self.since_us = now_us
        """``since_us``: from when on it can be received."""
        self.record = record
        """Number of the record by which it can be received."""
        self.group = group
        self.receives = 0


def send_batch(
    desk: Desk, messages: Sequence[Message], now_us: int, *, second: int = NOBODY
) -> int:
    """Record that messages leave as one batch, led by the first; return the record's number."""
    lead = messages[0]
    record = desk.note(
        now_us, Kind.BATCH_SENT, lead.event, lead.record, second=second, value=len(messages)
    )
    for other in messages[1:]:
        desk.note(now_us, Kind.BATCHED, other.event, other.record, second=record, value=lead.event)
    return record


def demand_of(messages: Sequence[Message]) -> int:
    """Return the handler time of a batch: that of its slowest message (SIM-BATCH-TIME †)."""
    return max(message.demand_us for message in messages)


def outcome_of(messages: Sequence[Message]) -> Outcome:
    """Return how the handler ends: as its first message that does not end well."""
    return next((m.outcome for m in messages if m.outcome is not Outcome.OK), Outcome.OK)
