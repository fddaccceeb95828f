"""The bill up to a moment: it grows while events run, and ends at what the summary says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, Plan, Provision
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.cost_at import Bill, Part, bill_at
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.summary import summary_of
from tests.readings.runs import MANY, doom_loop, fire, plan_of, read, story, traced
from tests.strategies import plans

GB_S = 0.0000166667
REQUEST = 0.0000002


def usd(bill: Bill) -> dict[Part, float]:
    return {line.part: line.usd for line in bill.lines if line.usd}


def test_nothing_has_been_billed_before_the_first_event() -> None:
    bill = bill_at(story(fire(1)), SECOND // 2)
    assert bill.total_usd == 0
    assert (bill.per_thousand_usd, bill.p50_us, bill.p99_us) == (None, None, None)
    assert bill.share(Part.INIT) == 0


def test_a_cold_start_by_phase() -> None:
    index = story(fire(0))
    bill = bill_at(index, index.ended_us)
    assert usd(bill) == {
        Part.INIT: pytest.approx(1.02 * 0.5 * GB_S),
        Part.HANDLER: pytest.approx(0.18 * 0.5 * GB_S),
        Part.REQUESTS: pytest.approx(REQUEST),
    }
    assert bill.share(Part.INIT) == pytest.approx(0.8333, abs=0.001)
    assert bill.per_thousand_usd == pytest.approx(1_000 * (0.6 * GB_S + REQUEST))
    assert (bill.p50_us, bill.p99_us) == (1_300 * MS, 1_300 * MS)


def test_the_bill_grows_while_init_and_handler_run() -> None:
    index = story(fire(0))
    at_us = [bill_at(index, t).gb_seconds for t in (100 * MS, 300 * MS, 1_120 * MS, 1_200 * MS)]
    assert at_us == pytest.approx([0, 0.1, 0.51, 0.55])


def test_what_follows_the_response_has_a_line_of_its_own() -> None:
    slow = ExtensionPlan("slow", register=Constant(40 * MS), tail=Constant(300 * MS))
    index = story(fire(0), extensions=(slow,), runtime_overhead=Constant(20 * MS))
    bill = bill_at(index, index.ended_us)
    assert usd(bill)[Part.TAIL] == pytest.approx(0.32 * 0.5 * GB_S)


def test_re_init_is_not_init() -> None:
    index = doom_loop()
    bill = bill_at(index, index.ended_us)
    assert usd(bill)[Part.INIT] == pytest.approx(3.02 * 0.5 * GB_S)
    assert usd(bill)[Part.REINIT] == pytest.approx(3 * 0.5 * GB_S)


@pytest.mark.rule("BIL-03")
def test_init_was_free_and_the_bill_says_how_much() -> None:
    index = story(fire(0), rules_date="2024-06-01")
    bill = bill_at(index, index.ended_us)
    assert Part.INIT not in usd(bill)
    assert bill.unbilled_init_us == 1_020 * MS
    assert bill_at(story(fire(0)), SECOND * 9).unbilled_init_us == 0


def test_provisioned_concurrency_has_its_init_its_fee_and_its_use() -> None:
    index = read(plan_of(Provision(at_us=0, count=1), fire(400), until=500))
    bill = bill_at(index, 500 * SECOND)
    assert usd(bill)[Part.PROVISIONED] == pytest.approx(600 * 0.5 * 0.0000041667)
    assert usd(bill)[Part.INIT] == pytest.approx(1.02 * 0.5 * 0.0000097222)
    assert bill.provisioned_use == pytest.approx(0.18 / 500)


def test_ephemeral_storage_beyond_the_free_part_costs() -> None:
    index = story(fire(0), ephemeral_storage_mb=1_536)
    assert usd(bill_at(index, index.ended_us))[Part.STORAGE] == pytest.approx(1.2 * 0.0000000309)


def test_arm_costs_less() -> None:
    arm = bill_at(story(fire(0), architecture="arm64"), 9 * SECOND).total_usd
    assert arm < bill_at(story(fire(0)), 9 * SECOND).total_usd


@MANY
@given(plans())
def test_in_the_end_the_parts_are_the_summarys_cost(plan: Plan) -> None:
    index = Index(traced(plan)[1])
    assume(counters_at(index, index.ended_us).in_flight == 0)
    summary = summary_of(index)
    bill = bill_at(index, index.ended_us)
    assert bill.total_usd == pytest.approx(summary["cost_usd"], abs=1e-11)
    assert bill.gb_seconds == pytest.approx(summary["gb_seconds"])


@MANY
@given(plans(), st.lists(st.integers(0, 120 * SECOND), min_size=2, max_size=6))
def test_seeking_shows_what_running_showed_and_no_money_comes_back(
    plan: Plan, moments: list[int]
) -> None:
    _, trace = traced(plan)
    index = Index(trace)
    sought = {t_us: bill_at(index, t_us) for t_us in moments}
    fresh = Index(trace)
    ran = {t_us: bill_at(fresh, t_us) for t_us in sorted(moments)}
    assert sought == ran
    totals = [bill.total_usd for bill in ran.values()]
    assert all(after >= before - 1e-12 for before, after in pairwise(totals))
