"""What a run says about what was asked: the answers come from here, and from nowhere else."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.arrivals import NOT_RESTORED, REFUSED, START_WORDS
from lifecycle_tui.play.predictions.model import Attempt, Measure, Outcome
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.words import span

OK: Final = "ok"
TIMEOUT: Final = "timeout"
ERROR: Final = "error"
THROTTLED: Final = "throttled"


def outcome_of(index: Index, measure: Measure, attempts: tuple[Attempt, ...]) -> Outcome | None:
    """Return what came of attempts; None where the run does not say, or has none such."""
    records = [_records(index, attempt) for attempt in attempts]
    found = [each for each in records if each is not None]
    if len(found) < len(attempts) or not found:
        return None
    match measure:
        case Measure.WORD:
            return _word(index, found[0])
        case Measure.CREATED:
            return _count(index, found, [r.creation for r in found if r.creation != NOBODY])
        case Measure.REFUSED:
            return _count(index, found, [r.throttle for r in found if r.throttle != NOBODY])
        case _:
            return _measured(index, measure, attempts[0], found[0])


def _records(index: Index, attempt: Attempt) -> EventRecords | None:
    if attempt.event > len(index.events):
        return None
    every = index.attempts(attempt.event)
    found = every[attempt.number - 1] if attempt.number <= len(every) else None
    return found if found is not None and found.arrival != NOBODY else None


def _word(index: Index, records: EventRecords) -> Outcome | None:
    if records.start != NOBODY:
        known, word = records.start, START_WORDS[index.kind(records.start)]
    elif records.throttle != NOBODY:
        known, word = records.throttle, REFUSED
    elif records.end != NOBODY:
        known, word = records.end, NOT_RESTORED
    else:
        return None
    return Outcome(word, index.times[known], known)


def _count(index: Index, attempts: list[EventRecords], found: list[int]) -> Outcome:
    """Count what happened on arrival; "why" is asked of the first, else of the first event."""
    arrived_us = max(index.times[records.arrival] for records in attempts)
    first = attempts[0]
    told = first.creation if first.creation != NOBODY else max(first.throttle, first.start)
    record = found[0] if found else max(told, first.arrival)
    return Outcome(str(len(found)), arrived_us, record, len(found))


def _measured(
    index: Index, measure: Measure, attempt: Attempt, records: EventRecords
) -> Outcome | None:
    told = invocation_at(index, attempt.event, records.arrival)
    if measure is Measure.STATUS:
        return _status(index, told, records)
    if told.started_us is None:
        return None
    if measure is Measure.WAIT:
        waited_us = told.started_us - told.arrived_us
        return Outcome(span(waited_us), told.started_us, records.start, waited_us)
    if told.duration_us is None or told.billed_ms is None or told.ended_us is None:
        return None
    record = records.end if _ended_badly(index, records) else records.start
    if measure is Measure.BILLED:
        words, size = billed_words(told.billed_ms), told.billed_ms * 1_000
    else:
        words, size = span(told.duration_us), told.duration_us
    return Outcome(words, told.ended_us, record, size)


def _status(index: Index, told: Invocation, records: EventRecords) -> Outcome | None:
    if told.status == THROTTLED:
        return Outcome(THROTTLED, index.times[records.throttle], records.throttle)
    if records.end == NOBODY:
        return None
    record = records.end if _ended_badly(index, records) else max(records.start, records.creation)
    return Outcome(told.status, index.times[records.end], record)


def _ended_badly(index: Index, records: EventRecords) -> bool:
    return index.kind(records.end) is not Kind.INVOKE_OK


def billed_words(ms: int) -> str:
    """Return a Billed Duration as REPORT has it: whole milliseconds."""
    return f"{ms:,} ms"
