"""The timeline of a file: commands with their times, checked against what is configured by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Final

from lifecycle_tui.engine.account_limits import refusal
from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    FunctionPlan,
    Outcome,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.source_plan import AnySource, SourceKind
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.downstreams import Downstreams
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.functions import (
    KEY_OF,
    KEYS,
    Given,
    complete,
    merged,
    read_function,
)
from lifecycle_tui.scenario.most import MostEnvironments
from lifecycle_tui.scenario.nodes import Node
from lifecycle_tui.scenario.patterns import KEYS as PATTERN_KEYS
from lifecycle_tui.scenario.patterns import MOST_EVENTS, Recordings, Sender, read_pattern
from lifecycle_tui.scenario.problems import Problems, did_you_mean
from lifecycle_tui.scenario.snapstart import misfits
from lifecycle_tui.scenario.sources import KINDS
from lifecycle_tui.units.text import quote


@dataclass(slots=True)
class Team:
    """The functions of a scenario while its timeline is read: as written, and as configured."""

    limit: int
    """The account's concurrency."""
    folder: Path = Path()
    """Where files that the timeline names are looked for."""
    names: list[str] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    plans: list[FunctionPlan] = field(default_factory=list)
    """As configured by now."""
    first: list[FunctionPlan] = field(default_factory=list)
    """As configured at the start."""
    shared: frozenset[int] = frozenset()
    """The functions that have two versions behind their alias already."""
    sources: dict[str, AnySource] = field(default_factory=dict)
    """Declared sources by name."""
    downstreams: Downstreams = field(default_factory=dict)
    """The scenario's downstreams, by name."""
    recordings: Recordings | None = None
    """Traces that are here already, by the names of their files; None: they are read."""

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
class Entry:
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
        fields = Fields(node, problems, f"timeline[{index}]", ("at", *COMMANDS))
        entry = _entry(fields, fields.require("at", readers.duration, 0), team)
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda entry: entry.at_us)
    most = MostEnvironments(team.first)
    commands = []
    shared: set[int] = set()
    for entry in entries:
        _check_alias(entry, shared)
        command = _in_turn(entry, team, problems)
        missing = None if problems else most.misfit(command)
        if missing is not None:
            entry.fields.refuse("environment", missing)
        most.count(command)
        commands.append(command)
    return tuple(command for command in commands if command is not None)


def read_now(node: Node, at_us: int, team: Team, problems: Problems) -> Command | None:
    """Read one command that is done at a moment, against what is configured by then.

    Args:
        node: its verb, with its keys.
        at_us: the moment.
        team: the functions as they are configured then.
        problems: where problems are noted; None is returned after one.
    """
    entry = read_entry(node, at_us, team, problems)
    if entry is None:
        return None
    _check_alias(entry, set(team.shared))
    command = _in_turn(entry, team, problems)
    return None if problems else command


def read_entry(node: Node, at_us: int, team: Team, problems: Problems) -> Entry | None:
    """Read one command for itself, whatever is configured; None after a problem."""
    entry = _entry(Fields(node, problems, "", COMMANDS), at_us, team)
    return None if problems else entry


def _entry(fields: Fields, at_us: int, team: Team) -> Entry | None:
    verbs = [key for key in fields.keys if key in COMMANDS]
    if not verbs and set(fields.keys) - {"at"}:
        return None  # an unknown key, which is a problem already
    if len(verbs) != 1:
        what = "no command" if not verbs else f"{len(verbs)} commands"
        hint = f"one of {', '.join(COMMANDS)}"
        fields.problems.add(fields.place, f"{fields.path}: {what}; expected {hint}")
        return None
    verb = verbs[0]
    keys = COMMANDS[verb]
    inner = fields.inner(verb, keys, optional=True)
    function = 0
    if "function" in keys:
        found = _addressee(inner, team)
        if found is None:
            return None
        function = found
    if verb == "set":
        given = read_function(inner, team.downstreams)
        if "autoscaling" in inner:
            inner.refuse("autoscaling", "cannot be set later; write it at the function itself")
        if not set(inner.keys) - {"function"}:
            inner.problems.add(inner.place, f"{inner.path}: nothing to set")
        return Entry(at_us, function, inner, None, given)
    return Entry(at_us, function, inner, _READS[verb](_Call(inner, team, at_us, function)), None)


def _check_alias(entry: Entry, shared: set[int]) -> None:
    """Follow which functions have two versions: only their alias can be moved."""
    command = entry.command
    if isinstance(command, Deploy):
        shared.discard(command.function)
        if command.weight < 1:
            shared.add(command.function)
    elif isinstance(command, Shift):
        if command.function not in shared:
            message = "there is one version only; a deploy with a weight below 1 brings the second"
            entry.fields.problems.add(entry.fields.place, f"{entry.fields.path}: {message}")
        elif command.weight in (0, 1):
            shared.discard(command.function)


def _in_turn(entry: Entry, team: Team, problems: Problems) -> Command | None:
    """Return the command, having checked it against the configuration at its time."""
    index, path, place = entry.function, entry.fields.path, entry.fields.place
    command = entry.command
    before = team.plans[index]
    given = {}
    if entry.given is not None:
        given = entry.given
        team.given[index] = merged(team.given[index], given)
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


def find_function(fields: Fields, team: Team) -> int | None:
    """Return the index of the function that a mapping names, or None with a problem noted."""
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


def _source(call: _Call) -> str:
    """Return the source that a command names: a declared one, or a kind with its defaults."""
    fields, declared = call.fields, call.team.sources
    source = fields.read("source", readers.word((*declared, *KINDS)), SourceKind.SDK.value)
    plan = declared.get(source)
    if plan is not None and plan.function != call.function:
        fields.refuse("source", f"{source} sends to {call.team.names[plan.function]}, not to here")
    return source


def _addressee(fields: Fields, team: Team) -> int | None:
    """Return the function of a command: the one it names, else that of its declared source."""
    if "function" not in fields and "source" in fields:
        plan = team.sources.get(readers.node_text(fields.node("source")))
        if plan is not None:
            return plan.function
    return find_function(fields, team)


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
        source=_source(call),
        duration=fields.read("duration", readers.work_time, None),
        outcome=fields.read("outcome", readers.member(Outcome), None),
    )


def _pattern(call: _Call) -> Command | None:
    fields = call.fields
    sender = Sender(
        at_us=call.at_us,
        function=call.function,
        source=_source(call),
        outcome=fields.read("outcome", readers.member(Outcome), None),
        folder=call.team.folder,
        recordings=call.team.recordings,
    )
    return read_pattern(fields, sender)


def _provision(call: _Call) -> Command:
    count = call.fields.require("count", readers.integer(0, MOST_EVENTS), 0)
    return Provision(at_us=call.at_us, function=call.function, count=count)


def _deploy(call: _Call) -> Command:
    weight = call.fields.read("weight", readers.number(0.0, 1.0), 1.0)
    return Deploy(at_us=call.at_us, function=call.function, weight=weight)


def _shift(call: _Call) -> Command:
    weight = call.fields.require("weight", readers.number(0.0, 1.0), 1.0)
    return Shift(at_us=call.at_us, function=call.function, weight=weight)


def _prewarm(call: _Call) -> Command:
    count = call.fields.read("count", readers.integer(1, call.team.limit), 1)
    return Prewarm(at_us=call.at_us, function=call.function, count=count)


def _reclaim(call: _Call) -> Command:
    number = call.fields.require("environment", readers.environment, 0)
    return Reclaim(at_us=call.at_us, environment=number)


def _crash(call: _Call) -> Command:
    number = call.fields.require("environment", readers.environment, 0)
    return Crash(at_us=call.at_us, environment=number)


COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "fire": ("function", "source", "count", "over", "duration", "outcome"),
    "pattern": PATTERN_KEYS,
    "set": ("function", *KEYS),
    "provision": ("function", "count"),
    "deploy": ("function", "weight"),
    "shift": ("function", "weight"),
    "prewarm": ("function", "count"),
    "reclaim": ("environment",),
    "crash": ("environment",),
}
"""Every command of a timeline, with the keys that it takes."""
_READS: Final[dict[str, Callable[[_Call], Command | None]]] = {
    "fire": _fire,
    "pattern": _pattern,
    "provision": _provision,
    "deploy": _deploy,
    "shift": _shift,
    "prewarm": _prewarm,
    "reclaim": _reclaim,
    "crash": _crash,
}
