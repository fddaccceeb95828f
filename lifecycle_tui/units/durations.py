"""Durations: text with a unit (``250ms``) to whole microseconds and back."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.units.numbers import UnitError, parse_quantity, print_quantity

UNITS_US: Final = {
    "d": 86_400_000_000,
    "h": 3_600_000_000,
    "m": 60_000_000,
    "s": 1_000_000,
    "ms": 1_000,
    "us": 1,
}
"""Microseconds in each unit, the largest first."""

EXPECTED: Final = "a duration with a unit, such as 500us, 250ms, 1.5s, 10m or 2h"


def parse_duration(text: str) -> int:
    """Return the microseconds of ``1.5s`` and the like.

    Raises:
        UnitError: no number, no unit or an unknown one, negative, or finer than a microsecond.
    """
    value = parse_quantity(text, UNITS_US, EXPECTED)
    if value.denominator != 1:
        raise UnitError("is finer than a microsecond")
    return value.numerator


def print_duration(time_us: int) -> str:
    """Return text that ``parse_duration`` reads as the same time, for example ``1500ms``."""
    return print_quantity(time_us, UNITS_US) if time_us else "0ms"


def format_ms(time_us: int, decimals: int = 2) -> str:
    """Return milliseconds as AWS logs print them: ``372.00 ms``, rounded half up."""
    scale: int = 10**decimals
    scaled = (abs(time_us) * scale + 500) // 1_000
    whole, fraction = divmod(scaled, scale)
    sign = "-" if time_us < 0 and scaled else ""
    return f"{sign}{whole}.{fraction:0{decimals}d} ms" if decimals else f"{sign}{whole} ms"


def format_duration(time_us: int) -> str:
    """Return a time for people, in about three digits: ``372 ms``, ``1.02 s``, ``6m12s``."""
    if time_us < 0:
        return f"-{format_duration(-time_us)}"
    if time_us < 1_000:
        return f"{time_us} us" if time_us else "0 ms"
    if time_us < 999_500:
        return f"{_three_digits(time_us, 1_000)} ms"
    if time_us < 59_950_000:
        return f"{_three_digits(time_us, 1_000_000)} s"
    seconds = (time_us + 500_000) // 1_000_000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d{hours:02d}h"
    if hours:
        return f"{hours}h{minutes:02d}m"
    return f"{minutes}m{seconds:02d}s"


def _three_digits(value: int, unit: int) -> str:
    """Print ``value / unit`` (below 1,000) in three digits without trailing zeros."""
    for decimals in (2, 1, 0):
        scale: int = 10**decimals
        scaled = (value * scale + unit // 2) // unit
        if scaled < 1_000 or not decimals:
            break
    whole, fraction = divmod(scaled, scale)
    tail = f"{fraction:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole}.{tail}" if tail else str(whole)
