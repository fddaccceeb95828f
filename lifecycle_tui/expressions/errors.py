"""What is wrong with an expression, and where."""

from __future__ import annotations

from collections.abc import Iterable

from lifecycle_tui.units.text import clean, quote


class ExpressionError(ValueError):
    """An expression that is not of the language, or that has no answer.

    Attributes:
        message: what was found, and what to write instead; one safe line.
        column: where, counted in characters from 1.
    """

    def __init__(self, message: str, column: int) -> None:
        self.message = clean(message, 300)
        self.column = column
        super().__init__(f"column {column}: {self.message}")


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return what to write instead: the nearest name, else all of them."""
    import difflib

    names = sorted(known)
    close = difflib.get_close_matches(found[:100], names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {quote(close[0])}?"
    shown = names if len(names) <= 24 else [*names[:24], "…"]
    return f"; there are {', '.join(clean(name, 40) for name in shown)}" if shown else ""
