"""Versions: how new code and configurations come to serve, at once or, with SnapStart, published.

Publishing makes an environment that only runs Init and is saved as a snapshot (RST-01); until it
is there the former version serves (SIM-ALIAS †).
"""

from __future__ import annotations

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.environment import ExecutionEnvironment, Publication, Revision
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.phases.init import init_script, limit_us
from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.engine.provisioning import Provisioning
from lifecycle_tui.engine.world import World


class Versions:
    """Puts new revisions of functions to work."""

    def __init__(self, world: World, lifecycle: Lifecycle, provisioning: Provisioning) -> None:
        self.world = world
        self.lifecycle = lifecycle
        self.provisioning = provisioning
        lifecycle.publisher = self

    def at_start(self, origin_record: int, began_us: int) -> None:
        """Publish the versions that a scenario has from its start.

        Args:
            origin_record: number of the SCENARIO_START record.
            began_us: early enough for the last snapshot to be there at 0; see ``lead_us``.
        """
        for function in self.world.functions:
            if function.revision.plan.snap_start:
                self._publish(
                    function, function.revision, began_us, Kind.SHUTDOWN_DEPLOY, origin_record
                )

    def lead_us(self) -> int:
        """Return how long before 0 the publishing of the start must begin."""
        lead = 0
        for function in self.world.functions:
            plan = function.revision.plan
            if not plan.snap_start:
                continue
            publication = Publication(function.revision, -1, Kind.SHUTDOWN_DEPLOY)
            probe = ExecutionEnvironment(
                -1, 0, function, InitializationType.SNAP_START, 0, publication
            )
            draws = self.lifecycle.draws(probe)
            placement = draws.time(self.world.account.placement, "placement")
            init = init_script(plan, draws, 0).ends_us
            lead = max(lead, placement + min(init, limit_us(plan, prepared=True)))
        return lead

    def renew(
        self,
        function: FunctionLife,
        plan: FunctionPlan,
        code_version: int,
        now_us: int,
        kind: Kind,
        cause: int,
    ) -> None:
        """Change a function's code or configuration.

        Args:
            function: which.
            plan: its new configuration.
            code_version: its new version.
            now_us: the time.
            kind: what ends the environments that have the old one.
            cause: number of the record that asked.
        """
        revision = self.world.revision(plan, code_version)
        function.revisions.append(revision)
        if plan.snap_start:
            self._publish(function, revision, now_us, kind, cause)
        else:
            self._serve(function, revision, now_us, kind, cause)

    def _serve(
        self, function: FunctionLife, revision: Revision, now_us: int, kind: Kind, cause: int
    ) -> None:
        """New environments for new events; those that exist finish what they do (LIFE-08)."""
        function.revision = revision
        for environment in list(self.world.environments.values()):
            if (
                environment.function is function
                and not environment.provisioned
                and environment.publication is None
            ):
                self.lifecycle.retire(environment, now_us, kind, cause)
        self.provisioning.renew(function, now_us, kind, cause)

    def _publish(
        self, function: FunctionLife, revision: Revision, now_us: int, kind: Kind, cause: int
    ) -> None:
        self.lifecycle.create(
            function,
            now_us,
            Kind.CREATED_SNAPSHOT,
            initialization_type=InitializationType.SNAP_START,
            publication=Publication(revision, cause, kind),
            cause=cause,
        )

    def initialised(
        self, environment: ExecutionEnvironment, publication: Publication, now_us: int
    ) -> None:
        """Take the snapshot; from now on the version serves, unless a newer one does already."""
        revision, function = publication.revision, environment.function
        self.lifecycle.save(environment, now_us, Kind.SNAPSHOT_TAKEN, revision.code_version)
        revision.snapshot = environment.last_record
        revision.snapshot_us = now_us
        revision.snapshot_environment = environment.number
        order = function.revisions.index
        if order(revision) > order(function.revision):
            self._serve(function, revision, now_us, publication.retires, environment.last_record)

    def init_failed(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Leave the version Failed and the former one serving (ITO-08)."""
        self.lifecycle.shut_down(environment, now_us, Kind.SHUTDOWN_INIT_FAILED)
