"""CloudWatch metrics by the minute."""

from __future__ import annotations

import pytest
from hypothesis import given

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
    Provision,
)
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


@pytest.mark.rule("MET-14")
def test_the_accounts_use_is_what_is_claimed_of_its_limit() -> None:
    found = metrics(story(fire(0, 3), reserved_concurrency=500))
    assert found[ACCOUNT][0]["ClaimedAccountConcurrencyUtilization"] == 0.5


@pytest.mark.rule("MET-11")
def test_utilization_goes_on_with_an_invocation_and_counts_what_may_serve() -> None:
    """Eight of ten work for two minutes; twenty more are usable only after theirs."""
    ask = Provision(at_us=SECOND, count=30)
    index = story(
        fire(2, 8, lasting=150),
        ask,
        fire(200, 6),
        timeout_us=300 * SECOND,
        provisioned_concurrency=10,
        until=240,
    )
    shares = [row["ProvisionedConcurrencyUtilization"] for row in metrics(index)["web-api"]]
    assert shares[:2] == [0.8, 0.8]
    assert shares[3] == pytest.approx(0.2)


@pytest.mark.rule("MET-04")
def test_duration_is_average_and_maximum_without_the_init_of_a_cold_start() -> None:
    (row,) = metrics(story(fire(0, lasting=1), fire(9, lasting=2)))["web-api"]
    assert (row["Duration"], row["DurationMaximum"]) == (1_500.0, 2_000.0)


@pytest.mark.rule("MET-05", "INV-06")
def test_post_runtime_extensions_duration_is_from_next_to_next() -> None:
    """WE-F14: the runtime's Next after 125 ms, extensions' 30 and 80 ms later.

    https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
    """
    slow = (
        ExtensionPlan("a", tail=Constant(30 * MS)),
        ExtensionPlan("b", tail=Constant(80 * MS)),
    )
    index = story(fire(0, lasting=0.12), extensions=slow, runtime_overhead=Constant(5 * MS))
    (row,) = metrics(index)["web-api"]
    assert row["PostRuntimeExtensionsDuration"] == 80.0
    assert row["PostRuntimeExtensionsDurationMaximum"] == 80.0
    assert row["DurationMaximum"] == 205.0


def send(second: float, source: str, count: int = 1, **more: object) -> Fire:
    """Return events of a source."""
    return Fire(at_us=round(second * SECOND), source=source, count=count, **more)  # type: ignore[arg-type]


@pytest.mark.rule("MET-12")
def test_asynchronous_events_are_received_grow_old_and_are_dropped() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    index = story(send(5, "s3", 2, outcome=Outcome.ERROR), fire(6))
    rows = {row["minute"]: row for row in metrics(index)["web-api"]}
    assert rows[0]["AsyncEventsReceived"] == 2
    assert sum(row["AsyncEventsReceived"] for row in rows.values()) == 2
    assert [minute for minute, row in rows.items() if row["AsyncEventsDropped"]] == [3]
    assert rows[3]["AsyncEventsDropped"] == 2
    assert rows[0]["AsyncEventAge"] == 0
    assert 60_000 < rows[1]["AsyncEventAge"] < 62_000
    assert 180_000 < rows[3]["AsyncEventAge"] < 184_000
    assert {row["DeadLetterErrors"] for row in rows.values()} == {0}


@pytest.mark.rule("MET-12")
def test_throttled_events_wait_and_grow_old_before_they_run() -> None:
    index = story(send(0, "s3"), reserved_concurrency=0)
    (row,) = metrics(index)["web-api"]
    assert (row["AsyncEventsDropped"], row["Throttles"], row["Invocations"]) == (1, 1, 0)


def test_the_iterators_age_is_that_of_a_batchs_last_record() -> None:
    """The shard is polled every second: the record of 0.4 s is 0.6 s old then."""
    index = story(send(0.1, "kinesis"), send(0.4, "kinesis"))
    (row,) = metrics(index)["web-api"]
    assert row["IteratorAge"] == 600.0
    assert row["AsyncEventsReceived"] == 0


def test_a_blocked_shard_lets_the_iterators_age_grow() -> None:
    index = story(send(0.4, "kinesis", outcome=Outcome.ERROR), until=400)
    ages = [row["IteratorAge"] for row in metrics(index)["web-api"]]
    assert ages == sorted(ages)
    assert ages[-1] > 300_000


def test_reserved_and_provisioned_changes_claim_and_release() -> None:
    index = story(
        fire(0),
        Provision(at_us=30 * SECOND, count=5),
        fire(70),
        Provision(at_us=125 * SECOND, count=0),
        fire(130),
        until=150,
    )
    claimed = [row["ClaimedAccountConcurrency"] for row in metrics(index)[ACCOUNT]]
    assert claimed == [5, 6, 5]


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
