"""Invoke: a re-init if one is owed, the handler, the response, then everyone's Next.

The time-out covers all of it (INV-05, INV-08); the environment is busy until the last Next
(INV-03, INV-04).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.environment import ExecutionEnvironment, Step
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws, init_script
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.worktime import Constant, WorkTime

DEATHS: Final = {Outcome.EXIT: Kind.INVOKE_EXIT, Outcome.OOM: Kind.INVOKE_OOM}
_INIT_DEATHS: Final = {
    Kind.INIT_ERROR: Kind.INVOKE_INIT_ERROR,
    Kind.INIT_EXIT: Kind.INVOKE_INIT_EXIT,
    Kind.INIT_OOM: Kind.INVOKE_INIT_OOM,
}
Draw = Callable[[str, int], float]


def invoke_script(
    environment: ExecutionEnvironment,
    draws: Draws,
    event_time: WorkTimes,
    *,
    reinit_counts: bool,
    connecting_us: int = 0,
) -> list[Step]:
    """Return the steps of the invocation that the environment has just begun.

    Args:
        environment: with event, demand, outcome and start already set.
        draws: for the re-init, keyed by the environment.
        event_time: for overhead and tails, keyed by the event.
        reinit_counts: whether the re-init's time counts against the time-out (FAIL-05a).
        connecting_us: what opening connections adds to the re-init.
    """
    plan = environment.revision.plan
    began_us = environment.started_us
    steps: list[Step] = []
    handler_us = began_us
    deadline_us = began_us + plan.timeout_us
    if environment.reinit_owed:
        init = init_script(plan, draws, began_us, connecting_us)
        steps += init.steps
        if not reinit_counts:
            deadline_us = init.ends_us + plan.timeout_us
        if init.failure is not None:
            return cut([*steps, (init.ends_us, _INIT_DEATHS[init.failure], 0)], deadline_us)
        handler_us = init.ends_us
        steps.append((handler_us, Kind.HANDLER_STARTED, 0))
    done_us = handler_us + environment.demand_us
    return cut(
        [*steps, *ending(environment, event_time, done_us, environment.outcome)], deadline_us
    )


def ending(
    environment: ExecutionEnvironment, event_time: WorkTimes, done_us: int, outcome: Outcome
) -> list[Step]:
    """Return the steps from the moment that the handler is done, or dies, to the end."""
    plan = environment.revision.plan
    death = DEATHS.get(outcome)
    if death is not None:
        return [(done_us, death, 0)]
    steps: list[Step] = []
    next_us = done_us + event_time.time(plan.runtime_overhead, "overhead")
    tails = [
        (next_us + event_time.time(extension.tail, f"extension.{extension.name}.tail"), index)
        for index, extension in enumerate(plan.extensions)
        if extension.on_invoke
    ]
    ends_us = max([next_us, *(at for at, _ in tails)])
    if ends_us > done_us:
        steps.append((done_us, Kind.RESPONSE_SENT, 0))
        steps.append((next_us, Kind.RUNTIME_NEXT, 0))
        steps += [(at, Kind.EXTENSION_NEXT, index) for at, index in sorted(tails)]
    end = Kind.INVOKE_ERROR if outcome is Outcome.ERROR else Kind.INVOKE_OK
    return [*steps, (ends_us, end, 0)]


class WorkTimes:
    """Work times that are keyed by an event of a function."""

    __slots__ = ("_draw", "_event", "_prefix")

    def __init__(self, draw: Draw, function: str, event: int) -> None:
        self._draw = draw
        self._prefix = function
        self._event = event

    def time(self, work: WorkTime, name: str) -> int:
        """Return the time in microseconds that this piece of work takes."""
        if isinstance(work, Constant):
            return work.us
        return work.at(self._draw(f"{self._prefix}/{name}", self._event))


def cut(steps: list[Step], deadline_us: int) -> list[Step]:
    """Return the steps of an invocation, cut off at the time-out if they take longer (INV-05)."""
    if steps[-1][0] <= deadline_us:
        return steps
    kept = [step for step in steps if step[0] <= deadline_us]
    return [*kept, (deadline_us, Kind.INVOKE_TIMEOUT, 0)]
