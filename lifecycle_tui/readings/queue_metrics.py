"""CloudWatch's metrics of time and of queues, by function and minute (MET-04, MET-05, MET-12)."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import DROPS, Kind
from lifecycle_tui.engine.plan import MINUTE
from lifecycle_tui.engine.source_plan import InvocationType, SourceKind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations, kind_of_source
from lifecycle_tui.readings.model import Invocation

Row = dict[str, int | float]

NO_QUEUE: Final[Row] = {
    "Duration": 0.0,
    "DurationMaximum": 0.0,
    "PostRuntimeExtensionsDuration": 0.0,
    "PostRuntimeExtensionsDurationMaximum": 0.0,
    "AsyncEventsReceived": 0,
    "AsyncEventAge": 0.0,
    "AsyncEventsDropped": 0,
    "DeadLetterErrors": 0,
    "DestinationDeliveryFailures": 0,
    "IteratorAge": 0.0,
}
"""The columns in their order, for a minute in which none of it happened."""

_STREAMS: Final = frozenset({SourceKind.KINESIS.value, SourceKind.DYNAMODB_STREAMS.value})
_ANSWERED: Final = (Kind.INVOKE_OK, Kind.INVOKE_ERROR)
_DROPS: Final = frozenset(int(kind) for kind in DROPS)


def queue_rows(index: Index) -> list[dict[int, Row]]:
    """Return what there is by minute, for each function; see `metrics` for what it means."""
    minutes = [_Minutes() for _ in index.plan.functions]
    received: dict[int, _Minutes] = {}
    for invocation in invocations(index):
        mine = minutes[invocation.function]
        if invocation.started_us is not None and invocation.duration_us is not None:
            at_us = invocation.started_us
            mine.average(at_us, "Duration", invocation.duration_us)
            tail_us = _after_runtime_us(index, invocation)
            mine.average(at_us, "PostRuntimeExtensionsDuration", tail_us)
        if invocation.type == InvocationType.ASYNCHRONOUS:
            received[invocation.event] = mine
            age_us = invocation.arrived_us - invocation.sent_us
            if invocation.attempt == 1:
                mine.add(invocation.sent_us, "AsyncEventsReceived")
            mine.raise_to(invocation.arrived_us, "AsyncEventAge", age_us)
        elif kind_of_source(index.plan, invocation.source) in _STREAMS:
            written = index.attempts(invocation.batch[-1])[0].sent
            age_us = invocation.arrived_us - index.times[written]
            mine.raise_to(invocation.arrived_us, "IteratorAge", age_us)
    if received:
        for record, code in enumerate(index.codes):
            if code & 0xFF in _DROPS and index.subjects[record] in received:
                received[index.subjects[record]].add(index.times[record], "AsyncEventsDropped")
    return [mine.rows() for mine in minutes]


def _after_runtime_us(index: Index, invocation: Invocation) -> int:
    """Return how long extensions went on after the runtime's Next (INV-06)."""
    end = invocation.end_record
    if end == NOBODY or index.kind(end) not in _ANSWERED:
        return 0
    facts = index.trace.environments[invocation.environment]
    if not any(extension.on_invoke for extension in facts.plan.extensions):
        return 0
    return index.times[end] - _runtime_next_us(index, invocation)


def _runtime_next_us(index: Index, invocation: Invocation) -> int:
    records = index.of_environment[invocation.environment]
    for record in records[index.place(invocation.environment, invocation.start_record) :]:
        if index.kind(record) is Kind.RUNTIME_NEXT or record == invocation.end_record:
            return index.times[record]
    raise ValueError("an invocation that has ended has a record of its end")


class _Minutes:
    """One function's rows while they are being filled."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._counts: dict[tuple[int, str], int] = {}

    def _row(self, time_us: int) -> Row:
        return self._rows.setdefault(time_us // MINUTE, {})

    def add(self, time_us: int, name: str) -> None:
        """Count one more."""
        row = self._row(time_us)
        row[name] = row.get(name, 0) + 1

    def raise_to(self, time_us: int, name: str, length_us: int) -> None:
        """Note a length of time, of which the longest counts."""
        row = self._row(time_us)
        row[name] = max(row.get(name, 0.0), length_us / 1_000)

    def average(self, time_us: int, name: str, length_us: int) -> None:
        """Note a length of time, of which the average and the longest count."""
        key = (time_us // MINUTE, name)
        self._counts[key] = self._counts.get(key, 0) + 1
        row = self._row(time_us)
        row[name] = row.get(name, 0) + length_us
        self.raise_to(time_us, f"{name}Maximum", length_us)

    def rows(self) -> dict[int, Row]:
        """Return the rows by minute."""
        for (minute, name), count in self._counts.items():
            self._rows[minute][name] = round(self._rows[minute][name] / count) / 1_000
        return self._rows
