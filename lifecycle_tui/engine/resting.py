"""An environment between invocations and at its end: it waits, it is taken, it is shut down."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui.engine.environment import ExecutionEnvironment, Step
from lifecycle_tui.engine.keepers import Keeper
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws
from lifecycle_tui.engine.phases.shutdown import stop_script
from lifecycle_tui.engine.resources import Resources
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World


class Resting:
    """Lets environments rest, and ends them; what they do in between is the lifecycle's part."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keeper: Keeper
        self.resources = Resources(world)
        self.on_step: dict[Kind, Callable[[ExecutionEnvironment, int, Kind], None]] = {
            Kind.GONE: self._remove,
        }

    def draws(self, environment: ExecutionEnvironment) -> Draws:
        """Return the work times of an environment in its present generation."""
        return Draws(self.world.chance, environment)

    def begin(self, environment: ExecutionEnvironment, steps: list[Step]) -> None:
        """Begin a phase: take its steps, in time order, when they are due."""
        if self.world.trace is None:
            # Nobody reads the marks: keep the steps that do something.
            steps = [step for step in steps if step[1] in self.on_step]
        steps.reverse()
        environment.script = steps
        self.world.agenda.step(steps[-1][0], environment)

    def rest(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Let an environment wait for the next event, unless its time is over."""
        if environment.retiring is not None:
            kind, cause = environment.retiring
            self.shut_down(environment, now_us, kind, cause=cause)
            return
        if now_us >= environment.dies_us:
            self.shut_down(environment, now_us, Kind.SHUTDOWN_LIFETIME)
            return
        function = environment.function
        if environment.provisioned:
            function.idle_provisioned.append(environment)
            environment.deadline_us = environment.dies_us
        else:
            function.idle.append(environment)
            environment.deadline_us = min(
                now_us + environment.idle_lifetime_us, environment.dies_us
            )
        if not environment.armed:
            self.world.agenda.reap(environment.deadline_us, environment)

    def reap(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Shut an idle environment down if its time has come; else look again then (LIFE-07 †)."""
        environment.armed = False
        if environment.state is not State.FROZEN and environment.state is not State.READY:
            return
        if self.is_idle(environment):
            if now_us < environment.deadline_us:
                self.world.agenda.reap(environment.deadline_us, environment)
            elif now_us >= environment.dies_us:
                self.shut_down(environment, now_us, Kind.SHUTDOWN_LIFETIME)
            else:
                self.shut_down(environment, now_us, Kind.SHUTDOWN_IDLE)

    def is_idle(self, environment: ExecutionEnvironment) -> bool:
        """Whether it waits for an event."""
        function = environment.function
        idle = function.idle_provisioned if environment.provisioned else function.idle
        return environment in idle

    def take_idle(self, environment: ExecutionEnvironment) -> None:
        """Take an environment out of the idle ones."""
        function = environment.function
        (function.idle_provisioned if environment.provisioned else function.idle).remove(
            environment
        )

    def _move_because(
        self, environment: ExecutionEnvironment, now_us: int, kind: Kind, cause: int
    ) -> None:
        """Move for an outside cause (if there is one), after what the environment did before."""
        before = environment.last_record
        if cause == NOBODY:
            self.world.move(environment, now_us, kind)
        else:
            self.world.move(environment, now_us, kind, cause=cause, second=before)

    def retire(
        self, environment: ExecutionEnvironment, now_us: int, kind: Kind, cause: int
    ) -> None:
        """Shut an environment down now if it is idle, else as soon as it is free."""
        if environment.state in (State.FROZEN, State.READY):
            self.shut_down(environment, now_us, kind, cause=cause)
        elif environment.state not in (State.SHUTDOWN, State.GONE):
            environment.retiring = environment.retiring or (kind, cause)

    def shut_down(
        self,
        environment: ExecutionEnvironment,
        now_us: int,
        kind: Kind,
        *,
        cause: int = NOBODY,
    ) -> None:
        """Begin Shutdown."""
        if self.is_idle(environment):
            self.take_idle(environment)
        self._move_because(environment, now_us, kind, cause)
        environment.function.last_taken = environment.last_record
        self.resources.lose_processes(environment, now_us)
        steps, ends_us = stop_script(
            environment.revision.plan,
            self.draws(environment),
            now_us,
            runtime_alive=not environment.reinit_owed,
        )
        self.begin(environment, [*steps, (ends_us, Kind.GONE, 0)])
        if environment.provisioned:
            self.keeper.left(environment, now_us, kind)

    def save(
        self, environment: ExecutionEnvironment, now_us: int, kind: Kind, version: int
    ) -> None:
        """Save an environment as a version's snapshot; what it was made of is given back."""
        self.world.move(environment, now_us, kind, value=version)
        self.resources.lose_processes(environment, now_us)
        self.begin(environment, [(now_us, Kind.GONE, 0)])

    def _remove(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        self.world.move(environment, now_us, kind)
        self.world.tally.environment_us += now_us - environment.created_us
        del self.world.environments[environment.number]
