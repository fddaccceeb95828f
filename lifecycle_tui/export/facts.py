"""Facts: the rules of the catalogue, chosen and told as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.engine.rules import (
    Provenance,
    Rule,
    billing,
    capacity,
    init,
    invoke,
    logs,
    observability,
    resources,
    shutdown,
    simulator,
    snapstart,
    sources,
)
from lifecycle_tui.export.hanging import hanging
from lifecycle_tui.readings.words import DAGGER

THEMES: Final[dict[str, tuple[Rule, ...]]] = {
    "init": init.RULES,
    "invoke": invoke.RULES,
    "shutdown": shutdown.RULES,
    "capacity": capacity.RULES,
    "sources": sources.RULES,
    "snapstart": snapstart.RULES,
    "billing": billing.RULES,
    "logs": logs.RULES,
    "observability": observability.RULES,
    "simulator": simulator.RULES,
    "resources": resources.RULES,
}
"""All rules by the name of their theme."""


Fact = tuple[str, Rule]
"""A rule after the name of its theme."""


def facts(
    word: str = "",
    *,
    theme: str | None = None,
    provenance: Provenance | None = None,
    date: str | None = None,
) -> list[Fact]:
    """Return the rules that fit, in the order of the catalogue.

    Args:
        word: the id of one rule, or text that stands in an id, a statement or a value.
        theme: a name of ``THEMES``; None: all.
        provenance: how they are known; None: any way.
        date: an ISO date on which they hold; None: whenever.
    """
    sought = " ".join(word.split()).lower()
    found = [
        (name, rule)
        for name, rules in THEMES.items()
        if theme is None or name == theme
        for rule in rules
        if provenance is None or rule.provenance is provenance
        if date is None or rule.holds_on(date)
        if any(sought in text.lower() for text in (rule.id, rule.statement, rule.value))
    ]
    exact = [fact for fact in found if fact[1].id.lower() == sought]
    return exact or found


def fact_lines(found: Iterable[Fact]) -> Iterator[str]:
    """Yield rules as text, under the names of their themes."""
    last = ""
    for theme, rule in found:
        if theme != last:
            if last:
                yield ""
            yield theme.upper()
            last = theme
        yield from hanging(f"{rule.id}{_dagger(rule)}  {rule.statement}", "  ", "      ")
        if rule.value:
            yield from hanging(f"value: {rule.value}", "      ", "      ")
        yield from hanging(f"{rule.provenance}: {rule.source}", "      ", "      ")
        dates = _dates(rule)
        if dates:
            yield f"      holds {dates}"
        if not rule.applied:
            why = f": {rule.left_out}" if rule.left_out else ""
            yield from hanging(f"known, not simulated{why}", "      ", "      ")


def facts_json(found: Iterable[Fact]) -> str:
    """Return rules as one JSON object."""
    return json.dumps(
        {
            "format": 1,
            "facts": [
                {
                    "id": rule.id,
                    "theme": theme,
                    "statement": rule.statement,
                    "value": rule.value,
                    "provenance": rule.provenance,
                    "source": rule.source,
                    "since": rule.since or None,
                    "until": rule.until or None,
                    "simulated": rule.applied,
                }
                for theme, rule in found
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _dagger(rule: Rule) -> str:
    return f" {DAGGER}" if rule.assumed else ""


def _dates(rule: Rule) -> str:
    """Return from when and until when it holds; the day of ``until`` is the first without it."""
    parts = []
    if rule.since:
        parts.append(f"since {rule.since}")
    if rule.until:
        parts.append(f"until {rule.until} (that day no longer)")
    return ", ".join(parts)
