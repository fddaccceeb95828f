"""One attempt as X-Ray would show it: two segments, and the subsegments of the second one.

AWS documents (XRAY-01 to XRAY-04) which segments and subsegments there are and what each stands
for. Where exactly the two segments begin and end is assumed (XRAY-05).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from hashlib import blake2b
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.source_plan import InvocationType
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.ids import EPOCH
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Phase, Segment
from lifecycle_tui.readings.segments import segments
from lifecycle_tui.units.translation import tr_later


class Span(StrEnum):
    """What a row of the trace is, by its name in X-Ray; what stands in brackets has none there."""

    SERVICE = "AWS::Lambda"
    QUEUED = tr_later("(in its queue)")
    GAP = tr_later("(no name)")
    FUNCTION = "AWS::Lambda::Function"
    INITIALIZATION = "Initialization"
    RESTORE = "Restore"
    INVOCATION = "Invocation"
    OVERHEAD = "Overhead"


INSIDE: Final = (Span.INITIALIZATION, Span.RESTORE, Span.INVOCATION, Span.OVERHEAD)
"""The subsegments of the function's segment."""


class Row(NamedTuple):
    """One segment or subsegment, up to the moment that was asked for."""

    span: Span
    start_us: int
    end_us: int
    """Where it ends, or the moment while it goes on."""
    going: bool
    """Whether it goes on at the moment."""
    assumed: bool = False
    """Whether AWS does not document where it begins or ends (†)."""


class XrayTrace(NamedTuple):
    """The trace of one attempt at an event."""

    event: int
    attempt: int
    trace_id: str
    function: str
    rows: tuple[Row, ...]
    """In X-Ray's order; the unnamed gap stands between the service and the function."""
    status: str
    """``running``, ``ok``, ``error``, ``timeout`` or ``throttled``."""
    response_us: int | None
    """From the start of Invoke to the response, as far as that has come."""
    runtime_overhead_us: int | None
    extension_overhead_us: int | None
    """What followed the response; None before it."""
    restarted: bool
    """Whether the invocation ran Init again: X-Ray has no subsegment for that."""
    early_init: bool
    """Whether Init ran before the event arrived, so that a gap follows it (XRAY-04)."""
    polled_us: int = 0
    """How long it waited in a queue or stream that is polled: that is before the trace."""


def xray(index: Index, event: int, t_us: int, record: int | None = None) -> XrayTrace | None:
    """Return the trace of the attempt at an event that a record belongs to; None before it came.

    Raises:
        IndexError: there is no such event.
    """
    records = index.attempt(event, record)
    came_us = index.times[max(records.arrival, records.sent)]
    if t_us < came_us:
        return None
    return _Reader(index, event, records, t_us).trace()


class _Reader:
    """Reads one attempt up to a moment."""

    def __init__(self, index: Index, event: int, records: EventRecords, t_us: int) -> None:
        self._index = index
        self._records = records
        self._now_us = t_us
        self._event = event
        known = [n for n in (records.creation, records.start) if n != NOBODY and self._seen(n)]
        self._environment = index.environments[known[-1]] if known else NOBODY
        self._began_us = index.times[records.start] if self._seen(records.start) else None
        self._ended_us = index.times[records.end] if self._seen(records.end) else None

    def _seen(self, record: int) -> bool:
        return record != NOBODY and self._index.times[record] <= self._now_us

    def trace(self) -> XrayTrace:
        """Return it."""
        index, records = self._index, self._records
        found = invocation_at(index, self._event, max(records.arrival, records.sent))
        parts = tuple(self._parts())
        queued = found.type == InvocationType.ASYNCHRONOUS
        polled = found.type == InvocationType.POLLED
        sent_us = found.sent_us if queued else found.arrived_us
        responded_us = found.responded_us if found.responded_us is not None else found.ended_us
        known_us = (
            responded_us if responded_us is not None and self._has_come(responded_us) else None
        )
        rows = [
            *self._service(sent_us, found.arrived_us, known_us),
            *self._function(parts),
            *parts,
        ]
        tail_us = self._tail(Phase.OVERHEAD), self._tail(Phase.EXTENSION_TAIL)
        answered = known_us is not None and self._began_us is not None
        return XrayTrace(
            event=self._event,
            attempt=records.attempt,
            trace_id=trace_id(index.plan.seed, self._event, sent_us),
            function=index.plan.functions[found.function].name,
            rows=tuple(rows),
            status=self._status(found.status),
            response_us=(known_us or 0) - (self._began_us or 0) if answered else None,
            runtime_overhead_us=tail_us[0] if answered else None,
            extension_overhead_us=tail_us[1] if answered else None,
            restarted=self._began_us is not None
            and index.kind(records.start) is Kind.INVOKE_REINIT,
            early_init=any(
                row.span is Span.INITIALIZATION and row.end_us < sent_us for row in parts
            ),
            polled_us=found.arrived_us - found.sent_us if polled else 0,
        )

    def _status(self, final: str) -> str:
        if self._seen(self._records.throttle):
            return "throttled"
        return final if self._ended_us is not None else "running"

    def _has_come(self, time_us: int) -> bool:
        return time_us <= self._now_us

    def _row(self, span: Span, start_us: int, end_us: int | None, *, assumed: bool = False) -> Row:
        going = end_us is None or end_us > self._now_us
        until_us = self._now_us if end_us is None or going else end_us
        return Row(span, start_us, until_us, going, assumed)

    def _service(self, sent_us: int, arrived_us: int, responded_us: int | None) -> Iterator[Row]:
        """Yield the service's segment, and what of it nothing names."""
        end_us = responded_us
        if self._seen(self._records.throttle):
            end_us = self._index.times[self._records.throttle]
        elif end_us is None:
            end_us = self._ended_us
        yield self._row(Span.SERVICE, sent_us, end_us, assumed=True)
        init = self._init()
        named_us = self._began_us
        if init is not None and init.start_us >= sent_us:
            named_us = init.start_us
        if arrived_us > sent_us:
            yield self._row(Span.QUEUED, sent_us, arrived_us)
        if self._seen(self._records.throttle):
            return
        if named_us is None or named_us > arrived_us:
            yield self._row(Span.GAP, arrived_us, named_us)

    def _function(self, parts: tuple[Row, ...]) -> Iterator[Row]:
        if self._began_us is not None:
            yield self._row(Span.FUNCTION, self._began_us, self._ended_us, assumed=True)
        elif parts:
            yield Row(Span.FUNCTION, self._now_us, self._now_us, going=True, assumed=True)

    def _parts(self) -> Iterator[Row]:
        """Yield the subsegments that have begun."""
        init = self._init()
        if init is not None:
            yield init
        if self._began_us is None:
            return
        overhead_us = next(
            (s.start_us for s in self._phases(Phase.OVERHEAD, Phase.EXTENSION_TAIL)), None
        )
        if overhead_us is not None and not self._has_come(overhead_us):
            overhead_us = None
        yield self._row(
            Span.INVOCATION, self._began_us, self._ended_us if overhead_us is None else overhead_us
        )
        if overhead_us is not None:
            yield self._row(Span.OVERHEAD, overhead_us, self._ended_us)

    def _init(self) -> Row | None:
        """Return Init, or the restore: only the first event of an environment shows it."""
        index = self._index
        if self._environment == NOBODY:
            return None
        start = self._records.start
        first = index.first_starts.get(self._environment)
        if first is not None and self._seen(first) and first != start:
            return None
        began: tuple[Span, int] | None = None
        for record in index.of_environment[self._environment]:
            if not self._seen(record) or record == start:
                break
            kind = index.kind(record)
            if kind is Kind.INIT_STARTED:
                began = (Span.INITIALIZATION, index.times[record])
            elif kind is Kind.RESTORE_STARTED:
                began = (Span.RESTORE, index.times[record])
            elif began is not None and kind in _INIT_ENDS:
                return self._row(*began, index.times[record])
        return None if began is None else self._row(*began, None)

    def _phases(self, *phases: Phase) -> Iterator[Segment]:
        """Yield the stretches of this invocation in some phases."""
        if self._began_us is None:
            return
        every = segments(self._index, self._environment)
        first = bisect_left(every, self._began_us, key=_start)
        for segment in every[first:]:
            if segment.event not in (self._event, NOBODY) or (
                self._ended_us is not None and segment.start_us >= self._ended_us
            ):
                break
            if segment.phase in phases and segment.event == self._event:
                yield segment

    def _tail(self, phase: Phase) -> int:
        """Return how long a phase has lasted by now."""
        return sum(
            min(s.end_us, self._now_us) - s.start_us
            for s in self._phases(phase)
            if s.start_us <= self._now_us
        )


_INIT_ENDS: Final = frozenset(
    {
        Kind.INIT_FINISHED, Kind.INIT_ABANDONED, Kind.INIT_ERROR, Kind.INIT_EXIT, Kind.INIT_OOM,
        Kind.INIT_CRASHED, Kind.RESTORE_FINISHED, Kind.RESTORE_TIMEOUT,
    }
)  # fmt: skip


def trace_id(seed: int, event: int, time_us: int) -> str:
    """Return a trace id of the real shape: the epoch second in hex, then 24 hex digits."""
    second = int(EPOCH.timestamp()) + time_us // 1_000_000
    text = blake2b(f"trace\0{seed}\0{event}".encode(), digest_size=12).hexdigest()
    return f"1-{second:08x}-{text}"


def _start(segment: Segment) -> int:
    return segment.start_us
