"""``lessons lint``: what can be said of lessons before anything runs.

Whether they run as they promise is told by ``proving``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.expressions import problems as misnamed
from lifecycle_tui.language.grammar import BY_WORD
from lifecycle_tui.languages import lessons_in
from lifecycle_tui.lessons.fitting import misfits
from lifecycle_tui.lessons.leaks import leaks
from lifecycle_tui.lessons.model import (
    Card,
    Check,
    Condition,
    Lesson,
    Line,
    Predict,
    Recap,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.pack import Pack, load_plan
from lifecycle_tui.lessons.staging import NAMES, NEVER, read_line, verb_of
from lifecycle_tui.lessons.templates import Template
from lifecycle_tui.lessons.translating import translations
from lifecycle_tui.lessons.wording import misworded
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError, did_you_mean
from lifecycle_tui.units.text import quote


def lint(pack: Pack) -> list[Problem]:
    """Return everything that is wrong with a folder of lessons, by place; empty if nothing is."""
    found = [*pack.problems, *_as_a_course(pack)]
    for lesson in pack.lessons:
        found += lint_lesson(lesson, pack)
    found += _translated(pack)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place)


def lint_lesson(lesson: Lesson, pack: Pack) -> list[Problem]:
    """Return everything that is wrong with one lesson of a folder."""
    found = lint_alone(lesson)
    found += [problem for rule in TOGETHER for problem in rule(lesson, pack)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place)


def lint_alone(lesson: Lesson) -> list[Problem]:
    """Return what is wrong with a lesson, whatever else is in its folder."""
    found = [problem for rule in ALONE for problem in rule(lesson)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place)


def _translated(pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with translations: their form, their texts, and that they are stale."""
    for language in lessons_in(pack.folder):
        found, problems = translations(pack.folder, language, pack.lessons)
        yield from problems
        for each in found:
            if each.stale is not None:
                yield each.stale
            texts = lint_alone(each.lesson)
            yield from (problem for problem in texts if problem.place.file == each.file)


def _as_a_course(pack: Pack) -> Iterator[Problem]:
    """Yield lessons that are called the same, and those that the course lacks or does not list."""
    seen: dict[str, str] = {}
    orders: dict[int, str] = {}
    for lesson in pack.lessons:
        other = seen.setdefault(lesson.id, lesson.file)
        if other != lesson.file:
            message = f"{quote(lesson.id)} is the id of {Path(other).name} too"
            yield Problem(lesson.where("id"), message)
        twin = orders.setdefault(lesson.order, lesson.file)
        if twin != lesson.file:
            message = f"order {lesson.order} is that of {Path(twin).name} too"
            yield Problem(lesson.where("order"), message)
    if pack.course is None:
        return
    listed = [entry.id for entry in pack.course.lessons]
    place = Place(str(pack.folder / "course.yaml"), 1, 1)
    unread = {Path(problem.place.file).name for problem in pack.problems}
    for name in listed:
        if name not in seen and not any(file.endswith(f"{name}.md") for file in unread):
            message = f"the lesson {quote(name)} is listed and has no file; or is it planned?"
            yield Problem(place, message)
    for lesson in pack.lessons:
        if lesson.id not in listed:
            yield Problem(lesson.where("id"), f"{quote(lesson.id)} is no lesson of course.yaml")


def _named_as_its_file(lesson: Lesson) -> Iterator[Problem]:
    name = Path(lesson.file).name
    wanted = f"{lesson.order:02}-{lesson.id}.md"
    if name not in (wanted, f"{lesson.id}.md"):
        yield Problem(lesson.where("id"), f"the file is called {name}; it should be {wanted}")


def _has_its_parts(lesson: Lesson) -> Iterator[Problem]:
    """Yield what a lesson lacks: an objective, a prediction, a check solved, a recap, a card."""
    kinds = [type(block) for _, block in lesson.blocks()]
    start = Place(lesson.file, 1, 1)
    if not lesson.objectives:
        yield Problem(start, "objectives: say what the learner can do afterwards")
    for kind, words in (
        (Predict, "no prediction: let the learner say what comes, before it comes"),
        (Check, "no check: let the learner reach something"),
        (Recap, "no recap: say in the end what to take along"),
        (Card, "no card: leave something to look up later"),
    ):
        if kind not in kinds:
            yield Problem(start, words)
    for predict in lesson.predictions:
        if not predict.rules:
            message = f"prediction {predict.id} names no rules that say why"
            yield Problem(predict.place, f"{message}; as rules: [CON-02]")
    opened: Check | None = None
    for _, block in lesson.blocks():
        if isinstance(block, Check):
            if opened is not None:
                yield Problem(opened.place, f"check {opened.id} has no solution")
            opened = block
        elif isinstance(block, Solution):
            if opened is None:
                yield Problem(block.place, "a solution without a check before it")
            opened = None
    if opened is not None:
        yield Problem(opened.place, f"check {opened.id} has no solution")


def _leads_somewhere(lesson: Lesson, pack: Pack) -> Iterator[Problem]:
    """Yield lessons, and predictions to recall, that are not there or come later."""
    ids = [each.id for each in pack.lessons]
    planned = [entry.id for entry in pack.course.planned] if pack.course else []
    for name in lesson.requires:
        yield from _earlier(lesson, pack, "requires", name, [*ids, *planned])
    for name in lesson.recall:
        where, _, prediction = name.partition(".")
        yield from _earlier(lesson, pack, "recall", where, [*ids, *planned])
        other = pack.find(where)
        if other is not None:
            known = [predict.id for predict in other.predictions]
            if prediction not in known:
                hint = did_you_mean(prediction, known)
                message = f"recall: {where} has no prediction {quote(prediction)}{hint}"
                yield Problem(lesson.where("recall"), message)


def _earlier(
    lesson: Lesson, pack: Pack, key: str, name: str, known: list[str]
) -> Iterator[Problem]:
    if name not in known:
        hint = did_you_mean(name, known)
        yield Problem(lesson.where(key), f"{key}: there is no lesson {quote(name)}{hint}")
    other = pack.find(name)
    if other is not None and other.order >= lesson.order:
        yield Problem(lesson.where(key), f"{key}: {quote(name)} does not come before this lesson")


def _can_be_said(lesson: Lesson) -> Iterator[Problem]:
    """Yield a scenario that is not there, and commands that nobody can give."""
    try:
        plan = load_plan(lesson)
    except ScenarioError as error:
        yield from error.problems
        return
    for name in lesson.allow:
        if name not in BY_WORD or name in NEVER:
            message = f"allow: {quote(name)} is no verb{did_you_mean(name, BY_WORD)}"
            yield Problem(lesson.where("allow"), message)
    for line, by_learner in _lines(lesson):
        try:
            read_line(line, plan)
        except ScenarioError as error:
            yield from error.problems
            continue
        if by_learner and lesson.allow and verb_of(line) not in lesson.allow:
            message = f"the solution uses {quote(verb_of(line))}, which the lesson does not allow"
            yield Problem(line.place, message)


def _lines(lesson: Lesson) -> Iterator[tuple[Line, bool]]:
    """Yield all commands, and whether the learner gives them."""
    for _, block in lesson.blocks():
        if isinstance(block, Stage | Solution):
            for line in block.lines:
                yield line, isinstance(block, Solution)
        elif isinstance(block, Predict):
            for line in block.after:
                yield line, False


def _can_be_asked(lesson: Lesson) -> Iterator[Problem]:
    """Yield expressions with names that are unknown or could mean two things."""
    for condition in _conditions(lesson):
        for error in misnamed(condition.expression, NAMES):
            yield Problem(_moved(condition.place, error), error.message)
    for place, text in _templates(lesson):
        for _, expression in text.expressions:
            for error in misnamed(expression, NAMES):
                message = f"in {{{expression.text}}}: {error.message}"
                yield Problem(place, message)


def _moved(place: Place, error: ExpressionError) -> Place:
    return place._replace(column=place.column + error.column - 1)


def _conditions(lesson: Lesson) -> Iterator[Condition]:
    for predict in lesson.predictions:
        if predict.answer is not None:
            yield predict.answer
        yield from (option.when for option in predict.options if option.when is not None)
    for check in lesson.checks:
        yield from (goal.condition for goal in check.all)
        yield from check.forbid


def _templates(lesson: Lesson) -> Iterator[tuple[Place, Template]]:
    for predict in lesson.predictions:
        yield predict.place, predict.ask
        yield from ((option.place, option.text) for option in predict.options)
        yield from ((each.place, each.say) for each in predict.refute.values())
        if predict.explain is not None:
            yield predict.place, predict.explain


def _refutes_what_it_says(lesson: Lesson, pack: Pack) -> Iterator[Problem]:
    """Yield misconceptions that nobody knows, and those that are announced or refuted only."""
    known = pack.misconceptions
    for predict in lesson.predictions:
        for each in predict.refute.values():
            if each.misconception and each.misconception not in known:
                yield _unknown(each.place, each.misconception, pack)
    for check in lesson.checks:
        for name in check.refutes:
            if name not in known:
                yield _unknown(check.place, name, pack)
    place = lesson.where("misconceptions")
    for name in lesson.misconceptions:
        if name not in known:
            yield _unknown(place, name, pack)
        elif name not in lesson.refuted:
            message = f"misconceptions: nothing in the lesson refutes {name}"
            yield Problem(place, f"{message}; name it in a refute (m: {name}) or in a check")
    for name in lesson.refuted:
        if name in known and name not in lesson.misconceptions:
            message = f"misconceptions: {name} is refuted and not listed"
            yield Problem(place, message)


def _unknown(place: Place, name: str, pack: Pack) -> Problem:
    hint = did_you_mean(name, pack.misconceptions)
    return Problem(place, f"there is no misconception {quote(name)}{hint}")


ALONE: Final[tuple[Callable[[Lesson], Iterator[Problem]], ...]] = (
    _named_as_its_file,
    _has_its_parts,
    _can_be_said,
    _can_be_asked,
    misfits,
    leaks,
)
"""What is looked at in a lesson for itself."""
TOGETHER: Final[tuple[Callable[[Lesson, Pack], Iterator[Problem]], ...]] = (
    _leads_somewhere,
    _refutes_what_it_says,
    misworded,
)
"""What is looked at in a lesson as part of its folder."""
