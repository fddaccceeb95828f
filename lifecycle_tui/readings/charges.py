"""What some functions are charged beside, or instead of, requests and duration.

Event pollers (PRI-15), environments of tenants (PRI-12), managed instances (PRI-14), large
asynchronous events (BIL-10) and Lambda@Edge (PRI-16). Dollars are exact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from lifecycle_tui.readings.prices import (
    EDGE_128_MB_SECOND,
    EDGE_MILLION_REQUESTS,
    INSTANCE_FEE,
    POLLER_HOUR,
    PRICES,
)

FIRST_REQUEST_KB: Final = 256
FURTHER_REQUEST_KB: Final = 64
"""An asynchronous event is one request up to so many KB, and one more for so many each."""


class Pollers(NamedTuple):
    """Event pollers of an event source mapping in provisioned mode."""

    source: str
    """``sqs`` or ``kafka``."""
    unit_hours: Fraction

    @property
    def usd(self) -> Fraction:
        """What they cost."""
        return self.unit_hours * Fraction(POLLER_HOUR[self.source])


class Instances(NamedTuple):
    """Managed instances on which a function runs; prices are dollars for an hour of one."""

    hours: Fraction
    list_usd: Fraction
    """On demand: the fee is a part of this, whatever is paid."""
    paid_usd: Fraction | None = None
    """With a savings plan, say; None: the on-demand price."""

    @property
    def usd(self) -> Fraction:
        """What the instances cost, without the fee."""
        return self.hours * (self.list_usd if self.paid_usd is None else self.paid_usd)

    @property
    def fee_usd(self) -> Fraction:
        """What managing them costs."""
        return self.hours * self.list_usd * Fraction(INSTANCE_FEE)


def requests_of_event(payload_kb: int) -> int:
    """Return as how many requests an asynchronous event of so many KB counts (BIL-10)."""
    return 1 + -(-max(0, payload_kb - FIRST_REQUEST_KB) // FURTHER_REQUEST_KB)


def tenant_usd(gigabytes: Fraction, architecture: str) -> Fraction:
    """Return the price of environments created for tenants, by the GB they have together."""
    return gigabytes * Fraction(PRICES[architecture].tenant_environment)


def edge_compute_usd(gb_seconds: Fraction) -> Fraction:
    """Return the price of duration on Lambda@Edge."""
    return gb_seconds * (1_024 // 128) * Fraction(EDGE_128_MB_SECOND)


def edge_requests_usd(requests: Fraction) -> Fraction:
    """Return the price of requests to Lambda@Edge."""
    return requests * Fraction(EDGE_MILLION_REQUESTS) / 1_000_000
