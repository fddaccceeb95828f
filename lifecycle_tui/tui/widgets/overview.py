"""The overview bar: the whole run in one row, a click or a drag on which goes there.

Where the layout has no row for it, it takes the place of the rule in the lanes' heading.
"""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar, Final

from textual import events
from textual.reactive import reactive

from lifecycle_tui.play.overview import (
    BUSY,
    BUSY_SEEN,
    CURSOR,
    EDGE,
    IDLE,
    IDLE_SEEN,
    MARK,
    UNSEEN,
    Overview,
)
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.heading import Heading
from lifecycle_tui.tui.widgets.lanes import GUTTER, HEAD_WIDTH
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.prose import padded
from lifecycle_tui.tui.widgets.scrubbing import Scrubbing
from lifecycle_tui.units.translation import tr_as, tr_later

SIGNS: Final = {
    UNSEEN: (" ", "plain"),
    IDLE: ("─", "faint"),
    BUSY: ("━", "dim"),
    IDLE_SEEN: ("▁", "in-window"),
    BUSY_SEEN: ("▄", "in-window"),
    EDGE: ("│", "strong"),
    MARK: ("b", "bookmark"),
    CURSOR: ("▲", "accent"),
}
"""By sign: its glyph, and its look. In the ASCII skin a sign is its own glyph."""

WORDS: Final = {
    BUSY_SEEN: tr_later("something happens, in the window of the lanes"),
    BUSY: tr_later("something happens, outside it"),
    IDLE_SEEN: tr_later("idle, in it"),
    IDLE: tr_later("idle, outside it"),
    CURSOR: tr_later("the moment that is shown"),
    EDGE: tr_later("the live edge: nothing has been seen beyond it"),
    MARK: tr_later("a bookmark"),
}
"""By sign: what the help says of it."""
LEAST: Final = 8
"""Cells below which a bar says too little."""
_RULE: Final = 3
"""Cells of a heading's rule that stay beside the bar: one before it, two at the end."""


def bar(overview: Overview, cells: int, skin: Skin) -> Line:
    """Return an overview in so many cells."""
    return tuple(
        Run(glyph * len(list(same)), look)
        for (glyph, look), same in groupby(
            (sign, SIGNS[sign][1]) if skin.ascii_only else SIGNS[sign]
            for sign in overview.signs(cells)
        )
    )


class OverviewBar(Scrubbing):
    """The overview in a row of its own, on the columns of the lanes."""

    DEFAULT_CSS: ClassVar[str] = "OverviewBar { height: 1; }"

    overview: reactive[Overview | None] = reactive(None, repaint=False)
    """What is shown."""

    @property
    def stretch(self) -> range:
        """All cells between the brackets."""
        return range(HEAD_WIDTH, self.size.width - GUTTER)

    def watch_overview(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        if not self.dragged and event.x in self.stretch:
            self.say_column(event.x)

    def _lay_out(self) -> None:
        if self.overview is not None:
            cells = bar(self.overview, len(self.stretch), self.skin)
            head = Run(f" {padded(tr_as('overview', 'view'), HEAD_WIDTH - 2)}[", "dim")
            self.lines = ((head, *cells, Run("]", "dim")),)


class OverviewHeading(Heading, Scrubbing):
    """A heading whose rule is the overview, where there is room for it and it has no row."""

    overview: reactive[Overview | None] = reactive(None, repaint=False)
    """What is shown; None where the overview has a row of its own."""

    def __init__(self, **arguments: object) -> None:
        super().__init__(**arguments)
        self._stretch = range(0)

    @property
    def stretch(self) -> range:
        """All cells between the brackets."""
        return self._stretch

    def watch_overview(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        if not self.dragged and event.x in self.stretch:
            self.say_column(event.x)

    def between(self, before: Line, room: int, look: str) -> Line:
        """Return the bar between its brackets instead of the rule."""
        cells = room - _RULE
        if self.overview is None or cells < LEAST:
            self._stretch = range(0)
            return super().between(before, room, look)
        start = width_of(before) + 2
        self._stretch = range(start, start + cells)
        ends = (Run(f"{self.skin.rule}[", look), Run("]", look))
        return (ends[0], *bar(self.overview, cells, self.skin), ends[1])
