"""What AWS refuses of an account's reserved and provisioned concurrency, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lifecycle_tui.engine.plan import FunctionPlan

UNRESERVED: Final = 100
"""Units of an account's concurrency that stay unreserved (RSV-02)."""

CONCURRENCY_FIELDS: Final = frozenset({"reserved_concurrency", "provisioned_concurrency"})
"""Fields of FunctionPlan by which a function takes from the account."""


def refusal(limit: int, plans: Sequence[FunctionPlan], which: int) -> tuple[str, str] | None:
    """Return why AWS would refuse a function's concurrency settings, as (field, reason).

    Args:
        limit: the account's concurrency.
        plans: every function as it is configured now.
        which: the one that was configured last.
    """
    plan = plans[which]
    wanted, field = _most_provisioned(plan)
    reserved = sum(p.reserved_concurrency or 0 for p in plans)
    unreserved = limit - reserved
    if plan.reserved_concurrency and unreserved < UNRESERVED:
        return "reserved_concurrency", (
            f"{reserved:,} reserved in all leaves {unreserved:,} of the account's {limit:,}"
            f" unreserved; AWS keeps at least {UNRESERVED} unreserved"
        )
    if plan.reserved_concurrency is not None and wanted > plan.reserved_concurrency:
        return field, (
            f"provisioned concurrency {wanted:,} is above the function's reserved concurrency"
            f" {plan.reserved_concurrency:,}; AWS refuses that"
        )
    pooled = sum(p.provisioned_concurrency for p in plans if p.reserved_concurrency is None)
    if plan.reserved_concurrency is None:
        pooled += wanted - plan.provisioned_concurrency
    if (wanted or plan.reserved_concurrency) and pooled > max(unreserved - UNRESERVED, 0):
        return field if wanted else "reserved_concurrency", (
            f"{pooled:,} provisioned without a reservation is more than the account can give:"
            f" {unreserved:,} unreserved less the {UNRESERVED} that AWS keeps free"
        )
    return None


def _most_provisioned(plan: FunctionPlan) -> tuple[int, str]:
    """Return the most provisioned concurrency that a function may get, and the field it is from."""
    scaling = plan.autoscaling
    most = 0
    if scaling is not None:
        most = max(scaling.most, *(action.most for action in scaling.scheduled), 0)
    if most > plan.provisioned_concurrency:
        return most, "autoscaling"
    return plan.provisioned_concurrency, "provisioned_concurrency"
