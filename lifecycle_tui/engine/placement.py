"""A request meets a pool: reuse, create, spill over, or throttle (CON-02, PRV-05, RSV-01).

Reuse and the end of a simple invocation are the hot path: plain attribute work, one agenda entry.
Everything less common goes through the lifecycle.
"""

from __future__ import annotations

from heapq import heappush

from lifecycle_tui.engine.agenda import END
from lifecycle_tui.engine.capacity import RATE_A_UNIT, FunctionLife
from lifecycle_tui.engine.environment import ExecutionEnvironment, Waiting, Watcher
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.plan import SECOND, Outcome, Reuse
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.world import World

_FUNCTION_SHIFT = 64
"""Room for the keys of one function's events."""
_WARM = int(Kind.INVOKE_WARM) | int(State.FROZEN) << 8
_OK = int(Kind.INVOKE_OK) | int(State.INVOKE) << 8


class Placement:
    """Decides where each event runs."""

    def __init__(self, world: World, lifecycle: Lifecycle) -> None:
        self.world = world
        self.lifecycle = lifecycle
        self._entries = world.agenda.entries
        self._tickets = world.agenda.tickets
        self._tally = world.tally
        self._note_latency = world.tally.latencies.recent.append
        self._reuse = world.account.reuse
        self._most_recent = world.account.reuse is Reuse.MOST_RECENT

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
        """Serve an event that arrives now, or refuse it.

        Args:
            function: whom it is for.
            now_us: the time.
            event: its number.
            demand_us: time that the handler will need.
            outcome: how the handler will end.
            record: number of its ARRIVAL record, or of the attempt's.
            watcher: who wants to hear what becomes of it.
            capped: whether the request-rate caps hold for it, as for all but asynchronous
                events (RPS-01, ASY-07).
        """
        world = self.world
        idle = function.idle_provisioned
        if not idle or (capped and self._spills(function, now_us)):
            pool = function.pool
            if pool.in_use >= pool.limit:
                self._throttle(function, now_us, pool.refusal, event, record, watcher)
                return
            if capped:
                second = now_us // SECOND
                if second != pool.second:
                    pool.second, pool.admitted = second, 0
                if pool.admitted >= pool.limit * RATE_A_UNIT:
                    self._throttle(function, now_us, pool.rate_refusal, event, record, watcher)
                    return
                pool.admitted += 1
            idle = function.idle
            if not idle:
                waiting = Waiting(event, now_us, demand_us, outcome, record, watcher)
                self._create(function, now_us, waiting)
                return
            pool.in_use += 1
        environment = idle.pop() if self._most_recent else self._pick(idle, function, event)
        in_flight = world.in_flight = world.in_flight + 1
        if in_flight > self._tally.peak_concurrency:
            self._tally.peak_concurrency = in_flight
        revision = environment.revision
        if (
            environment.state is not State.FROZEN
            or environment.reinit_owed
            or not revision.simple
            or outcome is not Outcome.OK
            or demand_us > revision.timeout_us
            or function.provisioned_usable
            or watcher is not None
        ):
            waiting = Waiting(event, now_us, demand_us, outcome, record, watcher)
            self.lifecycle.serve(environment, now_us, waiting, _start(environment))
            return
        environment.state = State.INVOKE
        environment.event = event
        environment.arrived_us = environment.started_us = now_us
        environment.ticket = ticket = next(self._tickets)
        heappush(self._entries, (now_us + demand_us, ticket, environment, END))
        revision.warm += 1
        trace = world.trace
        if trace is not None:
            function.last_taken = function.pool.last_taken = environment.last_record = trace.add(
                now_us, _WARM, environment.number, event, record, environment.last_record, 0
            )

    def finish(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """End a simple invocation: it answers, it is billed, it freezes (INV-04, LIF-03)."""
        world = self.world
        trace = world.trace
        if trace is not None:
            environment.last_record = trace.add(
                now_us,
                _OK,
                environment.number,
                environment.event,
                environment.last_record,
                NOBODY,
                0,
            )
        environment.state = State.FROZEN
        environment.event = NOBODY
        duration_us = now_us - environment.started_us
        function = environment.function
        revision = environment.revision
        function.pool.in_use -= 1
        world.in_flight -= 1
        revision.busy_us += duration_us
        revision.billed_requests += 1
        revision.billed_ms += -(-duration_us // 1000)
        self._note_latency(duration_us)
        deadline_us = now_us + environment.idle_lifetime_us
        dies_us = environment.dies_us
        if environment.retiring is not None or now_us >= dies_us:
            self.lifecycle.rest(environment, now_us)
            return
        function.idle.append(environment)
        environment.deadline_us = min(dies_us, deadline_us)
        if not environment.armed:
            world.agenda.reap(environment.deadline_us, environment)

    def _pick(
        self, idle: list[ExecutionEnvironment], function: FunctionLife, event: int
    ) -> ExecutionEnvironment:
        if self._reuse is Reuse.LEAST_RECENT:
            return idle.pop(0)
        key = function.number << _FUNCTION_SHIFT | self.world.key(event)
        place = int(self.world.chance.draw("reuse", key) * len(idle))
        return idle.pop(place)

    def _spills(self, function: FunctionLife, now_us: int) -> bool:
        """Count a request for provisioned concurrency; True beyond its rate (PRV-05, RPS-01)."""
        second = now_us // SECOND
        if second != function.provisioned_second:
            function.provisioned_second, function.provisioned_admitted = second, 0
        if function.provisioned_admitted >= function.provisioned_usable * RATE_A_UNIT:
            return True
        function.provisioned_admitted += 1
        return False

    def _throttle(
        self,
        function: FunctionLife,
        now_us: int,
        kind: Kind,
        event: int,
        record: int,
        watcher: Watcher | None,
    ) -> None:
        self._tally.throttles += 1
        if self.world.trace is not None:
            pool = function.pool
            rated = kind is pool.rate_refusal
            record = self.world.note(
                now_us,
                kind,
                subject=event,
                cause=record,
                second=pool.last_taken,
                value=pool.limit * RATE_A_UNIT if rated else pool.limit,
            )
        if watcher is not None:
            watcher.throttled(now_us, record)

    def _create(self, function: FunctionLife, now_us: int, waiting: Waiting) -> None:
        world = self.world
        if not function.bucket.take(now_us):
            self._throttle(
                function,
                now_us,
                Kind.THROTTLED_SCALING,
                waiting.event,
                waiting.record,
                waiting.watcher,
            )
            return
        function.pool.in_use += 1
        world.in_flight += 1
        self._tally.peak_concurrency = max(self._tally.peak_concurrency, world.in_flight)
        self.lifecycle.create(
            function,
            now_us,
            Kind.CREATED_FOR_EVENT,
            waiting=waiting,
            cause=waiting.record,
            second=function.last_taken,
        )
        function.pool.last_taken = function.last_taken


def _start(environment: ExecutionEnvironment) -> Kind:
    if environment.reinit_owed:
        return Kind.INVOKE_REINIT
    if environment.state is State.READY:
        return Kind.INVOKE_PRE
    return Kind.INVOKE_WARM
