"""The runs in which goals were reached, kept while a lesson is played, and handed in together.

Each goal has a file of its own beside the progress file; it is a submission with that goal alone.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from lifecycle_tui.engine.patterns import ReplayPattern
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.files import write_privately
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.progress import Progress
from lifecycle_tui.lessons.submitting.reading import parse_head, parse_rest
from lifecycle_tui.lessons.submitting.submission import (
    SUFFIX,
    Choice,
    Submission,
    Work,
    story_digest,
)
from lifecycle_tui.lessons.submitting.writing import write_submission
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.layout import LARGEST

FOLDER: Final = "work"


def keep_work(folder: Path, lesson: Lesson, check: str, session: Session) -> None:
    """Keep the run in which a goal was reached.

    One in which a recording was replayed is not kept: a submission holds no other file.

    Args:
        folder: where the work of all lessons is.
        lesson: which one it is of.
        check: the goal.
        session: as it is now.

    Raises:
        ScenarioError: the lesson's scenario cannot be read any more.
        CannotSaveError: the run is too large.
        OSError: it cannot be written.
    """
    work = Work.of(session)
    if any(isinstance(step, ReplayPattern) for one in work.branches for step in one.steps):
        return
    plan = load_plan(lesson)
    works = MappingProxyType({check: work})
    alone = Submission(lesson.id, story_digest(lesson, plan), works=works)
    path = folder / lesson.id / f"{check}{SUFFIX}"
    write_privately(path, write_submission(alone, function_names(plan)))


def forget_work(folder: Path, lesson: str | None = None) -> None:
    """Remove what was kept of a lesson, or of all.

    Raises:
        OSError: it cannot be removed.
    """
    for path in folder.glob(f"{lesson or '*'}/*{SUFFIX}"):
        path.unlink(missing_ok=True)


def submission_of(folder: Path, lesson: Lesson, progress: Progress) -> Submission:
    """Return what a learner has to hand in of a lesson: first answers, and goals reached.

    What was reached in another version of the lesson is left out.

    Raises:
        ScenarioError: the lesson's scenario cannot be read.
    """
    plan = load_plan(lesson)
    story = story_digest(lesson, plan)
    works: dict[str, Work] = {}
    for check in lesson.checks:
        kept = _kept(folder / lesson.id / f"{check.id}{SUFFIX}", plan)
        if kept is not None and kept.story == story and check.id in kept.works:
            works[check.id] = kept.works[check.id]
    answers = MappingProxyType(_answers(lesson, progress, plan.seed))
    return Submission(lesson.id, story, progress.learner, answers, MappingProxyType(works))


def function_names(plan: Plan) -> tuple[str, ...]:
    """Return the names of a scenario's functions."""
    return tuple(function.name for function in plan.functions)


def _kept(path: Path, plan: Plan) -> Submission | None:
    try:
        with path.open("rb") as file:
            return parse_rest(parse_head(file.read(LARGEST + 1_001), path.name), plan)
    except (OSError, ScenarioError):
        return None


def _answers(lesson: Lesson, progress: Progress, seed: int) -> dict[str, Choice]:
    """Return the first answer to each prediction; those asked again had other numbers."""
    found: dict[str, Choice] = {}
    names = {f"{lesson.id}.{predict.id}": predict.id for predict in lesson.predictions}
    for answer in progress.predictions:
        name = names.get(answer.question)
        if name is not None and answer.seed == seed:
            found.setdefault(name, Choice(answer.choice, answer.confidence))
    return found
