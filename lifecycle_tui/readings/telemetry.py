"""What the Telemetry API would tell an extension: the platform's records of each environment.

Shapes are those of schema version 2025-01-29:
https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html.
What the simulator has no counterpart for (tracing, produced bytes, subscriptions, the function's
own lines) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, STARTS, Kind
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.rules import is_managed
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.readings.billing import whole_ms
from lifecycle_tui.readings.ids import function_version, runtime_version, runtime_version_arn
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import (
    ERROR_TYPES,
    command_of,
    invocation_at,
)

_ENDS: Final = frozenset(ENDS)
_STARTS: Final = frozenset(STARTS) - {Kind.INVOKE_REINIT}
"""Kinds at which the handler begins; after a reset it begins when its re-init is over."""
_ANSWERED: Final = frozenset({Kind.INVOKE_OK, Kind.INVOKE_ERROR})
_INIT_PHASES: Final = {Kind.INIT_STARTED: "init", Kind.REINIT_STARTED: "invoke"}
"""What the API calls the phase of an Init."""
_INIT_FAILURES: Final = frozenset(
    {Kind.INIT_ABANDONED, Kind.INIT_ERROR, Kind.INIT_EXIT, Kind.INIT_OOM, Kind.INIT_CRASHED}
)
_OF_INIT: Final = frozenset(
    {
        *_INIT_PHASES, *_INIT_FAILURES, Kind.RUNTIME_INIT_STARTED, Kind.RUNTIME_READY,
        Kind.EXTENSION_READY, Kind.INIT_FINISHED,
    }
)  # fmt: skip
_OF_RESTORE: Final = frozenset({Kind.RESTORE_STARTED, Kind.RESTORE_FINISHED, Kind.RESTORE_TIMEOUT})
_SNAP_START: Final = "snap-start"
_TIMEOUTS: Final = frozenset({Kind.INIT_ABANDONED, Kind.INVOKE_TIMEOUT})
_BYTES_IN_MB: Final = 1_048_576

Fields = dict[str, object]
"""Fields of a record by their names in the JSON, without spans and metrics."""
Metrics = dict[str, float]
"""Numbers of a record by their names in the JSON: milliseconds where a name ends in Ms."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of an invocation: each begins where the one before it ended."""

    name: str
    start_us: int
    length_us: int


@dataclass(frozen=True, slots=True)
class TelemetryRecord:
    """One record. Its instance id is its environment's log stream (the writer knows the date)."""

    time_us: int
    environment: int
    type: str
    """Without ``platform.``."""
    fields: Fields
    spans: tuple[Span, ...] = ()
    metrics: Metrics | None = None


def telemetry(index: Index) -> Iterator[TelemetryRecord]:
    """Yield all records, environment by environment, each environment's in time order.

    Order is guaranteed for one environment only, and only the first record of each Init names it.
    """
    for number in range(len(index.of_environment)):
        yield from environment_telemetry(index, number)


def environment_telemetry(index: Index, number: int) -> Iterator[TelemetryRecord]:
    """Yield one environment's records."""
    stream = _Stream(index, index.trace.environments[number])
    for record in index.of_environment[number]:
        yield from stream.read(record)


class _Stream:
    """One environment's records while they are written."""

    def __init__(self, index: Index, facts: EnvironmentFacts) -> None:
        self.index = index
        self.facts = facts
        self.phase = ""
        """Which Init goes on: ``init`` or ``invoke``; empty: none."""
        self.began_us = 0
        """When it began."""
        self.runtime_up = False
        """Whether its runtime was started and has not been heard of since."""
        self.ready: list[int] = []
        """Extensions that were ready since."""
        self.started_us = 0
        """When the latest START was."""
        self.responded_us: int | None = None
        self.next_us: int | None = None
        """When the runtime asked for Next in this invocation."""
        self.record = NOBODY
        """The record that is being written of."""

    def read(self, record: int) -> Iterator[TelemetryRecord]:
        """Yield what a record of the trace makes known."""
        kind, time_us = self.index.kind(record), self.index.times[record]
        event = self.index.subjects[record]
        self.record = record
        if kind in _OF_INIT:
            yield from self._read_init(kind, time_us, record)
        elif kind in _OF_RESTORE:
            yield from self._read_restore(kind, time_us)
        elif kind is Kind.HANDLER_STARTED:
            yield from self._init_succeeded(time_us)
            yield self._start(time_us, event)
        elif kind is Kind.RESPONSE_SENT:
            self.responded_us = time_us
        elif kind is Kind.RUNTIME_NEXT:
            self.next_us = time_us
            yield self._runtime_done(time_us, event, self._handler_status(event))
        elif kind in _STARTS:
            yield self._start(time_us, event)
        elif kind in _ENDS:
            yield from self._end(time_us, event, kind)

    def _read_restore(self, kind: Kind, time_us: int) -> Iterator[TelemetryRecord]:
        if kind is Kind.RESTORE_STARTED:
            self.began_us = time_us
            yield self._record(time_us, "restoreStart", self._instance())
            return
        status: Fields = {"status": "timeout" if kind is Kind.RESTORE_TIMEOUT else "success"}
        yield self._record(time_us, "restoreRuntimeDone", status)
        length: Metrics = {"durationMs": (time_us - self.began_us) / 1_000}
        yield self._record(time_us, "restoreReport", dict(status), metrics=length)
        if kind is Kind.RESTORE_FINISHED:
            fields = {**self._of_init(), **status}
            saved: Metrics = {"durationMs": _init_us(self.index, self.facts.snapshot) / 1_000}
            yield self._record(time_us, "initReport", fields, metrics=saved)

    def _read_init(self, kind: Kind, time_us: int, record: int) -> Iterator[TelemetryRecord]:
        if kind in _INIT_PHASES:
            yield self._init_start(time_us, _INIT_PHASES[kind])
        elif kind is Kind.RUNTIME_INIT_STARTED:
            self.runtime_up = True
        elif kind is Kind.RUNTIME_READY:
            yield self._init_runtime_done(time_us, {"status": "success"})
        elif kind is Kind.EXTENSION_READY:
            self.ready.append(self.index.values[record])
        elif kind is Kind.INIT_FINISHED:
            yield from self._init_succeeded(time_us)
        else:
            yield from self._init_failed(time_us, kind)

    def _record(
        self,
        time_us: int,
        kind: str,
        fields: Fields,
        spans: tuple[Span, ...] = (),
        metrics: Metrics | None = None,
    ) -> TelemetryRecord:
        return TelemetryRecord(time_us, self.facts.number, kind, fields, spans, metrics)

    # Init

    def _init_start(self, time_us: int, phase: str) -> TelemetryRecord:
        self.phase, self.began_us = phase, time_us
        self.runtime_up, self.ready = False, []
        return self._record(time_us, "initStart", {**self._of_init(), **self._instance()})

    def _instance(self) -> Fields:
        """Return what the first record of an Init or Restore tells of its environment."""
        plan = self.facts.plan
        runtime: Fields = {}
        if is_managed(plan.package, plan.runtime):
            runtime = {
                "runtimeVersion": runtime_version(plan.runtime),
                "runtimeVersionArn": runtime_version_arn(plan.runtime),
            }
        return {
            **runtime,
            "functionName": plan.name,
            "functionVersion": function_version(self.facts),
            "instanceMaxMemory": plan.memory_mb * _BYTES_IN_MB,
        }

    def _of_init(self) -> Fields:
        return {
            "initializationType": self.facts.initialization_type.value,
            "phase": _SNAP_START if self._before_restore else self.phase,
        }

    @property
    def _before_restore(self) -> bool:
        """Whether the Init in question is that of a snapshot."""
        return self.facts.makes_snapshot or (self.facts.snapshot != NOBODY and not self.phase)

    def _init_runtime_done(self, time_us: int, status: Fields) -> TelemetryRecord:
        self.runtime_up = False
        return self._record(time_us, "initRuntimeDone", {**self._of_init(), **status})

    def _init_report(self, time_us: int, status: Fields) -> TelemetryRecord:
        fields = {**self._of_init(), **status}
        self.phase = ""
        metrics: Metrics = {"durationMs": (time_us - self.began_us) / 1_000}
        return self._record(time_us, "initReport", fields, metrics=metrics)

    def _init_succeeded(self, time_us: int) -> Iterator[TelemetryRecord]:
        for place in self.ready:
            extension = self.facts.plan.extensions[place]
            events = ["INVOKE"] * extension.on_invoke + ["SHUTDOWN"] * extension.on_shutdown
            fields: Fields = {"name": extension.name, "state": "Ready", "events": events}
            yield self._record(time_us, "extension", fields)
        if not self.facts.makes_snapshot:
            # That of a snapshot comes with each restore (TEL-09).
            yield self._init_report(time_us, {"status": "success"})

    def _init_failed(self, time_us: int, kind: Kind) -> Iterator[TelemetryRecord]:
        status = _status(kind)
        if self.runtime_up:
            yield self._init_runtime_done(time_us, status)
        yield self._init_report(time_us, status)

    # Invoke

    def _start(self, time_us: int, event: int) -> TelemetryRecord:
        self.started_us = time_us
        self.responded_us = self.next_us = None
        fields: Fields = {
            "requestId": self._request_id(event),
            "version": function_version(self.facts),
        }
        return self._record(time_us, "start", fields)

    def _request_id(self, event: int) -> str:
        return invocation_at(self.index, event, self.record).request_id

    def _handler_status(self, event: int) -> Fields:
        """Return the status of a handler that has answered, whatever became of its extensions."""
        end = self.index.attempt(event, self.record).end
        if end != NOBODY and self.index.kind(end) in _ANSWERED:
            return _status(self.index.kind(end))
        command = command_of(self.index, event)
        outcome = None if command is None else command.outcome
        failed = (outcome or self.facts.plan.handler_outcome) is Outcome.ERROR
        return _status(Kind.INVOKE_ERROR if failed else Kind.INVOKE_OK)

    def _runtime_done(self, time_us: int, event: int, status: Fields) -> TelemetryRecord:
        return self._record(
            time_us,
            "runtimeDone",
            {"requestId": self._request_id(event), **status},
            self._response_spans(),
            {"durationMs": (time_us - self.started_us) / 1_000},
        )

    def _response_spans(self) -> tuple[Span, ...]:
        """Return the spans up to the runtime's Next, as far as the invocation has come."""
        answered_us = self.responded_us
        if answered_us is None:
            return ()
        spans = (
            Span("responseLatency", self.started_us, answered_us - self.started_us),
            Span("responseDuration", answered_us, 0),
        )
        if self.next_us is None:
            return spans
        return (*spans, Span("runtimeOverhead", answered_us, self.next_us - answered_us))

    def _end(self, time_us: int, event: int, kind: Kind) -> Iterator[TelemetryRecord]:
        status = _status(kind)
        if self.phase:
            yield from self._init_failed(time_us, kind)
            yield self._start(time_us, event)
        if self.next_us is None:
            if kind in _ANSWERED:
                self.responded_us = self.next_us = time_us
            yield self._runtime_done(time_us, event, status)
        yield self._report(time_us, event, kind, status)

    def _report(self, time_us: int, event: int, kind: Kind, status: Fields) -> TelemetryRecord:
        invocation = invocation_at(self.index, event, self.record)
        spans: tuple[Span, ...] = ()
        listens = any(extension.on_invoke for extension in self.facts.plan.extensions)
        if listens and kind in _ANSWERED and self.next_us is not None:
            spans = (Span("extensionOverhead", self.next_us, time_us - self.next_us),)
        metrics: Metrics = {
            "durationMs": (invocation.duration_us or 0) / 1_000,
            "billedDurationMs": invocation.billed_ms or 0,
            "memorySizeMB": self.facts.plan.memory_mb,
            "maxMemoryUsedMB": invocation.memory_used_mb or 0,
        }
        if invocation.init_us is not None:
            metrics["initDurationMs"] = invocation.init_us / 1_000
        if invocation.restore_us is not None:
            metrics["restoreDurationMs"] = invocation.restore_us / 1_000
            metrics["billedRestoreDurationMs"] = whole_ms(invocation.billed_restore_us or 0)
        fields = {"requestId": invocation.request_id, **status}
        return self._record(time_us, "report", fields, spans, metrics)


def _init_us(index: Index, environment: int) -> int:
    """Return how long an environment's Init took that ended well."""
    began_us = 0
    for record in index.of_environment[environment]:
        kind = index.kind(record)
        if kind is Kind.INIT_STARTED:
            began_us = index.times[record]
        elif kind is Kind.INIT_FINISHED:
            return index.times[record] - began_us
    return 0


def _status(kind: Kind) -> Fields:
    """Return status and, for errors, error type: a time-out has none (TEL-04)."""
    if kind in _TIMEOUTS:
        return {"status": "timeout"}
    if kind in ERROR_TYPES:
        return {"status": "error", "errorType": ERROR_TYPES[kind]}
    return {"status": "success"}
