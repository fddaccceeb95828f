"""The commands. Everything they need is imported when they run, so that ``--help`` is instant."""

from lifecycle_tui.cli.app import main

__all__ = ["main"]
