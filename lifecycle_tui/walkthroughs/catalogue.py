"""The walkthroughs that come with the program, by name, and any other by its file."""

from __future__ import annotations

import difflib
from pathlib import Path

from lifecycle_tui import locations
from lifecycle_tui.units.text import quote
from lifecycle_tui.walkthroughs.model import ENDING, Walkthrough
from lifecycle_tui.walkthroughs.reading import load_walkthrough


class UnknownWalkthroughError(LookupError):
    """Neither a file nor the name of a shipped walkthrough; its words say what there is."""


def shipped() -> dict[str, Path]:
    """Return the files of the walkthroughs that come with the program by their names, in order.

    A file's name begins with its number: ``01-cold-and-warm.walk.yaml`` is ``cold-and-warm``.
    """
    files = sorted(locations.walkthroughs().glob(f"*{ENDING}"), key=lambda path: path.name)
    return {name_of(path).partition("-")[2]: path for path in files}


def name_of(path: Path) -> str:
    """Return the name of a walkthrough's file without its ending."""
    return path.name.removesuffix(ENDING)


def locate(which: str) -> Path:
    """Return the file that a command line names.

    Raises:
        UnknownWalkthroughError: there is no such thing.
    """
    path = Path(which)
    if path.is_file():
        return path
    names = shipped()
    if which in names:
        return names[which]
    if path.is_dir():
        raise UnknownWalkthroughError(f"{quote(which, 100)} is a folder, not a walkthrough")
    close = difflib.get_close_matches(which[:100], names, n=1)
    hint = f"did you mean {quote(close[0])}?" if close else "see: lifecycle-tui walkthrough list"
    raise UnknownWalkthroughError(f"no file and no walkthrough {quote(which, 100)}; {hint}")


def open_walkthrough(which: str) -> Walkthrough:
    """Return what a command line names.

    Raises:
        UnknownWalkthroughError: there is no such thing.
        ScenarioError: there is, and it is wrong.
        OSError: it cannot be read.
    """
    return load_walkthrough(locate(which))
