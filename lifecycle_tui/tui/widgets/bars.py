"""The bars at the bottom: notes and keys."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.prose import fit

_PART: Final = " · "
"""What stands between the parts of a note."""
_CUT: Final = 2
"""Cells of what says that parts are missing."""


def note_line(note: str, width: int, *, refused: bool = False) -> Line:
    """Return the message line; where a note is longer, ``…`` says so.

    What goes then are whole parts of it, between `` · ``, as long as half a line is left.
    """
    if not note:
        return ()
    mark = Run(" ! " if refused else " · ", "bad" if refused else "accent")
    return (mark, Run(_shortened(note, width - width_of([mark]))))


def _shortened(note: str, width: int) -> str:
    first, *others = note.split(_PART)
    kept = first
    for other in others:
        if cell_len(f"{kept}{_PART}{other}") > width - _CUT:
            break
        kept = f"{kept}{_PART}{other}"
    whole = cell_len(note) <= width or not width // 2 <= cell_len(kept) <= width - _CUT
    return fit(note, width) if whole else f"{kept} …"


class TextLine(Painted):
    """One line of anything."""

    DEFAULT_CSS: ClassVar[str] = "TextLine { height: 1; }"


class KeyBar(Pressable):
    """The bottom line: the keys that matter most."""

    DEFAULT_CSS: ClassVar[str] = "KeyBar { background: $raised; }"

    def show(self, keys: tuple[tuple[str, str, str], ...]) -> None:
        """Draw keys: (what to press, what it does, the action).

        A key without words shares those of the next one. In a language that has no room for all
        of them, the later ones are left out, but for the last two.
        """
        width = self.size.width
        shown = [_key(*key) for key in keys]
        while len(shown) > _KEPT and sum(map(width_of, shown)) > width:
            del shown[-_KEPT]
        *first, (key_run, words_run) = shown
        runs = [run for pair in first for run in pair]
        rest = max(width - width_of(runs) - width_of((key_run, words_run)), 0)
        self.lines = ((*runs, Run(" " * rest), key_run, words_run),)


_KEPT: Final = 3
"""The last of the keys that go first where there is no room for all: two stay behind it."""


def _key(key: str, words: str, action: str) -> tuple[Run, ...]:
    meta = (("action", action),)
    if not words:
        return (Run(f" {key}", "key", meta),)
    return (Run(f" {key} ", "key", meta), Run(f"{words} ", "dim", meta))
