"""What is kept of the user's doings between runs: sessions, and the lines that were typed.

Nothing of it is loaded before it is needed: the first frame does without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.sessions.autosave import Autosave
    from lifecycle_tui.tui.history import History


class Keeping:
    """Keeps sessions and lines in the user's state folder.

    Args:
        told: hears, from a thread, if sessions cannot be kept.
    """

    def __init__(self, told: Callable[[str], None]) -> None:
        self._told = told
        self._autosave: Autosave | None = None
        self._history: History | None = None

    def keep(self, session: Session) -> None:
        """Keep a session in which something was done."""
        if self._autosave is None and session.changes and session.origin is not None:
            from lifecycle_tui.sessions.autosave import Autosave

            self._autosave = Autosave(self._told)
        if self._autosave is not None:
            self._autosave.keep(session)

    def find_history(self) -> History:
        """Return the user's lines, the same for every screen."""
        if self._history is None:
            from lifecycle_tui.tui.history import History

            self._history = History.of_the_user()
        return self._history

    def close(self) -> None:
        """Write what is still to be written, when the program is left."""
        if self._autosave is not None:
            self._autosave.close()
