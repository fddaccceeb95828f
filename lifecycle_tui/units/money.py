"""Amounts of money as people read them: dollars with as many decimals as show three digits."""

from __future__ import annotations

from math import floor, log10


def decimals(usd: float) -> int:
    """Return how many decimals show three digits of an amount: at least 2, at most 10."""
    if usd <= 0:
        return 2
    return min(max(2 - floor(log10(usd)), 2), 10)


def dollars(usd: float, places: int | None = None) -> str:
    """Return an amount, by itself in three digits: ``$0.0102``."""
    places = decimals(usd) if places is None else places
    least = 10.0**-places
    return f"<${least:.{places}f}" if 0 < usd < least / 2 else f"${usd:,.{places}f}"
