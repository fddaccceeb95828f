"""SnapStart: versions that are published, environments restored from their snapshot, hooks."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Crash,
    Deploy,
    FunctionPlan,
    InitializationType,
    Outcome,
    Prewarm,
    SetConfig,
)
from lifecycle_tui.engine.source_plan import RetryPlan, SourceKind, SourcePlan
from lifecycle_tui.engine.states import State
from tests.story import at, ms, prompt_account, seconds, tell

FUNCTION = FunctionPlan(
    "f",
    runtime="java21",
    snap_start=True,
    init_runtime=ms(500),
    init_function=ms(2_500),
    handler=ms(100),
    restore_snapshot=ms(200),
    restore_hooks=ms(40),
)
SLOW = FunctionPlan("f", snap_start=True, restore_snapshot=ms(200), restore_hooks=seconds(11))


@pytest.mark.rule("RST-01")
def test_init_runs_once_when_the_version_is_published_before_the_first_event() -> None:
    story = tell(FUNCTION, commands=(at(0, 3),))
    (init,) = story.of(Kind.INIT_STARTED)
    assert init.time_us == -3 * SECOND
    taken = story.one(Kind.SNAPSHOT_TAKEN)
    assert (taken.time_us, taken.value, taken.environment) == (0, 1, 0)
    assert story.of(Kind.GONE)[0].environment == 0


@pytest.mark.rule("RST-02", "RST-03", "RST-08", "SIM-RESTORE")
def test_every_new_environment_is_restored_and_its_event_waits_for_that() -> None:
    story = tell(FUNCTION, commands=(at(0, 2), at(5)))
    served = story.served()
    assert [served[event].start for event in (1, 2, 3)] == [
        Kind.INVOKE_RESTORED, Kind.INVOKE_RESTORED, Kind.INVOKE_WARM,
    ]  # fmt: skip
    assert served[1].started_us == 240 * MS
    resumed, _ = story.of(Kind.RESTORE_HOOKS_STARTED)
    assert resumed.time_us == 200 * MS
    assert story.tally.restored == 2
    types = [each.initialization_type for each in story.trace.environments]
    assert types == [InitializationType.SNAP_START] * 3
    assert [each.snapshot for each in story.trace.environments] == [-1, 0, 0]


@pytest.mark.rule("SIM-PUBLISH", "LIFE-08")
def test_the_former_version_serves_until_the_new_snapshot_is_there() -> None:
    commands = (at(0), Deploy(at_us=10 * SECOND), at(12), at(14))
    story = tell(FUNCTION, commands=commands)
    served = story.served()
    assert served[2].start is Kind.INVOKE_WARM
    retired = story.one(Kind.SHUTDOWN_DEPLOY)
    taken = story.of(Kind.SNAPSHOT_TAKEN)[1]
    assert retired.time_us == taken.time_us == 13 * SECOND
    assert retired.causes[0] == taken.number
    assert served[3].start is Kind.INVOKE_RESTORED
    assert story.trace.environments[served[3].environment].code_version == 2


def test_a_configuration_change_publishes_a_version_too() -> None:
    change = SetConfig(at_us=10 * SECOND, changes=(("timeout_us", 9 * SECOND),))
    story = tell(FUNCTION, commands=(at(0), change, at(20)))
    facts = story.trace.environments[story.served()[2].environment]
    assert (facts.code_version, facts.plan.timeout_us) == (2, 9 * SECOND)
    assert story.of(Kind.SHUTDOWN_CONFIG)


@pytest.mark.rule("RST-10")
def test_a_version_whose_init_fails_leaves_the_former_one_serving() -> None:
    broken = SetConfig(at_us=10 * SECOND, changes=(("init_outcome", Outcome.ERROR),))
    story = tell(FUNCTION, commands=(at(0), broken, at(20)))
    assert story.one(Kind.SHUTDOWN_INIT_FAILED).time_us == 13 * SECOND
    assert story.served()[2].start is Kind.INVOKE_WARM
    assert not story.of(Kind.SHUTDOWN_CONFIG)


def test_a_later_version_does_not_give_way_to_an_earlier_one_that_took_longer() -> None:
    quicker = SetConfig(at_us=11 * SECOND, changes=(("init_function", ms(0)),))
    story = tell(FUNCTION, commands=(at(0), Deploy(at_us=10 * SECOND), quicker, at(20)))
    assert [record.value for record in story.of(Kind.SNAPSHOT_TAKEN)] == [1, 3, 2]
    assert story.trace.environments[story.served()[2].environment].code_version == 3


def test_turned_off_the_next_environment_is_initialised() -> None:
    off = SetConfig(at_us=10 * SECOND, changes=(("snap_start", False),))
    story = tell(FUNCTION, commands=(at(0), off, at(11)))
    assert story.served()[2].start is Kind.INVOKE_COLD


@pytest.mark.rule("SIM-PUBLISH")
def test_without_any_version_events_are_initialised_on_demand() -> None:
    never = FunctionPlan("f", snap_start=True, init_outcome=Outcome.EXIT, handler=ms(100))
    story = tell(never, commands=(at(0),))
    assert story.served()[1].start is Kind.INVOKE_REINIT


@pytest.mark.rule("RST-04")
def test_hooks_beyond_ten_seconds_fail_the_event_and_end_the_environment() -> None:
    story = tell(SLOW, commands=(at(0),))
    timeout = story.one(Kind.RESTORE_TIMEOUT)
    assert timeout.time_us == 10_200 * MS
    assert (timeout.subject, timeout.after) == (1, State.SHUTDOWN)
    assert not story.served()
    assert story.of(Kind.GONE)[-1].environment == timeout.environment
    tally = story.tally
    assert (tally.errors, tally.invocations, tally.billed_ms) == (1, 0, 0)


@pytest.mark.rule("RST-04")
def test_hooks_of_exactly_ten_seconds_are_in_time() -> None:
    just = FunctionPlan("f", snap_start=True, restore_hooks=seconds(10), handler=ms(10))
    assert tell(just, commands=(at(0),)).served()[1].start is Kind.INVOKE_RESTORED


def test_a_failed_restore_gives_its_concurrency_back() -> None:
    account = prompt_account(concurrency=1)
    story = tell(SLOW, commands=(at(0), at(5), at(11)), account=account)
    assert [record.subject for record in story.of(Kind.RESTORE_TIMEOUT)] == [1, 3]
    assert story.one(Kind.THROTTLED_ACCOUNT).subject == 2


def test_who_called_hears_of_a_failed_restore_and_tries_again() -> None:
    from lifecycle_tui.engine.plan import Fire, Plan
    from lifecycle_tui.engine.simulation import run

    flow = SourcePlan(
        "flow", SourceKind.STEP_FUNCTIONS, retries=(RetryPlan(("States.ALL",), max_attempts=1),)
    )
    plan = Plan((SLOW,), prompt_account(), (Fire(at_us=0, source="flow"),), sources=(flow,))
    trace = run(plan).trace
    assert trace is not None
    kinds = [record.kind for record in trace]
    assert kinds.count(Kind.RESTORE_TIMEOUT) == 2
    assert kinds.count(Kind.RETRY_AFTER_ERROR) == 1


def test_a_restore_ahead_of_any_event_that_takes_too_long_fails_nobody() -> None:
    story = tell(SLOW, commands=(Prewarm(at_us=0, count=1),))
    assert story.one(Kind.RESTORE_TIMEOUT).subject == -1
    assert story.tally.errors == 0


def test_a_restore_ahead_of_any_event_makes_it_pre_and_is_billed_with_it() -> None:
    story = tell(FUNCTION, commands=(Prewarm(at_us=0, count=1), at(5)))
    assert story.served()[1].start is Kind.INVOKE_PRE
    assert story.tally.billed_ms == 140


def test_a_restored_environment_that_crashes_initialises_like_any_other() -> None:
    story = tell(FUNCTION, commands=(at(0), Crash(at_us=2 * SECOND, environment=1), at(5)))
    assert story.served()[2].start is Kind.INVOKE_REINIT


@pytest.mark.rule("BIL-05", "RST-08")
@pytest.mark.parametrize(
    ("duration_ms", "restore_ms", "hooks_ms", "billed_ms", "cold_ms"),
    [
        pytest.param(127.10, 325.93, 26, 154, 453.03, id="WE-S01 September 2024"),
        pytest.param(159.87, 562.43, 118, 278, 722.30, id="WE-S02 quoted in a parser's test"),
        pytest.param(2338.66, 398.97, 182, 2521, 2737.63, id="WE-S04 Java 11, June 2023"),
        pytest.param(149.53, 789.64, 163, 313, 939.17, id="WE-S05 Java 21, May 2025"),
        pytest.param(13.82, 204.27, 115, 129, 218.09, id="WE-S07 Java 11, launch week"),
    ],
)
def test_the_lines_of_real_restores(
    duration_ms: float, restore_ms: float, hooks_ms: float, billed_ms: int, cold_ms: float
) -> None:
    """REPORT lines found in public repositories, 2022 to 2025."""
    function = FunctionPlan(
        "f",
        timeout_us=10 * SECOND,
        snap_start=True,
        restore_snapshot=ms(restore_ms - hooks_ms),
        restore_hooks=ms(hooks_ms),
        handler=ms(duration_ms),
    )
    story = tell(function, commands=(at(0),))
    served = story.served()[1]
    assert story.tally.billed_ms == billed_ms
    assert served.duration_us == round(duration_ms * MS)
    assert served.ended_us == round(cold_ms * MS)


@pytest.mark.rule("SIM-PUBLISH", "PRV-09")
def test_a_share_of_the_events_goes_to_a_version_only_when_that_is_published() -> None:
    commands = (at(0), Deploy(at_us=10 * SECOND, weight=0.5), at(11, 20), at(30, 40))
    story = tell(FUNCTION, commands=commands)
    versions = {
        event: story.trace.environments[served.environment].code_version
        for event, served in story.served().items()
    }
    assert {versions[event] for event in range(1, 22)} == {1}
    assert {versions[event] for event in range(22, 62)} == {1, 2}
