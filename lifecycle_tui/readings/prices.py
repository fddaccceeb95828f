"""AWS's list prices in us-east-1, in dollars, exact: every price stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class PriceList:
    """What one architecture costs."""

    tiers: tuple[tuple[int | None, Decimal], ...]
    """Pairs of (GB-seconds of a month in the tier, dollars for each) on demand; None: all the rest.

    PRI-01, PRI-02 and PRI-03.
    """
    provisioned: Decimal
    """A configured GB-second of provisioned concurrency (PRI-05)."""
    provisioned_duration: Decimal
    """A GB-second of duration on provisioned concurrency (PRI-06)."""
    tenant_environment: Decimal
    """A GB of an environment that is created for a tenant (PRI-12)."""

    @property
    def break_even(self) -> Decimal:
        """The utilisation from which provisioned concurrency costs less than none, first tier."""
        return self.provisioned / (self.tiers[0][1] - self.provisioned_duration)


PRICES: Final[dict[str, PriceList]] = {
    "x86_64": PriceList(
        tiers=(
            (6_000_000_000, Decimal("0.0000166667")),
            (9_000_000_000, Decimal("0.0000150000")),
            (None, Decimal("0.0000133334")),
        ),
        provisioned=Decimal("0.0000041667"),
        provisioned_duration=Decimal("0.0000097222"),
        tenant_environment=Decimal("0.000166667"),
    ),
    "arm64": PriceList(
        tiers=(
            (7_500_000_000, Decimal("0.0000133334")),
            (11_250_000_000, Decimal("0.0000120001")),
            (None, Decimal("0.0000106667")),
        ),
        provisioned=Decimal("0.0000033334"),
        provisioned_duration=Decimal("0.0000077778"),
        tenant_environment=Decimal("0.000133333"),
    ),
}
"""By architecture."""
MILLION_REQUESTS: Final = Decimal("0.20")
"""A million requests (PRI-04)."""
EPHEMERAL: Final = Decimal("0.0000000309")
"""A GB-second of ephemeral storage above the free part (PRI-08)."""
SNAPSHOT: Final = Decimal("0.0000015046")
"""A GB-second of a version's snapshot, for Python and .NET (PRI-09)."""
RESTORE: Final = Decimal("0.0001397998")
"""A GB restored from a snapshot, for Python and .NET (PRI-10)."""
POLLER_HOUR: Final = {"kafka": Decimal("0.185"), "sqs": Decimal("0.00925")}
"""An hour of one event poller unit, by what it polls (PRI-15)."""
INSTANCE_FEE: Final = Decimal("0.15")
"""The part of an instance's on-demand price that managing it costs on top (PRI-14)."""
EDGE_128_MB_SECOND: Final = Decimal("0.00000625125")
"""A second of 128 MB on Lambda@Edge (PRI-16)."""
EDGE_MILLION_REQUESTS: Final = Decimal("0.60")
"""A million requests of Lambda@Edge (PRI-16)."""
FREE_REQUESTS: Final = 1_000_000
"""Requests of a month in the free tier (PRI-07)."""
FREE_GB_SECONDS: Final = 400_000
"""On-demand GB-seconds of a month in the free tier (PRI-07)."""
