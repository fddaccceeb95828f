"""The cells of one phase in a lane: in one row, or in each of the rows of a tall lane."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.play.rows import BLANK, HERE
from lifecycle_tui.tui.skin import LOOKS, Skin
from lifecycle_tui.tui.widgets.painted import Run

INKED: Final = frozenset(
    {"extension", "runtime", "function", "handler", "overhead", "tail", "shutdown", "reset"}
)
"""The looks that have a colour of their own."""
_LINES: Final = frozenset({"plain", "placement", "ready", "frozen", "fold", "here"})
"""The looks of what has one row only, however tall a lane is."""
_LARGE: Final = 4
"""Rows of a bar from which its letter is large."""


def middle(tall: int) -> int:
    """Return the row of a lane that has its name, and what is one row high."""
    return (tall - 1) // 2


def cells(
    skin: Skin, mark: str, length: int, under: str, *, row: int, tall: int
) -> tuple[Run, ...]:
    """Return one row of a phase.

    Args:
        skin: the glyphs.
        mark: a phase's letter, or one of the lane's other marks.
        length: its cells.
        under: the phase that goes on at the cursor.
        row: which of the lane's rows.
        tall: how many rows the lane has; of several the last one is free.
    """
    if mark == BLANK:
        return (Run(" " * length),)
    large = () if tall == 1 else _large(skin, mark, length, row, tall - 1)
    if large:
        return large
    return (
        _lettered(skin, mark, length, under) if row == middle(tall) else _filled(skin, mark, length)
    )


def _lettered(skin: Skin, mark: str, length: int, under: str) -> tuple[Run, ...]:
    look = LOOKS[mark]
    glyphs = skin.cells(mark, length)
    if mark == HERE:
        style = LOOKS[under].style.removeprefix("re-")
        return (Run(glyphs, f"{style}-ink" if style in INKED else "here"),)
    if length == 1 or skin.ascii_only:
        return (Run(glyphs, look.style),)
    return (Run(glyphs[0], look.style), Run(glyphs[1:], f"{look.style}-fill"))


def _filled(skin: Skin, mark: str, length: int) -> tuple[Run, ...]:
    """Return a row above or below the one with the letter."""
    look = LOOKS[mark]
    if look.style in _LINES:
        return (Run(" " * length),)
    if skin.ascii_only:
        return (Run(look.ascii * length, look.style),)
    name = look.style.removeprefix("re-")
    fill = f"{look.style}-fill" if name in INKED and name != "reset" else look.style
    return (Run(look.fill * length, fill),)


def _large(skin: Skin, mark: str, length: int, row: int, rows: int) -> tuple[Run, ...]:
    """Return a row with a part of the letter in large, where it is tall and long enough."""
    style = LOOKS[mark].style
    if rows < _LARGE or skin.ascii_only or style in _LINES or not mark.isalpha():
        return ()
    # Loaded for rooms only: no lane of the sandbox is as tall.
    from lifecycle_tui.tui.presenting.letters import can_write, written

    letter = written(mark) if can_write(mark) else ()
    width = max(map(len, letter), default=0)
    if not letter or length < width + 2 or len(letter) > rows:
        return ()
    place = row - (rows - len(letter)) // 2
    part = f" {letter[place]}" if 0 <= place < len(letter) else ""
    return (Run(f"{part:<{width + 2}}", style), *_filled(skin, mark, length - width - 2))
