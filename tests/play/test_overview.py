"""The overview: the whole run in one row, and nothing of what has not been seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import HOUR, SECOND, Fire, Plan
from lifecycle_tui.play.bookmarks import with_bookmark
from lifecycle_tui.play.camera import AxisMode, Camera
from lifecycle_tui.play.overview import BUSY, BUSY_SEEN, CURSOR, EDGE, IDLE, MARK, UNSEEN, Overview
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, follow, view
from tests.play.plans import plan
from tests.readings.runs import MANY
from tests.strategies import plans

WIDTH = 67
CELLS = st.integers(8, 190)


def overview(session: Session, camera: Camera | None = None) -> Overview:
    camera = follow(session, camera or Camera(), WIDTH)
    return view(session, camera, Size(WIDTH)).overview


def story(mode: AxisMode = AxisMode.WALL) -> tuple[Session, Camera]:
    """Two events with a minute between them, seen to the end, the cursor back at the start."""
    session = Session(plan(Fire(at_us=0), Fire(at_us=60 * SECOND)))
    session.player.seek(90 * SECOND)
    session.player.seek(2 * SECOND)
    return session, Camera(mode=mode, cell_us=200_000)


def test_it_shows_activity_window_cursor_and_live_edge() -> None:
    session, camera = story()
    signs = overview(session, camera).signs(100)
    assert len(signs) == 100
    # A hundred seconds: a cell is one of them.
    assert signs[2] == CURSOR
    assert signs[90] == EDGE
    assert signs[0] == BUSY_SEEN
    assert signs[60] == BUSY
    assert signs[40] == IDLE
    assert set(signs[91:]) == {UNSEEN}


@pytest.mark.parametrize("mode", AxisMode)
def test_it_shows_bookmarks_that_have_been_passed(mode: AxisMode) -> None:
    session, camera = story(mode)
    session.bookmarks = with_bookmark((), 61 * SECOND)
    assert overview(session, camera).signs(60).count(MARK) == 1
    session.bookmarks = with_bookmark((), 95 * SECOND)
    assert MARK not in overview(session, camera).signs(60)


@MANY
@given(plans(), st.integers(0, 120 * SECOND), st.sampled_from(tuple(AxisMode)), CELLS)
def test_beyond_the_live_edge_there_is_nothing(
    of: Plan, at_us: int, mode: AxisMode, cells: int
) -> None:
    session = Session(of)
    session.player.seek(at_us)
    signs = overview(session, Camera(mode=mode)).signs(cells)
    assert len(signs) == cells
    assert set(signs[signs.index(CURSOR) + 1 :]) <= {UNSEEN}


@MANY
@given(st.integers(1, 60), CELLS)
def test_an_input_to_come_does_not_show(second: int, cells: int) -> None:
    alone = Session(plan(Fire(at_us=0)))
    followed = Session(plan(Fire(at_us=0), Fire(at_us=second * SECOND)))
    for session in (alone, followed):
        session.player.seek(second * SECOND - 1)
    camera = Camera(mode=AxisMode.WALL)
    assert overview(alone, camera).signs(cells) == overview(followed, camera).signs(cells)


@MANY
@given(
    plans(), st.lists(st.integers(0, 120 * SECOND), min_size=2), st.sampled_from(tuple(AxisMode)),
    CELLS,
)  # fmt: skip
def test_the_cell_of_the_cursor_leads_back_to_it(
    of: Plan, moments: list[int], mode: AxisMode, cells: int
) -> None:
    session = Session(of)
    session.player.seek(max(moments))
    for at_us in moments:
        session.player.seek(at_us)
        shown = overview(session, Camera(mode=mode))
        column = shown.signs(cells).index(CURSOR)
        assert shown.time_at(column, cells) <= at_us <= shown.time_at(column + 1, cells) + 1
        assert 0 <= shown.time_at(cells + 5, cells) <= session.player.edge_us
        assert shown.time_at(-3, cells) == 0


def test_it_stands_still_while_time_passes() -> None:
    session = Session(plan(Fire(at_us=0)))
    lengths = []
    for second in range(0, 95, 5):
        session.player.seek(second * SECOND)
        lengths.append(overview(session, Camera(mode=AxisMode.WALL)).length // SECOND)
    assert list(dict.fromkeys(lengths)) == [10, 20, 50, 100]


def test_an_hour_of_nothing_is_short_where_idle_time_is_drawn_short() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=HOUR)))
    session.player.seek(HOUR + SECOND)
    short, true = (overview(session, Camera(mode=mode)) for mode in (AxisMode.EVENT, AxisMode.WALL))
    assert short.length < 100 * SECOND < HOUR < true.length


def test_two_that_show_the_same_are_equal() -> None:
    session, camera = story()
    assert overview(session, camera) == overview(session, camera)
    before = overview(session, camera)
    session.player.seek(3 * SECOND)
    assert overview(session, camera) != before
