"""An event that is added leaves the draws of all others alone, whatever is drawn by event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.downstream_plan import DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Command,
    Deploy,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Pattern,
    Plan,
    Reuse,
    SetConfig,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import Constant, Exponential, Uniform
from lifecycle_tui.engine.world import draws_by_event
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from tests.story import prompt_account

QUICK = FunctionPlan("f", handler=Constant(100 * MS))
FAILING = replace(QUICK, handler_error_rate=0.5)
TAILED = replace(
    QUICK,
    runtime_overhead=Uniform(0, 50 * MS),
    extensions=(ExtensionPlan("otel", tail=Uniform(10 * MS, 900 * MS)),),
)
QUERYING = replace(QUICK, uses=(UsePlan("db"),))
DB = DownstreamPlan("db", query=Exponential(50 * MS))
TWENTY = tuple(Fire(at_us=(10 + 2 * number) * SECOND) for number in range(20))
STEADY = (Pattern(at_us=10 * SECOND, gap_us=2 * SECOND, for_us=40 * SECOND, process="steady"),)
BOTH = (*TWENTY[:10], replace(STEADY[0], at_us=40 * SECOND, source="sns"))


def fates(plan: Plan) -> dict[int, tuple[str, int]]:
    """Return how each event ended and how long it took, by when it was sent."""
    index = Index(run(plan).trace)  # type: ignore[arg-type]
    return {
        each.sent_us: (each.status, (each.ended_us or 0) - (each.started_us or 0))
        for each in invocations(index)
        if each.attempt == 1
    }


@pytest.mark.parametrize("function", [FAILING, TAILED, QUERYING])
@pytest.mark.parametrize("commands", [TWENTY, STEADY, BOTH])
def test_an_event_in_the_past_leaves_all_later_ones_as_they_are(
    function: FunctionPlan, commands: tuple[Command, ...]
) -> None:
    plan = Plan((function,), prompt_account(), commands, seed=3, downstreams=(DB,))
    before = fates(plan)
    assert len(set(before.values())) > 1, "something is drawn"
    for extra in (Fire(at_us=SECOND), Fire(at_us=5 * SECOND, count=3), Fire(at_us=21 * SECOND)):
        after = fates(replace(plan, commands=(*commands, extra)))
        assert {sent: fate for sent, fate in after.items() if sent in before} == before


def test_versions_and_environments_that_are_drawn_stay_the_same_too() -> None:
    commands = (Deploy(at_us=SECOND, weight=0.5), *TWENTY)
    plan = Plan((QUICK,), prompt_account(), commands, seed=1)

    def versions(plan: Plan) -> dict[int, int]:
        index = Index(run(plan).trace)  # type: ignore[arg-type]
        facts = index.trace.environments
        return {e.sent_us: facts[e.environment].code_version for e in invocations(index)}

    before = versions(plan)
    assert set(before.values()) == {1, 2}
    after = versions(replace(plan, commands=(*commands, Fire(at_us=2 * SECOND))))
    assert {sent: version for sent, version in after.items() if sent in before} == before


@pytest.mark.parametrize("function", [QUICK, FAILING, TAILED, QUERYING])
@pytest.mark.parametrize("reuse", list(Reuse))
def test_totals_alone_draw_the_same_as_with_a_trace(function: FunctionPlan, reuse: Reuse) -> None:
    account = replace(prompt_account(), reuse=reuse)
    plan = Plan((function,), account, BOTH, seed=3, downstreams=(DB,))
    kept, total = run(plan).tally, run(plan, keep_trace=False).tally
    assert (kept.errors, kept.busy_us, kept.cold) == (total.errors, total.busy_us, total.cold)


def test_events_need_no_key_where_nothing_is_drawn_for_them() -> None:
    plan = Plan((QUICK,), prompt_account(), TWENTY)
    assert not draws_by_event(plan)
    for changed in (
        replace(plan, functions=(FAILING,)),
        replace(plan, functions=(TAILED,)),
        replace(plan, functions=(QUERYING,), downstreams=(DB,)),
        replace(plan, account=replace(plan.account, reuse=Reuse.RANDOM)),
        replace(plan, commands=(*TWENTY, Deploy(at_us=0, weight=0.1))),
        replace(plan, commands=(*TWENTY, SetConfig(at_us=0, changes=(("handler_error_rate", 1),)))),
    ):
        assert draws_by_event(changed)
