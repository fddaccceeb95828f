"""The walk: where one is in a walkthrough, and the session that shows it, whoever draws it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final

from lifecycle_tui.expressions import ExpressionError, Value
from lifecycle_tui.lessons.playing.way import Way, copy_of
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.play.branches import name_problem
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.translation import tr, tr_later
from lifecycle_tui.walkthroughs.model import Step, Walkthrough
from lifecycle_tui.walkthroughs.staging import StagedWalk

ASIDE: Final = "aside"
"""The fork in which one plays freely."""


class Walk(Way[Step]):
    """A way through the steps of a walkthrough.

    Args:
        walkthrough: what is told.
        at: the step to begin with, from 0; one that is not there is the last one.

    Raises:
        RefusedError: one of the commands up to there cannot be carried out.
    """

    was_last: ClassVar[str] = tr_later("that was the last step")
    is_first: ClassVar[str] = tr_later("this is the first step")
    is_wrong: ClassVar[str] = tr_later("this walkthrough is wrong: {error}")

    def __init__(self, walkthrough: Walkthrough, at: int = 0) -> None:
        self.walkthrough = walkthrough
        super().__init__(walkthrough.steps, partial(staged_of, walkthrough), at)

    # What there is.

    @property
    def names(self) -> Mapping[str, Value]:
        """What the caption's expressions can ask."""
        return self._staged.names

    @property
    def caption(self) -> str:
        """What is said; what is not known yet while commands are carried out is left open."""
        try:
            return self.step.caption.fill(self.names)
        except ExpressionError:
            return self.step.caption.plain

    # Going.

    def forward(self) -> Note | None:
        """Go on: to the walk, to the end of what is being shown, else to the next step."""
        if self.is_interrupted:
            return self.resume()
        if self.is_watched:
            return self.finish()
        return self._next()

    def back(self) -> Note | None:
        """Go back to what was seen at the end of the step before."""
        return self.resume() if self.is_interrupted else self._previous()

    # Leaving the way.

    def interrupt(self) -> Note:
        """Play freely: in a copy of what is seen, so that the walk's own story stays as it is."""
        if self.is_interrupted:
            return Note(tr("the walkthrough is interrupted already"), refused=True)
        self._aside = copy_of(self._staged.session)
        name = ASIDE if not name_problem(ASIDE, _names(self._aside)) else None
        self._aside.fork(name)
        return Note(
            tr(
                "interrupted at step {number}: this is {fork}, a fork",
                number=self.at + 1,
                fork=self._aside.branch.name,
            )
        )

    def resume(self) -> Note:
        """Go back to where the walk was interrupted, and to what was being shown there."""
        self._aside = None
        return Note(tr("on with step {number}", number=self.at + 1))


def staged_of(walkthrough: Walkthrough) -> Staged:
    """Return the session that a walkthrough plays on, before anything is done."""
    origin = walkthrough.origin
    session = Session(walkthrough.plan, scenario_name=origin.name)
    session.origin = lambda: origin
    return StagedWalk(walkthrough.plan, session, walkthrough.recordings)


def _names(session: Session) -> tuple[str, ...]:
    return tuple(branch.name for branch in session.branches)
