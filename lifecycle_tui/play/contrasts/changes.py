"""One change of a plan: the smallest things that could have been otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from lifecycle_tui.engine.downstream_plan import DownstreamKind, DownstreamPlan
from lifecycle_tui.engine.plan import (
    AccountPlan,
    Amendment,
    Command,
    Fire,
    FunctionPlan,
    Pattern,
    Plan,
    Provision,
    SetConfig,
)
from lifecycle_tui.engine.source_plan import AnySource
from lifecycle_tui.engine.worktime import Constant, Quantiles, Uniform, WorkTime

FROM_THE_START: Final = -1
"""In the place of a command's index: the setting is the scenario's own."""


class Change:
    """Something otherwise in a plan."""

    __slots__ = ()

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        raise NotImplementedError

    def split(self, base: Plan, live: tuple[Command, ...]) -> tuple[Plan, tuple[Command, ...]]:
        """Change a scenario and its live commands, which are counted after its own."""
        plan = self.applied(replace(base, commands=base.commands + live))
        count = len(base.commands) - self.left_out_of(len(base.commands))
        return replace(plan, commands=plan.commands[:count]), plan.commands[count:]

    def left_out_of(self, first: int) -> int:  # noqa: ARG002 - only one kind leaves any out
        """Return how many of the first commands it leaves out."""
        return 0


@dataclass(frozen=True, slots=True)
class EventChanged(Change):
    """One event comes later, or its handler needs less time."""

    command: int
    place: int
    later_us: int = 0
    shorter_us: int = 0

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        command = plan.commands[self.command]
        if not isinstance(command, Fire | Pattern):
            raise TypeError(f"command {self.command} sends no events")
        amended = {one.place: one for one in command.amended}
        was = amended.get(self.place, Amendment(self.place))
        amended[self.place] = replace(
            was,
            later_us=was.later_us + self.later_us,
            shorter_us=was.shorter_us + self.shorter_us,
        )
        ordered = tuple(amended[place] for place in sorted(amended))
        return _with_command(plan, self.command, replace(command, amended=ordered))


@dataclass(frozen=True, slots=True)
class Earlier(Change):
    """A command is given earlier."""

    command: int
    by_us: int

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        command = plan.commands[self.command]
        return _with_command(plan, self.command, replace(command, at_us=command.at_us - self.by_us))


@dataclass(frozen=True, slots=True)
class LeftOut(Change):
    """A command that sends no events is not given."""

    command: int

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        commands = plan.commands[: self.command] + plan.commands[self.command + 1 :]
        return replace(plan, commands=commands)

    def left_out_of(self, first: int) -> int:
        """Return how many of the first commands it leaves out."""
        return int(self.command < first)


@dataclass(frozen=True, slots=True)
class FunctionSet(Change):
    """A function is configured otherwise, by the scenario or by the command that did it."""

    function: int
    field: str
    value: object
    command: int = FROM_THE_START

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        if self.command == FROM_THE_START:
            functions = list(plan.functions)
            functions[self.function] = _replaced(functions[self.function], self.field, self.value)
            return replace(plan, functions=tuple(functions))
        command = plan.commands[self.command]
        if isinstance(command, Provision):
            return _with_command(plan, self.command, _replaced(command, "count", self.value))
        if not isinstance(command, SetConfig):
            raise TypeError(f"command {self.command} configures nothing")
        changes = tuple(
            (name, self.value if name == self.field else value) for name, value in command.changes
        )
        return _with_command(plan, self.command, replace(command, changes=changes))


@dataclass(frozen=True, slots=True)
class AccountSet(Change):
    """The account, or a number that AWS does not publish, is otherwise."""

    field: str
    value: object

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        return replace(plan, account=_replaced(plan.account, self.field, self.value))


@dataclass(frozen=True, slots=True)
class SourceSet(Change):
    """A source is set up otherwise."""

    source: AnySource

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        others = [one for one in plan.sources if one.name != self.source.name]
        return replace(plan, sources=(*others, self.source))


@dataclass(frozen=True, slots=True)
class Connected(Change):
    """A database lets in, or a proxy holds, so many connections."""

    downstream: int
    connections: int

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        downstreams = list(plan.downstreams)
        was = downstreams[self.downstream]
        downstreams[self.downstream] = was._replace(connections=self.connections)
        return replace(plan, downstreams=tuple(downstreams))


@dataclass(frozen=True, slots=True)
class Proxied(Change):
    """Whoever talks to a database does so through a proxy, which holds all its connections."""

    downstream: int

    def applied(self, plan: Plan) -> Plan:
        """Return the plan with this change and no other."""
        database = plan.downstreams[self.downstream]
        name = f"{database.name}-proxy"
        proxy = DownstreamPlan(
            name,
            kind=DownstreamKind.PROXY,
            connections=database.connections,
            connect=database.connect,
            to=database.name,
        )
        functions = tuple(
            replace(
                function,
                uses=tuple(
                    use._replace(downstream=name) if use.downstream == database.name else use
                    for use in function.uses
                ),
            )
            for function in plan.functions
        )
        return replace(plan, functions=functions, downstreams=(*plan.downstreams, proxy))


def configured(plan: Plan, function: int, field: str, at_us: int) -> tuple[Any, int]:
    """Return a field of a function as commands have set it, and the index of the one that did.

    Args:
        plan: the plan.
        function: the function's number.
        field: a field of its plan.
        at_us: the moment, what is commanded in it included.
    """
    found, by = getattr(plan.functions[function], field), FROM_THE_START
    order = sorted(range(len(plan.commands)), key=lambda place: plan.commands[place].at_us)
    for place in order:
        command = plan.commands[place]
        if command.at_us > at_us:
            break
        if isinstance(command, SetConfig) and command.function == function:
            changes = dict(command.changes)
            if field in changes:
                found, by = changes[field], place
        elif (
            isinstance(command, Provision)
            and command.function == function
            and field == "provisioned_concurrency"
        ):
            found, by = command.count, place
    return found, by


def moved(work: WorkTime, by_us: int) -> WorkTime | None:
    """Return a work time so much longer (or shorter) at every draw; None if it cannot be told.

    That is where its distribution has no fixed ends, or none would be left of it.
    """
    match work:
        case Constant(us=us) if us + by_us >= 0:
            return Constant(us + by_us)
        case Uniform(low_us=low, high_us=high) if low + by_us >= 0:
            return Uniform(low + by_us, high + by_us)
        case Quantiles(probabilities=shares, times_us=times) if times[0] + by_us >= 0:
            return Quantiles(shares, tuple(us + by_us for us in times))
        case _:
            return None


def _with_command(plan: Plan, place: int, command: Command) -> Plan:
    commands = (*plan.commands[:place], command, *plan.commands[place + 1 :])
    return replace(plan, commands=commands)


_Value = TypeVar("_Value", FunctionPlan, AccountPlan, Provision)


def _replaced(value: _Value, field: str, to: object) -> _Value:
    changes: dict[str, Any] = {field: to}
    return replace(value, **changes)
