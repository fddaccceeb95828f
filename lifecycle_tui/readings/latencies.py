"""Every answer of a run in order of time, and percentiles of the latencies up to a moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, Kind
from lifecycle_tui.readings.index import Index

_ENDS: Final = frozenset(int(kind) for kind in ENDS)
_FEW: Final = 512
"""Up to so many new answers are put into the sorted ones one by one."""


class Answers:
    """When each attempt was answered, and how long after its arrival (ends count as answers)."""

    def __init__(self, index: Index) -> None:
        found: list[tuple[int, int]] = []
        responded: dict[int, int] = {}
        for number, (time_us, packed) in enumerate(zip(index.times, index.codes, strict=True)):
            kind = packed & 0xFF
            if kind == Kind.RESPONSE_SENT:
                responded[index.subjects[number]] = time_us
            elif kind in _ENDS:
                event = index.subjects[number]
                attempt = index.attempt(event, number)
                answered_us = responded.pop(event, time_us)
                arrived_us = index.times[max(attempt.arrival, attempt.sent)]
                found.append((answered_us, answered_us - arrived_us))
        found.sort()
        self.times_us: Final = [answer[0] for answer in found]
        self.latencies_us: Final = [answer[1] for answer in found]
        self._sorted: list[int] = []
        """The latencies of the first answers, of as many as it has, sorted."""

    def quantiles_us(self, t_us: int, *shares: float) -> tuple[int | None, ...]:
        """Return nearest-rank percentiles of all answers up to a moment; None where none came.

        What was sorted for the moment before is kept: from frame to frame only few answers come.
        """
        count = bisect_right(self.times_us, t_us)
        known = len(self._sorted)
        if known <= count <= known + _FEW:
            for latency_us in self.latencies_us[known:count]:
                insort(self._sorted, latency_us)
        else:
            self._sorted = sorted(self.latencies_us[:count])
        return tuple(nearest_rank(self._sorted, share) for share in shares)

    def between(self, from_us: int, to_us: int) -> list[int]:
        """Return the latencies of the answers in [from, to), sorted."""
        first = bisect_left(self.times_us, from_us)
        return sorted(self.latencies_us[first : bisect_left(self.times_us, to_us, lo=first)])


def answers(index: Index) -> Answers:
    """Return the answers of a run; worked out once."""
    if index.answers is None:
        index.answers = Answers(index)
    return index.answers


def nearest_rank(ascending: Sequence[int], share: float) -> int | None:
    """Return the smallest value that so large a share of the values does not exceed."""
    if not ascending:
        return None
    rank = -(-round(share * 1_000) * len(ascending) // 1_000)
    return ascending[max(rank, 1) - 1]
