"""Decimal numbers with a unit, read exactly: no binary fraction ever touches them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

_QUANTITY: Final = re.compile(r"([+-]?)([0-9]{1,30})(?:\.([0-9]{1,30}))?([A-Za-z/]*)")


class UnitError(ValueError):
    """A text that is not the quantity it should be; its words are for the person who wrote it."""


def parse_quantity(text: str, units: Mapping[str, int | Fraction], expected: str) -> Fraction:
    """Read a number with one of the given units.

    Args:
        text: what a person wrote, for example ``1.5s``.
        units: the size of each unit; the result is in the same measure.
        expected: what to write instead, for the error message.

    Raises:
        UnitError: it is no number, has no unit or an unknown one, or is negative.
    """
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise UnitError(f"is not {expected}")
    sign, whole, decimals, unit = match.groups()
    if not unit:
        raise UnitError(f"has no unit; write {expected}")
    if unit not in units:
        raise UnitError(f"has the unknown unit {unit!r}; write {expected}")
    value = Fraction(int(whole + (decimals or "")), 10 ** len(decimals or "")) * units[unit]
    if sign == "-" and value:
        raise UnitError("is negative")
    return value


def print_quantity(value: int, units: Mapping[str, int]) -> str:
    """Print a whole number in the largest unit that divides it; the inverse of reading it.

    Args:
        value: the number, at least 0, in the smallest unit.
        units: the size of each unit, the largest first and 1 last.
    """
    for unit, size in units.items():
        if value and value % size == 0:
            return f"{value // size}{unit}"
    return f"0{list(units)[-1]}"
