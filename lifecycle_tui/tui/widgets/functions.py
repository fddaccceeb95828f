"""The functions of a scenario that has several: a letter for each, beside lanes and names."""

from __future__ import annotations

from collections.abc import Sequence

from lifecycle_tui.readings.words import letter
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.prose import fit

LONGEST_NAME = 16
"""Cells of a name where other things stand beside it."""


def named(number: int, name: str) -> Line:
    """Return a function's letter and name."""
    return (Run(f"{letter(number)} ", "accent"), Run(fit(name, LONGEST_NAME), "strong"))


def legend(names: Sequence[str], room: int) -> Line:
    """Return what each letter stands for, as far as there is room; ``…`` stands for more."""
    runs: list[Run] = []
    for number, name in enumerate(names):
        pair = [Run(f"  {letter(number)} ", "accent"), Run(fit(name, LONGEST_NAME), "dim")]
        rest = 0 if number == len(names) - 1 else 2
        if width_of(runs) + width_of(pair) + rest > room:
            return (*runs, Run(" …", "dim")) if runs else ()
        runs += pair
    return tuple(runs)
