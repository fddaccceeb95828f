"""Beginning a lesson or a review, with what the learner did before, whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import Pack
from lifecycle_tui.lessons.playing.keeping import ProgressKeeper
from lifecycle_tui.lessons.playing.picking import played_steps, review_steps, where_left
from lifecycle_tui.lessons.playing.run import LessonRun
from lifecycle_tui.lessons.playing.steps import Level
from lifecycle_tui.lessons.progress import Store


def time_of_day() -> str:
    """Return the time of day, as ISO text in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def begin_lesson(
    pack: Pack,
    lesson: Lesson,
    store: Store,
    now: Callable[[], str],
    *,
    level: Level = Level.GUIDED,
    challenges: bool = False,
    fresh: bool = False,
    beat: str = "",
) -> LessonRun:
    """Return the run of a lesson, where the learner left it.

    Args:
        pack: where the lessons are that it asks again.
        lesson: which.
        store: where progress is kept.
        now: the time of day.
        level: how much it helps.
        challenges: only what the learner has to reach.
        fresh: from its beginning, not from where it was left.
        beat: from this beat on.

    Raises:
        ScenarioError: its scenario cannot be read.
        RefusedError: one of its commands cannot be carried out.
    """
    progress = store.read()
    asked = len(progress.predictions)
    steps = played_steps(pack, lesson, level, challenges=challenges, asked=asked)
    at, moves = (0, 0) if fresh else where_left(steps, progress, lesson)
    if beat:
        at = next((n for n, step in enumerate(steps) if step.beat.id == beat), at)
    keeper = ProgressKeeper(store, now)
    return LessonRun(steps, level=level, keeper=keeper, at=at, moves=moves)


def begin_review(pack: Pack, store: Store, now: Callable[[], str]) -> LessonRun | None:
    """Return the run of a review; None where there is nothing to review."""
    steps = review_steps(pack, store.read())
    return LessonRun(steps, keeper=ProgressKeeper(store, now)) if steps else None


def lesson_after(pack: Pack, lesson: Lesson) -> Lesson | None:
    """Return the lesson after another one."""
    lessons = pack.lessons
    place = next((n for n, each in enumerate(lessons) if each.id == lesson.id), len(lessons))
    return next(iter(lessons[place + 1 : place + 2]), None)
