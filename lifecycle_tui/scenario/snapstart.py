"""What AWS refuses of a function with SnapStart (RST-09), and what could never be published."""

from __future__ import annotations

import re
from typing import Final

from lifecycle_tui.engine.plan import FunctionPlan, Outcome

MOST_EPHEMERAL_MB: Final = 512
_OLDEST: Final = {"java": (11,), "python": (3, 12), "dotnet": (8,)}
"""By family of runtimes, the first version that SnapStart is for."""
_RUNTIME: Final = re.compile(r"([a-z]+)([0-9]+(?:\.[0-9]+)?)")


def misfits(plan: FunctionPlan) -> list[tuple[str, str]]:
    """Return what does not go with SnapStart, as (field, AWS's reason)."""
    if not plan.snap_start:
        return []
    found = []
    if plan.provisioned_concurrency:
        found.append("AWS refuses SnapStart with provisioned concurrency")
    if plan.ephemeral_storage_mb > MOST_EPHEMERAL_MB:
        found.append(
            f"AWS refuses SnapStart with more than {MOST_EPHEMERAL_MB} MB of ephemeral storage;"
            f" here it is {plan.ephemeral_storage_mb:,} MB"
        )
    if not _is_for(plan.runtime):
        found.append(
            "AWS has SnapStart for Java 11, Python 3.12, .NET 8 and later; the runtime here is"
            f" {plan.runtime}"
        )
    return [("snap_start", message) for message in found]


def never_published(plan: FunctionPlan) -> tuple[str, str] | None:
    """Return why a function's first version could not be published, as (field, reason)."""
    if not plan.snap_start or plan.init_outcome is Outcome.OK:
        return None
    return "init_outcome", (
        f"with SnapStart, Init runs when the version is published, and one that ends in"
        f" '{plan.init_outcome.value}' makes AWS refuse the version; let it fail later, with"
        " set: {init: {outcome: …}}"
    )


def _is_for(runtime: str) -> bool:
    found = _RUNTIME.match(runtime)
    oldest = None if found is None else _OLDEST.get(found.group(1))
    if found is None or oldest is None:
        return False
    return tuple(int(part) for part in found.group(2).split(".")) >= oldest
