"""Where files are found: the course, the pictures, and what a person keeps between runs.

``lessons/``, ``walkthroughs/`` and ``assets/`` stand beside the package in a checkout and inside it
in a wheel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent


def lessons() -> Path:
    """Return the folder of the course."""
    return _shipped("lessons")


def assets() -> Path:
    """Return the folder of generated pictures."""
    return _shipped("assets")


def walkthroughs() -> Path:
    """Return the folder of the walkthroughs that come with the program."""
    return _shipped("walkthroughs")


def scenarios() -> Path:
    """Return the folder of the scenarios that come with the program."""
    return PACKAGE / "scenario" / "shipped"


def locale() -> Path:
    """Return the folder of the catalogues: the program's words in other languages."""
    return PACKAGE / "locale"


def state() -> Path:
    """Return the folder for progress and history; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_state_dir("lifecycle-tui", appauthor=False))


def _shipped(name: str) -> Path:
    installed = PACKAGE / f"_{name}"
    return installed if installed.is_dir() else PACKAGE.parent / name
