"""The camera: which stretch of story time is on screen, at what scale, and what is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

SCALES_US: Final = (
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000,
)  # fmt: skip
"""Story time of one cell, from the closest look to the widest."""

WALL_SCALES_US: Final = (
    *SCALES_US, 300_000_000, 600_000_000, 1_800_000_000, 3_600_000_000,
    21_600_000_000, 86_400_000_000,
)  # fmt: skip
"""Where nothing is folded, one has to look wider to see idle time as a whole: to a day a cell."""

DECADES: Final = (5, 8, 10, 13, 16, 22, 30, 45)
"""Cells of a decade of the logarithmic axis, from the widest look to the closest."""
SEEN_DECADES: Final = 8.3
"""Decades that one wants to see at once: from a tenth of a millisecond to more than an hour."""

PAGE_AT: Final = 0.85
"""The playhead's place in the window, as a share of its width, at which the window is turned."""

TURN: Final = 0.5
"""How much of a width the window is turned by."""


class AxisMode(StrEnum):
    """How time is drawn; the values are the words on the ruler."""

    EVENT = "event"
    """What happens, at true scale; idle time is folded to a few cells."""
    WALL = "wall"
    """True scale, nothing is folded."""
    LOG = "log"
    """By the logarithm of the time since the last input that came when nothing was busy."""


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
        mode: how time is drawn.
        decade: cells of a decade of the logarithmic axis.
        held_us: the moment that was chosen on the axis itself: while the cursor is there, the
            window stays as it was under the pointer.
        origin_us: the logarithmic axis's origin meanwhile.
    """

    start: int = 0
    cell_us: int = 100_000
    selected: int = -1
    pinned: bool = False
    record: int | None = None
    asked_us: int | None = None
    mode: AxisMode = AxisMode.EVENT
    decade: int = 8
    held_us: int | None = None
    origin_us: int | None = None

    def column(self, story: float) -> float:
        """Return the column of a story time; it may lie outside the window."""
        return (story - self.start) / self.cell_us

    def story(self, column: int) -> int:
        """Return the story time at a column's left edge."""
        return self.start + column * self.cell_us

    def follow(self, story: float, width: int) -> Camera:
        """Return the camera with the cursor inside the window, turned by pages if it must be."""
        page = max(int(width * TURN), 1) * self.cell_us
        if self.mode is AxisMode.LOG:
            # The origin stands at the left edge for as long as that leaves the cursor in sight.
            beyond = story - (width - 1) * self.cell_us
            turned = (int(beyond // page) + 1) * page if beyond >= 0 else 0
            return self if turned == self.start else replace(self, start=turned)
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
        story_at: Callable[[Camera], float] | None = None,
    ) -> Camera:
        """Look closer (+1) or wider (-1), keeping the cursor where it is in the window.

        Args:
            direction: +1 or -1.
            story: the cursor's story time.
            width: cells of the window.
            story_at: the cursor's story time as a camera draws it, where that depends on the scale.
        """
        column = min(max(self.column(story), 0.0), width * PAGE_AT)
        if self.mode is AxisMode.LOG:
            camera = replace(self, decade=_notch(DECADES, self.decade, direction))
            return camera if story_at is None else camera.follow(story_at(camera), width)
        camera = replace(self, cell_us=_notch(self.scales_us, self.cell_us, -direction))
        return camera.beside(story if story_at is None else story_at(camera), column, width)

    def beside(self, story: float, column: float, width: int) -> Camera:
        """Return the camera that shows a cursor at a column, or as near to it as there is room."""
        start = max(int(story - column * self.cell_us), 0)
        return replace(self, start=start).follow(story, width)

    @property
    def scales_us(self) -> tuple[int, ...]:
        """The scales of its way to draw time, from the closest."""
        return WALL_SCALES_US if self.mode is AxisMode.WALL else SCALES_US


def _notch(notches: tuple[int, ...], value: int, direction: int) -> int:
    """Return the notch before (-1) or after (+1) the one that is nearest to a value."""
    place = min(range(len(notches)), key=lambda n: abs(notches[n] - value))
    return notches[min(max(place + direction, 0), len(notches) - 1)]
