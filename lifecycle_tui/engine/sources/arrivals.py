"""Arrivals: the events of one ``fire`` or ``pattern`` command, in time order, drawn as needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.chance import BLOCK_BITS, Chance
from lifecycle_tui.engine.plan import Fire, Outcome, Pattern
from lifecycle_tui.engine.sources.registry import Source
from lifecycle_tui.engine.worktime import CpuAndWait, WorkTime

if TYPE_CHECKING:
    from lifecycle_tui.engine.sources.computing import Undecided

_COMMAND_SHIFT: Final = 32
"""Room for 2**32 events in each of a function's commands, so that no two share a draw."""


class Feed:
    """The events that one command sends.

    ``arrivals`` gives pairs of (time_us, handler time in us), ascending in time.
    """

    __slots__ = ("arrivals", "function", "key", "outcome", "record", "source")

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
        self.key = ordinal << _COMMAND_SHIFT
        """By which chance knows its latest event: its command, and its number among those of it."""
        self.source = source
        self.function = command.function
        self.record = record
        self.outcome: Outcome = command.outcome or plan.handler_outcome
        work: WorkTime | Undecided = command.duration or plan.handler
        if source is not None and isinstance(work, CpuAndWait):
            from lifecycle_tui.engine.sources.computing import Computing, Undecided

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
            moments = _fired(command)
        else:
            # Not before a pattern is met: the default scenario has none, and start-up counts.
            from lifecycle_tui.engine.sources.patterns import recorded_us, times

            moments = times(command, chance, plan.name, first)
            recorded = recorded_us(command)
            if recorded is not None:
                self.source = source
                self.arrivals = zip(moments, recorded, strict=True)
                return
        blocks = (work.many(handler.block(number)) for number in count(first))
        self.arrivals = zip(moments, chain.from_iterable(blocks), strict=False)


def _fired(command: Fire) -> Iterator[int]:
    for number in range(command.count):
        yield command.at_us + number * command.over_us // command.count
