"""Prose of lessons as lines: its marks of Markdown become looks, and it is broken between words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.tui.learning.links import TERM
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import wrap
from lifecycle_tui.units.text import clean

_MARK: Final = re.compile(
    r"\*\*(?P<weight>[^*]+)\*\*"
    r"|(?<![*\w])\*(?P<term>[^*\s][^*]*?)\*(?![*\w])"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<rule>[A-Z]{2,}-[A-Za-z0-9-]+)\](?!\()"
    r"|\[(?P<link>[^\]]+)\]\([^)]*\)"
)
_LONGEST: Final = 4_000
_LOOKS: Final = {"weight": "strong", "code": "accent", "link": "plain"}


def runs_of(text: str) -> Iterator[Run]:
    """Yield the parts of a text, each with its look."""
    text = " ".join(clean(text, _LONGEST).split())
    end = 0
    for match in _MARK.finditer(text):
        yield from _daggered(text[end : match.start()])
        kind = str(match.lastgroup)
        words = match[kind]
        if kind == "term":
            yield Run(words, "term", ((TERM, words),))
        elif kind == "rule":
            rule = RULES.get(words)
            yield Run(f"[{words}", "dim")
            if rule is not None and rule.assumed:
                yield Run(" †", "assumed")
            yield Run("]", "dim")
        else:
            yield Run(words, _LOOKS[kind])
        end = match.end()
    yield from _daggered(text[end:])


def _daggered(text: str) -> Iterator[Run]:
    for place, part in enumerate(text.split("†")):
        if place:
            yield Run("†", "assumed")
        if part:
            yield Run(part)


def lines_of(text: str, width: int, head: str = "") -> tuple[Line, ...]:
    """Return a text in lines.

    Args:
        text: with marks.
        width: cells.
        head: the mark of a list, in front of the first line; the others stand below it.
    """
    return wrapped(runs_of(text), width, head)


def wrapped(runs: Iterable[Run], width: int, head: str = "") -> tuple[Line, ...]:
    """Break runs into lines between words."""
    letters = [(letter, run) for run in runs for letter in run.text]
    plain = "".join(letter for letter, _ in letters)
    lines: list[Line] = []
    at = 0
    for row in wrap(plain, width - len(head)):
        line: list[Run] = [Run(" " * len(head) if lines else head)] if head else []
        for letter in row:
            while letters[at][0] != letter and letters[at][0].isspace():
                at += 1
            look = letters[at][1]
            if len(line) > bool(head) and line[-1][1:] == look[1:]:
                line[-1] = line[-1]._replace(text=line[-1].text + letter)
            else:
                line.append(look._replace(text=letter))
            at += 1
        lines.append(tuple(line))
    return tuple(lines)
