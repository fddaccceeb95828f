"""The event queue over integer microseconds of virtual time.

Entries are plain tuples ``(time_us, ticket, environment, action)`` in a heap: the ticket makes the
order total and tells a cancelled entry (the environment has taken a newer ticket since) from a
live one. Nothing else may compare.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lifecycle_tui.engine.environment import ExecutionEnvironment

END: Final = 0
"""An ordinary invocation ends: the hot path."""
STEP: Final = 1
"""The next step of an environment's script is due."""
REAP: Final = 2
"""Look whether an idle environment's time is up. Not work: a run may end with these waiting."""
CALL: Final = 3
"""Something of no environment's, such as an allocation that begins."""
GLANCE: Final = 4
"""The same, but not work: a run may end before it."""

Entry = tuple[int, int, Any, int]
"""The third is an environment, for CALL and GLANCE a function of the time; the fourth tells."""


class Agenda:
    """What is still to happen."""

    __slots__ = ("entries", "reaps", "tickets")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.tickets = count(1)
        self.reaps = 0

    def step(self, time_us: int, environment: ExecutionEnvironment) -> None:
        """Call the environment's script at a time; whatever it waited for before is cancelled."""
        ticket = environment.ticket = next(self.tickets)
        heappush(self.entries, (time_us, ticket, environment, STEP))

    def reap(self, time_us: int, environment: ExecutionEnvironment) -> None:
        """Look after an idle environment at a time. One entry an environment, never cancelled."""
        environment.armed = True
        self.reaps += 1
        heappush(self.entries, (time_us, next(self.tickets), environment, REAP))

    def call(self, time_us: int, action: Callable[[int], None]) -> None:
        """Call a function with the time at a time."""
        heappush(self.entries, (time_us, next(self.tickets), action, CALL))

    def glance(self, time_us: int, action: Callable[[int], None]) -> None:
        """Call a function with the time at a time, unless the run is over by then."""
        self.reaps += 1
        heappush(self.entries, (time_us, next(self.tickets), action, GLANCE))

    @property
    def has_work(self) -> bool:
        """Whether anything but idle environments' reaping is to come."""
        return len(self.entries) > self.reaps
