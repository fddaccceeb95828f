"""Opening the program on a terminal, and what becomes of its faults."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console

from lifecycle_tui import guest
from lifecycle_tui.terminal import wants_ascii
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.hangup import HUNG_UP, watch
from lifecycle_tui.tui.skin import Skin

if TYPE_CHECKING:
    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.play.origin import FindOrigin
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.tui.places import Place


def calm_collector() -> None:
    """Let the garbage collector leave alone what is there, and look less often.

    Runs and styles are many small objects that stay: going through all of them takes longer than
    a frame may.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def run_play(
    plan: Plan,
    *,
    scenario_name: str,
    speed: float = 1.0,
    at_us: int = 0,
    ascii_only: bool = False,
    origin: FindOrigin | None = None,
) -> int:
    """Open the program on a plan and return its exit code.

    Args:
        plan: what is simulated.
        scenario_name: its name, for when it has no title.
        speed: story seconds a second.
        at_us: where the cursor starts.
        ascii_only: use the ASCII skin, whatever the terminal can show.
        origin: finds the scenario's text, so that the session can be saved.
    """
    from lifecycle_tui.play.session import Session

    def opened() -> Session:
        session = Session(plan, scenario_name=scenario_name, at_us=at_us)
        session.origin = origin
        return session

    return run_session(opened, scenario_name, speed, ascii_only=ascii_only)


def run_session(
    opened: Callable[[], Session],
    scenario_name: str,
    speed: float = 1.0,
    at_us: int = 0,
    *,
    ascii_only: bool = False,
) -> int:
    """Open the program on a session and return its exit code.

    Args:
        opened: opens the session.
        scenario_name: its name, for a report of a fault.
        speed: story seconds a second.
        at_us: where the cursor starts, if not where it was left.
        ascii_only: use the ASCII skin, whatever the terminal can show.
    """
    from lifecycle_tui.tui.fault import report

    try:
        session = opened()
        session.player.set_speed(speed)
        if at_us:
            session.reach(at_us)
            session.player.seek(at_us)
        app = _play(session, ascii_only=ascii_only)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        return report(error, scenario_name)
    return _left(app, scenario_name)


def run_first(
    first: Callable[[LifecycleApp], Place],
    opened: Callable[[], Session],
    name: str,
    *,
    ascii_only: bool = False,
) -> int:
    """Open the program on another screen than the sandbox and return its exit code.

    Args:
        first: makes that screen.
        opened: opens the sandbox's session, once the sandbox is asked for.
        name: what is opened, for a report of a fault.
        ascii_only: use the ASCII skin, whatever the terminal can show.
    """
    try:
        app = _play(opened, ascii_only=ascii_only, first=first)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        from lifecycle_tui.tui.fault import report

        return report(error, name)
    return _left(app, name)


def _left(app: LifecycleApp, name: str) -> int:
    """Return the exit code of an app that was left."""
    if app.fault is not None:
        from lifecycle_tui.tui.fault import report

        return report(app.fault, name)
    return app.return_code or app.return_value or 0


def _play(
    session: Session | Callable[[], Session],
    *,
    ascii_only: bool,
    first: Callable[[LifecycleApp], Place] | None = None,
) -> LifecycleApp:
    """Play until the user leaves, and return the app."""
    # A guest has no terminal: there the server says how large the page is.
    for name in () if guest.is_active() else ("COLUMNS", "LINES"):
        # A shell that exports its size would hide the terminal's own, and every change of it.
        os.environ.pop(name, None)
    skin = Skin(ascii_only=ascii_only or wants_ascii())
    app = LifecycleApp(session, skin=skin, first=first, keeps=not guest.is_active())
    # A report takes the place of the traceback that Textual would print.
    app.error_console = Console(file=io.StringIO())
    calm_collector()
    if sys.stdin is not None and sys.stdin.isatty():
        watch(sys.stdin.fileno(), lambda: app.call_from_thread(app.exit, HUNG_UP, HUNG_UP))
    try:
        app.run()
    finally:
        app.close_keeping()
    return app
