"""How a function is configured at a moment: as commands and auto scaling have set it."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.plan import FunctionPlan, Plan, Provision, SetConfig
from lifecycle_tui.readings.index import Index


def configured_at(plan: Plan, index: Index, number: int, at_us: int) -> FunctionPlan:
    """Return a function's configuration at a time: as commands and auto scaling have set it."""
    function = plan.functions[number]
    # At one instant the engine looks at the clock before it executes commands.
    steps = [(time_us, 0, count) for time_us, count in _scaled(index, number)]
    changes: list[tuple[int, int, int | Provision | SetConfig]] = [*steps]
    changes += [
        (command.at_us, 1, command)
        for command in plan.commands
        if isinstance(command, Provision | SetConfig) and command.function == number
    ]
    changes.sort(key=lambda change: change[:2])
    for time_us, _, change in changes:
        if time_us > at_us:
            break
        if isinstance(change, SetConfig):
            function = replace(function, **dict(change.changes))  # type: ignore[arg-type]
        else:
            count = change if isinstance(change, int) else change.count
            function = replace(function, provisioned_concurrency=count)
    return function


def _scaled(index: Index, number: int) -> list[tuple[int, int]]:
    if index.plan.functions[number].autoscaling is None:
        return []
    from lifecycle_tui.readings.summary import autoscaled

    return [(time_us, count) for time_us, whose, count in autoscaled(index) if whose == number]
