"""What sources do with an event, as sentences: batches, retries, and where it ends up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import Fire, Pattern
from lifecycle_tui.engine.source_plan import (
    AnySource,
    InvocationType,
    QueuePlan,
    SourceKind,
    StreamPlan,
    invocation_type,
)
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import kind_of_source
from lifecycle_tui.readings.words import DAGGER, at, event_name, span


def _batch(index: Index, record: Record) -> str:
    others = record.value - 1
    alone = "alone" if not others else f"with {others} other{'s' if others > 1 else ''}"
    received = f"{event_name(record.subject)} was received {alone} at {at(record.time_us)}"
    return f"{received}{_held_up(index, record)}."


def _held_up(index: Index, record: Record) -> str:
    """Return which batch had to end before this one could be sent, and how long that took."""
    if len(record.causes) < 2 or index.kind(record.causes[0]) is not Kind.MESSAGE_QUEUED:
        return ""
    came, freed = record.causes[:2]
    waited = span(record.time_us - index.times[came])
    return f", after {waited}: the batch of {event_name(index.subjects[freed])} had to end first"


def _queued(index: Index, record: Record) -> str:
    command = _command(index, record)
    where = "its source" if command is None else command.source
    return f"{event_name(record.subject)} came into {where} at {at(record.time_us)}."


def _pollers(index: Index, record: Record) -> str:
    source = index.trace.sources[record.subject].name
    return f"{source} may have {record.value:,} batches in flight {DAGGER}."


def _retry(index: Index, record: Record) -> str:  # noqa: ARG001
    why = "failed" if record.kind is Kind.RETRY_AFTER_ERROR else "got 429"
    return f"{event_name(record.subject)} {why}; it waits {span(record.value)} for another attempt."


def _delivered(index: Index, record: Record) -> str:
    name = destination(index, record)
    what = "The result of " if record.kind is Kind.TO_ON_SUCCESS else ""
    return f"{what}{event_name(record.subject)} went to {name}."


def destination(index: Index, record: Record) -> str:
    """Return the name of the queue or destination that a record delivers to."""
    command = _command(index, record)
    named = "" if command is None else command.source
    source = next((one for one in index.trace.sources if one.name == named), None)
    function = index.plan.functions[0 if command is None else command.function]
    settings = function.asynchronous
    if record.kind is Kind.TO_ON_SUCCESS:
        return settings.on_success or "its on-success destination"
    if record.kind is Kind.TO_ON_FAILURE:
        of_stream = source.on_failure if isinstance(source, StreamPlan) else None
        return of_stream or settings.on_failure or "its on-failure destination"
    of_queue = source.dead_letter if isinstance(source, QueuePlan) else None
    return of_queue or settings.dead_letter or "its dead-letter queue"


def _too_old(index: Index, record: Record) -> str:
    sent_us = index.times[index.attempt(record.subject, record.number).sent]
    return (
        f"{event_name(record.subject)} was given up at an age of {span(record.time_us - sent_us)}"
        " (EventAgeExceeded)."
    )


_SPOKEN_BY: Final = {
    InvocationType.ASYNCHRONOUS: ("ASY-", "THR-03", "SIM-ASYNC"),
    SourceKind.SQS: ("SQS-", "ESM-", "THR-04", "SIM-SQS", "SIM-BATCH"),
    SourceKind.KINESIS: ("STR-", "ESM-", "THR-05", "SIM-STREAM", "SIM-BATCH"),
    SourceKind.DYNAMODB_STREAMS: ("STR-", "ESM-", "THR-05", "SIM-STREAM", "SIM-BATCH"),
    SourceKind.STEP_FUNCTIONS: ("SFN-", "SYN-"),
    InvocationType.SYNCHRONOUS: ("SYN-",),
}
"""Whose rules begin how: the kinds of records below are of several sources."""

_SHARED: Final = frozenset(
    {
        Kind.ARRIVAL, Kind.ATTEMPT, Kind.RETRY_AFTER_ERROR, Kind.RETRY_AFTER_THROTTLE,
        Kind.DROPPED_RETRIES, Kind.DROPPED_AGE, Kind.TO_DEAD_LETTER, Kind.TO_ON_FAILURE,
    }
)  # fmt: skip


def misplaced(index: Index, record: Record) -> tuple[str, ...]:
    """Return the rules of a record's kind that are about other sources than the event's."""
    if record.kind is Kind.POLLERS_SCALED:
        return (_other_mode(index.trace.sources[record.subject]),)
    if record.kind not in _SHARED:
        return ()
    command = _command(index, record)
    kind = kind_of_source(index.plan, command.source if command is not None else "sdk")
    spoken = _SPOKEN_BY.get(SourceKind(kind)) or _SPOKEN_BY.get(invocation_type(kind), ())
    return tuple(rule for rule in KINDS[record.kind].rules if not rule.startswith(spoken))


def _other_mode(queue: AnySource) -> str:
    """Return the rule of the mode in which a queue's mapping does not work."""
    return "SQS-07" if isinstance(queue, QueuePlan) and queue.pollers is None else "SQS-01"


def _command(index: Index, record: Record) -> Fire | Pattern | None:
    """Return the command that sent the record's event."""
    sent = index.attempt(record.subject, record.number).sent
    command = index.plan.commands[index.subjects[index.causes[sent]]]
    return command if isinstance(command, Fire | Pattern) else None


SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.MESSAGE_QUEUED: _queued,
    Kind.BATCH_SENT: _batch,
    Kind.POLLERS_SCALED: _pollers,
    Kind.RETRY_AFTER_ERROR: _retry,
    Kind.RETRY_AFTER_THROTTLE: _retry,
    Kind.TO_DEAD_LETTER: _delivered,
    Kind.TO_ON_FAILURE: _delivered,
    Kind.TO_ON_SUCCESS: _delivered,
    Kind.DROPPED_AGE: _too_old,
}
"""Sentences that need more than the record's own numbers."""

WORDS: Final[dict[Kind, str]] = {
    Kind.THROTTLED_RATE_RESERVED: (
        "{event} was refused: more requests in one second than ten for each unit of reserved"
        " concurrency."
    ),
    Kind.THROTTLED_RATE_ACCOUNT: (
        "{event} was refused: more requests in one second than ten for each unit of concurrency."
    ),
    Kind.ATTEMPT: "{event} was tried again at {time}: attempt {value}.",
    Kind.BATCHED: "{event} left in the batch of #{value}.",
    Kind.MESSAGE_RETURNED: "{event} can be received again at {time}; it was received {value}x.",
    Kind.MESSAGE_DELETED: "{event} was handled, so its source will not send it again.",
    Kind.DROPPED_RETRIES: "{event} was given up at {time}: no retry was left (RetriesExhausted).",
    Kind.DROPPED_NO_CONCURRENCY: (
        "{event} was given up at once: with reserved concurrency 0 there is nothing to wait for."
    ),
    Kind.REDRIVEN: "{event} was received {value}x, all that its queue's redrive policy allows.",
    Kind.CALLER_GAVE_UP: "{event}'s caller got 504 at {time}; the invocation goes on.",
    Kind.CAUGHT: "The state machine caught the error of {event} and goes on elsewhere.",
}
"""All others."""
