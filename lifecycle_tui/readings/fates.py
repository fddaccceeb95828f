"""What became of events apart from their invocation: a 504, a caught error, an event given up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, Kind
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Invocation

Fates = dict[tuple[int, int], str]
"""In a few words, by the event that an attempt is named after and the attempt's number."""

_WORDS: Final = {
    Kind.CALLER_GAVE_UP: "504 to its caller",
    Kind.CAUGHT: "caught",
    **dict.fromkeys((*DROPS, Kind.REDRIVEN), "given up"),
}
_CODES: Final = frozenset(int(kind) for kind in _WORDS)


def fates(index: Index, every: Sequence[Invocation]) -> Fates:
    """Return what became of events in the end, each told at its last attempt.

    Of a batch, how many of its events: ``2 given up``.
    """
    ends = {
        index.subjects[number]: _WORDS[Kind(packed & 0xFF)]
        for number, packed in enumerate(index.codes)
        if packed & 0xFF in _CODES
    }
    if not ends:
        return {}
    last: dict[int, tuple[int, int]] = {}
    for each in sorted(every, key=_arrived):
        for event in each.batch or (each.event,):
            last[event] = each.event, each.attempt
    found: dict[tuple[int, int], Counter[str]] = {}
    for event, words in ends.items():
        if event in last:
            found.setdefault(last[event], Counter())[words] += 1
    sizes = {(each.event, each.attempt): len(each.batch) for each in every}
    return {
        attempt: " and ".join(
            words if sizes[attempt] < 2 else f"{count} {words}" for words, count in counts.items()
        )
        for attempt, counts in found.items()
    }


def _arrived(invocation: Invocation) -> int:
    return invocation.arrived_us
