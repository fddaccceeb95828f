"""The scenario that the program opens on, as a plan: the same as ``shipped/sandbox.yaml``.

The first frame must not wait for a YAML reader and its presets. A test holds the two together.
"""

from __future__ import annotations

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, FunctionPlan, Plan
from lifecycle_tui.engine.worktime import Constant


def default_plan() -> Plan:
    """Return the plan of the sandbox."""
    return Plan(
        functions=(
            FunctionPlan(
                name="web-api",
                runtime="python3.13",
                memory_mb=512,
                timeout_us=3 * SECOND,
                init_runtime=Constant(220 * MS),
                init_function=Constant(760 * MS),
                handler=Constant(1_200 * MS),
                memory_used_mb=37,
                extensions=(
                    ExtensionPlan(
                        name="otel",
                        register=Constant(40 * MS),
                        ready=Constant(40 * MS),
                    ),
                ),
            ),
        ),
        title="Sandbox: one function, nothing scheduled",
    )
