"""A command whose events come as it says but for a few: later, or with a shorter handler time."""

from __future__ import annotations

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Fire, Outcome, Pattern
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.sources.registry import Source


class Amended:
    """Hands a command's events on to their source, some of them otherwise.

    An event that comes later has its number from when it would have come, so that nothing else is
    numbered, or drawn, differently.
    """

    def __init__(self, desk: Desk, source: Source | None, command: Fire | Pattern) -> None:
        """Prepare.

        Args:
            desk: the run.
            source: who takes the events over; None where they just reach their function.
            command: what sends them.
        """
        self._desk = desk
        self._source = source
        self._function = command.function
        self._amended = {one.place: one for one in command.amended}
        self._count = 0

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Hand an event on, now or later; ``record`` is that of the command."""
        amended = self._amended.get(self._count)
        self._count += 1
        if amended is None:
            self._hand_on(now_us, event, demand_us, outcome, record)
            return
        left_us = max(demand_us - amended.shorter_us, 0)
        if not amended.later_us:
            self._hand_on(now_us, event, left_us, outcome, record)
            return
        desk = self._desk

        def come(then_us: int) -> None:
            self._hand_on(then_us, event, left_us, outcome, record)

        # Like every other event it comes when all else of its instant is over.
        desk.at(now_us + amended.later_us, lambda then_us: desk.at(then_us, come))

    def _hand_on(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        if self._source is not None:
            self._source.accept(now_us, event, demand_us, outcome, record)
            return
        desk = self._desk
        arrival = desk.note(now_us, Kind.ARRIVAL, event, record, value=demand_us)
        function = desk.function(self._function)
        desk.send(function, now_us, event, demand_us, outcome, arrival, None)
