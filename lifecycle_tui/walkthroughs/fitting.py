"""How captions are laid out: the same lines on the screen as are counted when a file is read."""

from __future__ import annotations

import re
import textwrap
from typing import Final

from lifecycle_tui.lessons.limits import cells, shown

WIDTH: Final = 78
"""Cells of a caption's line on the smallest screen."""
ROWS: Final = 3
"""Lines a caption may have there."""

_KEPT: Final = re.compile(r"(?<=\d) (?=(?:us|ms|s|min|h|KB|MB|GB|%)\b)| (?=†)")
"""Blanks at which no line ends: between a number and its unit, and before a dagger."""
_UNPARTED: Final = "\u00a0"
_SECOND_CELL: Final = "\x00"
"""Stands for the second cell of a wide character; cleaned text has none of its own."""


def caption_lines(text: str, width: int) -> list[str]:
    """Return a caption in lines of at most so many cells."""
    kept = _KEPT.sub(_UNPARTED, text)
    padded = "".join(letter + _SECOND_CELL * (cells(letter) - 1) for letter in kept)
    lines = textwrap.wrap(padded, max(width, 4), break_on_hyphens=False)
    return [line.replace(_SECOND_CELL, "").replace(_UNPARTED, " ") for line in lines]


def caption_problem(text: str) -> str:
    """Say why a text is no caption; empty if it is one."""
    if shown(text) != text:
        return "a caption is plain prose: leave *, _, ` and links of Markdown out"
    rows = len(caption_lines(text, WIDTH))
    return f"{rows} lines of {WIDTH} cells; at most {ROWS} fit" if rows > ROWS else ""
