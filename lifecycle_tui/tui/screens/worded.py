"""What is done in words: lines of the command language, permalinks, claims."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.tui.screens.asking import Asking

if TYPE_CHECKING:
    from lifecycle_tui.tui.history import History
    from lifecycle_tui.tui.screens.sandbox import Sandbox


class Worded(Asking):
    """A stage that takes lines."""

    history: History | None = None
    """The lines that were typed after ``:``; None until one is asked for."""
    find_history: Callable[[], History] | None = None
    """Finds them where they are kept between runs."""
    show_over: Callable[[Session, Note], None]
    """Shows another session over this one."""
    release_keys: Callable[[], None]
    """Lets the keys come that were typed while what they are meant for was being made."""

    def action_claim(self) -> None:
        """Ask for a claim; what breaks it can be opened."""
        self.check_claim("")

    def check_claim(self, text: str) -> None:
        """Check a claim, or ask for one; what breaks it can be opened."""
        from lifecycle_tui.tui.screens.claim import ClaimScreen, open_counterexample

        self.session.player.pause()
        self.app.push_screen(ClaimScreen(self.skin, text), partial(open_counterexample, self.app))

    def refusal(self, verb: str) -> Note | None:  # noqa: ARG002 - for lessons
        """Say why a verb of the command language is not to be used now; here all may be."""
        return None

    def action_command(self) -> None:
        """Ask for a line of the command language."""
        from lifecycle_tui.tui.screens.desk import ask_line

        self.carry_out()
        if self.history is None:
            from lifecycle_tui.tui.history import History

            found = self.find_history
            self.history = History() if found is None else found()
        ask_line(cast("Sandbox", self), self.history)

    def action_permalink(self) -> None:
        """Show the session as one string."""
        from lifecycle_tui.tui.screens.link import link_screen

        found = link_screen(self.session, self.skin)
        if isinstance(found, Note):
            self.did(found)
        else:
            self.app.push_screen(found)
