"""The commands. Everything they need is imported when they run, so that ``--help`` is instant.

This module imports next to nothing: what is interrupted before ``main`` begins shows a traceback.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETION = "_LIFECYCLE_TUI_COMPLETE"
_LANGUAGE = "LIFECYCLE_TUI_LANGUAGE"
"""``languages.VARIABLE``: who has chosen a language waits until it is read."""
_INTERRUPTED = 130
"""``exit_codes.INTERRUPTED``, which may be just what was being imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; what is wrong goes to stderr.

    Without a word the program opens on its first screen, and nothing that only commands need
    (the command line's and YAML's readers) is loaded before the first frame. An interrupt is
    silent at any time, also while the commands are still being imported.

    Args:
        arguments: the words after the program's name; the process's own if None.
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    from lifecycle_tui import exit_codes

    if not _have_streams():
        return exit_codes.CHECK_FAILED
    words = sys.argv[1:] if arguments is None else arguments
    at_once = COMPLETION not in os.environ and not os.environ.get(_LANGUAGE)
    if not words and at_once and _has_terminal():
        from lifecycle_tui.cli.opening import open_home

        return open_home()
    from lifecycle_tui.cli.app import main as run

    return run(arguments)


def _have_streams() -> bool:
    """Put the null device where a stream was closed; without an output there is nothing to do."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it lives as long as we do
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123
    if sys.stdout is None:
        sys.stderr.write("cannot write: standard output is closed\n")
        return False
    return True


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
