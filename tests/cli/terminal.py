"""The real program in a terminal of its own: keys go in, it can be killed, and it starts again."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

PATIENCE_S = 30.0
ROOT = Path(__file__).parents[2]


class Terminal:
    """One run of the program, 80x24."""

    def __init__(self, words: Sequence[str], state: Path, term: str = "xterm-256color") -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "XDG_STATE_HOME": str(state), "TERM": term}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lifecycle_tui", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(theirs)
        self._ours = ours
        self.shown = b""
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._ours, 65_536)
            except OSError:
                return
            if not data:
                return
            self.shown += data

    def wait_for(self, happened: Callable[[], object], what: str) -> None:
        """Wait until something has happened."""
        end = time.monotonic() + PATIENCE_S
        while not happened():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"{what}: {self.shown[-2_000:]!r}")
            time.sleep(0.02)

    def wait_for_text(self, text: str) -> None:
        """Wait until a word was drawn."""
        self.wait_for(lambda: text.encode() in self.shown, text)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def kill(self) -> None:
        """End it as nobody can prevent."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        os.close(self._ours)

    def leave(self) -> int:
        """Press q, and return the exit status."""
        self.send("q")
        status = self.process.wait(PATIENCE_S)
        os.close(self._ours)
        return status
