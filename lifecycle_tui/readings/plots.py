"""Metrics over time, for plots: levels, counts and latencies of each bin of virtual time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import STARTS, THROTTLES, Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.latencies import answers, nearest_rank

_STARTS: Final = frozenset(int(kind) for kind in STARTS)
_THROTTLES: Final = frozenset(int(kind) for kind in THROTTLES)
_CREATIONS: Final = frozenset(int(kind) for kind in CREATIONS)
_KEPT: Final = 8_192


class Bin(NamedTuple):
    """What there was in one stretch of time."""

    busy: int = 0
    """The most events that were in flight at once; waiting for an environment counts."""
    environments: int = 0
    """The most environments that existed at once."""
    starts: int = 0
    cold: int = 0
    """How many of the starts were COLD."""
    refused: int = 0
    """Events answered with 429."""
    p50_us: int | None = None
    p99_us: int | None = None
    """Latency of the answers that came; None where none did."""


class Plots(NamedTuple):
    """The bins up to a moment, and totals at the moment."""

    bins: tuple[Bin, ...]
    now: Bin
    """In flight and existing now; all starts, refusals and latencies so far."""


class _Level:
    """A number that goes up and down over time."""

    def __init__(self, changes: Iterable[tuple[int, int]]) -> None:
        self._times: list[int] = []
        self._levels: list[int] = [0]
        now = 0
        for time_us, change in sorted(changes):
            now += change
            if self._times and self._times[-1] == time_us:
                self._levels[-1] = now
            else:
                self._times.append(time_us)
                self._levels.append(now)

    def at(self, t_us: int) -> int:
        """Return the level at a moment."""
        return self._levels[bisect_right(self._times, t_us)]

    def highest(self, from_us: int, to_us: int) -> int:
        """Return the highest level in [from, to)."""
        first = bisect_right(self._times, from_us)
        return max(self._levels[first : max(bisect_left(self._times, to_us), first) + 1])


class Series:
    """When everything that is plotted happened."""

    def __init__(self, index: Index) -> None:
        self._answers = answers(index)
        self._starts: list[int] = []
        self._cold: list[int] = []
        self._refused: list[int] = []
        environments: list[tuple[int, int]] = []
        for time_us, packed in zip(index.times, index.codes, strict=True):
            kind = packed & 0xFF
            if kind in _STARTS:
                self._starts.append(time_us)
                if kind == Kind.INVOKE_COLD:
                    self._cold.append(time_us)
            elif kind in _THROTTLES:
                self._refused.append(time_us)
            elif kind in _CREATIONS:
                environments.append((time_us, 1))
            elif kind == Kind.GONE:
                environments.append((time_us, -1))
        busy: list[tuple[int, int]] = []
        for _, attempt in index.all_attempts():
            placed = attempt.start if attempt.creation == NOBODY else attempt.creation
            if placed != NOBODY:
                busy.append((index.times[placed], 1))
            if attempt.end != NOBODY:
                busy.append((index.times[attempt.end], -1))
        self._busy = _Level(busy)
        self._environments = _Level(environments)
        self._known: dict[tuple[int, int], Bin] = {}

    def now(self, t_us: int) -> Bin:
        """Return levels at a moment, and totals up to it."""
        p50_us, p99_us = self._answers.quantiles_us(t_us, 0.5, 0.99)
        return Bin(
            busy=self._busy.at(t_us),
            environments=self._environments.at(t_us),
            starts=bisect_right(self._starts, t_us),
            cold=bisect_right(self._cold, t_us),
            refused=bisect_right(self._refused, t_us),
            p50_us=p50_us,
            p99_us=p99_us,
        )

    def bin(self, from_us: int, to_us: int) -> Bin:
        """Return what there was in [from, to); worked out once for each such stretch."""
        found = self._known.get((from_us, to_us))
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[from_us, to_us] = self._bin(from_us, to_us)
        return found

    def _bin(self, from_us: int, to_us: int) -> Bin:
        latencies_us = self._answers.between(from_us, to_us)
        return Bin(
            busy=self._busy.highest(from_us, to_us),
            environments=self._environments.highest(from_us, to_us),
            starts=_count(self._starts, from_us, to_us),
            cold=_count(self._cold, from_us, to_us),
            refused=_count(self._refused, from_us, to_us),
            p50_us=nearest_rank(latencies_us, 0.5),
            p99_us=nearest_rank(latencies_us, 0.99),
        )


def plots_at(index: Index, t_us: int, edges_us: Sequence[int]) -> Plots:
    """Return the plots of a window up to a moment.

    Args:
        index: the run.
        t_us: the moment; nothing after it is told.
        edges_us: where bins begin, ascending; each ends where the next begins, the last one and
            the one that holds the moment at the moment.
    """
    if index.series is None:
        index.series = Series(index)
    series = index.series
    limit_us = t_us + 1
    edges = [*(edge for edge in edges_us if edge < limit_us), limit_us]
    return Plots(
        tuple(series.bin(first, after) for first, after in pairwise(edges)), series.now(t_us)
    )


def _count(times_us: list[int], from_us: int, to_us: int) -> int:
    return bisect_left(times_us, to_us) - bisect_left(times_us, from_us)
