"""The program ends with its terminal, also where no signal tells it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_program_whose_terminal_is_gone_ends(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path)}
    # A session of its own: no terminal controls it, so that nothing hangs up on it.
    program = subprocess.Popen(
        [sys.executable, "-m", "lifecycle_tui", "play"],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        seen = b""
        deadline = time.monotonic() + 30
        while b"Environments" not in seen and time.monotonic() < deadline:
            seen += os.read(master, 65_536)
        assert b"Environments" in seen
    finally:
        os.close(master)
    try:
        assert program.wait(20) != 0
    finally:
        program.kill()
