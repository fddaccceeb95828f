"""What a contrast wants to reach, and whether a run that stops earlier can already tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, Fire, Outcome, Plan
from lifecycle_tui.engine.source_plan import QueuePlan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.contrasts import cut
from lifecycle_tui.play.contrasts.goals import (
    Admitted,
    Answered,
    Begins,
    Delivered,
    EndsWell,
    Goal,
    Once,
    Unhindered,
)
from tests.play.test_contrasts import QUICK, story
from tests.readings.runs import fire, plan_of, read

TWO = story(fire(0), fire(5, outcome=Outcome.ERROR))
"""#1 is placed to 100 ms, initialised to 1.12 s, done at 1.3 s; #2 is WARM, fails at 5.18 s."""

REFUSED = story(Fire(at_us=0, source="s3"), Fire(at_us=SECOND, source="s3"), reserved_concurrency=1)
"""#2 is refused at 1 s, and tried again a second later, with success."""

MESSAGE = replace(
    plan_of(Fire(at_us=0, source="orders", outcome=Outcome.ERROR), function=QUICK),
    sources=(QueuePlan("orders", visibility_us=6 * SECOND, dead_letter="dlq", max_receives=1),),
)
"""It fails, and is in the dead-letter queue after its visibility timeout."""

GATEWAY = plan_of(
    Fire(at_us=0, source="api-gateway"),
    function=replace(QUICK, handler=Constant(60 * SECOND), timeout_us=120 * SECOND),
)
"""The caller gives up after 29 s."""


@pytest.mark.parametrize(
    ("plan", "goal", "open_ms", "decided_ms"),
    [
        # An event that has not come yet; where it goes, it finds out at once.
        (TWO, Begins(2, 1, SECOND), 4_999, 5_000),
        (TWO, Begins(1, 1, SECOND), None, 0),
        (TWO, Admitted(2, 1, SECOND), 4_999, 5_000),
        (TWO, Admitted(1, 1, SECOND), 1_119, 1_120),
        (TWO, EndsWell(2, 1), 5_179, 5_180),
        (TWO, EndsWell(1, 1), 1_299, 1_300),
        (TWO, Unhindered(2, 1), 5_179, 5_180),
        # A second attempt, for which there is a need as long as the first one did not do.
        (TWO, EndsWell(1, 2), 1_299, 1_300),
        (TWO, Begins(1, 2, 9 * SECOND), 1_299, 1_300),
        (REFUSED, Admitted(2, 1, SECOND), 999, 1_000),
        (REFUSED, Admitted(2, 2, 9 * SECOND), 1_500, 3_000),
        (REFUSED, EndsWell(2, 2), 1_500, 3_000),
        (MESSAGE, Once(1), 300, 20_000),
        (MESSAGE, Delivered(1), 300, 20_000),
        (GATEWAY, Answered(1), 28_999, 29_000),
    ],
)
def test_a_run_that_stops_too_early_cannot_tell(
    plan: Plan, goal: Goal, open_ms: int | None, decided_ms: int
) -> None:
    if open_ms is not None:
        assert goal.undecided(read(cut(plan, open_ms * MS)))
    assert not goal.undecided(read(cut(plan, decided_ms * MS)))
