"""Two versions in words: who serves, why the other could not, and what moved."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import SCALED, Kind
from lifecycle_tui.engine.plan import (
    MINUTE,
    SECOND,
    Command,
    Deploy,
    Pattern,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.environments import environment_rows
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.logs import log_lines
from lifecycle_tui.readings.model import Start
from lifecycle_tui.readings.summary import summary_of, summary_of_tally
from lifecycle_tui.readings.versions import Versions, versions_at
from lifecycle_tui.readings.why import command_words, why_event, why_record
from tests.readings.runs import fire, plan_of, story, traced

HALF = Deploy(at_us=10 * SECOND, weight=0.5)


def shift(second: float, weight: float) -> Shift:
    """Return another weight."""
    return Shift(at_us=round(second * SECOND), weight=weight)


def first_of(index: Index, version: int) -> int:
    """Return the first event that a version served."""
    return next(
        each.event
        for each in invocations(index)
        if index.trace.environments[each.environment].code_version == version
    )


def canary(*more: Command) -> Index:
    """Return a function that was warm when half of its events went to a new version."""
    events = [fire(20 + 3 * number) for number in range(6)]
    return story(fire(0), HALF, *events, *more, handler_tmp_mb=0)


@pytest.mark.rule("PRV-01", "PRV-09")
def test_start_lines_show_the_version_that_ran() -> None:
    """WE-C24. https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html."""
    index = canary()
    lines = [line for line in log_lines(index) if line.text.startswith("START")]
    ran = {
        each.event: index.trace.environments[each.environment].code_version
        for each in invocations(index)
    }
    assert set(ran.values()) == {1, 2}
    for line in lines:
        assert line.text.endswith(f"Version: {ran[line.event]}")


def test_a_function_without_an_alias_still_runs_latest() -> None:
    index = story(fire(0), Deploy(at_us=SECOND), fire(5))
    starts = [line.text for line in log_lines(index) if line.text.startswith("START")]
    assert all(text.endswith("Version: $LATEST") for text in starts)


def test_a_cold_start_of_the_newer_version_is_explained_by_the_weights() -> None:
    index = canary()
    event = first_of(index, 2)
    told = why_event(index, event)
    assert f"e1 runs version 1, and the alias sent #{event} to version 2" in told.answer
    assert {"PRV-09", "PRV-01"} <= set(told.rules)
    assert "LIFE-08" not in told.rules


def test_the_other_versions_idle_environment_is_not_among_those_that_were_idle_too() -> None:
    index = canary()
    for each in invocations(index):
        if each.start is Start.WARM:
            assert "idle too" not in " ".join(c.words for c in why_event(index, each.event).causes)


def test_after_the_move_the_old_environments_are_why_the_event_is_cold() -> None:
    index = story(fire(0), HALF, shift(11, 1), fire(20))
    told = why_event(index, 2)
    assert "e1 was shut down at 11.00 s because the alias moved to another version" in told.answer


def test_a_version_that_was_taken_back_has_old_code() -> None:
    index = canary(fire(40, 30, lasting=2), shift(40.5, 0), fire(41, 40))
    told = why_event(index, len(index.events))
    assert "had the old code and were to serve no further event" in told.answer


def test_a_setting_makes_only_the_newer_version_old() -> None:
    change = SetConfig(at_us=15 * SECOND, changes=(("memory_mb", 1_024),))
    index = story(fire(0), HALF, change, *[fire(20 + 3 * n, lasting=2) for n in range(6)])
    answer = why_event(index, first_of(index, 2)).answer
    assert "e1 runs version 1" in answer
    assert "configuration" not in answer


def test_commands_in_words() -> None:
    plan = plan_of(HALF, shift(1, 0.25), shift(2, 0))
    assert [command_words(plan, command) for command in plan.commands] == [
        "new code was deployed to web-api for 50 % of its events",
        "25 % of web-api's events were moved to its newer version",
        "web-api's newer version was taken back",
    ]


def test_an_environment_says_why_it_is_gone() -> None:
    rows = environment_rows(story(fire(0), HALF, shift(11, 1), until=60))
    assert [row.gone_reason for row in rows] == ["alias moved"]


def test_the_versions_at_a_time() -> None:
    index = story(HALF, shift(20, 0.7), shift(30, 1), Deploy(at_us=40 * SECOND), until=60)
    found = [versions_at(index, 0, second * SECOND) for second in (5, 15, 25, 35, 45)]
    assert [(each.live, each.weight) for each in found] == [
        ((1,), 0.0), ((1, 2), 0.5), ((1, 2), 0.7), ((2,), 0.0), ((3,), 0.0),
    ]  # fmt: skip
    assert Versions(1, 2, 0.5, 2).after(shift(1, 0)) == Versions(1, latest=2)


SCALING = Autoscaling(1, 50, 0.7, (ScheduledAction(30 * MINUTE, 20, 50),))


def scaled() -> Index:
    """Return a run that target tracking and a schedule have followed."""
    load = Pattern(at_us=0, gap_us=1e6, for_us=5 * MINUTE, process="steady")
    late = Pattern(at_us=10 * MINUTE, gap_us=30e6, for_us=16 * MINUTE, process="steady")
    return story(
        load,
        late,
        until=40 * 60,
        provisioned_concurrency=2,
        handler=Constant(2 * SECOND),
        autoscaling=SCALING,
        handler_tmp_mb=0,
    )


@pytest.mark.rule("PRV-10", "PRV-12")
def test_auto_scaling_tells_its_data_points() -> None:
    index = scaled()
    told = [
        why_record(index, record)
        for record in range(len(index.times))
        if index.kind(record) in SCALED
    ]
    words = [each.causes[0].words for each in told]
    assert words[0] == (
        "Target tracking set web-api's provisioned concurrency to 3: its utilisation was 1, 1 and"
        " 1 in three minutes, above the target of 0.7 †."
    )
    assert any("for 15 minutes, below 90 % of the target (0.63) †." in each for each in words)
    assert words[-1] == (
        "The schedule had an action at 1800.00 s: web-api's provisioned concurrency is 20."
    )
    assert told[0].question == "Why did web-api get more provisioned concurrency at 180.00 s?"


def test_what_auto_scaling_provides_is_charged() -> None:
    index = scaled()
    run, _ = traced(index.plan)
    assert summary_of(index) == summary_of_tally(run.tally, run.plan, run.ended_us)
    assert index.kind(len(index.times) - 1) is Kind.SCENARIO_END


@pytest.mark.rule("PRV-09")
def test_why_a_canarys_first_event_is_cold_leads_back_to_the_deploy() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html."""
    canary = Deploy(at_us=2 * SECOND, weight=0.5)
    index = story(*(fire(2 * second) for second in range(9)), canary)
    cold = next(each for each in invocations(index)[1:] if each.start is Start.COLD)
    told = [cause.words for cause in why_event(index, cold.event).causes]
    deployed = "Input: new code was deployed to web-api for 50 % of its events."
    assert deployed in told
    assert told.index(deployed) < len(told) - 1, "the chain still ends in what sent the event"
