"""Three ways to draw time: each rises strictly, can be inverted, and carries all that is drawn."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import DAY, HOUR, MS, SECOND, Fire, Pattern, Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play import moves, rows
from lifecycle_tui.play.bookmarks import with_bookmark
from lifecycle_tui.play.camera import DECADES, WALL_SCALES_US, AxisMode, Camera
from lifecycle_tui.play.played import Played
from lifecycle_tui.play.rows import lane
from lifecycle_tui.play.ruler import ruler_row, tick_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, View, follow, view
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.axis import LogAxis
from lifecycle_tui.readings.segments import segments
from tests.play.plans import COLD_US, plan
from tests.readings.runs import MANY
from tests.strategies import plans

WIDTH = 67
MODES = tuple(AxisMode)
CAMERAS = st.builds(
    Camera,
    mode=st.sampled_from(MODES),
    cell_us=st.sampled_from(WALL_SCALES_US),
    decade=st.sampled_from(DECADES),
)
TWO_EVENTS = plan(Fire(at_us=0), Fire(at_us=300 * SECOND))


def shown(session: Session, camera: Camera) -> View:
    return view(session, follow(session, camera, WIDTH), Size(WIDTH, 0, 4), panes=("metrics",))


@given(
    st.integers(0, 366 * DAY),
    st.sampled_from(DECADES),
    st.lists(st.integers(-366 * DAY, 366 * DAY), min_size=2),
)
def test_the_logarithmic_map_rises_and_inverts_over_a_year(
    origin_us: int, decade: int, moments: list[int]
) -> None:
    axis = LogAxis(origin_us, decade * 100_000)
    stories = [axis.to_story(t_us) for t_us in sorted(set(moments))]
    assert all(before < after for before, after in pairwise(stories))
    for t_us in moments:
        assert axis.from_story(axis.to_story(t_us)) == t_us
    assert axis.to_story(origin_us) == 0


def test_each_decade_of_the_logarithmic_map_is_equally_long() -> None:
    axis = LogAxis(5 * SECOND, 8.0)
    ends = [axis.to_story(5 * SECOND + 10**power) for power in range(5, 11)]
    assert [after - before for before, after in pairwise(ends)] == pytest.approx(
        [8.0] * 5, rel=1e-3
    )


@MANY
@given(plans(), CAMERAS, st.integers(0, 125 * SECOND), st.lists(st.integers(0, 130 * SECOND)))
def test_every_drawn_axis_rises_and_inverts(
    of: Plan, camera: Camera, at_us: int, moments: list[int]
) -> None:
    trace = run(of).trace
    assert trace is not None
    axis = Played(trace).drawn(camera, at_us).axis
    moments = sorted({*moments, at_us})
    assert all(a < b for a, b in pairwise(axis.to_story(t_us) for t_us in moments))
    for t_us in moments:
        assert abs(axis.from_story(axis.to_story(t_us)) - t_us) <= 1


@MANY
@given(plans(), CAMERAS, st.integers(0, 125 * SECOND))
def test_all_that_is_drawn_lies_in_the_window_in_order_and_not_after_the_cursor(
    of: Plan, camera: Camera, at_us: int
) -> None:
    session = Session(of)
    session.player.seek(at_us)
    session.bookmarks = with_bookmark(session.bookmarks, at_us // 2)
    camera = follow(session, camera, WIDTH)
    seen = view(session, camera, Size(WIDTH, 0, 20), panes=("metrics",))
    assert 0 <= seen.playhead < WIDTH
    for row in (seen.events, seen.refused, seen.senders, *(s.labels for s in seen.sources)):
        columns = [label.column for label in row]
        assert columns == sorted(columns)
        assert all(0 <= label.column <= label.column + len(label.text) <= WIDTH for label in row)
        assert all(label.at_us <= at_us for label in row)
    for row_of_one in seen.lanes:
        # Short phases push what follows them, by so much and not more.
        assert sum(run.length for run in row_of_one.runs) <= seen.playhead + 4
    assert seen.plots is not None
    assert 1 <= len(seen.plots.bins) <= seen.playhead + 1
    ends = [(label.column, label.column + len(label.text)) for label in seen.ruler]
    assert all(end < column + (column == seen.playhead) for (_, end), (column, _) in pairwise(ends))
    assert all(column >= 0 and end <= WIDTH for column, end in ends)
    assert not any(column < seen.playhead < end for column, end in ends)


@MANY
@given(plans(), CAMERAS, st.integers(0, 125 * SECOND), st.integers(0, WIDTH - 1))
def test_a_click_puts_the_cursor_into_the_column_that_was_clicked(
    of: Plan, camera: Camera, at_us: int, column: int
) -> None:
    session = Session(of)
    session.player.seek(at_us)
    camera = follow(session, camera, WIDTH)
    session.player.edge_us = session.player.track.end_us
    there_us = moves.time_at_column(session, camera, column)
    camera = moves.seek_column(session, camera, column)
    if 0 <= there_us <= session.player.track.end_us:
        assert shown(session, camera).playhead == column
        assert follow(session, camera, WIDTH).start == camera.start
    moves.scrub(session, camera, -1 if session.at_us else 1)
    assert follow(session, camera, WIDTH).held_us is None


@pytest.mark.parametrize("mode", MODES)
def test_following_the_playhead_keeps_it_in_the_window(mode: AxisMode) -> None:
    session = Session(TWO_EVENTS)
    camera = Camera(mode=mode)
    session.toggle()
    heads = []
    for _ in range(400):
        if not session.tick(0.1).playing:
            session.player.play()
        camera = follow(session, camera, WIDTH)
        heads.append(shown(session, camera).playhead)
    assert session.at_us > 300 * SECOND
    assert all(0 <= head < WIDTH for head in heads)


def test_the_logarithmic_origin_is_the_last_input_that_came_at_rest() -> None:
    busy = Pattern(at_us=10 * SECOND, gap_us=100 * MS, for_us=5 * SECOND, process="steady")
    played = Session(plan(Fire(at_us=0), busy, Fire(at_us=60 * SECOND))).played
    asked = (0, 9 * SECOND, 10 * SECOND, 13 * SECOND, 59 * SECOND, 60 * SECOND, HOUR)
    found = [played.origin_us(t_us) for t_us in asked]
    assert found == [0, 0, 10 * SECOND, 10 * SECOND, 10 * SECOND, 60 * SECOND, 60 * SECOND]


def test_the_logarithmic_ruler_counts_from_the_origin() -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(300 * SECOND + 100 * MS)
    seen = shown(session, Camera(mode=AxisMode.LOG, decade=8))
    assert [(label.text, label.look) for label in seen.ruler] == [
        ("|300s", "ruler"), ("|1ms", "ruler"), ("|10ms", "ruler"), ("|100ms", "ruler"),
        ("|1s", "ahead"), ("|10s", "ahead"), ("|1min", "ahead"), ("|1h", "ahead"),
    ]  # fmt: skip
    times = {label.text: label.at_us - 300 * SECOND for label in seen.ruler}
    assert times["|1ms"] == MS
    assert times["|1min"] == 60 * SECOND


@pytest.mark.parametrize("decade", DECADES)
@pytest.mark.parametrize("at_us", [0, 5 * MS, 30 * SECOND, 6 * DAY])
def test_the_logarithmic_ruler_has_labels_at_every_scale(decade: int, at_us: int) -> None:
    session = Session(plan(Fire(at_us=0)), at_us=at_us)
    camera = follow(session, Camera(mode=AxisMode.LOG, decade=decade), WIDTH)
    texts = [label.text for label in shown(session, camera).ruler]
    assert len(texts) == len(set(texts)) >= 2


@pytest.mark.parametrize("cell_us", WALL_SCALES_US)
@pytest.mark.parametrize("at_us", [0, 30 * SECOND, 26 * HOUR, 300 * DAY])
def test_the_wall_ruler_has_labels_at_every_scale(cell_us: int, at_us: int) -> None:
    session = Session(plan(Fire(at_us=0)), at_us=at_us)
    camera = follow(session, Camera(mode=AxisMode.WALL, cell_us=cell_us), WIDTH)
    texts = [label.text for label in shown(session, camera).ruler]
    assert len(texts) == len(set(texts)) >= 2


def test_wall_time_is_true_and_zooms_from_milliseconds_to_days() -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(300 * SECOND)
    camera = Camera(mode=AxisMode.WALL)
    seen = []
    for _ in WALL_SCALES_US:
        camera = moves.zoom(session, camera, 1, WIDTH)
    for _ in WALL_SCALES_US:
        seen.append(camera.cell_us)
        assert not any(run.mark == ":" for run in shown(session, camera).lanes[0].runs)
        camera = moves.zoom(session, camera, -1, WIDTH)
    assert (seen[0], seen[-1]) == (MS, DAY)
    assert seen == sorted(set(seen))


def test_days_and_hours_are_told_in_few_letters() -> None:
    assert tick_words(26 * HOUR, HOUR) == "26h"
    assert tick_words(40 * DAY, 10 * DAY) == "40d"


def test_z_goes_through_the_three_ways_and_back_with_the_cursor_in_its_column() -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(COLD_US)
    camera = follow(session, Camera(), WIDTH)
    before = shown(session, camera)
    words = []
    for mode in (AxisMode.WALL, AxisMode.LOG, AxisMode.EVENT):
        camera, note = moves.next_axis(session, camera, WIDTH)
        assert camera.mode is mode
        assert shown(session, camera).mode is mode
        words.append(note.text.split()[0])
    assert words == ["wall", "log", "event"]
    after = shown(session, camera)
    assert abs(after.playhead - before.playhead) <= 1


def test_a_scale_of_days_is_left_behind_with_the_wall_axis() -> None:
    session = Session(TWO_EVENTS)
    camera = Camera(mode=AxisMode.WALL, cell_us=DAY)
    camera, _ = moves.next_axis(session, camera, WIDTH)
    assert camera.cell_us == 60 * SECOND


def test_zooming_the_logarithmic_axis_makes_decades_longer() -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(SECOND)
    camera = Camera(mode=AxisMode.LOG)
    closer = moves.zoom(session, camera, 1, WIDTH)
    assert (closer.decade, closer.cell_us) == (10, camera.cell_us)
    assert shown(session, closer).playhead > shown(session, camera).playhead


def test_while_the_pointer_holds_the_cursor_the_picture_stands_still() -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(300 * SECOND)
    camera = follow(session, Camera(mode=AxisMode.LOG), WIDTH)
    session.player.seek(10 * SECOND)
    session.player.edge_us = 300 * SECOND
    camera = follow(session, camera, WIDTH)
    for column in (50, 55, 58, 52, 3, 0):
        camera = follow(session, moves.seek_column(session, camera, column), WIDTH)
        # Beyond the second input too: its origin comes into force when the pointer lets go.
        assert camera.origin_us == 0
        assert shown(session, camera).playhead <= column
    session.player.seek(300 * SECOND)
    assert follow(session, camera, WIDTH).origin_us is None


@pytest.mark.parametrize("mode", MODES)
def test_bookmarks_stand_on_the_ruler_where_their_moment_is(mode: AxisMode) -> None:
    session = Session(TWO_EVENTS)
    session.player.seek(5 * SECOND)
    session.bookmarks = with_bookmark((), SECOND)
    session.bookmarks = with_bookmark(session.bookmarks, 50 * SECOND, "later")
    camera = follow(session, Camera(mode=mode), WIDTH)
    picture = session.played.drawn(camera, session.at_us)
    window = Window(camera, picture.axis, WIDTH, session.at_us, picture.folds_us)
    (label,) = [one for one in ruler_row(window, session.bookmarks) if one.look == "bookmark"]
    assert (label.text, label.at_us) == ("|b1", SECOND)
    assert label.column == window.column(SECOND)


@pytest.mark.parametrize("mode", MODES)
def test_what_has_no_cell_of_its_own_is_passed_over_and_nothing_else(
    mode: AxisMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    traffic = Pattern(at_us=0, gap_us=700 * MS, for_us=100 * SECOND)
    slow = [Fire(at_us=at * SECOND, duration=Constant(5 * SECOND)) for at in range(0, 99, 4)]
    session = Session(plan(traffic, *slow), at_us=100 * SECOND)
    asked = list(
        product((50_000, 100_000, 500_000, SECOND, 5 * SECOND), (8, 30), (5, 50, 99), (10, 60))
    )
    drawn: list[list[object]] = [[], []]
    for lanes in drawn:
        for cell_us, decade, second, width in asked:
            session.player.seek(second * SECOND)
            camera = follow(session, Camera(mode=mode, cell_us=cell_us, decade=decade), width)
            picture = session.played.drawn(camera, session.at_us)
            window = Window(camera, picture.axis, width, session.at_us, picture.folds_us)
            for number in range(len(session.trace.environments)):
                lanes.append(lane(segments(session.index, number), window))
        monkeypatch.setattr(rows._Hidden, "has", lambda *_: False)
    assert drawn[0] == drawn[1]
