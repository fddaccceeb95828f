"""Commands in words."""

from __future__ import annotations

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
)
from lifecycle_tui.readings.words import environment_name, listed, span


def command_words(plan: Plan, command: Command) -> str:
    """Return what a command did, as a sentence without its full stop."""
    match command:
        case Fire():
            events = "an event was" if command.count == 1 else f"{command.count:,} events were"
            spread = f", spread over {span(command.over_us)}" if command.over_us else ""
            return f"{events} fired at {_function(plan, command.function)}{spread}"
        case Pattern():
            rate = f"{1_000_000 / command.gap_us:.4g}"
            return (
                f"a {command.process} pattern of {rate} events a second was sent to "
                f"{_function(plan, command.function)} for {span(command.for_us)}"
            )
        case SetConfig():
            changes = [_change(name, value) for name, value in command.changes]
            return f"{_function(plan, command.function)} was configured: {listed(changes)}"
        case Provision():
            name = _function(plan, command.function)
            return f"provisioned concurrency {command.count} was asked for {name}"
        case Deploy():
            return f"new code was deployed to {_function(plan, command.function)}"
        case Prewarm():
            name = _function(plan, command.function)
            return f"{command.count} of {name}'s environments were to be made ahead of events"
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
    shown = "none" if value is None else value
    if isinstance(shown, int | float | str):
        return f"{name.replace('_', ' ')} {shown}"
    return name.replace("_", " ")
