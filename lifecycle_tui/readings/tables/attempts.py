"""The table ``inv``: one row for each attempt to run the code for an event, throttled ones too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.expressions.values import UNKNOWN, Row, Table, Value
from lifecycle_tui.readings.fold import life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.restores import token_at
from lifecycle_tui.readings.tables.fields import Field, Info, ms
from lifecycle_tui.readings.words import environment_name

THROTTLED_START: Final = "429"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as it is seen from a moment."""

    index: Index
    invocation: Invocation
    at_us: int

    def knows(self, time_us: int | None) -> bool:
        """Whether something had happened by then."""
        return time_us is not None and time_us <= self.at_us


_Read = Callable[[Attempt], Value]


def _once_started(read: _Read) -> _Read:
    def from_start(attempt: Attempt) -> Value:
        if attempt.knows(attempt.invocation.started_us):
            return read(attempt)
        return _without(attempt)

    return from_start


def _once_answered(read: _Read) -> _Read:
    def from_answer(attempt: Attempt) -> Value:
        return (
            read(attempt) if attempt.knows(_answered_us(attempt.invocation)) else _without(attempt)
        )

    return from_answer


def _once_ended(read: _Read) -> _Read:
    def from_end(attempt: Attempt) -> Value:
        each = attempt.invocation
        if each.started_us is not None and attempt.knows(each.ended_us):
            return read(attempt)
        return _without(attempt)

    return from_end


def _without(attempt: Attempt) -> Value:
    """Return what stands where something has not happened: nothing if it never will."""
    each = attempt.invocation
    never_runs = each.status == "throttled" or (
        each.started_us is None and attempt.knows(each.ended_us)
    )
    return None if never_runs else UNKNOWN


def _answered_us(each: Invocation) -> int | None:
    """Return when the caller had an answer: the response, or the end without one."""
    return each.responded_us if each.responded_us is not None else each.ended_us


def _throttled(attempt: Attempt) -> bool:
    return attempt.invocation.status == "throttled"


def _done(attempt: Attempt) -> bool:
    return _throttled(attempt) or attempt.knows(attempt.invocation.ended_us)


def _status(attempt: Attempt) -> Value:
    return attempt.invocation.status if _done(attempt) else "running"


def _error(attempt: Attempt) -> Value:
    return attempt.invocation.error_type if _done(attempt) else UNKNOWN


def _start(attempt: Attempt) -> Value:
    each = attempt.invocation
    if _throttled(attempt):
        return THROTTLED_START
    if each.start is None or not attempt.knows(each.started_us):
        return _without(attempt)
    return each.start.value


def _environment(attempt: Attempt) -> Value:
    number = attempt.invocation.environment
    return None if number < 0 else environment_name(number)


def _kind(attempt: Attempt) -> Value:
    number = attempt.invocation.environment
    return None if number < 0 else kind_of(attempt.index, number)


def kind_of(index: Index, environment: int) -> str:
    """Return why an environment was initialised, in two letters: od, pc, pi, ss or sn."""
    facts = index.trace.environments[environment]
    initialization = facts.initialization_type
    if initialization is InitializationType.PROVISIONED:
        return "pc"
    if initialization is InitializationType.SNAP_START:
        return "sn" if facts.makes_snapshot else "ss"
    first = index.of_environment[environment][0]
    return "pi" if index.kind(first) is Kind.CREATED_PREWARM else "od"


def init_timeouts(index: Index, environment: int, last: int) -> int:
    """Return how often Init ran into its limit in an environment, up to a record's number."""
    records = index.of_environment[environment]
    return sum(
        index.kind(record) is Kind.INIT_ABANDONED
        for record in records[: bisect_right(records, last)]
    )


def _init_timeouts(attempt: Attempt) -> Value:
    each = attempt.invocation
    return init_timeouts(attempt.index, each.environment, each.start_record)


def _nth(attempt: Attempt) -> Value:
    each = attempt.invocation
    place = attempt.index.place(each.environment, each.start_record)
    return life_at(attempt.index, each.environment, place).served + 1


def _handler_us(each: Invocation) -> int | None:
    if each.started_us is None:
        return None
    return each.started_us + (each.reinit_us or 0)


def _reinit_ms(attempt: Attempt) -> Value:
    each = attempt.invocation
    if each.start is not Start.REINIT:
        return None
    if each.reinit_us is None:
        return None if _done(attempt) else UNKNOWN
    return ms(each.reinit_us) if attempt.knows(_handler_us(each)) else UNKNOWN


def _handler_ms(attempt: Attempt) -> Value:
    began_us, answered_us = _handler_us(attempt.invocation), attempt.invocation.responded_us
    return None if began_us is None or answered_us is None else ms(answered_us - began_us)


def _latency_ms(attempt: Attempt) -> Value:
    answered_us = _answered_us(attempt.invocation)
    return None if answered_us is None else ms(answered_us - attempt.invocation.arrived_us)


def _tail_ms(attempt: Attempt) -> Value:
    each = attempt.invocation
    if each.ended_us is None or each.responded_us is None:
        return None
    return ms(each.ended_us - each.responded_us)


def _wait_ms(attempt: Attempt) -> Value:
    each = attempt.invocation
    return None if each.started_us is None else ms(each.started_us - each.arrived_us)


def _timeout_ms(attempt: Attempt) -> Value:
    number = attempt.invocation.environment
    return None if number < 0 else ms(attempt.index.trace.environments[number].plan.timeout_us)


def _version(attempt: Attempt) -> Value:
    number = attempt.invocation.environment
    return None if number < 0 else attempt.index.trace.environments[number].code_version


def _token(attempt: Attempt) -> Value:
    each, index = attempt.invocation, attempt.index
    facts = index.trace.environments[each.environment]
    if facts.initialization_type is not InitializationType.SNAP_START or each.started_us is None:
        return None
    resets = life_at(index, each.environment, index.place(each.environment, each.start_record))
    return token_at(index, facts, resets.resets, each.started_us).value


INV: Final = Info[Attempt](
    "inv",
    "one row for each attempt to run the code for an event, throttled ones too, in the order of"
    " the events: `inv[0]` is the first",
    (
        Field("event", "number", "the event, numbered from 1 as on the screen",
              lambda a: a.invocation.event),
        Field("attempt", "number", "1, and more for retries", lambda a: a.invocation.attempt),
        Field("request_id", "text", "the request id of the attempt",
              lambda a: a.invocation.request_id),
        Field("function", "text", "the function's name",
              lambda a: a.index.plan.functions[a.invocation.function].name),
        Field("source", "text", "who sent it: sdk, s3, sqs …, or a declared source's name",
              lambda a: a.invocation.source),
        Field("type", "text", "synchronous, asynchronous or polled",
              lambda a: a.invocation.type),
        Field("batch", "number", "how many events the attempt carries",
              lambda a: len(a.invocation.batch)),
        Field("env", "text", "the environment that served it, as e1; none when throttled",
              _environment),
        Field("kind", "text", "why that was initialised: od on demand, pc provisioned concurrency,"
              " pi initialised ahead by Lambda, ss SnapStart", _kind),
        Field("version", "number", "the code version that ran", _version),
        Field("start", "text", "cold, warm, pre, restored or reinit; 429 when throttled", _start),
        Field("nth", "number", "which invocation of its environment it is: 1 is the first",
              _once_started(_nth)),
        Field("reinit", "yes/no", "whether Init had to run again inside Invoke",
              _once_started(lambda a: a.invocation.start is Start.REINIT)),
        Field("spillover", "yes/no", "whether it ran on demand because all provisioned ones were"
              " busy", _once_started(lambda a: a.invocation.spillover)),
        Field("init_timeouts", "number", "how often Init of its environment had run into its limit"
              " when it began", _once_started(_init_timeouts)),
        Field("token", "text", "with SnapStart: what Init made that should be unique",
              _once_started(_token)),
        Field("status", "text", "running, then ok, error, timeout or throttled", _status),
        Field("done", "yes/no", "whether it has ended, throttled included", _done),
        Field("throttled", "yes/no", "whether it was refused with 429", _throttled),
        Field("reason", "text", "the Reason of a 429; else none",
              lambda a: a.invocation.throttle_reason),
        Field("error", "text", "the error's type; none if it went well", _error),
        Field("t_sent", "ms", "when the event was sent", lambda a: ms(a.invocation.sent_us)),
        Field("t_arrived", "ms", "when the attempt reached the function",
              lambda a: ms(a.invocation.arrived_us)),
        Field("t_started", "ms", "when Invoke began",
              _once_started(lambda a: ms(a.invocation.started_us))),
        Field("t_response", "ms", "when the response left; none without one",
              _once_answered(lambda a: ms(a.invocation.responded_us))),
        Field("t_end", "ms", "when Invoke ended, extension tails included",
              _once_ended(lambda a: ms(a.invocation.ended_us))),
        Field("queue_ms", "ms", "from sent to arrived: what a queue held it back",
              lambda a: ms(a.invocation.arrived_us - a.invocation.sent_us)),
        Field("wait_ms", "ms", "from arrived to the start of Invoke: placement, and Init or"
              " Restore; a re-init is inside Invoke, see reinit_ms", _once_started(_wait_ms)),
        Field("init_ms", "ms", "what Init Duration of its REPORT says; else none",
              _once_started(lambda a: ms(a.invocation.init_us))),
        Field("reinit_ms", "ms", "how long a re-init took inside Invoke; else none",
              _once_started(_reinit_ms)),
        Field("restore_ms", "ms", "what Restore Duration says; else none",
              _once_started(lambda a: ms(a.invocation.restore_us))),
        Field("handler_ms", "ms", "from the handler's start to the response",
              _once_answered(_handler_ms)),
        Field("tail_ms", "ms", "from the response to the end of Invoke", _once_ended(_tail_ms)),
        Field("latency_ms", "ms", "from arrived to the answer, or to the end without one",
              _once_answered(_latency_ms)),
        Field("duration_ms", "ms", "what Duration says: the whole Invoke, a re-init included",
              _once_ended(lambda a: ms(a.invocation.duration_us))),
        Field("billed_ms", "ms", "what Billed Duration says",
              _once_ended(lambda a: a.invocation.billed_ms)),
        Field("timeout_ms", "ms", "the timeout that held for it", _timeout_ms),
        Field("memory_mb", "MB", "what Max Memory Used says",
              _once_ended(lambda a: a.invocation.memory_used_mb)),
    ),
)  # fmt: skip
_READERS: Final = INV.readers


def attempts_table(index: Index, at_us: int) -> Table:
    """Return ``inv`` as it is seen from a moment."""

    def rows() -> list[Row]:
        return [
            Row(_READERS, Attempt(index, each, at_us))
            for each in invocations(index)
            if each.arrived_us <= at_us
        ]

    return Table(_READERS, rows)
