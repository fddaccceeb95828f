"""Where the cursor comes to rest after each command, and when a run counts as quiet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import ZERO, Constant, Uniform
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.quiet import quiet_times
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.state import environment_at
from tests.play.plans import ACCOUNT, COLD_US, FUNCTION, plan

PLAIN = replace(FUNCTION, extensions=())
"""Without extensions, whose Reset and Shutdown take no time."""
SLOW_TO_STOP = replace(
    FUNCTION, extensions=(ExtensionPlan("slow", shutdown=Constant(300 * MS), on_shutdown=True),)
)
CLOSING_US = 2 * SECOND
"""More than any Reset or Shutdown of these functions takes."""


def play_on(session: Session) -> None:
    for _ in range(2_000):
        if not session.tick(0.1).playing:
            return
    raise AssertionError("it did not stop by itself")


def rested(function: FunctionPlan = PLAIN) -> Session:
    """Return a session that rests after a first event."""
    session = Session(plan(function=function))
    session.fire()
    play_on(session)
    assert session.transport.halt is Halt.QUIET
    return session


def state(session: Session, number: int = 0) -> State:
    found = environment_at(session.index, number, session.at_us)
    assert found is not None
    return found.state


COMMANDS: dict[str, tuple[Callable[[Session], object], int]] = {
    "i": (lambda s: s.fire(), 180 * MS),
    "I slow": (lambda s: s.fire_slow(beyond_timeout=False), 540 * MS),
    "b": (lambda s: s.fire(3), 1_260 * MS),
    "d": (lambda s: s.deploy(), 0),
    "r": (lambda s: s.reclaim(0), 0),
    "K": (lambda s: s.crash(0), 0),
    "p": (lambda s: s.prewarm(), 1_080 * MS),
    "t": (lambda s: s.timeout_notch(-1), 0),
    "T": (lambda s: s.timeout_notch(1), 0),
    "V": (lambda s: s.provision_notch(1), 60 * SECOND + 1_080 * MS),
    "c memory": (lambda s: s.set_config(memory_mb=1_024), 0),
    "c reserved": (lambda s: s.set_config(reserved_concurrency=5), 0),
    "c provisioned": (lambda s: s.set_config(provisioned_concurrency=1), 60 * SECOND + 1_080 * MS),
}
"""By key: what it does, and how long after it the cursor rests."""


@pytest.mark.parametrize("key", COMMANDS)
def test_after_a_command_the_cursor_rests_where_its_effects_are_over(key: str) -> None:
    session = rested()
    began_us = session.at_us
    command, lasting_us = COMMANDS[key]
    command(session)
    play_on(session)
    assert session.at_us - began_us == lasting_us
    assert session.transport.halt is Halt.QUIET


@pytest.mark.parametrize("key", ["d", "r", "K"])
def test_a_shutdown_or_reset_that_takes_time_is_waited_for(key: str) -> None:
    session = rested(SLOW_TO_STOP)
    began_us = session.at_us
    COMMANDS[key][0](session)
    assert session.player.playing
    play_on(session)
    assert 300 * MS <= session.at_us - began_us <= CLOSING_US
    assert state(session) is (State.FROZEN if key == "K" else State.GONE)


def test_a_refused_event_leaves_the_cursor_at_its_moment() -> None:
    session = rested()
    session.set_config(reserved_concurrency=0)
    began_us = session.at_us
    session.fire()
    assert (session.at_us, session.transport.halt) == (began_us, Halt.QUIET)
    assert counters_at(session.index, session.at_us).throttled == 1


def test_removing_the_last_provisioned_environment_leaves_the_cursor_at_its_moment() -> None:
    session = Session(plan(function=PLAIN))
    session.provision_notch(1)
    play_on(session)
    began_us = session.at_us
    session.provision_notch(-1)
    assert (session.at_us, session.transport.halt) == (began_us, Halt.QUIET)
    assert state(session) is State.GONE


def test_after_a_crash_of_an_idle_environment_the_next_event_is_a_reinit() -> None:
    session = rested()
    session.crash(0)
    play_on(session)
    session.fire()
    play_on(session)
    assert counters_at(session.index, session.at_us).reinit == 1


def test_space_goes_on_past_a_moment_at_which_a_command_rested() -> None:
    session = rested()
    session.crash(0)
    began_us = session.at_us
    session.toggle()
    assert session.player.playing
    play_on(session)
    assert session.at_us > began_us + 500 * SECOND


def test_commands_before_a_scripted_event_rest_too() -> None:
    session = Session(plan(Fire(at_us=300 * SECOND), function=PLAIN))
    session.deploy()
    assert (session.at_us, session.transport.halt) == (0, Halt.QUIET)


def test_several_allocations_are_all_waited_for() -> None:
    account = replace(ACCOUNT, provisioning_delay=Uniform(60 * SECOND, 120 * SECOND))
    session = Session(replace(plan(function=PLAIN), account=account))
    for _ in range(3):
        session.provision_notch(1)
    play_on(session)
    ready = [state(session, n) for n in range(len(session.trace.environments))]
    assert ready == [State.READY] * 3
    assert session.transport.halt is Halt.QUIET


def test_environments_of_an_allocation_that_are_still_to_be_created_are_waited_for() -> None:
    """They are created one after another; the first is ready before the second is created."""
    at_once = FunctionPlan(name="quick", init_runtime=ZERO, init_function=ZERO)
    account = replace(ACCOUNT, placement=ZERO)
    session = Session(replace(plan(function=at_once), account=account))
    session.provision(2)
    play_on(session)
    assert session.at_us == session.trace.environments[1].created_us > 60 * SECOND
    assert state(session, 1) is State.READY


def test_an_allocation_that_fails_does_not_keep_the_player_from_resting() -> None:
    failing = replace(PLAIN, init_outcome=Outcome.ERROR)
    session = Session(plan(function=failing))
    session.provision(150)
    play_on(session)
    assert session.transport.halt is Halt.QUIET
    assert session.at_us < 70 * SECOND
    assert Kind.PROVISION_FAILED in [record.kind for record in session.trace]


def test_an_allocation_that_was_dropped_again_is_not_waited_for() -> None:
    session = rested()
    session.provision_notch(1)
    began_us = session.at_us
    session.player.pause(Halt.QUIET)
    session.provision_notch(-1)
    play_on(session)
    assert session.at_us == began_us


def test_a_deploy_during_an_allocation_does_not_keep_the_player_from_resting() -> None:
    session = Session(plan(function=PLAIN))
    session.provision_notch(1)
    session.player.seek(60 * SECOND + 500 * MS)
    session.deploy()
    play_on(session)
    assert session.transport.halt is Halt.QUIET
    assert session.at_us < 200 * SECOND


def quiet(of: Plan) -> list[int]:
    trace = run(of).trace
    assert trace is not None
    return quiet_times(trace)


def test_quiet_is_when_only_idle_environments_are_left() -> None:
    both = plan(Fire(at_us=0), Fire(at_us=9 * SECOND), until_us=20 * SECOND)
    assert quiet(both) == [COLD_US, 9 * SECOND + 300 * MS]
