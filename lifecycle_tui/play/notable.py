"""What is worth asking "why" about: starts, refusals, resets and ends of a run, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, SCALED, STARTS, THROTTLES, Kind
from lifecycle_tui.readings.index import CREATIONS, Index

NOTABLE: Final = frozenset(
    {
        *CREATIONS,
        *STARTS,
        *THROTTLES,
        *DROPS,
        Kind.REDRIVEN,
        Kind.CALLER_GAVE_UP,
        Kind.CAUGHT,
        Kind.CONNECT_REFUSED,
        Kind.TMP_FULL,
        Kind.INIT_ABANDONED,
        Kind.INIT_ERROR,
        Kind.INIT_EXIT,
        Kind.INIT_OOM,
        Kind.INIT_CRASHED,
        Kind.IDLE_CRASHED,
        Kind.INVOKE_TIMEOUT,
        Kind.INVOKE_EXIT,
        Kind.INVOKE_OOM,
        Kind.INVOKE_CRASHED,
        Kind.INVOKE_INIT_ERROR,
        Kind.INVOKE_INIT_EXIT,
        Kind.INVOKE_INIT_OOM,
        Kind.SNAPSHOT_TAKEN,
        Kind.RESTORE_TIMEOUT,
        *SCALED,
        *(kind for kind in Kind if kind.name.startswith("SHUTDOWN_")),
    }
)

_END_CODES: Final = frozenset(
    int(kind)
    for kind in NOTABLE
    if kind.name.startswith("SHUTDOWN_") or kind in (Kind.SNAPSHOT_TAKEN, Kind.RESTORE_TIMEOUT)
)
_NOTABLE_CODES: Final = frozenset(int(kind) for kind in NOTABLE)


@dataclass(frozen=True, slots=True)
class Moments:
    """Record numbers of notable happenings, all and by environment, ascending."""

    times_us: tuple[int, ...]
    records: tuple[int, ...]
    of_environment: tuple[tuple[int, ...], ...]
    throttles: tuple[int, ...]
    creations: tuple[int, ...]
    """Creations of environments that an event waited for."""
    ends: frozenset[int]
    """What ended an environment's life."""

    @classmethod
    def build(cls, index: Index) -> Moments:
        """Collect them from a run."""
        codes, times = index.codes, index.times
        records = tuple(n for n, code in enumerate(codes) if code & 0xFF in _NOTABLE_CODES)
        refused = frozenset(int(kind) for kind in THROTTLES)
        return cls(
            times_us=tuple(times[n] for n in records),
            records=records,
            of_environment=tuple(
                tuple(n for n in numbers if codes[n] & 0xFF in _NOTABLE_CODES)
                for numbers in index.of_environment
            ),
            throttles=tuple(n for n in records if codes[n] & 0xFF in refused),
            creations=tuple(n for n in records if codes[n] & 0xFF == Kind.CREATED_FOR_EVENT),
            ends=frozenset(n for n in records if codes[n] & 0xFF in _END_CODES),
        )

    def latest(self, t_us: int) -> int | None:
        """Return the first record of the latest notable instant at or before a time.

        One that tells of an environment's end only if nothing else happened in that instant: what
        begins is looked at, not what is gone.
        """
        records = self.at(t_us)
        going = (record for record in records if record not in self.ends)
        return next(going, records[0] if records else None)

    def at(self, t_us: int) -> tuple[int, ...]:
        """Return the records of the latest notable instant at or before a time, ascending."""
        last = bisect_right(self.times_us, t_us)
        if not last:
            return ()
        return self.records[bisect_left(self.times_us, self.times_us[last - 1]) : last]

    def creations_before(self, last_record: int) -> Iterator[int]:
        """Return the creations for events up to a record number, the latest first."""
        for place in range(bisect_right(self.creations, last_record) - 1, -1, -1):
            yield self.creations[place]

    def latest_of(self, environment: int, last_record: int) -> int | None:
        """Return an environment's latest notable record up to a record number."""
        return _last(self.of_environment[environment], last_record)

    def latest_refusal(self, last_record: int) -> int | None:
        """Return the latest refused event's record up to a record number."""
        return _last(self.throttles, last_record)


def _last(numbers: tuple[int, ...], last_record: int) -> int | None:
    place = bisect_right(numbers, last_record) - 1
    return numbers[place] if place >= 0 else None
