"""Rows of the time axis as runs of cells and labels; a lane is drawn here.

Pure functions from segments and times to immutable runs; glyphs and colours come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.model import Phase, Segment

BLANK: Final = " "
FOLD: Final = ":"
CUT: Final = "!"
FAILED: Final = "x"
HERE: Final = ">"

IDLE_PHASES: Final = (Phase.FROZEN, Phase.READY)
LARGEST_DRIFT: Final = 3
"""How many cells short phases may push what follows them to the right."""


class LaneRun(NamedTuple):
    """Cells of one lane that look alike.

    ``mark`` is a phase's letter, or BLANK, FOLD, CUT, FAILED or HERE; ``under`` the phase that goes
    on under HERE; ``record`` the record that began it (-1 for none).
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


def lane(segments: Sequence[Segment], window: Window) -> tuple[LaneRun, ...]:
    """Draw one environment's life up to the cursor.

    Each busy phase gets at least one cell, so that short ones are seen: what follows moves to the
    right, by at most LARGEST_DRIFT cells. What has been drawn never changes as the cursor moves.
    """
    runs: list[LaneRun] = []
    free = 0
    now_us = window.now_us
    here: LaneRun | None = None
    hidden = _Hidden(window, free) if len(segments) > window.width else None
    for segment in segments:
        if segment.start_us > now_us:
            break
        if hidden is not None and hidden.has(segment):
            continue
        going = segment.end_us > now_us
        true_first = window.column(segment.start_us)
        first = max(true_first, free)
        last = max(window.column(min(segment.end_us, now_us)), first)
        idle = segment.phase in IDLE_PHASES
        cut = segment.cut and not going
        failed = segment.failed and not going
        if (
            last == first
            and not idle
            and true_first >= 0
            and (cut or failed or first - true_first < LARGEST_DRIFT)
        ):
            last = first + 1
        if first > free:
            runs.append(LaneRun(BLANK, first - free))
            free = first
        if last > free:
            _extend(runs, segment, first, last, FAILED if failed else CUT if cut else "", window)
            free = last
            if hidden is not None:
                hidden = _Hidden(window, free)
        if going and not idle:
            here = LaneRun(HERE, 1, segment.record, segment.phase.value)
    if here is not None:
        if window.playhead > free:
            runs.append(LaneRun(BLANK, window.playhead - free))
        runs.append(here)
    return tuple(runs)


class _Hidden:
    """Which segments have no cell of their own, because those before them took it.

    Worked out in times: where thousands of segments share a few columns, theirs are not looked up.
    """

    def __init__(self, window: Window, free: int) -> None:
        self._ended_us = min(window.begin_us(free), window.now_us + 1)
        self._begun_us = window.begin_us(free - LARGEST_DRIFT + 1)

    def has(self, segment: Segment) -> bool:
        """Return whether a segment takes no cell at or right of the first free one."""
        return (
            segment.end_us < self._ended_us
            and not segment.cut
            and (segment.start_us < self._begun_us or segment.phase in IDLE_PHASES)
        )


def _extend(
    runs: list[LaneRun], segment: Segment, first: int, last: int, ending: str, window: Window
) -> None:
    """Add a segment's cells; ``ending`` is the mark of its last one, if it ended badly."""
    if segment.phase in IDLE_PHASES:
        for folded, begin, end in window.folded(first, last):
            mark = FOLD if folded else segment.phase.value
            runs.append(LaneRun(mark, end - begin, segment.record))
    elif ending and segment.phase is not Phase.RESET:
        if last - first > 1:
            runs.append(LaneRun(segment.phase.value, last - first - 1, segment.record))
        runs.append(LaneRun(ending, 1, segment.record))
    else:
        runs.append(LaneRun(segment.phase.value, last - first, segment.record))


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
