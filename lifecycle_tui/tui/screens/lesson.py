"""A lesson on the main screen: its panel, its questions, and what it lets the learner do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from lifecycle_tui.lessons.playing.keeping import ProgressKeeper
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.staging import RefusedError
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.view import View
from lifecycle_tui.readings.model import EnvironmentState
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.learning.links import Links
from lifecycle_tui.tui.learning.panel import LessonPanel
from lifecycle_tui.tui.learning.text import blocks_of, goal_line, turn_words
from lifecycle_tui.tui.screens.asking import ANSWER_ACTIONS
from lifecycle_tui.tui.screens.panes import LESSON
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.screens.stage import THE_QUESTION
from lifecycle_tui.tui.widgets.bars import KeyBar
from lifecycle_tui.tui.widgets.config import Config
from lifecycle_tui.tui.widgets.inspector import Inspector
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.timeline import Timeline
from lifecycle_tui.tui.widgets.why import Why
from lifecycle_tui.units.translation import tr, tr_later

_AFTER_THE_ANSWER: Final = tr_later("told once you have answered")
_NO_PREDICTIONS: Final = tr_later("the lesson asks its own questions; P is for the sandbox")


class LessonScreen(Sandbox):
    """A session on screen, and a lesson that is played on it.

    Args:
        run: the lesson.
        links: words of the glossary.
        after: what going on after the last step leads to, in words.
        ended: does that.
        menu: is called when the learner asks for the lessons.
        arguments: of the main screen, without its session.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(actions.bindings(actions.LEARNING))
    spares: ClassVar[bool] = True
    offers: ClassVar[tuple[actions.Action, ...]] = (*actions.LEARNING, *actions.ACTIONS)

    def __init__(
        self,
        run: LessonRun,
        *,
        links: Links,
        after: str,
        ended: Callable[[], None],
        menu: Callable[[LessonScreen], None],
        **arguments: Any,
    ) -> None:
        super().__init__(run.session, **arguments)
        self.run = run
        self.after = after
        self._ended = ended
        self._menu = menu
        self._trouble = ""
        self.links = links
        self.panel = LessonPanel(links=links, skin=self.skin)
        self.pane = LESSON
        self.set_classes(self.wanted_classes)

    def compose(self) -> ComposeResult:
        """Put the lesson's panel beside the lanes, and the goal above the last lines."""
        for widget in super().compose():
            if widget.id == "note":
                yield Pressable(skin=self.skin, ident="goal")
            yield widget
            if isinstance(widget, Timeline):
                widget.spare = self.spares
                yield Pane(tr("Lesson"), self.panel, skin=self.skin, ident=LESSON)

    def on_mount(self) -> None:
        """Let words be links."""
        self.link_words()

    # What is shown.

    @property
    def tabbed(self) -> tuple[str, ...]:
        """The lesson's panel is one of the panes."""
        return (LESSON, *super().tabbed)

    @property
    def wanted_classes(self) -> str:
        """The layout has a place for the lesson."""
        return f"{super().wanted_classes} -lesson"

    @property
    def visible_panes(self) -> tuple[str, ...]:
        """Where there is room, the lesson is one of them."""
        shown = super().visible_panes
        return shown if self.tier is Tier.COMPACT else (LESSON, *shown)

    @property
    def shows_lesson(self) -> bool:
        """Whether the panel can be seen."""
        return LESSON in self.visible_panes

    def publish(self) -> None:
        """Notice what the learner did, and show the lesson's part too."""
        self._attempt(self.run.look)
        if self.session is not self.run.session:
            self._change_session()
        if self.is_mounted:
            asked = self.run.phase is Phase.ASKED
            self.query_one(Inspector).withheld = tr(_AFTER_THE_ANSWER) if asked else ""
        super().publish()
        if self.is_mounted and self.tier is not Tier.TINY:
            self._publish_lesson()

    def _change_session(self) -> None:
        """Show another story: that of a question from another lesson."""
        self.stop_comparing()
        self.session = self.run.session
        self.camera = Camera()
        self.shown = None
        self.query_one("#timeline", Timeline).senders.display = False

    def _publish_lesson(self) -> None:
        run, panel = self.run, self.panel
        self.query_one("#goal", Pressable).lines = (
            goal_line(run, self.size.width, after=self.after),
        )
        blocks = blocks_of(run, panel.room[0], after=self.after)
        key = (run.at, run.looking, run.phase)
        keeps = run.phase in (Phase.ASKED, Phase.GOAL) and not run.looks_back
        panel.show(key, blocks, turn_words(run, panel.room[0]), keeps=keeps)
        left: Line = (Run(tr("Lesson"), "strong"), Run(f"  {run.seen.beat.title}", "plain"))
        if run.seen.is_recalled:
            left = (
                Run(tr("Again"), "strong"),
                Run(f"  {tr('from {lesson}', lesson=run.seen.lesson.title)}", "plain"),
            )
        step = tr("step {number}/{count}", number=run.looking + 1, count=len(run.steps))
        right: Line = (Run(step, "dim"),)
        if run.looks_back:
            right = (Run(f"{tr('looking back')}  ", "accent"), *right)
        self.query_one(f"#{LESSON}", Pane).caption(left, right)
        # Which keys matter depends on the page that is shown by now.
        self.query_one(KeyBar).show(self.footer(self.size.width))

    def _publish_pane(self, pane: Pane, shown: View, function: Line) -> None:
        if pane.id != LESSON:
            super()._publish_pane(pane, shown, function)

    def untold(self, state: EnvironmentState) -> EnvironmentState:
        """Return what may be said of an environment: not what the lesson asks."""
        asked = self.run.phase is Phase.ASKED
        return state._replace(next_words=tr(THE_QUESTION)) if asked else state

    def footer(self, width: int) -> tuple[tuple[str, str, str], ...]:
        """Return the keys that matter for what the learner does just now."""
        run = self.run
        if run.phase is Phase.ASKED and run.asked is not None and not run.looks_back:
            if self.shows_lesson and self.panel.at_last:
                panes = self.tier is Tier.COMPACT
                back = self.panel.page > 0
                return actions.lesson_answers(len(run.asked.options), back=back, panes=panes)
            return actions.to_the_question()
        return actions.lesson_footer(width, hints=run.phase is Phase.GOAL)

    def advance(self, passed_s: float) -> None:
        """Let wall time pass: the lesson may be showing something."""
        self._attempt(partial(self.run.advance, passed_s))
        if not self.run.session.player.playing:
            self.note = None
        self.publish()

    def _attempt(self, do: Callable[[], Note | None]) -> Note | None:
        """Do something with the lesson; a lesson that is wrong is told of, and stays open."""
        try:
            note = do()
        except (RefusedError, ScenarioError) as error:
            self.note = note = Note(tr("this lesson is wrong: {error}", error=error), refused=True)
        keeper = self.run.keeper
        trouble = keeper.trouble if isinstance(keeper, ProgressKeeper) else ""
        if trouble and trouble != self._trouble:
            self._trouble = trouble
            note = Note(trouble, refused=True)
        return note

    # What the learner may do.

    def refusal(self, verb: str) -> Note | None:
        """Say why a verb of the command language is not to be used now."""
        words = self.run.refusal(verb)
        return Note(words, refused=True) if words else None

    def lets(self, name: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002 - of all
        """Whether an action may be done now."""
        note = self._reason_against(name)
        if note is not None:
            self.did(note)
        return note is None

    def _reason_against(self, name: str) -> Note | None:
        if name == "predict":
            return Note(tr(_NO_PREDICTIONS), refused=True)
        if self.run.phase is Phase.ASKED and name in ("play", "live_edge"):
            return self.run.next()
        verb = "switch" if name == "compare" and self.comparing else actions.VERBS.get(name)
        return None if verb is None else self.refusal(verb)

    def _gate(self, message: Message, verb: str) -> None:
        """Stop what a widget asks for, unless its verb may be used now."""
        note = self.refusal(verb)
        if note is not None:
            message.prevent_default()
            self.did(note)

    def on_config_applied(self, message: Config.Applied) -> None:
        """Let the configuration be changed, or not."""
        only = set(message.changes) == {"provisioned_concurrency"}
        self._gate(message, "provision" if only else "set")

    def on_why_forked(self, message: Why.Forked) -> None:
        """Let a fork be made, or not."""
        self._gate(message, "fork")

    def on_why_tried(self, message: Why.Tried) -> None:
        """Let a contrast be tried in a fork, or not."""
        self._gate(message, "fork")

    def on_lesson_panel_asked(self, message: LessonPanel.Asked) -> None:
        """Say what a word means."""
        self.show_glossary(message.term)

    # Keys of the lesson.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of a question act only while there is one."""
        if action == "predict_go_on":
            return False
        if action in ANSWER_ACTIONS:
            return self.run.phase is Phase.ASKED
        return super().check_action(action, parameters)

    def action_lesson_next(self) -> None:
        """Read on, or go on."""
        run = self.run
        if not self.shows_lesson:
            self.action_pane(LESSON)
            return
        if self.panel.turn(+1):
            self.publish()
            return
        if run.phase is Phase.OVER and not run.looks_back:
            self._ended()
            return
        note = self._attempt(run.next)
        if run.phase is Phase.OVER and not any(step.is_recalled for step in run.steps[-1:]):
            self._ended()
            return
        self.let_go()
        self.did(note)

    def action_lesson_back(self) -> None:
        """Look at what came before."""
        if not self.shows_lesson:
            self.action_pane(LESSON)
        elif self.panel.turn(-1):
            self.publish()
        else:
            self.did(self.run.back())

    def action_hint(self) -> None:
        """Open one more hint."""
        self._answered(self._attempt(self.run.hint))

    def begin_step_again(self) -> None:
        """Begin the present step again, with the story as it was then."""
        self._attempt(self.run.again)
        self.let_go()
        self.did(Note(tr("the step begins again")))

    def action_lessons(self) -> None:
        """Ask what to do with the lesson."""
        self._menu(self)

    def action_predict_choose(self, number: int) -> None:
        """Choose an option; one that cannot be seen is shown first."""
        run = self.run
        seen = self.shows_lesson and self.panel.at_last and not run.looks_back
        if run.phase is Phase.ASKED and not seen:
            run.looking = run.at
            self._answered(None)
            return
        self._answered(run.choose(number - 1))

    def action_predict_sure(self, confidence: str) -> None:
        """Answer, and say how sure."""
        self._answered(self._attempt(partial(self.run.sure, confidence)))

    def action_predict_skip(self) -> None:
        """Let the question go; whoever is busy elsewhere is led back to it first."""
        if not self.shows_lesson:
            self.action_pane(LESSON)
            return
        if self.query_one(Config).has_focus:
            self.let_go()
            return
        self._answered(self._attempt(self.run.skip))

    def _answered(self, note: Note | None) -> None:
        """Show the place of the panel where the question is."""
        if self.tier is Tier.COMPACT and not self.shows_lesson:
            self.action_pane(LESSON)
        self.did(note)
        if self.run.phase in (Phase.ASKED, Phase.GOAL):
            self.panel.to_last()
            self.query_one(KeyBar).show(self.footer(self.size.width))
