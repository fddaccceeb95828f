"""The camera: it turns pages, and keeps the cursor in the window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.play.camera import PAGE_AT, Camera


def test_the_window_stands_until_the_cursor_is_near_its_edge() -> None:
    camera = Camera()
    assert camera.follow(84 * 100_000, 100) is camera
    turned = camera.follow(85 * 100_000, 100)
    assert turned.start == 50 * 100_000


def test_going_back_turns_back() -> None:
    camera = Camera(start=500 * 100_000)
    assert camera.follow(0, 100).start == 0


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(20, 300))
def test_the_cursor_is_always_in_the_window(start: int, story: int, width: int) -> None:
    camera = Camera(start=start).follow(story, width)
    assert 0 <= camera.column(story) <= width * PAGE_AT
    assert camera.follow(story, width) == camera


@given(st.integers(0, 10**9), st.sampled_from([-1, 1]), st.integers(20, 300))
def test_zooming_keeps_the_cursor_in_the_window(story: int, direction: int, width: int) -> None:
    camera = Camera().follow(story, width)
    for _ in range(4):
        camera = camera.zoom(direction, story, width)
        assert 0 <= camera.column(story) <= width
