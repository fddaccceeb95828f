"""What every source needs of a run: the world, where attempts are placed, how they will end."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.environment import Watcher
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World

Place = Callable[..., None]
"""`Placement.place`."""

_ATTEMPT_BITS = 12
"""Room for the attempts of one event in the key of its draws."""


class Desk:
    """One run, as its sources see it."""

    __slots__ = ("_place", "world")

    def __init__(self, world: World, place: Place) -> None:
        self.world = world
        self._place = place

    def function(self, number: int) -> FunctionLife:
        """Return a function of the run."""
        return self.world.functions[number]

    def note(
        self, now_us: int, kind: Kind, subject: int, cause: int, *, second: int = NOBODY,
        value: int = 0,
    ) -> int:  # fmt: skip
        """Record what a source did; return the record's number."""
        return self.world.note(
            now_us, kind, subject=subject, cause=cause, second=second, value=value
        )

    def at(self, time_us: int, action: Callable[[int], None]) -> None:
        """Do something later. It is work: a run does not end before it."""
        self.world.agenda.call(time_us, action)

    def outcome(
        self, function: FunctionLife, event: int, attempt: int, outcome: Outcome
    ) -> Outcome:
        """Return how an attempt will end: as sent, or by chance in the share that fails."""
        share = function.revision.plan.handler_error_rate
        if not share or outcome is not Outcome.OK:
            return outcome
        key = (self.world.key(event) << _ATTEMPT_BITS) + attempt
        failed = self.world.chance.draw(f"{function.name}/fails", key) < share
        return Outcome.ERROR if failed else outcome

    def send(
        self,
        function: FunctionLife,
        now_us: int,
        event: int,
        demand_us: int,
        outcome: Outcome,
        record: int,
        watcher: Watcher | None,
        *,
        capped: bool = True,
    ) -> None:
        """Invoke the function; see `Placement.place`."""
        self._place(function, now_us, event, demand_us, outcome, record, watcher, capped=capped)
