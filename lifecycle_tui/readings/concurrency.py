"""How many events are in flight, those included that wait for Init (CON-01)."""

from __future__ import annotations

from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import Index


def levels(index: Index, at_us: int | None = None) -> tuple[int, ...]:
    """Return how many were in flight at first and after each change, up to a moment.

    Args:
        index: the run.
        at_us: the moment; None for the end of the run.
    """
    moves: list[tuple[int, int]] = []
    for _, event in index.all_attempts():
        placed = event.creation if event.creation != NOBODY else event.start
        if placed != NOBODY:
            moves.append((placed, 1))
        if event.end != NOBODY:
            moves.append((event.end, -1))
    found = [0]
    for record, change in sorted(moves):
        if at_us is not None and index.times[record] > at_us:
            break
        found.append(found[-1] + change)
    return tuple(found)
