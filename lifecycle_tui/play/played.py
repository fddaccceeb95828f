"""What is worked out once from a run, so that no frame has to search it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lifecycle_tui.engine.plan import Fire, Pattern
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.arrivals import REFUSED, StartCounts, arrivals
from lifecycle_tui.play.camera import AxisMode, Camera
from lifecycle_tui.play.notable import Moments
from lifecycle_tui.play.player import TimeAxis, TrueAxis
from lifecycle_tui.play.quiet import input_times, quiet_times
from lifecycle_tui.readings.axis import IDLE_US, Axis, LogAxis, common, idle_stretches
from lifecycle_tui.readings.index import Index

if TYPE_CHECKING:
    from lifecycle_tui.play.changes import Change
    from lifecycle_tui.readings.sources import SourceCourse

FOLD_CELLS: Final = 15
"""Cells of a fold with its margins, at every scale of the picture."""
MARGIN_CELLS: Final = 2.5
"""Cells at each end of it that are not folded."""
IDLE_CELLS: Final = 20
"""Idle time is folded in the picture only where it would take more cells than this."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The time axis of the lanes as a camera draws it, and what is folded there."""

    axis: TimeAxis
    folds_us: tuple[tuple[int, int], ...] = ()

    @classmethod
    def folding(cls, stretches: list[tuple[int, int]], cell_us: int) -> Picture:
        """Return the axis of one scale, with idle time folded to the same number of cells."""
        axis = Axis.folding(
            stretches,
            idle_us=max(IDLE_US, IDLE_CELLS * cell_us),
            told_us=FOLD_CELLS * cell_us,
            margin_us=int(MARGIN_CELLS * cell_us),
        )
        return cls(axis, tuple((fold.start_us, fold.end_us) for fold in axis.folds))


TRUE_SCALE: Final = Picture(TrueAxis())


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
        self.idle_from_us = frozenset(start_us for start_us, _ in self._stretches)
        """Times of records after which nothing was busy until the next one."""
        self._origins_us = _after_rest(self.inputs_us, self._stretches)
        self.axis = Axis.folding(self._stretches)
        """The axis that the player moves along: its pace does not depend on the picture."""
        self.sources = _courses(self.index) if trace.sources else ()
        self.changes = _changes(self.index)
        self.has_senders = any(one.source for one in self.arrivals)
        self._pictures: dict[int, Picture] = {}

    def picture(self, cell_us: int) -> Picture:
        """Return the folded axis at a scale: a fold has to be seen at every one."""
        found = self._pictures.get(cell_us)
        if found is None:
            found = self._pictures[cell_us] = Picture.folding(self._folded, cell_us)
        return found

    def fold_with(self, other: Played | None) -> None:
        """Fold in the picture only what is idle in another run too, so that columns agree.

        None: what is idle in this one alone.
        """
        mine = self._stretches
        self._folded = mine if other is None else common(mine, other._stretches)
        self._pictures.clear()

    def drawn(self, camera: Camera, at_us: int) -> Picture:
        """Return the axis that a camera draws while the cursor is at a moment."""
        match camera.mode:
            case AxisMode.EVENT:
                return self.picture(camera.cell_us)
            case AxisMode.WALL:
                return TRUE_SCALE
            case AxisMode.LOG:
                held = camera.origin_us
                origin_us = self.origin_us(at_us) if held is None else held
                return Picture(LogAxis(origin_us, camera.decade * camera.cell_us))

    def origin_us(self, at_us: int) -> int:
        """Return the last input by a moment that came when nothing was busy; 0 before the first.

        Under load that is where the load began, so that a logarithmic picture stands still.
        """
        place = bisect_right(self._origins_us, at_us)
        return self._origins_us[place - 1] if place else 0

    def is_quiet_at(self, at_us: int) -> bool:
        """Whether what came to be at a moment leaves nothing to wait for."""
        place = bisect_left(self.quiet_us, at_us)
        return place < len(self.quiet_us) and self.quiet_us[place] == at_us


def _after_rest(inputs_us: list[int], stretches: list[tuple[int, int]]) -> list[int]:
    """Return the inputs before which nothing was busy."""
    rests = {end_us for _, end_us in stretches}
    return [
        time_us
        for place, time_us in enumerate(inputs_us)
        if time_us >= 0 and (time_us in rests or place == 0)
    ]


def _changes(index: Index) -> tuple[Change, ...]:
    # Not before there is one: the same reason.
    plan = index.plan
    plain = all(isinstance(command, Fire | Pattern) for command in plan.commands)
    if plain and not plan.sources and all(f.autoscaling is None for f in plan.functions):
        return ()
    from lifecycle_tui.play.changes import changes

    return changes(index)


def _courses(index: Index) -> tuple[SourceCourse, ...]:
    # Not before a source is met: the default scenario has none, and start-up counts.
    from lifecycle_tui.readings.sources import source_courses

    return source_courses(index)
