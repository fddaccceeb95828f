"""Rules of capacity: concurrency, how fast it grows, what is reserved or provisioned, and 429."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented

CONCURRENCY: Final[tuple[Rule, ...]] = (
    documented(
        "CON-01",
        "An environment serves one event at a time, so concurrency is the number of events in"
        " flight.",
        pages.CONCURRENCY,
        value="1 event at a time",
    ),
    documented(
        "CON-02",
        "An event goes to an idle, initialised environment if there is one; otherwise Lambda"
        " creates a new one.",
        pages.CONCURRENCY,
    ),
    documented(
        "CON-03",
        "Concurrency is the average number of requests per second times their average duration"
        " in seconds.",
        pages.CONCURRENCY,
        value="requests/s x duration",
    ),
    documented(
        "CON-04",
        "All functions of an account in one Region share a limit on concurrency.",
        pages.QUOTAS,
        value="1,000 by default",
    ),
    assumed(
        "CON-05",
        "Which of several idle environments serves the next event is Lambda's own choice.",
        "AWS does not say; the scenario's `reuse` picks a policy",
    ),
)

SCALING: Final[tuple[Rule, ...]] = (
    documented(
        "SCL-01",
        "Each function may add 1,000 environments in ten seconds.",
        pages.SCALING,
        value="1,000 per 10 s",
        since="2023-11-26",
    ),
    documented(
        "SCL-02",
        "The allowance for new environments refills all the time, cannot be saved up, and never"
        " exceeds 1,000.",
        pages.SCALING,
        value="100/s, at most 1,000",
        since="2023-11-26",
    ),
    documented(
        "SCL-03",
        "Functions grow independently of each other; the account's limit is the ceiling they"
        " share.",
        pages.SCALING,
        since="2023-11-26",
    ),
    documented(
        "SCL-04",
        "An account could grow at once by a burst that depended on the Region, and then by 500"
        " environments a minute.",
        pages.SCALING_POST,
        value="500-3,000, then 500 a minute",
        until="2023-11-26",
    ),
)

RESERVED: Final[tuple[Rule, ...]] = (
    documented(
        "RSV-01",
        "Reserved concurrency keeps capacity for one function and is its upper limit too; it"
        " costs nothing and warms nothing.",
        pages.RESERVED,
        value="$0",
    ),
    documented(
        "RSV-02",
        "At least 100 units of an account's concurrency always stay unreserved.",
        pages.RESERVED,
        value="100",
    ),
    documented(
        "RSV-03",
        "A reserved concurrency of 0 throttles every invocation of the function.",
        pages.RESERVED,
        value="0",
    ),
    documented(
        "RSV-04",
        "Functions without reserved concurrency share what is neither reserved nor provisioned"
        " for others.",
        pages.CONCURRENCY,
    ),
)

PROVISIONED: Final[tuple[Rule, ...]] = (
    documented(
        "PRV-01",
        "Provisioned concurrency belongs to a published version or an alias, and cannot be"
        " combined with SnapStart.",
        pages.PROVISIONED,
    ),
    documented(
        "PRV-02",
        "Provisioned environments come a minute or two after the request, at most 6,000 a minute,"
        " and serve only when all are ready.",
        pages.CONCURRENCY,
        value="1-2 min; 6,000 a minute",
    ),
    documented(
        "PRV-03",
        "Provisioning is in progress until it is either ready or failed.",
        pages.PROVISIONED,
        value="IN_PROGRESS, READY, FAILED",
    ),
    documented(
        "PRV-04",
        "Provisioned concurrency cannot exceed the function's reserved concurrency, nor leave"
        " fewer than 100 units to others.",
        pages.PROVISIONED,
    ),
    documented(
        "PRV-05",
        "Events beyond the provisioned concurrency spill over to on-demand environments and may"
        " meet a cold start.",
        pages.CONCURRENCY,
    ),
    documented(
        "PRV-06",
        "When all reserved concurrency is provisioned for versions, the unpublished version is"
        " throttled.",
        pages.CONCURRENCY,
    ),
    documented(
        "PRV-07",
        "Lambda replaces provisioned environments in the background and keeps their number; an"
        " event that meets a reset one still waits for Init.",
        pages.CONCURRENCY,
    ),
    documented(
        "PRV-08",
        "AWS advises to provision for the usual peak and ten per cent more.",
        pages.PROVISIONED,
        value="+10 %",
    ),
    documented(
        "PRV-09",
        "An alias may share its events between two versions by weight, at random for each event.",
        pages.ALIASES,
        value="2 versions",
    ),
    documented(
        "PRV-10",
        "Auto scaling of provisioned concurrency follows its utilisation, and needs at least three"
        " minutes of sustained load.",
        pages.PROVISIONED,
        value="target 0.1-0.9",
    ),
    documented(
        "PRV-11",
        "AWS promises answers from provisioned environments within double-digit milliseconds.",
        pages.PROVISIONED,
        value="10-99 ms",
        applied=False,
    ),
    documented(
        "PRV-12",
        "Scheduled scaling sets the least and the most provisioned concurrency at planned times.",
        pages.PROVISIONED,
    ),
)

THROTTLING: Final[tuple[Rule, ...]] = (
    documented(
        "THR-01",
        "A throttled call gets HTTP 429, TooManyRequestsException, with the limit it met as its"
        " reason.",
        pages.INVOKE_API,
        value="429",
    ),
    documented(
        "THR-02",
        "A synchronous caller gets the 429 itself, and Lambda does not try again.",
        pages.RETRIES,
        value="429",
    ),
    documented(
        "THR-03",
        "A throttled asynchronous event goes back to Lambda's queue and is tried again for up to"
        " six hours.",
        pages.ASYNCHRONOUS,
        value="6 h; 1 s to 5 min apart",
    ),
    documented(
        "THR-04",
        "A throttled SQS message returns to its queue when its visibility timeout is over.",
        pages.SQS_ERRORS,
    ),
    documented(
        "THR-05",
        "A throttled batch of a stream is tried again and blocks its shard until then.",
        pages.EVENT_SOURCES,
    ),
    documented(
        "THR-06",
        "A throttled event creates no environment, runs no code and is not billed.",
        pages.METRICS,
        value="$0",
    ),
)

LIMITS: Final[tuple[Rule, ...]] = (
    documented(
        "LIM-01",
        "A function's timeout is between 1 and 900 seconds, and 3 if nobody sets it.",
        pages.TIMEOUT,
        value="1-900 s, default 3 s",
    ),
    documented(
        "LIM-02",
        "A function's memory is between 128 and 10,240 MB, in steps of 1 MB.",
        pages.QUOTAS,
        value="128-10,240 MB, default 128 MB",
    ),
    documented(
        "LIM-03",
        "CPU grows with memory; 1,769 MB buy one full vCPU.",
        pages.QUOTAS,
        value="1,769 MB = 1 vCPU",
    ),
    documented(
        "LIM-04",
        "The /tmp of an environment holds between 512 and 10,240 MB.",
        pages.QUOTAS,
        value="512-10,240 MB, default 512 MB",
    ),
    documented(
        "LIM-05",
        "A zip package may be 50 MB when uploaded directly and 250 MB unpacked with its layers.",
        pages.QUOTAS,
        value="50 MB; 250 MB",
    ),
    documented(
        "LIM-06",
        "A container image may be 10 GB uncompressed.",
        pages.QUOTAS,
        value="10 GB",
    ),
    documented(
        "LIM-07",
        "A function may have five layers.",
        pages.QUOTAS,
        value="5",
        applied=False,
    ),
    documented(
        "LIM-08",
        "A synchronous request and its response may be 6 MB each, an asynchronous event 1 MB.",
        pages.QUOTAS,
        value="6 MB; 1 MB",
        applied=False,
    ),
)

TENANTS: Final[tuple[Rule, ...]] = (
    documented(
        "TEN-01",
        "With tenant isolation an environment serves one tenant only, and the environments of all"
        " tenants, active or idle, are limited by the function's concurrency.",
        pages.TENANTS,
        value="2,500 environments for each 1,000 of concurrency",
    ),
)

RULES: Final = CONCURRENCY + SCALING + RESERVED + PROVISIONED + THROTTLING + LIMITS + TENANTS
