"""Init: extensions launch in parallel and register, then the runtime, then the function's own code.

Extensions may go on initialising beside runtime and function; Init ends at the last Next
(INIT-03, INIT-05, INIT-07). The same script runs inside Invoke when a re-init is owed (FAIL-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.chance import Chance
from lifecycle_tui.engine.environment import ExecutionEnvironment, Step
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND, FunctionPlan, Outcome
from lifecycle_tui.engine.worktime import Constant, WorkTime, computing_us

ON_DEMAND_LIMIT_US: Final = 10 * SECOND
"""INIT-09."""
PREPARED_LIMIT_US: Final = 130 * SECOND
"""INIT-10: the least limit where no event waits (provisioned concurrency, SnapStart)."""

FAILURES: Final = {
    Outcome.ERROR: Kind.INIT_ERROR,
    Outcome.EXIT: Kind.INIT_EXIT,
    Outcome.OOM: Kind.INIT_OOM,
}


@dataclass(frozen=True, slots=True)
class InitScript:
    """The steps of one Init up to, not including, its end."""

    steps: list[Step]
    ends_us: int
    failure: Kind | None
    """How it fails by itself, or None when it ends well."""


class Draws:
    """The work times of one environment in one generation (0: first Init, then one a reset)."""

    __slots__ = ("_chance", "_entity", "_prefix")

    def __init__(self, chance: Chance, environment: ExecutionEnvironment) -> None:
        self._chance = chance
        self._prefix = f"{environment.function.name}/{environment.initialization_type.value}"
        self._entity = environment.ordinal << 16 | environment.resets

    def time(self, work: WorkTime, name: str) -> int:
        """Return the time in microseconds that this piece of work takes."""
        if isinstance(work, Constant):
            return work.us
        return work.at(self._chance.draw(f"{self._prefix}/{name}", self._entity))


def limit_us(plan: FunctionPlan, *, prepared: bool) -> int:
    """Return how long Init may take (INIT-09, INIT-10)."""
    return max(PREPARED_LIMIT_US, plan.timeout_us) if prepared else ON_DEMAND_LIMIT_US


def init_script(
    plan: FunctionPlan, draws: Draws, began_us: int, connecting_us: int = 0
) -> InitScript:
    """Return the steps of an Init that begins at ``began_us``, without any limit.

    ``connecting_us`` is what opening connections adds to the function's init.
    """
    steps: list[Step] = []
    registered_us = began_us
    ready: list[tuple[int, int]] = []
    for index, extension in enumerate(plan.extensions):
        register = draws.time(extension.register, f"extension.{extension.name}.register")
        until_ready = max(
            register, draws.time(extension.ready, f"extension.{extension.name}.ready")
        )
        if extension.external:
            steps.append((began_us + register, Kind.EXTENSION_REGISTERED, index))
            registered_us = max(registered_us, began_us + register)
            ready.append((began_us + until_ready, index))
        else:
            ready.append((until_ready, index))
    steps.append((registered_us, Kind.RUNTIME_INIT_STARTED, 0))
    shared = "init.measured"
    runtime = draws.time(plan.init_runtime, shared if plan.init_measured else "init.runtime")
    function = draws.time(plan.init_function, shared if plan.init_measured else "init.function")
    function += computing_us(draws.time(plan.init_cpu, "init.cpu"), plan.memory_mb) + connecting_us
    steps.append((registered_us + runtime, Kind.FUNCTION_INIT_STARTED, 0))
    next_us = registered_us + runtime + function
    failure = FAILURES.get(plan.init_outcome)
    if failure is not None:
        steps = [step for step in steps if step[0] <= next_us]
        steps.sort(key=_time)
        return InitScript(steps, next_us, failure)
    steps.append((next_us, Kind.RUNTIME_READY, 0))
    ends_us = next_us
    for time_us, index in ready:
        # An internal extension lives in the runtime's process: it starts when that does.
        at_us = time_us if plan.extensions[index].external else registered_us + time_us
        steps.append((at_us, Kind.EXTENSION_READY, index))
        ends_us = max(ends_us, at_us)
    steps.sort(key=_time)
    return InitScript(steps, ends_us, None)


def limited(script: InitScript, limit_at_us: int) -> list[Step]:
    """Return the whole phase: the script's steps and its end, or its cut at the limit (ITO-01)."""
    if script.ends_us > limit_at_us:
        kept = [step for step in script.steps if step[0] <= limit_at_us]
        return [*kept, (limit_at_us, Kind.INIT_ABANDONED, 0)]
    return [*script.steps, (script.ends_us, script.failure or Kind.INIT_FINISHED, 0)]


def _time(step: Step) -> int:
    return step[0]
