"""What is worked out once from a run, so that no frame has to search it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.arrivals import REFUSED, StartCounts, arrivals
from lifecycle_tui.play.notable import Moments
from lifecycle_tui.play.quiet import input_times, quiet_times
from lifecycle_tui.readings.axis import IDLE_US, Axis, common, idle_stretches
from lifecycle_tui.readings.index import Index

if TYPE_CHECKING:
    from lifecycle_tui.readings.sources import SourceCourse

FOLD_CELLS: Final = 15
"""Cells of a fold with its margins, at every scale of the picture."""
MARGIN_CELLS: Final = 2.5
"""Cells at each end of it that are not folded."""
IDLE_CELLS: Final = 20
"""Idle time is folded in the picture only where it would take more cells than this."""


class Picture:
    """The time axis of the lanes at one scale: idle time folded to the same number of cells."""

    def __init__(self, stretches: list[tuple[int, int]], cell_us: int) -> None:
        self.axis = Axis.folding(
            stretches,
            idle_us=max(IDLE_US, IDLE_CELLS * cell_us),
            told_us=FOLD_CELLS * cell_us,
            margin_us=int(MARGIN_CELLS * cell_us),
        )
        self.folds_us = tuple((fold.start_us, fold.end_us) for fold in self.axis.folds)


class Played:
    """One run of the session's plan, and what is looked up in it."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.index = Index(trace)
        self.arrivals = arrivals(self.index)
        self.refused = tuple(one for one in self.arrivals if one.word == REFUSED)
        self.starts = StartCounts(
            self.arrivals, snap_start=any(f.snap_start for f in trace.plan.functions)
        )
        self.moments = Moments.build(self.index)
        self.created_us = [facts.created_us for facts in trace.environments]
        self.inputs_us = input_times(trace)
        self.quiet_us = quiet_times(trace)
        self._stretches = self._folded = idle_stretches(self.index)
        self.axis = Axis.folding(self._stretches)
        """The axis that the player moves along: its pace does not depend on the picture."""
        self.sources = _courses(self.index) if trace.sources else ()
        self.has_senders = any(one.source for one in self.arrivals)
        self._pictures: dict[int, Picture] = {}

    def picture(self, cell_us: int) -> Picture:
        """Return the picture's axis at a scale: a fold has to be seen at every one."""
        found = self._pictures.get(cell_us)
        if found is None:
            found = self._pictures[cell_us] = Picture(self._folded, cell_us)
        return found

    def fold_with(self, other: Played | None) -> None:
        """Fold in the picture only what is idle in another run too, so that columns agree.

        None: what is idle in this one alone.
        """
        mine = self._stretches
        self._folded = mine if other is None else common(mine, other._stretches)
        self._pictures.clear()

    def is_quiet_at(self, at_us: int) -> bool:
        """Whether what came to be at a moment leaves nothing to wait for."""
        place = bisect_left(self.quiet_us, at_us)
        return place < len(self.quiet_us) and self.quiet_us[place] == at_us


def _courses(index: Index) -> tuple[SourceCourse, ...]:
    # Not before a source is met: the default scenario has none, and start-up counts.
    from lifecycle_tui.readings.sources import source_courses

    return source_courses(index)
