"""Every wrong file is a line each on stderr, exit status 3, no traceback, in a moment."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lifecycle_tui.play.player import SPEEDS
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
    assert "is a folder, not a" in err or "Is a directory" in err


def test_a_wrong_override_is_wrong_usage(command: Command) -> None:
    status, _, err = command("simulate", "first-event", "--set", "web-api.timout=3s")
    assert status == 2
    assert err == (
        "--set web-api.timout=3s:1:1: functions.web-api: unknown key 'timout';"
        " did you mean 'timeout'?\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    """The table fits into one buffer, the logs do not: click sees only some broken pipes itself."""
    for form in ("table", "logs"):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [sys.executable, "-m", "lifecycle_tui", "simulate", "burst-of-five", "--format", form],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(write)
        assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_exits_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lifecycle_tui.engine.simulation.run", interrupt)
    status, _, err = command("simulate", "first-event")
    assert status == 130
    assert "Traceback" not in err


@pytest.mark.parametrize("module", ["click", "lifecycle_tui.exit_codes", "yaml"])
@pytest.mark.parametrize(
    "entry",
    [
        "from lifecycle_tui.cli import main; sys.exit(main())",
        "import runpy; runpy.run_module('lifecycle_tui', run_name='__main__')",
    ],
)
def test_an_interrupt_during_an_import_exits_130_without_a_word(module: str, entry: str) -> None:
    script = f"""
import sys
class Interrupted:
    def find_spec(self, name, path, target=None):
        if name == "{module}":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
sys.argv = ["lifecycle-tui", "simulate", "first-event"]
{entry}
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
@pytest.mark.parametrize(
    "words",
    [("simulate",), ("check",), ("explain", "--event=1"), ("play",)],
)
def test_a_named_pipe_that_nobody_writes_to_is_refused_at_once(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    status, out, err = command(*words, str(pipe))
    assert (status, out) == (2, "")
    assert "it is a pipe or a device, not a file; to read from a program, use -" in err


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd here")
def test_the_shells_process_substitution_is_a_scenario(good: str) -> None:
    """``simulate <(cat good.yaml)`` hands over the reading end of a pipe as /dev/fd/N."""
    read, write = os.pipe()
    os.write(write, Path(good).read_bytes())
    os.close(write)
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle_tui", "check", f"/dev/fd/{read}"],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=(read,),
    )
    os.close(read)
    assert (done.stdout, done.stderr) == (f"/dev/fd/{read}: ok (1 function, 2 commands)\n", "")


@pytest.mark.parametrize("words", [("simulate",), ("check",), ("explain", "--event=1")])
def test_at_a_terminal_it_is_said_that_the_scenario_is_to_be_typed(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    text = b"functions: {f: }\ntimeline: [{at: 0s, fire: }]\n"
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(text)))
    status, _, err = command(*words, "-")
    assert status == 0
    assert err.startswith("reading the scenario from standard input; end with Ctrl-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert command(*words, "-").err == ""


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
        (("play", "first-event", "--speed", "nan"), "'nan' is no speed; allowed: 1/16 to 3600"),
        (("play", "first-event", "--speed", "1/0"), "'1/0' is no speed"),
        (("play", "first-event", "--speed", "1/17"), "'1/17' is out of range; allowed: 1/16 to"),
        (("play", "first-event", "--speed", "3601"), "'3601' is out of range; allowed: 1/16 to"),
        (("play", "first-event", "--seed", "x"), "'x' is not a whole number; allowed: 0 or more."),
        (("simulate", "first-event", "--seed", "-1"), "'-1' is out of range; allowed: 0 or more."),
        (("explain", "first-event", "--event", "0"), "'0' is out of range; allowed: 1 or more."),
        (
            ("simulate", "first-event", "--format", "logs", "--epoch", "1.2.2026"),
            "'1.2.2026' is not a date such as 2026-01-31 or 2026-01-31T18:30:00Z.",
        ),
        (
            ("cost", "--requests=1", "--duration=1s", "--memory=128MB", "--rules-date=2026-13-01"),
            "'2026-13-01' is not a date such as 2026-01-31.",
        ),
        (("check", ""), "'': cannot be read"),
        (
            ("simulate", "first-event", "--format", "logs", "--epoch", "9999-12-31T23:59:59"),
            "--epoch 9999-12-31 is too late: the run would leave the years 1 to 9999.",
        ),
        (
            ("simulate", "provisioned-concurrency", "--format=telemetry", "--epoch=0001-01-01"),
            "--epoch 0001-01-01 is too early: the run would leave the years 1 to 9999.",
        ),
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


@pytest.mark.parametrize("speed", ["1/16", "0.0625", "0.5", "1/8", "2", "3600", "7200/2"])
def test_speeds_of_the_keys_are_accepted(
    command: Command, monkeypatch: pytest.MonkeyPatch, speed: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert command("play", "first-event", "--speed", speed).status == 0


def test_the_help_names_the_slowest_and_the_fastest_speed(command: Command) -> None:
    out = " ".join(command("play", "--help").out.split())
    assert f"1/{1 / SPEEDS[0]:.0f} to {SPEEDS[-1]:.0f}" in out
