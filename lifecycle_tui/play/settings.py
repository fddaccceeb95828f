"""How functions are configured at the cursor, and what AWS would refuse to change there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.readings.configured import configured_at
from lifecycle_tui.readings.index import Index

__all__ = ["configured_at", "refused_because"]


def refused_because(
    plan: Plan, index: Index, number: int, at_us: int, changes: Mapping[str, object]
) -> str:
    """Return AWS's reason against a change of a function's concurrency settings; or nothing."""
    from lifecycle_tui.engine.account_limits import CONCURRENCY_FIELDS, refusal

    if not changes.keys() & CONCURRENCY_FIELDS:
        return ""
    plans = [configured_at(plan, index, other, at_us) for other in range(len(plan.functions))]
    plans[number] = replace(plans[number], **changes)  # type: ignore[arg-type]
    found = refusal(plan.account.concurrency, plans, number)
    return "" if found is None else found[1]
