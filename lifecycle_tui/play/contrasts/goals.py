"""What would have been better, and whether another run has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from lifecycle_tui.engine.kinds import DROPS, Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.invocations import STARTS
from lifecycle_tui.readings.model import Start
from lifecycle_tui.readings.words import span
from lifecycle_tui.units.translation import tr

WELL_BEGUN: Final = frozenset({Kind.INVOKE_WARM, Kind.INVOKE_PRE})
"""Starts that nobody waits for."""
_WORDS: Final = {Start.REINIT: "RE-INIT"}
_GIVEN_UP: Final = frozenset({*DROPS, Kind.REDRIVEN})


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of the event in another run: the proof of a contrast."""

    result: str
    """Its start in the words of the screen, or ``ok``."""
    event: int
    time_us: int
    """When it was so, in that run."""
    words: str
    """What it would have done: ``would have been WARM``."""


class Goal(Protocol):
    """Something that an event did not reach."""

    @property
    def event(self) -> int:
        """The event's number."""

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run; None if it did not reach this either."""


def attempt_of(index: Index, event: int, attempt: int) -> EventRecords | None:
    """Return one attempt at an event; None if a run has no such attempt."""
    if not 1 <= event <= len(index.events):
        return None
    found = index.attempts(event)
    return found[attempt - 1] if attempt <= len(found) else None


def records_of(index: Index, event: int, kinds: Iterable[Kind]) -> list[int]:
    """Return the numbers of an event's records of some kinds."""
    wanted = frozenset(int(kind) for kind in kinds)
    pairs = enumerate(zip(index.codes, index.subjects, strict=True))
    return [number for number, (code, who) in pairs if who == event and code & 0xFF in wanted]


@dataclass(frozen=True, slots=True)
class Begins:
    """The attempt finds an environment that is ready for it."""

    event: int
    attempt: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        found = attempt_of(index, self.event, self.attempt)
        if found is None or found.start == NOBODY or index.kind(found.start) not in WELL_BEGUN:
            return None
        word = start_word(index, found.start)
        return Reached(
            word, self.event, index.times[found.start], tr("would have been {start}", start=word)
        )


@dataclass(frozen=True, slots=True)
class Admitted:
    """The attempt is not refused."""

    event: int
    attempt: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        found = attempt_of(index, self.event, self.attempt)
        if found is None or found.start == NOBODY or found.throttle != NOBODY:
            return None
        word = start_word(index, found.start)
        words = tr("would not have been throttled, but {start}", start=word)
        return Reached(word, self.event, index.times[found.start], words)


@dataclass(frozen=True, slots=True)
class EndsWell:
    """The attempt ends without an error, or there is no need for it because an earlier one did."""

    event: int
    attempt: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        if self.event > len(index.events):
            return None
        found = index.attempts(self.event)[: self.attempt][-1]
        if found.end == NOBODY or index.kind(found.end) is not Kind.INVOKE_OK:
            return None
        took_us = index.times[found.end] - index.times[found.start]
        words = tr("would have been done after {length}", length=span(took_us))
        return Reached("ok", self.event, index.times[found.end], words)


@dataclass(frozen=True, slots=True)
class Answered:
    """The caller is still there when the function answers."""

    event: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        end = _well_ended(index, self.event)
        if end == NOBODY or records_of(index, self.event, (Kind.CALLER_GAVE_UP,)):
            return None
        words = tr("would have been answered before its caller gave up")
        return Reached("ok", self.event, index.times[end], words)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The event is handled in the end and not given up."""

    event: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        end = _well_ended(index, self.event)
        if end == NOBODY or records_of(index, self.event, _GIVEN_UP):
            return None
        words = tr("would have been handled in the end")
        return Reached("ok", self.event, index.times[end], words)


@dataclass(frozen=True, slots=True)
class Once:
    """A message is received once."""

    event: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        deleted = records_of(index, self.event, (Kind.MESSAGE_DELETED,))
        if not deleted or records_of(index, self.event, (Kind.MESSAGE_RETURNED, Kind.REDRIVEN)):
            return None
        words = tr("would have been received once only")
        return Reached("ok", self.event, index.times[deleted[0]], words)


@dataclass(frozen=True, slots=True)
class Unhindered:
    """The handler does not wait for a proxy's connection."""

    event: int
    attempt: int

    def reached(self, index: Index) -> Reached | None:
        """Return what became of the event in a run."""
        ended = EndsWell(self.event, self.attempt).reached(index)
        if ended is None or records_of(index, self.event, (Kind.POOL_WAITED,)):
            return None
        return Reached("ok", self.event, ended.time_us, tr("would not have had to wait"))


def start_word(index: Index, start: int) -> str:
    """Return the word of a start on the screen."""
    found = STARTS[index.kind(start)]
    return _WORDS.get(found, found.value.upper())


def _well_ended(index: Index, event: int) -> int:
    """Return the record by which an event, or the batch that it rides in, ended well."""
    if event > len(index.events):
        return NOBODY
    for found in index.attempts(event):
        if found.end != NOBODY and index.kind(found.end) is Kind.INVOKE_OK:
            return found.end
    return max(records_of(index, event, (Kind.MESSAGE_DELETED,)), default=NOBODY)
