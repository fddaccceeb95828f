"""Prose in cells: lines broken between words, and daggers with a look of their own."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from lifecycle_tui.tui.widgets.painted import Run


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words; a word longer than a line is broken anywhere."""
    width = max(width, 4)
    lines: list[str] = []
    line = ""
    for word in text.split():
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


def fit(text: str, width: int) -> str:
    """Return a text in at most so many cells; a cut ends in ``…``."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def daggered(text: str, look: str = "plain") -> tuple[Run, ...]:
    """Return a text as runs, its daggers (assumed things) in their own look."""
    head, dagger, tail = text.partition("†")
    if not dagger:
        return (Run(text, look),) if text else ()
    return (*((Run(head, look),) if head else ()), Run("†", "assumed"), *daggered(tail, look))
