"""Totals: at a moment, at the end, from the tally and from the trace alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.kinds import ENDS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.plan import SECOND, Outcome, Plan, Provision, Reclaim, SetConfig
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Counters
from lifecycle_tui.readings.summary import (
    provisioned_inits,
    provisioned_usages,
    summary_of,
    summary_of_tally,
)
from tests.readings.runs import MANY, doom_loop, fire, plan_of, read, story, traced
from tests.strategies import plans

CONTRACT = [
    "events", "invocations", "cold_starts", "warm_starts", "pre_starts", "restored_starts",
    "reinits", "provisioned_invocations", "spillovers", "throttles", "errors", "timeouts",
    "dropped", "peak_concurrency", "environments_created", "environments_gone", "billed_ms",
    "gb_seconds", "cost_usd", "latency_ms",
]  # fmt: skip


def test_nothing_has_happened_before_the_start() -> None:
    assert counters_at(story(fire(1)), 0) == Counters()


def test_counters_of_the_doom_loop() -> None:
    index = doom_loop()
    middle = counters_at(index, 377 * SECOND)
    assert (middle.cold, middle.warm, middle.in_flight, middle.environments) == (1, 1, 1, 1)
    assert (middle.billed_ms, middle.init_billed_ms) == (3_200, 3_020)
    end = counters_at(index, index.ended_us)
    assert (end.events, end.reinit, end.timeouts, end.errors) == (3, 1, 2, 0)
    assert end.billed_ms == 9_200
    assert end.gb_seconds == pytest.approx(4.6)


def test_an_event_that_waits_for_init_is_in_flight() -> None:
    assert counters_at(story(fire(0)), SECOND // 2).in_flight == 1


def test_the_summary_has_the_contracts_names_in_its_order() -> None:
    assert list(summary_of(story(fire(0)))) == CONTRACT


def test_summary_of_one_cold_start() -> None:
    summary = summary_of(story(fire(0)))
    assert summary["billed_ms"] == 1_200
    assert summary["gb_seconds"] == pytest.approx(0.6)
    assert summary["cost_usd"] == pytest.approx(0.6 * 0.0000166667 + 0.0000002)
    assert summary["latency_ms"] == {"p50": 1_300.0, "p90": 1_300.0, "p99": 1_300.0, "max": 1_300.0}


def test_latency_is_nearest_rank() -> None:
    events = (fire(5 * n, lasting=n / 100) for n in range(1, 101))
    index = story(*events, handler_tmp_mb=0)
    latency = summary_of(index)["latency_ms"]
    assert latency == {"p50": 510.0, "p90": 910.0, "p99": 1_000.0, "max": 1_130.0}


@pytest.mark.rule("BIL-09")
def test_provisioned_concurrency_is_charged_in_whole_five_minutes() -> None:
    """Source: https://aws.amazon.com/lambda/pricing/."""
    plan = plan_of(
        Provision(at_us=0, count=3),
        Provision(at_us=301 * SECOND, count=1),
        SetConfig(at_us=400 * SECOND, changes=(("provisioned_concurrency", 0),)),
    )
    spans = [usage.provisioned_ms for usage in provisioned_usages(plan, 10_000 * SECOND)]
    assert spans == [2 * 600_000, 600_000]
    assert [usage.provisioned_ms for usage in provisioned_usages(plan, 0)] == [0]
    assert provisioned_usages(plan_of(), 9) == []


def test_provisioned_concurrency_of_the_file_is_charged_from_the_start_of_the_scenario() -> None:
    index = story(fire(0), provisioned_concurrency=2, until=10)
    usages = provisioned_usages(index.plan, index.ended_us)
    assert [usage.provisioned_ms for usage in usages] == [600_000]


def test_the_init_of_provisioned_environments_is_charged_although_no_event_comes() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html.

    Init takes 1,020 ms at 512 MB, twice; the fee is two environments for five minutes. That Init
    has the price of duration on provisioned concurrency is assumed.
    """
    summary = summary_of(story(provisioned_concurrency=2, until=10))
    fee, init = 2 * 300 * 0.5 * 0.0000041667, 2 * 1.02 * 0.5 * 0.0000097222
    assert summary["cost_usd"] == pytest.approx(fee + init)
    assert (summary["billed_ms"], summary["gb_seconds"]) == (0, 0), "no invocation was billed"


def test_an_init_that_fails_is_charged_too() -> None:
    index = story(provisioned_concurrency=1, init_outcome=Outcome.EXIT, until=10)
    assert [usage.provisioned_init_ms for usage in provisioned_inits(index)] == [1_020]


def test_a_replaced_environment_is_charged_for_its_init_again() -> None:
    index = story(Reclaim(at_us=SECOND, environment=0), provisioned_concurrency=1, until=9)
    assert [usage.provisioned_init_ms for usage in provisioned_inits(index)] == [1_020, 1_020]
    early = story(Reclaim(at_us=SECOND, environment=0), provisioned_concurrency=1, until=1.5)
    assert [usage.provisioned_init_ms for usage in provisioned_inits(early)] == [1_020]


@MANY
@given(plans())
def test_the_tally_and_the_trace_tell_the_same_summary(plan: Plan) -> None:
    outcome, trace = traced(plan)
    assert summary_of_tally(outcome.tally, plan, outcome.ended_us) == summary_of(Index(trace))


@MANY
@given(plans(), st.integers(-SECOND, 121 * SECOND))
def test_counters_are_what_counting_the_records_gives(plan: Plan, t_us: int) -> None:
    index = read(plan)
    kinds = [record.kind for record in index.trace if record.time_us <= t_us]
    counters = counters_at(index, t_us)
    assert counters.events == kinds.count(Kind.ARRIVAL) + kinds.count(Kind.MESSAGE_QUEUED)
    assert counters.throttled == sum(kind in THROTTLES for kind in kinds)
    started = counters.cold + counters.warm + counters.pre + counters.restored + counters.reinit
    assert started == sum(kind in STARTS for kind in kinds)
    ended = sum(kind in ENDS for kind in kinds)
    tried = sum(kinds.count(k) for k in (Kind.ARRIVAL, Kind.ATTEMPT, Kind.BATCH_SENT))
    assert counters.in_flight == tried - counters.throttled - ended
    assert counters.timeouts == kinds.count(Kind.INVOKE_TIMEOUT)
    assert counters.errors == ended - counters.timeouts - kinds.count(Kind.INVOKE_OK)
    created = sum(kind in CREATIONS for kind in kinds)
    assert counters.environments == created - kinds.count(Kind.GONE)
    bills = [e.billed_ms for e in invocations(index) if e.ended_us is not None]
    assert counters_at(index, index.ended_us).billed_ms == sum(b for b in bills if b is not None)
