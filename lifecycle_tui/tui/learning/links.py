"""Words of the glossary in lines of a panel: underlined at their first place, and to be clicked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.lessons.glossary import Glossary
from lifecycle_tui.tui.widgets.painted import Line, Run

TERM: Final = "term"
"""What a click on a word means: the pair of this and the glossary's name for it."""
_PLAIN: Final = frozenset({"plain"})


class Links:
    """Finds the words of a glossary.

    Args:
        glossary: whose.
    """

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        words = sorted(glossary.by_word, key=len, reverse=True)
        among = "|".join(map(re.escape, words)) or "(?!)"
        self._pattern = re.compile(rf"(?<![\w/$†-])(?:{among})(?![\w†-])", re.IGNORECASE)

    def on(self, lines: Iterable[Line], looks: frozenset[str] = _PLAIN) -> tuple[Line, ...]:
        """Return lines with their words as links, each at its first place.

        Args:
            lines: of one panel.
            looks: the looks of texts in which words are links.
        """
        seen = {name for line in lines for run in line if (name := term_of(run))}
        return tuple(
            tuple(
                part
                for run in line
                for part in (self._parts(run, seen) if run.look in looks else (run,))
            )
            for line in lines
        )

    def _parts(self, run: Run, seen: set[str]) -> Iterator[Run]:
        end = 0
        for match in self._pattern.finditer(run.text):
            term = self.glossary.by_word[match[0].lower()].term
            if term in seen:
                continue
            seen.add(term)
            if match.start() > end:
                yield run._replace(text=run.text[end : match.start()])
            yield Run(match[0], "term", (*run.meta, (TERM, term)))
            end = match.end()
        if end < len(run.text) or not run.text:
            yield run._replace(text=run.text[end:])


def term_of(run: Run) -> str:
    """Return the glossary's name for a word that is a link; empty if it is none."""
    return next((str(value) for name, value in run.meta if name == TERM), "")


def terms_on(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the words that are links, in their order."""
    return tuple(dict.fromkeys(name for line in lines for run in line if (name := term_of(run))))
