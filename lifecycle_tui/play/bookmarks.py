"""Bookmarks: moments that the user wants to come back to, each with a name.

All are functions of a tuple in order of time; a session keeps such a tuple.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.units.text import clean

LONGEST_NAME: Final = 16
"""Cells of a name; it stands on the ruler."""


@dataclass(frozen=True, slots=True, order=True)
class Bookmark:
    """A moment with a name; not two of a session share either."""

    at_us: int
    name: str


Bookmarks = tuple[Bookmark, ...]
"""Ascending in time."""


def bookmark_at(marks: Bookmarks, at_us: int) -> Bookmark | None:
    """Return the bookmark at a moment."""
    place = bisect_left(marks, at_us, key=_time)
    return marks[place] if place < len(marks) and marks[place].at_us == at_us else None


def with_bookmark(marks: Bookmarks, at_us: int, name: str = "") -> Bookmarks:
    """Set a bookmark; what had its moment or its name is replaced.

    Args:
        marks: what there is.
        at_us: the moment.
        name: what it is called; empty for the first free one of b1, b2, b3 …
    """
    others = without(marks, at_us)
    name = clean(name, LONGEST_NAME).strip() or free_name(others)
    kept = [mark for mark in others if mark.name != name]
    return tuple(sorted((*kept, Bookmark(at_us, name))))


def without(marks: Bookmarks, at_us: int) -> Bookmarks:
    """Return the bookmarks of all other moments."""
    return tuple(mark for mark in marks if mark.at_us != at_us)


def neighbour(marks: Bookmarks, at_us: int, direction: int) -> Bookmark | None:
    """Return the next (+1) or previous (-1) bookmark; None if there is none."""
    if direction > 0:
        place = bisect_right(marks, at_us, key=_time)
    else:
        place = bisect_left(marks, at_us, key=_time) - 1
    return marks[place] if 0 <= place < len(marks) else None


def free_name(marks: Bookmarks) -> str:
    """Return the first of b1, b2, b3 … that no bookmark has."""
    taken = {mark.name for mark in marks}
    return next(name for n in range(1, len(marks) + 2) if (name := f"b{n}") not in taken)


def _time(mark: Bookmark) -> int:
    return mark.at_us
