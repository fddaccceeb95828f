"""Patterns beyond a level rate: commands that send events for a while, as frozen values.

Each is a ``Pattern`` and so has its length ``for_us`` and its mean gap ``gap_us``, which follow
from what it is made of.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from lifecycle_tui.engine.courses import Course
from lifecycle_tui.engine.plan import SECOND, Pattern
from lifecycle_tui.engine.worktime import WorkTime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePattern(Pattern):
    """Send events at a rate that changes; ``process`` is ``poisson`` or ``steady`` as usual.

    Steady event k comes when k events are expected.
    """

    gap_us: float = field(init=False)
    course: Course

    def __post_init__(self) -> None:
        expected = self.course.expected(self.for_us)
        object.__setattr__(self, "gap_us", self.for_us / expected if expected else SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class CronPattern(Pattern):
    """Send one event every ``gap_us``, up to ``jitter_us`` late (equally likely).

    The first is due at once. ``jitter_us`` is at most the gap, so that events keep their order.
    """

    process: str = "cron"
    jitter_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalPattern(Pattern):
    """Send events with gaps drawn from any distribution; the first comes one gap in."""

    gap_us: float = field(init=False)
    process: str = "renewal"
    gap: WorkTime

    def __post_init__(self) -> None:
        object.__setattr__(self, "gap_us", self.gap.mean_us)


@dataclass(frozen=True, slots=True)
class Recording:
    """Arrivals that somebody recorded: times and handler durations, 16 bytes an event.

    ``arrivals`` and ``durations`` are packed (``array('q')``), so that ten million events stay a
    value that can be compared and hashed.
    """

    name: str
    arrivals: bytes = field(repr=False)
    durations: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, arrivals: Iterable[int], durations: Iterable[int]) -> Recording:
        """Pack a recording.

        Args:
            name: what it is called, for people.
            arrivals: microseconds from the start of the recording, ascending.
            durations: the handler's time in microseconds, one for each arrival.
        """
        packed = (array("q", arrivals).tobytes(), array("q", durations).tobytes())
        return cls(name, *packed)

    @property
    def times_us(self) -> memoryview[int]:
        """All arrivals, in microseconds."""
        return memoryview(self.arrivals).cast("q")

    @property
    def handler_us(self) -> memoryview[int]:
        """All durations, in microseconds."""
        return memoryview(self.durations).cast("q")

    def __len__(self) -> int:
        return len(self.times_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPattern(Pattern):
    """Send the events of a recording, each with its own handler duration."""

    gap_us: float = field(init=False)
    for_us: int = field(init=False)
    process: str = "trace"
    recording: Recording

    def __post_init__(self) -> None:
        last_us = self.recording.times_us[-1] if len(self.recording) else 0
        object.__setattr__(self, "for_us", last_us)
        object.__setattr__(self, "gap_us", max(last_us, 1) / max(len(self.recording), 1))
