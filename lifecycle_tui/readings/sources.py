"""What each source holds back, moment by moment, and what became of the events it gave up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import DROPS, Kind
from lifecycle_tui.engine.plan import Fire, Pattern
from lifecycle_tui.engine.source_plan import AnySource
from lifecycle_tui.readings.index import Index

_INTO: Final = frozenset(
    {
        Kind.MESSAGE_QUEUED,
        Kind.MESSAGE_RETURNED,
        Kind.RETRY_AFTER_ERROR,
        Kind.RETRY_AFTER_THROTTLE,
    }
)
_OUT_OF: Final = frozenset({Kind.ATTEMPT, Kind.BATCH_SENT, Kind.BATCHED, Kind.REDRIVEN, *DROPS})

MARKS: Final = {
    Kind.CALLER_GAVE_UP: "G",
    Kind.CAUGHT: "C",
    Kind.REDRIVEN: "D",
    **dict.fromkeys(DROPS, "D"),
}
"""Letters of what a source does in the end: G gave up waiting (504), C caught, D given up."""

_CONCERNS: Final = frozenset(int(kind) for kind in (*_INTO, *_OUT_OF, *MARKS))


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

    def waiting_at(self, t_us: int) -> int:
        """Return how many events it holds back at a time."""
        place = bisect_right(self.times_us, t_us)
        return self.waiting[place - 1] if place else 0

    def most_between(self, from_us: int, to_us: int) -> int:
        """Return the most events that it held back at once in a stretch; ``to_us`` excluded."""
        first = bisect_right(self.times_us, from_us)
        last = bisect_left(self.times_us, to_us)
        return max(self.waiting[max(first - 1, 0) : max(last, first)], default=0) if last else 0


def source_courses(index: Index) -> tuple[SourceCourse, ...]:
    """Return the course of every source that is more than a plain call, by first use.

    An event is held back from its arrival in a queue (or from a failed attempt) to the next
    attempt at it. Events that ride in a batch are counted one by one.
    """
    sources = index.trace.sources
    numbers = {(plan.name, plan.function): number for number, plan in enumerate(sources)}
    held: list[set[int]] = [set() for _ in sources]
    times: list[list[int]] = [[] for _ in sources]
    waiting: list[list[int]] = [[] for _ in sources]
    marks: list[list[Mark]] = [[] for _ in sources]
    source_of: dict[int, int | None] = {}
    for record, packed in enumerate(index.codes):
        if packed & 0xFF not in _CONCERNS:
            continue
        kind, event, time_us = index.kind(record), index.subjects[record], index.times[record]
        if event not in source_of:
            source_of[event] = numbers.get(_sender(index, event))
        number = source_of[event]
        if number is None:
            continue
        if kind in MARKS:
            marks[number].append(Mark(time_us, MARKS[kind], record))
        if kind in _INTO:
            held[number].add(event)
        elif kind in _OUT_OF:
            held[number].discard(event)
        if times[number] and times[number][-1] == time_us:
            waiting[number][-1] = len(held[number])
        else:
            times[number].append(time_us)
            waiting[number].append(len(held[number]))
    return tuple(
        SourceCourse(plan, tuple(times[n]), tuple(waiting[n]), tuple(marks[n]))
        for n, plan in enumerate(sources)
    )


def _sender(index: Index, event: int) -> tuple[str, int]:
    """Return the name and the function of the source that sent an event."""
    sent = index.attempt(event).sent
    command = index.plan.commands[index.subjects[index.causes[sent]]]
    if isinstance(command, Fire | Pattern):
        return command.source, command.function
    return "", -1
