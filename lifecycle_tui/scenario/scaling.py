"""Auto scaling as it stands in a file: limits, a target, and actions at planned times."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields

MOST_ACTIONS: Final = 100
MOST_PROVISIONED: Final = 1_000_000
_KEYS: Final = ("min", "max", "target", "scheduled")
_ACTION: Final = ("at", "every", "min", "max")


def read_autoscaling(fields: Fields) -> Autoscaling:
    """Read the mapping under ``autoscaling``."""
    inner = fields.inner("autoscaling", _KEYS)
    least, most = _limits(inner)
    target = inner.read("target", readers.optional(readers.number(0.1, 0.9)), None)
    nodes = inner.items("scheduled")
    if len(nodes) > MOST_ACTIONS:
        inner.refuse("scheduled", f"{len(nodes)} actions; at most {MOST_ACTIONS}")
    scheduled = tuple(
        _action(Fields(node, inner.problems, f"{inner.path}.scheduled[{place}]", _ACTION))
        for place, node in enumerate(nodes[:MOST_ACTIONS])
    )
    if target is None and not nodes and not fields.problems:
        inner.problems.add(
            inner.place,
            f"{inner.path}: nothing moves it; give target: 0.7, or scheduled actions",
        )
    return Autoscaling(least, most, target, scheduled)


def _action(fields: Fields) -> ScheduledAction:
    least, most = _limits(fields)
    return ScheduledAction(
        at_us=fields.require("at", readers.duration, 0),
        least=least,
        most=most,
        every_us=fields.read("every", readers.optional(readers.above_zero), None),
    )


def _limits(fields: Fields) -> tuple[int, int]:
    count = readers.integer(0, MOST_PROVISIONED)
    least = fields.require("min", count, 0)
    most = fields.require("max", count, MOST_PROVISIONED)
    if least > most:
        fields.refuse("max", f"{most:,} is below min, {least:,}")
    return least, most
