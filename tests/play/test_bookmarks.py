"""Bookmarks: in order of time, each name and each moment once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.play import moves
from lifecycle_tui.play.bookmarks import (
    LONGEST_NAME,
    Bookmarks,
    bookmark_at,
    neighbour,
    with_bookmark,
    without,
)
from lifecycle_tui.play.session import Session
from tests.play.plans import plan


def names(marks: Bookmarks) -> list[str]:
    return [mark.name for mark in marks]


def test_names_are_the_first_free_ones() -> None:
    marks = with_bookmark(with_bookmark((), 9 * SECOND), SECOND)
    assert names(marks) == ["b2", "b1"]
    marks = with_bookmark(without(marks, 9 * SECOND), 3 * SECOND)
    assert names(marks) == ["b2", "b1"]


def test_a_name_moves_to_the_moment_it_is_given_to() -> None:
    marks = with_bookmark(with_bookmark((), SECOND, "here"), 2 * SECOND, "here")
    assert [(mark.at_us, mark.name) for mark in marks] == [(2 * SECOND, "here")]


def test_a_moment_has_one_name() -> None:
    marks = with_bookmark(with_bookmark((), SECOND, "one"), SECOND, "two")
    assert names(marks) == ["two"]


def test_names_are_cleaned_and_short() -> None:
    (mark,) = with_bookmark((), 0, "\x1b[31m red \n" + "x" * 100)
    assert mark.name.isprintable()
    assert len(mark.name) <= LONGEST_NAME


@given(st.lists(st.integers(0, 10**9)), st.integers(0, 10**9))
def test_neighbours_are_the_nearest_ones(moments: list[int], at_us: int) -> None:
    marks: Bookmarks = ()
    for moment in moments:
        marks = with_bookmark(marks, moment)
    assert [mark.at_us for mark in marks] == sorted(set(moments))
    assert len(set(names(marks))) == len(marks)
    after, before = neighbour(marks, at_us, 1), neighbour(marks, at_us, -1)
    assert (after.at_us if after else None) == min((m for m in moments if m > at_us), default=None)
    assert (before.at_us if before else None) == max(
        (m for m in moments if m < at_us), default=None
    )
    assert (bookmark_at(marks, at_us) is not None) == (at_us in moments)


def test_a_session_sets_removes_and_visits_them() -> None:
    session = Session(plan())
    refused = moves.to_bookmark(session, 1)
    assert (refused.text, refused.refused) == ("no bookmark yet · M sets one", True)
    session.player.seek(SECOND)
    assert moves.toggle_bookmark(session).text.startswith("bookmark b1 set")
    session.player.seek(5 * SECOND)
    moves.toggle_bookmark(session)
    assert moves.to_bookmark(session, -1).text == "bookmark b1"
    assert session.at_us == SECOND
    assert moves.to_bookmark(session, -1).text == "no bookmark before this moment · M sets one"
    moves.to_bookmark(session, 1)
    assert session.at_us == 5 * SECOND
    assert moves.toggle_bookmark(session).text == "bookmark b2 removed"
    assert names(session.bookmarks) == ["b1"]
