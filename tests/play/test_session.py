"""The session: commands at the cursor, re-runs, and where it falls quiet."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import HOUR, MS, SECOND, Fire, Outcome
from lifecycle_tui.engine.states import State
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.state import environment_at
from tests.play.plans import COLD_US, plan


def play_on(session: Session, seconds: float = 60.0) -> None:
    """Play until the session stops by itself."""
    for _ in range(int(seconds * 10)):
        if not session.tick(0.1).playing:
            return
    raise AssertionError("it did not stop by itself")


def state(session: Session, number: int = 0) -> State:
    found = environment_at(session.index, number, session.at_us)
    return State.NONE if found is None else found.state


def test_a_newcomer_sees_cold_then_warm() -> None:
    session = Session(plan())
    assert session.transport.halt is Halt.QUIET
    session.fire()
    assert session.player.playing
    play_on(session)
    assert (session.at_us, session.transport.halt) == (COLD_US, Halt.QUIET)
    assert state(session) is State.FROZEN
    session.fire()
    play_on(session)
    counters = counters_at(session.index, session.at_us)
    assert (counters.cold, counters.warm) == (1, 1)


def test_space_lets_idle_time_pass_until_the_environment_is_taken_back() -> None:
    session = Session(plan())
    session.fire()
    play_on(session)
    session.toggle()
    warped = False
    while session.tick(0.1).playing:
        warped = warped or session.transport.warp is not None
    assert warped
    assert state(session) is State.GONE
    assert session.at_us > COLD_US + 600 * SECOND
    assert session.transport.halt is Halt.QUIET


def test_nothing_left_is_said_and_nothing_moves() -> None:
    session = Session(plan())
    session.player.seek(session.player.track.end_us)
    note = session.toggle()
    assert note is not None
    assert note.refused


def test_time_goes_on_beyond_what_was_computed() -> None:
    session = Session(plan())
    session.provision_notch(1)
    play_on(session)
    end_us = session.player.track.end_us
    session.player.seek(end_us)
    assert session.toggle() is None
    assert session.player.playing
    assert session.player.track.end_us == end_us + HOUR


def test_the_past_stays_as_it_was_when_something_is_added() -> None:
    session = Session(plan())
    session.fire(3)
    play_on(session)
    before = session.trace.last_at(session.at_us - 1)
    records = [session.trace[number] for number in range(before + 1)]
    session.fire(2)
    session.deploy()
    assert [session.trace[number] for number in range(before + 1)] == records


def test_scripted_commands_are_waited_for() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=300 * SECOND)))
    session.toggle()
    play_on(session)
    assert session.at_us > 300 * SECOND


def test_the_scenario_may_say_where_it_ends() -> None:
    session = Session(plan(Fire(at_us=0), until_us=30 * SECOND))
    session.toggle()
    play_on(session)
    session.toggle()
    play_on(session)
    assert (session.at_us, session.transport.halt) == (30 * SECOND, Halt.UNTIL)


def test_a_paused_session_stays_paused_when_an_event_is_sent() -> None:
    session = Session(plan())
    session.fire()
    session.tick(0.1)
    session.toggle()
    assert session.fire() == Note("sent · Space lets time pass")
    assert not session.player.playing
    assert len(session.index.events) == 2


def test_timeout_notches_lead_to_reset_and_reinit() -> None:
    session = Session(plan())
    session.timeout_notch(-1)
    note = session.timeout_notch(-1)
    assert note.text.startswith("timeout 1 s: new environments only")
    assert session.timeout_notch(-1).refused
    session.fire_slow(beyond_timeout=True)
    play_on(session)
    counters = counters_at(session.index, session.at_us)
    assert counters.timeouts == 1
    session.fire()
    play_on(session)
    assert counters_at(session.index, session.at_us).reinit == 1


def test_provisioned_concurrency_leads_to_pre() -> None:
    session = Session(plan())
    note = session.provision_notch(1)
    assert "allocation delay †" in note.text
    play_on(session)
    assert state(session) is State.READY
    session.fire()
    play_on(session)
    assert counters_at(session.index, session.at_us).pre == 1
    assert session.provision_notch(-1).text.endswith("at once")
    assert session.provision_notch(-1).refused


def test_changes_say_when_they_take_effect() -> None:
    session = Session(plan())
    assert "new environments only" in session.set_config(memory_mb=1_024).text
    assert session.function_at_cursor().memory_mb == 1_024
    assert session.set_config(reserved_concurrency=0).text == "takes effect at once"
    assert session.provision(1).refused
    assert session.set_config(memory_mb=1_024).refused


def test_reserved_zero_refuses_events() -> None:
    session = Session(plan())
    session.set_config(reserved_concurrency=0)
    session.fire()
    assert counters_at(session.index, session.at_us).throttled == 1


def test_outcomes_reach_the_engine() -> None:
    session = Session(plan())
    session.fire(outcome=Outcome.ERROR)
    play_on(session)
    assert counters_at(session.index, session.at_us).errors == 1


def test_environments_can_be_taken_back_crashed_and_made_ahead() -> None:
    session = Session(plan())
    session.fire()
    session.tick(0.2)
    assert session.reclaim(0).refused
    play_on(session)
    session.crash(0)
    play_on(session)
    assert environment_at(session.index, 0, session.at_us).reinit_owed  # type: ignore[union-attr]
    session.reclaim(0)
    play_on(session)
    assert state(session) is State.GONE
    assert session.crash(0).refused
    session.prewarm()
    play_on(session)
    assert state(session, 1) is State.READY


def test_undo_and_redo_return_to_the_moment() -> None:
    session = Session(plan())
    session.fire()
    play_on(session)
    session.deploy()
    assert session.undo().text.startswith("undone: deploy")
    assert session.at_us == COLD_US
    session.undo()
    assert (session.at_us, len(session.index.events)) == (0, 0)
    assert session.undo().refused
    session.redo()
    assert len(session.index.events) == 1
    session.fire()
    assert session.redo().refused


def test_why_does_not_tell_what_has_not_happened_yet() -> None:
    session = Session(plan())
    session.fire_slow(beyond_timeout=True)
    session.player.seek(COLD_US)
    record = session.index.attempt(1).start
    assert "time out" not in session.explanation(record).question
    session.player.seek(30 * SECOND)
    assert "time out" in session.explanation(record).question


def test_the_log_is_written_when_asked() -> None:
    session = Session(plan())
    session.fire()
    assert session.log_is_stale
    session.catch_up()
    assert any(line.text.startswith("REPORT") for line in session.log)


@pytest.mark.parametrize("at_us", [0, 500 * MS])
def test_it_can_begin_anywhere(at_us: int) -> None:
    session = Session(plan(Fire(at_us=0)), at_us=at_us)
    assert session.at_us == at_us
    assert not session.player.playing


def test_while_an_event_waits_its_question_says_so() -> None:
    session = Session(plan())
    session.fire()
    record = session.index.attempt(1).creation
    assert session.explanation(record).question == "Why is #1 waiting?"
