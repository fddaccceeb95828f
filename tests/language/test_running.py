"""Lines carried out: the same as the keys do."""

from __future__ import annotations

from typing import Final

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Pattern, SetConfig
from lifecycle_tui.language.running import LineError, run_line, wait_until
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from tests.play.plans import COLD_US, plan

SCRIPT: Final = ("fire", "wait until idle", "set timeout=5s", "fire count=3", "wait 1m", "step")


def session() -> Session:
    return Session(plan())


def test_a_line_does_what_a_key_does() -> None:
    by_line, by_key = session(), session()
    run_line(by_line, "fire")
    by_key.fire()
    assert by_line.live == by_key.live
    assert by_line.player.playing == by_key.player.playing


def test_a_script_is_the_same_every_time() -> None:
    first, second = session(), session()
    notes = [[run_line(one, line) for line in SCRIPT] for one in (first, second)]
    assert notes[0] == notes[1]
    assert [first.trace[n] for n in range(len(first.trace))] == [
        second.trace[n] for n in range(len(second.trace))
    ]


def test_waiting_until_idle_stops_where_nothing_is_busy() -> None:
    one = session()
    assert run_line(one, "wait until idle") == Note("it is idle already")
    run_line(one, "fire")
    note = run_line(one, "wait until idle")
    assert one.at_us == COLD_US
    assert note.text == "idle after 1.42 s"
    assert run_line(one, "wait until idle") == Note("it is idle already")


def test_waiting_goes_beyond_what_was_computed() -> None:
    one = session()
    run_line(one, "wait 10h")
    assert one.at_us == 36_000 * SECOND
    run_line(one, "fire")
    assert one.live[-1].at_us == one.at_us


def test_waiting_is_bounded() -> None:
    one = session()
    run_line(one, "wait 366d")
    assert run_line(one, "wait 1s").refused


def test_a_condition_is_looked_at_where_something_happens() -> None:
    one = session()
    run_line(one, "fire")
    note = wait_until(one, lambda now: len(now.trace.environments) > 0 and now.at_us > 0, "there")
    assert one.at_us == 100_000
    assert note.text == "there: after 100 ms"
    before = (one.at_us, one.player.edge_us)
    assert wait_until(one, lambda _: False, "never").refused
    assert (one.at_us, one.player.edge_us) == before


def test_waiting_until_an_expression_holds() -> None:
    one = session()
    run_line(one, "burst 3")
    note = run_line(one, "wait until count(inv, done) == 3")
    assert note.text == "count(inv, done) == 3: after 1.42 s"
    assert run_line(one, "wait until count(inv) == 3").text.endswith("holds already")
    assert run_line(one, "wait until count(inv) == 4").refused
    with pytest.raises(LineError) as caught:
        run_line(one, "wait until  count(inx) == 3")
    assert caught.value.column == 18


def test_events_of_a_line_may_differ_from_those_of_the_keys() -> None:
    one = session()
    run_line(one, "fire count=10 over=2s source=s3 outcome=error")
    fire = one.live[-1]
    assert isinstance(fire, Fire)
    assert (fire.count, fire.over_us, fire.source) == (10, 2 * SECOND, "s3")
    run_line(one, "pattern steady rate=2/s for=10s")
    assert isinstance(one.live[-1], Pattern)


def test_a_configuration_is_changed_once() -> None:
    one = session()
    note = run_line(one, "set timeout=5s memory=1GB")
    assert note.text == (
        "timeout, memory changed: new environments only; idle ones are retired, busy ones finish"
    )
    assert isinstance(one.live[-1], SetConfig)
    assert run_line(one, "set timeout=5s").refused
    assert one.function_at_cursor().memory_mb == 1_024


def test_what_aws_refuses_is_refused_at_the_cursor() -> None:
    one = session()
    run_line(one, "set reserved_concurrency=2")
    with pytest.raises(LineError) as caught:
        run_line(one, "provision 3")
    assert caught.value.column == 10
    assert "reserved concurrency 2" in caught.value.message
    assert len(one.live) == 1


def test_an_environment_that_is_not_idle_cannot_be_taken_back() -> None:
    one = session()
    assert run_line(one, "reclaim e1") == Note("there is no e1", refused=True)
    run_line(one, "fire")
    run_line(one, "wait until idle")
    assert not run_line(one, "reclaim e1").refused


def test_time_moves_by_lines() -> None:
    one = session()
    run_line(one, "fire")
    run_line(one, "seek 2s")
    assert (one.at_us, one.player.playing) == (2 * SECOND, False)
    run_line(one, "back")
    assert one.at_us == COLD_US
    run_line(one, "step")
    run_line(one, "speed 10")
    assert one.transport.speed == 10
    run_line(one, "play")
    assert one.player.playing
    assert run_line(one, "play").refused
    run_line(one, "pause")
    assert not one.player.playing


def test_forks_by_lines() -> None:
    one = session()
    run_line(one, "fire")
    run_line(one, "wait until idle")
    run_line(one, "seek 500ms")
    note = run_line(one, "set timeout=9s")
    assert note.text.startswith("main.1 forked at 0.5 s: timeout changed")
    run_line(one, "rename slow")
    run_line(one, "switch main")
    run_line(one, "fork other")
    assert [branch.name for branch in one.branches] == ["main", "slow", "other"]
    run_line(one, "delete slow")
    assert [branch.name for branch in one.branches] == ["main", "other"]
    run_line(one, "undo")
    assert one.branch.name == "main"
    run_line(one, "redo")
    assert one.branch.name == "other"


def test_restarting_changes_the_configuration_from_the_start_on() -> None:
    one = session()
    run_line(one, "fire")
    run_line(one, "wait until idle")
    run_line(one, "restart timeout=1s as=short")
    assert one.branch.name == "short"
    assert one.at_us == 0
    assert one.base.functions[0].timeout_us == SECOND
    assert len(one.live) == 1, "what was done is done again"
    run_line(one, "restart steps=drop")
    assert not one.live


def test_rules_and_bookmarks_by_lines() -> None:
    one = session()
    assert run_line(one, "rules 2023-01-01").text.startswith("2023 rules")
    assert one.base.rules_date == "2023-01-01"
    run_line(one, "bookmark")
    run_line(one, "seek 1s")
    run_line(one, "bookmark the end")
    assert [(mark.at_us, mark.name) for mark in one.bookmarks] == [(0, "b1"), (SECOND, "the end")]
    run_line(one, "seek 2s")
    run_line(one, "bookmark b1")
    assert [(mark.at_us, mark.name) for mark in one.bookmarks][-1] == (2 * SECOND, "b1")


def test_why_is_told_of_events_that_have_come() -> None:
    one = session()
    assert run_line(one, "why").refused
    run_line(one, "fire")
    run_line(one, "wait until idle")
    assert run_line(one, "why 1").text.startswith("Why was #1 COLD?")
    assert run_line(one, "why").text.startswith("Why")
    assert run_line(one, "why 2") == Note("there is no event 2 yet", refused=True)


def test_what_needs_a_desk_is_refused_without_one() -> None:
    for line in ("save x.lcs", "load x.lcs", "claim all(inv, wait_ms < 20)"):
        assert run_line(session(), line).refused
    assert "fire" in run_line(session(), "help").text
    assert run_line(session(), "help seek").text == "seek MOMENT: go to a moment"
