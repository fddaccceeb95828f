"""Explanations as plain text, and commands and rules in words."""

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
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.readings.words import DAGGER, at, environment_name, listed, span


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


def rule_line(rule_id: str) -> str:
    """Return a rule as text: id, statement, provenance and source."""
    rule = RULES[rule_id]
    dagger = f" {DAGGER}" if rule.assumed else ""
    value = f" ({rule.value})" if rule.value else ""
    return f"{rule.id}{dagger}  {rule.statement}{value}  [{rule.provenance}] {rule.source}"


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return an explanation as lines of text: question, answer, causes, rules."""
    lines = [explanation.question, f"  {explanation.answer}"]
    for number, cause in enumerate(explanation.causes, start=1):
        dagger = f" {DAGGER}" if cause.assumed and DAGGER not in cause.words else ""
        rules = f"  [{', '.join(cause.rules)}]" if cause.rules else ""
        lines.append(f"  {number}. {at(cause.time_us)}  {cause.words}{dagger}{rules}")
    known = [rule_id for rule_id in explanation.rules if rule_id in RULES]
    if known:
        lines.append("Rules")
        lines += [f"  {rule_line(rule_id)}" for rule_id in known]
    return lines


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
