"""What code does beside taking time: it connects, queries, fills memory and /tmp, and may fail.

All of an invocation's doings are worked out when its handler begins: whether its connections are
accepted, how long it waits at a proxy, and whether memory or /tmp is full before it is done.
Connections of the code outside the handler are opened when function init begins.
"""

from __future__ import annotations

from lifecycle_tui.engine.downstream_plan import Connect, Keeps
from lifecycle_tui.engine.downstreams import Code, Connections, Downstream, Holdings, Use
from lifecycle_tui.engine.environment import ExecutionEnvironment, Revision, Step
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws
from lifecycle_tui.engine.phases.invoke import WorkTimes, cut, ending
from lifecycle_tui.engine.plan import FunctionPlan, Outcome
from lifecycle_tui.engine.world import World

ZIP_US_PER_MB = 10_000
"""100 MB a second (SIM-PACKAGE †)."""
IMAGE_SHARE = 0.064
"""Share of an image that is fetched before it starts (SIM-PACKAGE †)."""


def package_us(plan: FunctionPlan) -> int:
    """Return what fetching the function's package adds to placement (SIM-PACKAGE †)."""
    share = IMAGE_SHARE if plan.package == "image" else 1.0
    return round(plan.package_mb * ZIP_US_PER_MB * share)


def connecting_us(revision: Revision, draws: Draws) -> int:
    """Return what the connections outside the handler add to function init."""
    code = revision.code
    if code is None:
        return 0
    return sum(
        draws.time(use.downstream.plan.connect, f"connect.{use.plan.downstream}")
        for use in code.in_init
    )


class Resources:
    """What environments hold, and what their code does with it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def connect_in_init(self, environment: ExecutionEnvironment, now_us: int) -> bool:
        """Open the connections of the code outside the handler; False if one is refused."""
        code, held = environment.revision.code, environment.held
        if code is None or held is None:
            return True
        return all(
            self._connect(environment, held, use, now_us, closes=False) for use in code.in_init
        )

    def handle(
        self, environment: ExecutionEnvironment, code: Code, held: Holdings, now_us: int
    ) -> list[Step]:
        """Return the steps of a handler that begins now, to the invocation's end."""
        world, function = self.world, environment.function
        times = WorkTimes(world.chance.draw, function.name, world.key(environment.event))
        counted = world.reinit_counts
        deadline_us = environment.revision.timeout_us
        deadline_us += environment.started_us if counted else now_us
        at_us = now_us
        for use in code.uses:
            queried_us = self._query(environment, held, use, times, now_us, at_us, deadline_us)
            if queried_us is None:
                refused = ending(environment, times, now_us, Outcome.ERROR)
                return cut(self._closing(held, refused), deadline_us)
            at_us = queried_us
        done_us = at_us + environment.demand_us
        return cut(self._last(environment, held, times, now_us, done_us), deadline_us)

    def _query(
        self, environment: ExecutionEnvironment, held: Holdings, use: Use, times: WorkTimes,
        now_us: int, at_us: int, deadline_us: int,
    ) -> int | None:  # fmt: skip
        """Use one downstream from ``at_us`` on; return when that is done, None if refused."""
        name, downstream = use.plan.downstream, use.downstream
        if use.cache is not None:
            at_us += times.time(use.cache.plan.query, f"query.{use.cache.plan.name}")
            if self._found(environment, held, use.cache, now_us):
                return at_us
        if use.plan.connect is Connect.HANDLER:
            if not self._connect(environment, held, use, now_us, closes=use.plan.closes):
                return None
            at_us += times.time(downstream.plan.connect, f"connect.{name}")
        target = downstream.behind or downstream
        length_us = times.time(target.plan.query, f"query.{target.plan.name}")
        begins_us = downstream.borrow(at_us, length_us, deadline_us)
        if begins_us > at_us:
            waited = Connections(downstream.number, 0, begins_us - at_us)
            self.world.mark(environment, now_us, Kind.POOL_WAITED, waited.packed())
        return begins_us + length_us

    def _found(
        self, environment: ExecutionEnvironment, held: Holdings, cache: Downstream, now_us: int
    ) -> bool:
        """Look into a cache, and fill it if it is empty (SIM-CACHE †)."""
        if cache.plan.keeps is Keeps.OUTSIDE:
            filled, cache.filled = cache.filled, True
        else:
            filled = cache.number in held.caches
            held.caches.add(cache.number)
        stream = f"{environment.function.name}/cache.{cache.plan.name}"
        key = self.world.key(environment.event)
        hit = filled and self.world.chance.draw(stream, key) < cache.plan.hit
        said = Connections(cache.number, 0, int(filled)).packed()
        self.world.mark(environment, now_us, Kind.CACHE_HIT if hit else Kind.CACHE_MISSED, said)
        return hit

    def _connect(
        self, environment: ExecutionEnvironment, held: Holdings, use: Use, now_us: int, *,
        closes: bool,
    ) -> bool:  # fmt: skip
        """Open connections, all or none; False if the downstream refuses (SIM-DOWNSTREAM)."""
        downstream, count = use.downstream, use.plan.per_environment
        number = downstream.number
        has = held.connections.get(number, 0)
        if not downstream.takes(count):
            said = Connections(number, has, downstream.in_use).packed()
            self.world.mark(environment, now_us, Kind.CONNECT_REFUSED, said)
            return False
        downstream.in_use += count
        held.connections[number] = has + count
        if closes:
            held.opened[number] = held.opened.get(number, 0) + count
        said = Connections(number, has + count, downstream.in_use).packed()
        self.world.mark(environment, now_us, Kind.CONNECTED, said)
        return True

    def _last(
        self, environment: ExecutionEnvironment, held: Holdings, times: WorkTimes,
        now_us: int, done_us: int,
    ) -> list[Step]:  # fmt: skip
        """Return the handler's end: as the event says, or before for want of memory or /tmp."""
        plan = environment.revision.plan
        length_us = done_us - now_us
        memory_us = tmp_us = None
        free_mb = max(plan.memory_mb - held.leaked_mb, 0)
        if plan.memory_used_mb > free_mb:
            memory_us = now_us + length_us * free_mb // plan.memory_used_mb
        room_mb = plan.ephemeral_storage_mb - held.tmp_mb
        if plan.handler_tmp_mb > room_mb:
            tmp_us = now_us + length_us * room_mb // plan.handler_tmp_mb
        if memory_us is not None and (tmp_us is None or memory_us <= tmp_us):
            return ending(environment, times, memory_us, Outcome.OOM)
        if tmp_us is not None:
            steps = ending(environment, times, tmp_us, Outcome.ERROR)
            return [(tmp_us, Kind.TMP_FULL, plan.ephemeral_storage_mb), *self._closing(held, steps)]
        return self._closing(held, ending(environment, times, done_us, environment.outcome))

    def _closing(self, held: Holdings, steps: list[Step]) -> list[Step]:
        """Return the steps with a close before the response; a process that dies closes nothing."""
        if not held.opened or steps[0][1] in (Kind.INVOKE_EXIT, Kind.INVOKE_OOM):
            return steps
        return [(steps[0][0], Kind.DISCONNECTED, 0), *steps]

    def close(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Close what the present invocation has opened."""
        held = environment.held
        if held is not None:
            self._let_go(environment, held, held.opened, now_us)

    def settle(self, environment: ExecutionEnvironment) -> None:
        """Keep what an invocation leaves behind: files in /tmp, and memory that leaked."""
        held, plan = environment.held, environment.revision.plan
        if held is None or environment.reinit_owed:
            return
        held.tmp_mb = min(held.tmp_mb + plan.handler_tmp_mb, plan.ephemeral_storage_mb)
        held.leaked_mb += plan.memory_leak_mb
        held.opened.clear()

    def lose_processes(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Give up all that the runtime's process held; /tmp stays (FAIL-04)."""
        held = environment.held
        if held is None:
            return
        held.leaked_mb = 0
        held.caches.clear()
        self._let_go(environment, held, dict(held.connections), now_us)
        held.opened.clear()

    def _let_go(
        self, environment: ExecutionEnvironment, held: Holdings, which: dict[int, int], now_us: int
    ) -> None:
        for number, count in which.items():
            downstream = self.world.by_number[number]
            downstream.in_use -= count
            left = held.connections.pop(number) - count
            if left:
                held.connections[number] = left
            said = Connections(number, left, downstream.in_use).packed()
            self.world.mark(environment, now_us, Kind.DISCONNECTED, said)
        which.clear()
