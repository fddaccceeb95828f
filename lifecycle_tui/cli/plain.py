"""The plain face for those commands that open the program: ``--plain``, and where no screen is."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from lifecycle_tui.plain.repl import Repl
    from lifecycle_tui.plain.talk import Talk
    from lifecycle_tui.play.session import Session

F = TypeVar("F", bound=Callable[..., Any])


def plain_option(function: F) -> F:
    """Add ``--plain``."""
    return click.option(
        "--plain",
        is_flag=True,
        help="Lines instead of a screen, for screen readers, braille and pipes; chosen by itself"
        " without a terminal and for TERM=dumb.",
    )(function)


def talk() -> Talk:
    """Return the conversation on standard input and output."""
    from lifecycle_tui.plain.talk import Talk

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return Talk(sys.stdin, sys.stdout, interactive=sys.stdin.isatty())


def play_plain(session: Session, *, at_us: int = 0, home: bool = False) -> int:
    """Play a session in lines, and return the exit status.

    Args:
        session: what is played.
        at_us: where the cursor starts, if not where it is.
        home: whether it is the sandbox with which the program begins.
    """
    from lifecycle_tui.plain.home import HomeRepl
    from lifecycle_tui.plain.repl import Repl
    from lifecycle_tui.sessions.autosave import Autosave

    if at_us:
        session.reach(at_us)
        session.player.seek(at_us)
    talking = talk()
    made: type[Repl] = HomeRepl if home else Repl
    if not talking.interactive:
        return guarded(session.title, made(session, talking).run)
    autosave = Autosave(talking.say)
    try:
        return guarded(session.title, made(session, talking, autosave.keep).run)
    finally:
        autosave.close()


def guarded(name: str, run: Callable[[], int]) -> int:
    """Run a conversation; a fault of the program is reported as on the screen."""
    from lifecycle_tui.scenario.problems import ScenarioError

    try:
        return run()
    except (OSError, ScenarioError, click.ClickException, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        from lifecycle_tui.tui.fault import report

        return report(error, name)
