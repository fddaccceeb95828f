"""A list of lines of which one is chosen: by arrows and Enter, by a key, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.tui.widgets.painted import Line, Painted, Run

_PLACE = "pick"


class PickList(Painted, can_focus=True):
    """Lines to choose from."""

    DEFAULT_CSS: ClassVar[str] = "PickList { overflow-y: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "move(-10)", "page up", show=False),
        Binding("pagedown", "move(10)", "page down", show=False),
        Binding("home", "move(-100000)", "first", show=False),
        Binding("end", "move(100000)", "last", show=False),
        Binding("enter", "pick", "choose", show=False),
    ]

    chosen: reactive[int] = reactive(0, repaint=False)
    """Which line is pointed at."""

    @dataclass
    class Picked(Message):
        """A line was chosen."""

        picks: PickList
        place: int

        @property
        def control(self) -> PickList:
            """The widget."""
            return self.picks

    def __init__(self, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._rows: tuple[Line, ...] = ()
        self._tail: tuple[Line, ...] = ()

    def show(self, rows: Sequence[Line], tail: Sequence[Line] = ()) -> None:
        """Show lines to choose from, and others below them that are only read."""
        self._rows, self._tail = tuple(rows), tuple(tail)
        if self.chosen >= len(self._rows):
            self.set_reactive(PickList.chosen, max(len(self._rows) - 1, 0))
        self._lay_out()

    def watch_chosen(self) -> None:
        """Point at another line, and let it be seen."""
        self._lay_out()
        top, height = self.scroll_offset.y, self.size.height
        if self.chosen < top:
            self.scroll_to(y=self.chosen, animate=False)
        elif height and self.chosen >= top + height:
            self.scroll_to(y=self.chosen - height + 1, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the pointer."""
        place = event.style.meta.get(_PLACE)
        if place is not None:
            self.chosen = int(place)
            self.action_pick()

    def action_move(self, direction: int) -> None:
        """Point at another line."""
        self.chosen = min(max(self.chosen + direction, 0), max(len(self._rows) - 1, 0))

    def action_pick(self) -> None:
        """Choose the line that is pointed at."""
        if self._rows:
            self.post_message(self.Picked(self, self.chosen))

    def _lay_out(self) -> None:
        lines: list[Line] = []
        for place, row in enumerate(self._rows):
            meta = ((_PLACE, place),)
            here = place == self.chosen
            lead = Run("> " if here else "  ", "accent", meta)
            body = (run._replace(meta=meta) for run in row)
            lines.append((lead, *body))
        self.lines = (*lines, *((Run("  "), *row) for row in self._tail))
