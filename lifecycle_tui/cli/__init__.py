"""The commands. Everything they need is imported when they run, so that ``--help`` is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_COMPLETION = "_LIFECYCLE_TUI_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; what is wrong goes to stderr.

    Without a word the program opens on its default scenario, and nothing that only commands need
    (the command line's and YAML's readers) is loaded before the first frame.

    Args:
        arguments: the words after the program's name; the process's own if None.
    """
    words = sys.argv[1:] if arguments is None else arguments
    if not words and _COMPLETION not in os.environ and _has_terminal():
        from lifecycle_tui.cli.opening import open_default

        return open_default()
    from lifecycle_tui.cli.app import main as run

    return run(arguments)


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
