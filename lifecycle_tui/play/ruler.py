"""The ruler: round times, each as exact as the step between them, bookmarks, and folds' lengths.

Inside a fold a cell is long, so that the cursor says there which time it is. On the logarithmic
axis times are distances from the origin.
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
_TIMES: Final = frozenset({"ruler", "ahead", "here"})
"""Looks of the labels that say a time."""


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
    begins, never inside it, and only if the label does not say another time than it is. Beyond
    the cursor the scale goes on as if nothing were folded: what will happen is not shown.
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
        """Write a label if there is room for it: a blank before it, or the cursor's mark in it."""
        playhead, end = self.window.playhead, column + len(text)
        if column < 0 or end > self.window.width or column < playhead < end:
            return False
        first = column + 1 if column == playhead else column
        if any(begin <= end and first <= stop for begin, stop in self._busy):
            return False
        self.labels.append(Label(column, text, look, us))
        self._busy.append((first, end))
        return True


def _label_times(row: _Row) -> None:
    window = row.window
    cell_us, now_us = window.camera.cell_us, window.now_us
    if window.folded_from_us is not None:
        _label_cursor(row)
    _label_folds(row)
    step = tick_step(cell_us, now_us + window.width * cell_us)
    for start_us, end_us in window.unfolded():
        for us in range(-(-start_us // step) * step, end_us + 1, step):
            _label_time(row, window.column(us), us, step)
    if window.folded_from_us is None:
        us = (now_us // step + 1) * step
        origin = window.camera.column(window.axis.to_story(now_us))
        while (column := int(origin + (us - now_us) / cell_us)) < window.width:
            _label_time(row, column, us, step)
            us += step
    if not any(label.look in _TIMES for label in row.labels):
        _label_cursor(row)


def _label_time(row: _Row, column: int, us: int, step_us: int) -> None:
    """Write a round time, or where it shares the cursor's cell and is another one, the cursor's."""
    words, now_us = tick_words(us, step_us), row.window.now_us
    if column == row.window.playhead and words != tick_words(now_us, step_us):
        _label_cursor(row)
    else:
        row.put(column, f"|{words}", "ruler" if us <= now_us else "ahead", us)


def _label_cursor(row: _Row) -> None:
    """Write once what time it is, as exactly as a cell is long: at the cursor, else before it."""
    if any(label.look == "here" for label in row.labels):
        return
    playhead, now_us = row.window.playhead, row.window.now_us
    words = _cursor_words(row.window)
    if not row.put(playhead, f"|{words}", "here", now_us):
        row.put(playhead - len(words), words, "here", now_us)


def _label_folds(row: _Row) -> None:
    """Write how long folds are; the cursor's own, which is growing, beyond it if need be."""
    window, begin_us = row.window, row.window.folded_from_us
    told = False
    for fold in window.folds:
        us = window.time_at(fold.first)
        told = row.put(fold.first, _fold_words(fold.length_us), "fold", us)
        told = told and begin_us is not None and us > begin_us
    if begin_us is not None and not told:
        words = _fold_words(window.now_us - begin_us)
        row.put(window.playhead + len(_cursor_words(window)) + 2, words, "fold", begin_us)


def _cursor_words(window: Window) -> str:
    return tick_words(window.now_us, window.camera.cell_us)


def _fold_words(length_us: int) -> str:
    return f":{format_duration(length_us).replace(' ', '')}:"


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
