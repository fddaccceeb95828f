"""How functions are configured at the cursor, and what AWS refuses to change live."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import HOUR, MINUTE, SECOND, Fire, FunctionPlan, Plan
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.session import Session


def session(*functions: FunctionPlan, at_us: int = 0) -> Session:
    """Return a session over functions and one event."""
    return Session(Plan(functions, commands=(Fire(at_us=0),)), at_us=at_us)


@pytest.mark.rule("RSV-02")
def test_a_reservation_that_leaves_less_than_100_is_refused_with_the_reason_of_aws() -> None:
    live = session(FunctionPlan("f"), FunctionPlan("g", reserved_concurrency=500))
    note = live.set_config(reserved_concurrency=401)
    assert note.refused
    assert note.text == (
        "901 reserved in all leaves 99 of the account's 1,000 unreserved;"
        " AWS keeps at least 100 unreserved"
    )
    assert not live.live
    assert not live.set_config(reserved_concurrency=400).refused


@pytest.mark.rule("PRV-04")
def test_provisioned_concurrency_above_the_reserved_is_refused() -> None:
    live = session(FunctionPlan("f", reserved_concurrency=5))
    for note in (live.provision(6), live.set_config(provisioned_concurrency=6)):
        assert note.refused
        assert (
            "provisioned concurrency 6 is above the function's reserved concurrency 5" in note.text
        )
    assert not live.provision(5).refused


@pytest.mark.rule("PRV-04")
def test_a_reservation_below_the_provisioned_concurrency_is_refused() -> None:
    live = session(FunctionPlan("f", provisioned_concurrency=5))
    assert "AWS refuses that" in live.set_config(reserved_concurrency=4).text


@pytest.mark.rule("PRV-04")
def test_the_sum_of_provisioned_concurrency_is_limited() -> None:
    """WE-C16: 900 is the most for one function of a fresh account.

    https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
    """
    live = session(FunctionPlan("f"), FunctionPlan("g", provisioned_concurrency=1))
    assert "901 provisioned without a reservation" in live.provision(900).text
    assert not live.provision(899).refused


def test_what_auto_scaling_has_set_is_what_is_configured() -> None:
    scaling = Autoscaling(1, 9, scheduled=(ScheduledAction(10 * MINUTE, 4, 9),))
    function = FunctionPlan(
        "f", handler=Constant(SECOND), provisioned_concurrency=1, autoscaling=scaling
    )
    live = session(function)
    assert live.function_at_cursor().provisioned_concurrency == 1
    live.player.seek(11 * MINUTE)
    assert live.function_at_cursor().provisioned_concurrency == 4
    assert "provisioned concurrency 5" in live.provision_notch(1).text
    live.player.seek(HOUR)
    assert live.function_at_cursor().provisioned_concurrency == 5
