"""Sizes: text with a unit (``512MB``) to whole megabytes and back; 1 GB is 1,024 MB."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.units.numbers import UnitError, parse_quantity, print_quantity

UNITS_MB: Final = {"GB": 1_024, "MB": 1}
"""Megabytes in each unit, the largest first."""

EXPECTED: Final = "a size with a unit, such as 512MB or 10GB"


def parse_size(text: str) -> int:
    """Return the megabytes of ``512MB`` and the like.

    Raises:
        UnitError: no number, no unit or an unknown one, negative, or not whole megabytes.
    """
    value = parse_quantity(text, UNITS_MB, EXPECTED)
    if value.denominator != 1:
        raise UnitError("is not a whole number of megabytes")
    return value.numerator


def print_size(size_mb: int) -> str:
    """Return text that ``parse_size`` reads as the same size, for example ``512MB``."""
    return print_quantity(size_mb, UNITS_MB)
