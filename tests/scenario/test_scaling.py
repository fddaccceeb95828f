"""Auto scaling and aliases in scenario files."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import HOUR, SECOND, Deploy, Shift
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from tests.scenario.writing import function, one, problem, problems


def scaling(keys: str, more: str = "") -> str:
    """Return the text of a file whose function has auto scaling."""
    return one(f"autoscaling: {{{keys}}}{more}")


def test_target_and_schedule_arrive() -> None:
    plan = function(
        "autoscaling: {min: 2, max: 50, target: 0.7, scheduled:"
        " [{at: 8h, every: 24h, min: 20, max: 40}, {at: 18h, min: 0, max: 5}]}"
    )
    assert plan.functions[0].autoscaling == Autoscaling(
        2, 50, 0.7, (ScheduledAction(8 * HOUR, 20, 40, 24 * HOUR), ScheduledAction(18 * HOUR, 0, 5))
    )


def test_a_function_begins_with_the_least_unless_it_says_otherwise() -> None:
    (least,) = function("autoscaling: {min: 2, max: 50, target: 0.7}").functions
    assert least.provisioned_concurrency == 2
    (more,) = function(
        "provisioned_concurrency: 5, autoscaling: {min: 2, max: 50, target: 0.7}"
    ).functions
    assert more.provisioned_concurrency == 5


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("min: 1, max: 5", "autoscaling: nothing moves it; give target: 0.7"),
        ("min: 5, max: 1, target: 0.5", "autoscaling.max: 1 is below min, 5"),
        ("min: 1, max: 5, target: 0.95", "target: 0.95 is not a number from 0.1 to 0.9"),
        ("max: 5, target: 0.5", "autoscaling: 'min' is missing"),
        ("min: 1, max: 5, goal: 0.5", "unknown key 'goal'"),
        ("min: 1, max: 5, scheduled: [{min: 1, max: 2}]", "scheduled[0]: 'at' is missing"),
        ("min: 1, max: 5, scheduled: [{at: 1h, every: 0s, min: 1, max: 2}]", "above zero"),
    ],
)
def test_each_mistake_is_one_line_that_says_what_is_right(keys: str, words: str) -> None:
    assert any(words in line for line in problems(scaling(keys)))


@pytest.mark.rule("PRV-04")
def test_what_aws_would_not_give_is_refused_with_its_reason() -> None:
    assert problem(scaling("min: 1, max: 901, target: 0.5")).endswith(
        "f.autoscaling: 901 provisioned without a reservation is more than the account can give:"
        " 1,000 unreserved less the 100 that AWS keeps free"
    )
    assert problem(scaling("min: 1, max: 9, target: 0.5", ", reserved_concurrency: 8")).endswith(
        "f.autoscaling: provisioned concurrency 9 is above the function's reserved concurrency 8;"
        " AWS refuses that"
    )
    scheduled = "min: 1, max: 5, scheduled: [{at: 1h, min: 1, max: 950}]"
    assert "950 provisioned" in problem(scaling(scheduled))


def test_a_number_to_begin_with_is_between_the_limits() -> None:
    assert "9 is not between the limits of its auto scaling, 1 and 5" in problem(
        scaling("min: 1, max: 5, target: 0.5", ", provisioned_concurrency: 9")
    )


def test_auto_scaling_is_not_set_later() -> None:
    found = problems(one("", "{at: 1s, set: {autoscaling: {min: 1, max: 2, target: 0.5}}}"))
    assert any("cannot be set later" in line for line in found)


@pytest.mark.rule("PRV-09")
def test_a_deploy_may_have_a_weight_and_an_alias_may_be_moved() -> None:
    plan = function("", "{at: 1s, deploy: {weight: 0.1}}, {at: 2s, shift: {weight: 1}}")
    assert plan.commands == (
        Deploy(at_us=SECOND, weight=0.1),
        Shift(at_us=2 * SECOND, weight=1.0),
    )
    assert function("", "{at: 1s, deploy: }").commands == (Deploy(at_us=SECOND),)


@pytest.mark.parametrize(
    "timeline",
    [
        "{at: 2s, shift: {weight: 0.5}}",
        "{at: 1s, deploy: }, {at: 2s, shift: {weight: 0.5}}",
        "{at: 1s, deploy: {weight: 0}}, {at: 2s, shift: {weight: 1}}, {at: 3s, shift: {weight: 0}}",
        "{at: 1s, deploy: {weight: 0.1}}, {at: 2s, deploy: }, {at: 3s, shift: {weight: 0.5}}",
        "{at: 1s, shift: {weight: 0.5}}, {at: 2s, deploy: {weight: 0.1}}",
    ],
)
def test_an_alias_of_one_version_cannot_be_moved(timeline: str) -> None:
    assert "there is one version only" in problem(one("", timeline))


def test_weights_are_shares() -> None:
    assert "1.5 is not a number from 0 to 1" in problem(one("", "{at: 1s, deploy: {weight: 1.5}}"))
    assert "'weight' is missing" in "".join(problems(one("", "{at: 1s, shift: }")))
