"""A guest reads nothing but the program, and writes and starts nothing: whatever code it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lifecycle_tui import guest

ENTER = "from lifecycle_tui import guest; guest.enter()\n"
TRY = """
try:
    {act}
except guest.GuestError:
    print("refused")
else:
    print("done")
"""


def said(code: str, where: Path) -> str:
    """Return what a guest prints that runs some code."""
    done = subprocess.run(
        [sys.executable, "-c", ENTER + code], capture_output=True, text=True, check=True, cwd=where
    )
    return done.stdout.strip()


FORBIDDEN = [
    "open('mine.txt', 'w')",
    "open('mine.txt', 'rb')",
    "open('/etc/passwd')",
    "open(guest.__file__, 'a')",
    "import os; os.open('/etc/hosts', os.O_RDONLY)",
    "import os; os.open('x', os.O_CREAT | os.O_WRONLY)",
    "import os; os.listdir('.')",
    "import os; os.listdir('/')",
    "import os; os.listdir()",
    "import os; os.scandir('/tmp')",
    "import os; os.system('true')",
    "import os; os.remove('mine.txt')",
    "import os; os.rename('mine.txt', 'yours.txt')",
    "import os; os.mkdir('x')",
    "import os; os.fork()",
    "import os; os.execv('/bin/true', ['true'])",
    "import os; os.kill(os.getpid(), 0)",
    "import subprocess; subprocess.run(['true'])",
    "import tempfile; tempfile.mkdtemp(dir='.')",
    "import tempfile; tempfile.NamedTemporaryFile(dir='.')",
    "import pathlib; pathlib.Path('mine.txt').write_text('x')",
    "import pathlib; pathlib.Path('mine.txt').unlink()",
    "import socket; socket.create_connection(('127.0.0.1', 9))",
    "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "from lifecycle_tui.files import write_new; import pathlib; write_new(pathlib.Path('x'), b'')",
    "from lifecycle_tui.sessions.opening import open_session; open_session('mine.txt')",
]


@pytest.mark.parametrize("act", FORBIDDEN)
def test_what_a_guest_may_not_do(act: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert said(TRY.format(act=act), tmp_path) == "refused"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_a_guest_reads_is_the_program(tmp_path: Path) -> None:
    act = (
        "from lifecycle_tui.lessons.pack import load_pack;"
        "from lifecycle_tui.sessions.opening import open_scenario;"
        "print(len(load_pack().lessons), open_scenario('sandbox').origin.name)"
    )
    count = len(list((Path(__file__).parents[2] / "lessons").glob("[0-9]*.md")))
    assert said(act, tmp_path) == f"{count} sandbox"


def test_progress_is_kept_in_memory(tmp_path: Path) -> None:
    act = (
        "from lifecycle_tui.lessons.progress import Store;"
        "Store().change(lambda kept: kept.opened('freeze', 'now'));"
        "again = Store(); print(*again.read().lessons, repr(again.told), again.is_kept)"
    )
    assert said(act, tmp_path) == "freeze '' True"


def test_walkthroughs_play_and_their_place_is_kept_in_memory(tmp_path: Path) -> None:
    act = (
        "from lifecycle_tui.walkthroughs.catalogue import open_walkthrough, shipped;"
        "from lifecycle_tui.walkthroughs.keeping import Left, keep, left;"
        "first = next(iter(shipped())); title = open_walkthrough(first).title;"
        "print(left(), repr(keep(Left(first, 2))), left() == Left(first, 2), title)"
    )
    assert said(act, tmp_path) == "None '' True Cold and warm"


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/nonesuch", "mine.txt", "none.txt"])
def test_no_line_tells_whether_a_file_is_there(path: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    act = (
        "from lifecycle_tui.sessions.opening import open_scenario\n"
        "from lifecycle_tui.language.running import run_line\n"
        "session = open_scenario('sandbox').open()\n"
        "try: print(run_line(session, 'pattern trace=%s').text)\n"
        "except Exception as error: print(str(error).replace('%s', 'PATH'))\n"
    )
    assert guest.NOT_HERE in said(act % (path, path), tmp_path)


def test_nobody_else_is_a_guest() -> None:
    assert not guest.is_active()
