"""What each source holds back, moment by moment, and what became of the events it gave up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import inf
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import DROPS, ENDS, THROTTLES, Kind
from lifecycle_tui.engine.plan import Fire, Pattern
from lifecycle_tui.engine.source_plan import AnySource
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import Index

_INTO: Final = frozenset({Kind.MESSAGE_QUEUED, Kind.MESSAGE_RETURNED})
_RETRIES: Final = frozenset({Kind.RETRY_AFTER_ERROR, Kind.RETRY_AFTER_THROTTLE})
_BACK_INTO: Final = frozenset((*ENDS, *THROTTLES))
"""A batch that ended goes back, unless its messages are deleted at the same instant."""
_OUT_OF: Final = frozenset(
    {
        Kind.BATCH_SENT,
        Kind.BATCHED,
        Kind.MESSAGE_DELETED,
        Kind.REDRIVEN,
        *DROPS,
    }
)

MARKS: Final = {
    Kind.CALLER_GAVE_UP: "G",
    Kind.CAUGHT: "C",
    Kind.REDRIVEN: "D",
    **dict.fromkeys(DROPS, "D"),
}
"""Letters of what a source does in the end: G gave up waiting (504), C caught, D given up."""

_CONCERNS: Final = frozenset(
    int(kind)
    for kind in (Kind.ARRIVAL, Kind.ATTEMPT, *_INTO, *_RETRIES, *_BACK_INTO, *_OUT_OF, *MARKS)
)


class Mark(NamedTuple):
    """Something that a source did in the end."""

    time_us: int
    letter: str
    record: int


class SourceCourse(NamedTuple):
    """One source's course: how many events it held back from each moment on."""

    plan: AnySource
    times_us: tuple[int, ...]
    waiting: tuple[int, ...]
    marks: tuple[Mark, ...]
    since_us: int
    """When it sent its first event."""

    @property
    def held_us(self) -> float:
        """When it first held an event back or gave one up; for ever away if it never did."""
        held = next((t for t, n in zip(self.times_us, self.waiting, strict=True) if n), inf)
        return min(held, self.marks[0].time_us if self.marks else inf)

    def waiting_at(self, t_us: int) -> int:
        """Return how many events it holds back at a time."""
        place = bisect_right(self.times_us, t_us)
        return self.waiting[place - 1] if place else 0

    def most_between(self, from_us: int, to_us: int) -> int:
        """Return the most events that it held back at once in a stretch; ``to_us`` excluded."""
        first = bisect_right(self.times_us, from_us)
        last = bisect_left(self.times_us, to_us)
        if not last:
            return 0
        return max(self.waiting[max(first - 1, 0) : max(last, first)], default=0)


def source_courses(index: Index) -> tuple[SourceCourse, ...]:
    """Return the course of every source that did more than call, in order of first use.

    An event is held back while its source has it and no attempt at it runs: before it is received,
    between two attempts, and hidden until its visibility timeout is over. Events that ride in a
    batch are counted one by one.
    """
    numbers = {(plan.name, plan.function): n for n, plan in enumerate(index.trace.sources)}
    writers = [_Writer(plan) for plan in index.trace.sources]
    source_of: dict[int, int] = {}
    for record, packed in enumerate(index.codes):
        if packed & 0xFF not in _CONCERNS:
            continue
        event = index.subjects[record]
        if event not in source_of:
            source_of[event] = numbers.get(_sender(index, event), NOBODY)
        if source_of[event] != NOBODY:
            writers[source_of[event]].read(index, record, index.kind(record), event)
    return tuple(writer.course() for writer in writers if writer.since_us is not None)


class _Writer:
    """One source's course while it is written."""

    def __init__(self, plan: AnySource) -> None:
        self._plan = plan
        self.since_us: int | None = None
        self._held: set[int] = set()
        self._batches: dict[int, set[int]] = {}
        """By leading event, the events of its latest batch."""
        self._times: list[int] = []
        self._waiting: list[int] = []
        self._marks: list[Mark] = []

    def read(self, index: Index, record: int, kind: Kind, event: int) -> None:
        """Take the next record that concerns the source."""
        time_us = index.times[record]
        if self.since_us is None:
            self.since_us = time_us
        if kind in MARKS:
            self._marks.append(Mark(time_us, MARKS[kind], record))
        if kind is Kind.BATCH_SENT:
            self._batches[event] = {event}
        elif kind is Kind.BATCHED:
            self._batches[index.values[record]].add(event)
        self._move(kind, event)
        if self._times and self._times[-1] == time_us:
            self._waiting[-1] = len(self._held)
        else:
            self._times.append(time_us)
            self._waiting.append(len(self._held))

    def _move(self, kind: Kind, event: int) -> None:
        """Take events in or let them go."""
        if kind in _INTO:
            self._held.add(event)
        elif kind in _RETRIES:
            self._held |= self._batches.get(event, {event})
        elif kind in _BACK_INTO:
            self._held |= self._batches.get(event, set())
        elif kind is Kind.ATTEMPT:
            self._held -= self._batches.get(event, {event})
        elif kind in _OUT_OF:
            self._held.discard(event)

    def course(self) -> SourceCourse:
        """Return what was written."""
        return SourceCourse(
            self._plan,
            tuple(self._times),
            tuple(self._waiting),
            tuple(self._marks),
            self.since_us or 0,
        )


def _sender(index: Index, event: int) -> tuple[str, int]:
    """Return the name and the function of the source that sent an event."""
    sent = index.attempt(event).sent
    command = index.plan.commands[index.subjects[index.causes[sent]]]
    if isinstance(command, Fire | Pattern):
        return command.source, command.function
    return "", -1
