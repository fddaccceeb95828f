"""What people really ask, and which lessons and rules answer it: the data of docs/questions.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.engine.rules import RULES, any_assumed
from lifecycle_tui.lessons.course import Course
from lifecycle_tui.lessons.reading import (
    each,
    known,
    mappings,
    misconception_id,
    read_document,
    rule_id,
    sentence,
    without_repeats,
)
from lifecycle_tui.scenario.fields import Fields
from lifecycle_tui.scenario.problems import Problems

FILE: Final = "questions.yaml"
ANSWER: Final = 400
"""Characters of an answer."""
_KEYS: Final = ("ask", "answer", "lessons", "rules", "misconceptions")


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer."""

    number: int
    """From 1, through all groups."""
    ask: str
    answer: str
    lessons: tuple[str, ...]
    rules: tuple[str, ...]
    misconceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one matter."""

    title: str
    questions: tuple[Question, ...]


def load_questions(course: Course, folder: Path | None = None) -> tuple[Group, ...]:
    """Read the questions; every lesson they name must be one of the course.

    Args:
        course: the lessons that there are.
        folder: of the course; the one that comes with the program unless given.

    Raises:
        ScenarioError: what is wrong with them, all of it.
        OSError: there is no such file.
    """
    path = (folder or locations.lessons()) / FILE
    problems = Problems()
    top = read_document(path, problems, ("format", "groups"))
    number = 0
    groups = []
    for fields in mappings(top, "groups", ("title", "questions")):
        questions = []
        for entry in mappings(fields, "questions", _KEYS):
            number += 1
            questions.append(_question(entry, number, course))
        groups.append(Group(fields.require("title", sentence(48), ""), tuple(questions)))
    problems.check()
    return tuple(groups)


def _question(fields: Fields, number: int, course: Course) -> Question:
    lessons = each(fields, "lessons", known(course.ids, "lesson of the course"))
    rules = each(fields, "rules", rule_id)
    if not lessons and not rules:
        fields.refuse("lessons", "name a lesson that shows the answer, or rules that say it")
    return Question(
        number=number,
        ask=fields.require("ask", sentence(160), ""),
        answer=fields.require("answer", sentence(ANSWER), ""),
        lessons=without_repeats(fields, "lessons", lessons),
        rules=without_repeats(fields, "rules", rules),
        misconceptions=tuple(each(fields, "misconceptions", misconception_id)),
    )


HEAD: Final = """\
# Questions

<!-- Written by tools/questions.py from lessons/questions.yaml; what you change here is lost. -->

What people really ask about the life of a Lambda function: a short answer, the lesson that shows
it happen, and the rules that say so. [fidelity.md](fidelity.md) has every rule with its source. A †
marks an answer that leans on something AWS does not publish.

Answers are about Lambda's ordinary functions. On Managed Instances an environment serves several
requests at a time.
"""


def page(groups: tuple[Group, ...], course: Course) -> str:
    """Return the page of questions, in Markdown."""
    return "\n".join(_lines(groups, course)) + "\n"


def _lines(groups: tuple[Group, ...], course: Course) -> Iterator[str]:
    yield HEAD.rstrip()
    titles = {entry.id: entry.title for entry in (*course.lessons, *course.planned)}
    for group in groups:
        yield ""
        yield f"## {group.title}"
        for question in group.questions:
            yield from ("", f"### {question.number}. {question.ask}", "", question.answer, "")
            if question.lessons:
                lessons = [f"{titles[each]} (`{each}`)" for each in question.lessons]
                yield f"- Lessons: {', '.join(lessons)}"
            if question.rules:
                dagger = " †" if any_assumed(question.rules) else ""
                links = [f"[{each}]({_link(each)})" for each in question.rules]
                yield f"- Rules: {', '.join(links)}{dagger}"
            if question.misconceptions:
                thought = [f"`{each}`" for each in question.misconceptions]
                yield f"- Often thought: {', '.join(thought)}"


def _link(rule: str) -> str:
    """Return the place of a rule on the page of rules; those not applied have no heading there."""
    found = RULES[rule]
    if not found.applied:
        return "fidelity.md"
    return f"fidelity.md#{rule.lower()}{'-' if found.assumed else ''}"
