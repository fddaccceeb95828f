"""Learners who play a lesson and hand it in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lifecycle_tui.language.running import run_line
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.playing.keeping import ProgressKeeper
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import steps_of
from lifecycle_tui.lessons.progress import Store
from lifecycle_tui.lessons.submitting.work import FOLDER, function_names, submission_of
from lifecycle_tui.lessons.submitting.writing import write_submission
from lifecycle_tui.sessions.layout import DIGEST, digest_of
from tests.lessons.shipped import lesson_of

NOW = "2026-11-26T10:00:00Z"
LESSON = "first-event"


def lesson() -> Lesson:
    """Return the lesson that is handed in."""
    return lesson_of(LESSON)


def rights(of: Lesson) -> dict[str, int]:
    """Play a lesson through, and return the right option of each question."""
    run = LessonRun(steps_of(of))
    play(run, {}, solves=True)
    return {run.steps[at].question: told.right for at, told in run.told.items()}


def play(run: LessonRun, choices: Mapping[str, int], *, solves: bool) -> None:
    """Play a lesson to its end."""
    for _ in range(500):
        if run.phase is Phase.OVER:
            return
        if run.phase is Phase.ASKED:
            run.choose(choices.get(run.step.question, 0))
            run.sure("think")
        elif run.phase is Phase.GOAL and solves:
            assert run.step.solution is not None
            for line in run.step.solution.lines:
                run_line(run.session, line.text)
            run.look()
        elif run.phase is Phase.GOAL and run.hint() is None:
            continue
        else:
            run.next()
    raise AssertionError("it never ends")


def handed_in(where: Path, of: Lesson, choices: Mapping[str, int], *, solves: bool = True) -> str:
    """Play a lesson, keeping everything in a folder, and return the submission's text."""
    store = Store(where / "progress.json")
    keeper = ProgressKeeper(store, lambda: NOW)
    play(LessonRun(steps_of(of), keeper=keeper), choices, solves=solves)
    assert keeper.trouble == ""
    handed = submission_of(where / FOLDER, of, store.read())
    return write_submission(handed, function_names(load_plan(of)))


def altered(text: str, old: str, new: str) -> str:
    """Return a submission with something else in it, and a digest that fits: a forger's."""
    assert old in text
    body = text.rpartition(DIGEST)[0].replace(old, new)
    return f"{body}{DIGEST}{digest_of(body)}\n"
