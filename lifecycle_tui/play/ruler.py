"""The ruler: round times, each as exact as the step between them, and the lengths of folds."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.play.rows import Label
from lifecycle_tui.play.window import Window
from lifecycle_tui.units.durations import format_duration

_SECOND: Final = 1_000_000
_HOUR: Final = 3_600 * _SECOND

_TICKS_US: Final = (
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    *(s * _SECOND for s in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800)),
    *(h * _HOUR for h in (1, 2, 6, 12, 24)),
)  # fmt: skip
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
    """Print a time of the ruler, as exact as its step asks for: ``0.5s``, ``372s``, ``1:00:05``."""
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


def ruler_row(window: Window) -> tuple[Label, ...]:
    """Label times at round steps, and folds with their lengths.

    A label that the playhead would cut in two is left out: the playhead may stand where a label
    begins, never inside it. Beyond the cursor the scale goes on as if nothing were folded: what
    will happen is not shown.
    """
    labels: list[Label] = []
    busy: list[tuple[int, int]] = []
    playhead = window.playhead

    def put(column: int, text: str, look: str, us: int) -> bool:
        end = column + len(text)
        if column < 0 or end > window.width or column < playhead < end:
            return False
        if any(begin <= end and column <= stop for begin, stop in busy):
            return False
        labels.append(Label(column, text, look, us))
        busy.append((column, end))
        return True

    for fold in window.folds:
        words = f":{format_duration(fold.length_us).replace(' ', '')}:"
        us = window.time_at(fold.first)
        if not put(fold.first, words, "fold", us) and window.folding and fold is window.folds[-1]:
            put(playhead + 1, words, "fold", us)
    cell_us, now_us = window.camera.cell_us, window.now_us
    step = tick_step(cell_us, now_us + window.width * cell_us)
    for start_us, end_us in window.unfolded():
        for us in range(-(-start_us // step) * step, end_us + 1, step):
            put(window.column(us), f"|{tick_words(us, step)}", "ruler", us)
    if not window.folding:
        us = (now_us // step + 1) * step
        origin = window.camera.column(window.axis.to_story(now_us))
        while (column := int(origin + (us - now_us) / cell_us)) < window.width:
            put(column, f"|{tick_words(us, step)}", "ahead", us)
            us += step
    return tuple(sorted(labels))
