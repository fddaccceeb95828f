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
from lifecycle_tui.units.translation import tr, tr_later, tr_many

_UNTOLD: Final = frozenset({"init_measured"})
"""Fields that nobody sets: they follow from others."""


def command_words(plan: Plan, command: Command) -> str:
    """Return what a command did, as a sentence without its full stop."""
    match command:
        case Fire():
            return _fired(plan, command)
        case Pattern():
            return _sent(plan, command)
        case SetConfig():
            changes = [_change(*change) for change in command.changes if change[0] not in _UNTOLD]
            return tr(
                "{function} was configured: {names}",
                function=_function(plan, command.function),
                names=listed(changes),
            )
        case Provision():
            name = _function(plan, command.function)
            return tr(
                "{name}'s provisioned concurrency was set to {count}",
                name=name,
                count=command.count,
            )
        case Deploy():
            name = _function(plan, command.function)
            if command.weight >= 1:
                return tr("new code was deployed to {function}", function=name)
            return tr(
                "new code was deployed to {function} for {share} of its events",
                function=name,
                share=percent(command.weight),
            )
        case Shift():
            name = _function(plan, command.function)
            if command.weight <= 0:
                return tr("{name}'s newer version was taken back", name=name)
            return tr(
                "{share} of {name}'s events were moved to its newer version",
                share=percent(command.weight),
                name=name,
            )
        case Prewarm():
            name = _function(plan, command.function)
            return tr_many(
                "1 environment was to be made for {function} ahead of any event",
                "{count} environments were to be made for {function} ahead of any event",
                command.count,
                function=name,
            )
        case Reclaim():
            return tr(
                "{environment} was taken back", environment=environment_name(command.environment)
            )
        case Crash():
            return tr(
                "the runtime in {environment} was killed",
                environment=environment_name(command.environment),
            )
        case _:
            return tr("{name} was commanded", name=type(command).__name__.lower())


def _fired(plan: Plan, command: Fire) -> str:
    name = _function(plan, command.function)
    words = tr_many(
        "an event was fired at {function}",
        "{count:,} events were fired at {function}",
        command.count,
        function=name,
    )
    if command.source != SourceKind.SDK:
        words = tr_many(
            "an event was fired at {function} by {source}",
            "{count:,} events were fired at {function} by {source}",
            command.count,
            function=name,
            source=command.source,
        )
    if command.over_us and command.count != 1:
        spread = tr("spread over {length}", length=span(command.over_us))
        words = f"{words}, {spread}"
    return words + _amended(command, one=command.count == 1)


def _sent(plan: Plan, command: Pattern) -> str:
    name = _function(plan, command.function)
    words = tr_later("{pattern} was sent to {function} for {length}")
    if command.source != SourceKind.SDK:
        words = tr_later("{pattern} was sent to {function} by {source} for {length}")
    told = tr(
        words,
        pattern=pattern_words(command),
        function=name,
        source=command.source,
        length=span(command.for_us),
    )
    return told + _amended(command, one=False)


def _function(plan: Plan, number: int) -> str:
    return plan.functions[number].name


def _change(name: str, value: object) -> str:
    if name.endswith("_us") and isinstance(value, int):
        return f"{name.removesuffix('_us').replace('_', ' ')} {span(value)}"
    if name.endswith("_mb"):
        return f"{name.removesuffix('_mb').replace('_', ' ')} {value} MB"
    if name == "snap_start":
        return tr("SnapStart on") if value else tr("SnapStart off")
    if isinstance(value, bool):
        setting = name.replace("_", " ")
        return (
            tr("{setting} on", setting=setting) if value else tr("{setting} off", setting=setting)
        )
    if value is None:
        return tr("no {setting}", setting=name.replace("_", " "))
    if isinstance(value, int | float | str):
        return f"{name.replace('_', ' ')} {value}"
    return name.replace("_", " ")


def _amended(command: Fire | Pattern, *, one: bool) -> str:
    """Return how few of a command's events were otherwise; nothing where none was."""
    said = ""
    for what, words in _AMENDED.items():
        changed = [by_us for each in command.amended if (by_us := getattr(each, what))]
        if not changed:
            continue
        length = span(max(changed))
        if len(set(changed)) > 1:
            length = tr("up to {length}", length=length)
        told = tr(words[0 if one else 1], length=length, count=len(changed))
        said = f"{said}, {told}"
    return said


_AMENDED: Final = {
    "later_us": (tr_later("{length} later"), tr_later("{count} of them {length} later")),
    "shorter_us": (
        tr_later("with a handler {length} shorter"),
        tr_later("{count} of them with a handler {length} shorter"),
    ),
}
"""How events were otherwise: in words of a single one, and of some among many."""
