"""The command that writes pictures and films."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lifecycle_tui.cli import export as module
from lifecycle_tui.cli import main
from lifecycle_tui.tui import offstage, theme
from lifecycle_tui.tui.screens.panes import PANES
from tests.architecture.test_imports import modules_after
from tests.cli.pythons import other_python
from tests.cli.running import Command

SHORT = ("--at", "900ms", "--size", "80x24")


def test_a_picture_goes_to_stdout_as_text(command: Command) -> None:
    done = command("export", "first-event", *SHORT)
    assert done.status == 0
    assert "0.900 s" in done.out
    assert "ERF▓▓▓▓▓▶" in done.out
    assert done.err == ""
    assert len(done.out.splitlines()) == 24


def test_ascii_is_ascii(command: Command) -> None:
    assert command("export", "first-event", *SHORT, "--ascii").out.isascii()


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("a.svg", b"<svg"),
        ("a.PNG", b"\x89PNG"),
        ("a.txt", b" lifecycle-tui"),
        ("a.html", b"<!doctype"),
        ("a.htm", b"<!doctype"),
    ],
)
def test_the_format_is_guessed_from_the_name(
    command: Command, tmp_path: Path, file: str, begins: bytes
) -> None:
    path = tmp_path / file
    done = command("export", "first-event", *SHORT, "-o", str(path))
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith(f"wrote {path}: ")
    assert path.read_bytes().startswith(begins)


def test_lines_are_carried_out_where_the_cursor_is(command: Command) -> None:
    done = command("export", "sandbox", "--do", "fire", "--do", "wait 2s", "--do", "burst 3")
    assert "COLD" in done.out
    assert "4 alive" in done.out
    assert "2.000 s" in done.out


def test_two_runs_are_drawn(command: Command) -> None:
    changed = ("--set-b", "web-api.timeout=6s", "--size", "120x40")
    done = command("export", "short-timeout", "--at", "14s", *changed)
    assert "A short-timeout " in done.out
    assert "B short-timeout, web-api.timeout=6s" in done.out
    assert re.search(r"timeout +3 s +6 s", done.out)
    other = command("export", "short-timeout", "--against", "first-event", "--size", "120x40")
    assert "B first-event" in other.out


def test_a_cast_can_be_read(command: Command) -> None:
    done = command(
        "export", "warm-reuse", "--format", "cast", "--from", "1s", "--to", "1.5s",
        "--speed", "1/2",
    )  # fmt: skip
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert lines[0]["title"] == "The second event finds the environment warm"
    assert "1.000 s" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", lines[1][2])
    assert lines[-2][0] == 1.0
    assert lines[-1][0] == 3.5


def test_a_film_named_svg_moves(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    assert command("export", "first-event", "--to", "300ms", "-o", str(path)).status == 0
    assert "@keyframes" in path.read_text()


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("-o", "a.gif"), 2, "no format ends so; known: .svg"),
        (("-o", "no/such/a.svg"), 1, "cannot write 'no/such/a.svg': No such file or directory"),
        (("-o", ".", "--format", "svg"), 1, "cannot write '.': Is a directory"),
        (("--size", "12"), 2, "'12' is no size; allowed: 40x10 to 300x120."),
        (("--size", "1000x20"), 2, "'1000x20' is no size"),
        (("--select", "2"), 2, "'2' is no environment; write e1, e2 and so on."),
        (("--select", "e9"), 2, "there is no such environment at 0 s."),
        (("--press", "Q"), 2, "--press 'Q': no such key"),
        (("--do", "fir"), 2, "--do 'fir': 'fir' is no command; did you mean 'fire'?"),
        (("--do", "reclaim e1"), 2, "--do 'reclaim e1': "),
        (("--do", "save x.lcs"), 2, "--do 'save x.lcs': "),
        (("--fps", "8"), 2, "--fps is for films"),
        (("--fps", "60", "--format", "cast"), 2, "allowed: 4 to 30"),
        (("--at", "1s", "--format", "cast"), 2, "--at is for pictures; cast is a film"),
        (("--from", "2s", "--to", "1s", "--format", "cast"), 2, "nothing happens from 2 s on"),
        (("--to", "1h", "--speed", "1/16", "--fps", "30", "--format", "cast"), 2, "frames, and"),
        (("--theme", "pink"), 2, "'pink' is not one of"),
    ],
)
def test_what_is_wrong_is_told(
    command: Command, words: tuple[str, ...], status: int, says: str
) -> None:
    done = command("export", "first-event", *words)
    assert done.status == status
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_failed_export_leaves_the_old_file(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.svg"
    path.write_text("old")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(offstage, "_MOST_TURNS", 0)
    done = command("export", "first-event", "-o", str(path))
    assert done.status == 70
    assert "fault of its own" in done.err
    assert "Traceback" not in done.err
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.glob("*.svg*")] == ["a.svg"]


def test_a_reader_who_has_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "lifecycle_tui", "export", "warm-reuse", "--to", "3s"]
    with subprocess.Popen(
        [*command, "--format", "cast"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_letters_that_a_png_lacks_are_told(command: Command, tmp_path: Path, good: str) -> None:
    strange = tmp_path / "strange.yaml"
    strange.write_text(Path(good).read_text().replace("Two events", "漢字"), encoding="utf-8")
    done = command("export", str(strange), "-o", str(tmp_path / "a.png"))
    assert "drawn as boxes, for want of letters: '漢字'" in done.err


def test_names_that_help_shows_are_those_of_the_screen() -> None:
    assert theme.CHOICES == module.THEMES
    assert PANES == module.PANES


def test_help_loads_no_screen() -> None:
    assert not modules_after("export", "--help") & {"textual", "rich", "yaml", "asyncio"}


# The same bytes, wherever and however often.

SAMPLES = (
    ("first-event", "--at", "900ms", "--pane", "why", "--format", "svg"),
    ("burst-of-five", "--at", "1.2s", "--size", "120x40", "--pane", "metrics", "--format", "png"),
    ("warm-reuse", "--to", "1s", "--size", "120x40", "--format", "cast"),
    ("warm-reuse", "--to", "1s", "--format", "svg-animated"),
)
COMMANDS = [["export", *words] for words in SAMPLES]

WRITER = """
import json, sys
from lifecycle_tui.cli import main
for words in json.loads(sys.argv[1]):
    assert main(words) == 0
"""
"""What a Python of its own does to write all samples to stdout."""


@pytest.fixture(scope="module")
def ours() -> bytes:
    """Return what this process writes, whatever its tests have done before."""
    out = io.BytesIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(out, write_through=True)) as stdout:
        assert not any(main(words) for words in COMMANDS)
        stdout.flush()
        return out.getvalue()


def written(python: str, **environment: str) -> bytes:
    done = subprocess.run(
        [python, "-c", WRITER, json.dumps(COMMANDS)],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_environment_changes_nothing(ours: bytes) -> None:
    strange = {"NO_COLOR": "1", "TERM": "dumb", "TEXTUAL_THEME": "dracula", "COLUMNS": "33",
               "TEXTUAL_DIM_FACTOR": "10", "LC_ALL": "C", "TZ": "Asia/Tokyo"}  # fmt: skip
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    assert ours
    assert written(sys.executable, PYTHONHASHSEED=seed, **strange) == ours


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_python_writes_the_same_bytes(version: str, ours: bytes) -> None:
    python, path = other_python(version, "lifecycle_tui, textual, yaml, click, platformdirs")
    assert written(python, PYTHONPATH=path) == ours
