"""The commands of the course: what they open, and what they say where they cannot."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from lifecycle_tui.lessons.progress import Answer, Store
from tests.cli.running import Command
from tests.cli.terminal import Terminal

NOW = "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("home",), "learn goes on with the course"),
        (("learn",), "Lesson 1: First event."),
        (("learn", "doom-loop", "--challenges"), "Goal: "),
    ],
)
def test_without_a_terminal_they_speak_in_lines(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, out, err = command(*words)
    assert (status, err) == (0, "")
    assert says in out


def test_a_lesson_that_is_not_there_is_named_with_the_nearest(command: Command) -> None:
    status, _, err = command("learn", "dom-loop")
    assert status == 2
    assert "there is no lesson 'dom-loop'; did you mean 'doom-loop'?" in err


@pytest.mark.parametrize(("word", "known"), [("9", True), ("doom-loop", True), ("99", False)])
def test_a_lesson_has_its_number_for_a_name_too(command: Command, word: str, known: bool) -> None:
    status, out, err = command("present", word, "--plain")
    assert status == (0 if known else 2)
    assert out.startswith("9. Timeouts and the doom loop") is known
    assert ("there is no lesson '99'" in err) is not known


def test_levels_are_named(command: Command) -> None:
    status, _, err = command("learn", "--level", "hard")
    assert status == 2
    assert "guided" in err


def test_a_folder_without_lessons_says_so(command: Command, tmp_path: Path) -> None:
    status, _, err = command("learn", "--lessons", str(tmp_path))
    assert status == 2
    assert "there is no lesson in" in err
    (tmp_path / "01-broken.md").write_text("nothing")
    status, _, err = command("learn", "--lessons", str(tmp_path))
    assert status == 3
    assert "01-broken.md:1:1" in err


def test_nothing_to_review_is_no_failure(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    status, out, _ = command("review")
    assert (status, out) == (
        0, "nothing to review: no question is open that you got wrong\n",
    )  # fmt: skip
    wrong = Answer("first-event.again", "0", False, 1, "certain", NOW)
    Store().change(lambda kept: kept.answered(wrong, tested="COLD-ONCE", believed="COLD-ONCE"))
    monkeypatch.setattr(sys, "stdin", io.StringIO("2 b\n"))
    status, out, _ = command("review")
    assert status == 0
    assert "from First event, asked again." in out
    assert "RIGHT" in out or "WRONG" in out


def test_home_leads_into_the_first_lesson_where_the_first_key_sends_an_event(
    tmp_path: Path,
) -> None:
    program = Terminal([], tmp_path)
    program.wait_for_text("Sandbox")
    program.send("\r")
    program.wait_for_text("Send one event")
    program.send("i")
    program.wait_for_text("Reached in 1 move")
    program.send("q")
    program.wait_for_text("Scenarios")
    assert program.leave() == 0


def test_what_was_done_survives_a_kill(tmp_path: Path) -> None:
    program = Terminal(["learn", "first-event"], tmp_path)
    program.wait_for_text("Send one event")
    program.send("i")
    program.wait_for_text("Reached in 1 move")
    program.send("n")
    program.wait_for_text("to the question")
    program.kill()
    again = Terminal(["learn"], tmp_path)
    again.wait_for_text("Five parts")
    assert again.leave() == 0
