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
from lifecycle_tui.readings.words import at, event_name, span
from lifecycle_tui.units.translation import tr, tr_later, tr_many


def _batch(index: Index, record: Record) -> str:
    others = record.value - 1
    words = tr_many(
        "{event} was received alone at {moment}",
        "{event} was received with {others} others at {moment}",
        record.value,
        event=event_name(record.subject),
        others=others,
        moment=at(record.time_us),
    )
    if others == 1:
        words = tr(
            "{event} was received with 1 other at {moment}",
            event=event_name(record.subject),
            moment=at(record.time_us),
        )
    held = _held_up(index, record)
    return f"{words}, {held}." if held else f"{words}."


def _held_up(index: Index, record: Record) -> str:
    """Return which batch had to end before this one could be sent, and how long that took."""
    if len(record.causes) < 2 or index.kind(record.causes[0]) is not Kind.MESSAGE_QUEUED:
        return ""
    came, freed = record.causes[:2]
    waited = span(record.time_us - index.times[came])
    return tr(
        "after {waited}: the batch of {event} had to end first",
        waited=waited,
        event=event_name(index.subjects[freed]),
    )


def _queued(index: Index, record: Record) -> str:
    command = _command(index, record)
    where = tr("its source") if command is None else command.source
    return tr(
        "{event} came into {where} at {moment}.",
        event=event_name(record.subject),
        where=where,
        moment=at(record.time_us),
    )


def _pollers(index: Index, record: Record) -> str:
    source = index.trace.sources[record.subject].name
    return tr(
        "{source} may have {count:,} batches in flight †.",
        source=source,
        count=record.value,
    )


def _retry(index: Index, record: Record) -> str:  # noqa: ARG001
    words = tr_later("{event} got 429; it waits {length} for another attempt.")
    if record.kind is Kind.RETRY_AFTER_ERROR:
        words = tr_later("{event} failed; it waits {length} for another attempt.")
    return tr(
        words,
        event=event_name(record.subject),
        length=span(record.value),
    )


def _delivered(index: Index, record: Record) -> str:
    name = destination(index, record)
    words = tr_later("{event} went to {name}.")
    if record.kind is Kind.TO_ON_SUCCESS:
        words = tr_later("The result of {event} went to {name}.")
    return tr(words, event=event_name(record.subject), name=name)


def destination(index: Index, record: Record) -> str:
    """Return the name of the queue or destination that a record delivers to."""
    command = _command(index, record)
    named = "" if command is None else command.source
    source = next((one for one in index.trace.sources if one.name == named), None)
    function = index.plan.functions[0 if command is None else command.function]
    settings = function.asynchronous
    if record.kind is Kind.TO_ON_SUCCESS:
        return settings.on_success or tr("its on-success destination")
    if record.kind is Kind.TO_ON_FAILURE:
        of_stream = source.on_failure if isinstance(source, StreamPlan) else None
        return of_stream or settings.on_failure or tr("its on-failure destination")
    of_queue = source.dead_letter if isinstance(source, QueuePlan) else None
    return of_queue or settings.dead_letter or tr("its dead-letter queue")


def _too_old(index: Index, record: Record) -> str:
    sent_us = index.times[index.attempt(record.subject, record.number).sent]
    return tr(
        "{event} was given up at an age of {length} (EventAgeExceeded).",
        event=event_name(record.subject),
        length=span(record.time_us - sent_us),
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
    Kind.THROTTLED_RATE_RESERVED: tr_later(
        "{event} was refused: more requests in one second than ten for each unit of reserved"
        " concurrency."
    ),
    Kind.THROTTLED_RATE_ACCOUNT: tr_later(
        "{event} was refused: more requests in one second than ten for each unit of concurrency."
    ),
    Kind.ATTEMPT: tr_later("{event} was tried again at {time}: attempt {value}."),
    Kind.BATCHED: tr_later("{event} left in the batch of #{value}."),
    Kind.MESSAGE_RETURNED: tr_later(
        "{event} can be received again at {time}; it was received {value}x."
    ),
    Kind.MESSAGE_DELETED: tr_later("{event} was handled, so its source will not send it again."),
    Kind.DROPPED_RETRIES: tr_later(
        "{event} was given up at {time}: no retry was left (RetriesExhausted)."
    ),
    Kind.DROPPED_NO_CONCURRENCY: tr_later(
        "{event} was given up at once: with reserved concurrency 0 there is nothing to wait for."
    ),
    Kind.REDRIVEN: tr_later(
        "{event} was received {value}x, all that its queue's redrive policy allows."
    ),
    Kind.CALLER_GAVE_UP: tr_later("{event}'s caller got 504 at {time}; the invocation goes on."),
    Kind.CAUGHT: tr_later("The state machine caught the error of {event} and goes on elsewhere."),
}
"""All others."""
