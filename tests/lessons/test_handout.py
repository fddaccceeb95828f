"""A lesson on paper: the same each time, and nothing of it is anybody's markup."""

from __future__ import annotations

import pytest

from lifecycle_tui.lessons.handout import handout, handout_html
from lifecycle_tui.lessons.wording import with_daggers
from tests.lessons.examples import changed, example, lesson
from tests.lessons.shipped import course

COURSE = course().lessons


def test_questions_come_first_and_answers_in_the_end() -> None:
    text = handout(lesson(example()))
    questions, answers = text.split("## Answers\n")
    assert "**Prediction 1.** Another event comes five seconds later. It will be" in questions
    assert "- a) COLD, as the first was\n- b) WARM, without Init\n" in questions
    assert "**Exercise 1.** Make three events start cold.\n\n- [ ] three cold starts" in questions
    assert "FROZEN and free" not in questions
    assert "**Prediction 1: b.** The environment e1 was FROZEN and free." in answers
    assert "- Not a: It waited 0 ms, and the first one 1.12 s.\n" in answers
    assert "burst 3" in answers
    assert "burst 3" not in questions
    assert "Ask the room" not in text


def test_what_is_right_is_not_refuted_on_paper() -> None:
    """With other seeds another option may be right; what is said against it stays unsaid here."""
    text = changed(("refute:\n", "refute:\n  warm: {say: It was cold.}\n"))
    assert "It was cold." not in handout(lesson(text))


@pytest.mark.parametrize("each", COURSE, ids=[each.id for each in COURSE])
def test_it_is_the_same_each_time(each: object) -> None:
    from lifecycle_tui.lessons.model import Lesson

    assert isinstance(each, Lesson)
    assert handout(each) == handout(each)
    assert handout_html(each) == handout_html(each)


def test_a_rule_that_is_assumed_is_cited_with_its_dagger() -> None:
    assert with_daggers("So. [LIFE-08] [CON-02] [x](#y)") == "So. [LIFE-08 †] [CON-02] [x](#y)"


def test_html_lets_no_markup_through() -> None:
    text = changed(
        (
            "What does an event wait for,",
            "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://example.com/x.png)",
        ),
        ("title: The second event", "title: The <b>second</b> event"),
    )
    page = handout_html(lesson(text))
    assert "<script>" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "<title>The &lt;b&gt;second&lt;/b&gt; event</title>" in page
    assert "src=" not in page
