"""What is said of an action: a sentence for the message line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the message line; ``refused`` when nothing was done."""

    text: str
    refused: bool = False


def moment_words(at_us: int) -> str:
    """Return a moment as a sentence has it: ``3.42 s``."""
    whole, thousandths = divmod((at_us + 500) // 1_000, 1_000)
    return f"{whole}.{thousandths:03d}".rstrip("0").rstrip(".") + " s"
