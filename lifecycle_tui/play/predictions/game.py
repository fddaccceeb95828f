"""The game: when a question is asked, what becomes of it, and the verdict.

It watches a session and never changes it, but for pausing its player. What is asked about an event
of a key is found by a trial run, so that nothing of the event is in the session before.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from lifecycle_tui.engine.plan import Fire
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.predictions.finding import Asked, Finder, question_about_command
from lifecycle_tui.play.predictions.model import Answer, Confidence, Question, Verdict
from lifecycle_tui.play.predictions.outcomes import outcome_of
from lifecycle_tui.play.predictions.score import ScoreBook, points
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.take import LOOK_AHEAD_US
from lifecycle_tui.readings.index import Index


class Stage(StrEnum):
    """How far a prediction is."""

    NOTHING = ""
    OPEN = "open"
    """A question is asked: an option, then how sure."""
    RUNNING = "running"
    """It has been answered, and what comes of it is not known yet."""
    TOLD = "told"
    """The verdict is on screen."""


class Prompt(NamedTuple):
    """What a screen shows of the game."""

    stage: Stage = Stage.NOTHING
    question: Question | None = None
    chosen: int | None = None
    confidence: Confidence | None = None
    """How sure; None while that has not been said."""
    verdict: Verdict | None = None
    book: ScoreBook = ScoreBook()


class Predictions:
    """Questions about one session, while they are switched on."""

    def __init__(self, session: Session, book: ScoreBook | None = None) -> None:
        self.session = session
        self.book = book or ScoreBook()
        self.stage = Stage.NOTHING
        self.question: Question | None = None
        """What is asked, answered or told about; None in stage NOTHING."""
        self.chosen: int | None = None
        """The place of the option chosen so far."""
        self.verdict: Verdict | None = None
        self.is_trial = False
        """Whether the open question is about an event that has not been sent yet."""
        self._confidence = Confidence.THINK
        self.resumes = False
        """Whether time passed when the question about an event of a key came up."""
        self._left_us = -1
        """The moment of the latest question about what the scenario brings: one is enough."""
        self._asked = Asked()
        self._version = -1
        """The run that was looked at last."""
        self._finder: Finder | None = None
        self._ahead: Question | None = None
        """What the player stops for next."""
        self._at_us = 0
        """Where the cursor stood when the stage began."""

    @property
    def prompt(self) -> Prompt:
        """What there is to show."""
        sure = None if self.stage in (Stage.NOTHING, Stage.OPEN) else self._confidence
        return Prompt(self.stage, self.question, self.chosen, sure, self.verdict, self.book)

    # Asking.

    def ask_about(self, command: Fire) -> bool:
        """Ask about events before they are sent; return whether there is something to ask.

        The answer comes from a trial run with the command.
        """
        session = self.session
        if self.stage is Stage.RUNNING:
            return False
        if self.stage is Stage.OPEN:
            self.skip()
        self._forget()
        plan = session.plan
        place = len(plan.commands)
        until_us = max(plan.until_us or 0, session.at_us + LOOK_AHEAD_US)
        tried = run(replace(plan, commands=(*plan.commands, command), until_us=until_us))
        if tried.trace is None:
            return False
        question = question_about_command(Index(tried.trace), place, self._asked)
        if question is None:
            return False
        self.resumes = session.player.playing
        if self.resumes:
            session.player.pause()
        self._open(question, trial=True)
        return True

    def look(self) -> bool:
        """Notice what has become of the session; return whether the stage has changed."""
        before = self.stage, self.question
        session = self.session
        changed = session.version != self._version
        if changed:
            self._version, self._finder, self._ahead = session.version, None, None
        moved = session.at_us != self._at_us or session.player.playing
        if self.stage is Stage.OPEN and (moved or changed):
            self.skip()
        elif self.stage is Stage.TOLD and (moved or changed):
            self._forget()
        elif self.stage is Stage.RUNNING:
            self._follow(changed=changed)
        if self.stage in (Stage.NOTHING, Stage.TOLD):
            self._look_ahead()
        return (self.stage, self.question) != before

    def follow(self, session: Session) -> None:
        """Go on with another session, if it is another; the score and what was asked are kept."""
        if session is not self.session:
            self.stop()
            self.session, self._version = session, -1

    def stop(self) -> None:
        """Ask nothing for now; the player stops for nothing."""
        if self.stage is Stage.OPEN:
            self.skip()
        self._forget()
        self._ahead = None
        self.session.player.stop_at(None)

    # Answering.

    def choose(self, place: int) -> bool:
        """Choose an option; return whether there is such a one to choose."""
        question = self.question
        if self.stage is not Stage.OPEN or question is None or place >= len(question.options):
            return False
        self.chosen = place
        return True

    def answer(self, confidence: Confidence) -> bool:
        """Say how sure; return whether that makes an answer, which needs an option first.

        The event of a trial has to be sent now, and time has to pass.
        """
        if self.stage is not Stage.OPEN or self.chosen is None:
            return False
        self._confidence = confidence
        self.stage = Stage.RUNNING
        return True

    def skip(self) -> None:
        """Let the question go."""
        self.book = self.book.with_skip()
        self._forget()

    def leave(self) -> None:
        """Take the verdict away."""
        self._forget()

    # Inside.

    def _open(self, question: Question, *, trial: bool = False) -> None:
        self.stage, self.question, self.is_trial = Stage.OPEN, question, trial
        self._asked = self._asked.with_question(question)
        self._at_us, self._ahead = self.session.at_us, None

    def _look_ahead(self) -> None:
        """Let the player stop before the next events that are worth a question."""
        session = self.session
        player = session.player
        if self._finder is None:
            self._finder = Finder(session.index)
        edge_us = player.edge_us
        if self._ahead is None or self._ahead.asked_us < edge_us:
            self._ahead = self._finder.next(edge_us + (edge_us == self._left_us), self._asked)
        ahead = self._ahead
        here = ahead is not None and ahead.asked_us == session.at_us
        if ahead is not None and here and not player.playing and self.stage is Stage.NOTHING:
            self._left_us = ahead.asked_us
            player.stop_at(None)
            self._open(ahead)
        else:
            player.stop_at(None if ahead is None else ahead.asked_us)

    def _follow(self, *, changed: bool) -> None:
        """Look whether what was predicted is known by now."""
        session, question, chosen = self.session, self.question, self.chosen
        if question is None or chosen is None:
            return
        if changed:
            now = outcome_of(session.index, question.measure, question.attempts)
            if now is None or now.key != question.outcome.key:
                # What was done since made another story of it.
                self.skip()
                return
            question = self.question = replace(question, outcome=now)
        known_us = question.outcome.known_us
        if session.at_us < known_us:
            session.player.stop_at(known_us, Halt.ANSWER)
            return
        right = chosen == question.place
        self.book = self.book.with_answer(self._confidence, right=right)
        self.verdict = Verdict(
            question, Answer(chosen, self._confidence), points(self._confidence, right=right)
        )
        self.stage, self._at_us = Stage.TOLD, session.at_us
        session.player.pause(Halt.ANSWER)

    def _forget(self) -> None:
        self.stage, self.question, self.chosen, self.verdict = Stage.NOTHING, None, None, None
        self.is_trial = False
