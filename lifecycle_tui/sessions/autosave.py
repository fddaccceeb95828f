"""Keeping sessions while they are played, so that neither a crash nor a kill loses them.

Every session has a file of its own in the state folder, so that programs side by side leave each
other's alone; ``resume`` takes the newest. Writing happens in a thread: the screen never waits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.files import reason, write_privately
from lifecycle_tui.play.session import Session
from lifecycle_tui.sessions.saved import Saved

KEPT: Final = 8
"""So many sessions are kept."""
CURSOR_EVERY_S: Final = 5.0
"""Where nothing but the cursor has moved, the file follows so often."""
PAUSE_S: Final = 0.2
"""From one writing to the next, at least."""
CLOSING_S: Final = 3.0
"""So long the program waits for the last writing when it is left."""
_NAME: Final = "session-*.lcs"


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that was kept."""

    path: Path
    written_s: float
    """When, in seconds of the epoch."""


def folder() -> Path:
    """Return where sessions are kept."""
    return locations.state() / "sessions"


def kept(where: Path | None = None) -> list[Kept]:
    """Return the sessions that were kept, the newest first."""
    found = []
    for path in (where or folder()).glob(_NAME):
        with suppress(OSError):
            found.append(Kept(path, path.stat().st_mtime))
    return sorted(found, key=lambda one: (-one.written_s, one.path.name))


class _Keeper:
    """Keeps one session in one file."""

    def __init__(self, session: Session, path: Path) -> None:
        self.session = session
        self._path = path
        self._changes = 0
        self._at_us = session.at_us
        self._looked_s = 0.0
        self.begun = False
        """Whether anything was ever written."""

    def changed(self, now_s: float) -> bool:
        """Whether there is something to write now."""
        session = self.session
        if session.changes == self._changes:
            rests = session.at_us == self._at_us or now_s - self._looked_s < CURSOR_EVERY_S
            if rests or not self.begun:
                return False
        self._changes, self._at_us = session.changes, session.at_us
        self._looked_s, self.begun = now_s, True
        return True

    def writing(self) -> Callable[[], None]:
        """Return what writes the session as it is now."""
        from lifecycle_tui.sessions.writing import write_session

        session = self.session
        at_rest, rival = _at_rest(session), session.against
        against = None if rival is None or rival.origin is None else _at_rest(rival)

        def write() -> None:
            saved = at_rest()
            if against is not None:
                saved = replace(saved, against=against())
            write_privately(self._path, write_session(saved))

        return write


def _at_rest(session: Session) -> Callable[[], Saved]:
    """Return what makes the session as it is now a saved one; its text is looked up then only."""
    origin = session.origin
    assert origin is not None
    plan, branches, name = session.scenario, session.branches, session.branch.name
    return lambda: Saved(origin(), plan, branches, name)


class Autosave:
    """Keeps what is played.

    Args:
        told: hears once, in a sentence, if sessions cannot be kept. It may be called from a thread.
        where: the folder; None: that of the user.
        clock: seconds of a clock that never goes back.
    """

    def __init__(
        self,
        told: Callable[[str], None],
        *,
        where: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._told = told
        self._folder = where or folder()
        self._clock = clock
        self._keepers: list[_Keeper] = []
        self._waiting: dict[int, Callable[[], None]] = {}
        """By keeper, the latest state that is not written yet."""
        self._signal = Condition()
        self._thread: Thread | None = None
        self._closing = False
        self._failed = False

    def keep(self, session: Session) -> None:
        """Keep a session as it is now, if something was done since. It returns at once."""
        if session.origin is None or self._failed:
            return
        number = self._number(session)
        keeper = self._keepers[number]
        if not keeper.changed(self._clock()):
            return
        with self._signal:
            self._waiting[number] = keeper.writing()
            self._signal.notify()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="autosave", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Write what is still to be written, and where each cursor is last of all."""
        with self._signal:
            for number, keeper in enumerate(self._keepers):
                if keeper.begun:
                    self._waiting[number] = keeper.writing()
            self._closing = True
            self._signal.notify()
        if self._thread is not None:
            self._thread.join(CLOSING_S)

    def _number(self, session: Session) -> int:
        for number, keeper in enumerate(self._keepers):
            if keeper.session is session:
                return number
        number = len(self._keepers)
        now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"session-{now}-{os.getpid()}-{number}.lcs"
        self._keepers.append(_Keeper(session, self._folder / name))
        return number

    def _work(self) -> None:
        while True:
            with self._signal:
                while not self._waiting and not self._closing:
                    self._signal.wait()
                writes, self._waiting = list(self._waiting.values()), {}
                closing = self._closing
            for write in writes:
                self._write(write)
            if closing and not self._waiting:
                return
            if not closing:
                time.sleep(PAUSE_S)

    def _write(self, write: Callable[[], None]) -> None:
        from lifecycle_tui.sessions.writing import CannotSaveError

        if self._failed:
            return
        try:
            write()
            _prune(self._folder)
        except CannotSaveError as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(f"{reason(error)} ({self._folder})")

    def _fail(self, why: str) -> None:
        self._failed = True
        self._told(f"this session is not kept for resume: {why}")


def _prune(where: Path) -> None:
    """Delete all but the newest sessions; never one whose program still runs."""
    for old in kept(where)[KEPT:]:
        if not _runs(old.path):
            with suppress(OSError):
                old.path.unlink()


def _runs(path: Path) -> bool:
    """Whether the program that keeps a session still runs."""
    number = path.stem.split("-")[-2]
    if os.name != "posix" or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
