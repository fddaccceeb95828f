"""Text from outside, made safe once where it enters, and numbers made readable.

Whatever a file or a command line brings may hold escape sequences, characters that turn the
reading direction, or invisible ones. After ``clean`` it holds none of them.
"""

from __future__ import annotations

import re
from typing import Final

ELLIPSIS: Final = "…"

_INVISIBLE: Final = (
    0x00AD,  # soft hyphen
    0x034F,  # grapheme joiner
    0x061C,  # Arabic letter mark
    0x115F,  # Hangul fillers
    0x1160,
    0x17B4,  # Khmer inherent vowels
    0x17B5,
    *range(0x180B, 0x1810),  # Mongolian selectors
    *range(0x200B, 0x2010),  # zero width, direction marks
    *range(0x202A, 0x202F),  # direction embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, isolates, invisible operators
    0x3164,
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,  # byte order mark
    0xFFA0,
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
)
_TABLE: Final[dict[int, int | str | None]] = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(_INVISIBLE),
    0x09: " ",
    0x0A: " ",
    0x0D: " ",
    0x7F: 0x2421,
    0x85: " ",
    0x2028: " ",
    0x2029: " ",
}
_UNPRINTABLE: Final = re.compile("[\U000e0000-\U000e0fff\ud800-\udfff]")
"""Tag characters and lone surrogates; too many for the table."""
_STACKED: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""More than two marks over one letter, which climb into the lines above."""


def clean(text: str, limit: int = 200) -> str:
    """Return text that is one line, safe to print anywhere, and at most ``limit`` characters long.

    C0 controls (ESC among them) become their visible pictures, C1 controls the replacement
    character, tabs and line breaks a space; direction changes and zero-width characters go.

    Args:
        text: anything.
        limit: the longest result, in characters; a cut ends in ``…``.
    """
    longest = 16 * limit
    safe = _UNPRINTABLE.sub("", text[:longest].translate(_TABLE))
    safe = _STACKED.sub(r"\1", safe)
    if len(safe) <= limit and len(text) <= longest:
        return safe
    return safe[: max(limit - 1, 0)] + ELLIPSIS


def quote(text: str, limit: int = 40) -> str:
    """Return cleaned text between quotes, for error messages."""
    return f"'{clean(text, limit)}'"


def format_count(count: int) -> str:
    """Return a whole number with thousands separated: ``1,000``."""
    return f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 event``, ``2 events``."""
    return f"{format_count(count)} {noun}" if count == 1 else f"{format_count(count)} {noun}s"
