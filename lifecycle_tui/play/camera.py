"""The camera: which stretch of story time is on screen, at what scale, and what is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

SCALES_US: Final = (
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000,
)  # fmt: skip
"""Story time of one cell, from the closest look to the widest."""

PAGE_AT: Final = 0.85
"""The playhead's place in the window, as a share of its width, at which the window is turned."""

TURN: Final = 0.5
"""How much of a width the window is turned by."""


@dataclass(frozen=True, slots=True)
class Camera:
    """What the user looks at.

    Attributes:
        start: story time of the window's left edge, in microseconds.
        cell_us: story time of one cell.
        selected: number of the selected environment; -1 for none.
        pinned: the selection was made by hand, so that it does not follow what happens.
        record: the record that "why" is asked about; None: the latest notable one.
        asked_us: the moment for which a key chose that record: it is let go with the moment.
            None where it was chosen by hand.
    """

    start: int = 0
    cell_us: int = 100_000
    selected: int = -1
    pinned: bool = False
    record: int | None = None
    asked_us: int | None = None

    def column(self, story: float) -> float:
        """Return the column of a story time; it may lie outside the window."""
        return (story - self.start) / self.cell_us

    def story(self, column: int) -> int:
        """Return the story time at a column's left edge."""
        return self.start + column * self.cell_us

    def follow(self, story: float, width: int) -> Camera:
        """Return the camera with the cursor inside the window, turned by pages if it must be."""
        page = max(int(width * TURN), 1) * self.cell_us
        limit = int(width * PAGE_AT) * self.cell_us
        start = self.start
        if story >= start + limit:
            start += (int(story - start - limit) // page + 1) * page
        elif story < start:
            start = max(int(story) // page * page - (0 if story < page else page // 2), 0)
        return self if start == self.start else replace(self, start=start)

    def zoom(
        self,
        direction: int,
        story: float,
        width: int,
        story_at: Callable[[int], float] | None = None,
    ) -> Camera:
        """Look closer (+1) or wider (-1), keeping the cursor where it is in the window.

        Args:
            direction: +1 or -1.
            story: the cursor's story time.
            width: cells of the window.
            story_at: the cursor's story time by ``cell_us``, where that depends on the scale.
        """
        place = min(range(len(SCALES_US)), key=lambda n: abs(SCALES_US[n] - self.cell_us))
        place = min(max(place - direction, 0), len(SCALES_US) - 1)
        cell_us = SCALES_US[place]
        column = min(max(self.column(story), 0.0), width * PAGE_AT)
        scaled = story if story_at is None else story_at(cell_us)
        start = max(int(scaled - column * cell_us), 0)
        return replace(self, cell_us=cell_us, start=start).follow(scaled, width)
