"""A configured function, back to what somebody may have written of it."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any, Final

from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.engine.worktime import CpuAndWait
from lifecycle_tui.scenario.functions import CPU, WAIT, Given
from lifecycle_tui.scenario.presets import Preset, preset
from lifecycle_tui.scenario.problems import Place

_NOT_WRITTEN: Final = frozenset({"name", "init_measured"})


def given_of(plan: FunctionPlan, place: Place) -> Given:
    """Return the keys that complete to a configuration, with one place for all.

    Where a measured runtime explains a value, nothing is said of it, so that it follows a change of
    the runtime as it would in a file.
    """
    measured = preset(plan.runtime, plan.package, plan.architecture)
    default = FunctionPlan(plan.name)
    values: dict[str, Any] = {}
    for each in dataclass_fields(plan):
        name, value = each.name, getattr(plan, each.name)
        if name in _NOT_WRITTEN or _follows(plan, name, measured):
            continue
        if name.startswith("init_") or value != getattr(default, name):
            values[name] = value
    if plan.autoscaling is not None:
        values["provisioned_concurrency"] = plan.provisioned_concurrency
    if isinstance(plan.handler, CpuAndWait):
        del values["handler"]
        values |= {CPU: plan.handler.cpu, WAIT: plan.handler.wait}
    return {name: (value, place) for name, value in values.items()}


def _follows(plan: FunctionPlan, name: str, measured: Preset | None) -> bool:
    """Whether a value follows from the runtime."""
    if measured is None:
        return False
    if name in ("init_runtime", "init_function"):
        init = (plan.init_runtime, plan.init_function)
        return plan.init_measured and init == (measured.runtime_init, measured.function_init)
    if name == "memory_used_mb":
        return plan.memory_used_mb == measured.memory_used_mb
    return False
