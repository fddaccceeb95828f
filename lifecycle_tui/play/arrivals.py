"""Events as they arrive: the word of each one's start, and from when on that word is known.

An event that an environment is being created for is COLD as far as anybody knows; should that
environment's Init fail, the event turns into a RE-INIT, but not before it does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.readings.index import Index

WAITING: Final = "COLD"
"""The word of an event that waits for an environment to be created."""
REFUSED: Final = "429"
"""The word of an event that was refused."""

WORDS: Final = (WAITING, "WARM", "PRE", "RE-INIT", REFUSED)
"""The words that are always counted on screen."""

START_WORDS: Final = {
    Kind.INVOKE_COLD: WAITING,
    Kind.INVOKE_PRE: "PRE",
    Kind.INVOKE_WARM: "WARM",
    Kind.INVOKE_REINIT: "RE-INIT",
    Kind.INVOKE_RESTORED: "RESTORE",
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

    def seen(self, now_us: int) -> str:
        """Return its word as far as it is known at a moment."""
        if self.known_us is None or self.known_us <= now_us:
            return self.word
        return WAITING


def arrivals(index: Index) -> tuple[Arrival, ...]:
    """Return everything that reached a function by time, each with the word of its start."""
    found: list[Arrival] = []
    times = index.times
    for number, event in index.all_attempts():
        word, known = WAITING, event.arrival
        if event.start >= 0:
            word, known = START_WORDS[index.kind(event.start)], event.start
        elif event.throttle >= 0:
            word, known = REFUSED, event.throttle
        source = _sender(index, event.sent)
        found.append(Arrival(times[event.arrival], number, word, times[known], source))
    found.sort(key=_came)
    return tuple(found)


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

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        self._came: dict[str, list[int]] = {word: [] for word in WORDS}
        self._turned: list[int] = []
        """When a wait that had been counted as COLD turned out to be something else."""
        for one in arrivals:
            known_us = one.at_us if one.known_us is None else one.known_us
            waited = known_us > one.at_us
            if one.word == WAITING or waited:
                self._came[WAITING].append(one.at_us)
            if one.word != WAITING:
                self._came.setdefault(one.word, []).append(known_us)
                if waited:
                    self._turned.append(known_us)
        for times_us in (*self._came.values(), self._turned):
            times_us.sort()

    def at(self, t_us: int) -> tuple[tuple[str, int], ...]:
        """Return the number of each of WORDS at a moment."""
        turned = bisect_right(self._turned, t_us)
        return tuple(
            (word, bisect_right(self._came[word], t_us) - (turned if word == WAITING else 0))
            for word in WORDS
        )
