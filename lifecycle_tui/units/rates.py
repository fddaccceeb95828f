"""Rates: text such as ``0.9/s`` or ``30/m`` to exact events per second and back."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from lifecycle_tui.units.numbers import parse_quantity

UNITS_PER_SECOND: Final = {"/s": Fraction(1), "/m": Fraction(1, 60), "/h": Fraction(1, 3_600)}
"""Events per second in each unit, the largest first."""

EXPECTED: Final = "a rate with a unit, such as 0.9/s or 30/m"


def parse_rate(text: str) -> Fraction:
    """Return the events per second of ``0.9/s`` and the like, exactly.

    Raises:
        UnitError: no number, no unit or an unknown one, or negative.
    """
    return parse_quantity(text, UNITS_PER_SECOND, EXPECTED)


def print_rate(per_second: Fraction) -> str:
    """Return text that ``parse_rate`` reads as the same rate.

    Args:
        per_second: events per second: a decimal number of them a second, a minute or an hour.

    Raises:
        ValueError: the rate has no finite decimal form in any of the units.
    """
    for unit, size in UNITS_PER_SECOND.items():
        decimal = _decimal(per_second / size)
        if decimal is not None:
            return f"{decimal}{unit}"
    raise ValueError(f"{per_second} per second has no finite decimal form")


def _decimal(value: Fraction) -> str | None:
    """Print a fraction as a decimal number, or None if its digits never end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    digits = max(twos, fives)
    whole, fraction = divmod(value.numerator * 10**digits // value.denominator, 10**digits)
    return f"{whole}.{fraction:0{digits}d}" if digits else str(whole)
