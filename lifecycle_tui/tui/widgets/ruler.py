"""The ruler: the row of the time axis that says which time is where; a drag on it scrubs."""

from __future__ import annotations

from textual import events

from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.tui.widgets.lanes import GUTTER, HEAD_WIDTH, AxisRow
from lifecycle_tui.tui.widgets.scrubbing import Scrubbing
from lifecycle_tui.units.translation import tr


class Ruler(AxisRow, Scrubbing):
    """Times below the lanes; its head says how time is drawn."""

    def __init__(self, **arguments: object) -> None:
        super().__init__("", foot=True, **arguments)
        self.mode = AxisMode.EVENT

    @property
    def stretch(self) -> range:
        """The columns of the lanes."""
        return range(HEAD_WIDTH, self.size.width - GUTTER)

    def on_click(self, event: events.Click) -> None:
        """Where the pointer was held and moved, that was no click."""
        if self.dragged:
            event.prevent_default()

    @property
    def mode(self) -> AxisMode:
        """How time is drawn."""
        return self._mode

    @mode.setter
    def mode(self, mode: AxisMode) -> None:
        self._mode = mode
        self.head = tr("time {mode}", mode=mode)
