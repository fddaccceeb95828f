"""The life of an environment: what begins each phase, and what follows when it ends."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.capacity import FunctionLife
from lifecycle_tui.engine.downstreams import Holdings
from lifecycle_tui.engine.environment import (
    ExecutionEnvironment,
    Publication,
    Waiting,
    Watcher,
)
from lifecycle_tui.engine.keepers import Publisher
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import init_script, limit_us, limited
from lifecycle_tui.engine.phases.invoke import WorkTimes, invoke_script
from lifecycle_tui.engine.phases.shutdown import stop_script
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.resources import connecting_us, package_us
from lifecycle_tui.engine.resting import Resting
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World

_RUNTIME_ENDED: Final = frozenset(
    {
        Kind.INIT_EXIT, Kind.INIT_OOM, Kind.INIT_CRASHED, Kind.IDLE_CRASHED,
        Kind.INVOKE_EXIT, Kind.INVOKE_OOM, Kind.INVOKE_CRASHED,
        Kind.INVOKE_INIT_EXIT, Kind.INVOKE_INIT_OOM,
    }
)  # fmt: skip
"""After these the runtime's process is gone already: nobody is left to get SIGTERM."""


class Lifecycle(Resting):
    """Moves environments through their phases; places nothing and decides no capacity."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.publisher: Publisher
        self.on_step |= {
            Kind.INIT_STARTED: self._begin_init,
            Kind.FUNCTION_INIT_STARTED: self._begin_function_init,
            Kind.INIT_FINISHED: self._end_init,
            Kind.HANDLER_STARTED: self._begin_handler,
            Kind.RESPONSE_SENT: self._respond,
            Kind.DISCONNECTED: self._close,
            Kind.RESET_FINISHED: self._end_reset,
            Kind.INVOKE_OK: self.finish,
            Kind.INVOKE_ERROR: self.finish,
        }
        for kind in (Kind.INIT_ABANDONED, Kind.INIT_ERROR, Kind.INIT_EXIT, Kind.INIT_OOM):
            self.on_step[kind] = self.fail_init
        for kind in (
            Kind.INVOKE_TIMEOUT, Kind.INVOKE_EXIT, Kind.INVOKE_OOM,
            Kind.INVOKE_INIT_ERROR, Kind.INVOKE_INIT_EXIT, Kind.INVOKE_INIT_OOM,
        ):  # fmt: skip
            self.on_step[kind] = self.fail_invoke

    def advance(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Take all steps of the environment's script that are due, and wait for the next."""
        script = environment.script
        while script and script[-1][0] <= now_us:
            _, kind, value = script.pop()
            on_step = self.on_step.get(kind)
            if on_step is None:
                self.world.mark(environment, now_us, kind, value)
                continue
            on_step(environment, now_us, kind)
            if environment.script is not script:
                return
        if script:
            self.world.agenda.step(script[-1][0], environment)

    def create(
        self,
        function: FunctionLife,
        now_us: int,
        kind: Kind,
        *,
        initialization_type: InitializationType = InitializationType.ON_DEMAND,
        waiting: Waiting | None = None,
        publication: Publication | None = None,
        cause: int,
        second: int = NOBODY,
    ) -> ExecutionEnvironment:
        """Make a new environment, for an event or ahead of any; CREATING begins (LIF-06).

        Where the version has a snapshot, what would be on demand is restored from it (RST-02).
        """
        world = self.world
        restored = NOBODY
        if initialization_type is InitializationType.ON_DEMAND:
            restored = function.revision.snapshot_environment
            if restored != NOBODY:
                initialization_type = InitializationType.SNAP_START
        environment = ExecutionEnvironment(
            world.created, 0, function, initialization_type, now_us, publication
        )
        environment.ordinal = function.created.get(environment.stream, 0)
        function.created[environment.stream] = environment.ordinal + 1
        if environment.revision.code is not None:
            environment.held = Holdings()
        draws = self.draws(environment)
        account = world.account
        environment.idle_lifetime_us = draws.time(account.idle_lifetime, "idle")
        max_lifetime_us = draws.time(account.max_lifetime, "lifetime")
        environment.dies_us = now_us + max_lifetime_us
        world.enter(environment, max_lifetime_us, restored)
        if waiting is not None:
            environment.waiting = waiting
            environment.event = waiting.event
        world.move(environment, now_us, kind, cause=cause, second=second)
        function.last_taken = environment.last_record
        placed_us = now_us + draws.time(account.placement, "placement")
        first = Kind.RESTORE_STARTED
        if restored == NOBODY:
            first = Kind.INIT_STARTED
            placed_us += package_us(environment.revision.plan)
        self.begin(environment, [(placed_us, first, 0)])
        return environment

    # Init

    def _begin_init(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        self.world.move(environment, now_us, kind)
        environment.started_us = now_us
        plan = environment.revision.plan
        draws = self.draws(environment)
        script = init_script(plan, draws, now_us, connecting_us(environment.revision, draws))
        prepared = environment.initialization_type is not InitializationType.ON_DEMAND
        limit = now_us + limit_us(plan, prepared=prepared)
        self.begin(environment, limited(script, limit))

    def _begin_function_init(
        self, environment: ExecutionEnvironment, now_us: int, kind: Kind
    ) -> None:
        self.world.mark(environment, now_us, kind)
        if not self.resources.connect_in_init(environment, now_us):
            inside = environment.state is State.INVOKE
            failure = Kind.INVOKE_INIT_ERROR if inside else Kind.INIT_ERROR
            self.begin(environment, [(now_us, failure, 0)])

    def _end_init(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        self.world.move(environment, now_us, kind)
        environment.init_us = now_us - environment.started_us
        if environment.provisioned:
            environment.revision.bill_provisioned_init(environment.init_us)
        if environment.publication is not None:
            self.publisher.initialised(environment, environment.publication, now_us)
        elif environment.waiting is not None:
            self.serve_waiting(environment, now_us, Kind.INVOKE_COLD)
        elif not environment.provisioned or self.keeper.initialised(environment, now_us):
            self.rest(environment, now_us)

    def fail_init(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """End an Init that failed or was abandoned; its event re-runs it inside Invoke (ITO-01)."""
        self._begin_reset(environment, now_us, kind)

    # Invoke

    def serve(
        self,
        environment: ExecutionEnvironment,
        now_us: int,
        event: Waiting,
        kind: Kind,
    ) -> None:
        """Begin an invocation on an environment that is free or was made for the event."""
        world = self.world
        environment.event = event.event
        environment.arrived_us = event.arrived_us
        environment.demand_us = event.demand_us
        environment.outcome = event.outcome
        environment.started_us = now_us
        environment.responded_us = NOBODY
        environment.watcher = event.watcher
        environment.revision.count_start(kind)
        function = environment.function
        spilled = not environment.provisioned and function.provisioned_usable > 0
        environment.revision.spillovers += spilled
        ready_record = environment.last_record
        world.move(
            environment, now_us, kind, cause=event.record, second=ready_record, value=int(spilled)
        )
        function.last_taken = function.pool.last_taken = environment.last_record
        if environment.provisioned and function.use is not None:
            function.use.begin(self.world.available(function), environment.last_record)
        if environment.reinit_owed:
            world.mark(environment, now_us, Kind.REINIT_STARTED)
        elif environment.held is not None:
            self._handle(environment, now_us)
            return
        draws = self.draws(environment)
        self.begin(
            environment,
            invoke_script(
                environment,
                draws,
                WorkTimes(world.chance.draw, function.name, world.key(event.event)),
                reinit_counts=world.reinit_counts,
                connecting_us=connecting_us(environment.revision, draws),
            ),
        )

    def _handle(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Begin a handler whose code does more than take time."""
        code, held = environment.revision.code, environment.held
        if code is not None and held is not None:
            self.begin(environment, self.resources.handle(environment, code, held, now_us))

    def serve_waiting(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """Begin the invocation of the event that an environment was made for."""
        waiting = environment.waiting
        environment.waiting = None
        if waiting is None:
            raise ValueError("no event waits for this environment")
        self.serve(environment, now_us, waiting, kind)

    def _begin_handler(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        environment.reinit_owed = False
        self.world.mark(environment, now_us, kind)
        self._handle(environment, now_us)

    def _close(
        self,
        environment: ExecutionEnvironment,
        now_us: int,
        kind: Kind,  # noqa: ARG002
    ) -> None:
        self.resources.close(environment, now_us)

    def _respond(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        environment.responded_us = now_us
        self.world.mark(environment, now_us, kind)
        if environment.watcher is not None:
            environment.watcher.responded(now_us)

    def finish(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """End an invocation that answered: everyone has called Next, so freeze (LIF-03)."""
        self.world.move(environment, now_us, kind)
        if kind is Kind.INVOKE_ERROR:
            environment.revision.errors += 1
        record = environment.last_record
        watcher = self._settle(environment, now_us)
        self.rest(environment, now_us)
        if watcher is not None:
            watcher.ended(now_us, kind, record)

    def fail_invoke(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """End an invocation by a time-out or a death of the runtime: reset (FAIL-01, FAIL-03)."""
        if kind is Kind.INVOKE_TIMEOUT:
            environment.revision.timeouts += 1
        else:
            environment.revision.errors += 1
        self._begin_reset(environment, now_us, kind)

    def _settle(self, environment: ExecutionEnvironment, now_us: int) -> Watcher | None:
        """Give back the concurrency of the invocation that ends, and bill it (BIL-01..03).

        Returns:
            Who wants to hear of it, once the environment has gone on.
        """
        self.resources.settle(environment)
        watcher, environment.watcher = environment.watcher, None
        if not environment.provisioned:
            environment.function.pool.in_use -= 1
        elif environment.function.use is not None:
            environment.function.use.busy -= 1
        environment.revision.bill(
            now_us - environment.started_us,
            environment.init_us,
            provisioned=environment.provisioned,
            hooks_us=environment.hooks_us,
        )
        environment.init_us = environment.hooks_us = 0
        environment.event = NOBODY
        world = self.world
        world.in_flight -= 1
        responded_us = environment.responded_us
        answered_us = now_us if responded_us == NOBODY else responded_us
        world.tally.latencies.recent.append(answered_us - environment.arrived_us)
        return watcher

    # Reset

    def _begin_reset(
        self,
        environment: ExecutionEnvironment,
        now_us: int,
        kind: Kind,
        *,
        cause: int = NOBODY,
    ) -> None:
        runtime_alive = kind not in _RUNTIME_ENDED
        serving = environment.state is State.INVOKE
        if environment.provisioned and environment.state is State.INIT:
            environment.revision.bill_provisioned_init(now_us - environment.started_us)
        self._move_because(environment, now_us, kind, cause)
        record = environment.last_record
        watcher = self._settle(environment, now_us) if serving else None
        self.resources.lose_processes(environment, now_us)
        environment.init_us = environment.hooks_us = 0
        environment.reinit_owed = True
        environment.resets += 1
        steps, ends_us = stop_script(
            environment.revision.plan,
            self.draws(environment),
            now_us,
            runtime_alive=runtime_alive,
        )
        self.begin(environment, [*steps, (ends_us, Kind.RESET_FINISHED, 0)])
        if watcher is not None:
            watcher.ended(now_us, kind, record)

    def _end_reset(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        if environment.waiting is not None:
            self.serve_waiting(environment, now_us, Kind.INVOKE_REINIT)
            return
        if environment.publication is not None:
            self.publisher.init_failed(environment, now_us)
            return
        if environment.allocation is not None:
            self.keeper.init_failed(environment, now_us)
            return
        self.world.move(environment, now_us, kind)
        self.rest(environment, now_us)

    def crash(self, environment: ExecutionEnvironment, now_us: int, cause: int) -> bool:
        """Kill the runtime's process; return False where there is none to kill."""
        kind = {
            State.INVOKE: Kind.INVOKE_CRASHED,
            State.INIT: Kind.INIT_CRASHED,
            State.FROZEN: Kind.IDLE_CRASHED,
            State.READY: Kind.IDLE_CRASHED,
        }.get(environment.state)
        if kind is None:
            return False
        if kind is Kind.IDLE_CRASHED and self.is_idle(environment):
            self.take_idle(environment)
        if kind is Kind.INVOKE_CRASHED:
            environment.revision.errors += 1
        self._begin_reset(environment, now_us, kind, cause=cause)
        return True
