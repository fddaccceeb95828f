"""A film as one SVG that moves by CSS alone: no script, nothing to fetch.

Each row of the screen has a strip of all that it ever shows, and its own animation moves the strip
up and down behind a window of one row; what never changes in a row lies still below it. Where
motion is not wanted, and where nobody animates, the last frame is seen.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

from lifecycle_tui.export.pictures.frame import Film, Placed, Row, Span
from lifecycle_tui.export.pictures.svg import CELL, LINE, MARGIN, group, head, row_svg

_DECIMALS: Final = 3
"""Of a percentage of the film's length."""
_MARK: Final = "\0"
"""Stands for the beginning of all names until the content is known that they are made from."""


def animated_svg(film: Film) -> str:
    """Return a film as an SVG document that plays for ever."""
    frames = film.frames
    last = frames[-1]
    rules: list[str] = []
    bodies: list[str] = []
    for y in range(last.height):
        versions: dict[Row, int] = {}
        shown = [versions.setdefault(frame.rows[y], len(versions)) for frame in frames]
        still, moving = parted(tuple(versions))
        bodies.append(group(row_svg(still, last.base), y))
        if len(versions) > 1:
            rules += (_keyframes(y, shown, film), _rest(y, shown[-1]))
            bodies.append(_strip(y, [row_svg(row, last.base) for row in moving], last.width))
    content = "\n".join(body for body in bodies if body)
    seconds = f"{film.length_ms / 1000:g}"
    # Names that no other picture on the same page has.
    mark = f"f{zlib.crc32(content.encode()):08x}-"
    style = (
        f"<style>.{mark}s{{animation-duration:{seconds}s;animation-timing-function:step-end;"
        "animation-iteration-count:infinite}\n"
        + "\n".join(rules).replace(_MARK, mark)
        + f"\n@media(prefers-reduced-motion:reduce){{.{mark}s{{animation:none!important}}}}</style>"
    )
    return "\n".join([head(last), style, content.replace(_MARK, mark), "</svg>", ""])


def parted(versions: Sequence[Row]) -> tuple[list[Placed], list[list[Placed]]]:
    """Part what all versions of a row have in common from what is each one's own."""
    every = [_cells(row) for row in versions]
    same = [len(set(column)) == 1 for column in zip(*every, strict=True)]
    return _pieces(every[0], same, wanted=True), [
        _pieces(cells, same, wanted=False) for cells in every
    ]


def _cells(row: Row) -> list[Span | None]:
    """Return a row cell by cell; a letter that takes several is followed by nothing."""
    cells: list[Span | None] = []
    for span in row:
        if len(span.text) == span.cells:
            cells += (Span(letter, span.ink, 1) for letter in span.text)
        else:
            cells += (span, *[None] * (span.cells - 1))
    return cells


def _pieces(cells: Sequence[Span | None], same: Sequence[bool], *, wanted: bool) -> list[Placed]:
    """Return the wanted cells, those of one look that touch as one span."""
    found: list[Placed] = []
    for column, (span, is_same) in enumerate(zip(cells, same, strict=True)):
        if span is None or is_same is not wanted:
            continue
        if found:
            start, before = found[-1]
            touches = start + before.cells == column
            if touches and before.ink == span.ink and _is_plain(before) and _is_plain(span):
                found[-1] = (start, Span(before.text + span.text, span.ink, before.cells + 1))
                continue
        found.append((column, span))
    return found


def _is_plain(span: Span) -> bool:
    return len(span.text) == span.cells


def _strip(y: int, drawn: Sequence[str], width: int) -> str:
    """Return all that a row shows, one below the other, behind a window of one row."""
    window = (
        f'<svg x="{MARGIN}" y="{MARGIN + y * LINE}" width="{width * CELL}" height="{LINE}"'
        ' overflow="hidden">'
    )
    bodies = (
        f'<g transform="translate(0 {place * LINE})">{body}</g>' if place else body
        for place, body in enumerate(drawn)
    )
    return f'{window}<g class="{_MARK}s {_MARK}{y}">{"".join(bodies)}</g></svg>'


def _keyframes(y: int, shown: Sequence[int], film: Film) -> str:
    """Return when a row's strip goes where; only changes are written."""
    steps: list[str] = []
    before = -1
    for start_ms, version in zip(film.starts_ms, shown, strict=True):
        if version != before:
            at = round(100 * start_ms / film.length_ms, _DECIMALS)
            steps.append(f"{at:g}%{{{_moved(version)}}}")
            before = version
    steps.append(f"to{{{_moved(before)}}}")
    return f"@keyframes {_MARK}{y}{{{''.join(steps)}}}"


def _rest(y: int, version: int) -> str:
    return f".{_MARK}{y}{{animation-name:{_MARK}{y};{_moved(version)}}}"


def _moved(version: int) -> str:
    return f"transform:translateY({-version * LINE}px)"
