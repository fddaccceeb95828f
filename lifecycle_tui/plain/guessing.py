"""Predictions about the sandbox, in lines: the same game as the screen's."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.plan import Fire
from lifecycle_tui.lessons.playing.words import RIGHT, WRONG
from lifecycle_tui.plain.answering import HOW_SURE, SKIP, prompt, question_lines, read_answer
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.predictions.game import Predictions, Stage
from lifecycle_tui.play.predictions.model import Confidence
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.translation import tr, tr_later

_ON: Final = tr_later(
    "predictions on: time stops before an event worth a guess; predict off ends that"
)


class Guessing:
    """Asks before events worth a guess, while that is switched on."""

    def __init__(self, session: Session, talk: Talk) -> None:
        self._session = session
        self._talk = talk
        self._game: Predictions | None = None
        self._pending: Fire | None = None
        """Events that were asked about and have not been sent."""

    @property
    def is_open(self) -> bool:
        """Whether a question waits for its answer."""
        return self._game is not None and self._game.stage is Stage.OPEN

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed."""
        game = self._game
        if game is None or game.stage is not Stage.OPEN or game.question is None:
            return ""
        return prompt(len(game.question.options), game.chosen)

    def switch(self, *, on: bool) -> None:
        """Switch it on or off."""
        if on:
            self._game = self._game or Predictions(self._session)
            self._talk.say(tr(_ON))
            self._game.look()
            if self.is_open:
                self.ask()
            return
        game, self._game, self._pending = self._game, None, None
        if game is not None:
            game.stop()
            self._talk.say(tr("predictions off; {score}", score=game.book.summary()))
        else:
            self._talk.say(tr("predictions are off already"))

    def follow(self, session: Session) -> None:
        """Go on with another session."""
        self._session, self._pending = session, None
        if self._game is not None:
            self._game.follow(session)

    def asks(self, command: Fire) -> bool:
        """Whether there is something to ask about events that are going to be sent."""
        if self._game is None or self._game.stage is Stage.RUNNING:
            return False
        if not self._game.ask_about(command):
            return False
        self._pending = command
        return True

    def ask(self) -> None:
        """Ask the question that is open."""
        question = None if self._game is None else self._game.question
        if question is not None:
            self._talk.tell(question.facts)
            words = [option.words for option in question.options]
            self._talk.say(*question_lines(question.asks, words))

    def understands(self, line: str) -> bool:
        """Whether a line is an answer to the question that is open."""
        return self.is_open and (line.lower() == SKIP or read_answer(line) is not None)

    def takes(self, line: str) -> bool:
        """Take a line as an answer; return whether time goes on now."""
        game = self._game
        assert game is not None
        said = read_answer(line)
        if said is None:
            game.skip()
            return True
        if said.place is not None and not game.choose(said.place):
            self._talk.note(Note(tr("there is no such answer"), refused=True))
        elif game.chosen is None:
            self._talk.say(tr("choose first, by its number"))
        elif not said.confidence:
            self._talk.say(tr(HOW_SURE))
        else:
            return game.answer(Confidence(said.confidence))
        return False

    def send(self) -> None:
        """Send the events that were asked about."""
        command, self._pending = self._pending, None
        if command is not None:
            self._session.player.pause()
            note = self._session.send(command)
            self._talk.note(self._session.told(note))

    def look(self) -> None:
        """Let the game see where the session stands, so that time stops where it has to."""
        if self._game is not None:
            self._game.look()

    def told(self) -> bool:
        """Ask a question that came up, or tell a verdict; return whether time goes on then."""
        game = self._game
        if game is None:
            return False
        game.look()
        if game.stage is Stage.OPEN:
            self.ask()
            return False
        verdict = game.verdict
        if game.stage is not Stage.TOLD or verdict is None:
            return False
        self._talk.say(f"{tr(RIGHT) if verdict.right else tr(WRONG)}. {verdict.words}")
        if verdict.refutation is not None:
            rules = ", ".join(verdict.refutation.rules[:1])
            self._talk.tell(f"{verdict.refutation.words} [{rules}]")
        self._talk.say(
            tr("{points:+d} points; {score}", points=verdict.points, score=game.book.summary())
        )
        game.leave()
        return True
