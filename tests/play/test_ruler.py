"""The ruler: distinct times, as exact as their step, and no other one than its at the playhead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import DAY, HOUR, MS, SECOND, Fire, Plan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.bookmarks import Bookmark
from lifecycle_tui.play.camera import SCALES_US, AxisMode, Camera
from lifecycle_tui.play.player import TrueAxis
from lifecycle_tui.play.ruler import ruler_row, tick_step, tick_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, View, follow, view
from lifecycle_tui.play.window import Window
from tests.play.plans import FUNCTION, plan
from tests.readings.runs import MANY
from tests.strategies import plans

WIDTH = 67


def row(now_us: int, cell_us: int = 100_000, width: int = 80) -> list[tuple[int, str]]:
    camera = Camera(cell_us=cell_us).follow(now_us, width)
    labels = ruler_row(Window(camera, TrueAxis(), width, now_us))
    return [(label.column, label.text) for label in labels]


def shown(session: Session, camera: Camera | None = None) -> View:
    return view(session, follow(session, camera or Camera(), WIDTH), Size(WIDTH, 0, 1))


def idle(at_us: int, *, busy_us: int) -> Session:
    """Return a run that is busy until a moment and then idle, with the cursor in the idle time."""
    work_us = busy_us - 100 * MS - 1_020 * MS
    bare = replace(FUNCTION, extensions=(), init_runtime=Constant(260 * MS))
    events = (Fire(at_us=0, duration=Constant(work_us)), Fire(at_us=HOUR))
    return Session(plan(*events, function=bare), at_us=at_us)


@pytest.mark.parametrize(
    ("us", "step_us", "words"),
    [
        (20_000, 10_000, "20ms"),
        (1_250_000, 50_000, "1.25s"),
        (2_500_000, 500_000, "2.5s"),
        (372_000_000, SECOND, "372s"),
        (1_200_000_000, 60 * SECOND, "1200s"),
        (HOUR, SECOND, "1:00:00"),
        (HOUR + 5 * SECOND, SECOND, "1:00:05"),
        (10_384_700_000, 100_000, "2:53:04.7"),
        (30 * HOUR, 30 * SECOND, "30:00:00"),
    ],
)
def test_times_are_as_exact_as_their_step(us: int, step_us: int, words: str) -> None:
    assert tick_words(us, step_us) == words


@given(st.integers(0, 400 * DAY), st.sampled_from(SCALES_US))
def test_labels_are_distinct_and_there_are_enough_of_them(now_us: int, cell_us: int) -> None:
    labels = [text for _, text in row(now_us, cell_us)]
    assert len(set(labels)) == len(labels) >= 2


def test_the_step_leaves_room_for_long_times() -> None:
    assert tick_step(100_000) == SECOND
    assert tick_step(100_000, 9_000 * HOUR) == 2 * SECOND


def test_the_playhead_stands_where_a_label_begins_or_in_none() -> None:
    assert (0, "|0s") in row(0)
    assert (10, "|1s") in row(SECOND)
    assert "|1s" not in [text for _, text in row(SECOND + 100_000)]
    assert (10, "|1s") in row(SECOND + 300_000)


def test_the_label_of_a_fold_keeps_clear_of_the_playhead_while_it_grows() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=300 * SECOND)))
    seen: list[tuple[str, int]] = []
    for now in range(2, 301):
        session.player.seek(now * SECOND)
        shown = view(session, follow(session, Camera(), 60), Size(60, 0, 1))
        for label in shown.ruler:
            assert not label.column < shown.playhead < label.column + len(label.text)
        seen += [(label.text, label.column) for label in shown.ruler if label.look == "fold"]
    assert len(seen) > 250
    assert seen[-1][0] == ":4m58s:"


def test_a_tick_in_the_cell_of_a_cursor_far_inside_a_fold_is_not_the_cursors_time() -> None:
    # Folded from 2 s, a margin after the work, for ten minutes: a cell of that is a minute.
    session = idle(40 * SECOND, busy_us=1_750 * MS)
    labels = [(one.column, one.text, one.look) for one in shown(session).ruler]
    assert labels == [
        (0, "|0s", "ruler"), (10, "|1s", "ruler"), (20, "|40.0s", "here"), (27, ":38s:", "fold"),
    ]  # fmt: skip


def test_a_tick_that_ends_at_the_cursor_stays() -> None:
    session = idle(150 * SECOND, busy_us=1_850 * MS)
    labels = [(one.column, one.text) for one in shown(session).ruler]
    assert labels[-3:] == [(20, "|2s"), (23, "|150.0s"), (31, ":2m28s:")]


def test_an_axis_that_is_cut_in_its_first_fold_has_a_number() -> None:
    early = plan(until_us=HOUR, function=replace(FUNCTION, provisioned_concurrency=2))
    session = Session(early, at_us=SECOND)
    assert [one.text for one in shown(session).ruler] == ["|1.0s", ":750ms:"]


def test_an_axis_on_which_no_round_time_fits_has_the_cursors() -> None:
    times_us = (0, *(n * 60 * SECOND + 300 * MS for n in range(1, 8)))
    events = [Fire(at_us=us, duration=Constant(30 * MS)) for us in times_us]
    session = Session(plan(*events), at_us=300_200 * MS)
    seen = view(session, follow(session, Camera(), 40), Size(40, 0, 1))
    assert [(one.text, one.look) for one in seen.ruler] == [
        (":59.4s:", "fold"), (":59.4s:", "fold"), ("|300.2s", "here"),
    ]  # fmt: skip


def test_where_a_cell_is_long_the_playhead_hides_no_other_time_either() -> None:
    assert (10, "|20s") in row(20 * SECOND, cell_us=2 * SECOND)
    assert (10, "|21s") in row(21 * SECOND, cell_us=2 * SECOND)


def test_where_nothing_fits_behind_the_cursor_its_time_stands_before_it() -> None:
    session = idle(40 * SECOND, busy_us=1_750 * MS)
    mark = Bookmark(2_010 * MS, "end of the work")
    picture = session.played.drawn(Camera(), session.at_us)
    window = Window(Camera(), picture.axis, WIDTH, session.at_us, picture.folds_us)
    labels = [(one.column, one.text) for one in ruler_row(window, (mark,))]
    assert (window.playhead, "|end of the work") in labels
    assert (window.playhead - 5, "40.0s") in labels


@MANY
@given(
    plans(),
    st.sampled_from((AxisMode.EVENT, AxisMode.WALL)),
    st.sampled_from(SCALES_US),
    st.integers(0, 125 * SECOND),
)
def test_times_are_where_they_are_and_at_the_cursor_is_its_own(
    of: Plan, mode: AxisMode, cell_us: int, at_us: int
) -> None:
    session = Session(of, at_us=at_us)
    camera = follow(session, Camera(mode=mode, cell_us=cell_us), WIDTH)
    picture = session.played.drawn(camera, at_us)
    window = Window(camera, picture.axis, WIDTH, at_us, picture.folds_us)
    times = [one for one in ruler_row(window) if one.look in ("ruler", "ahead", "here")]
    assert times
    assert [one.look for one in times].count("here") <= 1
    step_us = tick_step(cell_us, at_us + WIDTH * cell_us)
    for label in times:
        exact_us = cell_us if label.look == "here" else step_us
        words = tick_words(label.at_us, exact_us)
        assert label.text in (f"|{words}", words)
        if label.look == "ruler":
            assert label.column == window.column(label.at_us)
        if label.column == window.playhead:
            assert words == tick_words(at_us, exact_us)
