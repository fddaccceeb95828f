"""``lifecycle-tui lessons``: tools for who writes lessons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Command
from tests.lessons.examples import NAME, changed, example


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the lesson of the page."""
    (tmp_path / NAME).write_text(example(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "words", [(), ("list",), ("show",), ("new",), ("lint",), ("test",), ("export",)]
)
def test_help_has_examples(command: Command, words: tuple[str, ...]) -> None:
    status, out, err = command("lessons", *words, "--help")
    assert (status, err) == (0, "")
    assert "Examples:\n    lifecycle-tui lessons" in out


def test_the_course_is_listed_in_its_order(command: Command) -> None:
    status, out, err = command("lessons", "list")
    assert (status, err) == (0, "")
    assert "  1  first-event" in out
    assert out.index("first-event") < out.index("doom-loop")


def test_the_course_is_green(command: Command) -> None:
    status, out, err = command("lessons", "lint")
    assert (status, err) == (0, "")
    assert out.endswith("nothing to say against\n")
    status, out, err = command("lessons", "test", "first-event")
    assert (status, err) == (0, "")
    assert out == "first-event: ok (3 predictions over 20 seeds, 2 checks)\n"


def test_anyones_folder(command: Command, folder: Path) -> None:
    at = ("--lessons", str(folder))
    assert command("lessons", "list", *at).out == (
        "  1  second-event  The second event (3 min, 1 prediction, 1 check)\n"
    )
    assert command("lessons", "lint", *at).out == "1 lesson: nothing to say against\n"
    assert command("lessons", "test", *at).out == (
        "second-event: ok (1 prediction over 20 seeds, 1 check)\n"
    )
    shown = command("lessons", "show", "second-event", *at).out
    assert "  predict second: Another event comes five seconds later. It will be\n" in shown
    assert command("lessons", "export", "second-event", *at).out.startswith("# The second event\n")
    page = command("lessons", "export", "second-event", "--format", "html", *at).out
    assert page.startswith("<!DOCTYPE html>\n")


def test_what_is_wrong_makes_lint_and_test_red(command: Command, folder: Path) -> None:
    at = ("--lessons", str(folder))
    dead = changed(("{#look}", "{#lok}"), ("What does an event", "See [it](#look). What does"))
    (folder / NAME).write_text(dead, encoding="utf-8")
    status, out, err = command("lessons", "lint", *at)
    assert (status, out) == (1, "")
    assert f"{NAME}:18:1: there is no beat '#look'; did you mean 'lok'?" in err
    (folder / NAME).write_text(changed(("'cold') >= 3", "'cold') >= 30")), encoding="utf-8")
    status, out, err = command("lessons", "test", *at)
    assert (status, out) == (1, "")
    assert f"{NAME}:52:5: after its solution" in err
    (folder / NAME).write_text(changed(("minutes: 3", "minutes: x")), encoding="utf-8")
    for words in (("lint",), ("test",), ("list",), ("show", "second-event")):
        status, _, err = command("lessons", *words, *at)
        assert status == 3
        assert f"{NAME}:6:10: minutes: " in err


def test_a_new_lesson_is_green(command: Command, tmp_path: Path) -> None:
    at = ("--lessons", str(tmp_path / "mine"))
    for name in ("first", "second-one"):
        assert command("lessons", "new", name, *at).status == 0
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "01-first.md", "02-second-one.md",
    ]  # fmt: skip
    assert command("lessons", "lint", *at).out == "2 lessons: nothing to say against\n"
    assert command("lessons", "test", *at).status == 0
    status, _, err = command("lessons", "new", "first", *at)
    assert status == 2
    assert "there is a lesson 'first' already" in err
    assert command("lessons", "new", "../x", *at).status == 2
    assert command("lessons", "new", "x").status == 2


def test_a_lesson_that_is_not_there(command: Command, folder: Path) -> None:
    status, out, err = command("lessons", "show", "secnd-event", "--lessons", str(folder))
    assert (status, out) == (2, "")
    assert "did you mean 'second-event'?" in err
    assert command("lessons", "list", "--lessons", str(folder / "none")).status == 2


def test_check_takes_lessons_too(command: Command, folder: Path) -> None:
    path = folder / NAME
    status, out, _ = command("check", str(path))
    assert (status, out) == (0, f"{path}: ok (3 beats, 1 prediction, 1 check)\n")
    path.write_text(changed(("- fire\n- wait", "- fier\n- wait")), encoding="utf-8")
    status, out, err = command("check", str(path))
    assert (status, out) == (3, "")
    assert f"{path}:26:3: 'fier' is no command; did you mean 'fire'?" in err
