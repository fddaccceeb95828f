"""A walkthrough on the main screen: its caption, its steps, and leaving the way for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from lifecycle_tui.language.running import record_of
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.view import lane_count
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.screens.panes import PANES
from lifecycle_tui.tui.screens.way import WayScreen, first_look
from lifecycle_tui.tui.walking.caption import heading, said
from lifecycle_tui.tui.widgets.lanes import Lanes
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.timeline import Timeline
from lifecycle_tui.walkthroughs.walk import Walk

CAPTION: Final = "caption"


class WalkScreen(WayScreen[Walk]):
    """A session on screen, and a walkthrough that is played on it.

    Args:
        walk: the walkthrough, and where one is in it.
        left: hears at which step one is, and says what is wrong with keeping that.
        arguments: of the main screen, without its session.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(actions.walking_bindings())
    offers: ClassVar[tuple[actions.Action, ...]] = (*actions.WALKING, *actions.ACTIONS)
    goes: ClassVar[frozenset[str]] = frozenset(action.call for action in actions.WALKING)

    def __init__(
        self, walk: Walk, *, left: Callable[[int], str] = lambda _: "", **arguments: Any
    ) -> None:
        super().__init__(walk, **arguments)
        self.walk = walk
        self._left = left
        self._trouble = ""
        self._staged: tuple[int, bool] | None = None
        """The step whose pane is shown, and whether its commands had been carried out."""
        self._shown_step: object = None
        """Where the lane that is looked at first was last brought into sight."""
        self.set_classes(self.wanted_classes)

    def compose(self) -> ComposeResult:
        """Put the caption above the last two lines."""
        for widget in super().compose():
            if widget.id == "note":
                yield Pane("", Pressable(skin=self.skin), skin=self.skin, ident=CAPTION)
            yield widget

    def on_mount(self) -> None:
        """Show the first step."""
        self._arrive()

    # What is shown.

    @property
    def wanted_classes(self) -> str:
        """The layout has a place for the caption."""
        return f"{super().wanted_classes} -walk"

    def publish(self) -> None:
        """Show what the step has to show, and its caption too."""
        if self.session is not self.walk.session:
            self._change_session()
        scene = self.walk.at, self.walk.is_watched
        if self._staged not in (None, scene) and not self.walk.is_interrupted:
            self._set_scene()
        self._reveal()
        super().publish()
        if self.is_mounted and self.tier is not Tier.TINY:
            self._publish_caption()

    def _reveal(self) -> None:
        """Let the lane that is looked at first be in sight, whatever room there is for lanes."""
        if not self.is_mounted or self.tier is Tier.TINY or self.camera.selected < 0:
            return
        lanes = self.query_one("#lanes", Lanes)
        key = self._staged, lanes.size.height, self.session
        if key != self._shown_step:
            self._shown_step = key
            lanes.reveal(0, 0)
            lanes.reveal(self.camera.selected, lane_count(self.session))

    def _publish_caption(self) -> None:
        pane = self.query_one(f"#{CAPTION}", Pane)
        assert isinstance(pane.body, Pressable)
        pane.caption(*heading(self.walk, self.size.width))
        pane.body.lines = said(self.walk, max(pane.body.content_size.width, 10))

    def _change_session(self) -> None:
        """Show the walk's own story, or the copy of it that is played with."""
        compared = self.comparison.name if self.comparison is not None else ""
        self.stop_comparing()
        self.session = self.walk.session
        self.camera, self.shown = first_look(self.session), None
        if compared and self.walk.is_interrupted:
            self.compare(compared)

    def _set_scene(self) -> None:
        """Show the step's pane, from where one looks first; at its end, what it compares with."""
        walk = self.walk
        arrived = self._staged is None or self._staged[0] != walk.at
        self._staged = walk.at, walk.is_watched
        step, compared = walk.step, walk.step.compare
        if self.comparison is not None:
            self.stop_comparing()
        if not walk.is_watched or arrived:
            self.camera, self.shown = first_look(self.session), None
            self._show_pane(step.pane)
            # How much room there is for what is shown is known from then on only.
            self.call_after_refresh(self.publish)
        if walk.is_watched:
            return
        for timeline in self.query(Timeline):
            # Once there, the row stays: what is seen would depend on the way.
            timeline.senders.display = False
        if step.event is not None:
            record, at_us = record_of(self.session, step.event), self.session.at_us
            self.camera = replace(self.camera, record=record, asked_us=at_us)
        if compared is not None:
            self.compare(compared.name)

    def _show_pane(self, name: str) -> None:
        if name != PANES[0]:
            self.action_pane(name)
            return
        self.pane = name
        self.place = "why"
        self.show_pane()
        self.query_one("#lanes", Lanes).focus()

    def _arrive(self) -> None:
        """Show where the walk has come to, and keep the place."""
        self._staged = None
        if self.session is not self.walk.session:
            self._change_session()
        self._set_scene()
        trouble = self._left(self.walk.at)
        told = Note(trouble, refused=True) if trouble and trouble != self._trouble else None
        self._trouble = trouble
        self.did(told)

    def footer(self, width: int) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of a walkthrough."""
        return actions.walk_footer(width, interrupted=self.walk.is_interrupted)

    # Going.

    def action_walk_next(self) -> None:
        """Go on."""
        self._go(self.walk.forward)

    def action_walk_back(self) -> None:
        """Go back."""
        self._go(self.walk.back)

    def _go(self, way: Callable[[], Note | None]) -> None:
        self.carry_out()
        told = way()
        if told is None and self.held:
            told = self.walk.finish()
        if told is not None and told.refused:
            self.did(told)
            return
        self._arrive()
        if told is not None:
            self.did(told)

    def action_walk_interrupt(self) -> None:
        """Play freely; where one does already, Esc is what it is everywhere."""
        if self.walk.is_interrupted:
            self.action_follow()
        else:
            self.interrupt()
