"""Runs of the lesson of docs/lesson-format.md, and a keeper that remembers what it was told."""

from __future__ import annotations

from collections.abc import Sequence

from lifecycle_tui.language.running import run_line
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.playing.keeping import Keeper
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import Level, Step, steps_of
from lifecycle_tui.play.session import Session
from tests.lessons.examples import changed, lesson


class Diary(Keeper):
    """A keeper that writes everything down."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def reached(self, lesson: str, beat: str, moves: int) -> None:
        self.lines.append(f"reached {lesson}#{beat} {moves}")

    def answered(
        self,
        question: str,
        choice: str,
        seed: int,
        confidence: str,
        *,
        correct: bool,
        tested: str,
        believed: str,
    ) -> None:
        sides = f"tested {tested or '-'} believed {believed or '-'}"
        self.lines.append(f"answered {question} {choice} {confidence} {seed} {correct} {sides}")

    def solved(self, lesson: Lesson, check: str, session: Session) -> None:
        self.lines.append(f"solved {lesson.id}#{check} {len(session.live)}")

    def hinted(self, lesson: str) -> None:
        self.lines.append(f"hinted {lesson}")

    def completed(self, lesson: str, moves: int, *, shown: bool = False) -> None:
        self.lines.append(f"completed {lesson} {moves}{' shown' if shown else ''}")


def example(*changes: tuple[str, str]) -> Lesson:
    return lesson(changed(*changes))


def begin(
    *changes: tuple[str, str],
    level: Level = Level.GUIDED,
    challenges: bool = False,
    diary: Diary | None = None,
    steps: Sequence[Step] | None = None,
) -> LessonRun:
    """Begin the example, with some of its texts replaced."""
    if steps is None:
        steps = steps_of(example(*changes), level, challenges=challenges)
    return LessonRun(steps, level=level, keeper=diary)


def to(run: LessonRun, phase: Phase) -> LessonRun:
    """Go on until a phase, answering what is asked with the second option."""
    for _ in range(100):
        if run.phase is phase:
            return run
        if run.phase is Phase.ASKED:
            run.choose(1)
            run.sure("think")
        elif run.phase is Phase.GOAL:
            assert run.step.solution is not None
            for line in run.step.solution.lines:
                give(run, line.text)
        else:
            run.next()
    raise AssertionError(f"never in {phase}")


def give(run: LessonRun, line: str) -> None:
    """Carry a line out as a learner does."""
    run_line(run.session, line)
    run.look()


def phase_of(run: LessonRun) -> Phase:
    """Return the phase, of which a type checker does not think that it stays."""
    return run.phase
