"""What would have made the difference: hand-made stories, and random ones run again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.downstream_plan import Connect, DownstreamKind, DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Command,
    Crash,
    Deploy,
    Fire,
    Outcome,
    Plan,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.engine.source_plan import AsyncPlan, QueuePlan
from lifecycle_tui.engine.worktime import Constant, CpuAndWait
from lifecycle_tui.play.contrasts import contrasts
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Start
from tests.readings.runs import ACCOUNT, WEB_API, fire, plan_of, read

QUICK = replace(WEB_API, extensions=(), init_function=Constant(0), init_runtime=Constant(0))
"""Placement 100 ms, no Init, handler 180 ms, timeout 3 s."""


WARM = "#{} would have been WARM. †"


def told(plan: Plan, event: int) -> list[str]:
    return [contrast.words for contrast in contrasts(read(plan), event)]


def story(*commands: Command, **changes: object) -> Plan:
    function = replace(WEB_API, **changes)  # type: ignore[arg-type]
    return plan_of(*commands, function=function)


# Starts. The first event is cold and done at 1.3 s: 100 + 1,020 + 180 ms.


def test_nothing_is_said_of_an_event_that_was_warm_and_well() -> None:
    assert told(story(fire(0), fire(5)), 2) == []


def test_nothing_is_said_where_nothing_small_would_have_helped() -> None:
    plan = story(fire(0, outcome=Outcome.ERROR), fire(5, outcome=Outcome.EXIT), fire(9))
    assert told(plan, 2) == []
    assert told(plan, 3) == []


def test_the_first_event_would_have_found_provisioned_concurrency() -> None:
    assert told(story(fire(0)), 1) == ["With provisioned concurrency 1, #1 would have been PRE."]


def test_a_busy_environment_free_a_little_earlier_or_the_event_later() -> None:
    assert told(story(fire(0), fire(1.2)), 2) == [
        "Had e1 been free 100 ms earlier (#1's handler that much shorter), " + WARM.format(2),
        "Had #2 come 100 ms later, it would have been WARM. †",
        "With provisioned concurrency 1, #2 would have been WARM.",
    ]


def test_no_assumption_is_at_work_where_the_other_event_was_warm() -> None:
    assert told(story(fire(0), fire(5), fire(5.1)), 3)[:2] == [
        "Had e1 been free 80 ms earlier (#2's handler that much shorter), #3 would have been WARM.",
        "Had #3 come 80 ms later, it would have been WARM.",
    ]


def test_one_event_of_a_burst_comes_later_and_keeps_its_number() -> None:
    (contrast, *_) = contrasts(read(story(fire(0, 3))), 2)
    # 1.3 s to the end of #1, told in steps of 10 ms.
    assert contrast.words == "Had #2 come 1.3 s later, it would have been WARM. †"
    index = read(contrast.change.applied(story(fire(0, 3))))
    assert [invocation_at(index, n).start for n in (1, 2, 3)] == [
        Start.COLD,
        Start.WARM,
        Start.COLD,
    ]
    assert invocation_at(index, 2).arrived_us == contrast.time_us == 1_300 * MS


def test_an_environment_that_was_reclaimed() -> None:
    # e1 is idle from 1.3 s to 601.3 s; in that instant it is gone already.
    assert told(story(fire(0), fire(610)), 2) == [
        "With provisioned concurrency 1, #2 would have been WARM.",
        "Had Lambda kept idle environments 8.71 s longer †, #2 would have been WARM.",
        "Had #2 come 8.71 s earlier, it would have been WARM. †",
    ]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Deploy(at_us=5 * SECOND), "new code was deployed to web-api"),
        (Reclaim(at_us=5 * SECOND, environment=0), "e1 was taken back"),
        (
            SetConfig(at_us=5 * SECOND, changes=(("memory_mb", 1024),)),
            "web-api was configured: memory 1024 MB",
        ),
    ],
)
def test_an_input_that_took_the_environment_away(command: Command, words: str) -> None:
    assert told(story(fire(0), command, fire(10)), 2)[0] == (
        f"Without the input at 5.00 s ({words}), #2 would have been WARM."
    )


def test_spillover_is_spared_by_one_more_provisioned_environment() -> None:
    plan = story(fire(0, 2), provisioned_concurrency=1)
    assert "With provisioned concurrency 2, #2 would have been PRE." in told(plan, 2)


def test_provisioned_concurrency_that_a_command_asks_for_comes_after_an_assumed_delay() -> None:
    account = replace(ACCOUNT, provisioning_delay=Constant(60 * SECOND))
    plan = plan_of(Provision(at_us=0, count=1), fire(100, 2), account=account)
    assert "With provisioned concurrency 2, #2 would have been PRE. †" in told(plan, 2)


def test_a_crash_behind_a_reinit() -> None:
    plan = story(fire(0), Crash(at_us=5 * SECOND, environment=0), fire(10))
    assert told(plan, 2) == [
        "Without the input at 5.00 s (the runtime in e1 was killed), #2 would have been WARM."
    ]


def test_a_timeout_behind_a_reinit() -> None:
    # 5.5 s of 3 s: 6 s would do, and so would 2.5 s less.
    plan = story(fire(0), fire(5, lasting=5.5), fire(20))
    assert told(plan, 3) == [
        "With a timeout of 6 s, #3 would have been WARM.",
        "Had #2's handler been 2.5 s shorter, #3 would have been WARM.",
    ]


def test_a_restore_is_spared_like_any_other_wait() -> None:
    plan = replace(
        plan_of(fire(0), fire(0.4), function=replace(QUICK, snap_start=True)),
        account=replace(ACCOUNT, placement=Constant(100 * MS)),
    )
    # Placement 100, restore 200, handler 180 ms: free at 480 ms.
    assert told(plan, 2) == [
        "Had e2 been free 80 ms earlier (#1's handler that much shorter), " + WARM.format(2),
        "Had #2 come 80 ms later, it would have been WARM. †",
    ]


def test_a_first_init_over_ten_seconds() -> None:
    plan = plan_of(
        fire(0),
        function=replace(QUICK, init_function=Constant(11 * SECOND), timeout_us=60 * SECOND),
    )
    assert "With provisioned concurrency 1, #1 would have been PRE." in told(plan, 1)


# Ends.


def test_a_timeout() -> None:
    plan = story(fire(0), fire(5, lasting=4.2))
    assert told(plan, 2) == [
        "With a timeout of 5 s, #2 would have been done after 4.2 s.",
        "Had #2's handler been 1.2 s shorter, it would have been done after 3 s.",
    ]


def test_a_timeout_that_a_command_set_is_changed_there() -> None:
    changed = SetConfig(at_us=2 * SECOND, changes=(("timeout_us", 1 * SECOND),))
    (contrast, *_) = contrasts(read(story(fire(0), changed, fire(5, lasting=1.5))), 2)
    assert contrast.words == "With a timeout of 2 s, #2 would have been done after 1.5 s."
    plan = contrast.change.applied(story(fire(0), changed, fire(5, lasting=1.5)))
    assert plan.functions == story().functions
    assert dict(plan.commands[1].changes) == {"timeout_us": 2 * SECOND}  # type: ignore[attr-defined]


def test_a_timeout_of_code_that_computes_with_little_memory() -> None:
    work = CpuAndWait(Constant(500 * MS), Constant(0))
    function = replace(QUICK, handler=work, memory_mb=256, timeout_us=3 * SECOND)
    # 500 ms with 1,769 MB is 3,455 ms with 256 MB, and 2,764 ms with 320 MB.
    assert "With 320 MB of memory †, #1 would have been done after 2.764 s." in told(
        plan_of(fire(0), function=function), 1
    )


def test_init_that_uses_up_the_timeout_after_a_reset() -> None:
    plan = story(fire(0), fire(376, lasting=5), fire(381), init_function=Constant(2_760 * MS))
    # Re-init takes 2,980 + 40 = 3,020 ms of 3 s; the handler 180 ms more.
    assert told(plan, 3) == [
        "With a timeout of 4 s, #3 would have been done after 3.2 s.",
        "With a timeout of 5 s, #3 would have been WARM.",
        "Had Init been 200 ms shorter, #3 would have been done after 3 s.",
    ]


def test_memory_that_ran_out() -> None:
    function = replace(QUICK, memory_mb=128, memory_used_mb=200)
    assert told(plan_of(fire(0), function=function), 1)[0] == (
        "With 200 MB of memory, #1 would have been done after 180 ms. †"
    )


def test_room_in_tmp() -> None:
    function = replace(QUICK, handler_tmp_mb=300)
    assert told(plan_of(fire(0), fire(5), function=function), 2) == [
        "With 600 MB of /tmp, #2 would have been done after 180 ms. †"
    ]


def test_a_database_that_refuses() -> None:
    use = UsePlan("db", connect=Connect.HANDLER)
    plan = replace(
        plan_of(fire(0, 3), function=replace(QUICK, uses=(use,))),
        downstreams=(DownstreamPlan("db", connections=2, query=Constant(5 * MS)),),
    )
    words = told(plan, 3)
    assert "Had db let in 3 connections, #3 would have been done after 185 ms. †" in words
    assert any(line.startswith("With a proxy in front of db, #3 would have been") for line in words)


def test_a_proxy_with_too_few_connections() -> None:
    use = UsePlan("proxy", connect=Connect.HANDLER)
    plan = replace(
        plan_of(fire(0, 2), function=replace(QUICK, uses=(use,))),
        downstreams=(
            DownstreamPlan("db", connections=20, query=Constant(50 * MS)),
            DownstreamPlan("proxy", kind=DownstreamKind.PROXY, connections=1, to="db"),
        ),
    )
    assert "Had proxy held 2 connections, #2 would not have had to wait. †" in told(plan, 2)


def test_a_snapshot_whose_hooks_take_too_long() -> None:
    function = replace(QUICK, snap_start=True, restore_hooks=Constant(12 * SECOND))
    assert told(plan_of(fire(0), function=function), 1) == [
        "Had its after-restore hooks taken 2 s less, #1 would have been done after 180 ms."
    ]


# Refusals.


def test_a_refusal_for_want_of_reserved_concurrency() -> None:
    plan = story(fire(0), fire(1.2), reserved_concurrency=1)
    words = told(plan, 2)
    assert "With reserved concurrency 2, #2 would not have been throttled, but COLD." in words
    assert "Had #2 come 100 ms later, it would not have been throttled, but WARM. †" in words


def test_a_refusal_for_want_of_the_accounts_concurrency() -> None:
    plan = plan_of(fire(0, 11), account=replace(ACCOUNT, concurrency=10))
    assert told(plan, 11)[-1] == (
        "With 11 units of concurrency in the account, #11 would not have been throttled, but COLD."
    )


def test_a_refusal_for_too_many_a_second() -> None:
    # One unit allows ten a second: the eleventh waits for the next second.
    function = replace(QUICK, handler=Constant(1 * MS), reserved_concurrency=1)
    shots = [Fire(at_us=SECOND + n * 50 * MS) for n in range(11)]
    plan = plan_of(fire(0), *shots, function=function)
    assert told(plan, 12)[0] == (
        "Had #12 come 500 ms later, it would not have been throttled, but WARM."
    )


# Sources.


def test_a_gateway_that_gave_up() -> None:
    function = replace(QUICK, timeout_us=60 * SECOND)
    slow = Fire(at_us=5 * SECOND, source="api-gateway", duration=Constant(30 * SECOND))
    plan = plan_of(Fire(at_us=0, source="api-gateway"), slow, function=function)
    # It gives up after 29 s; the answer has to be there before that.
    words = "it would have been answered before its caller gave up."
    assert told(plan, 2) == [f"Had #2's handler been 1.01 s shorter, {words}"]


def test_a_message_received_again_because_another_one_failed() -> None:
    queue = QueuePlan("orders", batch_size=2, window_us=SECOND, dead_letter="dlq", max_receives=2)
    plan = replace(
        plan_of(
            Fire(at_us=0, source="orders"),
            Fire(at_us=100 * MS, source="orders", outcome=Outcome.ERROR),
            function=QUICK,
        ),
        sources=(queue,),
    )
    assert told(plan, 1)[0] == (
        "Had orders's mapping reported batch item failures, #1 would have been received once only."
    )


def test_an_event_that_became_too_old() -> None:
    function = replace(
        QUICK,
        handler=Constant(20 * SECOND),
        timeout_us=60 * SECOND,
        reserved_concurrency=1,
        asynchronous=AsyncPlan(max_age_us=10 * SECOND),
    )
    plan = plan_of(Fire(at_us=0, source="s3"), Fire(at_us=SECOND, source="s3"), function=function)
    # e1 is busy to 20.1 s. Attempts at 1, 2, 4, 8, 16 and 32 s: the age then is 31 s.
    words = "With a maximum event age of 32 s, #2 would have been handled in the end."
    assert words in told(plan, 2)


def test_no_retry_is_offered_beyond_what_aws_allows() -> None:
    plan = plan_of(Fire(at_us=0, source="s3", outcome=Outcome.ERROR), function=QUICK)
    assert not any("retr" in words for words in told(plan, 1))


def test_one_retry_more_where_the_handler_fails_by_chance() -> None:
    function = replace(
        QUICK, handler_error_rate=0.5, asynchronous=AsyncPlan(max_retries=0, dead_letter="dlq")
    )
    plan = plan_of(Fire(at_us=0, count=20, source="s3"), function=function)
    index = read(plan)
    helped = [
        event for event in range(1, 21) if any("With 1 retry" in w for w in told(plan, event))
    ]
    more = read(
        plan_of(
            Fire(at_us=0, count=20, source="s3"),
            function=replace(function, asynchronous=AsyncPlan(max_retries=1, dead_letter="dlq")),
        )
    )
    failed = [n for n in range(1, 21) if invocation_at(index, n).status == "error"]
    healed = [n for n in failed if invocation_at(more, n).status == "ok"]
    assert healed
    assert helped == healed
