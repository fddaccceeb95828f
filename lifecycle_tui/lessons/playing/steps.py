"""A lesson cut into steps: something to read, perhaps something to watch, and one thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lifecycle_tui.lessons.model import (
    Beat,
    Block,
    Card,
    Check,
    Hint,
    Lesson,
    Note,
    Picture,
    Predict,
    Prose,
    Recap,
    Solution,
    Stage,
)


class Level(StrEnum):
    """How much a lesson helps."""

    GUIDED = "guided"
    """Everything that its author wrote."""
    FADED = "faded"
    """No prose, and the first hint alone. What is to be read, as a log, stays at every level."""
    GOAL = "goal"
    """No prose and no hints; of a goal its sentence, not its parts."""


_PASSING: Final = ("wait", "seek", "play", "step")

HINTS = {Level.GUIDED: 3, Level.FADED: 1, Level.GOAL: 0}
"""How many hints may be opened."""


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between two presses of "next"."""

    lesson: Lesson
    """Whose story is played."""
    beat: Beat
    start: int
    """How many blocks of the lesson come before it: they say what has happened by then."""
    says: tuple[Prose | Picture, ...] = ()
    stage: Stage | None = None
    """Commands that the lesson runs, once that is read."""
    does: Predict | Check | Recap | Card | None = None
    hints: tuple[str, ...] = ()
    solution: Solution | None = None
    seed: int | None = None
    """Instead of the lesson's own: a question asked again has other numbers."""
    is_recalled: bool = False
    """Whether it is a question of another lesson."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The logs, the code and the claims that it is about."""
        return tuple(each for each in self.says if isinstance(each, Picture))

    @property
    def question(self) -> str:
        """The name under which its prediction is kept, as ``doom-loop.next``; empty for none."""
        return f"{self.lesson.id}.{self.does.id}" if isinstance(self.does, Predict) else ""

    @property
    def shows(self) -> bool:
        """Whether it has something to watch: commands that let time pass."""
        return self.stage is not None and _lets_time_pass(self.stage)

    @property
    def needs_its_story(self) -> bool:
        """Whether the run has to be as the lesson tells it when the step begins."""
        return self.stage is not None or isinstance(self.does, Predict | Check)


def steps_of(
    lesson: Lesson, level: Level = Level.GUIDED, *, challenges: bool = False
) -> tuple[Step, ...]:
    """Return the steps of a lesson in order; its reference card comes last.

    Args:
        lesson: whose.
        level: how much it helps.
        challenges: only what the learner has to reach.
    """
    steps = list(_Cutter(lesson).steps())
    if challenges:
        steps = [step for step in steps if isinstance(step.does, Check)]
    if level is not Level.GUIDED:
        bare = (
            replace(step, says=step.pictures, hints=step.hints[: HINTS[level]]) for step in steps
        )
        steps = [step for step in bare if step.stage is not None or step.does is not None]
    cards = [step for step in steps if isinstance(step.does, Card)]
    return (*(step for step in steps if step not in cards), *cards)


def _lets_time_pass(stage: Stage) -> bool:
    return any(line.text.split(maxsplit=1)[0] in _PASSING for line in stage.lines)


class _Cutter:
    """Goes through a lesson's blocks, and cuts where there is something to do."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._begin(lesson.beats[0], 0)
        self._says: list[Prose | Picture] = list(lesson.intro)

    def _begin(self, beat: Beat, start: int) -> None:
        self._beat = beat
        self._start = start
        self._says = []
        self._stage: Stage | None = None

    def steps(self) -> Iterator[Step]:
        last: Step | None = None
        for place, (beat, block) in enumerate(self._lesson.blocks()):
            joined = None if last is None else _with_what_follows(last, block, beat)
            if joined is not None:
                last = joined
                continue
            for step in self._take(place, beat, block):
                if last is not None:
                    yield last
                last = step
        if last is not None:
            yield last
        if self._says or self._stage is not None:
            yield self._cut(None)

    def _take(self, place: int, beat: Beat, block: Block) -> Iterator[Step]:
        """Take one block, and yield the steps that end before it or with it."""
        if self._cuts(beat, block):
            yield self._cut(None)
            self._begin(beat, place)
        self._beat = beat
        if self._stage is None:
            self._start = place
        match block:
            case Prose() | Picture():
                self._says.append(block)
            case Stage():
                self._stage = block
            case Predict() | Check() | Recap() | Card():
                yield self._cut(block)
                self._begin(beat, place + 1)
            case _:
                pass

    def _cuts(self, beat: Beat, block: Block) -> bool:
        """Whether a block begins a step although nothing was asked in the one before it."""
        if not self._says and self._stage is None:
            return False
        if beat is not self._beat:
            # What stands before the first beat belongs to it.
            return self._stage is not None or any(s not in self._lesson.intro for s in self._says)
        if self._stage is None or not isinstance(block, Prose | Picture | Stage):
            return False
        # Where there was nothing to watch, reading goes on.
        return isinstance(block, Stage) or _lets_time_pass(self._stage)

    def _cut(self, does: Predict | Check | Recap | Card | None) -> Step:
        return Step(
            self._lesson,
            self._beat,
            self._start,
            tuple(self._says),
            self._stage,
            does,
        )


def _with_what_follows(step: Step, block: Block, beat: Beat) -> Step | None:
    """Return a step with a block that belongs to it; None if it does not."""
    if beat is not step.beat or not isinstance(step.does, Predict | Check):
        return None
    if isinstance(block, Hint):
        return replace(step, hints=step.hints + tuple(text for _, text in block.levels))
    if isinstance(block, Note):
        return step
    if isinstance(block, Solution) and isinstance(step.does, Check) and step.solution is None:
        return replace(step, solution=block)
    return None
