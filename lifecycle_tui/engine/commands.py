"""Commands: what is done to Lambda from outside, executed one by one in virtual time."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.provisioning import Provisioning
from lifecycle_tui.engine.snapstart import Publishing
from lifecycle_tui.engine.sources.arrivals import Feed
from lifecycle_tui.engine.sources.registry import Sources
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.versions import Rollout
from lifecycle_tui.engine.world import World

CAPACITY_SETTINGS = frozenset({"reserved_concurrency", "provisioned_concurrency"})
"""Settings of the function that are no part of an environment: they retire nothing."""


class Executor:
    """Carries commands out."""

    def __init__(
        self,
        world: World,
        lifecycle: Lifecycle,
        provisioning: Provisioning,
        publishing: Publishing,
        sources: Sources,
    ) -> None:
        self.world = world
        self.sources = sources
        self.lifecycle = lifecycle
        self.provisioning = provisioning
        self.publishing = publishing
        self.rollout = Rollout(world, lifecycle, provisioning, publishing)
        self._ordinals = _ordinals(world.plan.commands)

    def execute(self, command: Command, order: int, now_us: int) -> Feed | None:
        """Carry out one command; return the events it sends, if it sends any.

        Args:
            command: what to do.
            order: its place in the plan.
            now_us: the time.

        Raises:
            TypeError: for a command that nobody taught the engine.
        """
        record = self.world.note(now_us, Kind.COMMAND, subject=order)
        match command:
            case Fire() | Pattern():
                return self._feed(command, order, record)
            case SetConfig():
                self._set(command, now_us, record)
            case Provision():
                function = self.world.functions[command.function]
                self.provide(function, command.count, now_us, record)
            case Deploy():
                self.rollout.deploy(command, now_us, record)
            case Shift():
                self.rollout.shift(command, now_us, record)
            case Prewarm():
                self._prewarm(command, now_us, record)
            case Reclaim():
                self._reclaim(command, now_us, record)
            case Crash():
                environment = self.world.environments.get(command.environment)
                if environment is not None:
                    self.lifecycle.crash(environment, now_us, record)
            case _:
                raise TypeError(f"unknown command {type(command).__name__}")
        return None

    def _feed(self, command: Fire | Pattern, order: int, record: int) -> Feed:
        function = self.world.functions[command.function]
        return Feed(
            command,
            chance=self.world.chance,
            function=function,
            ordinal=self._ordinals[order],
            record=record,
            source=self.sources.of(command, function.revision.plan),
        )

    def _set(self, command: SetConfig, now_us: int, record: int) -> None:
        function = self.world.functions[command.function]
        changes = dict(command.changes)
        capacity = {name: changes.pop(name) for name in CAPACITY_SETTINGS & changes.keys()}
        if capacity:
            self._reconfigure(function, **capacity)
        if changes:
            self.rollout.configure(function, changes, now_us, record)
        if "provisioned_concurrency" in capacity:
            count = function.revision.plan.provisioned_concurrency
            self.provisioning.set_count(function, count, now_us, record)
        self.world.share_capacity()

    def provide(self, function: FunctionLife, count: int, now_us: int, record: int) -> None:
        """Set a function's provisioned concurrency."""
        self._reconfigure(function, provisioned_concurrency=count)
        self.provisioning.set_count(function, count, now_us, record)

    def _reconfigure(self, function: FunctionLife, **changes: object) -> None:
        """Change settings that no environment carries."""
        for revision in self.rollout.revisions(function):
            revision.plan = replace(revision.plan, **changes)  # type: ignore[arg-type]

    def _prewarm(self, command: Prewarm, now_us: int, record: int) -> None:
        function = self.world.functions[command.function]
        for _ in range(command.count):
            self.lifecycle.create(function, now_us, Kind.CREATED_PREWARM, cause=record)

    def _reclaim(self, command: Reclaim, now_us: int, record: int) -> None:
        environment = self.world.environments.get(command.environment)
        if environment is not None and environment.state in (State.FROZEN, State.READY):
            self.lifecycle.shut_down(environment, now_us, Kind.SHUTDOWN_RECLAIM, cause=record)


def _ordinals(commands: tuple[Command, ...]) -> tuple[int, ...]:
    """Return each command's place among those that send events to the same function.

    The place in the plan and not in time: a command that is added at the plan's end leaves the
    draws of all others alone, even if it comes before them.
    """
    counts: dict[int, int] = {}
    found = []
    for command in commands:
        place = 0
        if isinstance(command, Fire | Pattern):
            place = counts.get(command.function, 0)
            counts[command.function] = place + 1
        found.append(place)
    return tuple(found)
