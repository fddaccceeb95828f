"""An environment's life as stretches of one phase each: what the lanes draw."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.fold import RESET_REASONS
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.model import Phase, Segment

_PHASE_OF: Final = {
    **dict.fromkeys(CREATIONS, Phase.PLACEMENT),
    **dict.fromkeys(RESET_REASONS, Phase.RESET),
    Kind.INIT_STARTED: Phase.EXTENSION_INIT,
    Kind.RUNTIME_INIT_STARTED: Phase.RUNTIME_INIT,
    Kind.FUNCTION_INIT_STARTED: Phase.FUNCTION_INIT,
    Kind.RUNTIME_READY: Phase.INIT_WAIT,
    Kind.INIT_FINISHED: Phase.READY,
    Kind.INVOKE_COLD: Phase.HANDLER,
    Kind.INVOKE_PRE: Phase.HANDLER,
    Kind.INVOKE_WARM: Phase.HANDLER,
    Kind.INVOKE_RESTORED: Phase.HANDLER,
    Kind.INVOKE_REINIT: Phase.REINIT_EXTENSION,
    Kind.HANDLER_STARTED: Phase.HANDLER,
    Kind.RESPONSE_SENT: Phase.OVERHEAD,
    Kind.RUNTIME_NEXT: Phase.EXTENSION_TAIL,
    Kind.INVOKE_OK: Phase.FROZEN,
    Kind.INVOKE_ERROR: Phase.FROZEN,
    Kind.RESET_FINISHED: Phase.FROZEN,
    Kind.RESTORE_STARTED: Phase.RESTORE_SNAPSHOT,
    Kind.RESTORE_HOOKS_STARTED: Phase.RESTORE_HOOKS,
    Kind.RESTORE_FINISHED: Phase.READY,
    **{kind: Phase.SHUTDOWN for kind in Kind if kind.name.startswith("SHUTDOWN_")},
    Kind.SNAPSHOT_TAKEN: Phase.SHUTDOWN,
    Kind.RESTORE_TIMEOUT: Phase.SHUTDOWN,
}
"""The phase that begins with a kind; other kinds begin none."""
_PHASES: Final = tuple(_PHASE_OF.get(kind) for kind in Kind)
_CUTS: Final = tuple(kind in RESET_REASONS or kind is Kind.RESTORE_TIMEOUT for kind in Kind)

_INSIDE: Final = {
    Phase.RUNTIME_INIT: Phase.REINIT_RUNTIME,
    Phase.FUNCTION_INIT: Phase.REINIT_FUNCTION,
    Phase.INIT_WAIT: Phase.REINIT_WAIT,
}
"""Init's phases when it runs inside Invoke."""

_QUIET: Final = frozenset({Phase.READY, Phase.FROZEN, Phase.SHUTDOWN})
"""Phases in which no event is served or waited for; nor is one in the reset after an invocation."""
_IDLE: Final = (Phase.READY, Phase.FROZEN)
_NOBODY_SERVED: Final = tuple(_PHASE_OF.get(kind) in _QUIET or kind in ENDS for kind in Kind)


def segments(index: Index, number: int) -> tuple[Segment, ...]:
    """Return an environment's segments in time order, without gaps, to GONE or the run's end."""
    found = index.segments.get(number)
    if found is None:
        found = index.segments[number] = tuple(_segments(index, number))
    return found


def visible(index: Index, number: int, from_us: int, to_us: int) -> tuple[Segment, ...]:
    """Return the segments that touch the time from ``from_us`` up to, not including, ``to_us``."""
    every = segments(index, number)
    first = bisect_right(every, from_us, key=_end)
    last = bisect_left(every, to_us, lo=first, key=_start)
    return every[first:last]


def phase_at(index: Index, number: int, t_us: int) -> Phase | None:
    """Return what an environment is doing at a moment; None before creation and after GONE."""
    records = index.of_environment[number]
    for place in range(index.position(number, t_us) - 1, -1, -1):
        if index.kind(records[place]) is Kind.GONE:
            return None
        found = _phase(index, records[place])
        if found is not None:
            return found
    return None


def _segments(index: Index, number: int) -> list[Segment]:
    found: list[Segment] = []
    phase: Phase | None = None
    began_us, event, began = 0, NOBODY, NOBODY
    time_us = index.trace.environments[number].created_us

    def end(at_us: int, *, cut: bool, failed: bool = False) -> None:
        told = cut or (failed and phase is Phase.HANDLER)
        if phase is not None and (at_us > began_us or told or _is_told(phase, found)):
            found.append(Segment(began_us, at_us, phase, event, began, cut))

    for record in index.of_environment[number]:
        kind = index.kind(record)
        time_us = index.times[record]
        if kind is Kind.GONE:
            end(time_us, cut=False)
            return found
        following = _phase(index, record)
        if following is None:
            continue
        end(time_us, cut=_CUTS[kind], failed=kind is Kind.INVOKE_ERROR)
        if kind is Kind.INVOKE_ERROR:
            _mark_failed(found, index.subjects[record])
        phase, began_us, began = following, time_us, record
        event = NOBODY if _NOBODY_SERVED[kind] else index.subjects[record]
    end(max(time_us, index.ended_us), cut=False)
    return found


def _mark_failed(found: list[Segment], event: int) -> None:
    """Mark the handler of an event as failed: it is over by then, its tails may come after it."""
    for place in range(len(found) - 1, -1, -1):
        if found[place].event != event:
            return
        if found[place].phase is Phase.HANDLER:
            found[place] = found[place]._replace(failed=True)
            return


def _phase(index: Index, record: int) -> Phase | None:
    found = _PHASES[index.kind(record)]
    if found is not None and index.codes[record] >> 8 == State.INVOKE:
        return _INSIDE.get(found, found)
    return found


def _is_told(phase: Phase, before: list[Segment]) -> bool:
    """Whether a phase is kept even if it takes no time: no other segment tells that it was."""
    if phase is Phase.RESET:
        return not before or not before[-1].cut or before[-1].phase in _IDLE
    return phase is Phase.SHUTDOWN


def _start(segment: Segment) -> int:
    return segment.start_us


def _end(segment: Segment) -> int:
    return segment.end_us
