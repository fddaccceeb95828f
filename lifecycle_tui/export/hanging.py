"""Paragraphs of plain text with a hanging indent."""

from __future__ import annotations

import textwrap
from typing import Final

WIDTH: Final = 88


def hanging(text: str, first: str, later: str) -> list[str]:
    """Break a text between words; the id of a rule is one, and so is an address.

    Args:
        text: the paragraph.
        first: what stands in front of its first line.
        later: the same of the others.
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
