"""Prose in cells: lines broken between words, and daggers with a look of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len, set_cell_size

from lifecycle_tui.tui.widgets.painted import Run

ROW_NAME: Final = 8
"""Cells of the name of a row of the inspector, with the blank after it."""

_NUMBER: Final = re.compile(r"[(\[]?[-+]?\d[\d.,]*")
_UNIT: Final = re.compile(r"(?:us|ms|s|min|h|KB|MB|GB|GB-s|GB-seconds?|%)[.,;:)\]]*")
_NAME: Final = re.compile(r"(?:#|e)\d+[.,;:?)\]]*")
_LONGEST_LEAD: Final = 8
"""The longest word that is kept beside a name: ``for #4``, ``event #4``."""


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words; a word longer than a line is broken anywhere.

    A number stays with its unit, a name such as ``#3`` or ``e1`` with the short word before it, and
    a dagger with what it marks.
    """
    width = max(width, 4)
    lines: list[str] = []
    line = ""
    for word in _words(text, width):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width:
            part = set_cell_size(word, width).rstrip()
            lines.append(part)
            word = word[len(part) :] if part else ""
        line = word
    return [*lines, line] if line else lines


def _words(text: str, width: int) -> Iterable[str]:
    """Cut a text into what may not be parted, as far as that fits into a line."""
    kept = last = ""
    for word in text.split():
        if last and _belongs(last, word) and cell_len(kept) + 1 + cell_len(word) <= width:
            kept = f"{kept} {word}"
        else:
            if kept:
                yield kept
            kept = word
        last = word
    if kept:
        yield kept


def _belongs(before: str, word: str) -> bool:
    """Whether a word must not begin a line after another."""
    if word[0] == "†" or (_NUMBER.fullmatch(before) and _UNIT.fullmatch(word)):
        return True
    return bool(_NAME.fullmatch(word)) and len(before) <= _LONGEST_LEAD and before[-1].isalpha()


def part(text: str, start: int, width: int) -> str:
    """Return what is seen of a text from a cell on; ``…`` stands at each edge that is cut."""
    if start > 0 and text:
        cells = 0
        for place, character in enumerate(text):
            if cells > start:
                text = text[place:]
                break
            cells += cell_len(character)
        else:
            text = ""
        text = "…" + " " * max(cells - start - 1, 0) + text
    return fit(text, width)


def seconds(us: int) -> str:
    """Return a time in seconds with three decimals, rounded half up: ``1.480``."""
    whole, thousandths = divmod((us + 500) // 1_000, 1_000)
    return f"{whole}.{thousandths:03d}"


def moment(us: int) -> str:
    """Return a time in nine cells: seconds as `seconds` has them, from an hour on ``H:MM:SS``."""
    if us < 3_600_000_000:
        return seconds(us)
    hours, rest = divmod((us + 500_000) // 1_000_000, 3_600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"


def fit(text: str, width: int) -> str:
    """Return a text in at most so many cells; a cut ends in ``…``."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return a text in exactly so many cells, at their left or at their right end."""
    text = fit(text, width)
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


def row_name(text: str, look: str = "dim") -> tuple[Run, ...]:
    """Return the name of a row of the inspector."""
    return (Run(f"{padded(text, ROW_NAME - 1)} ", look),)


def daggered(text: str, look: str = "plain") -> tuple[Run, ...]:
    """Return a text as runs, its daggers (assumed things) in their own look."""
    head, dagger, tail = text.partition("†")
    if not dagger:
        return (Run(text, look),) if text else ()
    return (*((Run(head, look),) if head else ()), Run("†", "assumed"), *daggered(tail, look))
