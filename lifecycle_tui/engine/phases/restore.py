"""Restore: the snapshot is fetched and resumed, then runtime load and after-restore hooks (RST-03).

Only the second part has a limit (RST-04) and is billed (BIL-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.environment import Step
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws
from lifecycle_tui.engine.plan import SECOND, FunctionPlan

HOOKS_LIMIT_US: Final = 10 * SECOND
"""RST-04."""


@dataclass(frozen=True, slots=True)
class RestoreScript:
    """The steps of one restore, its end included."""

    steps: list[Step]
    hooks_us: int
    """Time that runtime load and hooks take, or took when they were cut."""


def restore_script(plan: FunctionPlan, draws: Draws, began_us: int) -> RestoreScript:
    """Return the steps of a restore that begins at ``began_us``."""
    resumed_us = began_us + draws.time(plan.restore_snapshot, "restore.snapshot")
    wanted_us = draws.time(plan.restore_hooks, "restore.hooks")
    hooks_us = min(wanted_us, HOOKS_LIMIT_US)
    end = Kind.RESTORE_TIMEOUT if wanted_us > HOOKS_LIMIT_US else Kind.RESTORE_FINISHED
    steps = [(resumed_us, Kind.RESTORE_HOOKS_STARTED, 0), (resumed_us + hooks_us, end, 0)]
    return RestoreScript(steps, hooks_us)
