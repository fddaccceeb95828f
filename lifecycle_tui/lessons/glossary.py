"""The words of the course: one sentence each, what they are often taken for, and who says so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.engine.rules import RULES, Provenance
from lifecycle_tui.lessons.reading import each, mappings, read_document, rule_id, sentence
from lifecycle_tui.lessons.reading import without_repeats as once
from lifecycle_tui.scenario.fields import Fields
from lifecycle_tui.scenario.problems import Problems, did_you_mean
from lifecycle_tui.scenario.readers import boolean
from lifecycle_tui.units.text import quote

FILE: Final = "glossary.yaml"
_KEYS: Final = ("term", "also", "means", "unlike", "see", "rules", "ours")


@dataclass(frozen=True, slots=True)
class Term:
    """One word."""

    term: str
    means: str
    """One sentence."""
    also: tuple[str, ...] = ()
    """Other words for it, and its plural."""
    unlike: str = ""
    """What it is not to be confused with."""
    see: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    ours: bool = False
    """A word of this program, which AWS does not use."""

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """How the rules behind it are known, each kind once."""
        return tuple(dict.fromkeys(RULES[rule].provenance for rule in self.rules))


@dataclass(frozen=True)
class Glossary:
    """All words of a course."""

    terms: tuple[Term, ...]

    @cached_property
    def by_word(self) -> dict[str, Term]:
        """Every word and other word, in small letters, with its entry."""
        found: dict[str, Term] = {}
        for term in self.terms:
            for word in (term.term, *term.also):
                found.setdefault(word.lower(), term)
        return found

    def find(self, word: str) -> Term | None:
        """Return the entry of a word, however it is written."""
        return self.by_word.get(" ".join(word.split()).lower())

    def search(self, word: str) -> tuple[Term, ...]:
        """Return the entry of a word, or else all entries that speak of it."""
        found = self.find(word)
        if found is not None:
            return (found,)
        sought = " ".join(word.split()).lower()
        return tuple(
            term
            for term in self.terms
            if any(sought in text.lower() for text in (term.term, *term.also, term.means))
        )

    def near(self, word: str) -> str:
        """Return the entry whose name is nearest to a word; empty if none is near."""
        close = difflib.get_close_matches(word[:100].lower(), self.by_word, n=1, cutoff=0.6)
        return self.by_word[close[0]].term if close else ""


def load_glossary(folder: Path | None = None) -> Glossary:
    """Read the glossary of a course; empty where a folder has none.

    Args:
        folder: of the course; the one that comes with the program unless given.

    Raises:
        ScenarioError: what is wrong with it, all of it.
    """
    path = (folder or locations.lessons()) / FILE
    if not path.is_file():
        return Glossary(())
    problems = Problems()
    top = read_document(path, problems, ("format", "terms"))
    entries = mappings(top, "terms", _KEYS)
    terms = [_term(fields) for fields in entries]
    _check_words(entries, terms)
    problems.check()
    return Glossary(tuple(terms))


def _term(fields: Fields) -> Term:
    ours = fields.read("ours", boolean, False)
    rules = once(fields, "rules", each(fields, "rules", rule_id))
    if not rules and not ours:
        message = "name the rules that say so (rules: [LIF-01]), or write ours: true"
        fields.refuse("rules", message)
    return Term(
        term=fields.require("term", sentence(40), ""),
        means=fields.require("means", sentence(), ""),
        also=once(fields, "also", each(fields, "also", sentence(40))),
        unlike=fields.read("unlike", sentence(), ""),
        see=once(fields, "see", each(fields, "see", sentence(40))),
        rules=rules,
        ours=ours,
    )


def _check_words(entries: Iterable[Fields], terms: list[Term]) -> None:
    """Note words that stand for two entries, and references to entries that are not there."""
    names = [term.term for term in terms]
    owners: dict[str, str] = {}
    for fields, term in zip(entries, terms, strict=True):
        for key, words in (("term", (term.term,)), ("also", term.also)):
            for word in words:
                owner = owners.setdefault(word.lower(), term.term)
                if owner != term.term or (key == "term" and names.count(word) > 1):
                    fields.refuse(key, f"{quote(word)} is a word of {quote(owner)} already")
        for name in term.see:
            if name not in names:
                fields.refuse("see", f"there is no term {quote(name)}{did_you_mean(name, names)}")
