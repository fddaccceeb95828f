"""Large letters for a room, out of half blocks: a terminal has no larger type.

``letters.txt`` has them as pictures, seven rows from the top of a capital to the line and two below
it. A letter with a mark (an umlaut, an accent) is its plain letter and the mark above it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("letters.txt")
_ABOVE: Final = 2
"""Rows over a capital for the mark of an umlaut."""
_ROWS: Final = _ABOVE + 7 + 2
_BETWEEN: Final = 1
"""Columns between letters."""
_WORDS: Final = 3
"""Columns of a blank."""
_MARKS: Final = {
    "\N{COMBINING DIAERESIS}": "#.#",
    "\N{COMBINING ACUTE ACCENT}": ".#.",
    "\N{COMBINING GRAVE ACCENT}": ".#.",
    "\N{COMBINING CIRCUMFLEX ACCENT}": ".#.",
    "\N{COMBINING TILDE}": "###",
    "\N{COMBINING RING ABOVE}": ".#.",
}
_HALVES: Final = " ▀▄█"

Bitmap = tuple[str, ...]
"""Rows of ``#`` and ``.``."""


@cache
def letters() -> dict[str, Bitmap]:
    """Return all letters, each of as many rows."""
    found: dict[str, Bitmap] = {}
    for block in _FILE.read_text(encoding="utf-8").split("\n\n"):
        names, *rows = block.strip("\n").splitlines()
        columns = zip(*(row.split() for row in rows), strict=True)
        for name, column in zip(names.split(), columns, strict=True):
            blank = "." * len(column[0])
            bitmap = [blank] * _ABOVE + list(column)
            found[name] = (*bitmap, *(blank,) * (_ROWS - len(bitmap)))
    return found


def can_write(text: str) -> bool:
    """Whether there is a large letter for everything in a text."""
    return all(letter == " " or _letter(letter) is not None for letter in text)


def width_of(text: str, scale: int = 1) -> int:
    """Return the cells of a line of large letters.

    Raises:
        KeyError: there is no such letter.
    """
    return len(_bitmap(text)[0]) * scale


def lines_of(text: str, width: int, scale: int = 1) -> tuple[str, ...] | None:
    """Break a text between words into lines of large letters.

    Returns:
        What each line says; None where a word is wider than a line.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", scale) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        elif width_of(word, scale) > width:
            return None
        else:
            lines.append(word)
    return tuple(lines)


def written(text: str, scale: int = 1, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Write one line in large letters.

    Args:
        text: without anything that ``can_write`` has not.
        scale: how many times as large.
        ascii_only: with ``#`` alone, which is twice as high.

    Returns:
        Its rows, without those that are blank above and below it.
    """
    bitmap = [row for row in _bitmap(text) for _ in range(scale)]
    bitmap = ["".join(point * scale for point in row) for row in bitmap]
    while bitmap and "#" not in bitmap[0]:
        bitmap.pop(0)
    while bitmap and "#" not in bitmap[-1]:
        bitmap.pop()
    if ascii_only:
        return tuple(row.replace(".", " ") for row in bitmap)
    return tuple(_halved(bitmap))


def large(
    text: str, width: int, height: int, *, ascii_only: bool = False, scales: Iterable[int] = (2, 1)
) -> tuple[str, ...]:
    """Write a text as large as there is room for.

    Args:
        text: a heading.
        width: cells of a line.
        height: rows.
        ascii_only: with ``#`` alone.
        scales: how large it may be, the largest first.

    Returns:
        Its rows; empty where it does not fit in large letters at all.
    """
    if not text.strip() or not can_write(text):
        return ()
    for scale in scales:
        lines = lines_of(text, width, scale)
        if lines is None:
            continue
        rows: list[str] = []
        for line in lines:
            rows += [""] * bool(rows)
            rows += written(line, scale, ascii_only=ascii_only)
        if len(rows) <= height:
            return tuple(rows)
    return ()


def _halved(bitmap: list[str]) -> Iterator[str]:
    """Yield two rows of points as one row of cells."""
    blank = "." * len(bitmap[0]) if bitmap else ""
    for at in range(0, len(bitmap), 2):
        lower = bitmap[at + 1] if at + 1 < len(bitmap) else blank
        pairs = zip(bitmap[at], lower, strict=True)
        yield "".join(_HALVES[(up == "#") + 2 * (down == "#")] for up, down in pairs).rstrip()


def _bitmap(text: str) -> list[str]:
    gap = "." * _BETWEEN
    parts = [
        ("." * (_WORDS - 2 * _BETWEEN),) * _ROWS if letter == " " else _known(letter)
        for letter in text
    ]
    return [gap.join(row) for row in zip(*parts, strict=True)] if parts else [""] * _ROWS


def _known(letter: str) -> Bitmap:
    found = _letter(letter)
    if found is None:
        raise KeyError(letter)
    return found


@cache
def _letter(letter: str) -> Bitmap | None:
    """Return a letter; None where there is none."""
    known = letters().get(letter)
    if known is not None:
        return known
    base, *marks = list(unicodedata.normalize("NFD", letter))
    plain = letters().get(base)
    if plain is None or len(marks) != 1 or marks[0] not in _MARKS:
        return None
    width = len(plain[0])
    mark = _MARKS[marks[0]].center(width, ".")[:width]
    rows = list(plain)
    # Of a small letter the mark stands over its body, of a capital over its top.
    body = next(n for n, row in enumerate(rows) if "#" in row)
    if base == "i":
        body += 2
        rows[_ABOVE] = "." * width
    rows[body - 2] = mark
    return tuple(rows)
