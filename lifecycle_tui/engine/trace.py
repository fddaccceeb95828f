"""The records of a run: every happening with its time, its place, its rule and its causes.

Seven 64-bit integers a record (56 bytes), in one flat array, appended in order of (time, sequence).
A record's number is its place in that order; causes are record numbers, always smaller than the
record's own.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import FunctionPlan, InitializationType, Plan
from lifecycle_tui.engine.source_plan import AnySource
from lifecycle_tui.engine.states import State

STRIDE: Final = 7
TIME, CODE, ENVIRONMENT, SUBJECT, CAUSE, SECOND_CAUSE, VALUE = range(STRIDE)
NOBODY: Final = -1
"""No environment, no subject, no cause."""

_FLUSH_AT: Final = 4_096 * STRIDE


def code(kind: Kind, before: State) -> int:
    """Pack a kind and the state before it into one integer."""
    return int(kind) | int(before) << 8


@dataclass(frozen=True, slots=True)
class Record:
    """One happening, unpacked.

    ``environment`` counts from 0 (``e1`` is 0) and ``subject`` is the event's number, from 1
    (for COMMAND the command's index, from 0); -1 where there is none. ``before == after`` for a
    mark that changes no state.
    """

    number: int
    time_us: int
    kind: Kind
    before: State
    after: State
    environment: int
    subject: int
    causes: tuple[int, ...]
    value: int

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules it stands on, the most important first."""
        return KINDS[self.kind].rules

    @property
    def is_transition(self) -> bool:
        """Whether the environment changed its state."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class EnvironmentFacts:
    """What is fixed for an environment when it is created."""

    number: int
    function: int
    plan: FunctionPlan
    """The configuration it was created with."""
    code_version: int
    """1, and one more with each deploy (with SnapStart: with each version published)."""
    initialization_type: InitializationType
    created_us: int
    idle_lifetime_us: int
    """How long it may stay idle; drawn, assumed † (LIFE-07)."""
    max_lifetime_us: int
    """How long it may live; drawn, assumed † (LIFE-07)."""
    published: bool = False
    """Whether events reach it by way of an alias, so that logs name its version."""
    snapshot: int = NOBODY
    """Number of the environment whose snapshot it was restored from; -1 for none."""

    @property
    def makes_snapshot(self) -> bool:
        """Whether it only lives to be made a snapshot of."""
        snap_start = self.initialization_type is InitializationType.SNAP_START
        return snap_start and self.snapshot == NOBODY

    @property
    def id(self) -> str:
        """The name on screen and in JSON."""
        return f"e{self.number + 1}"


class Trace:
    """All records of one run, and what is fixed about its environments."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.environments: list[EnvironmentFacts] = []
        self.sources: list[AnySource] = []
        """Sources that sent events and are more than a plain call, in order of first use."""
        self.keys = array("Q")
        """Of each event, by which chance knows it, whatever other events there are."""
        self.ended_us = 0
        self._data = array("q")
        self._recent: list[int] = []
        self._count = 0
        self._times: array[int] | None = None

    def add(
        self,
        time_us: int,
        packed: int,
        environment: int,
        subject: int,
        cause: int,
        second_cause: int,
        value: int,
    ) -> int:
        """Append one record and return its number."""
        self._recent += (time_us, packed, environment, subject, cause, second_cause, value)
        number = self._count
        self._count = number + 1
        if len(self._recent) >= _FLUSH_AT:
            self._flush()
        return number

    def key(self, event: int) -> int:
        """Return by which chance knows an event: its draws are keyed so."""
        return self.keys[event - 1] if event <= len(self.keys) else event

    def close(self, ended_us: int) -> None:
        """Note the end of the run; nothing is added after."""
        self._flush()
        self.ended_us = ended_us

    def _flush(self) -> None:
        self._data.fromlist(self._recent)
        self._recent.clear()
        self._times = None

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Record:
        if not 0 <= number < self._count:
            raise IndexError(number)
        if self._recent:
            self._flush()
        start = number * STRIDE
        time_us, packed, environment, subject, cause, second, value = self._data[
            start : start + STRIDE
        ]
        kind = Kind(packed & 0xFF)
        before = State(packed >> 8)
        after = KINDS[kind].to
        return Record(
            number=number,
            time_us=time_us,
            kind=kind,
            before=before,
            after=before if after is None or after is before else after,
            environment=environment,
            subject=subject,
            causes=tuple(c for c in (cause, second) if c >= 0),
            value=value,
        )

    def __iter__(self) -> Iterator[Record]:
        for number in range(self._count):
            yield self[number]

    def column(self, which: int) -> array[int]:
        """Return a copy of one column: TIME, CODE, ENVIRONMENT, SUBJECT, CAUSE … VALUE."""
        if self._recent:
            self._flush()
        return self._data[which::STRIDE]

    @property
    def times(self) -> array[int]:
        """The times of all records, ascending."""
        if self._recent:
            self._flush()
        if self._times is None:
            self._times = self.column(TIME)
        return self._times

    def last_at(self, time_us: int) -> int:
        """Return the number of the last record at or before a time; -1 if there is none."""
        return bisect_right(self.times, time_us) - 1

    def to_bytes(self) -> bytes:
        """Return the records as little-endian bytes, the same on every platform."""
        if self._recent:
            self._flush()
        data = self._data[:]
        if sys.byteorder == "big":
            data.byteswap()
        return data.tobytes()

    @property
    def nbytes(self) -> int:
        """Memory that the records take."""
        return self._data.itemsize * len(self._data)
