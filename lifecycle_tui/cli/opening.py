"""Opening the interactive screen without any word, at once: home, and the sandbox behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui import exit_codes

if TYPE_CHECKING:
    from lifecycle_tui.play.origin import Origin
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.learning.journey import Journey
    from lifecycle_tui.tui.places import Place

_DEFAULT: Final = "sandbox"


def open_home(*, ascii_only: bool = False) -> int:
    """Open the program on its first screen and return the exit status."""
    try:
        from lifecycle_tui.tui.launch import run_first

        return run_first(_home, open_sandbox, "home", ascii_only=ascii_only)
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED


def open_sandbox() -> Session:
    """Return a session on the default scenario."""
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.scenario.default import default_plan

    session = Session(default_plan(), scenario_name=_DEFAULT)
    session.origin = _origin
    return session


def _home(app: LifecycleApp) -> Place:
    from lifecycle_tui.tui.screens.home import Home

    return Home(app, _journey)


def _journey(app: LifecycleApp) -> Journey:
    from lifecycle_tui.tui.learning.journey import Journey

    return Journey(app)


def _origin() -> Origin:
    """Return the text of the default scenario, which the first frame does without."""
    from lifecycle_tui.sessions.opening import open_scenario

    return open_scenario(_DEFAULT).origin
