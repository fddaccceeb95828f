"""The plain face at a terminal: prompts and nothing drawn, sessions kept, interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a terminal of Unix", allow_module_level=True)

from tests.cli.terminal import PATIENCE_S, Terminal


@pytest.mark.parametrize(
    ("words", "term"), [(["play", "--plain"], "xterm-256color"), (["play"], "dumb")]
)
def test_at_a_terminal_it_prompts_and_draws_nothing(
    tmp_path: Path, words: list[str], term: str
) -> None:
    terminal = Terminal(words, tmp_path, term=term)
    terminal.wait_for_text("quit leaves.\r\n> ")
    terminal.send("fire\n")
    terminal.wait_for_text("e1 froze.\r\n> ")
    terminal.send("quit\n")
    assert terminal.process.wait(PATIENCE_S) == 0
    assert b"\x1b" not in terminal.shown
    assert terminal.shown.count(b"fire\r\n") == 1
    kept = list((tmp_path / "lifecycle-tui" / "sessions").glob("*.lcs"))
    assert len(kept) == 1
    assert "fire" in kept[0].read_text()


def test_an_interrupt_ends_it_without_a_word(tmp_path: Path) -> None:
    terminal = Terminal(["learn", "--plain"], tmp_path)
    terminal.wait_for_text("> ")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.process.wait(PATIENCE_S) == 130
    assert b"Traceback" not in terminal.shown


def test_whoever_reads_may_have_enough(tmp_path: Path) -> None:
    script = f"yes fire | head -200 | {sys.executable} -m lifecycle_tui play --plain | head -5"
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 5


def test_what_is_no_text_is_no_fault(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle_tui", "play", "--plain"],
        input=b"\xff\xfe\nfire\n" + b"x" * 100_000 + b"\n",
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "LC_ALL": "C"},
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"e1 froze." in done.stdout
