"""Time from the start of the process to the first frame: this program and a trivial Textual app.

Both run in a pseudo-terminal of the same size, in turns; the time is from spawning the process to
the moment its last line (the footer) has arrived. The ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from measure import REPOSITORY, Verdicts, alternate, machine, middle_ratio

TRIVIAL = """\
from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Trivial(App[None]):
    BINDINGS = [("q", "quit", "Leave")]

    def compose(self) -> ComposeResult:
        yield Static("A trivial app")
        yield Footer()


Trivial().run()
"""
ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()].|[=>78])")


def plain(output: bytes) -> bytes:
    """Return what a terminal was sent without its escape sequences and spaces."""
    return ESCAPES.sub(b"", output).replace(b" ", b"")


def first_frame_s(
    command: Sequence[str], marks: Sequence[str], size: tuple[int, int], limit_s: float = 20.0
) -> float:
    """Run a command in a pseudo-terminal and return the seconds until all marks are on screen.

    Raises:
        SystemExit: the marks did not come in time.
    """
    wanted = [mark.replace(" ", "").encode() for mark in marks]
    environment = os.environ | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(REPOSITORY),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("NO_COLOR", None)
    columns, rows = size
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvpe(command[0], list(command), environment)
    output = b""
    try:
        while (left_s := began + limit_s - time.perf_counter()) > 0:
            if not select.select([terminal], [], [], left_s)[0]:
                break
            try:
                output += os.read(terminal, 65_536)
            except OSError:
                break
            if wanted[-1] in (text := plain(output)) and all(mark in text for mark in wanted):
                return time.perf_counter() - began
        seen = plain(output)[-600:].decode(errors="replace")
        raise SystemExit(f"{' '.join(command)}: {marks} did not appear; the end was:\n{seen}")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main() -> int:
    """Parse the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15, help="rounds (default 15)")
    parser.add_argument("--size", default="80x24", help="columns x rows (default 80x24)")
    parser.add_argument(
        "--mark",
        action="append",
        help="text of the first frame (repeatable; default: two keys of the last line)",
    )
    arguments = parser.parse_args()
    columns, rows = (int(number) for number in arguments.size.split("x"))
    marks = arguments.mark or ["help", "quit"]
    with tempfile.TemporaryDirectory() as folder:
        trivial = Path(folder) / "trivial.py"
        trivial.write_text(TRIVIAL, encoding="utf-8")

        def theirs(_: int) -> float:
            return first_frame_s(
                [sys.executable, str(trivial)], ["A trivial app", "Leave"], (columns, rows)
            )

        def ours(_: int) -> float:
            return first_frame_s([sys.executable, "-m", "lifecycle_tui"], marks, (columns, rows))

        theirs(-1), ours(-1)  # The first start writes bytecode.
        results = alternate({"trivial app": theirs, "lifecycle-tui": ours}, arguments.rounds)
    print(machine())
    for name, times in results.items():
        print(f"  {name:14}{median(times) * 1000:7.0f} ms (best {min(times) * 1000:.0f})")
    ratio = middle_ratio(results["lifecycle-tui"], results["trivial app"])
    verdicts = Verdicts()
    verdicts.check(f"{ratio:.2f} times the trivial app, at most 1.6", ratio <= 1.6)
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
