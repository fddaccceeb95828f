"""Restores: what follows when the snapshot is there, when the hooks are done, or take too long."""

from __future__ import annotations

from lifecycle_tui.engine.environment import ExecutionEnvironment
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.phases.restore import restore_script
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World


class Restores:
    """Takes environments through their Restore."""

    def __init__(self, world: World, lifecycle: Lifecycle) -> None:
        self.world = world
        self.lifecycle = lifecycle
        lifecycle.on_step |= {
            Kind.RESTORE_STARTED: self._begin,
            Kind.RESTORE_FINISHED: self._end,
            Kind.RESTORE_TIMEOUT: self._fail,
        }

    def _begin(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        revision = environment.revision
        created = environment.last_record
        self.world.move(environment, now_us, kind, cause=created, second=revision.snapshot)
        revision.restores += 1
        script = restore_script(revision.plan, self.lifecycle.draws(environment), now_us)
        environment.hooks_us = script.hooks_us
        self.lifecycle.begin(environment, script.steps)

    def _end(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        # Connections of the Init did not survive in the snapshot: they are opened anew (RST-13).
        self.lifecycle.resources.connect_in_init(environment, now_us)
        self.world.move(environment, now_us, kind)
        if environment.waiting is not None:
            self.lifecycle.serve_waiting(environment, now_us, Kind.INVOKE_RESTORED)
        else:
            self.lifecycle.rest(environment, now_us)

    def _fail(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """Tear the environment down; the event that it was made for fails (RST-04)."""
        waiting, environment.waiting = environment.waiting, None
        self.lifecycle.shut_down(environment, now_us, kind)
        if waiting is None:
            return
        environment.event = NOBODY
        environment.function.pool.in_use -= 1
        self.world.in_flight -= 1
        environment.revision.errors += 1
        if waiting.watcher is not None:
            waiting.watcher.ended(now_us, kind, environment.last_record)
