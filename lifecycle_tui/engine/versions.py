"""Versions of a function: an alias that shares events between two of them, and how it moves.

A function has one version, or for a while two: the one before and a newer one that gets a share of
the events, each with environments of its own (PRV-09). Nothing here costs a run without an alias.
"""

from __future__ import annotations

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.environment import Watcher
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.plan import Command, Deploy, FunctionPlan, Outcome, Plan, Shift
from lifecycle_tui.engine.provisioning import Provisioning
from lifecycle_tui.engine.sources.desk import Place
from lifecycle_tui.engine.world import World


def is_weighted(command: Command) -> bool:
    """Whether a command needs an alias with weights."""
    return isinstance(command, Shift) or (isinstance(command, Deploy) and command.weight < 1)


def shares_events(plan: Plan) -> bool:
    """Whether a function of a plan ever has two versions at once."""
    return any(is_weighted(command) for command in plan.commands)


class Alias:
    """Sends each event to one of two versions, by chance and weight."""

    def __init__(self, world: World, place: Place) -> None:
        self._world = world
        self._place = place
        for command in world.plan.commands:
            if is_weighted(command) and isinstance(command, Deploy | Shift):
                world.functions[command.function].published = True

    def place(
        self,
        function: FunctionLife,
        now_us: int,
        event: int,
        demand_us: int,
        outcome: Outcome,
        record: int,
        watcher: Watcher | None = None,
        *,
        capped: bool = True,
    ) -> None:
        """Choose the version that an event goes to, and place it there; see `Placement.place`.

        The draw is the event's own, so that moving a weight moves only the events between the old
        weight and the new one.
        """
        newer = function.second
        if newer is not None:
            draw = self._world.chance.draw(f"{function.name}/alias", event)
            if draw < function.weight:
                function = newer
        self._place(function, now_us, event, demand_us, outcome, record, watcher, capped=capped)


class Rollout:
    """Deploys code: all at once, or a share of the events at a time."""

    def __init__(self, world: World, lifecycle: Lifecycle, provisioning: Provisioning) -> None:
        self._world = world
        self._lifecycle = lifecycle
        self._provisioning = provisioning

    def deploy(self, command: Deploy, now_us: int, record: int) -> None:
        """Bring a new version; of two it takes the place of the newer one."""
        function = self._world.functions[command.function]
        plan = function.versions[-1].revision.plan
        number = max(revision.code_version for revision in function.revisions) + 1
        newer, function.second = function.second, None
        if newer is not None:
            self._end(newer, now_us, Kind.SHUTDOWN_DEPLOY, record)
        if command.weight >= 1:
            self.renew(function, plan, number, now_us, Kind.SHUTDOWN_DEPLOY, record)
        else:
            function.second = function.beside(self._world.revision(plan, number))
            function.weight = command.weight
        if newer is not None or command.weight < 1:
            self._divide(function, now_us, record)

    def shift(self, command: Shift, now_us: int, record: int) -> None:
        """Give the newer version another share: 1 makes it the only one, 0 takes it away."""
        function = self._world.functions[command.function]
        newer = function.second
        if newer is None:
            return
        function.weight = command.weight
        if command.weight >= 1:
            function.second = None
            newer.commands = function.commands
            self._world.functions[command.function] = newer
            self._end(function, now_us, Kind.SHUTDOWN_SHIFT, record)
            function = newer
        elif command.weight <= 0:
            function.second = None
            self._end(newer, now_us, Kind.SHUTDOWN_SHIFT, record)
        self._divide(function, now_us, record)

    def renew(
        self,
        version: FunctionLife,
        plan: FunctionPlan,
        code_version: int,
        now_us: int,
        kind: Kind,
        record: int,
    ) -> None:
        """New environments for new events; those that exist finish what they do (LIFE-08)."""
        version.revision = self._world.revision(plan, code_version)
        version.revisions.append(version.revision)
        self._retire(version, now_us, kind, record)
        self._provisioning.renew(version, now_us, kind, record)

    def _end(self, version: FunctionLife, now_us: int, kind: Kind, record: int) -> None:
        self._retire(version, now_us, kind, record)
        self._provisioning.withdraw(version, now_us, kind, record)

    def _retire(self, version: FunctionLife, now_us: int, kind: Kind, record: int) -> None:
        for environment in list(self._world.environments.values()):
            if environment.function is version and not environment.provisioned:
                self._lifecycle.retire(environment, now_us, kind, record)

    def _divide(self, function: FunctionLife, now_us: int, record: int) -> None:
        """Let provisioned concurrency follow the events."""
        count = function.revision.plan.provisioned_concurrency
        self._provisioning.set_count(function, count, now_us, record, because=Kind.SHUTDOWN_SHIFT)
