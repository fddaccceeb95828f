"""What SnapStart costs beside its invocations: keeping snapshots, and restoring from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

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


class PublishedVersion(NamedTuple):
    """One version whose snapshot was taken, and when it was restored from."""

    plan: FunctionPlan
    taken_us: int
    restores_us: list[int]

    def usage(self, t_us: int) -> Usage:
        """Return what it has run up by a moment."""
        restores = bisect_right(self.restores_us, t_us)
        return snapstart_usage(self.plan, self.taken_us, restores, t_us)


def published_versions(index: Index) -> Iterator[PublishedVersion]:
    """Yield all published versions of a run."""
    restores: dict[int, list[int]] = {}
    taken: dict[int, int] = {}
    for facts in index.trace.environments:
        for record in index.of_environment[facts.number]:
            kind = index.kind(record)
            if kind is Kind.RESTORE_STARTED:
                restores.setdefault(facts.snapshot, []).append(index.times[record])
            elif kind is Kind.SNAPSHOT_TAKEN:
                taken[facts.number] = index.times[record]
    for number, at_us in taken.items():
        plan = index.trace.environments[number].plan
        yield PublishedVersion(plan, at_us, sorted(restores.get(number, ())))


def snapstart_usages(index: Index) -> list[Usage]:
    """Return what all published versions of a run run up."""
    return [version.usage(index.ended_us) for version in published_versions(index)]
