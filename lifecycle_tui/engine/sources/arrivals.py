"""Arrivals: the events of one ``fire`` or ``pattern`` command, in time order, drawn as needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain, count
from typing import Final

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.chance import BLOCK_BITS, Chance, Stream
from lifecycle_tui.engine.plan import Fire, Outcome, Pattern
from lifecycle_tui.engine.sources.computing import Computing, Undecided
from lifecycle_tui.engine.sources.registry import Source
from lifecycle_tui.engine.worktime import CpuAndWait, WorkTime

_COMMAND_SHIFT: Final = 32
"""Room for 2**32 events in each of a function's commands, so that no two share a draw."""


class Feed:
    """The events that one command sends.

    ``arrivals`` gives pairs of (time_us, handler time in us), ascending in time.
    """

    __slots__ = ("arrivals", "function", "outcome", "record", "source")

    def __init__(
        self,
        command: Fire | Pattern,
        *,
        chance: Chance,
        function: FunctionLife,
        ordinal: int,
        record: int,
        source: Source | None = None,
    ) -> None:
        """Prepare the arrivals.

        Args:
            command: what the plan says.
            chance: the run's draws.
            function: whom the events are for, configured as when the command is executed.
            ordinal: the command's place among those that send events to this function: the key of
                its draws, so that other commands do not disturb them.
            record: number of the COMMAND record.
            source: who hands the events over; None for plain synchronous ones.
        """
        plan = function.revision.plan
        self.source = source
        self.function = command.function
        self.record = record
        self.outcome: Outcome = command.outcome or plan.handler_outcome
        work: WorkTime | Undecided = command.duration or plan.handler
        if source is not None and isinstance(work, CpuAndWait):
            self.source = Computing(source, function, work)
            work = Undecided()
        handler = chance.stream(f"{plan.name}/handler")
        entity = ordinal << _COMMAND_SHIFT
        if isinstance(command, Fire) and command.count == 1:
            self.arrivals: Iterator[tuple[int, int]] = iter(
                [(command.at_us, work.at(handler.draw(entity)))]
            )
            return
        first = entity >> BLOCK_BITS
        if isinstance(command, Fire):
            times = _fired(command)
        elif command.process == "poisson":
            times = _poisson(command, chance.stream(f"{plan.name}/arrivals"), first)
        else:
            times = _steady(command)
        blocks = (work.many(handler.block(number)) for number in count(first))
        self.arrivals = zip(times, chain.from_iterable(blocks), strict=False)


def _fired(command: Fire) -> Iterator[int]:
    for number in range(command.count):
        yield command.at_us + number * command.over_us // command.count


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
