"""``lifecycle-tui lessons export --worksheet`` and ``--answers``."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.test_imports import modules_after
from tests.cli.pythons import other_python
from tests.cli.running import Command
from tests.lessons.examples import NAME, changed, example

EXPORT = ("lessons", "export")


def test_a_sheet_goes_to_stdout_and_its_key_to_a_file(command: Command, tmp_path: Path) -> None:
    status, sheet, err = command(*EXPORT, "first-event", "--worksheet")
    assert (status, err) == (0, "")
    assert sheet.startswith("<!DOCTYPE html>\n")
    assert "<h1>Worksheet: First event</h1>" in sheet
    path = tmp_path / "key.html"
    status, out, err = command(*EXPORT, "first-event", "--answers", "-o", str(path))
    assert (status, out) == (0, "")
    assert err == f"wrote {path}: {path.stat().st_size // 1000} kB\n"
    assert "<h1>Answer key: First event</h1>" in path.read_text(encoding="utf-8")


def test_a_seed_gives_another_sheet_and_its_key(command: Command) -> None:
    one, seven = (
        command(*EXPORT, "first-event", "--worksheet", "--seed", seed).out for seed in ("1", "7")
    )
    key = command(*EXPORT, "first-event", "--answers", "--seed", "7").out
    assert " · seed 7 · " in seven
    assert " · seed 7 · " in key
    assert one.replace("seed 1", "seed 7") != seven
    assert command(*EXPORT, "first-event", "--worksheet").out == one


def test_a_handout_takes_a_seed_and_a_file_too(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert command(*EXPORT, "ends-of-life", "-o", str(path), "--seed", "2").status == 0
    assert path.read_text(encoding="utf-8") == command(*EXPORT, "ends-of-life", "--seed", "2").out
    assert path.read_text(encoding="utf-8") != command(*EXPORT, "ends-of-life").out


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("first-event", "--worksheet", "--answers"), 2, "--worksheet and --answers are two files"),
        (
            ("first-event", "--answers", "--format", "markdown"),
            2,
            "--answers is drawn, and Markdown",
        ),
        (("frst-event", "--worksheet"), 2, "there is no lesson 'frst-event'; did you mean 'first-"),
        (("first-event", "--worksheet", "--seed", "x"), 2, "'x' is not a whole number"),
        (
            ("first-event", "--worksheet", "-o", "no/such/a.html"),
            1,
            "cannot write 'no/such/a.html'",
        ),
        (("first-event", "--worksheet", "-o", "."), 1, "cannot write '.': Is a directory"),
    ],
)
def test_what_is_wrong_is_told(
    command: Command, words: tuple[str, ...], status: int, says: str
) -> None:
    done = command(*EXPORT, *words)
    assert (done.status, done.out) == (status, "")
    assert says in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("- burst 3\n- wait until idle", "- crash e9"), f"{NAME}:65:3: "),
        (("{inv[1].env} was FROZEN", "{1 + inv} was FROZEN"), "see: lifecycle-tui lessons test"),
    ],
)
def test_a_lesson_that_does_not_run_is_told(
    command: Command, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    (tmp_path / NAME).write_text(changed(change), encoding="utf-8")
    path = tmp_path / "a.html"
    path.write_text("old")
    done = command(
        *EXPORT, "second-event", "--lessons", str(tmp_path), "--worksheet", "-o", str(path)
    )
    assert (done.status, done.out) == (1, "")
    assert says in done.err
    assert path.read_text() == "old"


def test_anyones_lesson(command: Command, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(example(), encoding="utf-8")
    done = command(*EXPORT, "second-event", "--lessons", str(tmp_path), "--worksheet")
    assert done.status == 0
    assert "second-event@" in done.out


def test_help_loads_nothing_of_it() -> None:
    loaded = modules_after(*EXPORT, "--help")
    assert not any(name.startswith("lifecycle_tui.lessons") for name in loaded)
    assert not loaded & {"textual", "rich", "yaml"}


# The same bytes, wherever.

SAMPLE = ("reserved", "--answers", "--seed", "3")


def exported(python: str, **environment: str) -> bytes:
    done = subprocess.run(
        [python, "-m", "lifecycle_tui", *EXPORT, *SAMPLE],
        env=os.environ | environment,
        capture_output=True,
        check=True,
    )
    return done.stdout


@cache
def ours() -> bytes:
    return exported(sys.executable, PYTHONHASHSEED="1")


def test_the_environment_changes_nothing() -> None:
    strange = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo", "NO_COLOR": "1",
               "PYTHONIOENCODING": "latin-1"}  # fmt: skip
    assert exported(sys.executable, **strange) == ours()


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_python_writes_the_same_bytes(version: str) -> None:
    python, path = other_python(version, "lifecycle_tui, yaml, click, platformdirs")
    assert exported(python, PYTHONPATH=path) == ours()
