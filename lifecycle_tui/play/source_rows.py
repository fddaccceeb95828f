"""The rows of sources: how many events each holds back, column by column, and what it gave up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from lifecycle_tui.play.rows import Label
from lifecycle_tui.play.window import Window

if TYPE_CHECKING:
    from lifecycle_tui.readings.sources import Mark, SourceCourse

WAITING: Final = "waiting"
"""The look of a number of events that are held back."""
GIVEN_UP: Final = "given-up"
CAUGHT: Final = "caught"
_LOOKS: Final = {"D": GIVEN_UP, "G": GIVEN_UP, "C": CAUGHT}
_TENS, _HUNDREDS = "+", "#"
"""What stands for 10 to 99 and for 100 and more: a cell holds one sign."""


class SourceRow(NamedTuple):
    """One source: its name, how many events it holds back now, and its row of the time axis."""

    name: str
    waiting: int
    labels: tuple[Label, ...]


def source_rows(courses: Sequence[SourceCourse], window: Window) -> tuple[SourceRow, ...]:
    """Return a row for each source that has held back or given up an event by the cursor."""
    now_us = window.now_us
    return tuple(
        SourceRow(course.plan.name, course.waiting_at(now_us), _labels(course, window))
        for course in courses
        if course.held_us <= now_us
    )


def sign(count: int) -> str:
    """Return the one cell that says how many events are held back; blank for none.

    >>> sign(0), sign(7), sign(12), sign(340)
    (' ', '7', '+', '#')
    """
    if count > 99:
        return _HUNDREDS
    if count > 9:
        return _TENS
    return str(count) if count else " "


def _labels(course: SourceCourse, window: Window) -> tuple[Label, ...]:
    """Return the cells up to the cursor, joined where they look alike."""
    last = min(window.playhead, window.width - 1)
    edges = [window.time_at(column) for column in range(last + 2)]
    edges[-1] = min(max(edges[-1], edges[-2]), window.now_us + 1)
    cells: list[tuple[str, str]] = []
    for column in range(last + 1):
        begin_us, end_us = edges[column], edges[column + 1]
        mark = _mark(course.marks, begin_us, end_us)
        if mark is None:
            cells.append((sign(course.most_between(begin_us, end_us)), WAITING))
        else:
            cells.append((mark.letter, _LOOKS[mark.letter]))
    found: list[Label] = []
    column = 0
    for (blank, look), group in groupby(cells, lambda cell: (cell[0] == " ", cell[1])):
        text = "".join(letter for letter, _ in group)
        if not blank:
            found.append(Label(column, text, look, max(edges[column], 0)))
        column += len(text)
    return tuple(found)


def _mark(marks: Sequence[Mark], begin_us: int, end_us: int) -> Mark | None:
    first = bisect_left(marks, begin_us, key=_when)
    return marks[first] if first < bisect_right(marks, end_us - 1, key=_when) else None


def _when(mark: Mark) -> int:
    return mark.time_us
