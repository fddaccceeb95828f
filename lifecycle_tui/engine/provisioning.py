"""Provisioned concurrency: allocation, readiness, replacement, reduction (PRV-02, PRV-07)."""

from __future__ import annotations

import math

from lifecycle_tui.engine.capacity import PROVISION_GAP_US, Allocation, FunctionLife
from lifecycle_tui.engine.environment import ExecutionEnvironment
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.phases.ahead import ahead_us
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.world import World

_REPLACED_AFTER = frozenset({Kind.SHUTDOWN_LIFETIME, Kind.SHUTDOWN_RECLAIM, Kind.SHUTDOWN_IDLE})
"""Lambda keeps the number (PRV-07); after any other reason the number itself has changed."""


class Provisioning:
    """Keeps each function's provisioned environments at the configured number."""

    def __init__(self, world: World, lifecycle: Lifecycle) -> None:
        self.world = world
        self.lifecycle = lifecycle
        lifecycle.keeper = self

    def at_start(self, origin_record: int, began_us: int) -> None:
        """Make the environments that a scenario has from its start.

        They are created at ``began_us`` (see ``lead_us``), so that the slowest is ready at 0.
        """
        for function in self.world.functions:
            count = function.revision.plan.provisioned_concurrency
            if count:
                allocation = Allocation(count, origin_record)
                function.allocations.append(allocation)
                self._begin(function, allocation, began_us, gap_us=0)
        self.world.share_capacity()

    def lead_us(self) -> int:
        """Return how long before 0 the environments of the start must be created."""
        lead = 0
        for function in self.world.functions:
            for ordinal in range(function.revision.plan.provisioned_concurrency):
                probe = ExecutionEnvironment(
                    -1, ordinal, function, InitializationType.PROVISIONED, 0
                )
                draws = self.lifecycle.draws(probe)
                lead = max(lead, ahead_us(function.revision, draws, self.world.account))
        return lead

    def set_count(
        self,
        function: FunctionLife,
        count: int,
        now_us: int,
        cause: int,
        *,
        because: Kind = Kind.SHUTDOWN_PROVISION,
    ) -> None:
        """Ask for a number of provisioned environments; fewer takes effect at once.

        Two versions share it by the weights of their alias (PRV-09, SIM-ALIAS †).

        Args:
            function: whose.
            count: how many.
            now_us: the time.
            cause: number of the record that asks.
            because: why those shut down that are too many.
        """
        newer = math.floor(count * function.weight + 0.5) if function.second is not None else 0
        for version, share in zip(function.versions, (count - newer, newer), strict=False):
            missing = share - version.provisioned_asked
            if missing > 0:
                self._ask(version, missing, now_us, cause)
            elif missing < 0:
                self._reduce(version, -missing, now_us, cause, because)
        self.world.share_capacity()

    def renew(self, function: FunctionLife, now_us: int, kind: Kind, cause: int) -> None:
        """Retire all provisioned environments and allocate them anew (SIM-PC-CONFIG †)."""
        count = function.provisioned_asked
        self.withdraw(function, now_us, kind, cause)
        if count:
            self._ask(function, count, now_us, cause)

    def withdraw(self, function: FunctionLife, now_us: int, kind: Kind, cause: int) -> None:
        """Retire all provisioned environments of a version, and make no more of them."""
        function.allocations.clear()
        for environment in list(function.provisioned):
            self.lifecycle.retire(environment, now_us, kind, cause)
            self._forget(environment)

    def _ask(self, function: FunctionLife, count: int, now_us: int, cause: int) -> None:
        allocation = Allocation(count, cause)
        function.allocations.append(allocation)
        # Two versions count what was asked for together: no two share a draw.
        named = self.world.functions[function.number]
        draw = self.world.chance.draw(f"{function.name}/provisioning", named.asked)
        named.asked += 1
        delay_us = self.world.account.provisioning_delay.at(draw)

        def begin(begun_us: int) -> None:
            if allocation in function.allocations:
                self._begin(function, allocation, begun_us, gap_us=PROVISION_GAP_US)

        self.world.agenda.call(now_us + delay_us, begin)

    def _begin(
        self, function: FunctionLife, allocation: Allocation, now_us: int, *, gap_us: int
    ) -> None:
        allocation.begun = True
        allocation.record = self.world.note(
            now_us,
            Kind.PROVISION_STARTED,
            subject=function.number,
            cause=allocation.record,
            value=allocation.count,
        )

        def create(created_us: int) -> None:
            while allocation in function.allocations and allocation.missing:
                self._create(function, created_us, Kind.CREATED_PROVISIONED, allocation)
                if gap_us and allocation.missing:
                    self.world.agenda.call(created_us + gap_us, create)
                    return

        create(now_us)

    def _create(
        self,
        function: FunctionLife,
        now_us: int,
        kind: Kind,
        allocation: Allocation | None,
        cause: int = -1,
    ) -> None:
        environment = self.lifecycle.create(
            function,
            now_us,
            kind,
            initialization_type=InitializationType.PROVISIONED,
            cause=allocation.record if allocation is not None else cause,
        )
        environment.allocation = allocation
        function.provisioned.append(environment)
        if allocation is not None:
            allocation.environments.append(environment)

    def _reduce(
        self, function: FunctionLife, surplus: int, now_us: int, cause: int, because: Kind
    ) -> None:
        for allocation in reversed(function.allocations):
            dropped = min(surplus, allocation.missing)
            allocation.count -= dropped
            surplus -= dropped
        function.allocations = [a for a in function.allocations if a.count]
        idle_first = sorted(
            function.provisioned, key=lambda e: (not self.lifecycle.is_idle(e), -e.number)
        )
        for environment in idle_first[:surplus]:
            self.lifecycle.retire(environment, now_us, because, cause)
            self._forget(environment)
        for allocation in list(function.allocations):
            if allocation.begun:
                self._complete_if_ready(function, allocation, now_us, cause)

    def initialised(self, environment: ExecutionEnvironment, now_us: int) -> bool:
        """Count one more ready; the last one makes them all usable. Replacements are at once."""
        allocation = environment.allocation
        function = environment.function
        if environment.retiring is not None:
            return True
        if allocation is None:
            self._enable(environment)
            return True
        environment.initialised = True
        allocation.ready += 1
        self._complete_if_ready(function, allocation, now_us, environment.last_record)
        return False

    def _complete_if_ready(
        self, function: FunctionLife, allocation: Allocation, now_us: int, cause: int
    ) -> None:
        if allocation.failed or allocation.ready < allocation.count:
            return
        record = self.world.note(
            now_us,
            Kind.PROVISION_READY,
            subject=function.number,
            cause=cause,
            value=allocation.count,
        )
        function.allocations.remove(allocation)
        for environment in allocation.environments:
            environment.allocation = None
            self._enable(environment)
            # Whoever is served by it is served because the whole allocation was ready.
            environment.last_record = max(environment.last_record, record)
            self.lifecycle.rest(environment, now_us)

    def _enable(self, environment: ExecutionEnvironment) -> None:
        environment.usable = True
        environment.function.provisioned_usable += 1

    def init_failed(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Give the whole allocation up when one of its environments cannot initialise (ITO-08)."""
        function = environment.function
        allocation = environment.allocation
        failed_record = environment.last_record
        if allocation is not None and not allocation.failed:
            allocation.failed = True
            failed_record = self.world.note(
                now_us,
                Kind.PROVISION_FAILED,
                subject=function.number,
                cause=environment.last_record,
                value=allocation.count,
            )
            if allocation in function.allocations:
                function.allocations.remove(allocation)
            for other in allocation.environments:
                if other is not environment:
                    self._give_up(other, now_us, failed_record)
        self._forget(environment)
        self.lifecycle.shut_down(
            environment, now_us, Kind.SHUTDOWN_INIT_FAILED, cause=failed_record
        )
        self.world.share_capacity()

    def _give_up(self, environment: ExecutionEnvironment, now_us: int, cause: int) -> None:
        self._forget(environment)
        if environment.initialised:
            self.lifecycle.shut_down(environment, now_us, Kind.SHUTDOWN_INIT_FAILED, cause=cause)
        else:
            environment.retiring = (Kind.SHUTDOWN_INIT_FAILED, cause)

    def left(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """Replace an environment that Lambda took back."""
        function = environment.function
        if environment not in function.provisioned:
            return
        self._forget(environment)
        if kind in _REPLACED_AFTER:
            self._create(
                function, now_us, Kind.CREATED_REPLACEMENT, None, cause=environment.last_record
            )

    def _forget(self, environment: ExecutionEnvironment) -> None:
        """Take an environment out of the count."""
        function = environment.function
        if environment not in function.provisioned:
            return
        function.provisioned.remove(environment)
        function.provisioned_usable -= environment.usable
        environment.usable = False
        allocation = environment.allocation
        environment.allocation = None
        if allocation is not None and not allocation.failed:
            allocation.count -= 1
            allocation.ready -= environment.initialised
            allocation.environments.remove(environment)
