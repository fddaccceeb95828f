"""The overview: the whole run in one row, with the window, the cursor and the live edge.

It spans from time 0 to a round moment beyond the live edge, so that it stands still while time
passes; beyond the live edge it is empty, whatever the run holds there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lifecycle_tui.play.bookmarks import Bookmarks
from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.play.player import TimeAxis, TrueAxis

if TYPE_CHECKING:
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.play.window import Window

UNSEEN, IDLE, BUSY, IDLE_SEEN, BUSY_SEEN, EDGE, MARK, CURSOR = " .=-#|b^"
"""The signs of a cell: beyond the live edge; without and with activity; the same two inside the
window; the live edge; a bookmark; the cursor."""

_LEAST_US: Final = 10_000_000
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to see of a run in one row, at any width.

    Two are equal if they show the same, given that the run is the same.
    """

    at_us: int
    edge_us: int
    from_us: int
    """Where the window begins."""
    to_us: int
    bookmarks: Bookmarks
    version: int
    """That of the run."""
    axis: TimeAxis = field(compare=False, repr=False)
    times_us: Sequence[int] = field(compare=False, repr=False)
    """Of all records, ascending."""
    idle_from_us: frozenset[int] = field(compare=False, repr=False)
    """Times of records after which nothing is busy until the next."""

    @property
    def length(self) -> int:
        """Story time of the row: a round one that holds the live edge."""
        story, unit = self.axis.to_story(self.edge_us), _LEAST_US
        while True:
            for step in _STEPS:
                if story < step * unit:
                    return step * unit
            unit *= 10

    def signs(self, cells: int) -> str:
        """Return the row in so many signs."""
        if cells <= 0:
            return ""
        length = self.length
        edge = self._column(self.edge_us, length, cells)
        edges_us = [self.axis.from_story(column * length / cells) for column in range(edge + 1)]
        edges_us.append(self.edge_us + 1)
        first = self._column(max(self.from_us, 0), length, cells)
        last = self._column(min(self.to_us - 1, self.edge_us), length, cells)
        row = [UNSEEN] * cells
        for column in range(edge + 1):
            busy = self._busy(edges_us[column], edges_us[column + 1])
            if first <= column <= last:
                row[column] = BUSY_SEEN if busy else IDLE_SEEN
            else:
                row[column] = BUSY if busy else IDLE
        row[edge] = EDGE
        for mark in self.bookmarks:
            if mark.at_us <= self.edge_us:
                row[self._column(mark.at_us, length, cells)] = MARK
        row[self._column(self.at_us, length, cells)] = CURSOR
        return "".join(row)

    def time_at(self, column: int, cells: int) -> int:
        """Return the moment that a cell of the row stands for; never beyond the live edge."""
        story = min(max(column, 0), cells) * self.length / max(cells, 1)
        return min(max(self.axis.from_story(story), 0), self.edge_us)

    def _column(self, us: int, length: int, cells: int) -> int:
        story = self.axis.to_story(us)
        return min(max(int(story * cells / length), 0), cells - 1)

    def _busy(self, from_us: int, to_us: int) -> bool:
        """Return whether anything happens or goes on in [from, to)."""
        times = self.times_us
        place = bisect_left(times, from_us)
        if place < len(times) and times[place] < to_us:
            return True
        return 0 < place < len(times) and times[place - 1] not in self.idle_from_us


def overview(session: Session, mode: AxisMode, window: Window) -> Overview:
    """Return the overview of a session's run while a window of it is looked at.

    It is at true scale where the window is; else idle time is folded as the player tells it.
    """
    played = session.played
    return Overview(
        at_us=session.at_us,
        edge_us=session.player.edge_us,
        from_us=window.from_us,
        to_us=window.to_us,
        bookmarks=session.bookmarks,
        version=session.version,
        axis=TrueAxis() if mode is AxisMode.WALL else played.axis,
        times_us=played.index.times,
        idle_from_us=played.idle_from_us,
    )
