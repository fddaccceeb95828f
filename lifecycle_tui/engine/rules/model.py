"""What a rule is: a statement about Lambda, how we know it, and between which dates it holds."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lifecycle_tui.units.translation import tr_later


class Provenance(StrEnum):
    """How we know."""

    DOCUMENTED = tr_later("documented")
    OBSERVED = tr_later("observed")
    ASSUMED = "assumed"


class Rule(NamedTuple):
    """One rule: a statement of our own words, its value, and who says so.

    A named tuple, because a catalogue of them must load within a few milliseconds.
    """

    id: str
    statement: str
    """One sentence in plain words, ending in a full stop."""
    value: str
    """The number or formula, or an empty string."""
    provenance: Provenance
    source: str
    """A page of AWS (documented), who observed it and when (observed), or why (assumed)."""
    since: str = ""
    """ISO date from which it holds; empty: as long as anyone knows."""
    until: str = ""
    """ISO date on which it stopped to hold; empty: it still does."""
    applied: bool = True
    """Whether the program follows it, which a test then has to prove.

    Otherwise it is known and left out: no explanation stands on it.
    """
    left_out: str = ""
    """Why it is left out, in one sentence, where that is not plain."""

    @property
    def assumed(self) -> bool:
        """Whether AWS does not publish it: it carries a dagger wherever it shows."""
        return self.provenance is Provenance.ASSUMED

    def holds_on(self, date: str) -> bool:
        """Whether the rule is in force on an ISO date."""
        return self.since <= date and (not self.until or date < self.until)


def documented(
    rule_id: str,
    statement: str,
    page: str,
    *,
    value: str = "",
    since: str = "",
    until: str = "",
    applied: bool = True,
    left_out: str = "",
) -> Rule:
    """Make a rule that AWS has published on a page; ``left_out`` says why it is not applied."""
    applied = applied and not left_out
    known = Provenance.DOCUMENTED
    return Rule(rule_id, statement, value, known, page, since, until, applied, left_out)


def observed(
    rule_id: str,
    statement: str,
    who: str,
    *,
    value: str = "",
    since: str = "",
    until: str = "",
    applied: bool = True,
) -> Rule:
    """Make a rule that somebody has measured or read from a log or an emulator."""
    return Rule(rule_id, statement, value, Provenance.OBSERVED, who, since, until, applied)


def assumed(
    rule_id: str,
    statement: str,
    why: str,
    *,
    value: str = "",
    since: str = "",
    until: str = "",
    applied: bool = True,
) -> Rule:
    """Make a rule that nobody has published: our own, for the reason given."""
    return Rule(rule_id, statement, value, Provenance.ASSUMED, why, since, until, applied)
