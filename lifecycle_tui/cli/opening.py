"""Opening the interactive screen: on the default scenario, without any word, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui import exit_codes

if TYPE_CHECKING:
    from lifecycle_tui.play.origin import Origin

_DEFAULT: Final = "sandbox"


def open_default() -> int:
    """Open the program on its default scenario and return the exit status."""
    try:
        from lifecycle_tui.scenario.default import default_plan
        from lifecycle_tui.tui.opening import run_play

        return run_play(default_plan(), scenario_name=_DEFAULT, origin=_origin)
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED


def _origin() -> Origin:
    """Return the text of the default scenario, which the first frame does without."""
    from lifecycle_tui.sessions.opening import open_scenario

    return open_scenario(_DEFAULT).origin
