"""The rule catalogue: what is known about Lambda, from where, and between which dates.

The engine names a rule where it applies it (``kinds.KINDS``); why-chains, ``docs/fidelity.md`` and
every dagger (†) on the screen read the same entry. A new rule goes into the module of its theme:
``init``, ``invoke``, ``shutdown``, ``capacity``, ``billing``, ``logs``, or, if it is our own
assumption, ``simulator`` or (of what code does) ``resources``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.engine.rules import (
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
from lifecycle_tui.engine.rules.dates import (
    BurstBucket,
    burst_bucket,
    init_billed,
    is_managed,
    reinit_counts_against_timeout,
    scales_by_function,
)
from lifecycle_tui.engine.rules.model import Provenance, Rule

THEMES: Final[tuple[tuple[Rule, ...], ...]] = (
    init.RULES,
    invoke.RULES,
    shutdown.RULES,
    capacity.RULES,
    sources.RULES,
    snapstart.RULES,
    billing.RULES,
    logs.RULES,
    observability.RULES,
    simulator.RULES,
    resources.RULES,
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for theme in THEMES for rule in theme}
"""Every rule by its id, in the order of the themes."""


def in_force(ids: Iterable[str], date: str) -> tuple[Rule, ...]:
    """Return the rules of these ids that hold on an ISO date, in the given order."""
    return tuple(rule for rule in (RULES[rule_id] for rule_id in ids) if rule.holds_on(date))


def any_assumed(ids: Iterable[str]) -> bool:
    """Whether one of these rules is an assumption, so that a dagger (†) belongs beside it."""
    return any(RULES[rule_id].assumed for rule_id in ids)


__all__ = [
    "RULES",
    "THEMES",
    "BurstBucket",
    "Provenance",
    "Rule",
    "any_assumed",
    "burst_bucket",
    "in_force",
    "init_billed",
    "is_managed",
    "reinit_counts_against_timeout",
    "scales_by_function",
]
