"""The ruler: round times, each as exact as the step between them, bookmarks, and folds' lengths.

On the logarithmic axis its times are distances from the origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from unicodedata import east_asian_width

from lifecycle_tui.play.bookmarks import Bookmark, Bookmarks
from lifecycle_tui.play.rows import Label
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.axis import LogAxis
from lifecycle_tui.units.durations import format_duration

_SECOND: Final = 1_000_000
_HOUR: Final = 3_600 * _SECOND
_DAY: Final = 24 * _HOUR

_TICKS_US: Final = (
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    *(s * _SECOND for s in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800)),
    *(h * _HOUR for h in (1, 2, 6, 12)), *(d * _DAY for d in (1, 2, 5, 10, 20, 50, 100)),
)  # fmt: skip
_DISTANCES: Final = (
    (1_000, "1ms"), (10_000, "10ms"), (100_000, "100ms"), (_SECOND, "1s"), (10 * _SECOND, "10s"),
    (60 * _SECOND, "1min"), (_HOUR, "1h"), (_DAY, "1d"), (10 * _DAY, "10d"), (100 * _DAY, "100d"),
)  # fmt: skip
"""What a logarithmic ruler shows, whatever its scale."""
_BETWEEN: Final = (
    (600 * _SECOND, "10min"), (10 * _HOUR, "10h"),
    (2_000, "2ms"), (5_000, "5ms"), (20_000, "20ms"), (50_000, "50ms"), (200_000, "200ms"),
    (500_000, "500ms"), (2 * _SECOND, "2s"), (5 * _SECOND, "5s"), (30 * _SECOND, "30s"),
    (120 * _SECOND, "2min"), (300 * _SECOND, "5min"), (1_800 * _SECOND, "30min"),
    (2 * _HOUR, "2h"), (5 * _HOUR, "5h"), (2 * _DAY, "2d"), (5 * _DAY, "5d"),
)  # fmt: skip
"""What it shows between them where there is room."""
_LEAST_CELLS: Final = 10


def tick_step(cell_us: int, furthest_us: int = 0) -> int:
    """Return the virtual time between two labels of the ruler.

    Args:
        cell_us: virtual time of a cell.
        furthest_us: the latest time that may be labelled; there must be room for its words.
    """
    for step_us in _TICKS_US:
        cells = step_us // cell_us
        if cells >= _LEAST_CELLS and cells >= len(tick_words(furthest_us, step_us)) + 2:
            return step_us
    return _TICKS_US[-1]


def tick_words(us: int, step_us: int) -> str:
    """Print a time of the ruler, as exact as its step asks for.

    >>> tick_words(500_000, 100_000), tick_words(372_000_000, 1_000_000)
    ('0.5s', '372s')
    >>> tick_words(3_605_000_000, 5_000_000), tick_words(7_200_000_000, 3_600_000_000)
    ('1:00:05', '2h')
    """
    if step_us >= _DAY:
        return f"{us // _DAY}d"
    if step_us >= _HOUR:
        return f"{us // _HOUR}h"
    if step_us < 1_000:
        return f"{us / 1_000:.1f}ms"
    if step_us < 100_000 and us < _SECOND:
        return f"{us // 1_000}ms"
    decimals = next((n for n in (0, 1, 2) if step_us % 10 ** (6 - n) == 0), 3)
    seconds, part_us = divmod(us, _SECOND)
    part = f".{part_us:06d}"[: decimals + 1] if decimals else ""
    if us < _HOUR:
        return f"{seconds}{part}s"
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{part}"


def exact_words(us: int) -> str:
    """Print a time as exactly as it is, to a millisecond: ``0.25s``, ``302s``."""
    steps = (_SECOND, 100_000, 10_000)
    return tick_words(us, next((step for step in steps if us % step == 0), 1_000))


def ruler_row(window: Window, bookmarks: Bookmarks = ()) -> tuple[Label, ...]:
    """Label bookmarks, times at round steps, and folds with their lengths.

    A label that the playhead would cut in two is left out: the playhead may stand where a label
    begins, never inside it. Beyond the cursor the scale goes on as if nothing were folded: what
    will happen is not shown.
    """
    row = _Row(window)
    for mark in bookmarks:
        if mark.at_us <= window.now_us:
            row.put(window.column(mark.at_us), f"|{_shown(mark)}", "bookmark", mark.at_us)
    if isinstance(window.axis, LogAxis):
        _label_distances(row, window.axis)
    else:
        _label_times(row)
    return tuple(sorted(row.labels))


class _Row:
    """Labels that keep clear of each other and of the playhead: the first ones come first."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.labels: list[Label] = []
        self._busy: list[tuple[int, int]] = []

    def put(self, column: int, text: str, look: str, us: int) -> bool:
        """Write a label if there is room for it."""
        end = column + len(text)
        if column < 0 or end > self.window.width or column < self.window.playhead < end:
            return False
        if any(begin <= end and column <= stop for begin, stop in self._busy):
            return False
        self.labels.append(Label(column, text, look, us))
        self._busy.append((column, end))
        return True


def _label_times(row: _Row) -> None:
    window = row.window
    for fold in window.folds:
        words = f":{format_duration(fold.length_us).replace(' ', '')}:"
        us = window.time_at(fold.first)
        put = row.put(fold.first, words, "fold", us)
        if not put and window.folding and fold is window.folds[-1]:
            row.put(window.playhead + 1, words, "fold", us)
    cell_us, now_us = window.camera.cell_us, window.now_us
    step = tick_step(cell_us, now_us + window.width * cell_us)
    for start_us, end_us in window.unfolded():
        for us in range(-(-start_us // step) * step, end_us + 1, step):
            row.put(window.column(us), f"|{tick_words(us, step)}", "ruler", us)
    if not window.folding:
        us = (now_us // step + 1) * step
        origin = window.camera.column(window.axis.to_story(now_us))
        while (column := int(origin + (us - now_us) / cell_us)) < window.width:
            row.put(column, f"|{tick_words(us, step)}", "ahead", us)
            us += step


def _label_distances(row: _Row, axis: LogAxis) -> None:
    window, origin_us = row.window, axis.origin_us
    origin = f"|{exact_words(origin_us)}"
    fitting = origin if len(origin) < window.column(origin_us + _DISTANCES[0][0]) else "|0"
    row.put(window.column(origin_us), fitting, "ruler", origin_us)
    for distance_us, words in _distances():
        us = origin_us + distance_us
        look = "ruler" if us <= window.now_us else "ahead"
        row.put(window.column(us), f"|{words}", look, us)


def _distances() -> Iterator[tuple[int, str]]:
    yield from _DISTANCES
    yield from _BETWEEN


def _shown(mark: Bookmark) -> str:
    """Return a bookmark's name where each letter of it takes one cell."""
    return mark.name if all(east_asian_width(one) not in "WF" for one in mark.name) else "mark"
