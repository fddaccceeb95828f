"""When the events of a pattern arrive: one lazy, ascending stream of times for each kind.

Draws are keyed by the pattern and the number of the event, in blocks: one setting that changes
leaves the draws of all others alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, count, islice
from typing import Final

from lifecycle_tui.engine.chance import Chance, Stream
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import Pattern

MOST: Final = 10_000_000
"""Gaps may all be zero: a renewal pattern ends here at the latest."""


def times(command: Pattern, chance: Chance, function: str, first: int) -> Iterator[int]:
    """Return the times at which a pattern's events arrive, in microseconds.

    Args:
        command: the pattern.
        chance: the run's draws.
        function: the name of the function that gets the events; its streams are used.
        first: number of the first block of draws that is the pattern's own.
    """
    draws = chance.stream(f"{function}/arrivals")
    match command:
        case ReplayPattern():
            return _replayed(command)
        case CronPattern():
            return _cron(command, draws, first)
        case RenewalPattern():
            return islice(_renewal(command, draws, first), MOST)
        case CoursePattern():
            steps = _ones() if command.process == "steady" else _exponentials(draws, first)
            return _along(command, steps)
        case Pattern(process="poisson"):
            return _poisson(command, draws, first)
        case _:
            return _steady(command)


def recorded_us(command: Pattern) -> Sequence[int] | None:
    """Return the handler times of a replay in microseconds; None where they are drawn."""
    return command.recording.handler_us if isinstance(command, ReplayPattern) else None


def _steady(command: Pattern) -> Iterator[int]:
    for number in count():
        offset_us = round(number * command.gap_us)
        if offset_us >= command.for_us:
            return
        yield command.at_us + offset_us


def _poisson(command: Pattern, gaps: Stream, first: int) -> Iterator[int]:
    at_us = command.at_us
    stop_us = at_us + command.for_us
    scale, log = -command.gap_us, math.log
    for number in count(first):
        for draw in gaps.block(number):
            at_us += round(scale * log(1.0 - draw))
            if at_us >= stop_us:
                return
            yield at_us


def _along(command: CoursePattern, steps: Iterator[float]) -> Iterator[int]:
    """Follow a course: each step of expected events is one arrival."""
    at_us, for_us, moment_us = command.at_us, command.for_us, command.course.moment_us
    limit = command.course.expected(for_us)
    expected, latest_us = 0.0, 0
    for step in steps:
        expected += step
        if expected >= limit:
            return
        latest_us = max(latest_us, round(min(moment_us(expected), for_us)))
        if latest_us >= for_us:
            return
        yield at_us + latest_us


def _ones() -> Iterator[float]:
    yield 0.0
    while True:
        yield 1.0


def _exponentials(draws: Stream, first: int) -> Iterator[float]:
    log = math.log
    for draw in _in_order(draws, first):
        yield -log(1.0 - draw)


def _cron(command: CronPattern, lateness: Stream, first: int) -> Iterator[int]:
    stop_us, jitter_us = command.at_us + command.for_us, command.jitter_us
    for due_us, draw in zip(_steady(command), _in_order(lateness, first), strict=False):
        at_us = due_us + round(draw * jitter_us)
        if at_us < stop_us:
            yield at_us


def _renewal(command: RenewalPattern, gaps: Stream, first: int) -> Iterator[int]:
    at_us = command.at_us
    stop_us = at_us + command.for_us
    for number in count(first):
        for gap_us in command.gap.many(gaps.block(number)):
            at_us += gap_us
            if at_us >= stop_us:
                return
            yield at_us


def _replayed(command: ReplayPattern) -> Iterator[int]:
    at_us = command.at_us
    for offset_us in command.recording.times_us:
        yield at_us + offset_us


def _in_order(draws: Stream, first: int) -> Iterator[float]:
    return chain.from_iterable(draws.block(number) for number in count(first))
