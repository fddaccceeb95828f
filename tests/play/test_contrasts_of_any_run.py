"""Contrasts of any run: each makes the difference, and looking for them changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given

from lifecycle_tui.engine.downstream_plan import Connect, DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import (
    HOUR,
    MS,
    SECOND,
    Amendment,
    Fire,
    Pattern,
    Plan,
    Prewarm,
    SetConfig,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.source_plan import QueuePlan
from lifecycle_tui.engine.trace import STRIDE, Trace
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.contrasts import Trials, candidates, contrasts, cut, search
from lifecycle_tui.readings.index import Index
from tests.play.test_contrasts import QUICK, story, told
from tests.readings.runs import MANY, WEB_API, fire, plan_of, read
from tests.strategies import plans

SLOW_QUERY = replace(
    plan_of(
        fire(0),
        function=replace(
            QUICK,
            snap_start=True,
            restore_hooks=Constant(12 * SECOND),
            uses=(UsePlan("db", connect=Connect.HANDLER),),
        ),
    ),
    downstreams=(DownstreamPlan("db", query=Constant(1_300 * MS)),),
)
"""The handler needs 1.48 s, of which its own time says 180 ms."""

INIT_BEYOND_TIMEOUT = plan_of(
    fire(0, lasting=9),
    function=replace(WEB_API, init_function=Constant(12 * SECOND), timeout_us=SECOND),
    rules_date="2023-01-01",
)
"""Init is abandoned after 10 s and run again for 12 s, which no timeout limited then."""


def traced(plan: Plan) -> Trace:
    trace = run(plan).trace
    assert trace is not None
    return trace


@MANY
@example(SLOW_QUERY)
@example(INIT_BEYOND_TIMEOUT)
@given(plans())
def test_every_contrast_makes_the_difference_and_a_step_less_does_not(plan: Plan) -> None:
    index = read(plan)
    for event in range(1, min(len(index.events), 6) + 1):
        for contrast in contrasts(index, event):
            # The whole plan, not only as far as was needed to tell.
            after = read(contrast.change.applied(plan))
            reached = contrast.goal.reached(after)
            assert reached is not None, contrast
            assert (reached.result, reached.event) == (contrast.result, contrast.event)
            assert reached.time_us == contrast.time_us
            assert contrast.goal.reached(index) is None
            if contrast.smaller is not None:
                less = read(contrast.smaller.applied(plan))
                assert contrast.goal.reached(less) is None, contrast


def test_a_run_goes_on_for_a_handler_that_takes_longer_than_its_own_time() -> None:
    assert told(SLOW_QUERY, 1) == [
        "Had its after-restore hooks taken 2 s less, #1 would have been done after 1.48 s."
    ]


def test_a_run_goes_on_for_an_init_that_takes_longer_than_the_timeout() -> None:
    assert told(INIT_BEYOND_TIMEOUT, 1)[0] == (
        "With a timeout of 9 s, #1 would have been done after 21.26 s."
    )


def test_an_event_that_waits_in_its_queue_is_no_better_off() -> None:
    # 1 ms later it finds others of its group before it, and is WARM after 3 s.
    function = replace(QUICK, handler=Constant(SECOND))
    plan = replace(
        plan_of(Fire(at_us=0, count=8, source="orders"), function=function),
        sources=(QueuePlan("orders", fifo=True, groups=2, batch_size=1),),
    )
    assert told(plan, 2)[0] == "Had #2 come 2.1 s later, it would have been WARM. †"


@MANY
@given(plans())
def test_a_plan_that_is_cut_short_begins_as_the_whole_one_does(plan: Plan) -> None:
    whole = traced(plan)
    until_us = whole.times[len(whole) // 2]
    part = traced(cut(plan, until_us))
    same = len(part) - 1  # without the record of the end
    assert part.to_bytes()[: same * STRIDE * 8] == whole.to_bytes()[: same * STRIDE * 8]
    assert same >= whole.last_at(until_us) - 1


@MANY
@given(plans())
def test_an_amendment_of_nothing_changes_nothing(plan: Plan) -> None:
    amended = tuple(
        replace(command, amended=(Amendment(0),))
        if isinstance(command, Fire | Pattern)
        else command
        for command in plan.commands
    )
    assert traced(replace(plan, commands=amended)).to_bytes() == traced(plan).to_bytes()


def test_an_event_that_comes_later_leaves_all_others_as_they_are() -> None:
    plan = story(Fire(at_us=0, count=4, over_us=40 * SECOND))
    command = replace(plan.commands[0], amended=(Amendment(1, later_us=15 * SECOND),))  # type: ignore[call-arg]
    before, after = read(plan), read(replace(plan, commands=(command,)))
    for event in (1, 3, 4):
        arrival = before.events[event - 1].arrival
        later = after.events[event - 1].arrival
        assert before.times[arrival] == after.times[later]
        assert before.values[arrival] == after.values[later]
    assert after.times[after.events[1].arrival] == 25 * SECOND


def test_no_more_is_run_than_there_is_time_for() -> None:
    plan = story(fire(0, 30))
    index = read(plan)
    trials = Trials(plan, runs=3)
    searching = search(candidates(index, 20), trials)
    assert len(list(searching)) == 3
    assert trials.runs_left == 0


def test_what_is_not_known_yet_is_not_told() -> None:
    index = read(story(fire(0), fire(1.2)))
    early = candidates(index, 2, now_us=1_250 * MS)
    assert not any("been free" in one.told(1_000) for one in early)
    late = candidates(index, 2, now_us=1_300 * MS)
    assert any("been free" in one.told(1_000) for one in late)
    assert candidates(index, 2, now_us=1_100 * MS) == []


def test_a_search_can_be_left_at_any_time() -> None:
    plan = story(fire(0, 10))
    trials = Trials(plan)
    searching = search(candidates(read(plan), 5), trials)
    next(searching)
    searching.close()
    assert trials.runs_left == 119


def test_a_prewarm_and_a_long_life_are_no_contrast() -> None:
    plan = story(Prewarm(at_us=0), fire(10))
    assert told(plan, 1) == []


def test_another_functions_configuration_is_left_alone() -> None:
    other = replace(QUICK, name="other")
    changed = SetConfig(at_us=SECOND, function=1, changes=(("timeout_us", HOUR),))
    plan = replace(plan_of(fire(0), changed, fire(5, lasting=4.2)), functions=(WEB_API, other))
    (contrast, *_) = contrasts(read(plan), 2)
    assert contrast.change.applied(plan).functions[0].timeout_us == 5 * SECOND
    assert contrast.change.applied(plan).functions[1] == other


def test_contrasts_read_the_run_and_leave_it_alone() -> None:
    plan = story(fire(0), fire(1.2))
    index = read(plan)
    before = index.trace.to_bytes()
    contrasts(index, 2)
    assert Index(index.trace).trace.to_bytes() == before
