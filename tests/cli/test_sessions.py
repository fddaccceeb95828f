"""``resume``, ``replay`` and ``permalink``, and ``play`` on a session."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle_tui.engine.plan import Fire, SetConfig
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.export.jsonfile import json_chunks
from lifecycle_tui.sessions.autosave import kept
from lifecycle_tui.sessions.opening import open_session
from lifecycle_tui.sessions.permalink import write_permalink
from lifecycle_tui.sessions.writing import write_session
from tests.cli.running import Command
from tests.sessions.sessions import a_long_one

SAVED = a_long_one()


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.lcs"
    path.write_text(write_session(SAVED))
    return str(path)


def test_replay_prints_what_the_session_came_to(command: Command, story: str) -> None:
    for words, name in (((), SAVED.current), (("--branch", "big"), "big")):
        done = command("replay", story, "--format", "json", *words)
        assert (done.status, done.err) == (0, "")
        assert done.out == "".join(json_chunks(run(SAVED.plan_of(name))))
    assert json.loads(done.out)["rules_date"] == "2023-01-01"


@pytest.mark.parametrize("kind", ["table", "logs", "telemetry"])
def test_replay_prints_as_simulate_does(command: Command, story: str, kind: str) -> None:
    done = command("replay", story, "--format", kind)
    assert done.status == 0
    assert done.out
    assert done.out == command("replay", write_permalink(SAVED), "--format", kind).out


def test_replay_lists_branches(command: Command, story: str) -> None:
    lines = command("replay", story, "--branches").out.splitlines()
    assert [line[2:].split()[0] for line in lines] == [one.name for one in SAVED.branches]
    assert [line[0] for line in lines].count(">") == 1
    done = command("replay", story, "--branch", "nobody")
    assert done.status == 2
    assert "there is no branch 'nobody'; there is main, " in done.err


def test_another_version_is_told(command: Command, story: str) -> None:
    Path(story).write_text(write_session(replace(SAVED, program="0.0.1")))
    done = command("replay", story)
    assert done.status == 0
    assert done.err.startswith("note: version 0.0.1 saved it")


def test_a_broken_file_is_an_invalid_file(command: Command, story: str) -> None:
    Path(story).write_text(Path(story).read_text().replace("fire", "fier"))
    for verb in ("replay", "permalink", "check"):
        done = command(verb, story)
        assert done.status == 3
        assert "the file is not as it was saved" in done.err
    assert command("replay", f"{story}x").status == 2
    assert command("replay", "lcs1:abc").status == 3


def test_a_permalink_of_a_file_is_that_of_the_session(command: Command, story: str) -> None:
    done = command("permalink", story)
    assert done.status == 0
    assert done.out == write_permalink(SAVED) + "\n"
    link = command("permalink", "short-timeout").out.strip()
    assert command("replay", link).out == command("simulate", "short-timeout").out


def test_check_knows_sessions(command: Command, story: str) -> None:
    assert command("check", story).out == f"{story}: ok (2 functions, 2 commands)\n"


def test_a_session_has_its_own_seed(command: Command, story: str) -> None:
    done = command("play", story, "--seed", "3")
    assert done.status == 2
    assert "a session has its own seed and settings" in done.err


def test_without_a_terminal_a_session_opens_in_lines(
    command: Command, monkeypatch: pytest.MonkeyPatch, story: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("state\n"))
    status, out, err = command("play", story)
    assert (status, err) == (0, "")
    assert out.startswith("Two functions and a queue.\n")
    assert "> state\nt " in out


def test_resume_without_a_session_says_so(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "none"))
    assert "no session was kept yet" in command("resume").err
    assert command("resume", "--list").out == ""


def test_resume_lists_what_was_kept(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lifecycle-tui" / "sessions"
    folder.mkdir(parents=True)
    (folder / "session-20260101-000000-1-0.lcs").write_text(write_session(SAVED))
    (folder / "session-20260101-000000-2-0.lcs").write_text("broken")
    os.utime(folder / "session-20260101-000000-2-0.lcs", (1, 1))
    monkeypatch.setattr("lifecycle_tui.sessions.autosave.folder", lambda: folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    first, second = command("resume", "--list").out.splitlines()
    assert first.startswith("1  20")
    assert first.endswith(f"small.yaml, 3 steps in {len(SAVED.branches)} branches")
    assert "cannot be read: " in second
    assert command("resume", "2").status in (2, 3)
    assert "there is no session 3: 2 sessions kept" in command("resume", "3").err


def test_a_damaged_session_names_the_one_that_can_be_opened(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lifecycle-tui" / "sessions"
    folder.mkdir(parents=True)
    monkeypatch.setattr("lifecycle_tui.sessions.autosave.folder", lambda: folder)

    def keep(number: int, text: str) -> None:
        path = folder / f"session-20260101-000000-{number}-0.lcs"
        path.write_text(text)
        os.utime(path, (100 - number, 100 - number))

    keep(1, write_session(SAVED).replace("fire", "fier"))
    done = command("resume")
    assert done.status == 3
    assert "the file is not as it was saved" in done.err
    assert done.err.endswith("\nno other session was kept that can be opened\n")
    keep(2, "broken too")
    keep(3, write_session(SAVED))
    done = command("resume")
    assert done.status == 3
    assert (
        "an older session can be opened: lifecycle-tui resume 3  (all: resume --list)" in done.err
    )
    keep(4, "broken as well")
    assert "a newer session can be opened: lifecycle-tui resume 3  " in command("resume", "4").err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_after_a_kill_the_session_is_there(tmp_path: Path) -> None:
    from tests.cli.terminal import Terminal

    state = tmp_path / "state"
    folder = state / "lifecycle-tui" / "sessions"
    program = Terminal(["play", "first-event"], state)
    program.wait_for_text("Inspect")
    program.send("i")
    program.wait_for(lambda: kept(folder), "the first command is kept")
    program.send("t")
    program.send(":burst 3\r")
    time.sleep(1.0)
    program.kill()
    (only,) = kept(folder)
    before = open_session(str(only.path))
    steps = before.branch(before.current).steps
    assert [type(step) for step in steps] == [Fire, SetConfig, Fire]

    program = Terminal(["resume"], state)
    program.wait_for_text("Inspect")
    out = tmp_path / "again.lcs"
    program.send(f":save {out}\r")
    program.wait_for(out.exists, "the resumed session is saved")
    assert program.leave() == 0
    after = open_session(str(out))
    assert after.branches == before.branches
    assert after.plan == before.plan
    assert (state / "lifecycle-tui" / "history").read_text().splitlines()[0] == "burst 3"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_a_state_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    from tests.cli.terminal import Terminal

    (tmp_path / "state").write_text("in the way")
    program = Terminal(["play"], tmp_path / "state")
    program.wait_for_text("Inspect")
    program.send("i")
    program.wait_for_text("not kept for resume")
    assert program.leave() == 0
