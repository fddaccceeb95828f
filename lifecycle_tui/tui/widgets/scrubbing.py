"""Rows on which the mouse scrubs: while its button is held, the cursor goes where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.message import Message

from lifecycle_tui.tui.widgets.painted import Painted

_LEFT_BUTTON: Final = 1


class Scrubbing(Painted):
    """A row, a stretch of which stands for time."""

    ALLOW_SELECT: ClassVar[bool] = False
    """A drag moves the cursor: it selects no text."""

    @dataclass
    class Scrubbed(Message):
        """The pointer is held over a cell of the stretch; it may have left the row meanwhile."""

        row: Scrubbing
        column: int
        cells: int
        """How many cells the stretch has."""

        def can_replace(self, message: Message) -> bool:
            """The newest is enough."""
            return isinstance(message, Scrubbing.Scrubbed) and message.row is self.row

        @property
        def control(self) -> Scrubbing:
            """The widget."""
            return self.row

    def __init__(self, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._held: int | None = None
        """The column over which the button is held."""
        self.dragged = False
        """Whether the pointer has moved since the button went down: then it is no click."""

    @property
    def stretch(self) -> range:
        """The cells of the row that stand for time; empty where there are none."""
        return range(self.size.width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the pointer."""
        self.dragged = False
        if event.button == _LEFT_BUTTON and event.x in self.stretch:
            self._held = event.x
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow it while it is held."""
        if self._held is None or event.x == self._held:
            return
        self._held, self.dragged = event.x, True
        self.say_column(event.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go, and say so: what waits for the pointer to rest can begin."""
        if self._held is not None:
            self._held = None
            self.release_mouse()
            if self.dragged:
                self.say_column(event.x)

    def on_mouse_release(self) -> None:
        """Somebody else took it."""
        self._held = None

    def say_column(self, x: int) -> None:
        """Say over which cell of the stretch the pointer is, or the one nearest to it."""
        cells = self.stretch
        if cells:
            column = min(max(x, cells.start), cells.stop - 1) - cells.start
            self.post_message(Scrubbing.Scrubbed(self, column, len(cells)))
