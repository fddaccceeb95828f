"""Timing: how keys and the mouse move the cursor along the time axis, and how that is drawn."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.play import moves
from lifecycle_tui.play.questions import ask_refusal
from lifecycle_tui.play.session import Note
from lifecycle_tui.tui.screens.stage import Stage
from lifecycle_tui.tui.widgets.lanes import AxisRow, Lanes
from lifecycle_tui.tui.widgets.overview import OverviewBar, OverviewHeading
from lifecycle_tui.tui.widgets.ruler import Ruler
from lifecycle_tui.tui.widgets.scrubbing import Scrubbing
from lifecycle_tui.tui.widgets.timeline import Timeline
from lifecycle_tui.units.translation import tr, tr_later

UNSEEN: Final = tr_later("nothing has been seen beyond this moment · Space lets time pass")


class Timing(Stage):
    """A session on screen, with everything that is done to its time axis."""

    def action_scrub(self, cells: int) -> None:
        """Move the cursor by cells of the time axis."""
        moves.scrub(self.session, self.camera, cells)
        self.did(None)

    def action_zoom(self, direction: int) -> None:
        """Look closer or wider."""
        width = self.query_one("#lanes", Lanes).axis_width
        self.camera = moves.zoom(self.session, self.camera, direction, width)
        self.did(None)

    def action_next_axis(self) -> None:
        """Draw time in the next of the three ways."""
        width = self.query_one("#lanes", Lanes).axis_width
        self.camera, note = moves.next_axis(self.session, self.camera, width)
        self.did(note)

    def action_bookmark(self) -> None:
        """Set a bookmark at the cursor, or take it away."""
        self.did(moves.toggle_bookmark(self.session))

    def action_mark(self, direction: int) -> None:
        """Go to the next or previous bookmark."""
        self.did(moves.to_bookmark(self.session, direction))

    # What widgets say.

    def on_axis_row_sought(self, message: AxisRow.Sought) -> None:
        """Go to a time."""
        labelled = message.at_us >= 0
        if labelled:
            self._go_to(message.at_us)
        else:
            self._go_to(moves.time_at_column(self.session, self.camera, message.column))
        if labelled and message.row is self.query_one("#timeline", Timeline).refused:
            self.camera = ask_refusal(self.session, self.camera, message.at_us)
            self.did(self.note)

    def on_scrubbing_scrubbed(self, message: Scrubbing.Scrubbed) -> None:
        """Follow the pointer: on the ruler through the window, on the overview through the run."""
        row = message.row
        if isinstance(row, Ruler):
            self._go_to(moves.time_at_column(self.session, self.camera, message.column))
        elif isinstance(row, OverviewBar | OverviewHeading) and row.overview is not None:
            self.session.player.pause()
            self.session.player.seek(row.overview.time_at(message.column, message.cells))
            self.did(None)

    def _go_to(self, at_us: int) -> None:
        """Go to a time of the window; what lies beyond the live edge has not been seen."""
        beyond = at_us > self.session.player.edge_us
        self.camera = moves.seek_held(self.session, self.camera, at_us)
        self.did(Note(tr(UNSEEN)) if beyond else None)

    def on_timeline_zoomed(self, message: Timeline.Zoomed) -> None:
        """Look closer or wider."""
        self.action_zoom(message.direction)
