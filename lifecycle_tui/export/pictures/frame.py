"""What a picture is made of: a frame of rows of spans, and a film of frames with their times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple


class Ink(NamedTuple):
    """How text looks; colours are ``#rrggbb``."""

    colour: str
    paper: str
    bold: bool = False
    underline: bool = False


class Span(NamedTuple):
    """Text with one look, and how many cells it takes."""

    text: str
    ink: Ink
    cells: int


Row = tuple[Span, ...]
"""One line of a screen; together its spans are as wide as the frame."""

Placed = tuple[int, Span]
"""A span and the column where it begins."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen at a moment.

    Attributes:
        title: what is shown, for people and for readers of screens.
        width: cells of a row.
        rows: the rows, from the top.
        base: the look of what has none.
    """

    title: str
    width: int
    rows: tuple[Row, ...]
    base: Ink

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Film:
    """Frames, and when each of them begins.

    Attributes:
        title: what is shown.
        frames: at least one, all of one size; the first one begins at 0.
        starts_ms: when each begins, ascending.
        length_ms: when the last one ends.
    """

    title: str
    frames: tuple[Frame, ...]
    starts_ms: tuple[int, ...]
    length_ms: int


def placed(row: Row) -> Iterator[Placed]:
    """Yield each span with the column where it begins."""
    starts = accumulate((span.cells for span in row), initial=0)
    return zip(starts, row, strict=False)


def text_of(row: Row) -> str:
    """Return a row as text, without the blanks at its end."""
    return "".join(span.text for span in row).rstrip()
