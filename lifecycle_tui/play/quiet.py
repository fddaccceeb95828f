"""Where a run falls quiet: the moments at which the player stops by itself."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import INPUTS, KINDS, Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import CODE, ENVIRONMENT, TIME, Trace

IDLE: Final = frozenset({State.NONE, State.READY, State.FROZEN, State.GONE})
"""States in which nothing happens by itself before an idle lifetime is over."""

_BUSY_AFTER: Final[tuple[bool | None, ...]] = tuple(
    None if (to := KINDS[kind].to) is None else to not in IDLE for kind in Kind
)
"""By kind: does it make its environment busy (True), idle (False) or neither (None)?"""

_SETTLED: Final = (Kind.PROVISION_READY, Kind.PROVISION_FAILED)


def input_times(trace: Trace) -> list[int]:
    """Return the distinct times of events and commands, ascending."""
    kinds = {int(kind) for kind in INPUTS | {Kind.ARRIVAL}} - {int(Kind.SCENARIO_START)}
    pairs = zip(trace.column(TIME), trace.column(CODE), strict=True)
    return list(dict.fromkeys(time_us for time_us, code in pairs if code & 0xFF in kinds))


def quiet_times(trace: Trace, last_input_us: int) -> list[int]:
    """Return the moments after which only idle environments are left, ascending.

    Args:
        trace: a whole run.
        last_input_us: the last event or command of the plan; no moment is quiet before it.
    """
    busy: set[int] = set()
    allocating = False
    candidates: list[int] = []
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
        elif kind == Kind.PROVISION_STARTED:
            allocating = was_busy = True
        elif kind in _SETTLED:
            allocating = False
        elif kind in (Kind.COMMAND, Kind.ARRIVAL):
            was_busy = True
        instant_over = number == last or times[number + 1] > time_us
        if instant_over and was_busy and not busy and not allocating:
            if time_us >= last_input_us:
                candidates.append(max(time_us, 0))
            was_busy = False
    return list(dict.fromkeys(candidates))
