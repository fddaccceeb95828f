"""``present``: slides in plain text, and what is said about wrong words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Command
from tests.cli.terminal import Terminal
from tests.lessons.examples import changed, example
from tests.lessons.presenting.decks import dealt

SLIDES = len(dealt("doom-loop")[0].slides)


def test_without_a_terminal_the_slides_are_printed(command: Command) -> None:
    done = command("present", "doom-loop")
    assert (done.status, done.err) == (0, "")
    title = f"9. Timeouts and the doom loop (9 minutes, seed 42)\n\n1/{SLIDES}  "
    assert done.out.startswith(title)
    assert "| Answer: 3, RE-INIT, in the same environment\n" in done.out
    assert command("present", "doom-loop", "--plain").out == done.out


def test_another_seed_and_another_language(command: Command) -> None:
    assert ", seed 7)\n" in command("present", "doom-loop", "--plain", "--seed", "7").out
    german = command("present", "first-event", "--plain", "--language", "de")
    assert german.status == 0
    assert german.out != command("present", "first-event", "--plain").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dom-loop",), "there is no lesson 'dom-loop'; did you mean 'doom-loop'?\n"),
        (("doom-loop", "--from", "escap"), "no part 'escap'; did you mean 'escape'?\n"),
        (("doom-loop", "--from", "500"), f"--from 500: there are slides 1 to {SLIDES}."),
        (("doom-loop", "--from", "0"), f"--from 0: there are slides 1 to {SLIDES}."),
        (("doom-loop", "--from", ""), "no part ''"),
        (("doom-loop", "--from", "²"), "no part '²'"),
        (("doom-loop", "--from", "9" * 5_000), f"there are slides 1 to {SLIDES}."),
        (("doom-loop", "--from", f"0000000001{'0' * 5_000}"), "--from 1000000000: there are"),
        (("doom-loop", "--seed", "x"), "'x' is not a whole number"),
        (("doom-loop", "--language", "xx"), "--language: nothing is in 'xx'"),
        (("doom-loop", "--notes"), "--notes needs a terminal"),
        ((), "Missing argument 'LESSON'"),
    ],
)
def test_wrong_words_are_usage_errors(command: Command, words: tuple[str, ...], told: str) -> None:
    done = command("present", *words)
    assert done.status == 2
    assert told in done.err
    assert done.out == ""


def test_a_strangers_lesson_is_presented_and_a_wrong_one_refused(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "01-example.md"
    file.write_text(example())
    name = next(line[4:] for line in example().splitlines() if line.startswith("id: "))
    assert command("present", name, "--lessons", str(tmp_path)).status == 0
    file.write_text(changed(("- burst 3\n", "- reclaim e9\n")))
    done = command("present", name, "--lessons", str(tmp_path))
    assert done.status == 3
    assert "01-example.md:" in done.err
    assert "was refused" in done.err
    file.write_text(changed(("minutes: 3", "minutes: three")))
    done = command("present", name, "--lessons", str(tmp_path))
    assert done.status == 3
    assert "01-example.md:6:" in done.err
    assert "there is no lesson" not in done.err


def test_two_terminals_find_each_other(tmp_path: Path) -> None:
    first = Terminal(["present", "first-event"], tmp_path)
    second = Terminal(["present", "first-event", "--notes"], tmp_path)
    try:
        second.wait_for_text("NEXT")
        assert first.leave() == 0
        second.wait_for_text("No presentation of")
        assert second.leave() == 0
    finally:
        for each in (first, second):
            if each.process.poll() is None:
                each.kill()
