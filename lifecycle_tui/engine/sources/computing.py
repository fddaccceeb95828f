"""Handler times that depend on the memory that a function has when the event comes (LIM-03)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.sources.registry import Source
from lifecycle_tui.engine.worktime import CpuAndWait

_SCALE: Final = 2.0**53


class Undecided:
    """Stands in for a work time: it gives the draw itself, as a whole number of 53 bits."""

    def at(self, draw: float) -> int:
        """Return the draw."""
        return int(draw * _SCALE)

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return the draws."""
        return [int(draw * _SCALE) for draw in draws]


class Computing:
    """Hands events on to a source with the time that they take with the memory of the moment."""

    def __init__(self, source: Source, function: FunctionLife, work: CpuAndWait) -> None:
        self._source = source
        self._function = function
        self._work = work

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Hand an event on; ``demand_us`` is its draw."""
        work = self._work.on(self._function.revision.plan.memory_mb)
        self._source.accept(now_us, event, work.at(demand_us / _SCALE), outcome, record)
