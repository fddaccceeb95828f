"""The conversation: lines are read one after the other, and what is said is never taken back."""

from __future__ import annotations

import textwrap
from typing import Final, TextIO

from lifecycle_tui.language.verbs import LONGEST_LINE
from lifecycle_tui.plain.wording import in_verbs, spoken
from lifecycle_tui.play.note import Note
from lifecycle_tui.units.text import clean

WIDTH: Final = 79
"""Columns of prose; what happened is one line each, however long."""


class Talk:
    """Reads lines and writes sentences.

    Args:
        lines: what is typed, or what a pipe brings.
        out: where sentences go.
        interactive: whether somebody sits there: then lines are asked for; else they are repeated,
            so that what comes out can be read by itself.
    """

    def __init__(self, lines: TextIO, out: TextIO, *, interactive: bool) -> None:
        self._lines = lines
        self._out = out
        self.interactive = interactive

    def read(self, prompt: str = "") -> str | None:
        """Return the next line that says something; None when there is none left.

        Args:
            prompt: what may be answered.
        """
        while True:
            if self.interactive:
                self._out.write(f"{prompt}> ")
            self._out.flush()
            line = self._lines.readline(LONGEST_LINE + 2)
            if not line:
                if self.interactive:
                    self._out.write("\n")
                return None
            text = clean(line.rstrip("\r\n"), LONGEST_LINE + 1).strip()
            if text and not text.startswith("#"):
                break
        if not self.interactive:
            self._out.write(f"> {text}\n")
        return text

    def say(self, *sentences: str) -> None:
        """Say sentences, a line each."""
        for sentence in sentences:
            self._out.write(f"{spoken(sentence)}\n")

    def flush(self) -> None:
        """Let what was said be heard before something that takes a while."""
        self._out.flush()

    def tell(self, text: str, head: str = "") -> None:
        """Say a paragraph, broken between words.

        Args:
            text: the paragraph.
            head: what stands in front of its first line, as ``- ``.
        """
        lines = textwrap.wrap(
            spoken(text),
            WIDTH,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.say(*(lines or [""]))

    def note(self, note: Note | None) -> None:
        """Say what came of something; nothing where nothing is to be said."""
        if note is not None and note.text:
            self.say(in_verbs(note.text))
