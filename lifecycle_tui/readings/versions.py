"""Which versions of a function are live at a moment: one, or the two that an alias shares among."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Command, Deploy, SetConfig, Shift
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

    def after(self, command: Command, published: int | None = None) -> Versions:
        """Return the versions after a command to this function.

        Args:
            command: which.
            published: the number of the version that it published with SnapStart, if it did.
        """
        if published is not None and published < self.latest:
            return self
        if isinstance(command, SetConfig) and published is not None:
            if self.newer is None:
                return Versions(published, latest=published)
            return self._replace(newer=published, latest=published)
        if isinstance(command, Deploy):
            number = published or self.latest + 1
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
    for _, command, published in changes(index, function, last):
        found = found.after(command, published)
    return found


def changes(index: Index, function: int, last: int) -> Iterator[tuple[int, Command, int | None]]:
    """Yield what changed a function's code, configuration or alias, up to a record.

    Each with the record at which it took effect: that of the command, or with SnapStart that of the
    snapshot; and the number of the version that was published for it, if one was.
    """
    published = _publications(index, function)
    found: list[tuple[int, Command, int | None]] = []
    for record in index.commands[: bisect_left(index.commands, last + 1)]:
        command = index.plan.commands[index.subjects[record]]
        if isinstance(command, Deploy | Shift | SetConfig) and command.function == function:
            effect, number = published.get(record, (record, None))
            if effect <= last:
                found.append((effect, command, number))
    found.sort(key=_effect)
    return iter(found)


def _effect(change: tuple[int, Command, int | None]) -> int:
    return change[0]


def _publications(index: Index, function: int) -> dict[int, tuple[int, int]]:
    """Return, by the record that asked for it, when each version was Active, and its number."""
    found: dict[int, tuple[int, int]] = {}
    for facts in index.trace.environments:
        if facts.makes_snapshot and facts.function == function:
            records = index.of_environment[facts.number]
            if not records:
                # It will be made later than all that is known of the run.
                continue
            taken = (n for n in records if index.kind(n) is Kind.SNAPSHOT_TAKEN)
            never = len(index.codes)
            found[index.causes[records[0]]] = (next(taken, never), facts.code_version)
    return found
