"""Words of the glossary as text or JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.engine.rules import RULES, Provenance, any_assumed
from lifecycle_tui.lessons.glossary import Term
from lifecycle_tui.readings.words import DAGGER

_WIDTH: Final = 88


def glossary_list(terms: Iterable[Term]) -> Iterator[str]:
    """Yield all words in alphabetical order, each with its sentence."""
    entries = sorted(terms, key=lambda term: term.term.lower().lstrip("/$"))
    width = max((len(term.term) for term in entries), default=0)
    for term in entries:
        yield from textwrap.wrap(
            term.means,
            _WIDTH + 12,
            initial_indent=f"{term.term:{width}}  ",
            subsequent_indent=" " * (width + 2),
            break_on_hyphens=False,
        )


def term_lines(term: Term) -> Iterator[str]:
    """Yield one word with all that is known of it."""
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    yield f"{term.term}{also}"
    yield from _wrapped(term.means)
    if term.unlike:
        yield from _wrapped(f"Not to be confused: {term.unlike}")
    if term.see:
        yield from _wrapped(f"See also: {', '.join(term.see)}")
    if term.ours:
        yield "  A word of this program."
    if term.rules:
        dagger = f" {DAGGER}" if any_assumed(term.rules) else ""
        yield from _wrapped(f"Rules: {', '.join(_with_provenance(term))}{dagger}")


def glossary_json(terms: Iterable[Term]) -> str:
    """Return words as one JSON object."""
    return json.dumps(
        {
            "format": 1,
            "terms": [
                {
                    "term": term.term,
                    "also": list(term.also),
                    "means": term.means,
                    "unlike": term.unlike or None,
                    "see": list(term.see),
                    "ours": term.ours,
                    "rules": [
                        {"id": rule, "provenance": RULES[rule].provenance} for rule in term.rules
                    ],
                }
                for term in terms
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _with_provenance(term: Term) -> Iterator[str]:
    for provenance in Provenance:
        ids = [rule for rule in term.rules if RULES[rule].provenance is provenance]
        if ids:
            yield f"{' '.join(ids)} ({provenance})"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
