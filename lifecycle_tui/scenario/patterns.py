"""The ``pattern`` command: each process with its own keys, or a trace of recorded arrivals.

| process | keys besides ``for`` |
|---|---|
| ``poisson``, ``steady`` | ``rate`` |
| ``ramp`` | ``rate`` at the start, ``to`` at the end, ``spacing`` |
| ``spike`` | ``rate``, and ``peak`` from ``spike_at`` on for ``width``, ``spacing`` |
| ``wave`` | mean ``rate``, ``amplitude`` as a share of it, ``period``, ``spacing`` |
| ``cron`` | ``every``, ``jitter`` |
| ``renewal`` | ``gap``, a work time |

``spacing`` is ``poisson`` unless it is ``steady``. A ``trace`` has its own times and durations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from lifecycle_tui import guest
from lifecycle_tui.engine.courses import Course, Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import Outcome, Pattern
from lifecycle_tui.engine.worktime import Constant, WorkTime
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.nodes import Node, Scalar
from lifecycle_tui.scenario.recordings import read_recording, recording_name
from lifecycle_tui.units.text import quote

MOST_EVENTS: Final = 10_000_000
"""One command may not send more."""

SHARED: Final = ("function", "source", "process", "for", "duration", "outcome")
"""The keys of every process."""
OWN: Final[dict[str, tuple[str, ...]]] = {
    "poisson": ("rate",),
    "steady": ("rate",),
    "ramp": ("rate", "to", "spacing"),
    "spike": ("rate", "peak", "spike_at", "width", "spacing"),
    "wave": ("rate", "amplitude", "period", "spacing"),
    "cron": ("every", "jitter"),
    "renewal": ("gap",),
}
"""The keys that only one process has, or some."""
KEYS: Final = (*SHARED, "trace", *dict.fromkeys(key for own in OWN.values() for key in own))
"""All keys that any pattern has."""
_WITH_TRACE: Final = ("function", "source", "outcome", "trace")


Recordings = Mapping[str, Recording]
"""Recorded arrivals by the names of their files, without folders."""


@dataclass(frozen=True, slots=True)
class Sender:
    """What a pattern has in common with every command that sends events."""

    at_us: int
    function: int
    source: str
    outcome: Outcome | None
    folder: Path
    """Where the names of traces begin: the scenario file's folder."""
    recordings: Recordings | None = None
    """Traces that are here already, by name; no file is read then."""


def read_pattern(fields: Fields, sender: Sender) -> Pattern | None:
    """Read the keys of a pattern; None after a problem that leaves nothing to build."""
    if "trace" in fields:
        return _trace(fields, sender)
    process = "poisson"
    if "process" in fields:
        process = fields.read("process", readers.word(OWN), "")
        if not process:
            return None
    own = OWN[process]
    for key in fields.keys:
        if key in KEYS and key not in (*SHARED, *own):
            takes = f"it takes {', '.join(own)} and for"
            fields.refuse_key(key, f"the process {process} takes no {key}; {takes}")
    for_us = fields.require("for", readers.duration, 0)
    if sender.at_us + for_us > readers.LONGEST_US:
        fields.refuse("for", "ends after 366 days, the most there is")
    duration = fields.read("duration", readers.work_time, None)
    return _READS[process](_Pattern(fields, sender, process, for_us, duration))


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One pattern as it is being read."""

    fields: Fields
    sender: Sender
    process: str
    for_us: int
    duration: WorkTime | None

    @property
    def shared(self) -> dict[str, Any]:
        """The arguments that every kind of pattern has."""
        sender = self.sender
        return {
            "at_us": sender.at_us,
            "function": sender.function,
            "source": sender.source,
            "duration": self.duration,
            "outcome": sender.outcome,
        }

    def limit(self, key: str, expected: float | Fraction) -> None:
        """Note a problem with a key if the pattern sends too many events for one command."""
        if expected > MOST_EVENTS:
            message = f"sends more than {MOST_EVENTS:,} events, the most for one command"
            self.fields.refuse(key, message)

    def along(self, key: str, course: Course) -> CoursePattern:
        """Return the pattern that follows a course; ``key`` is to blame for too many events."""
        expected = course.expected(self.for_us)
        self.limit(key, expected)
        if not expected and self.for_us:
            self.fields.refuse(key, "there is no rate above zero; nothing would be sent")
        spacing = self.fields.read("spacing", readers.word(("poisson", "steady")), "poisson")
        return CoursePattern(process=spacing, for_us=self.for_us, course=course, **self.shared)


def _level(pattern: _Pattern) -> Pattern:
    rate = pattern.fields.require("rate", readers.rate, Fraction(1))
    pattern.limit("rate", rate * pattern.for_us / 1_000_000)
    return Pattern(
        process=pattern.process,
        gap_us=float(1_000_000 / rate),
        for_us=pattern.for_us,
        **pattern.shared,
    )


def _ramp(pattern: _Pattern) -> Pattern:
    begin = pattern.fields.require("rate", readers.rate_or_zero, Fraction(1))
    end = pattern.fields.require("to", readers.rate_or_zero, Fraction(1))
    return pattern.along("to", Ramp(float(begin), float(end), max(pattern.for_us, 1)))


def _spike(pattern: _Pattern) -> Pattern:
    fields = pattern.fields
    base = fields.require("rate", readers.rate_or_zero, Fraction(1))
    peak = fields.require("peak", readers.rate_or_zero, Fraction(1))
    from_us = fields.require("spike_at", readers.duration, 0)
    width_us = fields.require("width", readers.duration, 0)
    if "for" in fields and from_us + width_us > pattern.for_us:
        fields.refuse("width", "the spike ends after the pattern: spike_at + width is above for")
    return pattern.along("peak", Spike(float(base), float(peak), from_us, width_us))


def _wave(pattern: _Pattern) -> Pattern:
    fields = pattern.fields
    mean = fields.require("rate", readers.rate, Fraction(1))
    amplitude = fields.require("amplitude", readers.number(0, 1), 0.0)
    period_us = fields.require("period", readers.above_zero, 1)
    return pattern.along("rate", Wave(float(mean), amplitude, period_us))


def _cron(pattern: _Pattern) -> Pattern:
    fields = pattern.fields
    every_us = fields.require("every", readers.above_zero, readers.LONGEST_US)
    jitter_us = fields.read("jitter", readers.duration, 0)
    if jitter_us > every_us:
        fields.refuse("jitter", "is longer than every; a ping would come after the next one")
    pattern.limit("every", Fraction(pattern.for_us, every_us))
    return CronPattern(
        gap_us=float(every_us), jitter_us=jitter_us, for_us=pattern.for_us, **pattern.shared
    )


def _renewal(pattern: _Pattern) -> Pattern:
    default: WorkTime = Constant(readers.LONGEST_US)
    gap = pattern.fields.require("gap", _gap, default)
    pattern.limit("gap", pattern.for_us / gap.mean_us)
    return RenewalPattern(gap=gap, for_us=pattern.for_us, **pattern.shared)


def _gap(node: Node) -> WorkTime:
    gap = readers.work_time(node)
    if not gap.mean_us:
        raise UnfitError("a gap of zero between events never lets time pass")
    return gap


_READS: Final[dict[str, Callable[[_Pattern], Pattern]]] = {
    "poisson": _level,
    "steady": _level,
    "ramp": _ramp,
    "spike": _spike,
    "wave": _wave,
    "cron": _cron,
    "renewal": _renewal,
}


def _trace(fields: Fields, sender: Sender) -> Pattern | None:
    for key in fields.keys:
        if key in KEYS and key not in _WITH_TRACE:
            fields.refuse_key(key, f"a trace brings its own times and durations; leave {key} out")
    recording = fields.read("trace", lambda node: _recording(node, fields, sender), None)
    if recording is None:
        return None
    command = ReplayPattern(
        at_us=sender.at_us,
        function=sender.function,
        source=sender.source,
        outcome=sender.outcome,
        recording=recording,
    )
    if sender.at_us + command.for_us > readers.LONGEST_US:
        fields.refuse("trace", "ends after 366 days, the most there is")
    return command


def _recording(node: Node, fields: Fields, sender: Sender) -> Recording | None:
    if not isinstance(node, Scalar) or not node.text:
        raise UnfitError(f"found {readers.describe_value(node)}; expected the name of a CSV file")
    if sender.recordings is not None:
        found = sender.recordings.get(recording_name(node.text))
        if found is None:
            raise UnfitError(f"the recording {quote(node.text, 100)} is not here")
        return found
    path = sender.folder / node.text
    try:
        guest.refuse_files()
        if not path.exists():
            raise UnfitError(f"there is no file {quote(str(path), 100)}")
        if not path.is_file():
            raise UnfitError(f"{quote(str(path), 100)} is no regular file")
        return read_recording(path, fields.problems)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnfitError(f"cannot read {quote(node.text, 100)}: {reason}") from None
