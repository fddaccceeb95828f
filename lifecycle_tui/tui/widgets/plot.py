"""A small plot in cells: columns of one value before another, in block elements or in letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from lifecycle_tui.tui.widgets.painted import Run

BLOCKS: Final = " ▁▂▃▄▅▆▇█"
EIGHTHS: Final = 8
AIR: Final = 2
"""Eighths that the highest column leaves free below the plot above it."""
BACK: Final = "░"
GROUND: Final = "_"
"""Where a value is 0: the plot's ground line, so that nothing looks different from no data."""

Column = tuple[int, int]
"""A value, and the larger one behind it (0 where there is none)."""


class Ink(NamedTuple):
    """How a value is drawn: its look, the look of the one behind, and its letter in ASCII."""

    front: str
    letter: str
    back: str = "dim"


def plot(
    columns: Sequence[Column], *, top: int, rows: int, ink: Ink, ascii_only: bool
) -> list[tuple[Run, ...]]:
    """Return the rows of a plot, the highest first; each is as wide as there are columns.

    Args:
        columns: the values.
        top: the value of a column of full height, at least 1.
        rows: how many rows there are.
        ink: how it is drawn.
        ascii_only: draw in letters.
    """
    full = rows * EIGHTHS - AIR
    heights = [(_height(front, top, full), _height(back, top, full)) for front, back in columns]
    draw = _letters if ascii_only else _blocks
    return [tuple(_runs(draw(heights, row, ink))) for row in range(rows - 1, -1, -1)]


def _height(value: int, top: int, full: int) -> int:
    """Return eighths of a cell; what is not 0 is seen."""
    return 0 if value <= 0 else max(min(round(value * full / top), full), 1)


def _blocks(heights: Sequence[Column], row: int, ink: Ink) -> Iterator[tuple[str, str]]:
    below = row * EIGHTHS
    for front, back in heights:
        if front > below:
            yield BLOCKS[min(front - below, EIGHTHS)], ink.front
        elif back > below:
            yield BACK, ink.back
        else:
            yield (GROUND if row == 0 and not back else " "), "faint"


def _letters(heights: Sequence[Column], row: int, ink: Ink) -> Iterator[tuple[str, str]]:
    below = row * EIGHTHS
    for front, back in heights:
        if front > below:
            yield ink.letter, ink.front
        elif back > below:
            yield ".", ink.back
        else:
            yield (GROUND if row == 0 and not back else " "), "faint"


def _runs(cells: Iterator[tuple[str, str]]) -> Iterator[Run]:
    for look, same in groupby(cells, key=_look):
        yield Run("".join(glyph for glyph, _ in same), look)


def _look(cell: tuple[str, str]) -> str:
    return cell[1]
