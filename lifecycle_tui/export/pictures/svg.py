"""A frame as SVG: shapes for lines and blocks, local fonts for letters, nothing to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from lifecycle_tui.export.pictures.frame import Frame, Ink, Placed, Span, placed
from lifecycle_tui.export.pictures.shapes import Box, shape

CELL: Final = 10
"""Width of a cell, in the picture's units."""
LINE: Final = 20
"""Height of a cell."""
MARGIN: Final = 12
"""Paper around the cells."""
_BASELINE: Final = 15
_UNDERLINE: Final = Box(0, 0.9, 1, 0.97)
_FONTS: Final = (
    "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
)
_WORDS: Final = re.compile(r"[^ ]+(?: [^ ]+)*")


def svg(frame: Frame) -> str:
    """Return a frame as an SVG document."""
    lines = [head(frame)]
    lines += (group(row_svg(placed(row), frame.base), y) for y, row in enumerate(frame.rows))
    return "\n".join([*(line for line in lines if line), "</svg>", ""])


def head(frame: Frame) -> str:
    """Return the beginning of a document, with its title and its paper."""
    width, height = (
        frame.width * CELL + 2 * MARGIN,
        frame.height * LINE + 2 * MARGIN,
    )
    # A font that is a little narrower or wider is set to the cells by each text's length.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" fill="{frame.base.colour}" font-family="{_FONTS}"'
        ' font-size="16.6">\n'
        f"<title>{escape(frame.title)}</title>\n"
        f'<rect width="{width}" height="{height}" rx="8" fill="{frame.base.paper}"/>'
    )


def group(body: str, y: int) -> str:
    """Put what a row shows in its place; nothing stays nothing."""
    return f'<g transform="translate({MARGIN} {MARGIN + y * LINE})">{body}</g>' if body else ""


def row_svg(row: Iterable[Placed], base: Ink) -> str:
    """Return what a row shows, its upper left corner at 0,0; ``base`` needs no saying."""
    back: dict[str, list[str]] = {}
    fore: list[str] = []
    for column, span in row:
        if span.ink.paper != base.paper:
            path = _path(Box(0, 0, 1, 1), column, span.cells)
            back.setdefault(span.ink.paper, []).append(path)
        fore += _fore(span, column, base)
    papers = (
        f'<path fill="{paper}" shape-rendering="crispEdges" d="{"".join(paths)}"/>'
        for paper, paths in back.items()
    )
    return "".join((*papers, *fore))


def _fore(span: Span, column: int, base: Ink) -> Iterator[str]:
    """Yield what stands before the paper: shapes, then letters, then the underline."""
    letters = span.text
    fill = "" if span.ink.colour == base.colour else f' fill="{span.ink.colour}"'
    bold = ' font-weight="bold"' if span.ink.bold else ""
    if len(letters) == span.cells:
        shaped: dict[float, list[str]] = {}
        for match in re.finditer(r"(.)\1*", letters):
            drawn = shape(match[1])
            if drawn is None:
                continue
            begin, length = match.span()[0], len(match[0])
            for box in drawn.boxes:
                shaped.setdefault(drawn.density, []).extend(_paths(box, column + begin, length))
            letters = letters[:begin] + " " * length + letters[begin + length :]
        for density, paths in shaped.items():
            dense = "" if density == 1 else f' fill-opacity="{density:g}"'
            yield f'<path{fill}{dense} d="{"".join(paths)}"/>'
        for match in _WORDS.finditer(letters):
            yield _text(match[0], column + match.start(), len(match[0]), fill + bold)
    else:
        yield _text(letters, column, span.cells, fill + bold)
    if span.ink.underline:
        path = _path(_UNDERLINE, column, span.cells)
        yield f'<path{fill} d="{path}"/>'


def _text(words: str, column: int, cells: int, looks: str) -> str:
    place = f'x="{column * CELL}" y="{_BASELINE}" textLength="{cells * CELL}"'
    return f"<text {place}{looks}>{escape(words, quote=False)}</text>"


def _paths(box: Box, column: int, length: int) -> Iterator[str]:
    """Yield a box in each of some cells, as one where they touch."""
    if box.left == 0 and box.right == 1:
        yield _path(box, column, length)
        return
    for place in range(column, column + length):
        yield _path(box, place, 1)


def _path(box: Box, column: int, cells: int) -> str:
    left, top = (column + box.left) * CELL, box.top * LINE
    right, bottom = (column + cells - 1 + box.right) * CELL, box.bottom * LINE
    return f"M{_n(left)} {_n(top)}H{_n(right)}V{_n(bottom)}H{_n(left)}z"


def _n(value: float) -> str:
    """Return a number without what it does not need."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
