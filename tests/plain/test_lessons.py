"""The course in lines: whole lessons through a pipe, with their answers, goals and progress."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecycle_tui.lessons.model import Check, Hint, Lesson, Predict, Prose
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.playing.picking import played_steps
from lifecycle_tui.lessons.playing.steps import Level
from lifecycle_tui.lessons.playing.words import NOTHING_TO_REVIEW
from lifecycle_tui.lessons.progress import Status, Store
from lifecycle_tui.lessons.skeleton import skeleton
from lifecycle_tui.plain.course import PlainCourse
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.plain.wording import without_keys
from tests.lessons.shipped import course
from tests.plain.conftest import after

PACK = course()
NOW = "2026-11-26T10:00:00Z"
FIRST = """\
fire
next
1 c
next
3
b
next
2 certain
next
restart init.function=2s
play
next
next
next
"""
"""The first lesson as somebody may type it."""


def learned(*lines: str, lesson: str = "first-event", level: Level = Level.GUIDED) -> str:
    """Return what is said when lines are typed in a lesson."""
    out = io.StringIO()
    talk = Talk(io.StringIO("".join(f"{line}\n" for line in lines)), out, interactive=False)
    PlainCourse(PACK, talk, level=level, now=lambda: NOW).learn(PACK.find(lesson))
    return out.getvalue()


def way_through(lesson: Lesson) -> Iterator[str]:
    """Yield lines that go through a lesson: its first answers, its own solutions."""
    yield "pause"
    for step in played_steps(PACK, lesson):
        if step.stage is not None and step.says:
            yield "next"
        if isinstance(step.does, Predict):
            yield "1 b"
        elif isinstance(step.does, Check):
            assert step.solution is not None
            yield from (line.text for line in step.solution.lines)
        yield "next"


def test_the_first_lesson_is_completed_through_a_pipe(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle_tui", "learn", "first-event", "--plain"],
        input=FIRST,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    out = done.stdout
    assert out.isascii()
    assert "Goal: Send one event" in out
    assert "Reached in 1 move; par is 1." in after(out, "fire")
    assert after(out, "1 c")[0] == (
        "WRONG. You said: all of it (certain). It was: F, the last part of it."
    )
    assert after(out, "3") == ["How sure? a guess, b think, c certain."]
    assert after(out, "b")[0] == "RIGHT. longer than that (think)."
    assert "The lesson does: burst 2" in after(out, "2 certain")
    assert "Done: function init is at least twice as long." in after(
        out, "restart init.function=2s"
    )
    assert "Done: all of it." in after(out, "play")
    assert "Card: A cold start, part by part" in out
    assert "2 of 3 questions right." in out
    kept = Store(tmp_path / "lifecycle-tui" / "progress.json").read()
    lesson = kept.lesson("first-event")
    assert lesson is not None
    assert (lesson.status, lesson.best) == (Status.DONE, 2)
    assert [answer.correct for answer in kept.predictions] == [False, True, True]


@pytest.mark.parametrize("lesson", PACK.lessons, ids=lambda lesson: lesson.id)
def test_every_lesson_can_be_completed(lesson: Lesson) -> None:
    text = learned(*way_through(lesson), lesson=lesson.id)
    kept = Store().read().lesson(lesson.id)
    assert kept is not None, text
    assert kept.status is Status.DONE
    assert "is wrong" not in text
    assert "That is one way" not in text
    assert text.count("Done: all of it.") == len(lesson.checks)
    assert "How sure?" not in text
    questions = sum(isinstance(step.does, Predict) for step in played_steps(PACK, lesson))
    assert len(Store().read().predictions) == questions


def texts_of(lesson: Lesson) -> Iterator[str]:
    for _, block in lesson.blocks():
        if isinstance(block, Prose):
            yield block.text
        elif isinstance(block, Hint):
            yield from (text for _, text in block.levels)
        elif isinstance(block, Predict):
            told = (each.say for each in block.refute.values())
            yield from (
                text.plain for text in (block.ask, block.explain, *told) if text is not None
            )


@pytest.mark.parametrize("lesson", PACK.lessons, ids=lambda lesson: lesson.id)
def test_a_lesson_names_verbs_and_not_keys(lesson: Lesson) -> None:
    for text in texts_of(lesson):
        said = without_keys(text)
        assert not re.search(r"\b([Pp]ress (?!on)|Tab\b|Space\b|key\b)", said), said
        assert not re.search(r"\s[,.:] (and|opens)", said), said


def test_leaving_keeps_where_one_is() -> None:
    assert "Step 1 of 7" in learned("fire", "next", "quit")
    text = learned()
    assert "Step 2 of 7: Five parts." in text
    assert "Step 1" not in text


def test_goals_tick_as_sentences() -> None:
    text = learned("pause", "fire", "play")
    assert "- To do: an event was sent" in text
    assert "Done: an event was sent." in after(text, "fire")
    assert "Done: all of it." in after(text, "play")


def test_hints_come_one_after_the_other_and_then_the_way() -> None:
    text = learned("next", "hint", "hint", "hint", "hint", "next", "next")
    refused = "not reached yet; hint: 3 hints left, then next shows a way"
    assert after(text, "next") == [refused]
    for number in (1, 2, 3):
        assert f"Hint {number} of 3: " in text
    assert "that was the last hint" in text
    assert "not reached yet; next again shows a way" in text
    assert "The lesson does: fire" in text
    assert "That is one way to do it. Par is 1 move." in text


def test_an_open_question_holds_what_it_is_about() -> None:
    text = learned("fire", "next", "next", "seek 100s", "deploy", "7", "a", "skip")
    assert after(text, "deploy")[0].startswith("deploy waits for your answer: 1-3")
    assert after(text, "7")[0].startswith("1-3, then a guess")
    assert after(text, "a") == ["choose first: 1-3"]
    assert after(text, "skip")[0] == "SKIPPED. It was: F, the last part of it."
    assert "first your answer: 1-3" in text


def test_verbs_that_are_no_part_of_a_lesson_are_refused() -> None:
    assert "deploy is no part of this lesson" in learned("deploy")
    assert "fork is no part of this lesson" in learned("fire", "why 1", "try 1")
    assert "no question is open" in learned("1 c")
    assert "there is no verb 'predict'" in learned("predict on")


def test_the_step_begins_again() -> None:
    text = learned("fire", "again")
    assert "Step 1 of 7: Send one." in after(text, "again")


def test_going_to_another_lesson_by_its_name_or_number() -> None:
    text = learned("lesson doom-loop")
    assert "Lesson 9: " in text
    text = learned("lessons", "nonsense", "1", "quit")
    assert "1. First event (first-event): started" in text
    assert "there is no lesson 'nonsense'" in text
    assert "Step 1 of 7" in "\n".join(after(text, "1"))


def test_the_next_lesson_follows() -> None:
    ids = [lesson.id for lesson in PACK.lessons]
    text = learned(*way_through(PACK.lessons[0]), lesson=ids[0])
    assert f"Lesson {PACK.lessons[1].order}: {PACK.lessons[1].title}." in text


def test_levels_help_less() -> None:
    assert "A function is code" not in learned(level=Level.FADED)
    bare = learned("hint", level=Level.GOAL)
    assert "To do" not in bare
    assert "there is no hint here" in bare


def test_the_review_asks_again_with_other_numbers() -> None:
    learned("fire", "next", "1 c", "quit")
    out = io.StringIO()
    talk = Talk(io.StringIO("2 b\nnext\n"), out, interactive=False)
    assert PlainCourse(PACK, talk, now=lambda: NOW).review() == 0
    text = out.getvalue()
    assert "Step 1 of 1: from First event, asked again." in text
    assert "Question: Init took" in text
    assert "RIGHT" in text


def test_nothing_to_review() -> None:
    out = io.StringIO()
    assert PlainCourse(PACK, Talk(io.StringIO(), out, interactive=False)).review() == 0
    assert out.getvalue() == f"{NOTHING_TO_REVIEW}\n"


def test_what_is_reached_on_the_way_is_noticed(tmp_path: Path) -> None:
    """Time passes at once, but nothing that a learner would have seen is passed over."""
    text = skeleton("passing", 1).replace(
        """expr: "count(inv, start == 'cold') >= 3\"""",
        """expr: "count(env, state == 'INVOKE') >= 4\"""",
    )
    assert "state == 'INVOKE'" in text
    (tmp_path / "01-passing.md").write_text(text, encoding="utf-8")
    pack = load_pack(tmp_path)
    out = io.StringIO()
    talk = Talk(io.StringIO("next\n1 a\nnext\nburst 4\n"), out, interactive=False)
    PlainCourse(pack, talk, now=lambda: NOW).learn(pack.lessons[0])
    told = after(out.getvalue(), "burst 4")
    assert "Done: all of it." in told
    assert any(line.endswith("froze.") for line in told)
