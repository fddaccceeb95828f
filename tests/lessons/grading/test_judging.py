"""A score is what the replay of a submission comes to, whatever its file says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle_tui import __version__
from lifecycle_tui.lessons.grading import bounded
from lifecycle_tui.lessons.grading.grades import Grade, Verdict
from lifecycle_tui.lessons.grading.judging import Judge
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.submitting.reading import parse_head, parse_rest
from lifecycle_tui.lessons.submitting.work import function_names
from lifecycle_tui.lessons.submitting.writing import write_submission
from tests.lessons.grading.learners import LESSON, altered, handed_in, lesson, rights
from tests.lessons.shipped import course, lesson_of

FILE = "ann.lcs"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(course(), 80)


@pytest.fixture(scope="module")
def perfect(tmp_path_factory: pytest.TempPathFactory) -> str:
    return handed_in(tmp_path_factory.mktemp("ann"), lesson(), rights(lesson()))


def judged(judge: Judge, text: str) -> Grade:
    return judge.judge(text.encode(), FILE)


def first_goal(text: str) -> str:
    """Return the lines of a submission's first goal."""
    return text.split("\ngoal ")[1]


def test_who_reaches_everything_has_every_point(judge: Judge, perfect: str) -> None:
    grade = judged(judge, perfect)
    assert (grade.verdict, grade.score, grade.lesson) == (Verdict.PASSED, 100, LESSON)
    assert len(grade.parts) == len(lesson().checks) + len(lesson().predictions)
    assert {part.confidence for part in grade.parts} == {"", "think"}
    moves = [part.moves for part in grade.parts if part.kind == "goal"]
    assert all(count is not None and 0 < count <= 2 * lesson().par for count in moves)


def test_what_is_shown_is_not_reached(judge: Judge, tmp_path: Path) -> None:
    grade = judged(judge, handed_in(tmp_path, lesson(), rights(lesson()), solves=False))
    goals = [part for part in grade.parts if part.kind == "goal"]
    assert goals
    assert {part.told for part in goals} == {"not reached"}
    assert grade.verdict is Verdict.BELOW
    assert grade.score == 100 * len(lesson().predictions) // len(grade.parts)


def test_a_wrong_answer_is_judged_by_the_run(judge: Judge, tmp_path: Path) -> None:
    right = rights(lesson())
    question = next(iter(right))
    wrong = {**right, question: (right[question] + 1) % 2}
    grade = judged(judge, handed_in(tmp_path, lesson(), wrong))
    missed = [part for part in grade.parts if not part.is_right]
    assert [f"{LESSON}.{part.id}" for part in missed] == [question]
    assert "the run has" in missed[0].told


def test_the_first_answer_counts(judge: Judge, tmp_path: Path) -> None:
    right = rights(lesson())
    wrong = {question: (place + 1) % 2 for question, place in right.items()}
    first = judged(judge, handed_in(tmp_path, lesson(), wrong))
    again = judged(judge, handed_in(tmp_path, lesson(), right))
    assert [part.is_right for part in again.parts] == [part.is_right for part in first.parts]


def test_a_goal_that_only_the_file_reaches_is_not_reached(judge: Judge, perfect: str) -> None:
    plan = load_plan(lesson())
    handed = parse_rest(parse_head(perfect.encode(), FILE), plan)
    name, work = next(iter(handed.works.items()))
    empty = replace(work.branches[0], steps=(), inherited=0)
    forged = replace(handed, works={**handed.works, name: replace(work, branches=(empty,))})
    grade = judged(judge, write_submission(forged, function_names(plan)))
    part = next(part for part in grade.parts if part.id == name)
    assert not part.is_right
    assert part.told.startswith("the replay does not reach it: ")


def test_no_goal_is_reached_with_a_verb_that_the_lesson_lacks(judge: Judge, perfect: str) -> None:
    assert lesson().allow
    assert "crash" not in lesson().allow
    line = next(line for line in perfect.split("\n") if line.startswith("  step "))
    forged = altered(perfect, line, f"{line}\n  step {line.split()[1]} crash e1")
    told = {part.told for part in judged(judge, forged).parts if part.kind == "goal"}
    assert "crash is no part of this lesson" in told


@pytest.mark.parametrize(
    ("old", "new", "verdict", "words"),
    [
        ("submission 1\n", "submission 2\n", Verdict.OTHER_VERSION, "reads format 1"),
        (f'"{__version__}"', '"9.9.9"', Verdict.OTHER_VERSION, "made with lifecycle-tui 9.9.9"),
        (f"lesson {LESSON}", "lesson of-mars", Verdict.UNKNOWN_LESSON, "no lesson"),
        ("\ngoal ", "\ngaol ", Verdict.INVALID, "no word of a submission"),
        ("\nbranch main", "\nbranch ../x", Verdict.INVALID, "branch"),
        ("\n  step ", "\n  step x", Verdict.INVALID, ""),
        ("\n  step ", "\n  step 0s save x\n  step ", Verdict.INVALID, "no step"),
    ],
)
def test_a_forged_file_has_a_verdict(
    judge: Judge, perfect: str, old: str, new: str, verdict: Verdict, words: str
) -> None:
    grade = judged(judge, altered(perfect, old, new))
    assert grade.verdict is verdict
    assert words in grade.told


def test_another_story_is_another_version(judge: Judge, perfect: str) -> None:
    story = next(line for line in perfect.split("\n") if line.startswith("story "))
    grade = judged(judge, altered(perfect, story, "story 0123456789abcdef"))
    assert grade.verdict is Verdict.OTHER_VERSION
    assert grade.told == "made with another version of this lesson"


def test_a_saved_session_is_no_submission(judge: Judge) -> None:
    grade = judged(judge, "lifecycle-tui session 1\n")
    assert grade.verdict is Verdict.INVALID
    assert "progress export --submission" in grade.told


@pytest.mark.parametrize("line", ["fire count=60000", "pattern poisson rate=1000/s for=10m"])
def test_too_many_events_are_not_run(judge: Judge, perfect: str, line: str) -> None:
    step = next(line for line in perfect.split("\n") if line.startswith("  step "))
    moment = step.split()[1]
    grade = judged(judge, altered(perfect, step, f"{step}\n  step {moment} {line}"))
    assert grade.verdict is Verdict.TOO_MUCH
    assert "in a lesson at most 50,000" in grade.told


@pytest.mark.parametrize("name", [lesson.id for lesson in course().lessons])
def test_every_lesson_can_be_handed_in(judge: Judge, tmp_path: Path, name: str) -> None:
    found = lesson_of(name)
    grade = judged(judge, handed_in(tmp_path, found, rights(found)))
    assert [part for part in grade.parts if not part.is_right] == []
    assert grade.verdict is Verdict.PASSED


def test_a_run_with_too_many_records_is_ended(
    judge: Judge, perfect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_RECORDS", 10)
    grade = judged(judge, perfect)
    assert (grade.verdict, grade.told) == (Verdict.TOO_MUCH, "the run has more than 10 records")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_cut_or_changed_is_never_a_pass(
    judge: Judge, perfect: str, data: st.DataObject
) -> None:
    raw = perfect.encode()
    place = data.draw(st.integers(0, len(raw) - 2))
    cut = judge.judge(raw[:place], FILE)
    assert cut.verdict in (Verdict.TRUNCATED, Verdict.INVALID)
    value = data.draw(st.integers(0, 255).filter(lambda value: value != raw[place]))
    changed = judge.judge(raw[:place] + bytes([value]) + raw[place + 1 :], FILE)
    assert changed.verdict not in (Verdict.PASSED, Verdict.BELOW) or value == ord("\r")
