"""A scenario that may break a claim: how a function is configured, and which events are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from lifecycle_tui.engine.account_limits import refusal
from lifecycle_tui.engine.downstream_plan import DownstreamPlan
from lifecycle_tui.engine.plan import (
    MINUTE,
    MS,
    SECOND,
    AccountPlan,
    Command,
    Deploy,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
)
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.scenario.snapstart import misfits, never_published

FUNCTION: Final = FunctionPlan(
    name="function",
    memory_mb=512,
    timeout_us=3 * SECOND,
    init_runtime=Constant(200 * MS),
    init_function=Constant(300 * MS),
    handler=Constant(100 * MS),
    memory_used_mb=37,
)
"""What is searched where no scenario gives a function: Init 500 ms, handler 100 ms, timeout 3 s."""

LIFE_US: Final = 20 * MINUTE
"""How long a run goes on after the last event where a claim asks how environments end."""


class Sent(NamedTuple):
    """One event."""

    gap_us: int = 0
    """Since the event before it."""
    slow: bool = False
    """Its handler takes a second longer than the timeout."""
    outcome: Outcome = Outcome.OK
    source: str = "sdk"
    deploy: bool = False
    """New code is deployed just before it."""


class Base(NamedTuple):
    """What every candidate has in common."""

    function: FunctionPlan = FUNCTION
    account: AccountPlan = AccountPlan()
    downstreams: tuple[DownstreamPlan, ...] = ()
    rules_date: str = Plan(()).rules_date
    seed: int = 0
    lives_on: bool = False
    """Whether the run goes on after the last event, until idle environments have ended."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scenario to try: settings that differ from the base's function, and events."""

    settings: tuple[tuple[str, Any], ...]
    """Fields of FunctionPlan with their values, by name."""
    events: tuple[Sent, ...]

    def function(self, base: Base) -> FunctionPlan:
        """Return the function as it is configured here."""
        return configured(base.function, self.settings)

    def plan(self, base: Base) -> Plan:
        """Return what to run."""
        function = self.function(base)
        commands: list[Command] = []
        at_us = 0
        for sent in self.events:
            at_us += sent.gap_us
            if sent.deploy:
                commands.append(Deploy(at_us=at_us))
            commands.append(
                Fire(
                    at_us=at_us,
                    source=sent.source,
                    duration=Constant(slow_us(function)) if sent.slow else None,
                    outcome=None if sent.outcome is Outcome.OK else sent.outcome,
                )
            )
        return Plan(
            functions=(function,),
            account=base.account,
            commands=tuple(_joined(commands)),
            downstreams=base.downstreams,
            title=base.title,
            seed=base.seed,
            rules_date=base.rules_date,
            until_us=at_us + LIFE_US if base.lives_on else None,
        )


def configured(function: FunctionPlan, settings: tuple[tuple[str, Any], ...]) -> FunctionPlan:
    """Return a function with other settings; an Init time that is set is measured no more."""
    changed = replace(function, **dict(settings))
    if any(field in ("init_runtime", "init_function") for field, _ in settings):
        return replace(changed, init_measured=False)
    return changed


def slow_us(function: FunctionPlan) -> int:
    """Return a handler time that the timeout cuts off."""
    return function.timeout_us + SECOND


def is_accepted(function: FunctionPlan, account: AccountPlan) -> bool:
    """Whether AWS, and a scenario file, would accept the configuration."""
    whole_seconds = function.timeout_us % SECOND == 0 and function.timeout_us >= SECOND
    return (
        whole_seconds
        and function.timeout_us <= 900 * SECOND
        and 128 <= function.memory_mb <= 10_240
        and refusal(account.concurrency, [function], 0) is None
        and not misfits(function)
        and never_published(function) is None
    )


def _joined(commands: list[Command]) -> list[Command]:
    """Return the commands with equal events of one instant as one command."""
    found: list[Command] = []
    for command in commands:
        last = found[-1] if found else None
        if (
            isinstance(command, Fire)
            and isinstance(last, Fire)
            and replace(last, count=command.count) == command
        ):
            found[-1] = replace(last, count=last.count + command.count)
        else:
            found.append(command)
    return found
