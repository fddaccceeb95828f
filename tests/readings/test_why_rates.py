"""Why, where the rate of requests is the limit: ten a second for each unit of concurrency."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, AccountPlan, Pattern
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.why import why_event
from tests.readings.runs import ACCOUNT, story
from tests.readings.test_why import told


def steady(
    gap_ms: int,
    *,
    account: AccountPlan = ACCOUNT,
    reserved_concurrency: int | None = None,
    provisioned_concurrency: int = 0,
) -> Index:
    """Return events of 5 ms each, so far apart, for 2 s from second 1 on; Init takes 20 ms."""
    load = Pattern(at_us=SECOND, process="steady", gap_us=gap_ms * MS, for_us=2 * SECOND)
    brief = Constant(10 * MS)
    return story(
        load,
        handler=Constant(5 * MS),
        handler_tmp_mb=0,
        init_runtime=brief,
        init_function=brief,
        extensions=(),
        account=account,
        reserved_concurrency=reserved_concurrency,
        provisioned_concurrency=provisioned_concurrency,
    )


@pytest.mark.rule("RPS-01", "SIM-RPS")
def test_a_refusal_beyond_ten_a_second_tells_the_rate_and_no_user() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    why = why_event(steady(10, reserved_concurrency=4), 200)
    assert why.answer == (
        "40 requests had been let in during this second †, 10 for each of the 4 units of web-api's "
        "reserved concurrency; how many environments are busy does not matter."
    )
    assert "In use" not in told(why)
    assert {"RPS-01", "SIM-RPS"} <= set(why.rules)


def test_a_refusal_by_the_rate_of_the_account_names_the_account() -> None:
    why = why_event(steady(10, account=AccountPlan(concurrency=4)), 200)
    assert "10 for each of the 4 units of the account's unreserved concurrency" in why.answer


@pytest.mark.rule("RPS-01", "PRV-05")
def test_a_spillover_by_rate_does_not_call_the_idle_environment_busy() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    why = why_event(steady(50, provisioned_concurrency=1), 11)
    assert why.answer == (
        "10 requests had been let in during this second †, 10 for the provisioned environment, so "
        "the event spilled over to on-demand concurrency, where there was none yet, so #11 waited "
        "for a new one: e2."
    )
    assert "RPS-01" in why.rules


def test_a_spillover_that_finds_an_idle_environment_says_why_it_spilled() -> None:
    why = why_event(steady(50, provisioned_concurrency=1), 40)
    assert why.question == "Why was #40 WARM?"
    assert "10 for the provisioned environment, so the event spilled over" in told(why)


def test_an_unused_provisioned_environment_is_not_called_busy_either() -> None:
    """Two are ready, and the choice of the latest one leaves the other unused."""
    why = why_event(steady(40, provisioned_concurrency=2), 21)
    assert "20 requests had been let in during this second †, 10 for each of 2" in why.answer
    assert "allocation was not complete" not in why.answer
