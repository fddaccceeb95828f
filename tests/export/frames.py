"""Small frames and films for the tests of pictures."""

from __future__ import annotations

from lifecycle_tui.export.pictures.frame import Film, Frame, Ink, Row, Span

BASE = Ink("#d7dde3", "#12171c")
LIT = Ink("#000000", "#e69f00", bold=True)
WIDTH = 12


def row(*spans: Span) -> Row:
    """Return a row, filled with blanks."""
    rest = WIDTH - sum(span.cells for span in spans)
    return (*spans, Span(" " * rest, BASE, rest)) if rest else spans


def span(text: str, ink: Ink = BASE) -> Span:
    return Span(text, ink, len(text))


def frame(*rows: Row, title: str = "A <title> & more") -> Frame:
    return Frame(title, WIDTH, rows, BASE)


def film(*frames: Frame, every_ms: int = 100) -> Film:
    starts = tuple(number * every_ms for number in range(len(frames)))
    return Film("A film", frames, starts, len(frames) * every_ms)
