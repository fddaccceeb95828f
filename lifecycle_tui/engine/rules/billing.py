"""Rules of billing: which milliseconds are charged, since when, and at which price."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented, observed

INIT_BILLED_SINCE: Final = "2025-08-01"

BILLING: Final[tuple[Rule, ...]] = (
    documented(
        "BIL-01",
        "Duration is billed from the start of the code to the last extension's end, rounded up to"
        " a whole millisecond.",
        pages.PRICING,
        value="1 ms",
    ),
    documented(
        "BIL-02",
        "Init is billed: Billed Duration is Duration plus Init Duration, added first and rounded"
        " up once.",
        pages.INIT_BILLING_POST,
        value="ceil(Duration + Init Duration)",
        since=INIT_BILLED_SINCE,
    ),
    documented(
        "BIL-03",
        "Init was free for on-demand functions in zip packages on managed runtimes, and billed"
        " for all others.",
        pages.INIT_BILLING_POST,
        value="ceil(Duration)",
        until=INIT_BILLED_SINCE,
    ),
    documented(
        "BIL-04",
        "An Init that runs inside an invocation has always been billed, as part of its Duration.",
        pages.ENVIRONMENT,
    ),
    observed(
        "BIL-05",
        "A restored environment's first invocation is billed for its Duration plus the billed"
        " part of the restore.",
        pages.SNAPSTART_LINES,
        value="ceil(Duration) + Billed Restore Duration",
    ),
    observed(
        "BIL-06",
        "An invocation that times out is billed for the whole timeout, and for its Init where"
        " Init is billed.",
        pages.LOGS,
        value="ceil(timeout + Init Duration)",
    ),
    documented(
        "BIL-07",
        "Invocations that fail are billed like those that succeed; throttled ones are not billed.",
        pages.METRICS,
    ),
    documented(
        "BIL-08",
        "With provisioned concurrency, Init is billed when an environment is allocated or"
        " replaced, even if no event ever comes.",
        pages.PROVISIONED,
        applied=False,
    ),
    documented(
        "BIL-09",
        "Provisioned concurrency costs a fee while it is switched on, in steps of five minutes,"
        " and its invocations cost less.",
        pages.PRICING,
        value="5 min steps",
    ),
    documented(
        "BIL-10",
        "An asynchronous event counts as one request up to 256 KB, and as one more for every"
        " further 64 KB.",
        pages.PRICING,
        value="256 KB, then 64 KB, up to 1 MB",
    ),
    assumed(
        "BIL-11",
        "The Init of an environment that was initialised ahead of its first event is billed with"
        " that event.",
        "no source tells how such an Init is billed",
    ),
)

PRICES: Final[tuple[Rule, ...]] = (
    documented(
        "PRI-01",
        "The first GB-seconds of a month have the full price.",
        pages.PRICING,
        value="$0.0000166667 x86, $0.0000133334 Arm per GB-s (us-east-1)",
    ),
    documented(
        "PRI-02",
        "GB-seconds beyond 6 billion a month on x86, or 7.5 billion on Arm, cost less.",
        pages.PRICING,
        value="$0.0000150000 x86, $0.0000120001 Arm per GB-s (us-east-1)",
    ),
    documented(
        "PRI-03",
        "GB-seconds beyond 15 billion a month on x86, or 18.75 billion on Arm, cost least.",
        pages.PRICING,
        value="$0.0000133334 x86, $0.0000106667 Arm per GB-s (us-east-1)",
    ),
    documented(
        "PRI-04",
        "Every request costs the same, however short it is.",
        pages.PRICING,
        value="$0.20 per million (us-east-1)",
    ),
    documented(
        "PRI-05",
        "Provisioned concurrency costs by configured memory and time, used or not.",
        pages.PRICING,
        value="$0.0000041667 x86, $0.0000033334 Arm per GB-s (us-east-1)",
    ),
    documented(
        "PRI-06",
        "Running on provisioned concurrency has a lower price per GB-second.",
        pages.PRICING,
        value="$0.0000097222 x86, $0.0000077778 Arm per GB-s (us-east-1)",
    ),
    documented(
        "PRI-07",
        "Each month a million requests and 400,000 GB-seconds on demand are free.",
        pages.PRICING,
        value="1,000,000 requests; 400,000 GB-s",
    ),
    documented(
        "PRI-08",
        "Ephemeral storage beyond 512 MB costs by size and billed time.",
        pages.PRICING,
        value="$0.0000000309 per GB-s (us-east-1)",
    ),
    documented(
        "PRI-09",
        "A version with SnapStart costs by memory and time while it is published, three hours at"
        " least; Java is free.",
        pages.PRICING,
        value="$0.0000015046 per GB-s (us-east-1)",
    ),
    documented(
        "PRI-10",
        "Each restore from a snapshot costs by memory; Java is free.",
        pages.PRICING,
        value="$0.0001397998 per GB (us-east-1)",
    ),
    documented(
        "PRI-12",
        "With tenant isolation, every environment that is created costs a fee by its memory.",
        pages.PRICING,
        value="$0.000166667 x86, $0.000133333 Arm per GB (us-east-1)",
    ),
    documented(
        "PRI-14",
        "On managed instances, duration is not charged: the instances are, with a fee on top of"
        " their on-demand price.",
        pages.PRICING,
        value="15 % of the on-demand price",
    ),
    documented(
        "PRI-15",
        "In provisioned mode of an event source mapping, event pollers cost by the hour.",
        pages.PRICING,
        value="$0.185 Kafka, $0.00925 SQS per unit and hour (us-east-1)",
    ),
    documented(
        "PRI-16",
        "Lambda@Edge has prices of its own.",
        pages.PRICING,
        value="$0.00000625125 per 128 MB-second, $0.60 per million requests",
    ),
)

RULES: Final = BILLING + PRICES
