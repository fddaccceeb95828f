"""``doctor``, ``keys`` and ``completion``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lifecycle_tui import doctor, locations
from lifecycle_tui.doctor import Finding, Streams, examine
from lifecycle_tui.lessons.progress import Progress, Store
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.presenting import keys as presenting
from tests.cli.running import Command

GOOD = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8"}
LARGE = Streams(has_terminal=True, size=(120, 40), encoding="utf-8")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setattr(locations, "state", lambda: folder)
    return folder


def found(name: str, streams: Streams = LARGE, **changes: str) -> Finding:
    """Return one finding of a good terminal with some variables otherwise."""
    return next(each for each in examine({**GOOD, **changes}, streams) if each.name == name)


def test_where_all_is_well_nothing_has_to_change() -> None:
    assert [each for each in examine(GOOD, LARGE) if not each.is_well] == []
    names = [each.name for each in examine(GOOD, LARGE)]
    assert len(set(names)) == len(names)
    assert {"TERM", "size", "colours", "locale", "skin", "Python", "textual", "rich"} <= set(names)


@pytest.mark.parametrize(
    ("name", "streams", "changes", "says"),
    [
        ("TERM", LARGE, {"TERM": "dumb"}, "export TERM="),
        ("size", LARGE._replace(size=(79, 24)), {}, "enlarge it to 80 by 24"),
        ("size", LARGE._replace(size=(80, 23)), {}, "enlarge it to 80 by 24"),
        ("size", LARGE._replace(size=None), {}, "does not say"),
        ("terminal", LARGE._replace(has_terminal=False), {}, "without a pipe"),
        ("colours", LARGE, {"COLORTERM": "", "TERM": "vt100"}, "export COLORTERM=truecolor"),
        ("theme", LARGE, {"TEXTUAL_THEME": "pink"}, "okabe-ito"),
        ("locale", LARGE._replace(encoding="ascii"), {"LANG": "C"}, "export LC_ALL=C.UTF-8"),
    ],
)
def test_what_is_wrong_comes_with_what_to_change(
    name: str, streams: Streams, changes: dict[str, str], says: str
) -> None:
    one = found(name, streams, **changes)
    assert not one.is_well
    assert says in one.change


def test_what_may_be_better_is_no_fault() -> None:
    assert "two panes" in found("size", LARGE._replace(size=(80, 24))).change
    assert "NO_COLOR" in found("colours", NO_COLOR="1").found
    assert "256" in found("colours", COLORTERM="").found
    assert found("skin").found == "Unicode"
    assert found("skin", LANG="C", streams=LARGE._replace(encoding="ascii")).found[:5] == "ASCII"
    assert "Linux console" in found("skin", TERM="linux").found
    assert "tmux.conf" in found("mouse", TMUX="/tmp/x").change
    assert "screenrc" in found("mouse", STY="1").change
    assert "set-clipboard" in found("clipboard", TMUX="/tmp/x").change
    assert "permalink" in found("clipboard", STY="1").change
    assert "permalink" in found("clipboard", TERM_PROGRAM="Apple_Terminal").change


def test_versions_are_held_against_what_is_wanted() -> None:
    textual = doctor.package("textual==8.2.8")
    assert textual.is_well == (textual.found == "8.2.8, wanted ==8.2.8")
    assert not doctor.package("textual==0.0.1").is_well
    assert doctor.package("textual==0.0.1").change == "pip install 'textual==0.0.1'"
    assert doctor.package("click>=1").is_well
    assert not doctor.package("click>=999").is_well
    assert not doctor.package("no-such-package-here>=1").is_well
    assert doctor.numbers("10.2.0") > doctor.numbers("9.10")
    assert doctor.numbers("8.5") == doctor.numbers("8.5.0rc1")


def test_what_is_kept_is_looked_at_and_left_alone(state: Path) -> None:
    assert found("kept sessions").found == "none"
    assert found("progress").found == "none yet"
    Store().write(Progress().opened("freeze", "2026-11-26T10:00:00Z"))
    assert found("progress").found == "1 lesson begun, 0 done, 0 predictions"
    (state / "progress.json").write_text("{")
    (state / "sessions").mkdir()
    (state / "sessions" / "session-20261126-100000-1-0.lcs").write_text("nonsense")
    before = sorted(path.name for path in state.rglob("*"))
    assert found("progress").found.startswith("damaged: it is not JSON")
    sessions = found("kept sessions")
    assert (sessions.found, sessions.is_well) == ("1 session, 1 of them unreadable", False)
    assert sorted(path.name for path in state.rglob("*")) == before


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write"
)
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert not found("state folder").is_well


def test_the_state_folder_is_not_made(state: Path) -> None:
    assert found("state folder").found == f"{state} (made when it is needed)"
    assert not state.exists()


def test_doctor_as_text_and_json(command: Command) -> None:
    status, out, err = command("doctor")
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert all(line.startswith(("ok    ", "warn  ")) for line in lines[:-2])
    assert lines[-1].endswith("to change")
    document = json.loads(command("doctor", "--json").out)
    assert document["ok"] is False
    assert {each["status"] for each in document["checks"]} == {"ok", "warn"}
    names = [each["name"] for each in document["checks"]]
    assert len(names) == len(lines) - 2
    assert all(line[6:].startswith(name) for name, line in zip(names, lines, strict=False))
    assert all(each["change"] for each in document["checks"] if each["status"] == "warn")


def test_keys_are_those_of_the_table(command: Command) -> None:
    out = command("keys").out
    found = json.loads(command("keys", "--json").out)["keys"]
    every = (
        *(*actions.ACTIONS, *actions.LEARNING, *actions.WALKING, *actions.ANSWERS),
        *(*presenting.PRESENTING, *presenting.VOTING, *presenting.FOLLOWING),
    )
    assert {each["id"] for each in found} == {action.id for action in every}
    for action in every:
        assert f"{action.shown} " in out
        assert action.help in out
    verbs = {each["id"]: each["verb"] for each in found}
    assert (verbs["fire"], verbs["undo"], verbs["help"]) == ("fire", "undo", None)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_says_how_to_install_it(command: Command, shell: str) -> None:
    status, out, err = command("completion", shell)
    assert (status, err) == (0, "")
    told = [line for line in out.splitlines()[:2] if line.startswith("# ")]
    assert len(told) == 1
    assert f"lifecycle-tui completion {shell}" in told[0]
    assert "_LIFECYCLE_TUI_COMPLETE" in out
    assert out.startswith("#compdef") == (shell == "zsh")
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=out, text=True, check=True)


def test_another_shell_is_wrong_usage(command: Command) -> None:
    assert command("completion", "tcsh").status == 2


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("play sho", {"plain,short-timeout"}),
        ("learn first", {"plain,first-event"}),
        ("lessons test doom", {"plain,doom-loop"}),
        ("progress reset --lesson doom", {"plain,doom-loop"}),
        ("completion z", {"plain,zsh"}),
        ("play --pl", {"plain,--plain"}),
        ("replay st", {"file,st"}),
        ("resume 9", set()),
        ("walkthrough play cold-and", {"plain,cold-and-warm"}),
        ("walkthrough show none.walk", {"file,none.walk"}),
        ("doc", {"plain,doctor"}),
    ],
)
def test_the_shell_completes(line: str, offers: set[str]) -> None:
    words = f"lifecycle-tui {line}"
    done = subprocess.run(
        [Path(sys.executable).with_name("lifecycle-tui")],
        env={
            **os.environ,
            "_LIFECYCLE_TUI_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == offers


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_itself_completes(command: Command, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(command("completion", "bash").out)
    run = (
        f"source {script}; COMP_WORDS=(lifecycle-tui play warm); COMP_CWORD=2;"
        ' _lifecycle_tui_completion lifecycle-tui; echo "${COMPREPLY[@]}"'
    )
    here = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-c", run],
        env={**os.environ, "PATH": f"{here}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["warm-reuse"]
