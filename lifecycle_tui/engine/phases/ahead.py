"""How long an environment takes that no event waits for: what a scenario has from its start."""

from __future__ import annotations

from lifecycle_tui.engine.environment import Revision
from lifecycle_tui.engine.phases.init import Draws, init_script, limit_us
from lifecycle_tui.engine.plan import AccountPlan
from lifecycle_tui.engine.resources import connecting_us, package_us


def ahead_us(revision: Revision, draws: Draws, account: AccountPlan) -> int:
    """Return the time from an environment's creation to the end of its Init, in microseconds.

    Args:
        revision: the version it is made for.
        draws: its work times.
        account: says how long placement takes.
    """
    plan = revision.plan
    placement = draws.time(account.placement, "placement") + package_us(plan)
    init = init_script(plan, draws, 0, connecting_us(revision, draws)).ends_us
    return placement + min(init, limit_us(plan, prepared=True))
