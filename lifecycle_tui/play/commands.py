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
from lifecycle_tui.units.translation import tr, tr_as, tr_many


def describe(step: Step) -> str:
    """Say a step in a few words."""
    match step:
        case WhatIf(words=words):
            return words[:1].lower() + words[1:]
        case RulesDate(date=date):
            return tr("rules of {date}", date=date)
        case Fire(count=count):
            return tr_many("one event", "{count} events", count)
        case SetConfig(changes=changes):
            names = [name.removesuffix("_us").removesuffix("_mb") for name, _ in changes]
            told = ", ".join(name for name in names if name != "init_measured")
            return tr("{settings} changed", settings=told.replace("_", " "))
        case Provision(count=count):
            return tr("provisioned concurrency {count}", count=count)
        case Deploy() | Shift():
            return _rollout(step)
        case Prewarm(count=count):
            return tr_many("prewarm", "prewarm of {count}", count)
        case Pattern(process=process):
            return tr("{kind} pattern", kind=process.replace("poisson", "Poisson"))
        case Reclaim(environment=number):
            return tr("reclaim of e{number}", number=number + 1)
        case Crash(environment=number):
            return tr("crash of e{number}", number=number + 1)
        case _:
            return type(step).__name__.lower()


def _rollout(command: Deploy | Shift) -> str:
    if isinstance(command, Shift):
        return tr("alias moved to {share}", share=percent(command.weight))
    if command.weight >= 1:
        return tr_as("step", "deploy")
    return tr("deploy for {share} of events", share=percent(command.weight))


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
