"""The timeline: heading, events, lanes, refused events and ruler on one axis, and the overview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.play.view import View
from lifecycle_tui.tui.skin import WORDS, Skin
from lifecycle_tui.tui.widgets.functions import legend
from lifecycle_tui.tui.widgets.lanes import AxisRow, Lanes, LaneSlice
from lifecycle_tui.tui.widgets.overview import OverviewBar, OverviewHeading
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.prose import padded
from lifecycle_tui.tui.widgets.ruler import Ruler
from lifecycle_tui.units.translation import tr, tr_later

_FRAME = 10
"""Cells of a heading that are its rule, at least."""
MOST_SOURCES: Final = 6
"""Rows of sources at most."""
LANES_SHARE: Final = 3
"""Sources take at most one row in so many."""
_ALWAYS: Final = 3
"""Rows that are always there: heading, events and ruler."""
_FEWEST_LANES: Final = 2
"""Lanes for which sources leave room where room is spared."""
NAME_WIDTH: Final = 7
HINT = tr_later("No environment exists yet.  i sends an event.")


def _short(count: int) -> str:
    """Return a number in three cells at most: the head of a row has no room for more.

    >>> _short(999), _short(2_000), _short(99_999), _short(340_000), _short(7_000_000)
    ('999', '2k', '99k', '.3M', '7M')
    """
    if count < 1_000:
        return str(count)
    if count < 100_000:
        return f"{count // 1_000}k"
    return f".{count // 100_000}M" if count < 1_000_000 else f"{count // 1_000_000}M"


class Digits(NamedTuple):
    """How many digits the numbers of a heading have, at least."""

    alive: int = 0
    starts: tuple[int, ...] = ()
    """By start word."""


def digits_of(views: Iterable[View]) -> Digits:
    """Return the digits with which the headings of views have their numbers in the same columns."""
    alive = 0
    starts: tuple[int, ...] = ()
    for view in views:
        if view.lane_count:
            alive = max(alive, len(str(view.counters.environments)))
        counts = tuple(len(str(count)) for _, count in view.starts)
        starts = tuple(map(max, starts, counts)) if starts else counts
    return Digits(alive, starts)


def alive_words(view: View, digits: int) -> str:
    """Say how many environments there are; as many blanks before there is any."""
    count = view.counters.environments
    words = f" {tr('{count} alive', count=f'{count:>{digits}}')}"
    return words if view.lane_count else " " * cell_len(words) if digits else ""


def start_counts(starts: tuple[tuple[str, int], ...], digits: tuple[int, ...] = ()) -> Line:
    """Return the start words with their numbers.

    Args:
        starts: how often each word came.
        digits: how many digits each number has, at least.
    """
    runs: list[Run] = []
    for (word, count), least in zip(starts, digits or repeat(0), strict=False):
        runs += (
            Run("  " if runs else "", "dim"),
            Run(word, WORDS[word] if count else "dim"),
            Run(f" {count:>{least}}", "strong" if count else "dim"),
        )
    return tuple(run for run in runs if run.text)


class Timeline(Vertical):
    """Everything that hangs on the time axis."""

    DEFAULT_CSS: ClassVar[str] = "Timeline { background: $paper; }"

    view: reactive[View | None] = reactive(None, repaint=False)
    """What is shown."""
    name_shown: reactive[Line] = reactive((), repaint=False)
    """What stands in the heading instead of "Environments"."""
    spare: reactive[bool] = reactive(default=False, repaint=False)
    """Whether rows without anything in them give their room to the lanes."""

    digits: reactive[Digits] = reactive(Digits(), repaint=False)
    """The least digits of the heading's numbers, so that they stand below those of another."""

    @dataclass
    class Zoomed(Message):
        """The wheel was turned with Shift or Ctrl: look closer (+1) or wider (-1)."""

        direction: int

    def __init__(
        self, *, skin: Skin, ident: str, functions: tuple[str, ...] = (), lanes: str = "lanes"
    ) -> None:
        super().__init__(id=ident)
        self.functions = functions
        """Names of the functions, for the letters beside the lanes."""
        """Names of the functions, for the letters beside the lanes."""
        self.heading = OverviewHeading(skin=skin)
        self.heading.left = (Run(tr("Environments"), "strong"),)
        self.arrivals = AxisRow(tr("event"), skin=skin)
        self.lanes = Lanes(skin=skin, ident=lanes)
        self.senders = AxisRow(tr("from"), skin=skin)
        self.senders.display = False
        self.changes = AxisRow(tr("change"), skin=skin)
        self.changes.display = False
        self.sources = tuple(AxisRow("", skin=skin) for _ in range(MOST_SOURCES))
        for row in self.sources:
            row.display = False
        self.refused = AxisRow("429", skin=skin)
        self.ruler = Ruler(skin=skin)
        self.overview = OverviewBar(skin=skin)

    def compose(self) -> ComposeResult:
        """Stack the rows."""
        yield self.heading
        yield self.arrivals
        yield self.senders
        yield self.changes
        yield from self.sources
        yield self.lanes
        yield self.refused
        yield self.ruler
        yield self.overview

    def watch_name_shown(self) -> None:
        """Hand each row its part again: the view may stay the same."""
        self.watch_view(self.view)

    def watch_digits(self) -> None:
        """Lay the heading out again."""
        self.watch_view(self.view)

    def watch_spare(self) -> None:
        """Hand each row its part again."""
        self.watch_view(self.view)

    def watch_view(self, view: View | None) -> None:
        """Hand each row its part."""
        if view is None:
            return
        self.heading.right = start_counts(view.starts, self.digits.starts)
        alive = Run(alive_words(view, self.digits.alive), "dim")
        left: Line = (*(self.name_shown or (Run(tr("Environments"), "strong"),)), alive)
        several = view.function_count > 1
        if several:
            room = self.size.width - width_of(left) - width_of(self.heading.right) - _FRAME
            left += legend(self.functions, room)
        self.heading.left = left
        self.senders.display = bool(view.senders) or self.senders.display
        self.changes.display = view.has_changes
        self.refused.display = bool(view.refused) or not self.spare
        self._show_sources(view)
        for row, labels in (
            (self.arrivals, view.events),
            (self.senders, view.senders),
            (self.changes, view.changes),
            (self.refused, view.refused),
            (self.ruler, view.ruler),
        ):
            row.labels = labels
            row.playhead = view.playhead
        self.ruler.mode = view.mode
        has_row = self.overview.display
        self.overview.overview = view.overview if has_row else None
        self.heading.overview = None if has_row else view.overview
        self.lanes.slice = LaneSlice(
            view.first_lane,
            view.lanes,
            view.lane_count,
            view.playhead,
            "" if view.at_us else tr(HINT),
            several,
        )

    def _show_sources(self, view: View) -> None:
        """Give each source that was used a row, as long as most of the height is the lanes'."""
        room = min(max(self.size.height // LANES_SHARE, 2), MOST_SOURCES)
        if self.spare:
            others = (self.senders, self.changes, self.refused, self.overview)
            taken = _ALWAYS + sum(row.display for row in others)
            room = max(min(room, self.size.height - taken - _FEWEST_LANES), 1)
        shown = view.sources
        more = len(shown) - room
        for place, row in enumerate(self.sources):
            row.display = place < min(len(shown), room)
            if not row.display:
                continue
            row.playhead = view.playhead
            source = shown[place]
            if more > 0 and place == room - 1:
                row.head, row.labels = tr("{more} more", more=more + 1), ()
                continue
            waiting = f"{_short(source.waiting):>3}" if source.waiting else ""
            row.head = f"{padded(source.name, NAME_WIDTH)}{waiting}"
            row.labels = source.labels

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look closer."""
        self._zoom(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look wider."""
        self._zoom(event, -1)

    def _zoom(self, event: events.MouseEvent, direction: int) -> None:
        # The lanes have no horizontal scroll that Shift or Ctrl could mean.
        if event.shift or event.ctrl:
            event.stop()
            self.post_message(self.Zoomed(direction))

    def on_descendant_focus(self) -> None:
        """Light the heading."""
        self.heading.lit = True

    def on_descendant_blur(self) -> None:
        """Dim the heading."""
        self.heading.lit = False
