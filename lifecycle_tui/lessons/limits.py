"""How long a lesson's texts may be, so that they are read without scrolling on the smallest screen.

At 80x24 the lesson has the screen's width less its frame: 76 columns. Presented, it has 60 columns,
56 less the frame. A text fits if it has no more rows than this at either width. Widths are counted
in cells: a wide character takes two.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Final

from lifecycle_tui.units.text import quote

WIDE: Final = 76
"""Columns for text at 80x24."""
NARROW: Final = 56
"""Columns for text where a lesson is presented in 60 columns."""

TITLE: Final = 48
"""Cells of a lesson's or a beat's title: one line, beside what else the frame shows."""
OPTION: Final = 50
"""Cells of an option: one line in 56 columns, after its number."""
GOAL: Final = 50
"""Cells of one part of a check: one line in 56 columns, after its mark."""
CARD_ROWS: Final = 14
"""Lines of a reference card, of at most ``NARROW`` cells each."""

ROWS: Final[dict[str, tuple[int, int]]] = {
    "prose": (10, 14),
    "ask": (3, 4),
    "say": (4, 6),
    "goal": (2, 3),
    "hint": (2, 3),
    "fact": (2, 3),
    "objective": (2, 3),
}
"""Rows that a text may take, at ``WIDE`` and at ``NARROW`` columns.

``prose`` is all that stands between two blocks, blank lines between paragraphs included.
"""

_MARKS: Final = re.compile(r"\*\*|`|(?<!\w)[*_]|[*_](?!\w)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(
        0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def shown(text: str) -> str:
    """Return prose without its marks of Markdown: what takes room on the screen."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def rows(paragraphs: Iterable[tuple[str, str]], width: int) -> int:
    """Return how many rows prose takes, with a blank row between paragraphs.

    Args:
        paragraphs: pairs of the mark of a list (or an empty text) and the paragraph.
        width: columns.
    """
    total = 0
    last = None
    for mark, text in paragraphs:
        total += (last is not None and not (last and mark)) + _wrapped(mark + shown(text), width)
        last = mark
    return total


def _wrapped(text: str, width: int) -> int:
    # A wide character is wrapped as the two cells that it takes.
    padded = "".join(letter + "\u2588" * (cells(letter) - 1) for letter in text)
    return max(1, len(textwrap.wrap(padded, width, break_on_hyphens=False)))


def too_long(kind: str, text: str) -> str:
    """Say that a text takes too many rows; empty if it fits."""
    return too_many_rows(kind, [("", text)])


def too_many_rows(kind: str, paragraphs: Iterable[tuple[str, str]]) -> str:
    """Say that paragraphs take too many rows, or have too long a word; empty if they fit."""
    given = list(paragraphs)
    words = (word for _, text in given for word in shown(text).split())
    longest = max(words, key=cells, default="")
    if cells(longest) > NARROW:
        return f"the word {quote(longest, 20)} has {cells(longest)} columns; at most {NARROW} fit"
    for width, most in zip((WIDE, NARROW), ROWS[kind], strict=True):
        taken = rows(given, width)
        if taken > most:
            return f"{taken} rows in {width} columns; at most {most} fit"
    return ""


def too_wide(text: str, most: int) -> str:
    """Say that a line is too wide; empty if it fits."""
    taken = cells(shown(text))
    return f"{taken} columns; at most {most} fit" if taken > most else ""
