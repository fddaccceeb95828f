"""One run of this engine on a Poisson load; prints one JSON line.

Only ``run`` is timed, imports are not. The start from an empty pool is taken out of the results
by running the warm-up once more, with the same draws, and subtracting it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from typing import Any

from loads import Load

from lifecycle_tui.engine.plan import DAY, SECOND, AccountPlan, FunctionPlan, Pattern, Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.tally import Tally
from lifecycle_tui.engine.worktime import ZERO, Constant, Exponential


def microseconds(seconds: float) -> int:
    """Return whole microseconds."""
    return round(seconds * SECOND)


def plan_of(load: Load) -> Plan:
    """Return the load as a plan."""
    function = FunctionPlan(
        name="load",
        timeout_us=900 * SECOND,
        init_function=Constant(microseconds(load.init_s)),
        handler=Exponential(microseconds(load.warm_s)),
    )
    account = AccountPlan(
        concurrency=load.concurrency,
        placement=ZERO,
        idle_lifetime=Constant(microseconds(load.keep_alive_s)),
        max_lifetime=Constant(366 * DAY),
    )
    until = microseconds(load.horizon_s)
    arrivals = Pattern(at_us=0, gap_us=SECOND / load.rate, for_us=until)
    return Plan((function,), account, (arrivals,), seed=load.seed, until_us=until)


def numbers(tally: Tally) -> tuple[int, int, int, int]:
    """Return cold starts, served, throttled, and busy microseconds."""
    return tally.cold, tally.invocations, tally.throttles, tally.busy_us


def main() -> None:
    """Read the load from the first argument and print what the run measured."""
    asked: dict[str, Any] = json.loads(sys.argv[1])
    keep_trace = asked.pop("keep_trace")
    load = Load(**asked)
    plan = plan_of(load)
    wall, cpu = time.perf_counter(), time.process_time()
    result = run(plan, keep_trace=keep_trace)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cold, served, throttled, busy = numbers(result.tally)
    if load.warm_up_s:
        early = run(replace(plan, until_us=microseconds(load.warm_up_s)), keep_trace=False)
        before = numbers(early.tally)
        cold, served, throttled, busy = (
            now - then for now, then in zip((cold, served, throttled, busy), before, strict=True)
        )
    print(
        json.dumps(
            {
                "requests": result.tally.events,
                "wall_s": wall,
                "cpu_s": cpu,
                "peak": peak,
                "records": 0 if result.trace is None else len(result.trace),
                "record_bytes": 0 if result.trace is None else result.trace.nbytes,
                "cold": cold / served,
                "throttled": throttled / (throttled + served),
                "busy": busy / SECOND / (load.horizon_s - load.warm_up_s),
            }
        )
    )


if __name__ == "__main__":
    main()
