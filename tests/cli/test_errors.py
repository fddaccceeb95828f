"""Every wrong file is a line each on stderr, exit status 3, no traceback, in a moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import Command

BAD = {
    "typo": "functions: {f: {timout: 3s}}",
    "bare-number": "functions: {f: {timeout: 3}}",
    "duplicate": "functions: {f: {timeout: 3s, timeout: 4s}}",
    "ten-years": "functions: {f: }\ntimeline: [{at: 87600h, fire: }]",
    "no-function": "functions: {f: }\ntimeline: [{at: 1s, fire: {function: g}}]",
    "empty": "",
    "binary": "\x00\x01",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("words", [("simulate",), ("check",), ("play",), ("explain", "--event=1")])
def test_a_wrong_file_is_one_line_and_exit_3(
    command: Command, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    file = tmp_path / f"{name}.yaml"
    file.write_text(BAD[name])
    status, out, err = command(*words, str(file))
    assert (status, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert err.startswith(f"{file}:")


def test_fifty_megabytes_of_aliases_end_in_one_line_within_two_seconds(tmp_path: Path) -> None:
    file = tmp_path / "laughs.yaml"
    with file.open("wb") as out:
        out.write(b"a: &a [x, x]\n")
        out.write(b"b: [*a, *a, *a, *a, *a, *a]\n" * (50_000_000 // 28))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle_tui", "simulate", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - began
    assert done.returncode == 3
    assert done.stderr == f"{file}:1:1: the file is larger than 1 MB, the most it may be\n"
    assert took < 2


def test_all_problems_are_reported(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("functions:\n  f: {timout: 3s}\n  g: {memory: 1}\n")
    assert len(command("check", str(file)).err.splitlines()) == 2


def test_check_goes_on_after_a_wrong_file(command: Command, tmp_path: Path, good: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("functions: {f: {timout: 3s}}")
    status, out, err = command("check", str(bad), good, str(tmp_path / "missing.yaml"))
    assert status == 3
    assert out == f"{good}: ok (1 function, 2 commands)\n"
    assert err.splitlines()[1].endswith("missing.yaml: cannot be read: No such file or directory")


def test_check_of_a_missing_file_exits_2(command: Command, tmp_path: Path) -> None:
    assert command("check", str(tmp_path / "missing.yaml")).status == 2


@pytest.mark.parametrize("words", [("simulate",), ("play",), ("check",)])
def test_a_folder_is_no_scenario(command: Command, tmp_path: Path, words: tuple[str]) -> None:
    status, _, err = command(*words, str(tmp_path))
    assert status == 2
    assert "Traceback" not in err


def test_a_wrong_override_is_wrong_usage(command: Command) -> None:
    status, _, err = command("simulate", "first-event", "--set", "web-api.timout=3s")
    assert status == 2
    assert err == (
        "--set web-api.timout=3s:1:1: functions.web-api: unknown key 'timout';"
        " did you mean 'timeout'?\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = f"{sys.executable} -m lifecycle_tui simulate burst-of-five --format logs | head -1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_an_interrupt_exits_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lifecycle_tui.engine.simulation.run", interrupt)
    status, _, err = command("simulate", "first-event")
    assert status == 130
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells")
@pytest.mark.parametrize(
    "words", ["", "simulate first-event", "play", "explain first-event --event 1"]
)
def test_a_closed_output_is_said_in_one_line(words: str) -> None:
    script = f"{sys.executable} -m lifecycle_tui {words} >&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "cannot write: standard output is closed\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells")
def test_closed_input_and_talk_do_not_matter_to_results() -> None:
    script = f"{sys.executable} -m lifecycle_tui simulate first-event <&- 2>&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("The first event is a cold start\n")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("play", "first-event", "--speed", "nan"), "nan is not a number"),
        (("play", "first-event", "--at", "400d"), "longer than 366 days"),
        (("simulate", "first-event", "--until", "9000h"), "longer than 366 days"),
    ],
)
def test_option_values_beyond_all_bounds_are_wrong_usage(
    command: Command, words: tuple[str, ...], what: str
) -> None:
    status, _, err = command(*words)
    assert status == 2
    assert what in err
