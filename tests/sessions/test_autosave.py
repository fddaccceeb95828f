"""Autosave: what is done is kept within a second, whatever else goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lifecycle_tui.files import write_privately
from lifecycle_tui.play.comparison import Comparison
from lifecycle_tui.play.session import Session
from lifecycle_tui.sessions import autosave
from lifecycle_tui.sessions.autosave import KEPT, Autosave, kept
from lifecycle_tui.sessions.opening import open_session
from tests.sessions.sessions import ORIGIN, PLAN


class Clock:
    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def a_session() -> Session:
    session = Session(PLAN, scenario_name=ORIGIN.name)
    session.origin = lambda: ORIGIN
    return session


def wait_for(happened: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def told() -> list[str]:
    return []


def test_what_was_done_is_in_the_file(tmp_path: Path, told: list[str]) -> None:
    keeper, session = Autosave(told.append, where=tmp_path), a_session()
    keeper.keep(session)
    assert not kept(tmp_path), "nothing was done yet"
    session.fire()
    keeper.keep(session)
    wait_for(lambda: kept(tmp_path))
    assert open_session(str(kept(tmp_path)[0].path)).branches == session.branches
    session.fire(3)
    session.fork("other")
    keeper.keep(session)
    keeper.close()
    (only,) = kept(tmp_path)
    assert open_session(str(only.path)).branches == session.branches
    assert not told
    assert [path.name for path in tmp_path.iterdir()] == [only.path.name]


def test_what_it_is_compared_with_is_in_the_file_too(tmp_path: Path, told: list[str]) -> None:
    keeper, session, rival = Autosave(told.append, where=tmp_path), a_session(), a_session()
    compared = Comparison(session, stranger=rival)
    rival.fire()
    session.fire(2)
    keeper.keep(session)
    keeper.close()
    against = open_session(str(kept(tmp_path)[0].path)).against
    assert against is not None
    assert against.branches == rival.branches
    compared.leave()
    keeper = Autosave(told.append, where=tmp_path / "later")
    session.fire()
    keeper.keep(session)
    keeper.close()
    assert open_session(str(kept(tmp_path / "later")[0].path)).against is None


def test_it_is_written_within_a_second(tmp_path: Path, told: list[str]) -> None:
    keeper, session = Autosave(told.append, where=tmp_path), a_session()
    for _ in range(20):
        session.fire()
        keeper.keep(session)
    wait_for(
        lambda: (
            kept(tmp_path)
            and len(open_session(str(kept(tmp_path)[0].path)).branches[0].steps) == 20
        ),
        seconds=1.0,
    )
    keeper.close()


def test_the_cursor_alone_follows_now_and_then(tmp_path: Path, told: list[str]) -> None:
    clock = Clock()
    keeper, session = Autosave(told.append, where=tmp_path, clock=clock), a_session()
    session.fire()
    keeper.keep(session)
    wait_for(lambda: kept(tmp_path))
    path = kept(tmp_path)[0].path
    session.player.seek(2_000_000)
    clock.seconds += 1
    keeper.keep(session)
    time.sleep(0.3)
    assert open_session(str(path)).branches[0].at_us == 0
    clock.seconds += 5
    keeper.keep(session)
    wait_for(lambda: open_session(str(path)).branches[0].at_us == 2_000_000)
    session.player.seek(3_000_000)
    keeper.close()
    assert open_session(str(path)).branches[0].at_us == 3_000_000


def test_two_programs_leave_each_other_alone(tmp_path: Path, told: list[str]) -> None:
    code = (
        "import sys, pathlib\n"
        "from tests.sessions.test_autosave import a_session, Autosave\n"
        "session, keeper = a_session(), Autosave(print, where=pathlib.Path(sys.argv[1]))\n"
        "session.fire(); keeper.keep(session); keeper.close()\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2])
        for _ in range(2)
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(kept(tmp_path)) == 2
    for one in kept(tmp_path):
        assert len(open_session(str(one.path)).branches[0].steps) == 1


def test_two_sessions_of_one_program_have_a_file_each(tmp_path: Path, told: list[str]) -> None:
    keeper, one, other = Autosave(told.append, where=tmp_path), a_session(), a_session()
    for session in (one, other):
        session.fire()
        keeper.keep(session)
    keeper.close()
    assert len(kept(tmp_path)) == 2


def test_only_the_newest_are_kept(tmp_path: Path, told: list[str]) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for number in range(KEPT + 3):
        path = tmp_path / f"session-20260101-000000-{dead.pid}-{number}.lcs"
        path.write_text("old")
        os.utime(path, (number, number))
    running = tmp_path / f"session-20260101-000000-{os.getppid()}-0.lcs"
    running.write_text("of a program that runs")
    os.utime(running, (0, 0))
    keeper, session = Autosave(told.append, where=tmp_path), a_session()
    session.fire()
    keeper.keep(session)
    keeper.close()
    found = kept(tmp_path)
    assert len(found) == KEPT + 1
    assert found[-1].path == running
    assert len(open_session(str(found[0].path)).branches[0].steps) == 1


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    keeper, session = Autosave(told.append, where=tmp_path / "file" / "sessions"), a_session()
    for _ in range(3):
        session.fire()
        keeper.keep(session)
        time.sleep(0.05)
    keeper.close()
    assert len(told) == 1
    assert told[0].startswith("this session is not kept for resume: Not a directory (")


def test_a_session_without_a_scenario_text_is_left_alone(tmp_path: Path, told: list[str]) -> None:
    keeper, session = Autosave(told.append, where=tmp_path), Session(PLAN)
    session.fire()
    keeper.keep(session)
    keeper.close()
    assert not kept(tmp_path)
    assert not told


def test_a_file_is_whole_or_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a" / "x"
    write_privately(path, "first\n")
    assert path.stat().st_mode & 0o777 == 0o600

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="No space left"):
        write_privately(path, "second\n")
    assert path.read_text() == "first\n"
    assert list(path.parent.iterdir()) == [path]


def test_the_folder_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert autosave.folder() == tmp_path / "lifecycle-tui" / "sessions"
