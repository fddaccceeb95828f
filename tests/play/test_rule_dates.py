"""Rule dates: the same run under other rules, and what differs in a line."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.plan import SECOND, Fire
from lifecycle_tui.play.rule_dates import DATES, TODAY, differences, following, switch_rules
from lifecycle_tui.play.session import Session
from tests.play.plans import plan


def test_the_key_goes_round() -> None:
    assert [following(date, TODAY) for date in DATES] == [DATES[1], DATES[2], DATES[0]]


def test_a_scenarios_own_date_is_one_of_them() -> None:
    assert following("2024-06-01", "2025-01-01") == "2025-01-01"
    assert following("2025-01-01", "2025-01-01") == TODAY


def test_the_run_is_made_again_and_live_commands_stay() -> None:
    session = Session(plan(Fire(at_us=0)))
    session.player.seek(2 * SECOND)
    session.fire()
    session.player.pause()
    at_us, live = session.at_us, session.live
    note = switch_rules(session)
    assert session.plan.rules_date == session.base.rules_date == DATES[0]
    assert (session.at_us, session.live) == (at_us, live)
    assert note.text == "2023 rules, whole run: billed 600 ms instead of 1,620 ms"
    assert switch_rules(session).text == "2024 rules: nothing differs in this run"
    assert (
        switch_rules(session).text == "today's rules, whole run: billed 1,620 ms instead of 600 ms"
    )


def test_a_burst_that_the_old_limit_took_at_once_is_refused_in_part_today() -> None:
    story = plan(Fire(at_us=0, count=1_500))
    function = replace(story.functions[0], reserved_concurrency=None)
    account = replace(story.account, concurrency=5_000)
    session = Session(replace(story, functions=(function,), account=account))
    assert "429 0 instead of 500" in switch_rules(session).text
    assert "429 500 instead of 0" in switch_rules(session).text


def test_differences_come_in_order_of_weight() -> None:
    base = dict.fromkeys(
        ("billed_ms", "throttles", "timeouts", "cold_starts", "reinits", "errors"), 0
    )
    assert differences(base, base) == ""
    found = differences(base, base | {"billed_ms": 1_200, "timeouts": 2})
    assert found == "billed 1,200 ms instead of 0 ms · timeouts 2 instead of 0"
