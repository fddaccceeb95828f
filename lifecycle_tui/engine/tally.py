"""What a run adds up to, counted while it runs: the whole output of a run without a trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lifecycle_tui.engine.plan import FunctionPlan

_EXACT: Final = 65_536
_FOLDED: Final = 8_192
_MANTISSA_BITS: Final = 11


class Latencies:
    """Latencies in microseconds: exact up to 65,536 of them, then in buckets of 0.05 % width.

    Constant memory: a bucket holds all values that agree in their first eleven bits.
    """

    __slots__ = ("_buckets", "_maximum", "recent")

    def __init__(self) -> None:
        self.recent: list[int] = []
        """Values not yet sorted into buckets; call ``fold`` when there are many."""
        self._buckets: dict[int, int] = {}
        self._maximum = 0

    def fold(self) -> None:
        """Sort the recent values into buckets if there are too many to keep."""
        if len(self.recent) >= (_FOLDED if self._buckets else _EXACT):
            self._sort_into_buckets()

    def _sort_into_buckets(self) -> None:
        self._maximum = self.maximum_us
        buckets = self._buckets
        for value in self.recent:
            shift = value.bit_length() - _MANTISSA_BITS
            key = value if shift <= 0 else value >> shift << shift
            buckets[key] = buckets.get(key, 0) + 1
        self.recent.clear()

    @property
    def count(self) -> int:
        """How many latencies were noted."""
        return len(self.recent) + sum(self._buckets.values())

    @property
    def maximum_us(self) -> int:
        """The longest; 0 if there is none."""
        return max(self._maximum, max(self.recent, default=0))

    def quantile_us(self, probability: float) -> int:
        """Return the nearest-rank quantile; 0 if there is none."""
        total = self.count
        if not total:
            return 0
        rank = max(1, -int(-probability * total // 1))
        if not self._buckets:
            return sorted(self.recent)[rank - 1]
        self._sort_into_buckets()
        seen = 0
        for value in sorted(self._buckets):
            seen += self._buckets[value]
            if seen >= rank:
                return value
        return self.maximum_us


@dataclass(slots=True)
class Bill:
    """What one revision of a function has run up."""

    plan: FunctionPlan
    requests: int = 0
    """Attempts in which code ran, on demand."""
    billed_ms: int = 0
    """Billed Duration of those, Init included where it is billed."""
    init_billed_ms: int = 0
    """The part of ``billed_ms`` that an Init added."""
    provisioned_requests: int = 0
    provisioned_billed_ms: int = 0
    provisioned_init_ms: int = 0
    """Init of provisioned environments that was over by the end of the run (BIL-08)."""


@dataclass(slots=True)
class Tally:
    """Totals of one run."""

    events: int = 0
    cold: int = 0
    warm: int = 0
    pre: int = 0
    restored: int = 0
    reinit: int = 0
    provisioned_invocations: int = 0
    spillovers: int = 0
    throttles: int = 0
    dropped: int = 0
    """Events that Lambda or their source gave up."""
    errors: int = 0
    """Function errors, time-outs not included."""
    timeouts: int = 0
    peak_concurrency: int = 0
    environments_created: int = 0
    environments_gone: int = 0
    busy_us: int = 0
    """Time in Invoke of all invocations that ended."""
    environment_us: int = 0
    """Lifetime of all environments, from creation to GONE or the end of the run."""
    autoscaled: list[tuple[int, int, int]] = field(default_factory=list)
    """When auto scaling set provisioned concurrency, of which function, and to what."""
    bills: list[Bill] = field(default_factory=list)
    latencies: Latencies = field(default_factory=Latencies)

    @property
    def invocations(self) -> int:
        """Attempts in which code ran."""
        return self.cold + self.warm + self.pre + self.restored + self.reinit

    @property
    def billed_ms(self) -> int:
        """Billed Duration of all invocations."""
        return sum(bill.billed_ms + bill.provisioned_billed_ms for bill in self.bills)
