"""What the program keeps in the user's state folder while it runs: sessions, and typed lines."""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import App

from lifecycle_tui.play.note import Note
from lifecycle_tui.tui.places import Place

if TYPE_CHECKING:
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.sessions.autosave import Autosave
    from lifecycle_tui.tui.history import History


class Kept:
    """Keeps what is handed to it; nothing is loaded for that before there is something.

    Args:
        app: the program, which tells its user what could not be kept.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._autosave: Autosave | None = None

    @cached_property
    def history(self) -> History:
        """The lines that were typed."""
        from lifecycle_tui.tui.history import History

        return History.of_the_user()

    def keep(self, session: Session) -> None:
        """Keep a session in which something was done."""
        if self._autosave is None and session.changes and session.origin is not None:
            from lifecycle_tui.sessions.autosave import Autosave

            self._autosave = Autosave(self._told_in_a_thread)
        if self._autosave is not None:
            self._autosave.keep(session)

    def close(self) -> None:
        """Write what is still to be written."""
        if self._autosave is not None:
            self._autosave.close()

    def _told_in_a_thread(self, words: str) -> None:
        # The program may be on its way out already.
        with contextlib.suppress(RuntimeError):
            self._app.call_from_thread(self._tell, words)

    def _tell(self, words: str) -> None:
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, Place):
                screen.did(Note(words, refused=True))
                break
