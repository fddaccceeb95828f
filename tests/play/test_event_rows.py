"""The event row: every number can be read, and words stand where there is room for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.play.arrivals import Arrival
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.event_rows import event_row
from lifecycle_tui.play.player import TrueAxis
from lifecycle_tui.play.window import Window

CELL_US = 100_000


def labels(*columns: int, now: int = 90, word: str = "WARM") -> list[tuple[int, str]]:
    some = [Arrival(column * CELL_US, n, word) for n, column in enumerate(columns, start=1)]
    window = Window(Camera(), TrueAxis(), 100, now * CELL_US)
    return [(label.column, label.text) for label in event_row(some, window)]


def test_a_word_goes_before_its_number_where_there_is_room_only_there() -> None:
    assert labels(0, 20, 23, 50) == [(0, "1 WARM"), (15, "WARM 2"), (23, "3 WARM"), (50, "4 WARM")]


def test_a_number_stays_in_its_column_when_the_next_event_comes() -> None:
    assert labels(0, 20, 23, now=22) == [(0, "1 WARM"), (20, "2 WARM")]
    assert labels(0, 20, 23, now=23) == [(0, "1 WARM"), (15, "WARM 2"), (23, "3 WARM")]


def test_a_number_stands_alone_where_its_word_fits_on_neither_side() -> None:
    assert labels(0, 3, 6) == [(0, "1"), (3, "2"), (6, "3 WARM")]


def test_events_without_room_for_a_number_share_one_label() -> None:
    assert labels(0, 1, 2, 3, 40) == [(0, "1-4 WARM"), (40, "5 WARM")]


@given(st.lists(st.integers(0, 99), min_size=1, max_size=60), st.integers(0, 99))
def test_labels_never_overlap_and_name_every_event(columns: list[int], now: int) -> None:
    columns = sorted(columns)
    shown = labels(*columns, now=now)
    free = 0
    named: list[int] = []
    for column, text in shown:
        assert column >= free
        free = column + len(text)
        number = next(part for part in text.split(" ") if part[0].isdigit())
        first, _, last = number.partition("-")
        named += range(int(first), int(last or first) + 1)
    assert free <= 100
    assert named == list(range(1, sum(column <= now for column in columns) + 1))
