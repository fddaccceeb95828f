"""Opening the interactive screen: on the default scenario, without any word, at once."""

from __future__ import annotations

from lifecycle_tui import exit_codes


def open_default() -> int:
    """Open the program on its default scenario and return the exit status."""
    try:
        from lifecycle_tui.scenario.default import default_plan
        from lifecycle_tui.tui.app import run_play

        return run_play(default_plan(), scenario_name="sandbox")
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
