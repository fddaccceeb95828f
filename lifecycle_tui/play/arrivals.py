"""Events as they arrive: the word of each one's start, and from when on that word is known.

An event that an environment is being created for is COLD as far as anybody knows (RESTORED, if
that is restored from a snapshot); should that environment's Init fail, the event turns into a
RE-INIT, should its restore fail, into a 408, but not before it does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.readings.index import EventRecords, Index

WAITING: Final = "COLD"
"""The word of an event that waits for an environment to be created."""
RESTORED: Final = "RESTORED"
"""The word of an event that waits for an environment to be restored, or was served by it."""
NOT_RESTORED: Final = "408"
"""The word of an event whose environment could not be restored in time."""
REFUSED: Final = "429"
"""The word of an event that was refused."""

WORDS: Final = (WAITING, "WARM", "PRE", "RE-INIT", REFUSED)
"""The words that are always counted on screen."""
_WITH_SNAPSTART: Final = (*WORDS[:-1], RESTORED, REFUSED)

START_WORDS: Final = {
    Kind.INVOKE_COLD: WAITING,
    Kind.INVOKE_PRE: "PRE",
    Kind.INVOKE_WARM: "WARM",
    Kind.INVOKE_REINIT: "RE-INIT",
    Kind.INVOKE_RESTORED: RESTORED,
}


class Arrival(NamedTuple):
    """An event: when it came, its number and its start word (``429`` if it was refused).

    ``known_us`` is when the word came to be known; None: on arrival.
    """

    at_us: int
    event: int
    word: str
    known_us: int | None = None
    source: str = ""
    """Who sent it, in a few letters; empty for a plain call."""
    waiting: str = WAITING
    """Its word until then."""

    def seen(self, now_us: int) -> str:
        """Return its word as far as it is known at a moment."""
        if self.known_us is None or self.known_us <= now_us:
            return self.word
        return self.waiting


def arrivals(index: Index) -> tuple[Arrival, ...]:
    """Return everything that reached a function by time, each with the word of its start."""
    found: list[Arrival] = []
    times = index.times
    for number, event in index.all_attempts():
        waiting = _waiting(index, event)
        word, known = waiting, event.arrival
        if event.start >= 0:
            word, known = START_WORDS[index.kind(event.start)], event.start
        elif event.throttle >= 0:
            word, known = REFUSED, event.throttle
        elif event.end >= 0:
            word, known = NOT_RESTORED, event.end
        source = _sender(index, event.sent)
        found.append(Arrival(times[event.arrival], number, word, times[known], source, waiting))
    found.sort(key=_came)
    return tuple(found)


def _waiting(index: Index, event: EventRecords) -> str:
    if event.creation < 0:
        return WAITING
    facts = index.trace.environments[index.environments[event.creation]]
    return WAITING if facts.snapshot < 0 else RESTORED


_SHORT: Final = {
    SourceKind.SDK: "",
    SourceKind.API_GATEWAY: "API",
    SourceKind.FUNCTION_URL: "URL",
    SourceKind.STEP_FUNCTIONS: "SFN",
    SourceKind.EVENTBRIDGE: "bus",
    SourceKind.DYNAMODB_STREAMS: "DDB",
}
"""Names of kinds that are too long for a row of the time axis."""


def _sender(index: Index, sent: int) -> str:
    """Return who sent an event, by the record of its sending."""
    command = index.plan.commands[index.subjects[index.causes[sent]]]
    source: str = getattr(command, "source", "")
    return _SHORT.get(source, source)  # type: ignore[call-overload,no-any-return]


def _came(one: Arrival) -> int:
    return one.at_us


class StartCounts:
    """How many events have come by a moment, by the word that is known of each at that moment."""

    def __init__(self, arrivals: Iterable[Arrival], *, snap_start: bool = False) -> None:
        self._came: dict[str, list[int]] = {word: [] for word in WORDS}
        self._turned: dict[str, list[int]] = {}
        """By the word that a wait was counted as, when it turned out to be something else."""
        for one in arrivals:
            known_us = one.at_us if one.known_us is None else one.known_us
            waited = known_us > one.at_us
            if one.word == one.waiting or waited:
                self._came.setdefault(one.waiting, []).append(one.at_us)
            if one.word != one.waiting:
                self._came.setdefault(one.word, []).append(known_us)
                if waited:
                    self._turned.setdefault(one.waiting, []).append(known_us)
        for times_us in (*self._came.values(), *self._turned.values()):
            times_us.sort()
        self._snap_start = snap_start

    def at(self, t_us: int) -> tuple[tuple[str, int], ...]:
        """Return the number of each of WORDS at a moment.

        And of RESTORED, where a function begins with SnapStart or has had a restore.
        """
        restored = self._snap_start or bisect_right(self._came.get(RESTORED, ()), t_us)
        return tuple(
            (
                word,
                bisect_right(self._came.get(word, ()), t_us)
                - bisect_right(self._turned.get(word, ()), t_us),
            )
            for word in (_WITH_SNAPSTART if restored else WORDS)
        )
