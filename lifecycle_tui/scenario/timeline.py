"""The timeline of a file: commands with their times, checked against what is configured by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from fractions import Fraction
from typing import Final

from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    FunctionPlan,
    Outcome,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.functions import (
    KEY_OF,
    KEYS,
    UNSUPPORTED,
    Given,
    complete,
    read_function,
    refusal,
)
from lifecycle_tui.scenario.most import MostEnvironments
from lifecycle_tui.scenario.nodes import Node
from lifecycle_tui.scenario.problems import Problems, did_you_mean
from lifecycle_tui.scenario.snapstart import misfits
from lifecycle_tui.units.text import quote

MOST_EVENTS: Final = 10_000_000
"""One command may not send more."""

SYNCHRONOUS: Final = ("sdk", "api-gateway", "alb", "step-functions", "function-url")
_LATER_SOURCES: Final = ("s3", "sns", "eventbridge", "sqs", "dynamodb-streams", "kinesis")
_PROCESSES: Final = ("poisson", "steady")
_LATER_PROCESSES: Final = ("spike", "ramp", "cron")


@dataclass(slots=True)
class Team:
    """The functions of a scenario while its timeline is read: as written, and as configured."""

    limit: int
    """The account's concurrency."""
    names: list[str] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    plans: list[FunctionPlan] = field(default_factory=list)
    """As configured by now."""
    first: list[FunctionPlan] = field(default_factory=list)
    """As configured at the start."""

    def add(self, name: str, given: Given, plan: FunctionPlan) -> None:
        """Add a function as the file has it."""
        self.names.append(name)
        self.given.append(given)
        self.plans.append(plan)
        self.first.append(plan)


@dataclass(frozen=True, slots=True)
class _Call:
    """One command as it is being read."""

    fields: Fields
    team: Team
    at_us: int
    function: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A command that has been read; a ``set`` waits for its turn in time."""

    at_us: int
    function: int
    fields: Fields
    command: Command | None
    given: Given | None


def read_timeline(nodes: list[Node], team: Team, problems: Problems) -> tuple[Command, ...]:
    """Return the commands by time, in their written order within one instant."""
    entries = []
    for index, node in enumerate(nodes):
        entry = _entry(Fields(node, problems, f"timeline[{index}]", ("at", *_COMMANDS)), team)
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda entry: entry.at_us)
    most = MostEnvironments(team.first)
    commands = []
    for entry in entries:
        command = _in_turn(entry, team, problems)
        missing = None if problems else most.misfit(command)
        if missing is not None:
            entry.fields.refuse("environment", missing)
        most.count(command)
        commands.append(command)
    return tuple(command for command in commands if command is not None)


def _entry(fields: Fields, team: Team) -> _Entry | None:
    at_us = fields.require("at", readers.duration, 0)
    verbs = [key for key in fields.keys if key in _COMMANDS]
    if not verbs and set(fields.keys) - {"at"}:
        return None  # an unknown key, which is a problem already
    if len(verbs) != 1:
        what = "no command" if not verbs else f"{len(verbs)} commands"
        hint = f"one of {', '.join(_COMMANDS)}"
        fields.problems.add(fields.place, f"{fields.path}: {what}; expected {hint}")
        return None
    verb = verbs[0]
    keys = _COMMANDS[verb]
    if verb == "pattern" and _is_later_pattern(fields):
        keys = None
    inner = fields.inner(verb, keys, optional=True)
    function = 0
    if keys is None or "function" in keys:
        found = _function(inner, team)
        if found is None:
            return None
        function = found
    if verb == "set":
        given = read_function(inner)
        if not set(inner.keys) - {"function"}:
            inner.problems.add(inner.place, f"{inner.path}: nothing to set")
        return _Entry(at_us, function, inner, None, given)
    return _Entry(at_us, function, inner, _READS[verb](_Call(inner, team, at_us, function)), None)


def _in_turn(entry: _Entry, team: Team, problems: Problems) -> Command | None:
    """Return the command, having checked it against the configuration at its time."""
    index, path, place = entry.function, entry.fields.path, entry.fields.place
    command = entry.command
    before = team.plans[index]
    given = {}
    if entry.given is not None:
        given = entry.given
        team.given[index] = {**team.given[index], **given}
        after = complete(before.name, team.given[index], place, problems, path)
    elif isinstance(command, Provision):
        given = {"provisioned_concurrency": (command.count, entry.fields.where("count"))}
        after = replace(before, provisioned_concurrency=command.count)
        team.given[index] = {**team.given[index], **given}
        for _, reason in misfits(after):
            problems.add(entry.fields.where("count"), f"{path}.count: {reason}")
    else:
        return command
    team.plans[index] = after
    refused = refusal(team.limit, team.plans, index)
    if refused is not None and given.keys() & {"reserved_concurrency", "provisioned_concurrency"}:
        culprit, reason = refused
        problems.add(given.get(culprit, (None, place))[1], f"{path}.{KEY_OF[culprit]}: {reason}")
    if command is not None:
        return command
    return SetConfig(at_us=entry.at_us, function=index, changes=_changes(before, after, given))


def _changes(
    before: FunctionPlan, after: FunctionPlan, given: Given
) -> tuple[tuple[str, object], ...]:
    """Return what was set, and what follows from it (a new runtime brings its init times)."""
    return tuple(
        (each.name, getattr(after, each.name))
        for each in dataclass_fields(after)
        if each.name in given or getattr(after, each.name) != getattr(before, each.name)
    )


def _function(fields: Fields, team: Team) -> int | None:
    """Return the index of the function that a command names, or None with a problem noted."""
    if "function" not in fields:
        if len(team.names) == 1:
            return 0
        fields.problems.add(
            fields.place,
            f"{fields.path}: which function? there are {len(team.names)}; give function: NAME",
        )
        return None

    def read(node: Node) -> int:
        name = readers.node_text(node)
        if name not in team.names:
            hint = did_you_mean(name, team.names)
            raise UnfitError(f"there is no function {quote(readers.describe_text(node), 64)}{hint}")
        return team.names.index(name)

    index = fields.read("function", read, -1)
    return None if index < 0 else index


def _source(fields: Fields) -> str:
    def read(node: Node) -> str:
        source = readers.word((*SYNCHRONOUS, *_LATER_SOURCES))(node)
        if source in _LATER_SOURCES:
            raise UnfitError(
                f"the event source {source} {UNSUPPORTED}; it has {', '.join(SYNCHRONOUS)}"
            )
        return source

    return fields.read("source", read, "sdk")


def _fire(call: _Call) -> Command:
    fields = call.fields
    over_us = fields.read("over", readers.duration, 0)
    if call.at_us + over_us > readers.LONGEST_US:
        fields.refuse("over", "ends after 366 days, the most there is")
    return Fire(
        at_us=call.at_us,
        function=call.function,
        count=fields.read("count", readers.integer(1, MOST_EVENTS), 1),
        over_us=over_us,
        source=_source(fields),
        duration=fields.read("duration", readers.work_time, None),
        outcome=fields.read("outcome", readers.member(Outcome), None),
    )


def _is_later_pattern(fields: Fields) -> bool:
    """Whether a pattern is of a kind whose own keys this version does not know."""
    inner = Fields(fields.node("pattern"), Problems(), "", None)
    process = readers.node_text(inner.node("process")) if "process" in inner else ""
    return "trace" in inner or process in _LATER_PROCESSES


def _pattern(call: _Call) -> Command | None:
    fields = call.fields
    if "trace" in fields:
        fields.refuse("trace", f"arrivals from a file: that {UNSUPPORTED}")
        return None
    process = fields.read("process", readers.word((*_PROCESSES, *_LATER_PROCESSES)), "poisson")
    if process in _LATER_PROCESSES:
        fields.refuse(
            "process", f"the process {process} {UNSUPPORTED}; it has {', '.join(_PROCESSES)}"
        )
        return None
    rate = fields.require("rate", readers.rate, Fraction(1))
    for_us = fields.require("for", readers.duration, 0)
    if call.at_us + for_us > readers.LONGEST_US:
        fields.refuse("for", "ends after 366 days, the most there is")
    if rate * for_us / 1_000_000 > MOST_EVENTS:
        fields.refuse("rate", f"sends more than {MOST_EVENTS:,} events, the most for one command")
    return Pattern(
        at_us=call.at_us,
        function=call.function,
        process=process,
        gap_us=float(1_000_000 / rate),
        for_us=for_us,
        source=_source(fields),
        duration=fields.read("duration", readers.work_time, None),
        outcome=fields.read("outcome", readers.member(Outcome), None),
    )


def _provision(call: _Call) -> Command:
    count = call.fields.require("count", readers.integer(0, MOST_EVENTS), 0)
    return Provision(at_us=call.at_us, function=call.function, count=count)


def _deploy(call: _Call) -> Command:
    return Deploy(at_us=call.at_us, function=call.function)


def _prewarm(call: _Call) -> Command:
    count = call.fields.read("count", readers.integer(1, call.team.limit), 1)
    return Prewarm(at_us=call.at_us, function=call.function, count=count)


def _reclaim(call: _Call) -> Command:
    number = call.fields.require("environment", readers.environment, 0)
    return Reclaim(at_us=call.at_us, environment=number)


def _crash(call: _Call) -> Command:
    number = call.fields.require("environment", readers.environment, 0)
    return Crash(at_us=call.at_us, environment=number)


_COMMANDS: Final[dict[str, tuple[str, ...] | None]] = {
    "fire": ("function", "source", "count", "over", "duration", "outcome"),
    "pattern": ("function", "source", "process", "rate", "for", "duration", "outcome", "trace"),
    "set": ("function", *KEYS),
    "provision": ("function", "count"),
    "deploy": ("function",),
    "prewarm": ("function", "count"),
    "reclaim": ("environment",),
    "crash": ("environment",),
}
_READS: Final[dict[str, Callable[[_Call], Command | None]]] = {
    "fire": _fire,
    "pattern": _pattern,
    "provision": _provision,
    "deploy": _deploy,
    "prewarm": _prewarm,
    "reclaim": _reclaim,
    "crash": _crash,
}
