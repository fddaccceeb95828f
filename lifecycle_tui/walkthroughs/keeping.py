"""Where one was left: which walkthrough, at which step. The program goes on there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

from lifecycle_tui import guest, locations
from lifecycle_tui.files import reason, write_privately
from lifecycle_tui.units.translation import tr

FILE: Final = "walkthrough.json"
_LARGEST: Final = 10_000


class Left(NamedTuple):
    """A walkthrough that was left."""

    file: str
    """Its path, or the name of one that comes with the program."""
    step: int
    """The step, from 0."""


def file_of_places() -> Path:
    """Return the file in which the place is kept; it may not exist yet."""
    return locations.state() / FILE


def left(path: Path | None = None) -> Left | None:
    """Return what was left last; None if nothing was, or if what is kept cannot be read."""
    try:
        found = json.loads(_read(path))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    which, step = found.get("walkthrough"), found.get("step")
    if not isinstance(which, str) or type(step) is not int or not 1 <= step <= 10_000:
        return None
    return Left(which, step - 1)


def keep(place: Left, path: Path | None = None) -> str:
    """Keep where one is; return why that cannot be done, or nothing."""
    text = json.dumps({"walkthrough": place.file, "step": place.step + 1}, ensure_ascii=False)
    if guest.is_active():
        guest.memory[FILE] = text.encode()
        return ""
    try:
        write_privately(path or file_of_places(), f"{text}\n")
    except (OSError, ValueError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        return tr("where you are cannot be kept: {reason}", reason=told)
    return ""


def _read(path: Path | None) -> bytes:
    if guest.is_active():
        return guest.memory.get(FILE, b"")
    with (path or file_of_places()).open("rb") as file:
        return file.read(_LARGEST)
