"""Publishing with SnapStart: an environment that runs Init and is saved as a snapshot (RST-01).

The version serves when its snapshot is there; until then the one before it does (SIM-PUBLISH †).
"""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.environment import ExecutionEnvironment, Publication, Revision
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.phases.ahead import ahead_us
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.world import World


class Publishing:
    """Makes snapshots of versions."""

    def __init__(self, world: World, lifecycle: Lifecycle) -> None:
        self._world = world
        self._lifecycle = lifecycle
        lifecycle.publisher = self

    def at_start(self, origin_record: int, began_us: int) -> None:
        """Publish the versions that a scenario has from its start.

        Args:
            origin_record: number of the SCENARIO_START record.
            began_us: early enough for the last snapshot to be there at 0; see ``lead_us``.
        """
        for function in self._world.functions:
            if function.revision.plan.snap_start:
                self.publish(function, function.revision, began_us, origin_record)

    def lead_us(self) -> int:
        """Return how long before 0 the publishing of the start must begin."""
        lead = 0
        for function in self._world.functions:
            if not function.revision.plan.snap_start:
                continue
            probe = ExecutionEnvironment(
                -1, 0, function, InitializationType.SNAP_START, 0, Publication(function.revision)
            )
            draws = self._lifecycle.draws(probe)
            lead = max(lead, ahead_us(function.revision, draws, self._world.account))
        return lead

    def publish(
        self,
        function: FunctionLife,
        revision: Revision,
        now_us: int,
        cause: int,
        then: Callable[[int, int], None] | None = None,
    ) -> None:
        """Make a version's snapshot.

        Args:
            function: whose version it is.
            revision: what the version holds.
            now_us: the time.
            cause: number of the record that asked.
            then: what to do once it is there, with the time and the number of its record.
        """
        self._lifecycle.create(
            function,
            now_us,
            Kind.CREATED_SNAPSHOT,
            initialization_type=InitializationType.SNAP_START,
            publication=Publication(revision, then),
            cause=cause,
        )

    def initialised(
        self, environment: ExecutionEnvironment, publication: Publication, now_us: int
    ) -> None:
        """Take the snapshot: the version is Active (RST-10)."""
        revision = publication.revision
        self._lifecycle.save(environment, now_us, Kind.SNAPSHOT_TAKEN, revision.code_version)
        revision.snapshot = environment.last_record
        revision.snapshot_us = now_us
        revision.snapshot_environment = environment.number
        if publication.then is not None:
            publication.then(now_us, environment.last_record)

    def init_failed(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Leave the version Failed, and whatever serves serving (ITO-08)."""
        self._lifecycle.shut_down(environment, now_us, Kind.SHUTDOWN_INIT_FAILED)
