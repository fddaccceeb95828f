"""Story time: virtual time drawn in another measure, so that a picture shows what matters.

`Axis` folds idle stretches: it is piecewise linear; outside folds a second is a second, a fold is
told in a fixed time, however long it is, and virtual time 0 is story time 0. `LogAxis` gives every
decade of the distance from an origin the same room. Both rise strictly and can be inverted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign, expm1, log, log1p
from typing import Final

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.index import Index

IDLE_US: Final = 2 * SECOND
"""Only when nothing happens for longer than this is time folded."""
TOLD_US: Final = 1_500_000
"""Story time of such a stretch, the margins included."""
MARGIN_US: Final = 250_000
"""Idle time that stays unfolded at both ends, so that one sees that nothing happens."""

LEAST_US: Final = 100
"""Near the origin of a logarithmic axis, where it is nearly linear: a decade begins beyond."""
_FURTHEST: Final = 600.0
"""The largest power of e that is looked for: far beyond any run, and no overflow."""

_STILL: Final = frozenset({State.NONE, State.READY, State.FROZEN, State.GONE})
_BUSY: Final = tuple(state not in _STILL for state in State)


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch of virtual time that is told quickly; ``end_us`` is exclusive."""

    start_us: int
    end_us: int
    story_us: float
    """Where it begins in story time."""

    @property
    def length_us(self) -> int:
        """How much virtual time it holds."""
        return self.end_us - self.start_us


class Axis:
    """The map between virtual time and story time."""

    def __init__(self, gaps: list[tuple[int, int]], told_us: int) -> None:
        """Make the map.

        Args:
            gaps: stretches to fold, ascending, apart from each other, each longer than told_us.
            told_us: story time of each.
        """
        self.told_us = told_us
        self._virtual: list[int] = []
        """Corners of the map: starts and ends of folds."""
        self._story: list[float] = []
        saved = sum(_before_zero(start, end, told_us) for start, end in gaps)
        folds: list[Fold] = []
        shift = float(saved)
        for start, end in gaps:
            folds.append(Fold(start, end, start + shift))
            self._virtual += (start, end)
            self._story.append(start + shift)
            shift -= end - start - told_us
            self._story.append(end + shift)
        self._shift_before = float(saved)
        self.folds: tuple[Fold, ...] = tuple(folds)

    @classmethod
    def build(
        cls,
        index: Index,
        *,
        idle_us: int = IDLE_US,
        told_us: int = TOLD_US,
        margin_us: int = MARGIN_US,
    ) -> Axis:
        """Return the axis of a run.

        Args:
            index: the run.
            idle_us: a stretch is folded if nothing happens for longer than this.
            told_us: story time of such a stretch; more than two margins.
            margin_us: what stays unfolded before and after.
        """
        return cls.folding(
            idle_stretches(index), idle_us=idle_us, told_us=told_us, margin_us=margin_us
        )

    @classmethod
    def folding(
        cls,
        stretches: Iterable[tuple[int, int]],
        *,
        idle_us: int = IDLE_US,
        told_us: int = TOLD_US,
        margin_us: int = MARGIN_US,
    ) -> Axis:
        """Return the axis that folds those of a run's idle stretches that are long enough."""
        gaps = [
            (start + margin_us, end - margin_us)
            for start, end in stretches
            if end - start > max(idle_us, told_us)
        ]
        return cls(gaps, told_us - 2 * margin_us)

    def to_story(self, t_us: float) -> float:
        """Return the story time of a virtual time, both in microseconds."""
        place = bisect_right(self._virtual, t_us)
        if place == 0:
            return t_us + self._shift_before
        corner, story = self._virtual[place - 1], self._story[place - 1]
        if place % 2 == 0:
            return story + (t_us - corner)
        return story + (t_us - corner) * self.told_us / (self._virtual[place] - corner)

    def from_story(self, story_us: float) -> int:
        """Return the virtual time of a story time, to the nearest microsecond."""
        place = bisect_right(self._story, story_us)
        if place == 0:
            return round(story_us - self._shift_before)
        corner, story = self._virtual[place - 1], self._story[place - 1]
        if place % 2 == 0:
            return corner + round(story_us - story)
        return corner + round((story_us - story) * (self._virtual[place] - corner) / self.told_us)

    def fold_at(self, t_us: int) -> Fold | None:
        """Return the fold that a virtual time lies in, or None."""
        place = bisect_right(self._virtual, t_us)
        return self.folds[place // 2] if place % 2 else None

    def folds_between(self, from_us: int, to_us: int) -> tuple[Fold, ...]:
        """Return the folds that touch a stretch of virtual time."""
        first = bisect_right(self._virtual, from_us) // 2
        last = bisect_right(self._virtual, to_us - 1)
        return self.folds[first : (last + 1) // 2]


class LogAxis:
    """The map that draws each decade of the distance from an origin equally long, both ways."""

    def __init__(self, origin_us: int, decade: float) -> None:
        """Make the map.

        Args:
            origin_us: the virtual time that is story time 0.
            decade: story time between 1 ms and 10 ms from it, 10 ms and 100 ms, and so on.
        """
        self.origin_us = origin_us
        self._unit = decade / log(10)

    def to_story(self, t_us: float) -> float:
        """Return the story time of a virtual time; before the origin it is negative."""
        distance_us = t_us - self.origin_us
        return copysign(self._unit * log1p(abs(distance_us) / LEAST_US), distance_us)

    def from_story(self, story: float) -> int:
        """Return the virtual time of a story time, to the nearest microsecond."""
        power = min(abs(story) / self._unit, _FURTHEST)
        return self.origin_us + round(copysign(LEAST_US * expm1(power), story))


def idle_stretches(index: Index) -> list[tuple[int, int]]:
    """Return the stretches between two records in which no environment does anything.

    An environment that is frozen, ready or gone does nothing; so does an allocation that has not
    begun.
    """
    found: list[tuple[int, int]] = []
    busy = 0
    latest_us: int | None = None
    environments = index.environments
    for number, (time_us, packed) in enumerate(zip(index.times, index.codes, strict=True)):
        if latest_us is not None and time_us > latest_us and not busy:
            found.append((latest_us, time_us))
        latest_us = time_us
        if environments[number] >= 0:
            busy += _BUSY[index.state_after(number)] - _BUSY[packed >> 8]
    return found


def _before_zero(start: int, end: int, told_us: int) -> float:
    """Return what folding a gap takes off the time before 0."""
    saved = end - start - told_us
    if end <= 0:
        return saved
    return 0.0 if start >= 0 else -start * saved / (end - start)


def common(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of time that lie in both lists, each ascending and without overlaps."""
    found: list[tuple[int, int]] = []
    here = there = 0
    while here < len(a) and there < len(b):
        start = max(a[here][0], b[there][0])
        end = min(a[here][1], b[there][1])
        if start < end:
            found.append((start, end))
        if a[here][1] < b[there][1]:
            here += 1
        else:
            there += 1
    return found
