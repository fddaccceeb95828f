"""``walkthrough``: list, show, check, record, and what play says where it cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle_tui.cli.walkthrough import walkthrough
from lifecycle_tui.language.running import run_line
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.writing import write_session
from lifecycle_tui.walkthroughs.keeping import Left, keep
from tests.cli.running import Command
from tests.cli.terminal import Terminal
from tests.walkthroughs.examples import EXAMPLE, SHIPPED, changed


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "my.walk.yaml"
    path.write_text(EXAMPLE)
    return path


def test_list_has_every_shipped_one(command: Command) -> None:
    done = command("walkthrough", "list")
    assert done.status == 0
    assert len(done.out.splitlines()) == len(SHIPPED) == 6
    assert "doom-loop      The doom loop (8 steps)\n" in done.out


def test_show_reads_like_a_story(command: Command, mine: Path) -> None:
    done = command("walkthrough", "show", str(mine))
    assert done.status == 0
    assert "2. at 2.32 s\n   > fire\n" in done.out
    assert "The event waited 1.12 s for it" in done.out


@pytest.mark.parametrize("words", [("walkthrough", "check"), ("check",)])
def test_check_says_what_is_there_and_what_is_wrong(
    words: tuple[str, ...], command: Command, mine: Path, tmp_path: Path
) -> None:
    done = command(*words, str(mine))
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{mine}: ok (4 steps, 2 snapshots at 80x24, 120x40)\n"
    mine.write_text(changed("      - fire\n", "      - fier\n"))
    done = command(*words, str(mine))
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(f"{mine}:12:9: ")
    missing = tmp_path / "none.walk.yaml"
    assert command(*words, str(missing)).status == 2


def test_a_walkthrough_that_cannot_be_carried_out_fails_its_check(
    command: Command, mine: Path
) -> None:
    mine.write_text(changed("inv[0].start == 'cold'", "inv[0].start == 'warm'"))
    done = command("walkthrough", "check", str(mine), str(SHIPPED[0]))
    assert done.status == 1
    assert f"{mine}:13:9: 'wait until" in done.err
    assert "01-cold-and-warm.walk.yaml: ok" in done.out
    assert command("walkthrough", "play", str(mine)).status == 1


def test_record_writes_a_walkthrough_that_passes(command: Command, tmp_path: Path) -> None:
    session = open_scenario("sandbox").open()
    for line in ("fire", "wait until idle", "seek 1s", "deploy"):
        run_line(session, line)
    story, out = tmp_path / "story.lcs", tmp_path / "story.walk.yaml"
    story.write_text(write_session(Saved.of(session)))
    done = command("walkthrough", "record", str(story), "-o", str(out))
    assert (done.status, done.err) == (0, f"written: {out}\n")
    assert command("walkthrough", "check", str(out)).status == 0
    again = command("walkthrough", "record", str(story), "-o", str(out))
    assert again.status == 2
    assert "exists already; --force writes over it" in again.err
    assert command("walkthrough", "record", str(story), "-o", str(out), "--force").status == 0
    named = command("walkthrough", "record", str(story), "-o", str(tmp_path / "story.yaml"))
    assert named.status == 2
    assert "the name of the file ends in .walk.yaml" in named.err
    nowhere = tmp_path / "none" / "story.walk.yaml"
    assert command("walkthrough", "record", str(story), "-o", str(nowhere)).status == 1
    story.write_text("no session")
    assert command("walkthrough", "record", str(story), "-o", str(out), "--force").status == 3


def test_record_says_what_a_walkthrough_cannot_hold(command: Command, tmp_path: Path) -> None:
    saved = Saved.of(open_scenario("sandbox").open())
    other = Saved.of(open_scenario("short-timeout").open())
    story, out = tmp_path / "story.lcs", tmp_path / "story.walk.yaml"
    story.write_text(write_session(replace(saved, against=other)))
    done = command("walkthrough", "record", str(story), "-o", str(out))
    assert done.status == 0
    assert "left out: short-timeout, which it was compared with" in done.err


def test_without_a_terminal_it_is_said_what_to_use(command: Command) -> None:
    done = command("walkthrough", "play", "doom-loop")
    assert done.status == 2
    assert "lifecycle-tui walkthrough show" in done.err
    done = command("walkthrough", "play", "doom-lop")
    assert done.status == 2
    assert "did you mean 'doom-loop'?" in done.err


def test_nothing_was_left_or_it_is_gone(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    done = command("walkthrough", "resume")
    assert done.status == 2
    assert "no walkthrough was left" in done.err
    keep(Left("/no/such.walk.yaml", 3))
    done = command("walkthrough", "resume")
    assert done.status == 2
    assert "no file and no walkthrough '/no/such.walk.yaml'" in done.err


def test_a_walkthrough_is_left_and_resumed(mine: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = Terminal(("walkthrough", "play", str(mine)), state)
    first.wait_for_text("1/4")
    first.send("\x1b[6~")
    first.wait_for_text("2/4")
    first.send("nn")
    first.wait_for_text("3/4")
    assert first.leave() == 0
    second = Terminal(("walkthrough", "resume"), state)
    second.wait_for_text("3/4")
    second.send("\x1b[5~")
    second.wait_for_text("2/4")
    assert second.leave() == 0


def test_every_command_has_an_example() -> None:
    for name, sub in walkthrough.commands.items():
        assert f"lifecycle-tui walkthrough {name}" in (sub.help or "")
