"""Rules of what can be seen from outside: log lines, REPORT, and CloudWatch metrics."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.dates import FAILURE_STATUS_SINCE
from lifecycle_tui.engine.rules.model import Rule, documented, observed

LOG_LINES: Final[tuple[Rule, ...]] = (
    observed(
        "LOG-01",
        "Init on a managed runtime opens the log with INIT_START and the runtime's version.",
        pages.LOGS,
        value="INIT_START",
    ),
    documented(
        "LOG-02",
        "An Init that times out writes INIT_REPORT with its phase and Status: timeout.",
        pages.ENVIRONMENT,
        value="INIT_REPORT … Status: timeout",
    ),
    documented(
        "LOG-03",
        "An Init that fails writes INIT_REPORT with its phase, Status: error and the error type.",
        pages.ENVIRONMENT,
        value="INIT_REPORT … Status: error",
    ),
    documented(
        "LOG-04",
        "A successful Init writes INIT_REPORT for provisioned and SnapStart environments only,"
        " never on demand.",
        pages.ENVIRONMENT,
        value="INIT_REPORT",
    ),
    observed(
        "LOG-05",
        "A successful restore writes RESTORE_START and RESTORE_REPORT.",
        pages.LOGS,
        value="RESTORE_START, RESTORE_REPORT",
    ),
    documented(
        "LOG-06",
        "A failed restore writes RESTORE_REPORT with its status.",
        pages.ENVIRONMENT,
        value="RESTORE_REPORT … Status: error",
    ),
    documented(
        "LOG-07",
        "In the newer style a failed invocation has no line of its own; its REPORT ends in the"
        " status and the error type.",
        pages.ENVIRONMENT,
        value="REPORT … Status: timeout",
        since=FAILURE_STATUS_SINCE,
    ),
    observed(
        "LOG-08",
        "Each extension writes a line with its name, its state and its events during Init.",
        pages.LOGS,
        value="EXTENSION",
    ),
    documented(
        "TEL-09",
        "With SnapStart, platform.initReport comes in each restored environment after its restore.",
        pages.LOGS_API,
        value="platform.initReport",
    ),
)

REPORT: Final[tuple[Rule, ...]] = (
    documented(
        "REP-01",
        "START opens an invocation in the log, with its request id and version.",
        pages.ENVIRONMENT,
        value="START",
    ),
    documented(
        "REP-02",
        "END closes the lines of an invocation.",
        pages.ENVIRONMENT,
        value="END",
    ),
    documented(
        "REP-03",
        "REPORT sums an invocation up: Duration, Billed Duration, memory, and Init Duration,"
        " Restore Duration or a status where there is one.",
        pages.ENVIRONMENT,
        value="REPORT",
    ),
    observed(
        "REP-04",
        "With active tracing a line with the trace's id follows REPORT.",
        pages.LOGS,
        value="XRAY",
        applied=False,
    ),
    documented(
        "REP-05",
        "REPORT never shows Init Duration together with Restore Duration, and neither of them for"
        " a provisioned environment.",
        pages.SNAPSTART_LOGS,
    ),
    observed(
        "REP-06",
        "Durations are printed with two decimals and billed values as whole milliseconds.",
        pages.LOGS,
        value="0.00 ms",
    ),
    observed(
        "REP-07",
        "Max Memory Used is the environment's peak so far, so it never falls from one invocation"
        " to the next.",
        pages.LOGS,
    ),
    observed(
        "REP-08",
        "A cold start's lines come in the order INIT_START, extensions, START, the function's"
        " own, END, REPORT.",
        pages.LOGS,
    ),
    observed(
        "REP-09",
        "A log stream belongs to one environment and has the lines of all that it serves.",
        pages.LOGS,
        value="1 stream for each environment",
    ),
)

METRICS: Final[tuple[Rule, ...]] = (
    documented(
        "MET-01",
        "Invocations counts how often code ran, failures included and throttles not.",
        pages.METRICS,
        value="Sum",
    ),
    documented(
        "MET-02",
        "Errors counts invocations that failed, timeouts included, at the time they began.",
        pages.METRICS,
        value="Sum",
    ),
    documented(
        "MET-03",
        "Throttles counts refused requests, which are neither Invocations nor Errors.",
        pages.METRICS,
        value="Sum",
    ),
    documented(
        "MET-04",
        "Duration measures how long events were processed, cold starts left out.",
        pages.METRICS,
        value="Average, Maximum, percentiles",
    ),
    documented(
        "MET-05",
        "PostRuntimeExtensionsDuration measures how long extensions went on after the runtime.",
        pages.METRICS,
        value="Average, Maximum",
    ),
    documented(
        "MET-06",
        "ConcurrentExecutions is the number of environments at work.",
        pages.CONCURRENCY_METRICS,
        value="Maximum",
    ),
    documented(
        "MET-07",
        "UnreservedConcurrentExecutions is the number of environments at work for functions"
        " without reserved concurrency.",
        pages.CONCURRENCY_METRICS,
        value="Maximum",
    ),
    documented(
        "MET-08",
        "ClaimedAccountConcurrency is what cannot be used on demand: unreserved work, and all"
        " that is reserved or provisioned.",
        pages.CONCURRENCY_METRICS,
        value="Maximum",
    ),
    documented(
        "MET-09",
        "ProvisionedConcurrentExecutions is the number of provisioned environments at work, not"
        " of those allocated.",
        pages.CONCURRENCY_METRICS,
        value="Maximum",
    ),
    documented(
        "MET-10",
        "Invocations of a version split into those on provisioned concurrency and those that"
        " spilled over.",
        pages.CONCURRENCY_METRICS,
        value="Sum",
    ),
    documented(
        "MET-11",
        "ProvisionedConcurrencyUtilization is the share of allocated environments that are at"
        " work.",
        pages.CONCURRENCY_METRICS,
        value="Maximum, 0-1",
    ),
    documented(
        "MET-12",
        "AsyncEventsReceived, AsyncEventAge, AsyncEventsDropped and two counts of failed deliveries"
        " tell how the asynchronous queue does.",
        pages.METRICS,
    ),
    documented(
        "MET-14",
        "An account's use is its claimed concurrency as a share of its limit.",
        pages.CONCURRENCY_METRICS,
    ),
)

RULES: Final = LOG_LINES + REPORT + METRICS
