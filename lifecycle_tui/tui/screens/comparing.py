"""A/B on screen: two runs one above the other, on the same columns, with locked cursors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, lane_count, view
from lifecycle_tui.tui.screens.panes import COMPARE, PANES, SHARED
from lifecycle_tui.tui.screens.timing import Timing
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.timeline import Digits, Timeline, digits_of
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.play.comparison import Comparison

_KEYS: Final = (("x", tr_later("swap"), "compare"), ("{ }", tr_later("differences"), "mark(1)"),
                ("Esc", tr_later("leave"), "follow"))  # fmt: skip
_HINT: Final = tr_later("{ } differences · x swaps · Esc leaves")
_MARK: Final = 3
"""Cells before a note."""
_TIMELINES: Final = ("#timeline", "#timeline-b")
"""Of A and of B."""


class Comparing(Timing):
    """A stage that can show a second run below the first."""

    comparison: Comparison | None = None
    spares: ClassVar[bool] = False
    """Whether rows without anything in them give their room to the lanes, also of one run alone."""
    _revealed: tuple[int, int, int] | None = None
    """Which lane was last brought into sight, and how many rows each timeline had for its lanes."""

    def __init__(self, *arguments: object, against: Session | None = None, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._against = against

    def on_mount(self) -> None:
        """Begin with a comparison, if there is something to compare with."""
        if self._against is not None:
            self.did(self.compare(stranger=self._against))

    def compare(self, name: str = "", stranger: Session | None = None) -> Note:
        """Show a branch, or another scenario, below what is shown."""
        from lifecycle_tui.play.comparison import Comparison

        if self.comparison is not None:
            self.comparison.leave()
        self.comparison = Comparison(self.session, name, stranger)
        self.comparing = True
        self.pane = COMPARE
        if self.place == "metrics":
            self.place = SHARED[0]
        self.call_later(self._show_both)
        one, other = self.comparison.names
        words = tr("A is {one}, B is {other}", one=one, other=other)
        whole = f"{words} · {tr(_HINT)}"
        return Note(whole if cell_len(whole) <= self.size.width - _MARK else words)

    async def _show_both(self) -> None:
        """Make the second timeline and the pane, the first time, and lay them out."""
        if not self.query("#timeline-b"):
            from lifecycle_tui.tui.widgets.compare import Compare

            second = Timeline(skin=self.skin, ident="timeline-b", lanes="lanes-b")
            pane = Pane(tr("Compare"), Compare(skin=self.skin), skin=self.skin, ident=COMPARE)
            await self.mount(second, after="#timeline")
            await self.mount(pane, before="#inspect")
        self._dress(comparing=True)
        self.show_pane()
        self.call_after_refresh(self.publish)

    def stop_comparing(self) -> None:
        """Show one run again."""
        if self.comparison is None:
            return
        self.comparison.leave()
        self.comparison = None
        self.comparing = False
        if self.pane == COMPARE:
            self.pane = PANES[0]
        self._dress(comparing=False)
        self.show_pane()
        self.call_after_refresh(self.publish)

    def _dress(self, *, comparing: bool) -> None:
        """Let the first timeline share the ruler of the second, or have its own."""
        first = self.query_one("#timeline", Timeline)
        first.spare = comparing or self.spares
        first.ruler.display = not comparing
        for timeline in self.query(Timeline):
            timeline.set_class(comparing, "-compared")
        first.name_shown, first.digits = (), Digits()
        if comparing:
            self.query_one("#timeline-b", Timeline).spare = True

    def publish(self) -> None:
        """Show the second run too."""
        compared = self.comparison
        if compared is not None:
            if compared.is_there:
                compared.keep_up()
                self._name_both(compared)
            else:
                self.stop_comparing()
        super().publish()
        # A frame may come while they are being made.
        if self.comparison is not None and self.query("Compare"):
            self._publish_rival(self.comparison)

    def _name_both(self, compared: Comparison) -> None:
        # Names of one width let both overviews begin and end in the same columns.
        width = max(map(cell_len, compared.names))
        sessions = (self.session, compared.rival)
        for ident, letter, name, session in zip(
            _TIMELINES, "AB", compared.names, sessions, strict=True
        ):
            for timeline in self.query(ident).results(Timeline):
                timeline.functions = tuple(each.name for each in session.base.functions)
                timeline.name_shown = (
                    Run(f"{letter} ", "accent"),
                    Run(name, "strong"),
                    Run(" " * (width - cell_len(name))),
                )

    def _publish_rival(self, compared: Comparison) -> None:
        second = self.query_one("#timeline-b", Timeline)
        self._reveal_in_both(compared)
        lanes = second.lanes
        size = Size(lanes.axis_width, lanes.scroll_offset.y, lanes.size.height + 1)
        rival = compared.rival
        camera = self.camera
        if camera.selected >= lane_count(rival):
            camera = replace(camera, selected=-1)
        origin_us = camera.origin_us
        if origin_us is None:
            origin_us = self.session.played.origin_us(self.session.at_us)
        camera = replace(camera, record=None, origin_us=origin_us)
        second.view = view(rival, camera, size, explained=False)
        self._line_up(second)
        if COMPARE in self.visible_panes:
            from lifecycle_tui.tui.widgets.compare import Compare

            pane = self.query_one(f"#{COMPARE}", Pane)
            self.query_one(Compare).show_both(compared.shown())
            runs: list[Run] = []
            for key, words, action in _KEYS:
                press = (("action", action),)
                runs += (Run(f"{key} ", "key", press), Run(f"{tr(words)}  ", "dim", press))
            *keys, last = runs
            right: Line = (*keys, last._replace(text=last.text.rstrip()))
            pane.caption((Run(tr("Compare"), "strong"),), right)

    def _line_up(self, second: Timeline) -> None:
        """Let the numbers of both headings, and with them the overviews, have the same columns."""
        first = self.query_one("#timeline", Timeline)
        digits = digits_of(each.view for each in (first, second) if each.view is not None)
        first.digits = second.digits = digits

    def _reveal_in_both(self, compared: Comparison) -> None:
        """Bring the selected lane into sight in both runs, once for each choice and size."""
        chosen = self.camera.selected
        both = tuple(self.query_one(ident, Timeline).lanes for ident in _TIMELINES)
        now = (chosen, both[0].size.height, both[1].size.height)
        if chosen < 0 or now == self._revealed:
            return
        if self._revealed is None or now[1:] != self._revealed[1:]:
            # Rows of sources and changes take theirs from the lanes after this frame only.
            self.call_after_refresh(self.publish)
        self._revealed = now
        for lanes, session in zip(both, (self.session, compared.rival), strict=True):
            if chosen < (count := lane_count(session)):
                lanes.reveal(chosen, count)

    def action_compare(self) -> None:
        """Compare with another run; while comparing, let the other one be acted upon."""
        compared = self.comparison
        if compared is not None:
            self.session = compared.swap()
            for timeline in self.query(Timeline):
                # Of two stories at the same moment both bars are equal, but for what they are of.
                timeline.heading.overview = None
            one, other = compared.names
            self.did(Note(tr("A is {one} now, B is {other}", one=one, other=other)))
            return
        from lifecycle_tui.play.comparison import likely_rival

        rival = likely_rival(self.session)
        if rival:
            self.did(self.compare(rival))
            return
        from lifecycle_tui.tui.screens.rivals import RivalMenu

        def chosen(name: str | None) -> None:
            if name:
                self.did(self.compare(name))

        self.app.push_screen(RivalMenu(self.session), chosen)

    def action_mark(self, direction: int) -> None:
        """Go to the next or previous difference; without a comparison, to a bookmark."""
        if self.comparison is None:
            super().action_mark(direction)
        else:
            self.did(self.comparison.jump(direction))
