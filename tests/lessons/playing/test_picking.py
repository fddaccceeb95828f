"""Where one goes on, what is asked again, and with which numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.lessons.model import Card, Picture, Predict, Prose, Recap
from lifecycle_tui.lessons.pack import Pack, load_pack
from lifecycle_tui.lessons.playing.picking import (
    MOST_REVIEWED,
    due,
    next_lesson,
    played_steps,
    review_steps,
    where_left,
)
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import steps_of
from lifecycle_tui.lessons.progress import Answer, Progress
from tests.lessons.examples import NAME, changed
from tests.lessons.playing.runs import to

NOW = "2026-01-02T03:04:05+00:00"
SECOND_NAME = "02-third-event.md"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    believed = ('cold: {say: "It waited', 'cold: {m: COLD-ONCE, say: "It waited')
    (tmp_path / NAME).write_text(changed(believed))
    later = changed(
        ("id: second-event", "id: third-event"),
        ("title: The second event\norder: 1", "title: The third event\norder: 2"),
        ("par: 1\nterms", "par: 1\nrecall: [second-event.second]\nterms"),
    )
    (tmp_path / SECOND_NAME).write_text(later)
    found = load_pack(tmp_path)
    assert not found.problems
    return found


def answer(choice: str = "cold", *, correct: bool = False, name: str = "second") -> Answer:
    return Answer(f"second-event.{name}", choice, correct, 7, "think", NOW)


def test_earlier_questions_come_between_recap_and_card_with_other_numbers(pack: Pack) -> None:
    steps = played_steps(pack, pack.lessons[1])
    assert [type(step.does) for step in steps][-3:] == [Recap, Predict, Card]
    again = steps[-2]
    assert again.is_recalled
    assert again.lesson.id == "second-event"
    assert again.seed not in (None, 7)
    assert played_steps(pack, pack.lessons[1], asked=1)[-2].seed != again.seed


def test_an_earlier_question_is_asked_of_its_own_story(pack: Pack) -> None:
    run = LessonRun(played_steps(pack, pack.lessons[1]))
    mine = run.session
    to(run, Phase.REACHED)
    run.next()
    run.next()
    assert run.step.is_recalled
    assert run.phase is Phase.ASKED
    assert run.session is not mine
    assert run.session.base.seed == run.step.seed
    run.choose(1)
    run.sure("certain")
    run.next()
    assert run.told[run.at].is_right


def test_one_goes_on_where_one_left(pack: Pack) -> None:
    lesson = pack.lessons[0]
    steps = steps_of(lesson)
    assert where_left(steps, Progress(), lesson) == (0, 0)
    begun = Progress().opened(lesson.id, NOW).reached(lesson.id, "change", 3)
    assert where_left(steps, begun, lesson) == (1, 3)
    assert where_left(steps, begun.reached(lesson.id, "gone", 3), lesson) == (0, 0)
    assert where_left(steps, begun.completed(lesson.id, 3, NOW), lesson) == (0, 0)
    run = LessonRun(steps, at=1, moves=3)
    assert run.phase is Phase.GOAL
    assert run.session.at_us > 0


def test_the_next_lesson_is_one_that_is_begun_else_the_first_that_is_new(pack: Pack) -> None:
    first, second = pack.lessons
    assert next_lesson(pack, Progress()) is first
    done = Progress().completed(first.id, 1, NOW)
    assert next_lesson(pack, done) is second
    assert next_lesson(pack, Progress().opened(second.id, NOW)) is second
    assert next_lesson(pack, done.completed(second.id, 1, NOW)) is None


def test_a_review_asks_what_was_got_wrong_with_other_numbers(pack: Pack) -> None:
    assert review_steps(pack, Progress()) == ()
    right = Progress().answered(answer("warm", correct=True), tested="COLD-ONCE")
    assert review_steps(pack, right) == ()
    wrong = Progress().answered(answer(), tested="COLD-ONCE", believed="COLD-ONCE")
    (step,) = review_steps(pack, wrong)
    assert step.question == "second-event.second"
    assert step.is_recalled
    assert step.says == ()
    assert step.seed not in (None, 7)
    run = LessonRun([step])
    assert run.phase is Phase.ASKED


def test_a_review_asks_of_each_belief_before_it_asks_of_one_again() -> None:
    course = load_pack()
    wrong = Progress()
    beliefs = ("FRESH-EACH-TIME", "PC-NEVER-COLD", "TIMEOUT-STAYS-WARM")
    for belief in beliefs:
        wrong = wrong.answered(answer(), tested=belief, believed=belief)
    steps = review_steps(course, wrong)
    tested = [
        {each.misconception for each in step.does.refute.values()}
        for step in steps
        if isinstance(step.does, Predict)
    ]
    assert len({step.question for step in steps}) == len(steps) == MOST_REVIEWED
    assert all(any(belief in some for some in tested[:3]) for belief in beliefs)
    later = review_steps(course, wrong.answered(answer(correct=True)))
    assert steps[0].question != later[0].question


def test_what_a_question_is_read_from_comes_with_it(tmp_path: Path) -> None:
    log = "The log.\n\n```text\n1.3 s  REPORT A\n```\n\n```yaml predict\nid: second"
    (tmp_path / NAME).write_text(changed(("```yaml predict\nid: second", log)))
    found = load_pack(tmp_path)
    assert not found.problems
    wrong = Progress().answered(answer())
    (step,) = review_steps(found, wrong)
    assert [type(each) for each in step.says][-2:] == [Prose, Picture]
    assert LessonRun([step]).phase is Phase.ASKED


def test_a_belief_is_due_until_it_was_met_right_as_often(pack: Pack) -> None:
    wrong = Progress().answered(answer(), tested="COLD-ONCE", believed="COLD-ONCE")
    assert [each.misconception for each in due(pack, wrong)] == ["COLD-ONCE"]
    once = wrong.answered(answer("warm", correct=True), tested="COLD-ONCE")
    assert due(pack, once)
    twice = once.answered(answer("warm", correct=True), tested="COLD-ONCE")
    assert not due(pack, twice)
    assert review_steps(pack, twice) == ()


def test_what_is_no_longer_there_is_not_asked(pack: Pack) -> None:
    gone = (
        Progress()
        .answered(answer(name="gone"))
        .answered(Answer("no-lesson.x", "y", False, 1, "", NOW), believed="NO-SUCH")
    )
    assert review_steps(pack, gone) == ()
