"""Downstream services while the simulation runs: who holds how many connections, and who waits."""

from __future__ import annotations

from heapq import heapreplace
from typing import Final, NamedTuple

from lifecycle_tui.engine.downstream_plan import Connect, DownstreamKind, DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import FunctionPlan, Plan

_NUMBER_BITS: Final = 8
_HELD_BITS: Final = 24
MOST_DOWNSTREAMS: Final = 1 << _NUMBER_BITS


class Connections(NamedTuple):
    """What the value of a record about connections says, packed into one integer.

    For a wait at a proxy ``in_use`` is the wait in microseconds, for a look into a cache 1 where
    that was filled, else 0.
    """

    downstream: int
    """Its number, by its place in the plan."""
    held: int
    """Connections that the record's environment holds after it."""
    in_use: int
    """Connections that everyone holds after it."""

    def packed(self) -> int:
        """Return them as one integer."""
        return (self.in_use << _HELD_BITS | self.held) << _NUMBER_BITS | self.downstream

    @classmethod
    def of(cls, value: int) -> Connections:
        """Return what a record's value says."""
        rest, number = value >> _NUMBER_BITS, value & (1 << _NUMBER_BITS) - 1
        return cls(number, rest & (1 << _HELD_BITS) - 1, rest >> _HELD_BITS)


class Downstream:
    """One downstream service."""

    __slots__ = ("behind", "filled", "free_us", "in_use", "limit", "number", "plan")

    def __init__(self, number: int, plan: DownstreamPlan, in_use: int) -> None:
        self.number = number
        self.plan = plan
        self.in_use = in_use
        is_proxy = plan.kind is DownstreamKind.PROXY
        self.limit = None if is_proxy else plan.connections
        """How many connections it accepts; a proxy takes all, and lets their queries wait."""
        self.behind: Downstream | None = None
        """What a proxy passes queries on to."""
        self.free_us = [0] * (plan.connections or 0) if is_proxy else []
        """When each of a proxy's own connections is free again, as a heap."""
        self.filled = False
        """Whether a cache that all environments share holds anything."""

    def takes(self, count: int) -> bool:
        """Whether so many more connections are possible now."""
        return self.limit is None or self.in_use + count <= self.limit

    def borrow(self, at_us: int, length_us: int, deadline_us: int) -> int:
        """Take one of a proxy's connections for a query; return when the query begins.

        Whoever would get one only after its own deadline takes none.
        """
        if not self.free_us:
            return at_us
        begins_us = max(at_us, self.free_us[0])
        if begins_us < deadline_us:
            heapreplace(self.free_us, begins_us + length_us)
        return begins_us


class Holdings:
    """What one environment's code holds from event to event."""

    __slots__ = ("caches", "connections", "leaked_mb", "opened", "tmp_mb")

    def __init__(self) -> None:
        self.tmp_mb = 0
        self.leaked_mb = 0
        self.connections: dict[int, int] = {}
        """Connections by the downstream's number."""
        self.opened: dict[int, int] = {}
        """Those of them that the present invocation has opened and will close."""
        self.caches: set[int] = set()
        """Caches in globals that are filled."""


class Use(NamedTuple):
    """A use with its names resolved."""

    plan: UsePlan
    downstream: Downstream
    cache: Downstream | None


class Code(NamedTuple):
    """What a function's code does beside taking time."""

    in_init: tuple[Use, ...]
    """Uses that connect outside the handler."""
    uses: tuple[Use, ...]
    """All of them."""


def open_downstreams(plan: Plan) -> dict[str, Downstream]:
    """Return a plan's downstreams by name; a proxy's connections are open from the start."""
    found: dict[str, Downstream] = {}
    for number, each in enumerate(plan.downstreams):
        found[each.name] = Downstream(number, each, pooled(plan, each.name))
    for downstream in found.values():
        if downstream.plan.to is not None:
            downstream.behind = found[downstream.plan.to]
    return found


def pooled(plan: Plan, name: str) -> int:
    """Return how many connections to a downstream its proxies hold all the time."""
    return sum(
        proxy.connections or 0
        for proxy in plan.downstreams
        if proxy.kind is DownstreamKind.PROXY and proxy.to == name
    )


def code_of(plan: FunctionPlan, downstreams: dict[str, Downstream]) -> Code | None:
    """Return what a function's code does beside taking time; None where that is nothing."""
    uses = tuple(
        Use(use, downstreams[use.downstream], None if use.cache is None else downstreams[use.cache])
        for use in plan.uses
    )
    plain = not (uses or plan.handler_tmp_mb or plan.memory_leak_mb)
    if plain and plan.memory_used_mb <= plan.memory_mb:
        return None
    return Code(tuple(use for use in uses if use.plan.connect is Connect.INIT), uses)
