"""The window: a camera, an axis and a width together, which turn virtual times into columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.player import TimeAxis


class Fold(NamedTuple):
    """A stretch of idle time drawn short: its columns and its true length."""

    first: int
    last: int
    length_us: int


class Window:
    """A camera, an axis and a width together: virtual times to columns."""

    def __init__(
        self,
        camera: Camera,
        axis: TimeAxis,
        width: int,
        now_us: int,
        folds_us: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.camera = camera
        self.axis = axis
        self.width = width
        self.now_us = now_us
        self.playhead = max(self.column(now_us), 0)
        self.from_us = axis.from_story(camera.start)
        self.to_us = axis.from_story(camera.story(width))
        first = bisect_left(folds_us, self.from_us, key=_end)
        self._folds_us = folds_us[first : bisect_right(folds_us, self.to_us, key=_start)]
        self.folds = tuple(self._seen(self._folds_us))
        self._starts = [fold.first for fold in self.folds]
        inside = (start for start, end in self._folds_us if start < now_us < end)
        self.folded_from_us = next(inside, None)
        """Where the fold begins that the cursor is inside; None outside folds."""

    def column(self, us: int) -> int:
        """Return the column in which a virtual time lies."""
        return int(self.camera.column(self.axis.to_story(us)) // 1)

    def time_at(self, column: int) -> int:
        """Return the virtual time at a column's left edge."""
        return self.axis.from_story(self.camera.story(column))

    def begin_us(self, column: int) -> int:
        """Return the first microsecond that lies in a column or right of it."""
        us = self.time_at(column)
        return us if self.column(us) >= column else us + 1

    def unfolded(self) -> Iterator[tuple[int, int]]:
        """Return the stretches of virtual time, up to the cursor, that are drawn at full length."""
        from_us = max(self.from_us, 0)
        now_us = min(self.now_us, self.to_us)
        for start_us, end_us in self._folds_us:
            if start_us >= now_us:
                break
            if start_us >= from_us:
                yield from_us, start_us
            from_us = max(from_us, end_us)
        if from_us <= now_us:
            yield from_us, now_us

    def folded(self, first: int, last: int) -> Iterable[tuple[bool, int, int]]:
        """Cut columns [first, last) at folds: (is it a fold, first, last) in order."""
        place = max(bisect_right(self._starts, first) - 1, 0)
        for fold in self.folds[place:]:
            if fold.first >= last:
                break
            if fold.last <= first:
                continue
            if fold.first > first:
                yield False, first, fold.first
            first = max(first, fold.first)
            yield True, first, min(fold.last, last)
            first = min(fold.last, last)
        if first < last:
            yield False, first, last

    def _seen(self, folds_us: Sequence[tuple[int, int]]) -> Iterable[Fold]:
        for start_us, end_us in folds_us:
            if start_us >= self.now_us:
                continue
            first, last = self.column(start_us) + 1, self.column(min(end_us, self.now_us))
            if last > max(first, 0):
                yield Fold(
                    max(first, 0), min(last, self.width), min(end_us, self.now_us) - start_us
                )


def _start(fold: tuple[int, int]) -> int:
    return fold[0]


def _end(fold: tuple[int, int]) -> int:
    return fold[1]
