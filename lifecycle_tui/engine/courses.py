"""Courses: how the rate of a pattern goes over time, as frozen values.

A course answers two questions: how many events are expected by a moment, and by which moment so
many are expected. The second is the inverse of the first. Arrivals are taken from it: steady
ones at every whole number of expected events, Poisson ones at sums of exponential steps. So each
event costs one draw, however high the peak, and a change of the course leaves every arrival
before it where it was.

Rates are events per second, moments microseconds from the start of the pattern.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_SECOND: Final = 1_000_000
_NEVER: Final = math.inf
_HALVINGS: Final = 64


@dataclass(frozen=True, slots=True)
class Ramp:
    """From one rate to another in a straight line; either may be zero."""

    begin: float
    end: float
    over_us: int

    def expected(self, moment_us: float) -> float:
        """Return how many events are expected before a moment of the ramp."""
        share = moment_us / self.over_us / 2
        return moment_us / _SECOND * (self.begin + (self.end - self.begin) * share)

    def moment_us(self, events: float) -> float:
        """Return when so many events are expected; infinite if they never are."""
        begin, slope = self.begin / _SECOND, (self.end - self.begin) / _SECOND / self.over_us
        square = begin * begin + 2 * slope * events
        if square < 0:
            return _NEVER
        speed = begin + math.sqrt(square)
        return 2 * events / speed if speed else 0.0


@dataclass(frozen=True, slots=True)
class Spike:
    """One rate, but another from a moment on for a while; either may be zero."""

    base: float
    peak: float
    from_us: int
    width_us: int

    def expected(self, moment_us: float) -> float:
        """Return how many events are expected before a moment."""
        inside_us = min(max(moment_us - self.from_us, 0), self.width_us)
        return (self.base * (moment_us - inside_us) + self.peak * inside_us) / _SECOND

    def moment_us(self, events: float) -> float:
        """Return when so many events are expected; infinite if they never are."""
        before = self.base * self.from_us / _SECOND
        during = self.peak * self.width_us / _SECOND
        if events < before:
            return events / self.base * _SECOND
        if events < before + during:
            return self.from_us + (events - before) / self.peak * _SECOND
        if not self.base:
            return _NEVER
        after = events - before - during
        return self.from_us + self.width_us + after / self.base * _SECOND


@dataclass(frozen=True, slots=True)
class Wave:
    """A rate that swings around its mean: ``mean * (1 + amplitude * sin(2 pi t / period))``.

    Args:
        mean: above zero.
        amplitude: a share of the mean, from 0 to 1.
        period_us: the length of one swing.
    """

    mean: float
    amplitude: float
    period_us: int

    def expected(self, moment_us: float) -> float:
        """Return how many events are expected before a moment."""
        angle = 2 * math.pi * (moment_us % self.period_us) / self.period_us
        swing_us = self.amplitude * self.period_us / (2 * math.pi) * (1 - math.cos(angle))
        return self.mean * (moment_us + swing_us) / _SECOND

    def moment_us(self, events: float) -> float:
        """Return when so many events are expected, to a hundredth of a microsecond.

        There is no closed form. Newton's steps are taken where they stay between the ends that
        are known, halves of the way elsewhere.
        """
        a_period = self.mean * self.period_us / _SECOND
        periods = math.floor(events / a_period)
        wanted = events - periods * a_period
        low_us, high_us = 0.0, float(self.period_us)
        guess_us = wanted / a_period * high_us
        for _ in range(_HALVINGS):
            missing = wanted - self.expected(guess_us)
            if missing > 0:
                low_us = guess_us
            else:
                high_us = guess_us
            angle = 2 * math.pi * guess_us / self.period_us
            speed = self.mean / _SECOND * (1 + self.amplitude * math.sin(angle))
            step_us = missing / speed if speed > 0 else _NEVER
            if abs(step_us) < 0.01 or high_us - low_us < 0.01:
                break
            guess_us += step_us
            if not low_us < guess_us < high_us:
                guess_us = (low_us + high_us) / 2
        return periods * self.period_us + guess_us


Course = Ramp | Spike | Wave
