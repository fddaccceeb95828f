"""Application Auto Scaling: provisioned concurrency by target tracking and by schedule (PRV-10).

Every minute closes a data point of ProvisionedConcurrencyUtilization: its highest value, or none
while nothing ran. Three points above the target ask for more; fifteen below 90 % of it take some
away; a minute without a point leaves the alarms with insufficient data. Looking at the clock is no
work: it never keeps a run from ending.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from lifecycle_tui.engine.capacity import FunctionLife, ProvisionedUse
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World

POINTS_OUT: Final = 3
"""Data points above the target that ask for more (PRV-10)."""
POINTS_IN: Final = 15
"""Data points below 90 % of the target that take some away (SIM-TRACKING-IN †)."""
SCALE_IN_SHARE: Final = 0.9

_ROUNDING: Final = 1e-9
"""7 / 0.7 is 10, whatever floating point says."""

Provide = Callable[[FunctionLife, int, int, int], None]
"""Set a function's provisioned concurrency: function, count, time, record of the cause."""


class _Point(NamedTuple):
    """One minute: the most that were at work, as number and share, and since which record."""

    busy: int
    share: float
    record: int


class Autoscaler:
    """The scalable target of one function."""

    def __init__(
        self, world: World, function: FunctionLife, settings: Autoscaling, provide: Provide
    ) -> None:
        self._world = world
        self._number = function.number
        self._least, self._most = settings.least, settings.most
        self._target = settings.target
        self._scheduled = settings.scheduled
        self._provide = provide
        self._points: deque[_Point | None] = deque(maxlen=POINTS_IN)
        self._use = function.use = ProvisionedUse()

    def begin(self, origin: int) -> None:
        """Plan the first look and the scheduled actions; ``origin`` is the scenario's record."""
        if self._target is not None:
            self._world.agenda.glance(MINUTE, self._look)
        for action in self._scheduled:
            self._plan(action, action.at_us, origin)

    @property
    def _function(self) -> FunctionLife:
        return self._world.functions[self._number]

    def _plan(self, action: ScheduledAction, at_us: int, origin: int) -> None:
        def act(now_us: int) -> None:
            self._least, self._most = action.least, action.most
            count = self._function.revision.plan.provisioned_concurrency
            self._set(Kind.SCHEDULED, count, now_us, origin, NOBODY)
            if action.every_us is not None:
                self._plan(action, now_us + action.every_us, origin)

        self._world.agenda.glance(at_us, act)

    def _look(self, now_us: int) -> None:
        """Close the minute's data point, and act on an alarm."""
        self._world.agenda.glance(now_us + MINUTE, self._look)
        self._points.append(self._point())
        if self._target is None or any(v.allocations for v in self._function.versions):
            return
        present = [point for point in self._points if point is not None]
        latest = present[-POINTS_OUT:]
        count = self._function.revision.plan.provisioned_concurrency
        if self._lasting(POINTS_OUT) and all(p.share > self._target for p in latest):
            wanted = self._wanted(latest, self._target)
            if min(wanted, self._most) > count:
                self._set(Kind.AUTOSCALED_OUT, wanted, now_us, latest[-1].record, latest[0].record)
        elif self._lasting(POINTS_IN) and all(
            p.share < self._target * SCALE_IN_SHARE for p in present
        ):
            wanted = self._wanted(present, self._target)
            if max(wanted, self._least) < count:
                self._set(Kind.AUTOSCALED_IN, wanted, now_us, present[-1].record, present[0].record)

    def _point(self) -> _Point | None:
        use = self._use
        point = _Point(use.most, use.share, use.record) if use.most else None
        allocated = self._world.available(self._function)
        use.most = use.busy
        use.share = min(1.0, use.busy / allocated) if allocated else 0.0
        return point

    def _lasting(self, minutes: int) -> bool:
        """Whether there is a data point for each of the last minutes."""
        points = list(self._points)[-minutes:]
        return len(points) == minutes and None not in points

    @staticmethod
    def _wanted(points: list[_Point], target: float) -> int:
        """Return the number that would have kept the busiest of some minutes at the target."""
        return math.ceil(max(point.busy for point in points) / target - _ROUNDING)

    def _set(self, kind: Kind, wanted: int, now_us: int, cause: int, second: int) -> None:
        count = min(max(wanted, self._least), self._most)
        record = self._world.note(
            now_us, kind, subject=self._number, cause=cause, second=second, value=count
        )
        self._world.tally.autoscaled.append((now_us, self._number, count))
        self._provide(self._function, count, now_us, record)
