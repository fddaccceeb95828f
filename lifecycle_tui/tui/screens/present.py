"""A lesson presented to a room: one slide at a time, its lanes live below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.telling import EVERY_S, Teller, report_of
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.presenting import keys
from lifecycle_tui.tui.presenting.page import page_of, tallest
from lifecycle_tui.tui.screens.asking import ANSWER_ACTIONS
from lifecycle_tui.tui.screens.way import WayScreen, first_look
from lifecycle_tui.tui.widgets.bars import TextLine
from lifecycle_tui.tui.widgets.painted import Painted, Run, width_of
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.timeline import Timeline

SLIDE: Final = "slide"
"""What is shown instead of a pane."""
_LINES: Final = 2
"""Rows below slide and lanes."""
_FILLED: Final = 0.84
"""The share of the axis that a scene takes; the playhead stays in sight beyond it."""
_HANDS: Final = "Enter ends the count of hands, Esc drops it"
_WHILE_COUNTING: Final = frozenset(
    {"slide_go", "slide_reveal", "slide_blank", "slide_keys", "help", "quit", "interrupt"}
)
_NO_COMPARING: Final = "comparisons are for the sandbox; here one run is shown"


class SlideText(Painted):
    """The lines of a slide."""


class PresentScreen(WayScreen[Presentation]):
    """A session on screen as large as can be, and a deck that is presented with it.

    Args:
        show: the presentation.
        teller: tells the terminal with the notes; None: nobody is told.
        now_s: the time of day in seconds.
        arguments: of the main screen, without its session.
    """

    CSS_PATH: ClassVar[str] = "present.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(keys.bindings())
    offers: ClassVar[tuple[actions.Action, ...]] = (*keys.PRESENTING, *actions.ACTIONS)
    goes: ClassVar[frozenset[str]] = frozenset(
        action.call.partition("(")[0] for action in (*keys.PRESENTING, *keys.VOTING)
    )

    def __init__(
        self,
        show: Presentation,
        *,
        teller: Teller | None = None,
        now_s: Callable[[], float] = lambda: 0.0,
        **arguments: Any,
    ) -> None:
        super().__init__(show, **arguments)
        self._teller = teller
        self._now_s = now_s
        self._trouble = ""
        """What was said last of the other terminal."""
        self._started_s: float | None = None
        self._looked_at: object = None
        """What the camera was last set up for: a slide, a story, and the width of the axis."""
        self._lanes_rows = 0
        self.blank = False
        """Whether the screen is black."""
        self.hides_keys = False
        """Whether the footer is hidden."""
        self.pane = SLIDE
        self.set_classes(self.wanted_classes)

    def compose(self) -> ComposeResult:
        """Put the slide above the lanes, and what may take its place."""
        widgets = list(super().compose())
        yield SlideText(skin=self.skin, ident=SLIDE)
        yield from (widget for widget in widgets if isinstance(widget, Pane))
        for widget in widgets:
            if isinstance(widget, Timeline):
                widget.spare = True
            if not isinstance(widget, Pane):
                yield widget
        yield Painted(skin=self.skin, ident="curtain")

    def on_mount(self) -> None:
        """Show the first slide, and say from time to time that it is there."""
        if self._teller is not None and not self.held:
            self.set_interval(EVERY_S, self._teller.still_there)
        self._arrive()

    def on_unmount(self) -> None:
        """Say that it has ended."""
        super().on_unmount()
        if self._teller is not None:
            self._teller.leave()

    # What is shown.

    def _arrange(self, width: int, height: int) -> None:
        super()._arrange(width, height)
        if self.tier is not Tier.TINY:
            # There is one layout for all sizes: one thing at a time.
            self.tier = Tier.COMPACT
            self.show_pane()

    @property
    def wanted_classes(self) -> str:
        """The layout of a presentation, whatever the size."""
        if self.tier is Tier.TINY:
            return super().wanted_classes
        flags = {
            "-pane": self.pane != SLIDE,
            "-lanes": self._lanes_rows > 0,
            "-black": self.blank,
            "-no-keys": self.hides_keys,
        }
        more = " ".join(name for name, is_so in flags.items() if is_so)
        return f"{super().wanted_classes} -present {more}".rstrip()

    def publish(self) -> None:
        """Show the slide too, and tell the terminal with the notes."""
        show = self.way
        show.look()
        if self.session is not show.session:
            self.session, self.shown = show.session, None
        if self.is_mounted and self.tier is not Tier.TINY:
            self._lay_out()
            self._look()
        super().publish()
        if self.is_mounted and self.tier is not Tier.TINY:
            self._fill_lanes()
        if self._teller is not None:
            report = report_of(show, blank=self.blank, started_s=self._started_s)
            self._teller.tell(report)
            if self._teller.trouble != self._trouble and self.is_mounted:
                # Once: nobody in the room can do anything about it.
                self._trouble = self._teller.trouble
                if self._trouble:
                    self.did(Note(self._trouble, refused=True))

    def _lay_out(self) -> None:
        """Share the room between slide and lanes."""
        width, height = self.size.width, self.size.height - _LINES
        page = page_of(self.way, width, height, self.skin)
        self.query_one(f"#{SLIDE}", SlideText).lines = page.lines
        rows = page.lanes
        if self.pane != SLIDE:
            rows = max(height // 2, 1)
        if rows != self._lanes_rows:
            self._lanes_rows = rows
            self.query_one("#timeline", Timeline).styles.height = rows
            self.show_pane()
            self.call_after_refresh(self.publish)
        self.show_pane()

    def _fill_lanes(self) -> None:
        """Let lanes be as tall as there is room for them."""
        lanes = self.query_one("#timeline", Timeline).lanes
        if not lanes.size.height:
            return
        count = max(self.way.step.lanes, self.shown.lane_count if self.shown else 0, 1)
        tall = min(max(lanes.size.height // count, 1), tallest(self.size.height - _LINES))
        if tall != lanes.tall:
            lanes.tall = tall
            self.call_after_refresh(self.publish)

    def _look(self) -> None:
        """Have the whole scene in sight, if that can be; from then on the camera is anyone's."""
        width = self.query_one("#timeline", Timeline).lanes.axis_width
        looked_at = self.way.at, self.session, width
        if looked_at != self._looked_at:
            self._looked_at = looked_at
            cell_us = self.way.step.cell_us(int(width * _FILLED))
            self.camera = replace(first_look(self.session), cell_us=cell_us)

    def _publish_note(self, words: str, *, refused: bool = False) -> None:
        super()._publish_note(words, refused=refused)
        if self.tier is Tier.TINY:
            return
        line = self.query_one("#note", TextLine)
        shown = line.lines[0] if line.lines else ()
        place = f"{self.way.at + 1}/{len(self.way.steps)} "
        gap = self.size.width - width_of(shown) - len(place)
        if gap > 0:
            line.lines = ((*shown, Run(" " * gap), Run(place, "dim")),)

    def footer(self, width: int) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of a presentation."""
        if self.way.ballot is not None:
            return keys.counting()
        return keys.footer(width, aside=self.way.is_interrupted)

    @property
    def visible_panes(self) -> tuple[str, ...]:
        """A pane in place of the slide, if one was asked for."""
        return () if self.pane == SLIDE else super().visible_panes

    # Going.

    def _arrive(self) -> None:
        """Show where the presentation has come to."""
        if self.way.at and self._started_s is None:
            self._started_s = self._now_s()
        self.pane = SLIDE
        self.session, self.shown, self._looked_at = self.way.session, None, None
        for timeline in self.query(Timeline):
            # Once there, the row stays: what is seen would depend on the way.
            timeline.senders.display = False
            timeline.set_reactive(Timeline.view, None)
            timeline.lanes.focus()
        self.did(None)
        # How much room there is for what is shown is known from then on only.
        self.call_after_refresh(self.publish)

    def _went(self, note: Note | None) -> None:
        if note is not None and note.refused:
            self.did(note)
            return
        if self.held:
            note = self.way.finish() or note
        self._arrive()
        if note is not None:
            self.did(note)

    def action_slide_go(self, direction: int) -> None:
        """Go on or back."""
        self.carry_out()
        self._went(self.way.forward() if direction > 0 else self.way.back())

    def action_slide_turn(self, direction: int) -> None:
        """Go on or back, while nothing is tried out."""
        self.action_slide_go(direction)

    def action_slide_reveal(self) -> None:
        """Show the answer."""
        self.carry_out()
        self._went(self.way.reveal())

    def action_slide_blank(self) -> None:
        """Make the screen black, or show it again."""
        self.blank = not self.blank
        self.show_pane()
        self.did(None)

    def action_slide_keys(self) -> None:
        """Hide the footer, or show it again."""
        self.hides_keys = not self.hides_keys
        self.show_pane()

    # Votes.

    def action_slide_vote(self) -> None:
        """Count hands."""
        self.pane = SLIDE
        self.did(self.way.open_vote())

    def action_hands_digit(self, digit: str) -> None:
        """Type a digit."""
        if self.way.ballot is not None:
            self.way.ballot = self.way.ballot.digit(digit)
        self.did(None)

    def action_hands_next(self) -> None:
        """Go to the next option; after the last one the vote is done."""
        self.way.next_option()
        self.did(None)

    def action_hands_rub_out(self) -> None:
        """Take a digit back."""
        if self.way.ballot is not None:
            self.way.ballot = self.way.ballot.rub_out()
        self.did(None)

    def action_hands_drop(self) -> None:
        """Let the vote be as it was before."""
        self.way.drop_vote()
        self.did(None)

    # What may be done.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let digits count hands while that is done, and keys be the sandbox's where one plays."""
        if action in ANSWER_ACTIONS:
            return False
        counting = self.way.ballot is not None
        if action.startswith("hands_"):
            return counting
        if action == "slide_blank":
            return self.blank or not self.way.is_interrupted
        if action == "slide_turn":
            return not counting and not self.way.is_interrupted and self.pane == SLIDE
        return super().check_action(action, parameters)

    def lets(self, name: str, parameters: tuple[object, ...]) -> bool:
        """Lift the curtain first; then what the lesson has may be tried out."""
        if self.blank and name not in ("slide_blank", "quit"):
            self.action_slide_blank()
            return False
        if self.way.ballot is not None and not name.startswith("hands_"):
            if name in _WHILE_COUNTING:
                return True
            self.did(Note(_HANDS, refused=True))
            return False
        if name == "compare":
            self.did(self.compare())
            return False
        verb = actions.VERBS.get(name)
        words = self.way.refusal(verb) if verb is not None else ""
        if words:
            self.did(Note(words, refused=True))
            return False
        return super().lets(name, parameters)

    def refusal(self, verb: str) -> Note | None:
        """Say why a line of the command language is no part of the lesson."""
        words = self.way.refusal(verb)
        return Note(words, refused=True) if words else super().refusal(verb)

    def action_next_pane(self, direction: int) -> None:
        """Go to the next pane; the slide is one of them."""
        if self.tier is Tier.TINY:
            return
        every = (SLIDE, *self.tabbed)
        name = every[(every.index(self.pane) + direction) % len(every)]
        if name == SLIDE:
            self.action_follow()
        else:
            self.action_pane(name)

    def compare(self, name: str = "", stranger: Session | None = None) -> Note:  # noqa: ARG002
        """There is room for one run only."""
        return Note(_NO_COMPARING, refused=True)

    def action_follow(self) -> None:
        """Take a pane away; else what it is everywhere."""
        self.pane = SLIDE
        super().action_follow()

    def action_help(self) -> None:
        """Show the keys of a presentation, then all others."""
        from lifecycle_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.skin, first=(*keys.PRESENTING, *keys.VOTING)))
