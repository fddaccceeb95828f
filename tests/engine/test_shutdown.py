"""Shutdown: who ends whom and when, why environments go, and that nobody pays for it."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    HOUR,
    MINUTE,
    MS,
    SECOND,
    AccountPlan,
    ExtensionPlan,
    FunctionPlan,
    Pattern,
    Reclaim,
)
from lifecycle_tui.engine.worktime import ZERO, WorkTime
from tests.story import FOREVER, at, ms, prompt_account, seconds, tell


def shut_down(*extensions: ExtensionPlan) -> list[tuple[Kind, int, int]]:
    """Return kind, value and milliseconds since its begin of all that happens in Shutdown."""
    function = FunctionPlan("f", extensions=extensions)
    story = tell(function, commands=(at(0), Reclaim(at_us=MINUTE, environment=0)))
    return [
        (record.kind, record.value, (record.time_us - MINUTE) // MS)
        for record in story.records
        if record.time_us >= MINUTE and record.environment == 0
    ][1:]


@pytest.mark.rule("SHUT-02", "SHUT-07")
def test_without_an_extension_the_runtime_is_killed_at_once() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    assert shut_down() == [(Kind.SIGKILL_SENT, 0, 0), (Kind.GONE, 0, 0)]


@pytest.mark.rule("SHUT-05", "SHUT-07")
def test_the_runtime_ends_first_and_then_all_extensions_beside_each_other() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    assert shut_down(
        ExtensionPlan("inside", external=False, shutdown=ms(100)),
        ExtensionPlan("a", shutdown=ms(250)),
        ExtensionPlan("b", shutdown=ms(80)),
    ) == [
        (Kind.SIGTERM_SENT, 0, 0),
        (Kind.RUNTIME_STOPPED, 0, 100),
        (Kind.EXTENSION_STOPPED, 2, 180),
        (Kind.EXTENSION_STOPPED, 1, 350),
        (Kind.GONE, 0, 350),
    ]


@pytest.mark.rule("SHUT-06", "SHUT-08")
def test_a_stubborn_runtime_has_a_third_of_the_time_and_the_extensions_the_rest() -> None:
    """Observed in AWS's emulator, January 2026: 600 ms of 2,000 ms, then SIGKILL."""
    assert shut_down(
        ExtensionPlan("inside", external=False, shutdown=seconds(60)),
        ExtensionPlan("outside", shutdown=seconds(60)),
    ) == [
        (Kind.SIGTERM_SENT, 0, 0),
        (Kind.SIGKILL_SENT, 0, 600),
        (Kind.SIGKILL_SENT, 2, 2_000),
        (Kind.GONE, 0, 2_000),
    ]


@pytest.mark.rule("SHUT-09")
def test_an_extension_without_the_shutdown_event_is_killed_when_the_runtime_has_ended() -> None:
    """Observed in AWS's emulator, January 2026."""
    deaf = ExtensionPlan("deaf", shutdown=seconds(1), on_shutdown=False)
    assert shut_down(deaf) == [
        (Kind.SIGTERM_SENT, 0, 0),
        (Kind.RUNTIME_STOPPED, 0, 0),
        (Kind.SIGKILL_SENT, 1, 0),
        (Kind.GONE, 0, 0),
    ]


@pytest.mark.rule("SHUT-12")
def test_neither_reset_nor_shutdown_is_billed() -> None:
    slow = ExtensionPlan("slow", shutdown=ms(1_500))
    function = FunctionPlan("f", timeout_us=SECOND, extensions=(slow,))
    commands = (at(0, lasting=9), at(20, lasting=0.2), Reclaim(at_us=MINUTE, environment=0))
    story = tell(function, commands=commands)
    assert story.one(Kind.GONE).time_us == MINUTE + 1_500 * MS
    assert story.tally.billed_ms == 1_000 + 200


@pytest.mark.rule("SHUT-01", "LIFE-02")
@pytest.mark.parametrize("busy", [ms(10), seconds(30)], ids=["hardly", "always"])
def test_an_environment_is_retired_by_age_however_busy_it_is(busy: WorkTime) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    account = AccountPlan(placement=ZERO, idle_lifetime=FOREVER, max_lifetime=seconds(7_200))
    load = Pattern(at_us=0, gap_us=30 * SECOND, for_us=5 * HOUR, process="steady")
    function = FunctionPlan("f", timeout_us=60 * SECOND, handler=busy)
    story = tell(function, commands=(load,), account=account)
    assert [r.time_us for r in story.of(Kind.SHUTDOWN_LIFETIME)] == [2 * HOUR, 4 * HOUR]
    assert story.tally.cold == 3


@pytest.mark.rule("SHUT-01")
def test_an_environment_that_gets_no_event_is_shut_down() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    account = prompt_account(idle=seconds(300))
    commands = (at(0), at(299), at(900))
    story = tell(FunctionPlan("f", handler=ZERO), commands=commands, account=account)
    starts = [story.served()[event].start for event in (1, 2, 3)]
    assert starts == [Kind.INVOKE_COLD, Kind.INVOKE_WARM, Kind.INVOKE_COLD]
    assert story.of(Kind.SHUTDOWN_IDLE)[0].time_us == 599 * SECOND


@pytest.mark.rule("SIM-IDLE", "SIM-LIFETIME", "LIFE-07")
def test_idle_time_and_lifetime_are_drawn_evenly_from_their_ranges() -> None:
    story = tell(FunctionPlan("f"), commands=(at(0, 400),), account=AccountPlan())
    idle = sorted(facts.idle_lifetime_us / MINUTE for facts in story.trace.environments)
    life = sorted(facts.max_lifetime_us / HOUR for facts in story.trace.environments)
    for drawn, low, high in ((idle, 5, 15), (life, 2, 6)):
        assert low <= drawn[0]
        assert drawn[-1] <= high
        for quarter in (1, 2, 3):
            expected = low + (high - low) * quarter / 4
            assert drawn[100 * quarter] == pytest.approx(expected, abs=(high - low) * 0.08)


@pytest.mark.rule("SIM-IDLE")
def test_an_idle_environment_goes_when_its_drawn_time_is_over() -> None:
    story = tell(FunctionPlan("f"), commands=(at(0, 20),), account=AccountPlan(), until=3_600)
    for record in story.of(Kind.SHUTDOWN_IDLE):
        facts = story.trace.environments[record.environment]
        frozen = [r for r in story.of(Kind.INVOKE_OK) if r.environment == facts.number]
        assert record.time_us == frozen[-1].time_us + facts.idle_lifetime_us
    assert len(story.of(Kind.SHUTDOWN_IDLE)) == 20
