"""Which versions of a function are live at a moment: one, or the two that an alias shares among."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from lifecycle_tui.engine.plan import Command, Deploy, Shift
from lifecycle_tui.readings.index import Index


class Versions(NamedTuple):
    """The versions that get events, and how many of the events go to the newer one."""

    older: int = 1
    newer: int | None = None
    weight: float = 0.0
    latest: int = 1
    """The highest number given so far."""

    @property
    def live(self) -> tuple[int, ...]:
        """Their numbers."""
        return (self.older,) if self.newer is None else (self.older, self.newer)

    @property
    def newest(self) -> int:
        """The newest that gets events."""
        return self.live[-1]

    def after(self, command: Command) -> Versions:
        """Return the versions after a command to this function."""
        if isinstance(command, Deploy):
            number = self.latest + 1
            if command.weight >= 1:
                return Versions(number, latest=number)
            return Versions(self.older, number, command.weight, number)
        if isinstance(command, Shift) and self.newer is not None:
            if command.weight >= 1:
                return Versions(self.newer, latest=self.latest)
            if command.weight <= 0:
                return Versions(self.older, latest=self.latest)
            return self._replace(weight=command.weight)
        return self


def versions_at(index: Index, function: int, t_us: int) -> Versions:
    """Return a function's versions at a time."""
    found = Versions()
    last = index.trace.last_at(t_us)
    for record in index.commands[: bisect_left(index.commands, last + 1)]:
        command = index.plan.commands[index.subjects[record]]
        if isinstance(command, Deploy | Shift) and command.function == function:
            found = found.after(command)
    return found
