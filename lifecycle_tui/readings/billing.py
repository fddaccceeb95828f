"""What AWS charges: Billed Duration under both rules, GB-seconds, list prices of us-east-1.

Times are integers and rounded up exactly once (BIL-02); money is a float for display only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.readings.prices import (
    EPHEMERAL,
    MILLION_REQUESTS,
    PRICES,
    RESTORE,
    SNAPSHOT,
)

PRICE_TIERS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    architecture: tuple(
        (float("inf") if size is None else float(size), float(price)) for size, price in each.tiers
    )
    for architecture, each in PRICES.items()
}
"""Pairs of (GB-seconds in the tier, dollars for each), on demand (PRI-01, PRI-02, PRI-03)."""
REQUEST_PRICE: Final = float(MILLION_REQUESTS) / 1_000_000
"""PRI-04."""
PROVISIONED_PRICE: Final = {name: float(each.provisioned) for name, each in PRICES.items()}
"""A configured GB-second of provisioned concurrency (PRI-05)."""
PROVISIONED_DURATION_PRICE: Final = {
    name: float(each.provisioned_duration) for name, each in PRICES.items()
}
"""A GB-second of duration on provisioned concurrency (PRI-06)."""
PROVISIONED_ROUND_US: Final = 300_000_000
"""Provisioned concurrency is charged in five minutes (BIL-09)."""
EPHEMERAL_PRICE: Final = float(EPHEMERAL)
"""A GB-second of ephemeral storage above the free part (PRI-08)."""
FREE_EPHEMERAL_MB: Final = 512
SNAPSHOT_PRICE: Final = float(SNAPSHOT)
"""A GB-second of a version's snapshot (PRI-09)."""
RESTORE_PRICE: Final = float(RESTORE)
"""A GB restored (PRI-10)."""
SHORTEST_SNAPSHOT_MS: Final = 10_800_000
"""A snapshot is charged for three hours at least (PRI-09)."""


def whole_ms(length_us: int) -> int:
    """Return a length rounded up to the next millisecond (BIL-01)."""
    return -(-length_us // 1_000)


def billed_ms(
    duration_us: int,
    init_us: int = 0,
    *,
    rules_date: str,
    package: str = "zip",
    runtime: str = "python3.13",
    initialization_type: InitializationType = InitializationType.ON_DEMAND,
    hooks_us: int = 0,
) -> int:
    """Return the Billed Duration that REPORT shows (BIL-02, BIL-03, BIL-05, BIL-06).

    Args:
        duration_us: Duration, a re-init included.
        init_us: Init Duration; 0 where REPORT shows none.
        rules_date: ISO date whose rules hold.
        package: ``zip`` or ``image``.
        runtime: the runtime's name; ``provided.*`` is a custom one.
        initialization_type: Init of provisioned concurrency is charged apart (BIL-08).
        hooks_us: the billed part of Restore Duration; 0 where REPORT shows none.
    """
    if hooks_us:
        return whole_ms(duration_us) + whole_ms(hooks_us)
    if initialization_type is InitializationType.PROVISIONED:
        return whole_ms(duration_us)
    if init_us and rules.init_billed(rules_date, package, runtime):
        return whole_ms(duration_us + init_us)
    return whole_ms(duration_us)


def billed_for(
    plan: FunctionPlan,
    initialization_type: InitializationType,
    duration_us: int,
    init_us: int,
    rules_date: str,
    *,
    hooks_us: int = 0,
) -> int:
    """Return the Billed Duration of one invocation of a function in milliseconds."""
    return billed_ms(
        duration_us,
        init_us,
        rules_date=rules_date,
        package=plan.package,
        runtime=plan.runtime,
        initialization_type=initialization_type,
        hooks_us=hooks_us,
    )


def gb_seconds(billed: int, memory_mb: int) -> float:
    """Return GB-seconds of a billed time in milliseconds (1 GB = 1,024 MB)."""
    return billed * memory_mb / (1_000 * 1_024)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one configuration of a function has run up.

    ``provisioned_ms`` is configured environments times milliseconds, each rounded up to five
    minutes; ``storage_mb_ms`` is ephemeral storage above 512 MB times billed milliseconds.
    """

    architecture: str
    memory_mb: int
    requests: int = 0
    on_demand_ms: int = 0
    provisioned_duration_ms: int = 0
    provisioned_ms: int = 0
    storage_mb_ms: int = 0
    provisioned_init_ms: int = 0
    """Billed Init of provisioned environments, each rounded up (BIL-08)."""
    snapshot_ms: int = 0
    """Time for which snapshots are kept that cost something (PRI-09)."""
    restores: int = 0
    """Restores that cost something (PRI-10)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars by component, list prices without free tier."""

    requests_usd: float
    compute_usd: float
    provisioned_usd: float
    provisioned_duration_usd: float
    """The Init of provisioned environments included, at the same price (assumed)."""
    ephemeral_storage_usd: float
    snapstart_usd: float
    """Keeping snapshots, and restoring from them."""

    @property
    def total_usd(self) -> float:
        """All components together."""
        return (
            self.requests_usd
            + self.compute_usd
            + self.provisioned_usd
            + self.provisioned_duration_usd
            + self.ephemeral_storage_usd
            + self.snapstart_usd
        )


def compute_usd(total_gb_seconds: float, architecture: str = "x86_64") -> float:
    """Return the price of on-demand GB-seconds in one month, by tiers (PRI-01 to PRI-03)."""
    left, total = total_gb_seconds, 0.0
    for size, price in PRICE_TIERS[architecture]:
        part = min(left, size)
        total += part * price
        left -= part
    return total


def cost(usages: Iterable[Usage]) -> Cost:
    """Return what all usage of one account costs at list prices."""
    compute = dict.fromkeys(PRICE_TIERS, 0.0)
    requests = 0
    provisioned = duration = storage = snapstart = 0.0
    for usage in usages:
        requests += usage.requests
        compute[usage.architecture] += gb_seconds(usage.on_demand_ms, usage.memory_mb)
        provisioned += (
            gb_seconds(usage.provisioned_ms, usage.memory_mb)
            * PROVISIONED_PRICE[usage.architecture]
        )
        on_provisioned_ms = usage.provisioned_duration_ms + usage.provisioned_init_ms
        duration += (
            gb_seconds(on_provisioned_ms, usage.memory_mb)
            * PROVISIONED_DURATION_PRICE[usage.architecture]
        )
        storage += usage.storage_mb_ms / (1_000 * 1_024) * EPHEMERAL_PRICE
        snapstart += gb_seconds(usage.snapshot_ms, usage.memory_mb) * SNAPSHOT_PRICE
        snapstart += usage.restores * usage.memory_mb / 1_024 * RESTORE_PRICE
    return Cost(
        requests_usd=requests * REQUEST_PRICE,
        compute_usd=sum(compute_usd(total, name) for name, total in compute.items()),
        provisioned_usd=provisioned,
        provisioned_duration_usd=duration,
        ephemeral_storage_usd=storage,
        snapstart_usd=snapstart,
    )
