"""The walk: where one is in a walkthrough, and the session that shows it, whoever draws it.

A step is a moment of one known story. Going back is running the story again up to there, so that
what is seen is exactly what was seen before. Whoever wants to try something interrupts the walk:
they get a copy of the story, in a fork, and the walk's own stays where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lifecycle_tui.expressions import ExpressionError, Value
from lifecycle_tui.lessons.playing.script import Script
from lifecycle_tui.lessons.staging import RefusedError, Staged
from lifecycle_tui.play.branches import name_problem
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.translation import tr
from lifecycle_tui.walkthroughs.model import Step, Walkthrough

ASIDE: Final = "aside"
"""The fork in which one plays freely."""
WHOSE: Final = "walkthrough"


class Walk:
    """A way through the steps of a walkthrough.

    Args:
        walkthrough: what is told.
        at: the step to begin with, from 0; one that is not there is the last one.

    Raises:
        RefusedError: one of the commands up to there cannot be carried out.
    """

    def __init__(self, walkthrough: Walkthrough, at: int = 0) -> None:
        self.walkthrough = walkthrough
        self.at = 0
        """The step that is shown, or being carried out."""
        self._script: Script | None = None
        self._aside: Session | None = None
        self._staged = staged_of(self.walkthrough)
        self._open(min(max(at, 0), len(self.steps) - 1))

    # What there is.

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps."""
        return self.walkthrough.steps

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.at]

    @property
    def session(self) -> Session:
        """What is to be seen: the walk's own story, or the copy that is played with."""
        return self._aside or self._staged.session

    @property
    def is_interrupted(self) -> bool:
        """Whether one is playing freely."""
        return self._aside is not None

    @property
    def is_watched(self) -> bool:
        """Whether the step's commands are being carried out."""
        return self._script is not None and not self._script.done

    @property
    def is_last(self) -> bool:
        """Whether there is no further step."""
        return self.at == len(self.steps) - 1

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
        if self.is_last:
            return Note(tr("that was the last step"), refused=True)
        before = self.at
        self.at += 1
        return self._carried_out(before)

    def back(self) -> Note | None:
        """Go back to what was seen at the end of the step before."""
        if self.is_interrupted:
            return self.resume()
        if self.at == 0 and not self.is_watched:
            return Note(tr("this is the first step"), refused=True)
        self._open(max(self.at - 1, 0))
        return None

    def finish(self) -> Note | None:
        """Carry out what is left of the step at once."""
        if self._script is None:
            return None
        try:
            self._script.skip()
        except RefusedError as error:
            return self._gone_wrong(error, self.at - 1)
        return None

    def advance(self, wall_seconds: float) -> Note | None:
        """Let wall time pass."""
        if self._aside is not None:
            self._aside.tick(wall_seconds)
        elif self._script is not None:
            try:
                self._script.advance(wall_seconds)
            except RefusedError as error:
                return self._gone_wrong(error, self.at - 1)
        return None

    # Leaving the way.

    def interrupt(self) -> Note:
        """Play freely: in a copy of what is seen, so that the walk's own story stays as it is."""
        if self.is_interrupted:
            return Note(tr("the walkthrough is interrupted already"), refused=True)
        self._aside = _copy(self._staged.session)
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

    # Inside.

    def _open(self, at: int) -> None:
        """Run the story again, up to the end of a step."""
        staged = staged_of(self.walkthrough)
        for step in self.steps[: at + 1]:
            Script(staged, step.lines).skip()
        self._staged, self._script, self.at = staged, None, at

    def _carried_out(self, before: int) -> Note | None:
        """Begin to carry out the step's commands."""
        try:
            self._script = Script(self._staged, self.step.lines)
        except RefusedError as error:
            return self._gone_wrong(error, before)
        return None

    def _gone_wrong(self, error: RefusedError, before: int) -> Note:
        """Stay at the step before one that cannot be carried out."""
        self._open(max(before, 0))
        return Note(tr("this walkthrough is wrong: {error}", error=error), refused=True)


def staged_of(walkthrough: Walkthrough) -> Staged:
    """Return the session that a walkthrough plays on, before anything is done."""
    origin = walkthrough.origin
    session = Session(walkthrough.plan, scenario_name=origin.name)
    session.origin = lambda: origin
    return Staged(walkthrough.plan, session, whose=WHOSE)


def _copy(session: Session) -> Session:
    """Return another session of the same story, at the same moment."""
    other = Session(session.scenario, scenario_name=session.scenario_name)
    other.origin = session.origin
    other.load(session.branches, session.branch.name)
    other.function = session.function
    other.changes = 0
    other.player.pause(Halt.QUIET if other.played.is_quiet_at(other.at_us) else Halt.PAUSED)
    return other


def _names(session: Session) -> tuple[str, ...]:
    return tuple(branch.name for branch in session.branches)
