"""The base of all widgets: lines of literal text with named looks, drawn by the line API.

Nothing is ever parsed as markup, control characters never reach the terminal, and only lines that
changed are painted again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.selection import Selection
from textual.strip import Strip

from lifecycle_tui.tui.looks import rich_style
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.units.text import clean


class Run(NamedTuple):
    """Text with one look; ``meta`` is what a click on it means, as pairs of name and number."""

    text: str
    look: str = "plain"
    meta: tuple[tuple[str, int | str], ...] = ()


Line = tuple[Run, ...]
"""One line of a widget."""

_LONGEST: Final = 500
_KEPT_STRIPS: Final = 4_096
_KEPT_STYLES: Final = 4_096

_Meta = tuple[tuple[str, int | str], ...]


@lru_cache(_KEPT_STYLES)
def _with_meta(style: Style, meta: _Meta) -> Style:
    """Return a style that says what a click means. Making one costs more than drawing it."""
    return style + Style.from_meta(dict(meta))


@lru_cache(_KEPT_STYLES)
def _blank(style: Style, meta: _Meta) -> Style:
    """Return the style of the blanks before a text: its background, and what a click means."""
    return Style(bgcolor=style.bgcolor, meta=dict(meta) or None)


class PlainBar(ScrollBarRender):
    """A scroll bar without block elements."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


class Painted(ScrollView, can_focus=False, inherit_bindings=False):
    """Lines of runs, one look a run."""

    DEFAULT_CSS: ClassVar[str] = """
    Painted {
        background: $paper; color: $ink; overflow: hidden hidden;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
    }
    """

    lines: reactive[tuple[Line, ...]] = reactive((), repaint=False)
    """What is shown; compared line by line when it changes."""

    def __init__(self, *, skin: Skin | None = None, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self.skin = skin or Skin()
        self._styles: dict[str, Style] = {}
        self._strips: dict[tuple[Line, int, int], Strip] = {}

    def on_mount(self) -> None:
        """Draw the scroll bar in letters that the skin may use."""
        if self.skin.ascii_only:
            self.vertical_scrollbar.renderer = PlainBar  # type: ignore[misc]

    def watch_lines(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        """Paint the lines that changed."""
        if len(old) != len(new):
            self.virtual_size = Size(self.size.width, len(new))
        top, height = self.scroll_offset.y, self.size.height
        for y in range(top, min(top + height, max(len(old), len(new)))):
            before = old[y] if y < len(old) else ()
            after = new[y] if y < len(new) else ()
            if before != after:
                self.refresh(Region(0, y - top, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old style."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def line(self, y: int) -> Line:
        """Return the line at a content row; the base takes it from ``lines``."""
        return self.lines[y] if y < len(self.lines) else ()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        content_y = y + self.scroll_offset.y
        line, width = self.line(content_y), self.size.width
        key = (line, width, content_y)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            strip = self.paint(line, width).apply_offsets(0, content_y)
            self._strips[key] = strip
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(content_y)) is not None:
            return self._marked(strip, *span)
        return strip

    def paint(self, line: Line, width: int) -> Strip:
        """Turn runs into a strip of exactly this many cells."""
        segments: list[Segment] = []
        used = 0
        for text, look, meta in line:
            if not text.isprintable():
                text = clean(text, _LONGEST)
            if self.skin.ascii_only and not text.isascii():
                text = self.skin.text(text)
            cells = cell_len(text)
            if used + cells > width:
                text = set_cell_size(text, width - used)
                cells = width - used
            style = self.look(look)
            if meta:
                style = _with_meta(style, meta)
            body = text.lstrip(" ")
            if body and len(body) < len(text):
                segments.append(Segment(text[: -len(body)], _blank(style, meta)))
                text = body
            segments.append(Segment(text, style))
            used += cells
            if used >= width:
                break
        return Strip(segments, used).adjust_cell_length(width, self.look("plain"))

    def look(self, name: str) -> Style:
        """Return the style of a look, on the widget's background unless it has its own."""
        style = self._styles.get(name)
        if style is None:
            variables = self.app.theme_variables
            style = self._styles[name] = self.rich_style + rich_style(name, variables)
        return style

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text."""
        rows = range(max(int(self.virtual_size.height), len(self.lines)))
        text = "\n".join("".join(run.text for run in self.line(y)) for y in rows)
        return selection.extract(text), "\n"

    def _marked(self, strip: Strip, start: int, end: int) -> Strip:
        end = strip.cell_length if end == -1 else end
        chosen = self.screen.get_component_rich_style("screen--selection")
        before, inside, after = (
            strip.crop(0, start), strip.crop(start, end), strip.crop(end, strip.cell_length),
        )  # fmt: skip
        return Strip.join([before, inside.apply_style(chosen), after])


def text_of(lines: Iterable[Line]) -> str:
    """Return lines as plain text, for tests and exports."""
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)


def width_of(line: Iterable[Run]) -> int:
    """Return the cells that a line takes."""
    return sum(cell_len(run.text) for run in line)
