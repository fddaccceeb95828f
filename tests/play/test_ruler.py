"""The ruler: distinct times, as exact as their step, and never under the playhead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import DAY, HOUR, SECOND, Fire
from lifecycle_tui.play.camera import SCALES_US, Camera
from lifecycle_tui.play.player import TrueAxis
from lifecycle_tui.play.ruler import ruler_row, tick_step, tick_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, follow, view
from lifecycle_tui.play.window import Window
from tests.play.plans import plan


def row(now_us: int, cell_us: int = 100_000, width: int = 80) -> list[tuple[int, str]]:
    camera = Camera(cell_us=cell_us).follow(now_us, width)
    labels = ruler_row(Window(camera, TrueAxis(), width, now_us))
    return [(label.column, label.text) for label in labels]


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
    for now in range(2, 302):
        session.player.seek(now * SECOND)
        shown = view(session, follow(session, Camera(), 60), Size(60, 0, 1))
        for label in shown.ruler:
            assert not label.column < shown.playhead < label.column + len(label.text)
        seen += [(label.text, label.column) for label in shown.ruler if label.look == "fold"]
    assert len(seen) > 250
    assert seen[-1][0] == ":4m58s:"
