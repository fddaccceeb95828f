"""The event that a contrast is about, in the run that it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.words import event_name

GRACE_US: Final = SECOND
"""How much longer a run goes on than where the event should be told."""
_MADE: Final = (Kind.INVOKE_COLD, Kind.INVOKE_RESTORED)


@dataclass(frozen=True, slots=True)
class Subject:
    """One attempt at an event, in the run that it is about."""

    index: Index
    event: int
    records: EventRecords

    @property
    def invocation(self) -> Invocation:
        """The attempt as it is read."""
        return invocation_at(self.index, self.event, self.records.arrival)

    @property
    def attempt(self) -> int:
        """The attempt's number."""
        return self.records.attempt

    @property
    def function(self) -> int:
        """Number of the function."""
        return self.invocation.function

    @property
    def arrival_us(self) -> int:
        """When the attempt reached the function."""
        return self.index.times[self.records.arrival]

    @property
    def within_us(self) -> int:
        """How long after it was sent the attempt has to reach the function, to be better off."""
        return self.arrival_us - self.index.times[self.records.sent] + GRACE_US

    @property
    def name(self) -> str:
        """The event's name."""
        return event_name(self.event)

    def until(self, time_us: int) -> Callable[[int], int]:
        """Return a horizon that does not depend on a change's size."""
        return lambda _: time_us + GRACE_US

    def until_later(self, time_us: int) -> Callable[[int], int]:
        """Return a horizon that is as much later as a change is large."""
        return lambda size: time_us + GRACE_US + size


def sender(index: Index, event: int) -> tuple[int, int] | None:
    """Return the index of the command that sent an event, and the event's place among its own."""
    events = index.events
    sent = events[event - 1].sent
    record = NOBODY if sent == NOBODY else index.causes[sent]
    if record == NOBODY or index.kind(record) is not Kind.COMMAND:
        return None
    place = sum(
        one.sent != NOBODY and index.causes[one.sent] == record for one in events[: event - 1]
    )
    return index.subjects[record], place


def command_behind(index: Index, record: int) -> int | None:
    """Return the index of the command to which a record's first causes lead; None for none."""
    while record != NOBODY:
        if index.kind(record) is Kind.COMMAND:
            return index.subjects[record]
        record = index.causes[record]
    return None


def rests_on_placement(life: Life) -> bool:
    """Whether when a busy environment is done rests on how long placing it took, an assumption."""
    return life.state is not State.INVOKE or life.start is None or life.start in _MADE
