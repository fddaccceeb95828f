"""Which of the screen's layouts fits a terminal: one of three tiers, or too small."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Tier(StrEnum):
    """The layouts; each name is the screen's CSS class without its dash."""

    TINY = "tiny"
    COMPACT = "compact"
    STANDARD = "standard"
    WIDE = "wide"


LEAST: Final = {
    Tier.WIDE: (200, 50),
    Tier.STANDARD: (120, 40),
    Tier.COMPACT: (80, 24),
}
"""The smallest width and height of each tier, the largest tier first."""


def tier(width: int, height: int) -> Tier:
    """Return the largest tier that fits."""
    for name, (least_width, least_height) in LEAST.items():
        if width >= least_width and height >= least_height:
            return name
    return Tier.TINY
