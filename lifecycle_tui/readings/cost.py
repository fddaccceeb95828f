"""What a month's workload would cost, exactly: list prices of us-east-1 in whole cents.

Billed time is rounded up once for each invocation (BIL-01, BIL-02), GB-seconds are fractions, and
a component becomes cents only at its end, rounded half up; the total adds the cents, as the pricing
page does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from lifecycle_tui.readings.billing import (
    FREE_EPHEMERAL_MB,
    PROVISIONED_ROUND_US,
    SHORTEST_SNAPSHOT_MS,
    billed_ms,
    whole_ms,
)
from lifecycle_tui.readings.charges import (
    Instances,
    Pollers,
    edge_compute_usd,
    edge_requests_usd,
    requests_of_event,
    tenant_usd,
)
from lifecycle_tui.readings.prices import (
    EPHEMERAL,
    FREE_GB_SECONDS,
    FREE_REQUESTS,
    MILLION_REQUESTS,
    PRICES,
    RESTORE,
    SNAPSHOT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What is asked for in one month by one function.

    ``requests`` counts all of them; ``provisioned_requests`` of these run on provisioned
    concurrency, the rest on demand. ``cold_share`` (0 to 1) is the part of the on-demand requests
    that waits for an Init of ``init_us``.
    """

    requests: int
    duration_us: int
    memory_mb: int
    architecture: str = "x86_64"
    init_us: int = 0
    cold_share: Fraction = Fraction(0)
    provisioned: int = 0
    """Environments of provisioned concurrency, for ``provisioned_us``."""
    provisioned_us: int = 0
    provisioned_inits: int = 0
    """Inits of these environments, of ``init_us`` each: at allocation and when one is replaced."""
    provisioned_requests: int = 0
    provisioned_duration_us: int | None = None
    """Duration of a request on provisioned concurrency; None: ``duration_us``."""
    ephemeral_storage_mb: int = FREE_EPHEMERAL_MB
    snapstart_us: int = 0
    """How long a published version keeps its snapshot; 0: there is none."""
    restores: Fraction = Fraction(0)
    """How many environments are restored from it."""
    free_tier: bool = False
    rules_date: str = "2026-11-01"
    payload_kb: int = 0
    """Size of each event where all are asynchronous; 0 where none is."""
    pollers: Pollers | None = None
    tenant_environments: int = 0
    """Environments created for tenants; 0 without tenant isolation."""
    instances: Instances | None = None
    """Managed instances: duration is not charged then."""
    edge: bool = False
    """Whether it runs on Lambda@Edge, at the prices of that."""

    @property
    def on_demand_requests(self) -> int:
        """Requests that do not run on provisioned concurrency."""
        return self.requests - self.provisioned_requests


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a bill: how much of what, and what it costs."""

    key: str
    """Its name in the JSON, without ``_usd``."""
    amount: Fraction
    """What is charged after the free tier: requests, GB-seconds, hours or GB."""
    exact_usd: Fraction

    @property
    def usd(self) -> Decimal:
        """The cost in dollars, rounded half up to a cent."""
        return cents(self.exact_usd)


@dataclass(frozen=True, slots=True)
class Bill:
    """A workload's cost by component, and what can be read from it."""

    components: tuple[Component, ...]
    init_share: Fraction
    """The part of the on-demand billed time that is Init: 0 to 1."""
    init_usd: Fraction
    """What Init adds, exactly, that of provisioned environments included."""
    per_thousand_usd: Fraction | None
    """The cost of 1,000 requests, exactly; None where there are no requests."""
    utilization: Fraction | None
    """The part of the configured provisioned GB-seconds in which requests ran; None without."""
    break_even: Decimal
    """The utilisation from which provisioned concurrency costs less than on demand."""

    @property
    def total_usd(self) -> Decimal:
        """The components' cents, added."""
        return sum((each.usd for each in self.components), Decimal("0.00"))

    @property
    def exact_usd(self) -> Fraction:
        """The components' exact costs, added."""
        return _sum(self.components)


def cents(usd: Fraction) -> Decimal:
    """Return dollars, not negative, rounded half up to a cent."""
    hundredths = (2 * 100 * usd.numerator + usd.denominator) // (2 * usd.denominator)
    return Decimal(hundredths).scaleb(-2)


def bill(workload: Workload) -> Bill:
    """Return what a workload costs in a month.

    The Init of provisioned environments is charged whether or not an event comes (BIL-08). At
    which price is not published; it is taken for duration on provisioned concurrency (PRI-06).
    """
    components = _components(workload)
    exact_usd = _sum(components)
    without_init = replace(workload, cold_share=Fraction(0), provisioned_inits=0)
    without_init_usd = _sum(_components(without_init))
    plain_ms, init_ms = _on_demand_ms(workload)
    on_demand_ms = plain_ms + init_ms
    configured = _configured(workload)
    return Bill(
        components=components,
        init_share=init_ms / on_demand_ms if on_demand_ms else Fraction(0),
        init_usd=exact_usd - without_init_usd,
        per_thousand_usd=exact_usd / workload.requests * 1_000 if workload.requests else None,
        utilization=_gb_seconds(_provisioned_ms(workload), workload.memory_mb) / configured
        if configured
        else None,
        break_even=PRICES[workload.architecture].break_even,
    )


def _components(workload: Workload) -> tuple[Component, ...]:
    free = workload.free_tier
    prices = PRICES[workload.architecture]
    counted = workload.requests * requests_of_event(workload.payload_kb)
    requests = Fraction(max(0, counted - FREE_REQUESTS * free))
    on_demand_ms, provisioned_ms = sum(_on_demand_ms(workload)), _provisioned_ms(workload)
    on_demand = _gb_seconds(on_demand_ms, workload.memory_mb)
    charged = max(Fraction(0), on_demand - FREE_GB_SECONDS * free)
    configured = _configured(workload)
    on_provisioned = _gb_seconds(provisioned_ms, workload.memory_mb)
    init_ms = Fraction(workload.provisioned_inits * whole_ms(workload.init_us))
    inits = _gb_seconds(init_ms, workload.memory_mb)
    extra_mb = max(0, workload.ephemeral_storage_mb - FREE_EPHEMERAL_MB)
    storage = _gb_seconds(on_demand_ms + provisioned_ms + init_ms, extra_mb)
    duration_usd = Fraction(prices.provisioned_duration)
    return (
        Component("requests", requests, _requests_usd(requests, workload)),
        Component("compute", charged, _compute_usd(charged, workload)),
        Component("provisioned", configured, configured * Fraction(prices.provisioned)),
        Component("provisioned_duration", on_provisioned, on_provisioned * duration_usd),
        Component("provisioned_init", inits, inits * duration_usd),
        Component("ephemeral_storage", storage, storage * Fraction(EPHEMERAL)),
        *_snapstart(workload),
        *_other_components(workload),
    )


def _snapstart(workload: Workload) -> tuple[Component, ...]:
    """Return the two fees of SnapStart (PRI-09, PRI-10), nothing where nothing is published."""
    if not workload.snapstart_us:
        return ()
    kept_ms = max(whole_ms(workload.snapstart_us), SHORTEST_SNAPSHOT_MS)
    kept = _gb_seconds(kept_ms, workload.memory_mb)
    restored_gb = workload.restores * workload.memory_mb / 1_024
    return (
        Component("snapstart_cache", kept, kept * Fraction(SNAPSHOT)),
        Component("snapstart_restore", restored_gb, restored_gb * Fraction(RESTORE)),
    )


def _other_components(workload: Workload) -> tuple[Component, ...]:
    pollers = workload.pollers or Pollers("sqs", Fraction(0))
    instances = workload.instances or Instances(Fraction(0), Fraction(0))
    tenants_gb = Fraction(workload.tenant_environments * workload.memory_mb, 1_024)
    return (
        Component("event_pollers", pollers.unit_hours, pollers.usd),
        Component("tenant_isolation", tenants_gb, tenant_usd(tenants_gb, workload.architecture)),
        Component("instances", instances.hours, instances.usd),
        Component("instance_fee", instances.hours, instances.fee_usd),
    )


def _requests_usd(requests: Fraction, workload: Workload) -> Fraction:
    if workload.edge:
        return edge_requests_usd(requests)
    return requests * Fraction(MILLION_REQUESTS) / 1_000_000


def _compute_usd(gb_seconds: Fraction, workload: Workload) -> Fraction:
    if workload.edge:
        return edge_compute_usd(gb_seconds)
    return compute_usd(gb_seconds, workload.architecture)


def compute_usd(gb_seconds: Fraction, architecture: str) -> Fraction:
    """Return the exact price of on-demand GB-seconds in one month, by tiers (PRI-01 to PRI-03)."""
    return sum(
        (part * Fraction(price) for part, price in _by_tier(gb_seconds, architecture)), Fraction(0)
    )


def _by_tier(gb_seconds: Fraction, architecture: str) -> Iterator[tuple[Fraction, Decimal]]:
    left = gb_seconds
    for size, price in PRICES[architecture].tiers:
        part = left if size is None else min(left, Fraction(size))
        yield part, price
        left -= part


def _on_demand_ms(workload: Workload) -> tuple[Fraction, Fraction]:
    """Return the billed milliseconds of all on-demand requests, and what Init adds to them.

    On managed instances none are billed (PRI-14).
    """
    if workload.instances is not None:
        return Fraction(0), Fraction(0)
    requests = workload.on_demand_requests
    warm = whole_ms(workload.duration_us)
    cold = billed_ms(workload.duration_us, workload.init_us, rules_date=workload.rules_date)
    return Fraction(requests * warm), requests * workload.cold_share * (cold - warm)


def _provisioned_ms(workload: Workload) -> Fraction:
    """Return the billed milliseconds of all requests on provisioned concurrency."""
    duration_us = workload.provisioned_duration_us
    one = whole_ms(workload.duration_us if duration_us is None else duration_us)
    return Fraction(workload.provisioned_requests * one)


def _configured(workload: Workload) -> Fraction:
    """Return the GB-seconds of provisioned concurrency, used or not (BIL-09)."""
    rounded_us = -(-workload.provisioned_us // PROVISIONED_ROUND_US) * PROVISIONED_ROUND_US
    milliseconds = Fraction(workload.provisioned * (rounded_us // 1_000))
    return _gb_seconds(milliseconds, workload.memory_mb)


def _gb_seconds(milliseconds: Fraction | int, size_mb: int) -> Fraction:
    return Fraction(milliseconds) * size_mb / (1_000 * 1_024)


def _sum(components: Iterable[Component]) -> Fraction:
    return sum((each.exact_usd for each in components), Fraction(0))
