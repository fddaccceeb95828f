"""Versions of a function: an alias that shares events between two of them, and how it moves.

A function has one version, or for a while two: the one before and a newer one that gets a share of
the events, each with environments of its own (PRV-09). Nothing here costs a run without an alias.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.environment import Revision, Watcher
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.plan import Command, Deploy, FunctionPlan, Outcome, Plan, Shift
from lifecycle_tui.engine.provisioning import Provisioning
from lifecycle_tui.engine.snapstart import Publishing
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
            draw = self._world.chance.draw(f"{function.name}/alias", self._world.key(event))
            if draw < function.weight:
                function = newer
        self._place(function, now_us, event, demand_us, outcome, record, watcher, capped=capped)


class Rollout:
    """Deploys code: all at once, or a share of the events at a time."""

    def __init__(
        self,
        world: World,
        lifecycle: Lifecycle,
        provisioning: Provisioning,
        publishing: Publishing,
    ) -> None:
        self._world = world
        self._lifecycle = lifecycle
        self._provisioning = provisioning
        self._publishing = publishing
        self._asked: dict[int, Revision] = {}
        """By function, the newest revision while its snapshot is not there, or will never be."""

    def deploy(self, command: Deploy, now_us: int, record: int) -> None:
        """Bring a new version; of two it takes the place of the newer one."""
        function = self._world.functions[command.function]
        revision = self._world.revision(self._newest(function).plan, self._number(function))
        function.revisions.append(revision)
        if revision.plan.snap_start:
            self._publish(
                function, revision, now_us, record,
                lambda then_us, taken: self._deploy(command, revision, then_us, taken),
            )  # fmt: skip
        else:
            self._deploy(command, revision, now_us, record)

    def _deploy(self, command: Deploy, revision: Revision, now_us: int, record: int) -> None:
        function = self._world.functions[command.function]
        newer, function.second = function.second, None
        if newer is not None:
            self._end(newer, now_us, Kind.SHUTDOWN_DEPLOY, record)
        if command.weight >= 1:
            self._renew(function, revision, now_us, Kind.SHUTDOWN_DEPLOY, record)
        else:
            function.second = function.beside(revision)
            function.weight = command.weight
        if newer is not None or command.weight < 1:
            self._divide(function, now_us, record)

    def configure(
        self, function: FunctionLife, changes: dict[str, object], now_us: int, record: int
    ) -> None:
        """Change the configuration of the newer version: of two, the other stays as it is."""
        newest = self._newest(function)
        plan: FunctionPlan = replace(newest.plan, **changes)  # type: ignore[arg-type]
        # SnapStart works on published versions: a change needs a new one (RST-09).
        number = self._number(function) if plan.snap_start else newest.code_version
        revision = self._world.revision(plan, number)
        function.revisions.append(revision)

        def serve(then_us: int, cause: int) -> None:
            version = self._world.functions[function.number].versions[-1]
            self._renew(version, revision, then_us, Kind.SHUTDOWN_CONFIG, cause)

        if plan.snap_start:
            self._publish(function, revision, now_us, record, serve)
        else:
            serve(now_us, record)

    def revisions(self, function: FunctionLife) -> list[Revision]:
        """Return the revisions that serve, and all that came after them."""
        first = min(function.revisions.index(version.revision) for version in function.versions)
        return function.revisions[first:]

    def _publish(
        self,
        function: FunctionLife,
        revision: Revision,
        now_us: int,
        record: int,
        serve: Callable[[int, int], None],
    ) -> None:
        self._asked[function.number] = revision

        def then(then_us: int, taken: int) -> None:
            if self._asked.get(function.number) is revision:
                del self._asked[function.number]
            order = function.revisions.index
            versions = self._world.functions[function.number].versions
            if order(revision) > max(order(version.revision) for version in versions):
                serve(then_us, taken)

        self._publishing.publish(function, revision, now_us, record, then)

    def _newest(self, function: FunctionLife) -> Revision:
        """Return the newest configuration: one may wait for its snapshot, or have failed."""
        return self._asked.get(function.number) or function.versions[-1].revision

    @staticmethod
    def _number(function: FunctionLife) -> int:
        return max(revision.code_version for revision in function.revisions) + 1

    def shift(self, command: Shift, now_us: int, record: int) -> None:
        """Give the newer version another share: 1 makes it the only one, 0 takes it away."""
        function = self._world.functions[command.function]
        newer = function.second
        if newer is None:
            return
        function.weight = command.weight
        if command.weight >= 1:
            function.second = None
            newer.asked = function.asked
            self._world.functions[command.function] = newer
            self._end(function, now_us, Kind.SHUTDOWN_SHIFT, record)
            function = newer
        elif command.weight <= 0:
            function.second = None
            self._end(newer, now_us, Kind.SHUTDOWN_SHIFT, record)
        self._divide(function, now_us, record)

    def _renew(
        self, version: FunctionLife, revision: Revision, now_us: int, kind: Kind, record: int
    ) -> None:
        """New environments for new events; those that exist finish what they do (LIFE-08)."""
        version.revision = revision
        if not revision.plan.snap_start:
            self._asked.pop(version.number, None)
        self._retire(version, now_us, kind, record)
        self._provisioning.renew(version, now_us, kind, record)

    def _end(self, version: FunctionLife, now_us: int, kind: Kind, record: int) -> None:
        self._retire(version, now_us, kind, record)
        self._provisioning.withdraw(version, now_us, kind, record)

    def _retire(self, version: FunctionLife, now_us: int, kind: Kind, record: int) -> None:
        for environment in list(self._world.environments.values()):
            if (
                environment.function is version
                and not environment.provisioned
                and environment.publication is None
            ):
                self._lifecycle.retire(environment, now_us, kind, record)

    def _divide(self, function: FunctionLife, now_us: int, record: int) -> None:
        """Let provisioned concurrency follow the events."""
        count = function.revision.plan.provisioned_concurrency
        self._provisioning.set_count(function, count, now_us, record, because=Kind.SHUTDOWN_SHIFT)
