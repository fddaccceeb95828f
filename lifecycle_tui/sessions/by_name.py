"""Saving and opening sessions by the name that a person gives: ``save`` and ``load``."""

from __future__ import annotations

from pathlib import Path

from lifecycle_tui.files import reason, write_privately
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.sessions.layout import MAGIC, is_permalink
from lifecycle_tui.sessions.opening import SUFFIX, open_session
from lifecycle_tui.sessions.saved import NoOriginError, Saved
from lifecycle_tui.units.text import quote


def save(session: Session, file: str) -> Note:
    """Write a session to a file; only session files are written over."""
    from lifecycle_tui.sessions.writing import CannotSaveError, write_session

    path = _path(file)
    try:
        if path.exists() and not _is_session(path):
            there = quote(str(path), 60)
            return Note(f"{there} is there already and is no session", refused=True)
        write_privately(path, write_session(Saved.of(session)))
    except (CannotSaveError, NoOriginError) as error:
        return Note(str(error), refused=True)
    except OSError as error:
        return Note(f"cannot write {quote(str(path), 60)}: {reason(error)}", refused=True)
    return Note(f"saved: {path} · opens with lifecycle-tui play FILE")


def load(file: str) -> Saved | Note:
    """Open a session file or a permalink; a note says why it cannot be opened."""
    from lifecycle_tui.scenario.problems import ScenarioError

    which = file if is_permalink(file) else str(_path(file))
    try:
        return open_session(which)
    except ScenarioError as error:
        return Note(str(error.problems[0]), refused=True)
    except OSError as error:
        return Note(f"cannot read {quote(which, 60)}: {reason(error)}", refused=True)


def _path(file: str) -> Path:
    path = Path(file).expanduser()
    return path if path.suffix else path.with_name(f"{path.name}{SUFFIX}")


def _is_session(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC.encode("ascii")
