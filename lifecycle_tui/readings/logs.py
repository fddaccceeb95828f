"""What CloudWatch Logs would hold: the platform's text lines, as AWS prints them.

Templates: LOG-01 to LOG-08 and REP-01 to REP-08. Failures are told by a status or, under the rules
of before, by lines of their own. The application's own lines are not ours to make.
"""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import ENDS, STARTS, Kind
from lifecycle_tui.engine.plan import ExtensionPlan, FunctionPlan, InitializationType
from lifecycle_tui.engine.rules import is_managed
from lifecycle_tui.engine.rules.dates import report_tells_failure
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.readings.billing import whole_ms
from lifecycle_tui.readings.ids import function_version, runtime_version, runtime_version_arn
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import ERROR_TYPES, THROTTLE_REASONS, invocation_at
from lifecycle_tui.readings.model import LogLine
from lifecycle_tui.readings.words import event_name, milliseconds

_ENDS: Final = frozenset(ENDS)
_STARTS: Final = frozenset(STARTS)
_INIT_FAILURES: Final = frozenset(
    {Kind.INIT_ABANDONED, Kind.INIT_ERROR, Kind.INIT_EXIT, Kind.INIT_OOM, Kind.INIT_CRASHED}
)


_EXITS: Final = frozenset(
    {
        Kind.INVOKE_EXIT, Kind.INVOKE_OOM, Kind.INVOKE_CRASHED, Kind.INVOKE_INIT_EXIT,
        Kind.INVOKE_INIT_OOM,
    }
)  # fmt: skip


def log_lines(index: Index, *, with_throttles: bool = False) -> list[LogLine]:
    """Return all log lines in time order.

    Args:
        index: the run.
        with_throttles: also say what the callers of throttled events saw; CloudWatch does not
            (environment -1).
    """
    lines = [
        (record, line)
        for number in range(len(index.of_environment))
        for record, line in _of_environment(index, number)
    ]
    if with_throttles:
        lines += [
            (records.throttle, _throttle(index, event, records.throttle))
            for event, records in index.all_attempts()
            if records.throttle != NOBODY
        ]
    lines.sort(key=lambda pair: pair[0])
    return [line for _, line in lines]


def environment_lines(index: Index, number: int) -> list[LogLine]:
    """Return one environment's log stream."""
    return [line for _, line in _of_environment(index, number)]


def init_start_line(runtime: str) -> str:
    """Return LOG-01."""
    return (
        f"INIT_START Runtime Version: {runtime_version(runtime)}\t"
        f"Runtime Version ARN: {runtime_version_arn(runtime)}"
    )


def extension_line(extension: ExtensionPlan) -> str:
    """Return LOG-08's line of an extension that is ready."""
    events = ["INVOKE"] * extension.on_invoke + ["SHUTDOWN"] * extension.on_shutdown
    return f"EXTENSION\tName: {extension.name}\tState: Ready\tEvents: [{', '.join(events)}]"


def init_report_line(
    init_us: int, *, phase: str = "", status: str = "", error_type: str | None = None
) -> str:
    """Return LOG-02, LOG-03 or, without phase and status, LOG-04."""
    line = f"INIT_REPORT Init Duration: {milliseconds(init_us)} ms"
    if phase:
        line += f"\tPhase: {phase}\tStatus: {status}"
    return line if error_type is None else f"{line}\tError Type: {error_type}"


def restore_start_line(runtime: str) -> str:
    """Return LOG-05's first line."""
    return init_start_line(runtime).replace("INIT_START", "RESTORE_START", 1)


def restore_report_line(restore_us: int, *, status: str = "") -> str:
    """Return LOG-05's second line, or with a status LOG-06."""
    line = f"RESTORE_REPORT Restore Duration: {milliseconds(restore_us)} ms"
    return f"{line}\tStatus: {status}" if status else line


def start_line(request_id: str, version: str) -> str:
    """Return REP-01."""
    return f"START RequestId: {request_id} Version: {version}"


def end_line(request_id: str) -> str:
    """Return REP-02."""
    return f"END RequestId: {request_id}"


def report_line(
    request_id: str,
    *,
    duration_us: int,
    billed_ms: int,
    memory_mb: int,
    memory_used_mb: int,
    init_us: int | None = None,
    restore_us: int | None = None,
    billed_restore_ms: int = 0,
    status: str = "ok",
    error_type: str | None = None,
) -> str:
    """Return REP-03: tab-separated, a tab at its end unless a status ends it."""
    line = (
        f"REPORT RequestId: {request_id}\tDuration: {milliseconds(duration_us)} ms\t"
        f"Billed Duration: {billed_ms} ms\tMemory Size: {memory_mb} MB\t"
        f"Max Memory Used: {memory_used_mb} MB\t"
    )
    if init_us is not None:
        line += f"Init Duration: {milliseconds(init_us)} ms\t"
    if restore_us is not None:
        line += f"Restore Duration: {milliseconds(restore_us)} ms\t"
        line += f"Billed Restore Duration: {billed_restore_ms} ms\t"
    if status == "timeout":
        return line + "Status: timeout"
    if status == "error":
        return f"{line}Status: error\tError Type: {error_type}"
    return line


def failure_lines(request_id: str, kind: Kind, plan: FunctionPlan) -> list[str]:
    """Return LOG-07's lines of the older style; the time that begins the first is left out.

    An error that the runtime reported has none: it wrote itself what there was to say.
    """
    if kind is Kind.INVOKE_TIMEOUT:
        return [f"{request_id} Task timed out after {plan.timeout_us / 1_000_000:.2f} seconds"]
    if kind not in _EXITS:
        return []
    said = f"RequestId: {request_id} Error: Runtime exited without providing a reason"
    return [said, ERROR_TYPES[kind]]


def _throttle(index: Index, event: int, record: int) -> LogLine:
    reason = THROTTLE_REASONS[index.kind(record)]
    text = f"429 TooManyRequestsException {event_name(event)} Reason: {reason}"
    return LogLine(index.times[record], NOBODY, event, text)


def _of_environment(index: Index, number: int) -> list[tuple[int, LogLine]]:
    stream = _Stream(index, index.trace.environments[number])
    lines: list[tuple[int, LogLine]] = []
    for record in index.of_environment[number]:
        time_us, event = index.times[record], index.subjects[record]
        lines += [(record, LogLine(time_us, number, event, text)) for text in stream.texts(record)]
    return lines


class _Stream:
    """One environment's log stream while it is written."""

    def __init__(self, index: Index, facts: EnvironmentFacts) -> None:
        self.index = index
        self.facts = facts
        self.init_us = 0
        """When the latest Init, re-init or Restore began."""
        self.ready: list[int] = []
        """Extensions that were ready since."""
        self.start_owed = False
        """Whether START has still to be written, because a re-init comes first."""
        self.record = NOBODY
        """The record that is being written of."""

    def texts(self, record: int) -> list[str]:
        """Return the lines that a record writes."""
        kind, event = self.index.kind(record), self.index.subjects[record]
        time_us = self.index.times[record]
        self.record = record
        if kind in _ENDS:
            return [
                *self._failed_inside(kind, time_us, event),
                *_end(self.index, self.facts, event, record),
            ]
        if kind is Kind.INVOKE_REINIT:
            self.start_owed = True
        elif kind in _STARTS:
            return [self._start(event)]
        elif kind is Kind.HANDLER_STARTED:
            self.start_owed = False
            return [*_extensions(self.facts, self.ready), self._start(event)]
        elif kind is Kind.EXTENSION_READY:
            self.ready.append(self.index.values[record])
        else:
            return self._init(kind, time_us)
        return []

    def _init(self, kind: Kind, time_us: int) -> list[str]:
        plan = self.facts.plan
        if kind in (Kind.INIT_STARTED, Kind.REINIT_STARTED):
            self.init_us, self.ready = time_us, []
            first = kind is Kind.INIT_STARTED and is_managed(plan.package, plan.runtime)
            return [init_start_line(plan.runtime)] if first else []
        if kind is Kind.INIT_FINISHED:
            lines = _extensions(self.facts, self.ready)
            if self.facts.initialization_type is InitializationType.ON_DEMAND:
                return lines
            return [*lines, init_report_line(time_us - self.init_us)]
        if kind is Kind.RESTORE_STARTED:
            self.init_us = time_us
            return [restore_start_line(plan.runtime)]
        if kind is Kind.RESTORE_FINISHED:
            return [restore_report_line(time_us - self.init_us)]
        if kind is Kind.RESTORE_TIMEOUT:
            return [restore_report_line(time_us - self.init_us, status="timeout")]
        if kind in _INIT_FAILURES:
            return [_init_failed(time_us - self.init_us, kind, "init")]
        return []

    def _failed_inside(self, kind: Kind, time_us: int, event: int) -> list[str]:
        """Return what an invocation writes first when it ended in its re-init."""
        if not self.start_owed:
            return []
        self.start_owed = False
        return [_init_failed(time_us - self.init_us, kind, "invoke"), self._start(event)]

    def _start(self, event: int) -> str:
        request_id = invocation_at(self.index, event, self.record).request_id
        return start_line(request_id, function_version(self.facts))


def _extensions(facts: EnvironmentFacts, ready: list[int]) -> list[str]:
    return [extension_line(facts.plan.extensions[place]) for place in ready]


def _init_failed(init_us: int, kind: Kind, phase: str) -> str:
    if kind in (Kind.INIT_ABANDONED, Kind.INVOKE_TIMEOUT):
        return init_report_line(init_us, phase=phase, status="timeout")
    return init_report_line(init_us, phase=phase, status="error", error_type=ERROR_TYPES[kind])


def _end(index: Index, facts: EnvironmentFacts, event: int, record: int) -> list[str]:
    invocation = invocation_at(index, event, record)
    newer = report_tells_failure(index.plan.rules_date)
    report = report_line(
        invocation.request_id,
        duration_us=invocation.duration_us or 0,
        billed_ms=invocation.billed_ms or 0,
        memory_mb=facts.plan.memory_mb,
        memory_used_mb=invocation.memory_used_mb or 0,
        init_us=invocation.init_us,
        restore_us=invocation.restore_us,
        billed_restore_ms=whole_ms(invocation.billed_restore_us or 0),
        status=invocation.status if newer else "ok",
        error_type=invocation.error_type,
    )
    told = [] if newer else failure_lines(invocation.request_id, index.kind(record), facts.plan)
    return [*told, end_line(invocation.request_id), report]
