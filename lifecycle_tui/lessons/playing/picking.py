"""Which steps a learner gets: a lesson with what it asks again, where one left off, a review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final, NamedTuple

from lifecycle_tui.lessons.model import Card, Lesson, Predict, Recap
from lifecycle_tui.lessons.pack import Pack, load_plan
from lifecycle_tui.lessons.playing.steps import Level, Step, steps_of
from lifecycle_tui.lessons.progress import Progress, Status
from lifecycle_tui.lessons.proving import SEEDS

MOST_REVIEWED: Final = 6
"""Questions of a review."""


class Due(NamedTuple):
    """A misconception that is worth another question."""

    misconception: str
    missed: int


def played_steps(
    pack: Pack,
    lesson: Lesson,
    level: Level = Level.GUIDED,
    *,
    challenges: bool = False,
    asked: int = 0,
) -> tuple[Step, ...]:
    """Return the steps of a lesson, with the questions of earlier ones after its recap.

    Args:
        pack: where those lessons are.
        lesson: whose.
        level: how much it helps.
        challenges: only what the learner has to reach.
        asked: how many predictions were made by now: other numbers come with every time.
    """
    steps = steps_of(lesson, level, challenges=challenges)
    if challenges:
        return steps
    again = [
        step
        for number, name in enumerate(lesson.recall)
        for step in _question(pack, name, asked + number + 1)
    ]
    recap = max((n for n, s in enumerate(steps) if isinstance(s.does, Recap)), default=len(steps))
    cards = [n for n, step in enumerate(steps) if isinstance(step.does, Card)]
    place = min([recap + 1, *cards]) if cards else recap + 1
    return (*steps[:place], *again, *steps[place:])


def where_left(steps: tuple[Step, ...], progress: Progress, lesson: Lesson) -> tuple[int, int]:
    """Return the step at which a lesson goes on, and the moves made before it."""
    kept = progress.lesson(lesson.id)
    if kept is None or kept.status is Status.DONE:
        return 0, 0
    own = ((n, step) for n, step in enumerate(steps) if not step.is_recalled)
    return next(((n, kept.moves) for n, step in own if step.beat.id == kept.beat), (0, 0))


def next_lesson(pack: Pack, progress: Progress) -> Lesson | None:
    """Return the lesson to go on with: one that is begun, else the first that is not done.

    An optional one comes when all others are done.
    """
    begun, fresh, optional = None, None, None
    for lesson in pack.lessons:
        kept = progress.lesson(lesson.id)
        if kept is None and lesson.optional:
            optional = optional or lesson
        elif kept is None:
            fresh = fresh or lesson
        elif kept.status is not Status.DONE:
            begun = begun or lesson
    return begun or fresh or optional


def due(pack: Pack, progress: Progress) -> tuple[Due, ...]:
    """Return the misconceptions that were believed and not yet met as often since, worst first."""
    found = [
        Due(name, belief.missed)
        for name, belief in progress.misconceptions.items()
        if belief.is_due and name in pack.misconceptions
    ]
    return tuple(sorted(found, key=lambda each: (-each.missed, each.misconception)))


def review_steps(pack: Pack, progress: Progress) -> tuple[Step, ...]:
    """Return questions about what was got wrong, each with numbers that it did not have then."""
    asked = len(progress.predictions)
    wrong = dict.fromkeys(
        each.question for each in reversed(progress.predictions) if not each.correct
    )
    believed = [_about(pack, each.misconception, asked) for each in due(pack, progress)]
    # One question for each belief comes before a second one for any.
    rounds = zip_longest(*believed)
    names = dict.fromkeys(name for each in rounds for name in each if name is not None)
    latest = {each.question: each.correct for each in progress.predictions}
    for name in wrong:
        if not latest[name]:
            names.setdefault(name)
    steps = [
        step
        for number, name in enumerate(names)
        for step in _question(pack, name, asked + number + 1)
    ]
    return tuple(steps[:MOST_REVIEWED])


def _about(pack: Pack, misconception: str, turn: int) -> list[str]:
    """Return the questions behind a misconception, each time with another one at first."""
    names = [
        f"{lesson.id}.{predict.id}"
        for lesson in pack.lessons
        for predict in lesson.predictions
        if misconception in {each.misconception for each in predict.refute.values()}
    ]
    first = turn % len(names) if names else 0
    return names[first:] + names[:first]


def _question(pack: Pack, name: str, turn: int) -> Iterator[Step]:
    """Yield the step of a prediction, with other numbers than in its lesson."""
    where, _, which = name.partition(".")
    lesson = pack.find(where)
    if lesson is None:
        return
    for step in steps_of(lesson):
        if isinstance(step.does, Predict) and step.does.id == which:
            seed = load_plan(lesson).seed + 1 + turn % (SEEDS - 1)
            # What led there has been seen: the story stands where the question is asked.
            start = step.start + (0 if step.stage is None else 1)
            # A question stands alone, except where it is about a log, code or a claim to be read.
            says = step.says if step.pictures else ()
            yield replace(
                step, start=start, seed=seed, says=says, stage=None, hints=(), is_recalled=True
            )
            return
