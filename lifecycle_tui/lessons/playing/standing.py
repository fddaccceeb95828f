"""Where a learner stands in a lesson: the step, what is asked, what is reached, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from lifecycle_tui.lessons.model import Check, Lesson
from lifecycle_tui.lessons.playing.asking import Asked, Told
from lifecycle_tui.lessons.playing.script import Script
from lifecycle_tui.lessons.playing.steps import Level, Step
from lifecycle_tui.lessons.staging import LOOKING, Staged
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.translation import tr

_NO_FILES: Final = ("load",)


class Phase(StrEnum):
    """What the learner does just now."""

    READ = "read"
    """Reading what is shown before a stage."""
    WATCH = "watch"
    """Watching the lesson's own commands."""
    ASKED = "asked"
    """Answering a question."""
    TOLD = "told"
    """Reading what became of the answer."""
    GOAL = "goal"
    """Trying to reach a goal."""
    REACHED = "reached"
    """It is reached."""
    SHOW = "show"
    """Reading what there is nothing to do about: prose, the recap, the reference card."""
    OVER = "over"
    """Nothing is left."""


class Reached(NamedTuple):
    """A goal that was reached."""

    moves: int
    shown: bool
    """Whether the solution was shown."""


class Standing:
    """What there is to know of a run.

    Args:
        steps: at least one.
        level: how much help there is.
        moves: moves of the steps before.
    """

    _staged: Staged
    """The story that is played."""

    def __init__(self, steps: Sequence[Step], level: Level, moves: int) -> None:
        self.steps = tuple(steps)
        self.level = level
        self.moves = moves
        """Commands of the learner that changed something, in all goals so far."""
        self.at = -1
        """The step that is played."""
        self.looking = 0
        """The step that is looked at: the same, or one before it."""
        self.phase = Phase.OVER
        self.chosen: int | None = None
        """The place of the option that is chosen and not yet answered with."""
        self.asked: Asked | None = None
        self.told: dict[int, Told] = {}
        """By step."""
        self.reached: dict[int, Reached] = {}
        """By step."""
        self.hints: dict[int, int] = {}
        """By step: how many have been opened."""
        self.ticks: tuple[bool, ...] = ()
        """Which parts of the goal are reached."""
        self.broken: tuple[str, ...] = ()
        """What is forbidden and the case."""
        self._before = moves
        """Moves before the present goal."""
        self._script: Script | None = None
        """Commands of the lesson that are being carried out."""

    @property
    def session(self) -> Session:
        """What is played; a question of another lesson has a session of its own."""
        return self._staged.session

    @property
    def step(self) -> Step:
        """The step that is played."""
        return self.steps[self.at]

    @property
    def seen(self) -> Step:
        """The step that is looked at."""
        return self.steps[self.looking]

    @property
    def looks_back(self) -> bool:
        """Whether an earlier step is looked at than is played."""
        return self.looking != self.at

    @property
    def lesson(self) -> Lesson:
        """The lesson whose story is played."""
        return self.step.lesson

    @property
    def goal(self) -> str:
        """What the learner is after, in a sentence; always something.

        Where nothing is to be reached, it is what one can do after the lesson.
        """
        step = self.step
        if isinstance(step.does, Check):
            return step.does.goal
        lesson = step.lesson
        if not lesson.objectives:
            return lesson.title
        place = lesson.beats.index(step.beat) * len(lesson.objectives) // len(lesson.beats)
        words = lesson.objectives[place]
        return f"{words[:1].upper()}{words[1:]}."

    @property
    def par(self) -> int | None:
        """The fewest moves that the present goal is known to take; None without a goal."""
        does = self.step.does
        return (does.par or self.lesson.par) if isinstance(does, Check) else None

    @property
    def goal_moves(self) -> int:
        """Moves for the present goal."""
        return self.moves - self._before

    @property
    def hints_shown(self) -> tuple[str, ...]:
        """The hints that have been opened for the step that is looked at."""
        return self.seen.hints[: self.hints.get(self.looking, 0)]

    @property
    def line(self) -> str:
        """The command of the lesson that is being carried out; empty for none."""
        return "" if self._script is None else self._script.line

    def refusal(self, verb: str) -> str:
        """Say why the learner may not use a verb now; empty if nothing is against it."""
        if verb in _NO_FILES:
            return tr("{verb}: not while a lesson is played; q leaves it", verb=verb)
        if verb in LOOKING:
            return ""
        if self.phase is Phase.WATCH:
            return tr("the lesson is showing something: n skips to its end")
        if self.phase is Phase.ASKED:
            return tr(
                "{verb} waits for your answer: {answer}", verb=verb, answer=self.how_to_answer()
            )
        return outside(self.lesson, verb)

    def numbers(self) -> str:
        """Return the keys of the options."""
        assert self.asked is not None
        return f"1-{len(self.asked.options)}"

    def how_to_answer(self) -> str:
        """Return the keys of an answer."""
        return tr(
            "{numbers}, then a guess, b think or c certain · Esc skips", numbers=self.numbers()
        )


def outside(lesson: Lesson, verb: str) -> str:
    """Say that a lesson does not have a verb; empty if it has."""
    allow = lesson.allow
    if not allow or verb in allow:
        return ""
    if verb == "set" and "restart" in allow:
        return tr("set is no part of this lesson; restart begins again with other settings")
    mine = ", ".join(each for each in allow if each not in LOOKING)
    return tr("{verb} is no part of this lesson; it has {verbs}", verb=verb, verbs=mine)
