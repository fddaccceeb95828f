"""Where a run falls quiet: the moments at which the player stops by itself."""

from __future__ import annotations

from collections import Counter
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, KINDS, Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import CAUSE, CODE, ENVIRONMENT, SUBJECT, TIME, VALUE, Trace

IDLE: Final = frozenset({State.NONE, State.READY, State.FROZEN, State.GONE})
"""States in which nothing happens by itself before an idle lifetime is over."""

_BUSY_AFTER: Final[tuple[bool | None, ...]] = tuple(
    None if (to := KINDS[kind].to) is None else to not in IDLE for kind in Kind
)
"""By kind: does it make its environment busy (True), idle (False) or neither (None)?"""

_ALLOCATION_KINDS: Final = frozenset(
    (Kind.COMMAND, Kind.PROVISION_STARTED, Kind.CREATED_PROVISIONED, Kind.PROVISION_FAILED)
)


_INPUTS: Final = (Kind.COMMAND, Kind.ARRIVAL, Kind.MESSAGE_QUEUED)


def input_times(trace: Trace) -> list[int]:
    """Return the distinct times of events and commands, ascending."""
    kinds = frozenset(int(kind) for kind in _INPUTS)
    pairs = zip(trace.column(TIME), trace.column(CODE), strict=True)
    return list(dict.fromkeys(time_us for time_us, code in pairs if code & 0xFF in kinds))


class _Allocations:
    """Allocations of provisioned concurrency that still have something to do by themselves.

    One that a command asked for and that has not begun yet; or one that has begun and whose
    environments do not all exist yet. Environments that exist are busy until they are ready.
    """

    def __init__(self, trace: Trace) -> None:
        self._causes = trace.column(CAUSE)
        self._environments = trace.column(ENVIRONMENT)
        self._values = trace.column(VALUE)
        started = int(Kind.PROVISION_STARTED)
        self._asked = Counter(
            cause
            for code, cause in zip(trace.column(CODE), self._causes, strict=True)
            if code & 0xFF == started
        )
        """By command record, how many allocations that it asks for will begin."""
        self._waiting: Counter[int] = Counter()
        self._missing: dict[int, int] = {}
        """By PROVISION_STARTED record, how many environments are still to be created."""
        self._made_for: dict[int, int] = {}

    @property
    def pending(self) -> bool:
        """Whether any allocation has something to do."""
        return bool(self._waiting or self._missing)

    def note(self, number: int, kind: int) -> None:
        """Take the next record that concerns allocations."""
        cause = self._causes[number]
        if kind == Kind.COMMAND:
            if number in self._asked:
                self._waiting[number] = self._asked[number]
        elif kind == Kind.PROVISION_STARTED:
            if cause in self._waiting:
                self._waiting[cause] -= 1
                if not self._waiting[cause]:
                    del self._waiting[cause]
            if self._values[number] > 0:
                self._missing[number] = self._values[number]
        elif kind == Kind.CREATED_PROVISIONED:
            self._made_for[self._environments[number]] = cause
            if self._missing.get(cause, 0) > 1:
                self._missing[cause] -= 1
            else:
                self._missing.pop(cause, None)
        else:
            self._missing.pop(self._made_for.get(self._environments[cause], cause), None)


class _Held:
    """Events that a source holds back: sooner or later it will do something with them."""

    _RETRIES: Final = frozenset((Kind.RETRY_AFTER_ERROR, Kind.RETRY_AFTER_THROTTLE))
    _FATES: Final = frozenset((Kind.MESSAGE_DELETED, Kind.REDRIVEN, *DROPS))
    KINDS: Final = frozenset((Kind.MESSAGE_QUEUED, Kind.ATTEMPT, *_RETRIES, *_FATES))

    def __init__(self) -> None:
        self._queued: set[int] = set()
        """From a message's arrival until its source is done with it."""
        self._retried: set[int] = set()
        """From a failed attempt until the next one."""

    @property
    def pending(self) -> bool:
        """Whether any event is held back."""
        return bool(self._queued or self._retried)

    def note(self, kind: int, event: int) -> None:
        """Take the next record that concerns a source."""
        if kind == Kind.MESSAGE_QUEUED:
            self._queued.add(event)
        elif kind in self._RETRIES:
            self._retried.add(event)
        else:
            self._retried.discard(event)
            if kind in self._FATES:
                self._queued.discard(event)


def quiet_times(trace: Trace, last_input_us: int | None = None) -> list[int]:
    """Return the moments after which only idle environments are left, ascending.

    A command or an event that leaves nothing to do is quiet at its own moment.

    Args:
        trace: a whole run.
        last_input_us: no moment is quiet before this; None: whatever is still to come.
    """
    busy: set[int] = set()
    allocations, held = _Allocations(trace), _Held()
    subjects = trace.column(SUBJECT)
    found: list[int] = []
    was_busy = True
    times, codes = trace.column(TIME), trace.column(CODE)
    last = len(times) - 1
    for number, (time_us, code, environment) in enumerate(
        zip(times, codes, trace.column(ENVIRONMENT), strict=True)
    ):
        kind = code & 0xFF
        after = _BUSY_AFTER[kind]
        if after:
            busy.add(environment)
            was_busy = True
        elif after is False:
            busy.discard(environment)
        elif kind in _INPUTS:
            was_busy = True
        if kind in _ALLOCATION_KINDS:
            allocations.note(number, kind)
        elif kind in _Held.KINDS:
            held.note(kind, subjects[number])
        instant_over = number == last or times[number + 1] > time_us
        if instant_over and was_busy and not (busy or allocations.pending or held.pending):
            if last_input_us is None or time_us >= last_input_us:
                found.append(time_us)
            was_busy = False
    return found
