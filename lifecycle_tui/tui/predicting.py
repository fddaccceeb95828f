"""Predictions on the main screen: keys to the game, the game's stages to the screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from lifecycle_tui.engine.plan import Fire
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.predictions.game import Predictions, Stage
from lifecycle_tui.play.predictions.model import Confidence, Verdict
from lifecycle_tui.readings.model import EnvironmentState
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.screens.stage import THE_QUESTION
from lifecycle_tui.tui.widgets.predict import Predict
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.tui.screens.stage import Stage as MainScreen

LET_GO: Final = tr_later("the question was let go, its events were not sent")
_ON: Final = tr_later("predictions on: time stops before an event worth a guess · P switches off")
_ON_LATER: Final = tr_later(
    "predictions on: after comparing, time stops before an event worth a guess · P switches off"
)


class Predicting:
    """What the main screen does while predictions are switched on, or have been."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._pending: Fire | None = None
        """The events that are asked about and have not been sent."""
        self.game = Predictions(screen.session)
        self._explained: Verdict | None = None
        """The verdict whose reasons were shown."""
        self._wanted = False
        self.widget = Predict(skin=screen.skin, ident="predict")

    @property
    def on(self) -> bool:
        """Whether they are switched on; they rest while two runs are compared."""
        return self._wanted and not self._screen.comparing

    @property
    def is_open(self) -> bool:
        """Whether a question waits for its answer."""
        return self.on and self.game.stage is Stage.OPEN

    @property
    def is_told(self) -> bool:
        """Whether a verdict is on screen."""
        return self.on and self.game.stage is Stage.TOLD

    @property
    def classes(self) -> str:
        """The CSS classes of the layout: room for the prompt."""
        if not self.on:
            return ""
        return " -predicting -asking" if self.is_open or self.is_told else " -predicting"

    @property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """The footer's keys, where a question is open; none elsewhere."""
        question = self.game.question
        return actions.answers(len(question.options)) if self.is_open and question else ()

    @property
    def words(self) -> str:
        """The question in a line, for a terminal that has room for no more."""
        question = self.game.question
        if not self.is_open or question is None:
            return ""
        options = "  ".join(f"{n}) {o.words}" for n, o in enumerate(question.options, start=1))
        return f"{question.asks} {options}"

    def untold(self, state: EnvironmentState) -> EnvironmentState:
        """Return what may be said of an environment: not what is being asked."""
        return state._replace(next_words=tr(THE_QUESTION)) if self.is_open else state

    def toggle(self) -> Note:
        """Switch them on or off."""
        self._wanted = not self._wanted
        if self._wanted:
            rest = self._screen.comparing
            return Note(tr(_ON_LATER) if rest else tr(_ON))
        unsent = "" if self._pending is None else f"{tr('its events were not sent')} · "
        self._pending = None
        self.game.stop()
        return Note(f"{tr('predictions off')} · {unsent}{self.game.book.summary()}")

    def asks(self, command: Fire) -> bool:
        """Ask about the events of a command, if they are worth it; they are sent later then."""
        if not self.on or self._screen.tier is Tier.TINY:
            return False
        if self._pending is not None:
            self.skip()
        if not self.game.ask_about(command):
            return False
        self._pending = command
        return True

    def look(self) -> None:
        """Notice what has become of the session, before the screen shows it."""
        screen = self._screen
        if not self.on:
            if self._pending is not None:
                screen.note = Note(tr(LET_GO))
            self._pending = None
            self.game.stop()
            screen.show_pane()
            return
        self.game.follow(screen.session)
        self.game.look()
        if self._pending is not None and not self.is_open:
            # It was let go by going elsewhere: what was not sent there is not sent here.
            self._pending = None
            screen.note = screen.note or Note(tr(LET_GO))
        if self.game.verdict is not self._explained:
            self._explained = self.game.verdict
            self._explain()
        screen.show_pane()
        self.widget.show(self.game.prompt, screen.app.size.width)

    def choose(self, number: int) -> None:
        """Choose an option by its number."""
        self.game.choose(number - 1)
        self._screen.publish()

    def sure(self, confidence: str) -> None:
        """Say how sure: that is the answer."""
        trial = self.game.is_trial
        if not self.game.answer(Confidence(confidence)):
            self._screen.publish()
            return
        if trial:
            self._send(plays=True)
        else:
            self._screen.session.player.play()
            self._screen.did(None)

    def skip(self) -> None:
        """Let the question go, and let come what it was about; or take the verdict away."""
        if self.is_told:
            self.game.leave()
            self._screen.publish()
            return
        trial, resumes = self.game.is_trial, self.game.resumes
        self.game.skip()
        if trial:
            self._send(plays=resumes)
        else:
            self._screen.session.player.play()
            self._screen.did(None)

    def _send(self, *, plays: bool) -> None:
        command, self._pending = self._pending, None
        if command is not None:
            self._screen.act(tr("sending …"), partial(self._sent, command, plays=plays))

    def _sent(self, command: Fire, *, plays: bool) -> Note | None:
        session = self._screen.session
        note = session.send(command)
        if plays:
            session.player.play()
        return note

    def _explain(self) -> None:
        """Show the reasons of what happened beside the verdict."""
        screen, verdict = self._screen, self.game.verdict
        if verdict is None:
            return
        record = verdict.question.outcome.record
        chosen = screen.session.index.environments[record]
        screen.camera = replace(
            screen.camera,
            record=record,
            asked_us=screen.session.at_us,
            selected=chosen if chosen >= 0 else screen.camera.selected,
        )
        screen.pane = screen.place = "why"
