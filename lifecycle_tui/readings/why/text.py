"""Commands in words."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Plan,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.readings.why.patterns import pattern_words
from lifecycle_tui.readings.words import environment_name, listed, percent, span

_UNTOLD: Final = frozenset({"init_measured"})
"""Fields that nobody sets: they follow from others."""


def command_words(plan: Plan, command: Command) -> str:
    """Return what a command did, as a sentence without its full stop."""
    match command:
        case Fire():
            events = "an event was" if command.count == 1 else f"{command.count:,} events were"
            spread = f", spread over {span(command.over_us)}"
            if not command.over_us or command.count == 1:
                spread = ""
            name = _function(plan, command.function)
            changed = _amended(command, one=command.count == 1)
            return f"{events} fired at {name}{_sender(command.source)}{spread}{changed}"
        case Pattern():
            name = _function(plan, command.function)
            sender = _sender(command.source)
            length = span(command.for_us)
            changed = _amended(command, one=False)
            return f"{pattern_words(command)} was sent to {name}{sender} for {length}{changed}"
        case SetConfig():
            changes = [_change(*change) for change in command.changes if change[0] not in _UNTOLD]
            return f"{_function(plan, command.function)} was configured: {listed(changes)}"
        case Provision():
            name = _function(plan, command.function)
            return f"{name}'s provisioned concurrency was set to {command.count}"
        case Deploy():
            share = "" if command.weight >= 1 else f" for {percent(command.weight)} of its events"
            return f"new code was deployed to {_function(plan, command.function)}{share}"
        case Shift():
            name = _function(plan, command.function)
            if command.weight <= 0:
                return f"{name}'s newer version was taken back"
            return f"{percent(command.weight)} of {name}'s events were moved to its newer version"
        case Prewarm():
            name = _function(plan, command.function)
            made = (
                "1 environment was" if command.count == 1 else f"{command.count} environments were"
            )
            return f"{made} to be made for {name} ahead of any event"
        case Reclaim():
            return f"{environment_name(command.environment)} was taken back"
        case Crash():
            return f"the runtime in {environment_name(command.environment)} was killed"
        case _:
            return f"{type(command).__name__.lower()} was commanded"


def _function(plan: Plan, number: int) -> str:
    return plan.functions[number].name


def _change(name: str, value: object) -> str:
    if name.endswith("_us") and isinstance(value, int):
        return f"{name.removesuffix('_us').replace('_', ' ')} {span(value)}"
    if name.endswith("_mb"):
        return f"{name.removesuffix('_mb').replace('_', ' ')} {value} MB"
    if name == "snap_start":
        return f"SnapStart {'on' if value else 'off'}"
    if isinstance(value, bool):
        return f"{name.replace('_', ' ')} {'on' if value else 'off'}"
    if value is None:
        return f"no {name.replace('_', ' ')}"
    if isinstance(value, int | float | str):
        return f"{name.replace('_', ' ')} {value}"
    return name.replace("_", " ")


def _amended(command: Fire | Pattern, *, one: bool) -> str:
    """Return how few of a command's events were otherwise; nothing where none was."""
    said = ""
    for what, words in (("later_us", "{} later"), ("shorter_us", "with a handler {} shorter")):
        changed = [by_us for each in command.amended if (by_us := getattr(each, what))]
        if not changed:
            continue
        length = span(changed[0]) if len(set(changed)) == 1 else f"up to {span(max(changed))}"
        who = "" if one else f"{len(changed)} of them "
        said += f", {who}{words.format(length)}"
    return said


def _sender(source: str) -> str:
    """Return ``by`` and the source's name; nothing for plain calls."""
    return "" if source == SourceKind.SDK else f" by {source}"
