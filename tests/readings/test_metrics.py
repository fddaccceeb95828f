"""CloudWatch metrics by the minute."""

from __future__ import annotations

import pytest
from hypothesis import given

from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.metrics import ACCOUNT, metrics
from tests.readings.runs import ACCOUNT as PROMPT
from tests.readings.runs import MANY, fire, read, story
from tests.strategies import plans


@pytest.mark.rule("MET-01", "MET-06")
def test_sums_and_highest_values_of_a_minute() -> None:
    found = metrics(story(fire(0, 3), fire(70), fire(300, lasting=9)))
    assert [row["minute"] for row in found["web-api"]] == [0, 1, 5]
    first, second, last = found["web-api"]
    assert (first["Invocations"], first["ConcurrentExecutions"]) == (3, 3)
    assert (second["Invocations"], second["ConcurrentExecutions"]) == (1, 1)
    assert (last["Errors"], last["Throttles"]) == (1, 0)


@pytest.mark.rule("MET-06")
def test_an_invocation_that_lasts_is_concurrent_in_each_minute_that_it_touches() -> None:
    found = metrics(story(fire(50, lasting=100), timeout_us=200 * SECOND))
    assert [(row["minute"], row["ConcurrentExecutions"]) for row in found["web-api"]] == [
        (0, 1),
        (1, 1),
        (2, 1),
    ]
    assert [row["Invocations"] for row in found["web-api"]] == [1, 0, 0]


@pytest.mark.rule("MET-02")
@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.EXIT, None])
def test_an_error_counts_in_the_minute_in_which_its_invocation_began(
    outcome: Outcome | None,
) -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    lasting = 20 if outcome is not None else 200
    found = metrics(story(fire(50, lasting=lasting, outcome=outcome), timeout_us=100 * SECOND))
    assert [row["Errors"] for row in found["web-api"]] == [1, *[0] * (len(found["web-api"]) - 1)]
    assert len(found["web-api"]) > 1


def test_an_invocation_that_ends_with_the_minute_does_not_touch_the_next() -> None:
    found = metrics(story(fire(0), fire(58, lasting=2)))
    assert [row["minute"] for row in found["web-api"]] == [0, 1]
    assert found["web-api"][1]["ConcurrentExecutions"] == 0


@pytest.mark.rule("MET-09", "MET-11")
@pytest.mark.parametrize(("provisioned", "busy", "share"), [(10, 7, 0.7), (100, 60, 0.6)])
def test_utilization_is_active_over_allocated(provisioned: int, busy: int, share: float) -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html."""
    (row,) = metrics(story(fire(1, busy), provisioned_concurrency=provisioned))["web-api"]
    assert row["ProvisionedConcurrencyUtilization"] == pytest.approx(share)
    assert row["ProvisionedConcurrentExecutions"] == busy


@pytest.mark.rule("MET-09")
def test_provisioned_concurrent_executions_are_the_active_ones() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    (row,) = metrics(story(fire(1, 50), provisioned_concurrency=100))["web-api"]
    assert row["ProvisionedConcurrentExecutions"] == 50


@pytest.mark.rule("MET-10")
def test_provisioned_and_spillover_invocations_add_up() -> None:
    (row,) = metrics(story(fire(1, 5), provisioned_concurrency=2))["web-api"]
    assert row["Invocations"] == 5
    assert row["ProvisionedConcurrencyInvocations"] == 2
    assert row["ProvisionedConcurrencySpilloverInvocations"] == 3


@pytest.mark.rule("MET-06", "MET-07", "MET-08")
def test_claimed_concurrency_is_unreserved_work_and_all_that_is_allocated() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html."""
    blue = FunctionPlan("blue", reserved_concurrency=400, handler=Constant(SECOND))
    orange = FunctionPlan("orange", provisioned_concurrency=100, handler=Constant(SECOND))
    plan = Plan(
        (blue, orange),
        PROMPT,
        (
            Fire(at_us=SECOND, function=0, count=3),
            Fire(at_us=SECOND, function=1, count=102),
        ),
    )
    (row,) = metrics(read(plan))[ACCOUNT]
    assert row["ConcurrentExecutions"] == 105
    assert row["UnreservedConcurrentExecutions"] == 2
    assert row["ClaimedAccountConcurrency"] == 502


@pytest.mark.rule("MET-01", "MET-02", "MET-03")
@MANY
@given(plans())
def test_sums_over_all_minutes_are_the_runs_own(plan: Plan) -> None:
    index = read(plan)
    found = metrics(index)
    rows = [row for name, rows in found.items() if name != ACCOUNT for row in rows]
    every = invocations(index)
    assert sum(row["Invocations"] for row in rows) == sum(e.start is not None for e in every)
    assert sum(row["Throttles"] for row in rows) == sum(e.status == "throttled" for e in every)
    failed = sum(e.status in ("error", "timeout") for e in every)
    assert sum(row["Errors"] for row in rows) == failed
    for row in found[ACCOUNT]:
        assert row["ConcurrentExecutions"] >= row["UnreservedConcurrentExecutions"]
        assert row["ClaimedAccountConcurrency"] >= row["UnreservedConcurrentExecutions"]
    for row in rows:
        assert 0 <= row["ProvisionedConcurrencyUtilization"] <= 1
