"""How much a lesson may simulate: it may come from a stranger, and is run many times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.engine.plan import Command, Fire, Pattern, Plan
from lifecycle_tui.units.text import format_count

MOST_EVENTS: Final = 50_000
"""Events of a scenario, and of all commands that a lesson gives."""
MOST_CONCURRENCY: Final = 10_000
"""An account's concurrency, and so how many environments there can be at once."""


def events_of(commands: Iterable[Command]) -> int:
    """Return how many events commands send; of patterns, how many are expected."""
    total = 0
    for command in commands:
        if isinstance(command, Fire):
            total += command.count
        elif isinstance(command, Pattern):
            total += int(command.for_us / max(command.gap_us, 1)) + 1
    return total


def too_much(plan: Plan, whose: str = "lesson") -> str:
    """Say why a scenario is too much for a lesson (or what else it is); empty if it is not."""
    events = events_of(plan.commands)
    if events > MOST_EVENTS:
        return f"about {format_count(events)} events; in a {whose} at most {MOST_EVENTS:,}"
    limit = plan.account.concurrency
    if limit > MOST_CONCURRENCY:
        found = f"a concurrency of {format_count(limit)}"
        return f"{found}; in a {whose} at most {MOST_CONCURRENCY:,}"
    return ""
