"""Commands and traces as the session needs them: in words, in time, and as far as is known."""

from __future__ import annotations

from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.trace import STRIDE, Trace
from lifecycle_tui.play.branches import RulesDate, Step, WhatIf
from lifecycle_tui.readings.words import percent


def describe(step: Step) -> str:
    """Say a step in a few words."""
    match step:
        case WhatIf(words=words):
            return words[:1].lower() + words[1:]
        case RulesDate(date=date):
            return f"rules of {date}"
        case Fire(count=count):
            return "one event" if count == 1 else f"{count} events"
        case SetConfig(changes=changes):
            names = [name.removesuffix("_us").removesuffix("_mb") for name, _ in changes]
            told = ", ".join(name for name in names if name != "init_measured")
            return f"{told} changed".replace("_", " ")
        case Provision(count=count):
            return f"provisioned concurrency {count}"
        case Deploy() | Shift():
            return _rollout(step)
        case Prewarm(count=count):
            return "prewarm" if count == 1 else f"prewarm of {count}"
        case Pattern(process=process):
            return f"{process.replace('poisson', 'Poisson')} pattern"
        case Reclaim(environment=number):
            return f"reclaim of e{number + 1}"
        case Crash(environment=number):
            return f"crash of e{number + 1}"
        case _:
            return type(step).__name__.lower()


def _rollout(command: Deploy | Shift) -> str:
    if isinstance(command, Shift):
        return f"alias moved to {percent(command.weight)}"
    return "deploy" if command.weight >= 1 else f"deploy for {percent(command.weight)} of events"


def known(trace: Trace, last: int) -> Trace:
    """Return the part of a trace up to a record: what an observer knows then."""
    part = Trace(trace.plan)
    part.keys = trace.keys
    columns = (trace.column(which)[: last + 1] for which in range(STRIDE))
    for row in zip(*columns, strict=True):
        part.add(*row)
    part.environments, part.sources = trace.environments, trace.sources
    part.close(trace.times[last])
    return part


def last_moment(command: Command) -> int:
    """Return when the last event of a command comes."""
    match command:
        case Fire(over_us=over_us):
            return command.at_us + over_us
        case Pattern(for_us=for_us):
            return command.at_us + for_us
        case _:
            return command.at_us
