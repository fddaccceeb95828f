"""Work times: how long something takes, as a pure function of one uniform draw.

A draw is turned into a time by the inverse of its distribution, so one draw gives one time and
a work time carries no state. All times are whole microseconds (``_us``).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

VCPU_MB: Final = 1_769
"""Memory at which a function has the equivalent of one vCPU (LIM-03)."""
LONGEST_US: Final = 366 * 24 * 3_600_000_000
"""Times without an upper end are cut here, so that no trace meets one that it cannot hold."""


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same time."""

    us: int

    def at(self, draw: float) -> int:  # noqa: ARG002 - every work time takes a draw
        """Return the time in microseconds; the draw does not matter."""
        return self.us

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        return [self.us] * len(draws)

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return float(self.us)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every time between two ends is equally likely."""

    low_us: int
    high_us: int

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1)."""
        return self.low_us + round(draw * (self.high_us - self.low_us))

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        low, span = self.low_us, self.high_us - self.low_us
        return [low + round(draw * span) for draw in draws]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return (self.low_us + self.high_us) / 2


@dataclass(frozen=True, slots=True)
class Exponential:
    """The memoryless time with a given mean."""

    expected_us: int

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1)."""
        return round(-self.expected_us * math.log(1.0 - draw))

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        scale, log = -self.expected_us, math.log
        return [round(scale * log(1.0 - draw)) for draw in draws]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return float(self.expected_us)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A long-tailed time, given by its median and its 99th percentile."""

    p50_us: int
    p99_us: int

    @property
    def sigma(self) -> float:
        """The standard deviation of the logarithm."""
        return math.log(self.p99_us / self.p50_us) / _Z99

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1), at most ``LONGEST_US``."""
        return self.many((draw,))[0]

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        median, sigma, exp = self.p50_us, self.sigma, math.exp
        return [
            min(round(median * exp(sigma * normal_quantile(draw))), LONGEST_US) for draw in draws
        ]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return self.p50_us * math.exp(self.sigma**2 / 2)


@dataclass(frozen=True, slots=True)
class Weibull:
    """A time that gets rarer or likelier to end the longer it has lasted.

    Args:
        shape: 1 is the memoryless exponential; below it come bursts and long silences.
        scale_us: 63 % of all times are shorter.
    """

    shape: float
    scale_us: int

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1), at most ``LONGEST_US``."""
        return self.many((draw,))[0]

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        scale, power, log = self.scale_us, 1 / self.shape, math.log
        return [min(round(scale * (-log(1.0 - draw)) ** power), LONGEST_US) for draw in draws]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return self.scale_us * math.gamma(1 + 1 / self.shape)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A measured distribution: times at given probabilities, straight lines between them.

    Args:
        probabilities: ascending, from 0 to 1.
        times_us: one time for each probability, ascending.
    """

    probabilities: tuple[float, ...]
    times_us: tuple[int, ...]

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1)."""
        right = min(bisect_right(self.probabilities, draw), len(self.probabilities) - 1)
        left = right - 1
        span = self.probabilities[right] - self.probabilities[left]
        share = (draw - self.probabilities[left]) / span
        return round(self.times_us[left] + share * (self.times_us[right] - self.times_us[left]))

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        return [self.at(draw) for draw in draws]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        pairs = zip(self.probabilities, self.times_us, strict=True)
        points = list(pairs)
        return sum((p1 - p0) * (t0 + t1) / 2 for (p0, t0), (p1, t1) in pairwise(points))


@dataclass(frozen=True, slots=True)
class CpuAndWait:
    """Time in which the code computes, which memory shortens, and time in which it waits.

    Attributes:
        cpu: computing time with one vCPU, of code with one thread.
        wait: time in which somebody else works, the same at any memory size.
        memory_mb: the memory that the time is for.
    """

    cpu: WorkTime
    wait: WorkTime
    memory_mb: int = VCPU_MB

    def on(self, memory_mb: int) -> CpuAndWait:
        """Return the same work for a function with this memory."""
        return CpuAndWait(self.cpu, self.wait, memory_mb)

    def at(self, draw: float) -> int:
        """Return the time in microseconds for a draw in [0, 1), which serves both parts."""
        second = draw * _HALF_DRAW % 1.0
        return computing_us(self.cpu.at(draw), self.memory_mb) + self.wait.at(second)

    def many(self, draws: Sequence[float]) -> list[int]:
        """Return one time for each draw."""
        return [self.at(draw) for draw in draws]

    @property
    def mean_us(self) -> float:
        """The mean in microseconds."""
        return computing_us(round(self.cpu.mean_us), self.memory_mb) + self.wait.mean_us


WorkTime = Constant | Uniform | Exponential | Lognormal | Weibull | Quantiles | CpuAndWait

_HALF_DRAW: Final = 2.0**26
"""A draw has 53 bits: what is behind the first 26 is a draw of its own."""


def computing_us(cpu_us: int, memory_mb: int) -> int:
    """Return how long one thread computes that needs a time with one vCPU (LIM-03, SIM-CPU †)."""
    return cpu_us if memory_mb >= VCPU_MB else -(-cpu_us * VCPU_MB // memory_mb)


def on_memory(work: WorkTime, memory_mb: int) -> WorkTime:
    """Return a work time for a function with this memory."""
    return work.on(memory_mb) if isinstance(work, CpuAndWait) else work


ZERO: Final = Constant(0)

_Z99: Final = 2.3263478740408408
"""The standard normal's 99th percentile."""

_CENTRE_NUM: Final = (
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.3871328727963666080e0,
)  # fmt: skip
_CENTRE_DEN: Final = (
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
    4.2313330701600911252e1, 1.0,
)  # fmt: skip
_NEAR_NUM: Final = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
    4.63033784615654529590e0, 1.42343711074968357734e0,
)  # fmt: skip
_NEAR_DEN: Final = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
    2.05319162663775882187e0, 1.0,
)  # fmt: skip
_FAR_NUM: Final = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
    5.46378491116411436990e0, 6.65790464350110377720e0,
)  # fmt: skip
_FAR_DEN: Final = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1.0,
)  # fmt: skip


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile, to about 16 digits (Wichura's AS 241).

    ``statistics.NormalDist`` does the same but loads ``random``, which the engine may not.
    """
    offset = probability - 0.5
    if abs(offset) <= 0.425:
        square = 0.180625 - offset * offset
        return offset * _horner(_CENTRE_NUM, square) / _horner(_CENTRE_DEN, square)
    tail = math.sqrt(-math.log(max(min(probability, 1.0 - probability), 1e-300)))
    if tail <= 5.0:
        size = _horner(_NEAR_NUM, tail - 1.6) / _horner(_NEAR_DEN, tail - 1.6)
    else:
        size = _horner(_FAR_NUM, tail - 5.0) / _horner(_FAR_DEN, tail - 5.0)
    return size if offset > 0 else -size


def _horner(coefficients: tuple[float, ...], x: float) -> float:
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value
