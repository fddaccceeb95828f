"""Rows of the time axis: lanes, events, refused events and the ruler, as runs of cells.

Pure functions from segments and times to immutable runs; glyphs and colours come later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.player import TimeAxis
from lifecycle_tui.readings.model import Phase, Segment
from lifecycle_tui.units.durations import format_duration

BLANK: Final = " "
FOLD: Final = ":"
CUT: Final = "!"
HERE: Final = ">"

IDLE_PHASES: Final = (Phase.FROZEN, Phase.READY)
LARGEST_DRIFT: Final = 3
"""How many cells short phases may push what follows them to the right."""


class LaneRun(NamedTuple):
    """Cells of one lane that look alike.

    ``mark`` is a phase's letter, or BLANK, FOLD, CUT or HERE; ``under`` the phase that goes on
    under HERE; ``record`` the record that began it (-1 for none).
    """

    mark: str
    length: int
    record: int = -1
    under: str = ""


class Label(NamedTuple):
    """A text in a row of the time axis, at a column, with a look and a virtual time."""

    column: int
    text: str
    look: str
    at_us: int


class Fold(NamedTuple):
    """A stretch of idle time drawn short: its columns and its true length."""

    first: int
    last: int
    length_us: int


class Window:
    """A camera, an axis and a width together: virtual times to columns."""

    def __init__(
        self,
        camera: Camera,
        axis: TimeAxis,
        width: int,
        now_us: int,
        folds_us: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.camera = camera
        self.axis = axis
        self.width = width
        self.now_us = now_us
        self.playhead = max(self.column(now_us), 0)
        self.from_us = axis.from_story(camera.start)
        self.to_us = axis.from_story(camera.story(width))
        self._folds_us = tuple(
            (start, end) for start, end in folds_us if end >= self.from_us and start <= self.to_us
        )
        self.folds = tuple(self._seen(self._folds_us))
        self._starts = [fold.first for fold in self.folds]
        self.folding = self.in_fold(now_us)
        """Whether the cursor is inside a fold."""

    def column(self, us: int) -> int:
        """Return the column in which a virtual time lies."""
        return int(self.camera.column(self.axis.to_story(us)) // 1)

    def time_at(self, column: int) -> int:
        """Return the virtual time at a column's left edge."""
        return self.axis.from_story(self.camera.story(column))

    def in_fold(self, us: int) -> bool:
        """Whether a virtual time lies in a fold of the window."""
        return any(start < us < end for start, end in self._folds_us)

    def _seen(self, folds_us: Sequence[tuple[int, int]]) -> Iterable[Fold]:
        for start_us, end_us in folds_us:
            if start_us >= self.now_us:
                continue
            first, last = self.column(start_us) + 1, self.column(min(end_us, self.now_us))
            if last > max(first, 0):
                yield Fold(
                    max(first, 0), min(last, self.width), min(end_us, self.now_us) - start_us
                )

    def folded(self, first: int, last: int) -> Iterable[tuple[bool, int, int]]:
        """Cut columns [first, last) at folds: (is it a fold, first, last) in order."""
        place = max(bisect_right(self._starts, first) - 1, 0)
        for fold in self.folds[place:]:
            if fold.first >= last:
                break
            if fold.last <= first:
                continue
            if fold.first > first:
                yield False, first, fold.first
            first = max(first, fold.first)
            yield True, first, min(fold.last, last)
            first = min(fold.last, last)
        if first < last:
            yield False, first, last


def lane(segments: Sequence[Segment], window: Window) -> tuple[LaneRun, ...]:
    """Draw one environment's life up to the cursor.

    Each busy phase gets at least one cell, so that short ones are seen: what follows moves to the
    right, by at most LARGEST_DRIFT cells. What has been drawn never changes as the cursor moves.
    """
    runs: list[LaneRun] = []
    free = 0
    now_us = window.now_us
    here: LaneRun | None = None
    for segment in segments:
        if segment.start_us > now_us:
            break
        going = segment.end_us > now_us
        true_first = window.column(segment.start_us)
        first = max(true_first, free)
        last = max(window.column(min(segment.end_us, now_us)), first)
        idle = segment.phase in IDLE_PHASES
        cut = segment.cut and not going
        if (
            last == first
            and not idle
            and true_first >= 0
            and (cut or first - true_first < LARGEST_DRIFT)
        ):
            last = first + 1
        if first > free:
            runs.append(LaneRun(BLANK, first - free))
            free = first
        if last > free:
            _extend(runs, segment, first, last, cut, window)
            free = last
        if going and not idle:
            here = LaneRun(HERE, 1, segment.record, segment.phase.value)
    if here is not None:
        if window.playhead > free:
            runs.append(LaneRun(BLANK, window.playhead - free))
        runs.append(here)
    return tuple(runs)


def _extend(
    runs: list[LaneRun], segment: Segment, first: int, last: int, cut: bool, window: Window
) -> None:
    if segment.phase in IDLE_PHASES:
        for folded, begin, end in window.folded(first, last):
            mark = FOLD if folded else segment.phase.value
            runs.append(LaneRun(mark, end - begin, segment.record))
    elif cut and segment.phase is not Phase.RESET:
        if last - first > 1:
            runs.append(LaneRun(segment.phase.value, last - first - 1, segment.record))
        runs.append(LaneRun(CUT, 1, segment.record))
    else:
        runs.append(LaneRun(segment.phase.value, last - first, segment.record))


class Arrival(NamedTuple):
    """An event as the event row shows it: when it came and its start word (``429`` if refused)."""

    at_us: int
    event: int
    word: str


def event_row(arrivals: Sequence[Arrival], window: Window) -> tuple[Label, ...]:
    """Label the events of the window: number and start word where there is room."""
    groups = _groups(arrivals, window)
    labels: list[Label] = []
    for place, (column, first, last) in enumerate(groups):
        limit = groups[place + 1][0] if place + 1 < len(groups) else window.width
        one = arrivals[first]
        text = _event_words(arrivals, first, last, limit - column - 1)
        labels.append(Label(column, text, one.word, one.at_us))
    return tuple(labels)


def _event_words(arrivals: Sequence[Arrival], first: int, last: int, room: int) -> str:
    """Say the events [first, last) of one column, in as many cells as there are."""
    count = last - first
    number = str(arrivals[first].event)
    if count > 1:
        number = f"{number}-{arrivals[last - 1].event}"
    if room >= len(number) + 4:
        words = Counter(one.word for one in arrivals[first:last])
        said = [f"{times} {word}" for word, times in words.items()]
        word = arrivals[first].word if len(words) == 1 else ", ".join(said)
        if len(number) + 1 + len(word) <= room:
            return f"{number} {word}"
    forms = (number, f"x{count}" if count > 1 else "'")
    return next((form for form in forms if len(form) <= room), "'")


def refused_row(refused: Sequence[Arrival], window: Window) -> tuple[Label, ...]:
    """Mark the refused events of the window: a cross, and how many where there are several."""
    labels: list[Label] = []
    groups = _groups(refused, window)
    for place, (column, first, last) in enumerate(groups):
        limit = groups[place + 1][0] if place + 1 < len(groups) else window.width
        text = f"x{last - first}" if last - first > 1 else "x"
        if len(text) > limit - column:
            text = "x"
        labels.append(Label(column, text, "429", refused[first].at_us))
    return tuple(labels)


def _groups(arrivals: Sequence[Arrival], window: Window) -> list[tuple[int, int, int]]:
    """Return column, first place and end of the arrivals of each column, up to the cursor."""
    place = bisect_left(arrivals, window.from_us, key=_arrived)
    end = bisect_right(arrivals, min(window.now_us, window.to_us), key=_arrived)
    groups: list[tuple[int, int, int]] = []
    while place < end:
        column = max(window.column(arrivals[place].at_us), 0)
        if column >= window.width:
            break
        edge_us = window.time_at(column + 1)
        following = max(bisect_left(arrivals, edge_us, lo=place, hi=end, key=_arrived), place + 1)
        if groups and groups[-1][0] == column:
            column, place, _ = groups.pop()
        groups.append((column, place, following))
        place = following
    return groups


def _arrived(one: Arrival) -> int:
    return one.at_us


_TICKS_US: Final = (
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    *(s * 1_000_000 for s in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800)),
    *(h * 3_600_000_000 for h in (1, 2, 6, 12, 24)),
)  # fmt: skip


def tick_step(cell_us: int, least_cells: int = 10) -> int:
    """Return the virtual time between two labels of the ruler."""
    return next((us for us in _TICKS_US if us >= least_cells * cell_us), _TICKS_US[-1])


def ruler_row(window: Window) -> tuple[Label, ...]:
    """Label times at round steps, and folds with their lengths.

    Beyond the cursor the scale goes on as if nothing were folded: what will happen is not shown.
    """
    labels: list[Label] = []
    busy: list[tuple[int, int]] = []

    def put(column: int, text: str, look: str, us: int) -> None:
        end = column + len(text)
        if end <= window.width and all(end < begin or column > stop for begin, stop in busy):
            labels.append(Label(column, text, look, us))
            busy.append((column, end))

    for fold in window.folds:
        words = f":{format_duration(fold.length_us).replace(' ', '')}:"
        put(fold.first, words, "fold", window.time_at(fold.first))
    cell_us = window.camera.cell_us
    step = tick_step(cell_us)
    for folded, first, last in window.folded(0, min(window.playhead + 1, window.width)):
        us = -(-max(window.time_at(first), 0) // step) * step
        while not folded and us <= window.now_us and (column := window.column(us)) < last:
            if column >= first and not window.in_fold(us):
                put(column, f"|{tick_words(us, step)}", "ruler", us)
            us += step
    if not window.folding:
        us = (window.now_us // step + 1) * step
        origin = window.camera.column(window.axis.to_story(window.now_us))
        while (column := int(origin + (us - window.now_us) / cell_us)) < window.width:
            if column >= 0:
                put(column, f"|{tick_words(us, step)}", "ahead", us)
            us += step
    return tuple(sorted(labels))


def tick_words(us: int, step_us: int) -> str:
    """Print a time of the ruler, as exact as its step asks for."""
    if step_us < 1_000:
        return f"{us / 1_000:.1f}ms"
    if step_us < 100_000 and us < 1_000_000:
        return f"{us // 1_000}ms"
    if us < 600_000_000:
        decimals = 0 if step_us % 1_000_000 == 0 else 1 if step_us % 100_000 == 0 else 3
        return f"{us / 1_000_000:.{decimals}f}s"
    return format_duration(us).replace(" ", "")


def spread(
    labels: Iterable[Label], width: int, look: Callable[[str], str] = str
) -> tuple[tuple[str, str, int], ...]:
    """Turn labels into (text, look, time) runs that fill a row, blanks between them."""
    runs: list[tuple[str, str, int]] = []
    free = 0
    for label in labels:
        if label.column < free:
            continue
        if label.column > free:
            runs.append((" " * (label.column - free), "plain", -1))
        runs.append((label.text, look(label.look), label.at_us))
        free = label.column + len(label.text)
    if free < width:
        runs.append((" " * (width - free), "plain", -1))
    return tuple(runs)
