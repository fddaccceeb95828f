"""The bars at the bottom: notes and keys."""

from __future__ import annotations

from typing import ClassVar

from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.prose import fit


def note_line(note: str, width: int, *, refused: bool = False) -> Line:
    """Return the message line; where a note is longer, ``…`` says so."""
    if not note:
        return ()
    mark = Run(" ! " if refused else " · ", "bad" if refused else "accent")
    return (mark, Run(fit(note, width - width_of([mark]))))


class TextLine(Painted):
    """One line of anything."""

    DEFAULT_CSS: ClassVar[str] = "TextLine { height: 1; }"


class KeyBar(Pressable):
    """The bottom line: the keys that matter most."""

    DEFAULT_CSS: ClassVar[str] = "KeyBar { background: $raised; }"

    def show(self, keys: tuple[tuple[str, str, str], ...]) -> None:
        """Draw keys: (what to press, what it does, the action).

        A key without words shares those of the next one.
        """
        runs: list[Run] = []
        for key, words, action in keys:
            meta = (("action", action),)
            runs += (
                (Run(f" {key} ", "key", meta), Run(f"{words} ", "dim", meta))
                if words
                else (Run(f" {key}", "key", meta),)
            )
        *first, key_run, words_run = runs
        rest = max(self.size.width - width_of(runs), 0)
        self.lines = ((*first, Run(" " * rest), key_run, words_run),)
