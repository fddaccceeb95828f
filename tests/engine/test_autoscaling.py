"""Auto scaling of provisioned concurrency: by utilisation, minute by minute, and by schedule."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import SCALED, Kind
from lifecycle_tui.engine.plan import HOUR, MINUTE, SECOND, Command, FunctionPlan, Pattern
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.engine.trace import Record
from tests.story import Story, at, prompt_account, seconds, tell

TRACKED = Autoscaling(least=1, most=50, target=0.7)


def story_of(
    *commands: Command,
    scaling: Autoscaling = TRACKED,
    provisioned: int = 10,
    until: float | None = 3_600,
    delay: float = 0,
) -> Story:
    """Run commands on a function that auto scaling looks after."""
    function = FunctionPlan(
        "f",
        timeout_us=900 * SECOND,
        handler=seconds(10),
        provisioned_concurrency=provisioned,
        autoscaling=scaling,
    )
    account = prompt_account(delay=seconds(delay))
    return tell(function, commands=commands, account=account, until=until)


def every_minute(busy: int, first: int, minutes: int) -> tuple[Command, ...]:
    """Return so many events at once in each of some minutes, for ten seconds."""
    return tuple(at(60 * minute + 5, busy) for minute in range(first, first + minutes))


def scaled(story: Story) -> list[tuple[float, Kind, int]]:
    """Return what auto scaling did: minute, kind, new number."""
    return [(r.time_us / MINUTE, r.kind, r.value) for r in story.of(*SCALED)]


@pytest.mark.rule("PRV-10", "SIM-TRACKING")
def test_three_minutes_above_the_target_ask_for_more() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    story = story_of(*every_minute(8, 0, 4), until=300)
    assert scaled(story) == [(3, Kind.AUTOSCALED_OUT, 12)]
    assert [r.value for r in story.of(Kind.PROVISION_READY)] == [10, 2]


@pytest.mark.rule("PRV-10")
@pytest.mark.parametrize("busy", [[8, 8], [8, 7, 8, 8, 7], [8, 0, 8, 8, 0, 8]])
def test_anything_less_than_three_in_a_row_asks_for_nothing(busy: list[int]) -> None:
    events = tuple(at(60 * minute + 5, count) for minute, count in enumerate(busy) if count)
    assert scaled(story_of(*events, until=60 * len(busy) + 60)) == []


def test_at_the_target_nothing_is_asked_for() -> None:
    assert scaled(story_of(*every_minute(7, 0, 10), until=600)) == []


def test_what_is_asked_for_stays_between_the_limits() -> None:
    scaling = Autoscaling(least=8, most=11, target=0.5)
    story = story_of(
        *every_minute(10, 0, 4), *every_minute(1, 10, 20), scaling=scaling, until=2_000
    )
    assert [value for _, _, value in scaled(story)] == [11, 8]


def test_nothing_more_is_asked_for_while_an_allocation_is_under_way() -> None:
    story = story_of(*every_minute(10, 0, 9), delay=150, until=540)
    assert [(minute, value) for minute, _, value in scaled(story)] == [(3, 15)]
    assert story.of(Kind.PROVISION_READY)[-1].value == 5


@pytest.mark.rule("SIM-TRACKING-IN", "PRV-10")
def test_fifteen_minutes_far_below_the_target_take_some_away() -> None:
    story = story_of(*every_minute(2, 0, 16), until=960)
    assert scaled(story) == [(15, Kind.AUTOSCALED_IN, 3)]
    assert len(story.of(Kind.SHUTDOWN_PROVISION)) == 7


@pytest.mark.rule("SIM-TRACKING-IN")
def test_between_90_per_cent_of_the_target_and_the_target_all_stays() -> None:
    scaling = Autoscaling(least=1, most=50, target=0.8)
    assert scaled(story_of(*every_minute(8, 0, 20), scaling=scaling, until=1_200)) == []
    scaling = Autoscaling(least=1, most=50, target=0.85)
    assert scaled(story_of(*every_minute(8, 0, 20), scaling=scaling, until=1_200)) == []


@pytest.mark.rule("PRV-10")
def test_without_data_nothing_is_taken_away() -> None:
    """An idle function has no data points: INSUFFICIENT_DATA.

    https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
    """
    assert scaled(story_of(*every_minute(2, 0, 14), until=2 * 3_600)) == []


def test_an_invocation_that_goes_on_counts_in_every_minute() -> None:
    story = story_of(at(5, 9, lasting=400), until=240)
    assert scaled(story)[:1] == [(3, Kind.AUTOSCALED_OUT, 13)]


def test_a_rising_load_is_followed_in_steps() -> None:
    """Utilisation cannot exceed 1, so each step is at most 1 / target of the one before."""
    counts = [value for _, _, value in scaled(story_of(*every_minute(40, 0, 30), until=1_800))]
    assert counts == [15, 22, 32, 46, 50]


def test_the_data_points_are_its_causes() -> None:
    story = story_of(*every_minute(8, 0, 4), until=240)
    record: Record = story.one(Kind.AUTOSCALED_OUT)
    causes = [story.records[number] for number in record.causes]
    assert [cause.kind for cause in causes] == [Kind.INVOKE_WARM, Kind.INVOKE_PRE]
    assert [cause.time_us // MINUTE for cause in causes] == [2, 0]
    assert story.of(Kind.PROVISION_STARTED)[-1].causes == (record.number,)


@pytest.mark.rule("PRV-12")
def test_scheduled_actions_move_the_limits_again_and_again() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    scaling = Autoscaling(
        least=1,
        most=50,
        scheduled=(
            ScheduledAction(1 * HOUR, 20, 50, 24 * HOUR),
            ScheduledAction(10 * HOUR, 1, 4, 24 * HOUR),
        ),
    )
    story = story_of(scaling=scaling, provisioned=1, until=49 * 3_600)
    hours = [(r.time_us // HOUR, r.value) for r in story.of(*SCALED)]
    assert hours == [(1, 20), (10, 4), (25, 20), (34, 4), (49, 20)]


def test_a_clock_that_is_looked_at_keeps_no_run_from_ending() -> None:
    scaling = Autoscaling(1, 5, 0.7, (ScheduledAction(HOUR, 2, 5, HOUR),))
    story = story_of(at(1), scaling=scaling, provisioned=1, until=None)
    assert story.records[-1].kind is Kind.SCENARIO_END
    assert story.records[-1].time_us == 11 * SECOND
    later = story_of(at(1), at(5_000), scaling=scaling, provisioned=1, until=None)
    assert scaled(later) == [(60, Kind.SCHEDULED, 2)]


def test_events_beyond_what_is_provisioned_spill_until_it_has_followed() -> None:
    pattern = Pattern(at_us=0, gap_us=1e6 / 2, for_us=20 * MINUTE, process="steady")
    story = story_of(pattern, until=1_200)
    spilled = [r.time_us for r in story.of(Kind.INVOKE_COLD, Kind.INVOKE_WARM) if r.value]
    assert spilled
    assert max(spilled) < 12 * MINUTE
