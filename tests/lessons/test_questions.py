"""What people ask: every question answered by lessons of the course and rules of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.lessons.course import Course, Entry, load_course
from lifecycle_tui.lessons.questions import load_questions
from lifecycle_tui.scenario.problems import ScenarioError
from tools import questions as tool

CURRICULUM = (
    "first-event", "warm-reuse", "freeze", "two-at-once", "init-clock", "ends-of-life",
    "init-ahead", "extensions", "doom-loop", "provisioned", "reserved", "time-and-money",
    "log-detective", "myth-court", "snapstart",
)  # fmt: skip


def the_course() -> Course:
    course = load_course()
    assert course is not None
    return course


QUESTIONS = [each for group in load_questions(the_course()) for each in group.questions]


def test_the_course_has_its_fifteen_lessons() -> None:
    assert sorted(the_course().ids) == sorted(CURRICULUM)


def test_all_thirty_eight_questions_are_answered() -> None:
    assert [each.number for each in QUESTIONS] == list(range(1, 39))
    for each in QUESTIONS:
        assert each.ask.endswith("?")
        assert each.answer.endswith(".")
        assert each.lessons
        assert each.rules


def test_every_lesson_but_the_capstone_answers_a_question() -> None:
    named = {lesson for each in QUESTIONS for lesson in each.lessons}
    assert named == set(CURRICULUM) - {"myth-court"}


def test_the_page_is_what_the_file_gives() -> None:
    assert tool.PAGE.read_text(encoding="utf-8") == tool.text(), "run python tools/questions.py"


def test_every_link_to_a_rule_leads_to_its_heading() -> None:
    heads = {
        line[4:].strip().lower().replace(" †", "-")
        for line in (tool.PAGE.parent / "fidelity.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("### ")
    }
    text = tool.PAGE.read_text(encoding="utf-8")
    for each in QUESTIONS:
        for rule in each.rules:
            anchor = rule.lower() + ("-" if RULES[rule].assumed else "")
            if RULES[rule].applied:
                assert anchor in heads
                assert f"[{rule}](fidelity.md#{anchor})" in text
            else:
                assert f"[{rule}](fidelity.md)" in text


@pytest.mark.parametrize(
    ("entry", "place", "words"),
    [
        ("{ask: Why?, answer: So., lessons: [frezee]}", "5:45", "did you mean 'freeze'?"),
        ("{ask: Why?, answer: So., rules: [FRZ-1]}", "5:43", "did you mean 'FRZ-01'?"),
        ("{ask: Why?, answer: So.}", "5:10", "name a lesson"),
        ("{ask: Why?, answer: '', rules: [FRZ-01]}", "5:30", "expected text"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, entry: str, place: str, words: str
) -> None:
    (tmp_path / "questions.yaml").write_text(
        f"format: 1\ngroups:\n  - title: One\n    questions:\n      -  {entry}\n"
    )
    course = Course("Mine", (Entry("freeze", "Freeze"),), ())
    with pytest.raises(ScenarioError) as caught:
        load_questions(course, tmp_path)
    assert f"questions.yaml:{place}: " in str(caught.value)
    assert words in str(caught.value)


def test_a_lesson_stands_once_in_a_course(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(
        "format: 1\ntitle: Mine\nlessons: [{id: a, title: A}]\nplanned: [{id: a, title: A}]\n"
    )
    with pytest.raises(ScenarioError, match=r"course.yaml:4:16: .*'a' is in the course already"):
        load_course(tmp_path)
