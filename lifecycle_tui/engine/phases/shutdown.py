"""Shutdown, and the shortened form of it that is called reset: runtime first, then extensions.

The budget is 0 ms without an extension, 500 ms with internal ones only, 2,000 ms with an external
one (SHUT-02..04). SIGTERM only where an extension is registered (SHUT-07); the runtime has 30 % of
the budget, the extensions the rest, in parallel; SIGKILL ends whoever is left (SHUT-06, SHUT-08).
"""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.environment import Step
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws
from lifecycle_tui.engine.plan import MS, FunctionPlan

INTERNAL_BUDGET_US: Final = 500 * MS
EXTERNAL_BUDGET_US: Final = 2_000 * MS
RUNTIME_SHARE_PERCENT: Final = 30


def budget_us(plan: FunctionPlan) -> int:
    """Return how long the processes of an environment may take to end (SHUT-02..04)."""
    if not plan.extensions:
        return 0
    external = any(extension.external for extension in plan.extensions)
    return EXTERNAL_BUDGET_US if external else INTERNAL_BUDGET_US


def stop_script(
    plan: FunctionPlan, draws: Draws, began_us: int, *, runtime_alive: bool
) -> tuple[list[Step], int]:
    """Return the steps that end all processes, and when the last one has ended.

    Args:
        plan: the environment's configuration.
        draws: keyed by the environment.
        began_us: when Shutdown or reset begins.
        runtime_alive: False when the runtime has ended by itself (exit, out of memory, crash).
    """
    budget = budget_us(plan)
    if budget == 0:
        return ([(began_us, Kind.SIGKILL_SENT, 0)] if runtime_alive else []), began_us
    steps: list[Step] = []
    deadline_us = began_us + budget
    at_us = began_us
    if runtime_alive:
        steps.append((began_us, Kind.SIGTERM_SENT, 0))
        inside = [
            draws.time(extension.shutdown, f"extension.{extension.name}.shutdown")
            for extension in plan.extensions
            if not extension.external
        ]
        external = budget == EXTERNAL_BUDGET_US
        share = budget * RUNTIME_SHARE_PERCENT // 100 if external else budget
        wanted = max(inside, default=0)
        at_us += min(wanted, share)
        steps.append((at_us, Kind.SIGKILL_SENT if wanted > share else Kind.RUNTIME_STOPPED, 0))
    ends_us = at_us
    for index, extension in enumerate(plan.extensions):
        if not extension.external:
            continue
        wanted = 0
        if extension.on_shutdown:
            wanted = draws.time(extension.shutdown, f"extension.{extension.name}.shutdown")
        stopped_us = min(at_us + wanted, deadline_us)
        killed = at_us + wanted > deadline_us or not extension.on_shutdown
        kind = Kind.SIGKILL_SENT if killed else Kind.EXTENSION_STOPPED
        steps.append((stopped_us, kind, index + 1 if killed else index))
        ends_us = max(ends_us, stopped_us)
    steps.sort(key=lambda step: step[0])
    return steps, ends_us
