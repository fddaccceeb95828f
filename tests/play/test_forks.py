"""Forks: acting in the past leaves the parent as it was, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MS, SECOND, Deploy, Fire, Plan, SetConfig
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.bookmarks import Bookmark
from lifecycle_tui.play.branches import MAIN, MOST_BRANCHES, Branch, Variation, name_problem
from lifecycle_tui.play.session import Session
from tests.play.plans import COLD_US, plan
from tests.play.test_session import play_on
from tests.strategies import plans


def records(trace: Trace) -> list[object]:
    return [trace[number] for number in range(len(trace))]


def until(trace: Trace, end_us: int) -> list[object]:
    """Return what was recorded before a moment."""
    return [record for record in trace if record.time_us < end_us]


def names(session: Session) -> list[str]:
    return [branch.name for branch in session.branches]


def told() -> Session:
    """One event, seen to its end, and a second one."""
    session = Session(plan())
    session.fire()
    play_on(session)
    session.fire()
    play_on(session)
    return session


def test_acting_at_the_live_edge_makes_no_fork() -> None:
    session = told()
    session.timeout_notch(-1)
    assert names(session) == [MAIN]


def test_acting_in_the_past_forks_and_leaves_the_parent_alone() -> None:
    session = told()
    before = records(session.trace)
    session.player.seek(COLD_US // 2)
    session.timeout_notch(-1)
    assert names(session) == [MAIN, "main.1"]
    fork = session.branch
    assert (fork.name, fork.parent, fork.forked_at_us) == ("main.1", MAIN, COLD_US // 2)
    assert len(session.live) == 3, "the parent's later event is kept"
    assert records(session.trace) != before
    session.switch(MAIN)
    assert records(session.trace) == before


def test_a_second_act_at_the_same_moment_stays_in_the_fork() -> None:
    session = told()
    session.player.seek(COLD_US // 2)
    session.timeout_notch(-1)
    session.fire()
    assert names(session) == [MAIN, "main.1"]


def test_what_is_said_names_the_fork_and_the_way_back() -> None:
    session = told()
    session.player.seek(500 * MS)
    note = session.told(session.timeout_notch(-1))
    assert note is not None
    assert note.text == "main.1 forked at 0.5 s: timeout changed · u back to main · x compares"
    again = session.told(session.timeout_notch(-1))
    assert again is not None
    assert again.text.startswith("timeout 1 s")


def test_undo_drops_the_fork_and_redo_brings_it_back() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    forked = records(session.trace)
    session.player.seek(SECOND)
    note = session.undo()
    assert note.text == "undone: timeout changed, back in main · U brings main.1 back"
    assert (names(session), session.at_us) == ([MAIN], 500 * MS)
    assert session.player.edge_us > COLD_US, "main has been seen further"
    session.redo()
    assert (names(session), session.at_us) == ([MAIN, "main.1"], SECOND)
    assert records(session.trace) == forked


def test_undo_of_later_steps_stays_in_the_fork() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    session.timeout_notch(-1)
    session.undo()
    assert session.branch.name == "main.1"
    session.undo()
    assert names(session) == [MAIN]


def test_a_fork_with_a_fork_of_its_own_outlives_the_undoing_of_its_step() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    session.player.seek(SECOND)
    session.player.seek(600 * MS)
    session.fire()
    assert names(session) == [MAIN, "main.1", "main.1.1"]
    session.switch("main.1")
    session.undo()
    assert names(session) == [MAIN, "main.1", "main.1.1"]


def test_what_was_taken_back_is_not_the_past() -> None:
    session = told()
    session.undo()
    session.deploy()
    assert names(session) == [MAIN]


def test_forking_by_hand_needs_no_step() -> None:
    session = told()
    before = records(session.trace)
    assert session.fork("what if").refused
    note = session.fork("what-if")
    assert not note.refused
    assert session.branch.name == "what-if"
    assert records(session.trace) == before
    session.undo()
    assert names(session) == [MAIN]
    session.redo()
    assert names(session) == [MAIN, "what-if"]


def test_renaming_follows_parents() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    session.rename(MAIN, "first")
    assert session.branch.parent == "first"
    session.rename("main.1", "short")
    assert session.branch.name == "short"
    assert session.rename("short", "first").refused
    assert session.rename("nobody", "x").refused
    session.undo()
    assert names(session) == ["first"]


def test_deleting_shows_the_parent_and_keeps_grandchildren() -> None:
    session = told()
    session.fork("a")
    session.fork("b")
    assert session.delete(MAIN).refused
    session.delete("a")
    assert names(session) == [MAIN, "b"]
    assert session.branch.parent == MAIN
    session.delete("b")
    assert session.branch.name == MAIN
    assert session.delete("b").refused


def test_deleting_does_not_show_what_the_parent_has_not_seen() -> None:
    session = told()
    edge_us = session.player.edge_us
    session.fork("on")
    session.fire()
    play_on(session)
    assert session.at_us > edge_us
    session.delete("on")
    assert (session.at_us, session.player.edge_us) == (edge_us, edge_us)


def test_restart_changes_a_setting_from_the_start_on() -> None:
    session = told()
    session.restart(Variation(0, (("timeout_us", SECOND),)))
    assert session.function_at_cursor().timeout_us == SECOND
    assert session.at_us == 0
    assert len(session.live) == 2
    session.restart(Variation(0, (("memory_mb", 1_024),)), keep=False)
    function = session.function_at_cursor()
    assert (function.timeout_us, function.memory_mb) == (SECOND, 1_024)
    assert [*session.live] == []
    session.undo()
    session.undo()
    assert session.branch.name == MAIN


def test_a_branch_beside_is_seen_at_the_same_moment_and_changes_nothing() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    other = session.beside(MAIN)
    assert (other.at_us, other.branch.name) == (500 * MS, MAIN)
    assert session.branch.name == "main.1"
    assert other.trace is not session.trace


def test_bookmarks_belong_to_a_branch_and_come_along_with_a_fork() -> None:
    session = told()
    session.bookmarks = (Bookmark(SECOND, "b1"),)
    session.fork()
    session.bookmarks = (*session.bookmarks, Bookmark(0, "b2"))
    assert [mark.name for mark in session.bookmarks] == ["b2", "b1"]
    session.switch(MAIN)
    assert [mark.name for mark in session.bookmarks] == ["b1"]


def test_forks_have_a_limit_that_is_told() -> None:
    session = told()
    for _ in range(MOST_BRANCHES - 1):
        assert not session.fork().refused
    assert session.fork().refused
    session.player.seek(0)
    note = session.told(session.timeout_notch(-1))
    assert note is not None
    assert "no fork was made" in note.text


@pytest.mark.parametrize("name", ["", "two words", 'quo"te', "x" * 25, "\x1b[31m", "main"])
def test_names_that_cannot_be_had(name: str) -> None:
    assert name_problem(name, [MAIN])


def test_loading_shows_what_was_left() -> None:
    session = told()
    session.player.seek(500 * MS)
    session.timeout_notch(-1)
    saved, version = session.branches, records(session.trace)
    fresh = Session(plan())
    fresh.load(saved, "main.1")
    assert records(fresh.trace) == version
    assert fresh.branches == saved
    with pytest.raises(ValueError, match="nobody"):
        fresh.load(saved, "nobody")


@given(plans(), st.integers(0, 20 * SECOND))
@settings(max_examples=40)
def test_a_fork_in_which_nothing_is_done_equals_its_parent(story: Plan, at_us: int) -> None:
    session = Session(story)
    session.player.seek(at_us)
    before = records(session.trace)
    session.fork()
    assert records(session.trace) == before


@example(plan(Deploy(at_us=18 * SECOND)), 20 * SECOND, False)
@given(plans(), st.integers(0, 20 * SECOND), st.booleans())
@settings(max_examples=40)
def test_a_fork_is_its_parent_up_to_where_it_left(story: Plan, at_us: int, fire: bool) -> None:
    session = Session(replace(story, until_us=None))
    session.player.seek(20 * SECOND)
    session.player.seek(at_us)
    parent = session.trace
    if fire:
        session.add(Fire(at_us=session.at_us))
    else:
        session.add(SetConfig(at_us=session.at_us, changes=(("timeout_us", 7 * SECOND),)))
    last = parent.last_at(session.at_us - 1)
    assert [session.trace[n] for n in range(last + 1)] == [parent[n] for n in range(last + 1)]
    session.undo()
    assert isinstance(session.branch, Branch)
    # How far was computed follows from the cursor: nothing happens there.
    same_us = min(session.trace.ended_us, parent.ended_us)
    assert until(session.trace, same_us) == until(parent, same_us)
