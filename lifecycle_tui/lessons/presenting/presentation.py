"""A presentation: where one is in a deck, the votes of the room, and what is tried out on the way.

Going on from something that was tried out goes on with the deck's own story, as if nothing had
been.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.playing.goal import Goal
from lifecycle_tui.lessons.playing.standing import outside
from lifecycle_tui.lessons.playing.way import Way, copy_of
from lifecycle_tui.lessons.presenting.slides import Deck, Kind, Slide
from lifecycle_tui.lessons.presenting.votes import Ballot, Votes
from lifecycle_tui.lessons.staging import LOOKING, Staged
from lifecycle_tui.play.note import Note
from lifecycle_tui.units.translation import tr_later


class Presentation(Way[Slide]):
    """A way through the slides of a deck.

    Args:
        deck: what is shown.
        plan: what it is played on.
        at: the slide to begin with, from 0.

    Raises:
        RefusedError: one of the commands up to there cannot be carried out.
    """

    was_last: ClassVar[str] = tr_later("that was the last slide")
    is_first: ClassVar[str] = tr_later("this is the first slide")
    is_wrong: ClassVar[str] = tr_later("this lesson is wrong: {error}")

    def __init__(self, deck: Deck, plan: Plan, at: int = 0) -> None:
        self.deck = deck
        self._plan = plan
        self.votes: dict[str, Votes] = {}
        """By the id of a prediction: the hands."""
        self.ballot: Ballot | None = None
        """The numbers that are being typed; None while none are."""
        self._goal: Goal | None = None
        super().__init__(deck.slides, partial(Staged, plan), at)

    # What there is.

    @property
    def vote(self) -> Votes | None:
        """The hands for what is asked: as they are typed, else as they were counted."""
        if self.ballot is not None:
            return self.ballot.votes
        question = self.step.question
        return None if question is None else self.votes.get(question.id)

    @property
    def is_told(self) -> bool:
        """Whether the run has answered what was asked."""
        return self.step.kind is Kind.ANSWER and not self.is_watched

    @property
    def ticks(self) -> tuple[bool, ...]:
        """Which parts of the challenge are reached."""
        check = self.step.check
        if check is None:
            return ()
        if self._goal is not None:
            return self._goal.ticks
        return Goal(check, self._staged).ticks

    @property
    def broken(self) -> tuple[str, ...]:
        """What the challenge forbids and is the case."""
        return () if self._goal is None else self._goal.broken

    @property
    def has_reached(self) -> bool:
        """Whether the challenge is reached."""
        return self.step.check is not None and all(self.ticks) and not self.broken

    @property
    def moves(self) -> int:
        """Commands tried for the challenge."""
        return 0 if self._goal is None else self._goal.moves

    # Going.

    def forward(self) -> Note | None:
        """Go on with the next slide; while one is being played, to its end."""
        self.close_vote()
        if self.is_interrupted:
            self._resume()
        if self.is_watched:
            return self.finish()
        return self._next()

    def back(self) -> Note | None:
        """Go back to the slide before; from something tried out, to the slide as it was."""
        self.close_vote()
        if self.is_interrupted:
            self._resume()
            return None
        return self._previous()

    def reveal(self) -> Note | None:
        """Show the answer, or a way to reach the challenge."""
        if self.is_watched:
            return self.finish()
        following = self.steps[self.at + 1 : self.at + 2]
        if not any(slide.reveals for slide in following):
            return Note("there is nothing to reveal on this slide", refused=True)
        return self.forward()

    def go_to(self, at: int) -> None:
        """Go to any slide, as it is at its end."""
        self.close_vote()
        self._goal = None
        super().go_to(at)

    # Votes.

    def open_vote(self) -> Note | None:
        """Begin to count hands."""
        question = self.step.question
        if question is None:
            return Note("a vote belongs to a question", refused=True)
        if self.step.kind is not Kind.QUESTION:
            return Note("the answer is known; PgUp goes back to the question", refused=True)
        self.ballot = Ballot(len(question.options))
        return None

    def next_option(self) -> None:
        """Count the next option's hands; behind the last one the vote is done."""
        if self.ballot is None:
            return
        if self.ballot.is_last:
            self.close_vote()
        else:
            self.ballot = self.ballot.next()

    def close_vote(self) -> None:
        """Keep what was typed; where nothing was, the vote stays as it was."""
        ballot, self.ballot = self.ballot, None
        if ballot is not None and not ballot.is_empty and self.step.question is not None:
            self.votes[self.step.question.id] = ballot.votes

    def drop_vote(self) -> None:
        """Leave the vote as it was before."""
        self.ballot = None

    # Trying something out.

    def refusal(self, verb: str) -> str:
        """Say why a verb is no part of the lesson; empty if nothing is against it."""
        return "" if verb in LOOKING else outside(self.deck.lesson, verb)

    def interrupt(self) -> Note:
        """Try something out on a copy of what is seen."""
        self.drop_vote()
        self.finish()
        self._aside = copy_of(self._staged.session)
        if self.step.check is not None and self.step.kind is Kind.CHALLENGE:
            self._goal = Goal(self.step.check, Staged(self._plan, self._aside))
        return Note("trying it out · PgDn goes on with the lesson · PgUp back to the slide")

    def look(self) -> None:
        """Notice what has become of what is tried out."""
        if self._goal is not None:
            self._goal.look()

    def _resume(self) -> None:
        self._aside = self._goal = None
