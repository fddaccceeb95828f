"""AWS's own examples of concurrency, scaling, reserved and provisioned concurrency.

Each test names the example it holds the engine against (WE-C…) and cites the page it is from.
WE-C24 (weighted aliases) and WE-C27 (tenant isolation) are not simulated. WE-C22 is in
test_rules.py. WE-C21 is advice on sizing and nothing to simulate. WE-C34 is not used: AWS's text
contradicts itself there.
"""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MINUTE,
    SECOND,
    FunctionPlan,
    InitializationType,
    Pattern,
    Provision,
)
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.worktime import Uniform
from tests.story import at, ms, prompt_account, seconds, tell

LONG = 900 * SECOND


def function(name: str = "f", **changes: object) -> FunctionPlan:
    """Return a function without Init whose timeout never matters."""
    settings: dict[str, object] = {"timeout_us": LONG, "handler": seconds(1), **changes}
    return FunctionPlan(name=name, **settings)  # type: ignore[arg-type]


@pytest.mark.rule("CON-01", "CON-02")
def test_ten_requests_need_six_environments() -> None:
    """WE-C01: ten requests, six cold starts, four reuses, at most six at once.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    spans = [
        (0.0, 1.0), (0.1, 1.2), (0.2, 1.4), (0.3, 2.5), (0.4, 3.5),
        (1.05, 3.0), (1.25, 3.1), (1.45, 3.2), (1.6, 3.3), (2.55, 3.4),
    ]  # fmt: skip
    commands = tuple(at(begin, lasting=end - begin) for begin, end in spans)
    story = tell(function(), commands=commands)
    served = story.served()
    names = "".join("ABCDEF"[served[event].environment] for event in range(1, 11))
    assert names == "ABCDEABCFD"
    assert (story.tally.cold, story.tally.warm) == (6, 4)
    assert story.tally.environments_created == 6
    assert story.busy(0.25) == 3
    assert story.busy(1.7) == story.tally.peak_concurrency == 6


@pytest.mark.rule("CON-03")
@pytest.mark.parametrize(
    ("rate", "duration_ms", "concurrency"),
    [
        pytest.param(100, 1_000, 100, id="WE-C02"),
        pytest.param(100, 500, 50, id="WE-C03"),
        pytest.param(5_000, 200, 1_000, id="WE-C05"),
    ],
)
def test_steady_load_needs_rate_times_duration(
    rate: int, duration_ms: int, concurrency: int
) -> None:
    """WE-C02, WE-C03, WE-C05: concurrency is requests per second times duration.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    pattern = Pattern(at_us=0, gap_us=SECOND / rate, for_us=3 * SECOND, process="steady")
    story = tell(function(handler=ms(duration_ms)), commands=(pattern,))
    assert story.tally.events == 3 * rate
    assert story.tally.throttles == 0
    assert story.tally.peak_concurrency == concurrency
    assert story.tally.environments_created == concurrency
    assert story.busy(2.5) == concurrency


@pytest.mark.rule("PRV-05")
def test_provisioned_concurrency_of_ten_spills_the_eleventh_request() -> None:
    """WE-C08, first half: with ten provisioned, ten in flight are served, and more spill over.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    story = tell(function(provisioned_concurrency=10), commands=(at(1, 11),))
    assert (story.tally.provisioned_invocations, story.tally.spillovers) == (10, 1)
    assert (story.tally.pre, story.tally.cold) == (10, 1)


@pytest.mark.rule("CON-04", "RSV-01", "RSV-04")
def test_reserved_functions_and_all_others_throttle_apart() -> None:
    """WE-C10: of 1,000, blue and orange reserve 400 each, and all others share 200.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    blue = function("blue", reserved_concurrency=400)
    orange = function("orange", reserved_concurrency=400)
    story = tell(
        blue,
        orange,
        function("green"),
        function("grey"),
        commands=(
            at(0, 100, lasting=500, function=0),
            at(0, 200, lasting=35, function=1),
            at(10, 100, lasting=500, function=0),
            at(10, 100, lasting=500, function=1),
            at(10, 60, lasting=500, function=2),
            at(10, 40, lasting=500, function=3),
            at(20, 150, lasting=15, function=1),
            at(40, 80, lasting=10, function=2),
            at(40, 50, lasting=10, function=3),
            at(60, 100, lasting=10, function=2),
        ),
    )
    refused = {
        (record.time_us // SECOND, record.kind)
        for record in story.of(Kind.THROTTLED_RESERVED, Kind.THROTTLED_ACCOUNT)
    }
    assert refused == {(20, Kind.THROTTLED_RESERVED), (40, Kind.THROTTLED_ACCOUNT)}
    assert story.throttled(Kind.THROTTLED_RESERVED, 20) == 50
    assert story.busy(30) == 200 + 400 + 100
    assert story.throttled(Kind.THROTTLED_ACCOUNT, 40) == 30
    assert story.busy(45) == 200 + 100 + 200


@pytest.mark.rule("PRV-05", "RSV-04")
def test_provisioned_function_spills_into_the_shared_pool() -> None:
    """WE-C11: orange has 400 provisioned, and 600 are left for everyone, orange included.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    orange = function("orange", provisioned_concurrency=400)
    commands = (
        at(1, 400, lasting=99, function=0),
        at(10, 100, lasting=40, function=0),
        at(110, 400, lasting=10, function=0),
        at(200, 700, lasting=50, function=0),
        at(200, 300, lasting=50, function=1),
        at(210, 1, lasting=10, function=0),
        at(210, 1, lasting=10, function=1),
    )
    story = tell(orange, function("green"), commands=commands)
    served = story.served()
    assert all(served[event].start is Kind.INVOKE_PRE for event in range(1, 401))
    assert all(served[event].start is Kind.INVOKE_COLD for event in range(401, 501))
    assert all(served[event].start is Kind.INVOKE_WARM for event in range(501, 901))
    assert story.busy(205) == 1_000
    assert story.tally.throttles == story.throttled(Kind.THROTTLED_ACCOUNT, 210) == 2
    assert story.tally.spillovers == 100 + 300


@pytest.mark.rule("RSV-01")
def test_reserved_concurrency_warms_nothing() -> None:
    """WE-C13, reserved: nothing happens, cold, the environment is reaped, cold again.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    reserved = function(reserved_concurrency=1)
    account = prompt_account(idle=seconds(300))
    story = tell(reserved, commands=(at(60), at(1_000)), account=account)
    assert all(r.environment == NOBODY for r in story.records if r.time_us < 60 * SECOND)
    served = story.served()
    assert [served[event].start for event in (1, 2)] == [Kind.INVOKE_COLD] * 2
    assert story.one(Kind.SHUTDOWN_IDLE).time_us == (61 + 300) * SECOND


@pytest.mark.rule("INIT-14")
def test_provisioned_concurrency_is_warm_before_and_after_idling() -> None:
    """WE-C13, provisioned: initialised beforehand, warm, kept while idle, warm again.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    provisioned = function(provisioned_concurrency=1, init_function=ms(500))
    account = prompt_account(idle=seconds(300))
    story = tell(provisioned, commands=(at(60), at(1_000)), account=account)
    assert story.one(Kind.INIT_FINISHED).time_us <= 0
    served = story.served()
    assert [served[event].start for event in (1, 2)] == [Kind.INVOKE_PRE, Kind.INVOKE_WARM]
    assert served[1].environment == served[2].environment
    assert story.tally.environments_created == 1


@pytest.mark.rule("RSV-04")
@pytest.mark.parametrize("setting", ["reserved_concurrency", "provisioned_concurrency"])
@pytest.mark.parametrize("used", [0, 100])
def test_capacity_set_aside_is_taken_from_others_even_if_unused(setting: str, used: int) -> None:
    """WE-C15: function-a sets 100 aside, so all others share 900.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html and
    https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
    """
    busy = (at(1, used, lasting=60),) if used else ()
    commands = (*busy, at(2, 901, lasting=60, function=1))
    story = tell(function("a", **{setting: 100}), function("b"), commands=commands)
    assert story.busy(10) == used + 900
    assert story.tally.throttles == story.throttled(Kind.THROTTLED_ACCOUNT, 2) == 1


@pytest.mark.parametrize(
    ("provisioned", "requests", "utilisation"), [(100, 60, 0.6), (10, 7, 0.7), (100, 50, 0.5)]
)
def test_provisioned_utilisation_counts_environments_at_work(
    provisioned: int, requests: int, utilisation: float
) -> None:
    """WE-C18: 60 of 100, 7 of 10 and 50 of 100 provisioned environments at work.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
    """
    story = tell(function(provisioned_concurrency=provisioned), commands=(at(1, requests),))
    assert story.tally.provisioned_invocations == story.busy(1.5) == requests
    assert story.busy(1.5) / len(story.of(Kind.CREATED_PROVISIONED)) == utilisation


@pytest.mark.rule("PRV-02")
def test_no_provisioned_environment_serves_until_all_5000_are_ready() -> None:
    """WE-C20: 5,000 take a minute or two, and 50 s more at 6,000 a minute; none serves earlier.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    account = prompt_account(concurrency=10_000, delay=Uniform(1 * MINUTE, 2 * MINUTE))
    provision = Provision(at_us=0, count=5_000)
    patient = function(init_function=seconds(2), handler=ms(10))
    events = tuple(at(second) for second in range(10, 200, 10))
    story = tell(patient, commands=(provision, *events), account=account)
    begun, ready = story.one(Kind.PROVISION_STARTED), story.one(Kind.PROVISION_READY)
    assert 1 * MINUTE <= begun.time_us <= 2 * MINUTE
    assert ready.time_us - begun.time_us == pytest.approx(52 * SECOND, abs=SECOND // 10)
    assert len(story.of(Kind.CREATED_PROVISIONED)) == ready.value == 5_000
    for served in story.served().values():
        facts = story.trace.environments[served.environment]
        provisioned = facts.initialization_type is InitializationType.PROVISIONED
        assert provisioned is (served.started_us >= ready.time_us)
    assert story.tally.provisioned_invocations > 0


@pytest.mark.rule("RSV-03", "THR-06")
def test_reserved_concurrency_of_zero_throttles_everything() -> None:
    """WE-C25: with a reserved concurrency of 0 every call is refused, and nothing is created.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    story = tell(function(reserved_concurrency=0), commands=(at(0, 5), at(10, 5)))
    assert len(story.of(Kind.THROTTLED_RESERVED)) == story.tally.throttles == 10
    assert story.tally.environments_created == story.tally.invocations == 0


@pytest.mark.rule("SCL-01", "SCL-02")
def test_a_function_grows_by_a_thousand_at_once_and_a_hundred_a_second() -> None:
    """WE-C28: of 3,500 at once 1,000 are admitted, and 100 more in every second after that.

    https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
    """
    commands = (
        at(0, 3_500, lasting=60),
        *(at(second, 500, lasting=60) for second in range(1, 11)),
    )
    account = prompt_account(concurrency=10_000)
    story = tell(function(), commands=commands, account=account)
    assert story.throttled(Kind.THROTTLED_SCALING, 0) == 2_500
    for second in range(11):
        assert abs(story.busy(second) - (1_000 + 100 * second)) <= 1


@pytest.mark.rule("SCL-02")
def test_the_allowance_to_grow_is_not_saved_up() -> None:
    """WE-C32: after a quiet minute still only 1,000 of 1,500 are admitted.

    https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
    """
    account = prompt_account(concurrency=10_000)
    story = tell(function(), commands=(at(60, 1_500, lasting=60),), account=account)
    assert story.busy(60) == 1_000
    assert story.throttled(Kind.THROTTLED_SCALING, 60) == 500


@pytest.mark.rule("SCL-03")
def test_functions_grow_independently_of_each_other() -> None:
    """SCL-03: two functions may grow by a thousand each at the same instant.

    https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
    """
    commands = (at(0, 1_000, lasting=60), at(0, 1_000, lasting=60, function=1))
    account = prompt_account(concurrency=10_000)
    story = tell(function("a"), function("b"), commands=commands, account=account)
    assert (story.busy(0), story.tally.throttles) == (2_000, 0)


@pytest.mark.rule("INIT-14")
def test_six_provisioned_environments_are_ready_before_the_first_request() -> None:
    """WE-C33: a provisioned concurrency of 6 initialises six environments ahead of any request.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    """
    provisioned = function(provisioned_concurrency=6, init_function=seconds(3))
    story = tell(provisioned, commands=(at(0, 6),))
    assert [record.time_us <= 0 for record in story.of(Kind.INIT_FINISHED)] == [True] * 6
    assert len(story.of(Kind.INVOKE_PRE)) == 6
    assert story.tally.environments_created == 6


@pytest.mark.rule("RPS-01", "RPS-03")
def test_twenty_thousand_requests_a_second_meet_the_rate_cap() -> None:
    """WE-C06: 20,000 rps of 50 ms need 1,000 units, but those allow 10,000 rps only: half get 429.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    load = Pattern(at_us=0, process="steady", gap_us=50, for_us=2 * SECOND)
    for limit, throttled in ((1_000, 20_000), (2_000, 0)):
        story = tell(
            function(handler=ms(50), reserved_concurrency=None),
            commands=(load,),
            account=prompt_account(concurrency=limit),
        )
        assert story.tally.throttles == throttled
        assert len(story.of(Kind.THROTTLED_RATE_ACCOUNT)) == throttled


@pytest.mark.rule("RPS-01", "PRV-05")
def test_provisioned_concurrency_spills_at_ten_requests_a_second_and_unit() -> None:
    """WE-C08, second half: 10 provisioned units take 100 requests in a second, however short.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    """
    load = Pattern(at_us=0, process="steady", gap_us=5_000, for_us=1 * SECOND)
    plan = function(handler=ms(1), provisioned_concurrency=10)
    story = tell(plan, commands=(load,), until=2)
    assert story.tally.provisioned_invocations == 100
    assert story.tally.spillovers == 100


@pytest.mark.rule("RPS-03")
@pytest.mark.parametrize(
    ("duration_ms", "highest"), [(50, 10_000), (100, 10_000), (200, 5_000), (1_000, 1_000)]
)
def test_the_highest_rate_is_ten_times_the_concurrency_or_less(
    duration_ms: int, highest: int
) -> None:
    """WE-C30: min(10 C, C / d) requests a second with 1,000 units; tested at a tenth of it.

    https://aws.amazon.com/blogs/compute/understanding-aws-lambdas-invoke-throttle-limits/
    """
    concurrency = 100
    rate = highest // 10
    for share, throttles in ((1.0, False), (1.2, True)):
        load = Pattern(at_us=0, process="steady", gap_us=SECOND / (rate * share), for_us=5 * SECOND)
        story = tell(
            function(handler=ms(duration_ms)),
            commands=(load,),
            account=prompt_account(concurrency=concurrency),
        )
        assert bool(story.tally.throttles) is throttles


@pytest.mark.rule("RPS-01", "SIM-RPS")
def test_reserved_concurrency_has_a_rate_cap_of_its_own() -> None:
    """RPS-01: 1 reserved unit takes ten requests in a second, and ten more in the next.

    https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    """
    load = Pattern(at_us=0, process="steady", gap_us=50_000, for_us=2 * SECOND)
    story = tell(function(handler=ms(1), reserved_concurrency=1), commands=(load,))
    assert story.tally.invocations == 20
    assert len(story.of(Kind.THROTTLED_RATE_RESERVED)) == 20
