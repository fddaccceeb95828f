"""Prose cut into slides: between paragraphs, else between sentences, else between words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.lessons.limits import rows
from lifecycle_tui.lessons.presenting.slides import WIDTH, Said

FEW: Final = 9
"""Rows of text on one slide: few words."""
_SENTENCE: Final = re.compile(r"(?<=[.!?:])\s+(?=[^a-z\s†])")
"""What lies between two sentences; ``z. B. es`` and ``e.g. this`` are not parted."""


def pages(said: Iterable[Said], most: int = FEW) -> Iterator[tuple[Said, ...]]:
    """Yield paragraphs as they come on slides.

    Args:
        said: in order.
        most: rows of a slide.
    """
    page: tuple[Said, ...] = ()
    for part in (piece for each in said for piece in _pieces(each, most)):
        if page and height((*page, part)) > most:
            kept = page
            # A line that introduces what follows goes with it.
            page = (page[-1],) if page[-1].strong and len(page) > 1 else ()
            yield kept[: len(kept) - len(page)]
        page = (*page, part)
    if page:
        yield page


def height(said: Iterable[Said]) -> int:
    """Return how many rows paragraphs take."""
    return rows([(each.mark, each.text) for each in said], WIDTH)


def _pieces(said: Said, most: int) -> Iterator[Said]:
    """Yield a paragraph in parts that fit on a slide."""
    if height([said]) <= most:
        yield said
        return
    for separator in (_SENTENCE, re.compile(r"\s+")):
        parts = separator.split(said.text)
        if len(parts) > 1:
            yield from _packed(said, parts, most)
            return
    yield said


def _packed(said: Said, parts: list[str], most: int) -> Iterator[Said]:
    text = ""
    for part in parts:
        longer = f"{text} {part}" if text else part
        if text and height([said._replace(text=longer)]) > most:
            yield from _pieces(said._replace(text=text), most)
            said = said._replace(mark=" " * len(said.mark))
            longer = part
        text = longer
    yield from _pieces(said._replace(text=text), most)
