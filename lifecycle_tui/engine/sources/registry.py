"""Which source a command means, and how it hands its events over."""

from __future__ import annotations

from typing import Protocol

from lifecycle_tui.engine.plan import Fire, FunctionPlan, Outcome, Pattern
from lifecycle_tui.engine.source_plan import (
    AnySource,
    InvocationType,
    QueuePlan,
    SourceKind,
    SourcePlan,
    StreamPlan,
    default_source,
    invocation_type,
)
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.worktime import CpuAndWait


class Source(Protocol):
    """Where events come from, while the simulation runs."""

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Take over an event that is sent now; ``record`` is that of the command."""


class Sources:
    """All sources of a run, made when they are first used."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._declared = {plan.name: plan for plan in desk.world.plan.sources}
        self._made: dict[tuple[str, int], Source] = {}

    def of(self, command: Fire | Pattern, function: FunctionPlan) -> Source | None:
        """Return who hands a command's events over; None for plain synchronous ones.

        Args:
            command: what sends them.
            function: its function, as it is configured now.
        """
        found = self.find(command.source, function, command.function)
        if not command.amended:
            return found
        from lifecycle_tui.engine.sources.amended import Amended

        return Amended(self._desk, found, command)

    def find(self, name: str, function: FunctionPlan, number: int) -> Source | None:
        """Return the source that a command names; None for plain synchronous events.

        Args:
            name: a declared source's name, else a kind of source.
            function: the function that the command names, as it is configured now.
            number: its number.
        """
        declared = self._declared.get(name)
        key = (name, number)
        found = self._made.get(key)
        if found is not None:
            return found
        plan = default_source(name, number) if declared is None else declared
        exact = not (function.handler_error_rate or isinstance(function.handler, CpuAndWait))
        if _is_plain(plan) and exact:
            return None
        found = self._made[key] = self._make(plan)
        return found

    def _make(self, plan: AnySource) -> Source:
        trace = self._desk.world.trace
        if trace is not None:
            trace.sources.append(plan)
        # Each kind is loaded when it is first used: start-up counts.
        if isinstance(plan, QueuePlan):
            from lifecycle_tui.engine.sources.queue import QueueSource

            return QueueSource(self._desk, plan, len(self._made))
        if isinstance(plan, StreamPlan):
            from lifecycle_tui.engine.sources.stream import StreamSource

            return StreamSource(self._desk, plan)
        if invocation_type(plan.kind) is InvocationType.ASYNCHRONOUS:
            from lifecycle_tui.engine.sources.asynchronous import AsyncSource

            return AsyncSource(self._desk, plan)
        from lifecycle_tui.engine.sources.caller import Caller

        return Caller(self._desk, plan)


def _is_plain(plan: AnySource) -> bool:
    """Whether a source only calls and waits: the hot path."""
    return (
        isinstance(plan, SourcePlan)
        and invocation_type(plan.kind) is InvocationType.SYNCHRONOUS
        and plan.kind is not SourceKind.API_GATEWAY
        and not (plan.retries or plan.catches or plan.gives_up_us)
    )
