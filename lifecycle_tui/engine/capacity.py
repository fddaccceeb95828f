"""Capacity: what one account, one function and its provisioned concurrency may hold at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lifecycle_tui.engine.environment import ExecutionEnvironment, Revision
from lifecycle_tui.engine.kinds import Kind

PROVISION_GAP_US: Final = 10_000
"""One environment each 10 ms is 6,000 a minute (PRV-02)."""


RATE_A_UNIT: Final = 10
"""Requests a second for each unit of concurrency (RPS-01)."""


class Pool:
    """On-demand concurrency that one function has to itself, or that all others share.

    Requests are counted over whole seconds of virtual time (SIM-RPS †).
    """

    __slots__ = ("admitted", "in_use", "last_taken", "limit", "rate_refusal", "refusal", "second")

    def __init__(self, limit: int, refusal: Kind, rate_refusal: Kind) -> None:
        self.limit = limit
        self.in_use = 0
        self.refusal = refusal
        """What a request beyond the limit becomes."""
        self.rate_refusal = rate_refusal
        """What a request beyond ten a second and unit becomes."""
        self.second = -1
        self.admitted = 0
        """Synchronous requests that were let in during ``second``."""
        self.last_taken = -1
        """Number of the record by which the latest unit was taken."""


class ScalingBucket:
    """New environments per function: so many at once, refilled continuously (SCL-01, SCL-02 †)."""

    __slots__ = ("_capacity_us", "_level_us", "_refill_us", "_seen_us")

    def __init__(self, capacity: int, refill_us: int) -> None:
        """Start full: ``capacity`` environments, one more each ``refill_us`` microseconds."""
        self._refill_us = refill_us
        self._capacity_us = self._level_us = capacity * refill_us
        self._seen_us = 0

    def take(self, now_us: int) -> bool:
        """Take one environment's allowance; False when there is none."""
        grown = self._level_us + now_us - self._seen_us
        self._level_us = min(self._capacity_us, grown)
        self._seen_us = now_us
        if self._level_us < self._refill_us:
            return False
        self._level_us -= self._refill_us
        return True


@dataclass(slots=True, eq=False)
class Allocation:
    """Provisioned environments that were asked for together: none serves until all are ready."""

    count: int
    record: int
    """Number of the COMMAND record that asked, or of PROVISION_STARTED once it has begun."""
    begun: bool = False
    environments: list[ExecutionEnvironment] = field(default_factory=list)
    ready: int = 0
    failed: bool = False

    @property
    def missing(self) -> int:
        """How many are still to be created."""
        return self.count - len(self.environments)


class ProvisionedUse:
    """How much of a function's provisioned concurrency is at work, for its auto scaling."""

    __slots__ = ("busy", "most", "record", "share")

    def __init__(self) -> None:
        self.busy = 0
        self.most = 0
        """The most at once in the present minute."""
        self.share = 0.0
        """The same, of those that were available."""
        self.record = -1
        """Number of the record by which it came to that."""

    def begin(self, available: int, record: int) -> None:
        """Count one more at work."""
        self.busy += 1
        self.share = max(self.share, min(1.0, self.busy / max(available, 1)))
        if self.busy > self.most:
            self.most, self.record = self.busy, record


class FunctionLife:
    """A function while the simulation runs: its revision, its environments, its limits.

    While an alias shares the events between two versions, each has one of these.
    """

    __slots__ = (
        "allocations",
        "asked",
        "bucket",
        "created",
        "idle",
        "idle_provisioned",
        "last_taken",
        "name",
        "number",
        "pool",
        "provisioned",
        "provisioned_admitted",
        "provisioned_second",
        "provisioned_usable",
        "published",
        "reserved",
        "revision",
        "revisions",
        "second",
        "use",
        "weight",
    )

    def __init__(self, number: int, revision: Revision, pool: Pool, bucket: ScalingBucket) -> None:
        self.number = number
        self.name = revision.plan.name
        self.revision = revision
        self.revisions = [revision]
        self.pool = pool
        self.reserved = False
        self.bucket = bucket
        self.idle: list[ExecutionEnvironment] = []
        """Idle on-demand environments, the most recently used last."""
        self.idle_provisioned: list[ExecutionEnvironment] = []
        self.provisioned: list[ExecutionEnvironment] = []
        """Provisioned environments that exist or are being made, in order of creation."""
        self.provisioned_usable = 0
        """Those of them whose allocation is complete."""
        self.provisioned_second = -1
        self.provisioned_admitted = 0
        """Synchronous requests that provisioned environments took during that second."""
        self.allocations: list[Allocation] = []
        """Allocations not yet complete."""
        self.created: dict[str, int] = {}
        """Environments created so far by initialization type: the key of their draws."""
        self.asked = 0
        """How often provisioned concurrency was asked for: the key of its draws."""
        self.last_taken = -1
        """Number of the record by which the latest environment stopped being free."""
        self.published = revision.plan.autoscaling is not None
        """Whether events come by way of an alias, so that logs name a version (PRV-01)."""
        self.second: FunctionLife | None = None
        """The newer version, while an alias shares the events between two."""
        self.weight = 0.0
        """Share of the events that go to ``second``."""
        self.use: ProvisionedUse | None = None
        """Kept only where auto scaling looks at it; two versions share it."""

    @property
    def versions(self) -> tuple[FunctionLife, ...]:
        """The version that this is, and the newer one beside it if there is one."""
        return (self,) if self.second is None else (self, self.second)

    def beside(self, revision: Revision) -> FunctionLife:
        """Return another version: environments of its own, the function's limits and counts."""
        life = FunctionLife(self.number, revision, self.pool, self.bucket)
        life.reserved, life.published = self.reserved, self.published
        life.created, life.revisions, life.use = self.created, self.revisions, self.use
        return life

    @property
    def provisioned_asked(self) -> int:
        """Provisioned concurrency as configured: existing and still to be made."""
        return len(self.provisioned) + sum(a.missing for a in self.allocations)
