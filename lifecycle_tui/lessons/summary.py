"""A lesson or a folder of them, told in lines of plain text for its author."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle_tui.lessons.model import (
    Beat,
    Block,
    Check,
    Hint,
    Lesson,
    Predict,
    Prose,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.pack import Pack
from lifecycle_tui.units.text import plural


def pack_lines(pack: Pack) -> Iterator[str]:
    """Yield the lessons of a folder in order, and those that are planned."""
    if pack.course is not None:
        yield pack.course.title
    width = max((len(each.id) for each in pack.lessons), default=0)
    planned = () if pack.course is None else pack.course.planned
    width = max([width, *(len(entry.id) for entry in planned)])
    for lesson in pack.lessons:
        told = f"{lesson.minutes} min, {plural(len(lesson.predictions), 'prediction')}"
        told += f", {plural(len(lesson.checks), 'check')}"
        mark = ", optional" if lesson.optional else ""
        yield f"{lesson.order:>3}  {lesson.id:{width}}  {lesson.title} ({told}{mark})"
    for entry in planned:
        yield f"  -  {entry.id:{width}}  {entry.title} (planned)"


def lesson_lines(lesson: Lesson) -> Iterator[str]:
    """Yield what a lesson is made of, beat by beat."""
    yield f"{lesson.order}. {lesson.title} ({lesson.id}, {lesson.minutes} min)"
    yield f"file: {lesson.file}"
    seed = "" if lesson.seed is None else f", seed {lesson.seed}"
    yield f"scenario: {lesson.scenario}{seed}"
    for key, values in (
        ("set", lesson.settings),
        ("requires", lesson.requires),
        ("misconceptions", lesson.misconceptions),
        ("terms", lesson.terms),
        ("recall", lesson.recall),
        ("allow", lesson.allow),
    ):
        if values:
            yield f"{key}: {', '.join(values)}"
    for text in lesson.objectives:
        yield f"- {text}"
    for beat in lesson.beats:
        yield ""
        yield from _beat(beat)


def _beat(beat: Beat) -> Iterator[str]:
    yield f"#{beat.id}  {beat.title}"
    for block in beat.blocks:
        yield from (f"  {line}" for line in _block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Prose(text=text, mark=mark):
            yield f"{mark}{text}"
        case Stage(lines=lines):
            yield f"stage: {' · '.join(line.text for line in lines)}"
        case Predict(id=name, ask=ask, options=options):
            yield f"predict {name}: {ask.plain}"
            for number, option in enumerate(options, start=1):
                yield f"  {number} {option.text.plain} [{option.key}]"
        case Check(id=name, goal=goal, all=goals):
            yield f"check {name}: {goal}"
            for each in goals:
                yield f"  [ ] {each.text}"
        case Hint(levels=levels):
            yield f"{plural(len(levels), 'hint')}"
        case Solution(lines=lines):
            yield f"solution: {' · '.join(line.text for line in lines)}"
        case _:
            yield type(block).__name__.lower()
