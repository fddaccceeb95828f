"""Moves of the cursor: what skips much time says so; scrubbing and zooming keep the picture."""

from __future__ import annotations

import time

import pytest

from lifecycle_tui.engine.plan import DAY, HOUR, SECOND, Fire
from lifecycle_tui.play import moves
from lifecycle_tui.play.camera import SCALES_US, Camera
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, View, follow, view
from tests.play.plans import COLD_US, plan

WIDTH = 60


def shown(session: Session, camera: Camera) -> View:
    return view(session, follow(session, camera, WIDTH), Size(WIDTH, 0, 4))


def after_one_event() -> Session:
    session = Session(plan(Fire(at_us=0)))
    session.player.seek(COLD_US)
    return session


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(2.5, "2.5 s"), (45, "45 s"), (59.97, "1 min"), (800, "13 min 20 s"), (3_600, "1 h"),
     (3_605, "1 h"), (3_900, "1 h 5 min"), (90_000, "1 d 1 h")],
)  # fmt: skip
def test_lengths_in_words(seconds: float, words: str) -> None:
    assert moves.length_words(round(seconds * SECOND)) == words


def test_a_step_over_idle_time_says_how_long_it_was() -> None:
    session = after_one_event()
    assert moves.step(session, -1) is None
    assert moves.step(session, 1) is None
    note = moves.step(session, 1)
    assert note is not None
    assert note.text == "idle 10 min passed: nothing happened in between"
    back = moves.step(session, -1)
    assert back is not None
    assert back.text == "back over 10 min idle: nothing happened in between"


def test_the_end_of_what_was_computed_is_not_stepped_to() -> None:
    session = after_one_event()
    while (note := moves.step(session, 1)) is None or not note.refused:
        pass
    assert session.at_us < 700 * SECOND
    assert note.text.startswith("nothing more happens in the next ")


def test_stepping_by_inputs_says_how_much_time_it_skips() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=300 * SECOND)))
    note = moves.step_input(session, 1)
    assert note is not None
    assert note.text == "5 min passed"
    back = moves.step_input(session, -1)
    assert back is not None
    assert back.text == "back by 5 min"
    refused = moves.step_input(session, -1)
    assert refused is not None
    assert refused.refused


def test_end_goes_to_the_live_edge_then_to_where_playing_would_stop() -> None:
    session = after_one_event()
    session.player.seek(SECOND)
    assert moves.to_edge(session) is None
    assert session.at_us == COLD_US
    said = [(moves.to_edge(session), session.transport.halt) for _ in range(3)]
    (quiet, first), (end, second), (nothing, _) = said
    assert (first, second) == (Halt.QUIET, Halt.END)
    assert quiet is not None
    assert quiet.text.startswith("10 min passed until it was quiet again")
    assert end is not None
    assert "passed and nothing is busy" in end.text
    assert nothing is not None
    assert nothing.refused


@pytest.mark.parametrize("wider", range(len(SCALES_US)))
def test_folds_and_the_cursor_can_be_told_at_every_scale(wider: int) -> None:
    session = after_one_event()
    camera = Camera()
    for _ in range(wider):
        camera = moves.zoom(session, camera, -1, WIDTH)
    session.player.seek(session.player.track.end_us)
    seen = shown(session, camera)
    # An hour has passed: it is folded, or it takes cells, and the cursor is not at 0 s.
    assert seen.playhead >= 15
    idle = {run.mark for run in seen.lanes[0].runs if run.length > 3}
    assert idle & {":", "-"}
    labels = [label.text for label in seen.ruler if label.look != "ahead"]
    assert len(labels) >= 2


def test_scrubbing_in_the_widest_picture_leads_through_the_idle_time() -> None:
    session = after_one_event()
    camera = Camera()
    for _ in range(10):
        camera = moves.zoom(session, camera, -1, WIDTH)
    before_us = session.at_us
    columns = []
    for _ in range(5):
        moves.scrub(session, camera, 1)
        seen = shown(session, camera)
        columns.append(seen.playhead)
        assert before_us < session.at_us <= before_us + 5 * camera.cell_us
    assert columns == sorted(set(columns))
    for _ in range(5):
        moves.scrub(session, camera, -1)
    assert session.at_us == before_us


def test_a_click_on_the_picture_goes_to_what_the_column_shows() -> None:
    session = after_one_event()
    session.player.seek(500 * SECOND)
    moves.seek_column(session, Camera(), 5)
    assert session.at_us == 500_000
    assert not session.player.playing


@pytest.mark.parametrize("at_us", [300 * DAY, 366 * DAY])
def test_a_far_moment_is_drawn_at_once(at_us: int) -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=300 * DAY)), at_us=at_us)
    began = time.process_time()
    for cell_us in (SCALES_US[0], 100_000, SCALES_US[-1]):
        for extra_us in (0, 10_000, SECOND, HOUR):
            session.player.seek(at_us + extra_us)
            shown(session, Camera(cell_us=cell_us))
    assert time.process_time() - began < 2
