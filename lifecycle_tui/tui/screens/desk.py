"""The desk: what lines of the command language do beyond their session: files and the screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lifecycle_tui import guest
from lifecycle_tui.engine.plan import Command, Fire
from lifecycle_tui.language.running import help_words, record_of, run_statement
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.play.note import Note
from lifecycle_tui.sessions.by_name import load, save
from lifecycle_tui.sessions.layout import is_permalink
from lifecycle_tui.tui.history import History
from lifecycle_tui.tui.screens.command import CommandScreen, Given
from lifecycle_tui.units.translation import tr

if TYPE_CHECKING:
    from lifecycle_tui.tui.screens.sandbox import Sandbox


class ScreenDesk:
    """Does what a session cannot do by itself.

    Args:
        sandbox: the screen on which the session is played.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def save(self, file: str) -> Note:
        """Write the session to a file; only session files are written over."""
        if guest.is_active():
            return Note(guest.NOT_HERE, refused=True)
        return save(self._sandbox.session, file)

    def load(self, file: str) -> Note:
        """Open a session file or a permalink over the session that is played."""
        if guest.is_active() and not is_permalink(file):
            return Note(guest.NOT_HERE, refused=True)
        saved = load(file)
        if isinstance(saved, Note):
            return saved
        opened = Note(
            tr("{origin} is open · q goes back to your session", origin=saved.origin.name)
        )
        self._sandbox.show_over(saved.open(), opened)
        return Note("")

    def claim(self, text: str) -> Note:
        """Look for a scenario that refutes a claim."""
        self._sandbox.check_claim(text)
        return Note("")

    def help(self, topic: str) -> Note:
        """Say how a verb is written; without one, show the help."""
        if topic:
            return Note(help_words(topic))
        self._sandbox.action_help()
        return Note("")

    def why(self, event: int | None) -> Note:
        """Show why."""
        sandbox = self._sandbox
        if event is None:
            sandbox.action_why()
            return sandbox.note or Note("")
        record = record_of(sandbox.session, event)
        if record is None:
            return Note(tr("there is no event {event} yet", event=event), refused=True)
        at_us = sandbox.session.at_us
        sandbox.camera = replace(sandbox.camera, record=record, asked_us=at_us)
        sandbox.note = None
        sandbox.action_pane("why")
        return Note("")


def ask_line(sandbox: Sandbox, history: History) -> None:
    """Ask for a line, and carry it out."""

    def given(found: Given | None) -> None:
        if found is None:
            return
        statement = found.statement
        if isinstance(statement, Command):
            sandbox.let_go()
        word = found.text.split(maxsplit=1)[0]
        refused = sandbox.refusal(word)
        if refused is not None:
            sandbox.did(refused)
            return
        sandbox.act(f"{word} …", partial(_carry_out, sandbox, statement))

    line = CommandScreen(sandbox.session, sandbox.skin, history, sandbox.release_keys)
    sandbox.app.push_screen(line, given)


def _carry_out(sandbox: Sandbox, statement: Statement) -> Note | None:
    """Do what a line says; events worth a guess are asked about first, as those of a key are."""
    if isinstance(statement, Fire) and sandbox.asks_first(statement):
        return None
    return run_statement(sandbox.session, statement, ScreenDesk(sandbox))
