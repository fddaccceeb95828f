"""Small plans that several tests play."""

from __future__ import annotations

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    AccountPlan,
    Command,
    ExtensionPlan,
    FunctionPlan,
    Plan,
)
from lifecycle_tui.engine.worktime import Constant

FUNCTION = FunctionPlan(
    name="web-api",
    memory_mb=512,
    timeout_us=3 * SECOND,
    init_runtime=Constant(220 * MS),
    init_function=Constant(760 * MS),
    init_connections=2,
    handler=Constant(180 * MS),
    handler_tmp_mb=4,
    extensions=(
        ExtensionPlan(
            "otel",
            register=Constant(40 * MS),
            ready=Constant(40 * MS),
            tail=Constant(120 * MS),
            shutdown=Constant(50 * MS),
        ),
    ),
)

ACCOUNT = AccountPlan(
    placement=Constant(100 * MS),
    idle_lifetime=Constant(600 * SECOND),
    max_lifetime=Constant(7_200 * SECOND),
    provisioning_delay=Constant(60 * SECOND),
)

COLD_US = (100 + 1_020 + 180 + 120) * MS
"""Placement, Init, handler and extension tail of the first event."""


def plan(
    *commands: Command,
    function: FunctionPlan = FUNCTION,
    until_us: int | None = None,
    title: str = "A small story",
) -> Plan:
    """Return a plan of one function."""
    return Plan(
        functions=(function,),
        account=ACCOUNT,
        commands=commands,
        title=title,
        seed=42,
        until_us=until_us,
    )
