"""Runs to read: one small cast of plans that the tests of the readings share."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    AccountPlan,
    Command,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
)
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.engine.worktime import Constant, WorkTime
from lifecycle_tui.readings.index import Index
from tests.story import FOREVER

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

OTEL = ExtensionPlan("otel", register=Constant(40 * MS), ready=Constant(40 * MS))

WEB_API = FunctionPlan(
    "web-api",
    memory_mb=512,
    init_runtime=Constant(220 * MS),
    init_function=Constant(760 * MS),
    init_connections=2,
    handler=Constant(180 * MS),
    handler_tmp_mb=100,
    extensions=(OTEL,),
)
"""Init is 40 + 220 + 760 ms, the handler 180 ms, the timeout 3 s."""

ACCOUNT = AccountPlan(idle_lifetime=Constant(600 * SECOND), max_lifetime=FOREVER)
"""Placement 100 ms, ten minutes idle, no end of age."""


def fire(
    second: float, count: int = 1, *, lasting: float | None = None, outcome: Outcome | None = None
) -> Fire:
    """Return events at one instant, perhaps with a handler time in seconds and an outcome."""
    work: WorkTime | None = None if lasting is None else Constant(round(lasting * SECOND))
    return Fire(at_us=round(second * SECOND), count=count, duration=work, outcome=outcome)


def plan_of(
    *commands: Command,
    function: FunctionPlan = WEB_API,
    account: AccountPlan = ACCOUNT,
    until: float | None = None,
    rules_date: str = "2026-11-01",
) -> Plan:
    """Return a plan of one function."""
    until_us = None if until is None else round(until * SECOND)
    return Plan((function,), account, commands, rules_date=rules_date, until_us=until_us)


def traced(plan: Plan) -> tuple[Run, Trace]:
    """Run a plan and return the run with its trace."""
    outcome = run(plan)
    assert outcome.trace is not None
    return outcome, outcome.trace


def read(plan: Plan) -> Index:
    """Run a plan and index its trace."""
    return Index(traced(plan)[1])


def story(
    *commands: Command,
    account: AccountPlan = ACCOUNT,
    until: float | None = None,
    rules_date: str = "2026-11-01",
    **changes: object,
) -> Index:
    """Run commands on web-api, changed as the keywords say."""
    function = replace(WEB_API, **changes)  # type: ignore[arg-type]
    return read(
        plan_of(*commands, function=function, account=account, until=until, rules_date=rules_date)
    )


def doom_loop() -> Index:
    """COLD, WARM that times out at 379 s, RE-INIT that times out too: Init needs 3,020 ms."""
    return story(
        fire(0),
        fire(376, lasting=5),
        fire(381),
        init_function=Constant(2_760 * MS),
    )
