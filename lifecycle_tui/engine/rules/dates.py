"""Rules that changed on a date, as answers the engine and the readings can use."""

from __future__ import annotations

from typing import Final, NamedTuple

from lifecycle_tui.engine.rules.billing import INIT_BILLED_SINCE

REINIT_COUNTED_SINCE: Final = "2024-10-01"
FAST_SCALING_SINCE: Final = "2023-11-26"
FAILURE_STATUS_SINCE: Final = "2024-01-01"

_MANAGED: Final = ("nodejs", "python", "java", "dotnet", "ruby", "go1.")


class BurstBucket(NamedTuple):
    """How many new environments may be created: a bucket that refills steadily."""

    capacity: int
    refill_us: int
    """Microseconds until one more environment may be created."""
    per_function: bool
    """Each function has its own bucket; otherwise the account has one for all."""


NEW_BUCKET: Final = BurstBucket(1_000, 10_000, per_function=True)
"""1,000 at once and 100 a second for each function (SCL-01, SCL-02)."""
OLD_BUCKET: Final = BurstBucket(3_000, 120_000, per_function=False)
"""3,000 at once (the largest Regions) and 500 a minute for the whole account (SCL-04)."""


def is_managed(package: str, runtime: str) -> bool:
    """Whether a function runs on one of AWS's runtimes, in a zip package."""
    own = "aot" in runtime or "prov" in runtime
    return package == "zip" and runtime.startswith(_MANAGED) and not own


def init_billed(date: str, package: str, runtime: str) -> bool:
    """Whether the Init of an on-demand environment is billed on an ISO date (BIL-02, BIL-03)."""
    return date >= INIT_BILLED_SINCE or not is_managed(package, runtime)


def reinit_counts_against_timeout(date: str) -> bool:
    """Whether a re-init uses up the function's timeout on an ISO date (FAIL-05a)."""
    return date >= REINIT_COUNTED_SINCE


def report_tells_failure(date: str) -> bool:
    """Whether REPORT ends in a status on an ISO date; before, a failure had its line (LOG-07)."""
    return date >= FAILURE_STATUS_SINCE


def burst_bucket(date: str) -> BurstBucket:
    """Return the allowance for new environments on an ISO date (SCL-01, SCL-02, SCL-04)."""
    return NEW_BUCKET if date >= FAST_SCALING_SINCE else OLD_BUCKET


def scales_by_function(date: str) -> bool:
    """Whether each function has a growth allowance of its own on an ISO date (SCL-01, SCL-03)."""
    return burst_bucket(date).per_function
