"""Every attempt to run the code for an event, in the events' order, throttled ones too."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Fire, InitializationType, Outcome, Pattern, Plan
from lifecycle_tui.engine.source_plan import InvocationType, invocation_type
from lifecycle_tui.engine.sources.errors import ERROR_NAMES
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.bars import invoke_course
from lifecycle_tui.readings.billing import billed_for
from lifecycle_tui.readings.fold import life_at
from lifecycle_tui.readings.ids import request_id
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.restores import hooks_us, restore_course

THROTTLE_REASONS: Final = {
    Kind.THROTTLED_RESERVED: "ReservedFunctionConcurrentInvocationLimitExceeded",
    Kind.THROTTLED_ACCOUNT: "ConcurrentInvocationLimitExceeded",
    Kind.THROTTLED_SCALING: "FunctionInvocationRateLimitExceeded",
    Kind.THROTTLED_RATE_RESERVED: "ReservedFunctionInvocationRateLimitExceeded",
    Kind.THROTTLED_RATE_ACCOUNT: "FunctionInvocationRateLimitExceeded",
}
"""The Reason of a 429 (THR-01)."""

STARTS: Final = {
    Kind.INVOKE_COLD: Start.COLD,
    Kind.INVOKE_PRE: Start.PRE,
    Kind.INVOKE_WARM: Start.WARM,
    Kind.INVOKE_REINIT: Start.REINIT,
    Kind.INVOKE_RESTORED: Start.RESTORED,
}

ERROR_TYPES: Final = {
    **ERROR_NAMES,
    Kind.INIT_ERROR: "Runtime.ImportModuleError",
    Kind.INIT_EXIT: "Runtime.ExitError",
    Kind.INIT_OOM: "Runtime.OutOfMemory",
    Kind.INIT_CRASHED: "Runtime.ExitError",
}
"""Error types of failed invocations and Inits (FAIL-07, FAIL-10)."""

_ANSWERED: Final = (Kind.INVOKE_OK, Kind.INVOKE_ERROR)
_AFTER_INIT: Final = (Kind.INVOKE_COLD, Kind.INVOKE_PRE)
_AFTER_RESTORE: Final = (Kind.INVOKE_RESTORED, Kind.INVOKE_PRE)
_ON_DEMAND: Final = InitializationType.ON_DEMAND


def invocations(index: Index) -> list[Invocation]:
    """Return all attempts in event order."""
    if index.invocations is None:
        index.invocations = [
            _attempt(index, event, records) for event, records in index.all_attempts()
        ]
    return index.invocations


def invocation_at(index: Index, event: int, record: int | None = None) -> Invocation:
    """Return the attempt at an event that a record belongs to, or the latest one.

    Raises:
        IndexError: there is no such event.
    """
    return _attempt(index, event, index.attempt(event, record))


def _attempt(index: Index, event: int, records: EventRecords) -> Invocation:
    found = index.read_invocations.get((event, records.attempt))
    if found is None:
        found = index.read_invocations[event, records.attempt] = _read(index, event, records)
    return found


def command_of(index: Index, event: int) -> Fire | Pattern | None:
    """Return the command that sent an event."""
    return _command(index, index.attempt(event).sent)


def batch_of(index: Index, event: int, attempt: EventRecords) -> tuple[int, ...]:
    """Return the events that an attempt carries, the leading one first."""
    if attempt.led == NOBODY:
        return (event,)
    size = index.values[attempt.led]
    return (event, *index.subjects[attempt.led + 1 : attempt.led + size])


def shown_init_us(index: Index, start: int) -> int | None:
    """Return the Init Duration that the invocation of a start record shows (REP-03, BIL-11 †).

    That is the first invocation of an on-demand environment whose Init went well, unless the
    environment was reset before it served anyone. None for all others.
    """
    environment = index.environments[start]
    if index.first_starts.get(environment) != start or index.kind(start) not in _AFTER_INIT:
        return None
    if index.trace.environments[environment].initialization_type is not _ON_DEMAND:
        return None
    began_us = finished_us = 0
    for record in index.of_environment[environment]:
        kind = index.kind(record)
        if kind is Kind.INIT_STARTED:
            began_us = index.times[record]
        elif kind is Kind.INIT_FINISHED:
            finished_us = index.times[record]
        elif record == start:
            break
    return finished_us - began_us


def shown_restore_us(index: Index, start: int) -> tuple[int, int] | None:
    """Return Restore Duration and its billed part, as the invocation of a start record shows them.

    That is the first invocation of a restored environment, unless it was reset before (BIL-05).
    """
    environment = index.environments[start]
    if index.first_starts.get(environment) != start or index.kind(start) not in _AFTER_RESTORE:
        return None
    if index.trace.environments[environment].snapshot == NOBODY:
        return None
    restore = restore_course(index, environment)
    if restore is None or restore.end_us is None:
        return None
    return restore.end_us - restore.began_us, hooks_us(restore, restore.end_us)


def billed_of(index: Index, start: int, end: int) -> int:
    """Return the Billed Duration in milliseconds of the invocation between two records."""
    facts = index.trace.environments[index.environments[start]]
    restored = shown_restore_us(index, start)
    return billed_for(
        facts.plan,
        facts.initialization_type,
        index.times[end] - index.times[start],
        shown_init_us(index, start) or 0,
        index.plan.rules_date,
        hooks_us=0 if restored is None else restored[1],
    )


def _read(index: Index, event: int, records: EventRecords) -> Invocation:
    command = _command(index, records.sent)
    source = "sdk" if command is None else command.source
    kind = invocation_type(kind_of_source(index.plan, source))
    start, end, throttle = records.start, records.end, records.throttle
    placed = start if start != NOBODY else records.creation
    environment = NOBODY if placed == NOBODY else index.environments[placed]
    facts = None if placed == NOBODY else index.trace.environments[environment]
    started_us = None if start == NOBODY else index.times[start]
    ended_us = None if end == NOBODY else index.times[end]
    end_kind = None if end == NOBODY else index.kind(end)
    restored = None if start == NOBODY else shown_restore_us(index, start)
    responded_us, reinit_us = _inside(index, environment, start, ended_us, end_kind)
    duration_us = None
    if started_us is not None and ended_us is not None:
        duration_us = ended_us - started_us
    return Invocation(
        event=event,
        attempt=records.attempt,
        request_id=_request_id(index, event, records.attempt, kind),
        function=0 if command is None else command.function,
        source=source,
        type=kind.value,
        environment=environment,
        start=None if start == NOBODY else STARTS[index.kind(start)],
        initialization_type=None if facts is None else facts.initialization_type,
        spillover=start != NOBODY and index.values[start] == 1,
        status=_status(throttle, end_kind),
        error_type=None if end_kind is None else ERROR_TYPES.get(end_kind),
        sent_us=index.times[records.sent],
        batch=batch_of(index, event, records),
        arrived_us=index.times[max(records.arrival, records.sent)],
        started_us=started_us,
        responded_us=responded_us,
        ended_us=ended_us,
        init_us=None if start == NOBODY else shown_init_us(index, start),
        reinit_us=reinit_us,
        restore_us=None if restored is None else restored[0],
        billed_restore_us=None if restored is None else restored[1],
        duration_us=duration_us,
        billed_ms=None if duration_us is None else billed_of(index, start, end),
        memory_used_mb=None if duration_us is None else _memory_used_mb(index, environment, end),
        throttle_reason=None if throttle == NOBODY else THROTTLE_REASONS[index.kind(throttle)],
        arrival_record=records.arrival,
        start_record=start,
        end_record=end,
    )


def _request_id(index: Index, event: int, attempt: int, kind: InvocationType) -> str:
    """Return an attempt's request id: Lambda's own retries keep it, a new call gets a new one."""
    own = 1 if kind is InvocationType.ASYNCHRONOUS else attempt
    return request_id(index.plan.seed, event, own)


def kind_of_source(plan: Plan, name: str) -> str:
    """Return the kind of the source that a command names."""
    return next((source.kind for source in plan.sources if source.name == name), name)


def _command(index: Index, arrival: int) -> Fire | Pattern | None:
    cause = NOBODY if arrival == NOBODY else index.causes[arrival]
    if cause == NOBODY:
        return None
    command = index.plan.commands[index.subjects[cause]]
    return command if isinstance(command, Fire | Pattern) else None


def _inside(
    index: Index, environment: int, start: int, ended_us: int | None, end: Kind | None
) -> tuple[int | None, int | None]:
    """Return when the response left, and how long the re-init took; None where there is none."""
    if start == NOBODY:
        return None, None
    answered_us = ended_us if end in _ANSWERED else None
    records = index.of_environment[environment]
    place = bisect_left(records, start)
    if place + 1 == len(records) or (end is not None and index.kind(records[place + 1]) is end):
        return answered_us, None
    marks = invoke_course(index, environment, place).marks
    responded_us = marks.get(Kind.RESPONSE_SENT, answered_us)
    handler_us = marks.get(Kind.HANDLER_STARTED, ended_us)
    if handler_us is None or index.kind(start) is not Kind.INVOKE_REINIT:
        return responded_us, None
    return responded_us, handler_us - index.times[start]


def _memory_used_mb(index: Index, environment: int, end: int) -> int:
    """Return the peak so far: it never falls within an environment (REP-07)."""
    plan = index.trace.environments[environment].plan
    if plan.memory_leak_mb:
        place = bisect_left(index.of_environment[environment], end)
        peak_mb = life_at(index, environment, place + 1).peak_mb
        # One whose handler never began has none of its own yet.
        return peak_mb or min(plan.memory_used_mb, plan.memory_mb)
    exhausted = index.out_of_memory.get(environment)
    if exhausted is not None and exhausted <= end:
        return plan.memory_mb
    return min(plan.memory_used_mb, plan.memory_mb)


def _status(throttle: int, end: Kind | None) -> str:
    if throttle != NOBODY:
        return "throttled"
    if end is None:
        return "running"
    if end is Kind.INVOKE_OK:
        return Outcome.OK.value
    return "timeout" if end is Kind.INVOKE_TIMEOUT else "error"
