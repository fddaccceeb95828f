"""What SnapStart costs beside its invocations: keeping snapshots, and restoring from them."""

from __future__ import annotations

from bisect import bisect_right
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


class Snapshots:
    """The snapshots of a run, and the restores from each, by time."""

    def __init__(self, index: Index) -> None:
        self._environments = index.trace.environments
        self._taken: dict[int, int] = {}
        """By the number of the environment it was made of, when a snapshot was taken."""
        self._restores: dict[int, list[int]] = {}
        for facts in self._environments:
            for record in index.of_environment[facts.number]:
                kind = index.kind(record)
                if kind is Kind.RESTORE_STARTED:
                    self._restores.setdefault(facts.snapshot, []).append(index.times[record])
                elif kind is Kind.SNAPSHOT_TAKEN:
                    self._taken[facts.number] = index.times[record]
        for times_us in self._restores.values():
            times_us.sort()

    def usages_at(self, t_us: int) -> list[Usage]:
        """Return what all published versions have run up by a moment."""
        return [
            snapstart_usage(
                self._environments[number].plan,
                at_us,
                bisect_right(self._restores.get(number, ()), t_us),
                t_us,
            )
            for number, at_us in self._taken.items()
            if at_us <= t_us
        ]


def snapstart_usages(index: Index) -> list[Usage]:
    """Return what all published versions of a run run up."""
    return Snapshots(index).usages_at(index.ended_us)
