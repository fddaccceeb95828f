"""The stage: how the main screen shows a session, and how its time passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Size as TerminalSize
from textual.timer import Timer

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.questions import still_asked
from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.play.view import Size, View, follow, lane_count, view
from lifecycle_tui.readings.model import EnvironmentState
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier, tier
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.screens.panes import (
    COMPARE,
    LATE,
    PANES,
    SHARED,
    TITLES,
    key_of,
    keys_of_place,
    layout_classes,
    show_late,
    tabs,
    visible,
)
from lifecycle_tui.tui.screens.reasons import Reasons
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import KeyBar, TextLine, note_line
from lifecycle_tui.tui.widgets.config import Config
from lifecycle_tui.tui.widgets.counters import CountersPane
from lifecycle_tui.tui.widgets.functions import named
from lifecycle_tui.tui.widgets.inspector import Inspector
from lifecycle_tui.tui.widgets.log import Log
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.prose import seconds, wrap
from lifecycle_tui.tui.widgets.status_bar import ConfigLine, StatusBar, why_line
from lifecycle_tui.tui.widgets.timeline import Timeline
from lifecycle_tui.tui.widgets.why import HEAD, Why
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.tui.predicting import Predicting

THE_QUESTION: Final = tr_later("That is the question.")
"""Said in place of what comes next, while that is asked."""
FRAMES_A_SECOND: Final = 15
LOG_EVERY: Final = 4
"""While playing, the log moves every so many frames."""
ANSWER_S: Final = 0.02
"""From saying that something long is being done to doing it: one frame."""
SETTLE_S: Final = 0.04
"""From the frame that answers a key to working out what may wait."""


class Stage(Place):
    """A session on screen; what keys do to it is the sandbox's part."""

    AUTO_FOCUS = "#lanes"

    def __init__(
        self, session: Session, *, skin: Skin, now: Callable[[], float], size: TerminalSize
    ) -> None:
        self.tier = tier(*size)
        super().__init__(classes=layout_classes(self.tier, PANES[0], SHARED[0]))
        self.session = session
        self._index = session.index
        """Of the run that was shown last, to which the camera's record belongs."""
        self.skin = skin
        self.camera = Camera()
        self._now = self.clock = now
        self._ticked = 0.0
        self.keep: Callable[[Session], None] = _keep_nowhere
        """Keeps the session, so that nothing of it is lost if the program ends."""
        self.note: Note | None = None
        self.pane = PANES[0]
        """What the compact layout shows."""
        self.place = SHARED[0]
        """Which of the panes that share a place the other layouts show."""
        self.shown: View | None = None
        self.reasons = Reasons(self)
        self._frames: Timer | None = None
        self._settled = 0
        """The version of the session whose log and reasons have been worked out."""
        self._pending: Callable[[], Note | None] | None = None
        """A long change of the run that has been announced and is about to be made."""
        self._frame = 0
        self.predicting: Predicting | None = None
        """Predictions; None until they are switched on for the first time."""
        self.comparing = False
        """Whether two runs are shown, one above the other."""
        self.clock_runs = False
        """Whether the timer of the frames runs; it does not while nothing moves."""
        self.held = False
        """Whether time passes only when it is told to, and nothing is shown later than the rest."""

    def compose(self) -> ComposeResult:
        """Put everything there is into one grid; the style sheet arranges it."""
        skin = self.skin
        yield TextLine(skin=skin, ident="tiny")
        yield StatusBar(skin=skin, ident="status")
        yield ConfigLine(skin=skin, ident="config-line")
        names = tuple(function.name for function in self.session.base.functions)
        yield Timeline(skin=skin, ident="timeline", functions=names)
        yield Pane(tr("Inspect"), Inspector(skin=skin), skin=skin, ident="inspect")
        yield Pane(tr("Why"), Why(skin=skin), skin=skin, ident="why")
        editor = Config(
            effect=lambda name, raised: self.session.effect(name, raising=raised), skin=skin
        )
        yield Pane(tr("Config"), editor, skin=skin, ident="config")
        yield Pane(tr("Counters"), CountersPane(skin=skin), skin=skin, ident="counters")
        yield Pane(tr("Log"), Log(skin=skin), skin=skin, ident="log")
        yield TextLine(skin=skin, ident="why-line")
        yield TextLine(skin=skin, ident="note")
        yield KeyBar(skin=skin, ident="keys")

    def hold(self) -> None:
        """Let time pass only when it is told to, and show everything at once: for pictures."""
        self.held = True

    def on_unmount(self) -> None:
        """Look for nothing any more."""
        self.reasons.leave()

    def on_resize(self) -> None:
        """Choose the layout."""
        self._arrange(self.app.size.width, self.app.size.height)
        self.call_after_refresh(self.publish)

    # What is shown.

    def publish(self) -> None:
        """Hand each widget its part of the view, and run the clock only while playing.

        Every frame shows one moment everywhere: each widget paints only the lines that changed, so
        that panes cost little.
        """
        if not self.is_mounted:
            return
        self.carry_over()
        if self.predicting is not None:
            self.predicting.look()
        self.keep(self.session)
        self._run_clock()
        if self.tier is Tier.TINY:
            self._publish_tiny()
            return
        timeline = self.query_one("#timeline", Timeline)
        lanes = timeline.lanes
        before = self.camera.selected
        self.camera = follow(self.session, self.camera, lanes.axis_width)
        if self.camera.selected != before and self.camera.selected >= 0:
            # Before the view is made, which then has the right lanes: it is made once.
            lanes.reveal(self.camera.selected, lane_count(self.session))
        size = Size(lanes.axis_width, lanes.scroll_offset.y, lanes.size.height + 1)
        note = self.note
        if self.held or not self.session.is_long:
            self._work_out_the_rest()
        settled = self._settled == self.session.version
        if not settled or (self._log_is_shown and self.session.log_is_stale):
            self.set_timer(SETTLE_S, self._settle)
        shown = view(
            self.session,
            self.camera,
            size,
            note.text if note else "",
            recent=self.shown,
            explained=settled,
            panes=self.visible_panes,
        )
        self.shown = shown
        timeline.view = shown
        asks, asked = self.predicting, self.predicting.keys if self.predicting is not None else ()
        self.query_one(StatusBar).show(
            shown, predicting=asks is not None and asks.on, comparing=self.comparing
        )
        self._publish_panes(shown)
        words = "" if asked and note is None else shown.note
        self._publish_note(words, refused=note is not None and note.refused)
        self.query_one(KeyBar).show(asked or self.footer(self.size.width))

    def carry_over(self) -> None:
        """Where another run is shown by now, let go of what only the former one had."""
        was, now = self._index, self.session.index
        if was is not now:
            self.camera = still_asked(self.camera, was, now)
            self.reasons.carry_over(was, now)
            self._index = now

    def untold(self, state: EnvironmentState) -> EnvironmentState:
        """Return what may be said of an environment: not what is being asked."""
        return state if self.predicting is None else self.predicting.untold(state)

    def footer(self, width: int) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of the bottom line."""
        return actions.footer(width)

    def _publish_note(self, words: str, *, refused: bool = False) -> None:
        line = note_line(words, self.size.width, refused=refused)
        self.query_one("#note", TextLine).lines = (line,)

    def _publish_panes(self, shown: View) -> None:
        compact = self.tier is Tier.COMPACT
        several = shown.function_count > 1
        function = named(self.session.function, shown.config.name) if several else ()
        if compact:
            self.query_one(ConfigLine).show(shown, function)
        visible = self.visible_panes
        if "inspect" in visible:
            state, plan = shown.selected, shown.selected_plan
            if state is not None:
                state = self.untold(state)
            name: Line = ()
            if several and state is not None and plan is not None:
                name = named(state.function, plan.name)
            downstreams = shown.counters.downstreams
            self.query_one(Inspector).show(state, plan, shown.at_us, name, downstreams)
        self._publish_why(shown, shows="why" in visible)
        if "config" in visible:
            self.query_one(Config).show(shown.config)
        # Nobody reads lines that rush by: while time passes the log moves every few frames, and
        # no line is ever ahead of the lanes.
        self._frame += 1
        rushing = shown.transport.playing and not self.held
        if "log" in visible and (not rushing or not self._frame % LOG_EVERY):
            self.query_one(Log).show(shown.log, shown.log_count)
        if not compact:
            self.query_one(CountersPane).show(shown.counters, shown.starts)
        for pane in self.query(Pane):
            if pane.id in visible and pane.id != COMPARE:
                self._publish_pane(pane, shown, function if several else ())

    def _publish_why(self, shown: View, *, shows: bool) -> None:
        """Hand the why pane its part; the line below the compact panes has what they have not."""
        line = () if shows else why_line(shown.explanation, self.size.width)
        if shows:
            why = self.query_one(Why)
            why.explanation = shown.explanation
            if self._settled == self.session.version:
                self.reasons.show(why)
            line = self.reasons.line(why, self.size.width)
        if self.tier is Tier.COMPACT:
            self.query_one("#why-line", TextLine).lines = (line,)

    def _publish_pane(self, pane: Pane, shown: View, function: Line) -> None:
        """Hand one of the late panes its part, and caption any."""
        name = str(pane.id)
        if name in LATE:
            show_late(pane.body, shown, self.camera.cell_us)
        title: Line = (Run(tr(TITLES[name]), "strong"),)
        if name == "config" and function:
            title += (Run(" "), *function, Run("  F ", "key", _NEXT), Run(tr("next"), "dim", _NEXT))
        if name == "log" and self.query_one(Log).is_cut:
            title += (Run("  ←→ ", "key-dim"), Run(tr("sideways"), "dim"))
        if name == "why" and self.reasons.line(self.query_one(Why), self.size.width):
            words = f" {tr(HEAD)}" if self.tier is Tier.WIDE else ""
            title += (Run(" ↓", "key-dim"), Run(words, "dim"))
        if self.tier is Tier.COMPACT:
            room = self.size.width - width_of(title) - _FRAME
            right = tabs(name, room, self.tabbed)
        else:
            room = pane.size.width - width_of(title) - _ENDS
            right = keys_of_place(name, room) if name in SHARED else (key_of(name),)
        pane.caption(title, right)

    @property
    def tabbed(self) -> tuple[str, ...]:
        """The panes that Tab goes through in the compact layout."""
        return (COMPARE, *PANES) if self.comparing else PANES

    @property
    def visible_panes(self) -> tuple[str, ...]:
        """The panes that the layout shows."""
        return visible(self.tier, self.pane, self.place, comparing=self.comparing)

    def _settle(self) -> None:
        """After the frame that answers a key, show what could wait: the log and the reasons."""
        if self._work_out_the_rest():
            self.publish()

    def _work_out_the_rest(self) -> bool:
        """Work out the log and the reasons of the present run; return whether they were behind."""
        late = self._settled != self.session.version
        self._settled = self.session.version
        if self._log_is_shown and self.session.log_is_stale:
            self.session.catch_up()
            late = True
        return late

    @property
    def _log_is_shown(self) -> bool:
        return self.tier is not Tier.COMPACT or self.pane == "log"

    def _publish_tiny(self) -> None:
        word = tr("PLAY") if self.session.transport.playing else tr("PAUSE")
        now = f"{word}  t {seconds(self.session.at_us)} s"
        asked = self.predicting.words if self.predicting is not None else ""
        note = asked or (self.note.text if self.note else "")
        texts = tiny_texts(now, note, *self.app.size)
        self.query_one("#tiny", TextLine).lines = tuple((Run(text, "strong"),) for text in texts)

    def _arrange(self, width: int, height: int) -> None:
        self.tier = tier(width, height)
        self.show_pane()

    def show_pane(self) -> None:
        """Use the tier's layout; in the compact one, show the chosen pane and no other."""
        wanted = self.wanted_classes
        if self.classes != frozenset(wanted.split()):
            self.set_classes(wanted)

    @property
    def wanted_classes(self) -> str:
        """The CSS classes of the layout."""
        wanted = layout_classes(self.tier, self.pane, self.place, comparing=self.comparing)
        return wanted if self.predicting is None else wanted + self.predicting.classes

    # Time.

    def _run_clock(self) -> None:
        playing = self.session.player.playing
        if self.held or playing == self.clock_runs:
            return
        self.clock_runs = playing
        if self._frames is None:
            self._frames = self.set_interval(1 / FRAMES_A_SECOND, self._tick, pause=True)
        if playing:
            self._ticked = self._now()
            self._frames.resume()
        else:
            self._frames.pause()

    def _tick(self) -> None:
        now = self._now()
        passed, self._ticked = now - self._ticked, now
        self.advance(passed)

    def advance(self, passed_s: float) -> None:
        """Let wall time pass and show where that leads."""
        if not self.session.tick(passed_s).playing:
            self.note = None
        self.publish()

    def act(self, doing: str, change: Callable[[], Note | None]) -> None:
        """Change the run; where that takes more than a frame, say so on screen first.

        Args:
            doing: what is being done, for the message line.
            change: does it, and says what came of it.
        """
        self.carry_out()
        if not self.session.is_long:
            self.did(self.session.told(change()))
            return
        self._pending = change
        self.note = Note(doing)
        self._publish_note(doing)
        self.set_timer(ANSWER_S, self.carry_out)

    def carry_out(self) -> None:
        """Make the change that was announced. Any further key or click makes it first."""
        change, self._pending = self._pending, None
        if change is not None:
            self.did(self.session.told(change()))

    def did(self, note: Note | None) -> None:
        """Show what came of an action."""
        self.note = note
        self.publish()


def _keep_nowhere(_: Session) -> None:
    """Keep nothing, as in tests."""


def tiny_texts(now: str, note: str, width: int, height: int) -> list[str]:
    """Return what a terminal without room for the layouts is told, the most needed first."""
    if cell_len(whole := f"{now} · {tr(_ENLARGE)}") <= width:
        return [whole, *(wrap(note, width) if note else ())][: max(height, 1)]
    return [line for words in (tr(_ENLARGE), now, note) for line in wrap(words, width)][
        : max(height, 1)
    ]


_ENLARGE: Final = tr_later("enlarge to 80x24")


_NEXT: Final = (("action", "next_function"),)
_FRAME: Final = 10
_ENDS: Final = 8
"""Cells of a heading that are neither its name nor the words at its right."""
"""Cells of a heading that are its rule, at least."""
