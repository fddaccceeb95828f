"""What a visitor's process runs: the program as a guest, on what the server was told to show.

``python -m lifecycle_tui.cli.visit [--lesson ID | --scenario NAME]``; the words are the
server's own, never a visitor's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from lifecycle_tui import guest

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.places import Place

LESSON: Final = "--lesson"
SCENARIO: Final = "--scenario"


def main(words: Sequence[str]) -> int:
    """Be a guest, and show what the words say; without any, the first screen."""
    guest.enter()
    match words:
        case [word, name] if word == LESSON:
            return _lesson(name)
        case [word, name] if word == SCENARIO:
            return _scenario(name)
        case _:
            from lifecycle_tui.cli.opening import open_home

            return open_home()


def _lesson(name: str) -> int:
    from lifecycle_tui.cli.opening import open_sandbox
    from lifecycle_tui.lessons.pack import load_pack
    from lifecycle_tui.tui.launch import run_first

    def first(app: LifecycleApp) -> Place:
        from lifecycle_tui.tui.learning.journey import Journey

        pack = load_pack()
        return Journey(app, pack=pack).first(pack.find(name))

    return run_first(first, open_sandbox, name)


def _scenario(name: str) -> int:
    from lifecycle_tui.sessions.opening import open_scenario
    from lifecycle_tui.tui.launch import run_session

    return run_session(open_scenario(name).open, name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
