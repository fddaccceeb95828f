"""Who serves an event, who is refused, and how provisioned concurrency keeps its number."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MINUTE,
    MS,
    SECOND,
    AccountPlan,
    Deploy,
    FunctionPlan,
    InitializationType,
    Outcome,
    Provision,
    Reclaim,
    Reuse,
    SetConfig,
)
from lifecycle_tui.engine.worktime import ZERO, Quantiles
from tests.story import FOREVER, Story, at, ms, prompt_account, seconds, tell

BEFORE_2023_11 = "2023-11-25"


def function(name: str = "f", **changes: object) -> FunctionPlan:
    """Return a function whose timeout never matters."""
    settings: dict[str, object] = {"timeout_us": 900 * SECOND, "handler": seconds(1), **changes}
    return FunctionPlan(name=name, **settings)  # type: ignore[arg-type]


def third(reuse: Reuse, seed: int = 0) -> int:
    """Return who serves an event that finds e1 idle since 2 s and e2 idle since 4 s."""
    account = AccountPlan(placement=ZERO, idle_lifetime=FOREVER, reuse=reuse)
    commands = (at(0, lasting=2), at(0, lasting=4), at(9))
    return tell(function(), commands=commands, account=account, seed=seed).served()[3].environment


@pytest.mark.rule("SIM-REUSE", "CON-05")
def test_the_policy_picks_among_idle_environments() -> None:
    assert (AccountPlan().reuse, third(Reuse.MOST_RECENT)) == (Reuse.MOST_RECENT, 1)
    assert third(Reuse.LEAST_RECENT) == 0
    assert {third(Reuse.RANDOM, seed) for seed in range(20)} == {0, 1}


@pytest.mark.rule("SIM-BIND")
def test_an_event_waits_for_its_own_environment_although_another_is_free_sooner() -> None:
    story = tell(function(init_function=seconds(5)), commands=(at(0), at(5.5)))
    assert story.served()[1].ended_us == 6 * SECOND
    second = story.served()[2]
    assert (second.environment, second.started_us) == (1, 10_500 * MS)


@pytest.mark.rule("SIM-PLACEMENT", "LIF-06", "LIF-07")
def test_placement_comes_before_init_and_into_nobodys_duration() -> None:
    story = tell(function(init_function=seconds(2)), commands=(at(0),), account=AccountPlan())
    assert story.moment(Kind.CREATED_FOR_EVENT) == 0
    assert story.moment(Kind.INIT_STARTED) == 0.1
    assert story.served()[1].duration_us == SECOND
    assert story.tally.billed_ms == 3_000
    assert story.tally.latencies.maximum_us == 3_100 * MS


@pytest.mark.rule("CON-04")
def test_all_functions_share_a_thousand_units() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html."""
    commands = (at(0, 600), at(0, 401, function=1))
    story = tell(function("a"), function("b"), commands=commands, account=AccountPlan())
    assert story.tally.peak_concurrency == 1_000
    assert story.throttled(Kind.THROTTLED_ACCOUNT, 0) == 1


@pytest.mark.rule("SCL-04")
def test_an_account_grew_by_3000_at_once_and_500_a_minute() -> None:
    """https://aws.amazon.com/blogs/aws/aws-lambda-functions-now-scale-12-times-faster-when-handling-high-volume-requests/."""
    commands = (
        at(0, 2_000, lasting=600),
        at(0, 1_500, lasting=600, function=1),
        at(60, 800, lasting=600),
    )
    story = tell(
        function("a"),
        function("b"),
        commands=commands,
        account=prompt_account(concurrency=10_000),
        rules_date=BEFORE_2023_11,
    )
    assert story.busy(0) == 3_000
    assert story.throttled(Kind.THROTTLED_SCALING, 0) == 500
    assert story.busy(60) == 3_500


@pytest.mark.rule("RSV-01")
def test_reserved_concurrency_changes_no_bill() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html."""
    bills = [
        tell(function(reserved_concurrency=reserved), commands=(at(0, 3),)).tally.bills[0]
        for reserved in (None, 100)
    ]
    charged = [(b.requests, b.billed_ms, b.provisioned_billed_ms) for b in bills]
    assert charged == [(3, 3_000, 0)] * 2


@pytest.mark.rule("PRV-06")
def test_nothing_runs_on_demand_when_all_that_is_reserved_is_provisioned() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    full = function(reserved_concurrency=2, provisioned_concurrency=2)
    story = tell(full, commands=(at(1, 3),))
    assert story.tally.provisioned_invocations == 2
    assert story.throttled(Kind.THROTTLED_RESERVED, 1) == 1
    assert story.tally.spillovers == 0


@pytest.mark.rule("THR-06")
def test_a_refused_event_creates_runs_and_bills_nothing() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    story = tell(function(), commands=(at(0, 5),), account=prompt_account(concurrency=2))
    refused = {event for event, served in story.served().items() if served.start is None}
    assert len(refused) == 3
    about = [r.kind for r in story.records if r.subject in refused and r.environment >= 0]
    assert about == []
    assert story.tally.environments_created == 2
    assert story.tally.bills[0].requests == 2


def provisioned(*commands: object, count: int = 2, **changes: object) -> Story:
    """Return the story of provisioned concurrency from the start, asked for again after 90 s."""
    plan = function("f", provisioned_concurrency=count, **changes)
    return tell(plan, commands=commands, account=prompt_account(delay=seconds(90)))  # type: ignore[arg-type]


@pytest.mark.rule("SIM-PC-DELAY")
def test_allocation_begins_after_one_to_two_minutes_drawn_evenly() -> None:
    drawn = []
    for seed in range(100):
        story = tell(
            function(init_function=ZERO),
            commands=(Provision(at_us=0, count=1),),
            account=AccountPlan(),
            seed=seed,
        )
        drawn.append(story.one(Kind.PROVISION_STARTED).time_us / SECOND)
    drawn.sort()
    assert drawn[0] >= 60
    assert drawn[-1] <= 120
    for quarter in (1, 2, 3):
        assert drawn[25 * quarter] == pytest.approx(60 + 15 * quarter, abs=9)


@pytest.mark.rule("PRV-03", "PRV-02")
def test_provisioning_is_in_progress_until_all_are_ready() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    story = tell(function(init_function=seconds(2)), commands=(Provision(at_us=0, count=3),))
    begun, ready = story.one(Kind.PROVISION_STARTED), story.one(Kind.PROVISION_READY)
    assert (begun.value, ready.value) == (3, 3)
    assert ready.time_us - begun.time_us == (2_000 + 2 * 10) * MS


@pytest.mark.rule("ITO-08", "PRV-03")
def test_one_failed_init_fails_the_whole_allocation() -> None:
    init = Quantiles((0.0, 0.5, 0.5000001, 1.0), (SECOND, SECOND, 200 * SECOND, 200 * SECOND))
    for seed in range(20):
        story = tell(
            function(init_function=init, timeout_us=3 * SECOND),
            commands=(Provision(at_us=0, count=2), at(300, 2)),
            account=prompt_account(),
            seed=seed,
        )
        if len(story.of(Kind.INIT_ABANDONED)) == len(story.of(Kind.INIT_FINISHED)) == 1:
            break
    assert story.one(Kind.PROVISION_FAILED).value == 2
    assert not story.of(Kind.PROVISION_READY)
    assert len(story.of(Kind.SHUTDOWN_INIT_FAILED)) == 2
    assert story.tally.provisioned_invocations == 0


@pytest.mark.rule("PRV-07", "SIM-PC-REPLACE", "INIT-14")
def test_a_provisioned_environment_that_leaves_is_replaced_at_once_and_initialised() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    reclaim = Reclaim(at_us=10 * SECOND, environment=0)
    story = provisioned(reclaim, at(20, 2), init_function=seconds(3))
    assert len(story.of(Kind.CREATED_PROVISIONED)) == 2
    assert story.one(Kind.CREATED_REPLACEMENT).time_us == reclaim.at_us
    inits = [record.time_us // SECOND for record in story.of(Kind.INIT_FINISHED)]
    assert inits == [0, 0, 13]
    assert [s.start for s in story.served().values()] == [Kind.INVOKE_PRE] * 2


@pytest.mark.rule("PRV-07")
def test_an_event_that_meets_a_reset_provisioned_environment_waits_for_init() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    story = provisioned(
        at(1), at(20), count=1, handler_outcome=Outcome.EXIT, init_function=seconds(3)
    )
    second = story.served()[2]
    facts = story.trace.environments[second.environment]
    assert facts.initialization_type is InitializationType.PROVISIONED
    assert (second.start, second.duration_us) == (Kind.INVOKE_REINIT, 4 * SECOND)


@pytest.mark.rule("SIM-PC-REDUCE")
@pytest.mark.parametrize("reuse", [Reuse.MOST_RECENT, Reuse.LEAST_RECENT])
def test_of_provisioned_environments_idle_ones_go_first_and_busy_ones_when_done(
    reuse: Reuse,
) -> None:
    """Two of three are busy, the last ones or the first ones, and two have to go."""
    story = tell(
        function(provisioned_concurrency=3),
        commands=(at(1, 2, lasting=30), Provision(at_us=10 * SECOND, count=1)),
        account=AccountPlan(idle_lifetime=FOREVER, max_lifetime=FOREVER, reuse=reuse),
    )
    busy = {served.environment for served in story.served().values()}
    leaving = [(r.environment in busy, r.time_us) for r in story.of(Kind.SHUTDOWN_PROVISION)]
    assert leaving == [(False, 10 * SECOND), (True, 31 * SECOND)]
    assert not story.of(Kind.CREATED_REPLACEMENT)


@pytest.mark.rule("SIM-PC-CONFIG")
@pytest.mark.parametrize(
    "change",
    [
        Deploy(at_us=5 * SECOND),
        SetConfig(at_us=5 * SECOND, changes=(("memory_mb", 512),)),
    ],
    ids=["deploy", "set"],
)
def test_new_code_or_configuration_allocates_provisioned_concurrency_anew(
    change: Deploy | SetConfig,
) -> None:
    story = provisioned(change, at(60), at(120, 2), init_function=ms(500))
    leaving = [r.time_us // SECOND for r in story.of(Kind.SHUTDOWN_DEPLOY, Kind.SHUTDOWN_CONFIG)]
    assert leaving == [5, 5]
    created = [r.time_us // SECOND for r in story.of(Kind.CREATED_PROVISIONED)]
    assert created[2:] == [95, 95]
    starts = [served.start for served in story.served().values()]
    assert starts == [Kind.INVOKE_COLD, Kind.INVOKE_PRE, Kind.INVOKE_PRE]


@pytest.mark.rule("LIFE-08")
@pytest.mark.parametrize(
    "change",
    [
        Deploy(at_us=5 * SECOND),
        SetConfig(at_us=5 * SECOND, changes=(("memory_mb", 512),)),
    ],
    ids=["deploy", "set"],
)
def test_old_environments_finish_their_work_and_serve_no_further_event(
    change: Deploy | SetConfig,
) -> None:
    commands = (at(0, lasting=1), at(0, lasting=10), change, at(20, 2))
    story = tell(function(), commands=commands)
    gone = [r.time_us // SECOND for r in story.of(Kind.SHUTDOWN_DEPLOY, Kind.SHUTDOWN_CONFIG)]
    assert gone == [5, 10]
    served = story.served()
    assert served[2].end is Kind.INVOKE_OK
    assert {served[event].environment for event in (3, 4)} == {2, 3}


@pytest.mark.rule("LIFE-08")
def test_a_change_of_concurrency_retires_nothing() -> None:
    change = SetConfig(at_us=5 * SECOND, changes=(("reserved_concurrency", 5),))
    story = tell(function(), commands=(at(0), change, at(MINUTE // SECOND)))
    assert story.served()[2].start is Kind.INVOKE_WARM
