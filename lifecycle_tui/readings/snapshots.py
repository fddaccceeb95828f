"""What SnapStart costs beside its invocations: keeping snapshots, and restoring from them."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.readings.billing import SHORTEST_SNAPSHOT_MS, Usage, whole_ms
from lifecycle_tui.readings.index import Index

_FREE: Final = "java"
"""Runtimes of this family pay neither (PRI-09, PRI-10)."""


def snapstart_usage(
    plan: FunctionPlan, snapshot_us: int | None, restores: int, ended_us: int
) -> Usage:
    """Return what one published version runs up.

    Args:
        plan: its function.
        snapshot_us: when its snapshot was taken, from when on it is charged; None: there is none.
        restores: environments that were restored from it.
        ended_us: when the run ended: until then it is kept.
    """
    if snapshot_us is None or plan.runtime.startswith(_FREE):
        return Usage(plan.architecture, plan.memory_mb)
    kept_ms = whole_ms(max(0, ended_us - max(0, snapshot_us)))
    return Usage(
        plan.architecture,
        plan.memory_mb,
        snapshot_ms=max(kept_ms, SHORTEST_SNAPSHOT_MS),
        restores=restores,
    )


def snapstart_usages(index: Index) -> list[Usage]:
    """Return what all published versions of a run run up."""
    restores: dict[int, int] = {}
    taken: dict[int, int] = {}
    for facts in index.trace.environments:
        for record in index.of_environment[facts.number]:
            kind = index.kind(record)
            if kind is Kind.RESTORE_STARTED:
                restores[facts.snapshot] = restores.get(facts.snapshot, 0) + 1
            elif kind is Kind.SNAPSHOT_TAKEN:
                taken[facts.number] = index.times[record]
    return [
        snapstart_usage(
            index.trace.environments[number].plan, at_us, restores.get(number, 0), index.ended_us
        )
        for number, at_us in taken.items()
    ]
