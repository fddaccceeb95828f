"""A way through one known story: where one is on it, and the session that shows it.

A step of it is a moment of the story. Going back is running the story again up to there, so that
what is seen is exactly what was seen before. Whoever wants to try something leaves the way: they
get a copy of the story, and the way's own stays where it was.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from lifecycle_tui.lessons.model import Line
from lifecycle_tui.lessons.playing.script import Script
from lifecycle_tui.lessons.staging import RefusedError, Staged
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.translation import tr


class Moment(Protocol):
    """What a step has to have."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The commands that lead to it from the one before."""


M = TypeVar("M", bound=Moment)


class Way(ABC, Generic[M]):
    """A way through steps.

    Args:
        steps: at least one.
        begin: returns what the story is played on, before anything is done.
        at: the step to begin with, from 0; one that is not there is the last one.

    Raises:
        RefusedError: one of the commands up to there cannot be carried out.
    """

    was_last: ClassVar[str]
    """Said where there is no step to go on to."""
    is_first: ClassVar[str]
    """Said where there is none to go back to."""
    is_wrong: ClassVar[str]
    """Said where a command cannot be carried out; with the ``error``."""

    def __init__(self, steps: Sequence[M], begin: Callable[[], Staged], at: int = 0) -> None:
        self.steps = tuple(steps)
        self.at = 0
        """The step that is shown, or being carried out."""
        self._begin = begin
        self._script: Script | None = None
        self._aside: Session | None = None
        self._staged = begin()
        self._open(min(max(at, 0), len(self.steps) - 1))

    # What there is.

    @property
    def step(self) -> M:
        """The step that is shown."""
        return self.steps[self.at]

    @property
    def session(self) -> Session:
        """What is to be seen: the way's own story, or the copy that is played with."""
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

    # Going.

    @abstractmethod
    def forward(self) -> Note | None:
        """Go on."""

    @abstractmethod
    def back(self) -> Note | None:
        """Go back."""

    def go_to(self, at: int) -> None:
        """Go to what is seen at the end of a step."""
        self._aside = None
        self._open(min(max(at, 0), len(self.steps) - 1))

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

    @abstractmethod
    def interrupt(self) -> Note:
        """Play freely: in a copy of what is seen, so that the way's own story stays as it is."""

    # Inside.

    def _next(self) -> Note | None:
        """Go to the next step, and begin to carry its commands out."""
        if self.is_last:
            return Note(tr(self.was_last), refused=True)
        before = self.at
        self.at += 1
        try:
            self._script = Script(self._staged, self.step.lines)
        except RefusedError as error:
            return self._gone_wrong(error, before)
        return None

    def _previous(self) -> Note | None:
        """Go to what was seen at the end of the step before."""
        if self.at == 0 and not self.is_watched:
            return Note(tr(self.is_first), refused=True)
        if self.at and not self.step.lines:
            # The story is where it was.
            self.at, self._script = self.at - 1, None
        else:
            self._open(max(self.at - 1, 0))
        return None

    def _open(self, at: int) -> None:
        """Run the story again, up to the end of a step."""
        staged = self._begin()
        for step in self.steps[: at + 1]:
            Script(staged, step.lines).skip()
        self._staged, self._script, self.at = staged, None, at

    def _gone_wrong(self, error: RefusedError, before: int) -> Note:
        """Stay at the step before one that cannot be carried out."""
        self._open(max(before, 0))
        return Note(tr(self.is_wrong, error=error), refused=True)


def copy_of(session: Session) -> Session:
    """Return another session of the same story, at the same moment."""
    other = Session(session.scenario, scenario_name=session.scenario_name)
    other.origin = session.origin
    other.load(session.branches, session.branch.name)
    other.function = session.function
    other.changes = 0
    other.player.pause(Halt.QUIET if other.played.is_quiet_at(other.at_us) else Halt.PAUSED)
    return other
