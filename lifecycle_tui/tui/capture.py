"""What a screen shows, as a frame for pictures.

The one place that reaches into Textual: a screen's strips are to be had from its compositor only,
which is private. ``tests/tui/test_capture.py`` holds it to what is expected of it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from lifecycle_tui.export.pictures.frame import Frame, Ink, Row, Span

_DIM: Final = 0.6
"""How much of its colour dim text keeps, where nobody has resolved it before."""

_ANSI: Final = (
    (0, 0, 0), (205, 66, 66), (0, 158, 115), (240, 185, 58),
    (0, 114, 178), (204, 121, 167), (86, 180, 233), (215, 221, 227),
)  # fmt: skip
_BRIGHT: Final = (
    (128, 128, 128), (255, 123, 71), (47, 199, 156), (240, 228, 66),
    (86, 180, 233), (230, 160, 200), (140, 210, 245), (255, 255, 255),
)  # fmt: skip
_ON_DARK: Final = TerminalTheme((18, 23, 28), (215, 221, 227), list(_ANSI), list(_BRIGHT))
_ON_PAPER: Final = TerminalTheme((255, 255, 255), (0, 0, 0), list(_ANSI), list(_BRIGHT))
"""What a terminal's own colours are in a picture."""

_PRINTED: Final = ("monochrome", "ansi-light")
"""Themes that are black on white in a picture."""


def strips_of(screen: Screen[None] | Screen[object]) -> list[Strip]:
    """Return what a screen shows, line by line."""
    return screen._compositor.render_strips()


def frame_of(app: App[int], strips: Sequence[Strip], title: str) -> Frame:
    """Return what a screen shows as a frame.

    Args:
        app: the app, for its theme.
        strips: of one of its screens.
        title: what the picture is called.
    """
    colours = _ON_PAPER if app.theme in _PRINTED else _ON_DARK
    variables = app.theme_variables
    width, height = app.size
    base = _ink(Style.parse("default on default"), colours)
    if not app.current_theme.ansi:
        base = Ink(_hex_of(variables["ink"], base.colour), _hex_of(variables["paper"], base.paper))
    rows = (_row(strip, width, colours, base) for strip in strips[:height])
    return Frame(title, width, tuple(rows), base)


def _hex_of(value: str, otherwise: str) -> str:
    return value.lower() if value.startswith("#") and len(value) == 7 else otherwise


def _row(strip: Strip, width: int, colours: TerminalTheme, base: Ink) -> Row:
    """Return a line in spans; blanks of the same paper join whatever their ink."""
    cells: list[tuple[str, Ink, int]] = []
    for text, style, _ in _texts(strip.crop(0, width)):
        ink = base if style is None else _ink(_bare(style), colours)
        for letter in text:
            taken = cell_len(letter)
            if taken == 0 and cells:
                before, before_ink, before_taken = cells[-1]
                cells[-1] = (before + letter, before_ink, before_taken)
                continue
            blank = letter == " " and not ink.underline
            cells.append((letter, Ink(base.colour, ink.paper) if blank else ink, taken))
    return tuple(_spans(cells))


def _texts(strip: Strip) -> Iterable[Segment]:
    return (segment for segment in strip if not segment.control)


def _spans(cells: Iterable[tuple[str, Ink, int]]) -> Iterable[Span]:
    """Join cells of one look; a letter that is not as wide as it is long stays alone."""
    for (ink, plain), group in groupby(cells, key=lambda cell: (cell[1], _is_plain(cell))):
        if plain:
            text = "".join(letter for letter, _, _ in group)
            yield Span(text, ink, len(text))
        else:
            for letter, _, taken in group:
                yield Span(letter, ink, taken)


def _is_plain(cell: tuple[str, Ink, int]) -> bool:
    return len(cell[0]) == cell[2]


def _bare(style: Style) -> Style:
    """Return a style without what a click on it means: few of them differ otherwise."""
    return style.clear_meta_and_links()


@lru_cache(4_096)
def _ink(style: Style, colours: TerminalTheme) -> Ink:
    colour = _hex(style.color, colours, foreground=True)
    paper = _hex(style.bgcolor, colours, foreground=False)
    if style.reverse:
        colour, paper = paper, colour
    if style.dim:
        colour = _blend(paper, colour)
    return Ink(colour, paper, bool(style.bold), bool(style.underline))


def _hex(colour: Color | None, colours: TerminalTheme, *, foreground: bool) -> str:
    chosen = Color.default() if colour is None else colour
    return chosen.get_truecolor(colours, foreground=foreground).hex.lower()


def _blend(paper: str, colour: str) -> str:
    parts = zip(bytes.fromhex(paper[1:]), bytes.fromhex(colour[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * _DIM) for a, b in parts).hex()
