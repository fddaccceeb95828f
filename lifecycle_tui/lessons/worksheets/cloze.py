"""The recap of a lesson with a word left out of each fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lifecycle_tui.lessons.glossary import Glossary, Term
from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.model import Lesson, Recap, Statement
from lifecycle_tui.lessons.worksheets.model import Cloze, Fact

_AMOUNT: Final = re.compile(r"\$?\b\d[\d,.]*(?:\s?(?:ms|s|MB|GB|h|%)\b)?")

_WORD: Final = re.compile(r"[^\W\d_]+")


def cloze(recap: Recap, lesson: Lesson, glossary: Glossary) -> Cloze:
    """Return a recap with a word left out of each fact.

    That is a word that the lesson brings, else any word of the glossary, and a new one each time if
    there is any; else a number, else the longest word.
    """
    brought = [term for term in map(glossary.find, lesson.terms) if term is not None]
    used: list[str] = []
    facts = []
    for each in recap.facts:
        fact = _without(each, brought, glossary.terms, used)
        facts.append(fact)
        used.append(fact.word)
    words = sorted((fact.word for fact in facts if fact.word), key=_order)
    return Cloze(tuple(facts), tuple(words))


def _length(found: re.Match[str]) -> int:
    return len(found[0])


class _Place(NamedTuple):
    """A word in a text; the best place comes first when they are sorted."""

    is_used: bool
    is_known: bool
    """Whether it is from another lesson."""
    is_other: bool
    """Whether it is no entry of the glossary by itself."""
    shortness: int
    begin: int
    word: str

    @property
    def end(self) -> int:
        return self.begin + len(self.word)


def _without(
    statement: Statement, brought: Iterable[Term], known: Iterable[Term], used: list[str]
) -> Fact:
    text = shown(statement.text)
    places = [
        *_places(text, brought, used, is_brought=True),
        *_places(text, known, used, is_brought=False),
    ]
    if not places:
        found = _AMOUNT.search(text) or max(_WORD.finditer(text), key=_length, default=None)
        places = [] if found is None else [_Place(False, False, False, 0, found.start(), found[0])]
    if not places:
        return Fact(text, "", "", "", statement.rules)
    best = min(places)
    begin, end, word = best.begin, best.end, best.word
    return Fact(text[:begin], text[begin:end], text[end:], word, statement.rules)


def _places(
    text: str, terms: Iterable[Term], used: list[str], *, is_brought: bool
) -> Iterator[_Place]:
    """Yield where words stand, each at its first place."""
    for term in terms:
        for word in (term.term, *term.also):
            found = re.search(rf"(?<![\w/]){re.escape(word)}(?!\w)", text, re.IGNORECASE)
            if found is not None:
                is_other = word is not term.term
                is_used = word in used
                yield _Place(is_used, not is_brought, is_other, -len(word), found.start(), word)


def _order(word: str) -> tuple[str, str]:
    return word.lower(), word
