"""A figure as a drawing in SVG: lanes with hatched stretches, their numbers, and a ruler.

Nothing in it names a phase or a length, in words, ids or descriptions; only where the sheet is
filled in do the boxes hold what belongs into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from lifecycle_tui.engine.plan import MINUTE
from lifecycle_tui.lessons.worksheets.hatching import fill
from lifecycle_tui.lessons.worksheets.model import Bar, Figure, Lane
from lifecycle_tui.play.rows import IDLE_PHASES
from lifecycle_tui.play.ruler import tick_words
from lifecycle_tui.readings.axis import Fold
from lifecycle_tui.units.durations import format_duration

WIDTH: Final = 680
_LEFT, _RIGHT = 34, 662
_TOP: Final = 26
"""Room above the lanes, for what comes in."""
_BOX: Final = 70
"""Width of a box to write into, with the room beside it."""
_BOX_ROOM, _BAR, _NUMBER_ROOM = 19, 20, 17
_LANE: Final = _BOX_ROOM + _BAR + _NUMBER_ROOM
_RULER: Final = 24
_LEAST: Final = 2.5
"""Width of the shortest stretch."""
_INSIDE: Final = 17
"""A stretch as wide as this has its number inside."""
_LETTER: Final = 5.6
"""Width of a letter of the ruler, at most."""
_STEPS: Final[tuple[int, ...]] = tuple(
    us
    for us in (
        *(digit * 10**power for power in range(2, 8) for digit in (1, 2, 5)),
        *(minutes * MINUTE for minutes in (1, 2, 5, 10, 20, 60, 120, 300, 600, 1_200, 6_000)),
    )
)
"""What may lie between two labels of the ruler, in microseconds."""
_MINOR: Final = 5
"""How many small marks a step has."""
_MOST_LABELS: Final = 9


class _Scale:
    """Where in the drawing a moment lies."""

    def __init__(self, figure: Figure) -> None:
        self._axis = figure.axis
        self._begin = figure.axis.to_story(figure.from_us)
        self._room = (figure.axis.to_story(figure.to_us) - self._begin) or 1.0
        self.folds = figure.axis.folds_between(figure.from_us, max(figure.to_us, 1))

    def x(self, us: float) -> float:
        """Return the place of a moment, from the left."""
        share = (self._axis.to_story(us) - self._begin) / self._room
        return _LEFT + share * (_RIGHT - _LEFT)

    def stretches(self, figure: Figure) -> Iterator[tuple[int, int]]:
        """Yield the stretches of time that are drawn to scale."""
        begin_us = figure.from_us
        for fold in self.folds:
            yield begin_us, fold.start_us
            begin_us = fold.end_us
        yield begin_us, figure.to_us


def drawing(figure: Figure, number: int, *, filled: bool) -> str:
    """Return a figure as SVG that stands in a page.

    Args:
        figure: what is drawn.
        number: the figure's.
        filled: whether the boxes hold their answers.
    """
    scale = _Scale(figure)
    height = _TOP + len(figure.lanes) * _LANE + _RULER
    label = f"Figure {number}: lanes of environments over time, to fill in"
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">',
        *_grid(figure, scale, height),
        *_arrivals(figure, scale),
    ]
    told: set[int] = set()
    lanes = [
        (_TOP + place * _LANE, lane, _placed(lane, scale))
        for place, lane in enumerate(figure.lanes)
    ]
    for top, lane, bars in lanes:
        parts += _lane(lane, bars, top + _BOX_ROOM)
    # A break covers the stretches that go through it, and nothing that is to be read.
    for fold in scale.folds:
        parts += _break(fold, scale, height)
    for top, lane, bars in lanes:
        parts += _numbers(bars, top + _BOX_ROOM, scale, told)
        parts += _boxes(lane, top, scale, filled=filled)
    return "".join((*parts, "</svg>"))


def step_us(figure: Figure) -> int:
    """Return the time between two small marks of a figure's ruler."""
    return _step(figure, _Scale(figure)) // _MINOR


def _step(figure: Figure, scale: _Scale) -> int:
    shown_us: int = sum(end - begin for begin, end in scale.stretches(figure))
    return next((each for each in _STEPS if shown_us <= each * _MOST_LABELS), _STEPS[-1])


def _grid(figure: Figure, scale: _Scale, height: int) -> Iterator[str]:
    """Yield the ruler: a long mark with its time at each step, small ones between them."""
    step, bottom = _step(figure, scale), height - _RULER
    minor = step // _MINOR
    long, small, labels = [], [], []
    free = 0.0
    for begin_us, end_us in scale.stretches(figure):
        for us in range(-(-begin_us // minor) * minor, end_us + 1, minor):
            x = scale.x(us)
            if us % step:
                small.append(f"M{_n(x)} {bottom}v4")
                continue
            long.append(f"M{_n(x)} {_TOP}V{bottom + 7}")
            words = tick_words(us, step)
            half = len(words) * _LETTER / 2
            if x - half >= free and x + half <= WIDTH:
                labels.append(_text(x, height - 6, words, "middle"))
                free = x + half + 4
    yield f'<path class="g" d="{"".join(long)}"/>'
    yield f'<path class="l" d="M{_LEFT} {bottom}H{_RIGHT}{"".join(small)}"/>'
    yield from labels


def _arrivals(figure: Figure, scale: _Scale) -> Iterator[str]:
    """Yield a mark for each moment at which events come, and their names where there is room."""
    groups: list[tuple[float, list[str]]] = []
    for arrival in figure.arrivals:
        x = scale.x(arrival.at_us)
        yield f'<path d="M{_n(x - 4)} {_TOP - 9}h8l-4 7z"/>'
        last = groups[-1] if groups else None
        if last is not None and x < last[0] + _wide(last[1]) + 3:
            last[1].extend(arrival.names)
        else:
            groups.append((x - 4, list(arrival.names)))
    for (x, names), following in pairwise([*groups, (float(WIDTH), [])]):
        words = _brief(names)
        x = min(x, WIDTH - len(words) * _LETTER)
        if x < following[0]:
            yield _text(x, _TOP - 13, words, "start")


def _brief(names: list[str]) -> str:
    """Return the names of events that come together, or about how many they are."""
    if len(names) < 3:
        return " ".join(names)
    first = int(names[0][1:]) if names[0][1:].isdecimal() else 0
    if names == [f"#{number}" for number in range(first, first + len(names))]:
        return f"{names[0]} to {names[-1]}"
    return f"{names[0]} +{len(names) - 1}"


def _wide(names: list[str]) -> float:
    return len(_brief(names)) * _LETTER


class _Placed(NamedTuple):
    """A stretch where it is drawn."""

    x: float
    end: float
    bar: Bar


def _placed(lane: Lane, scale: _Scale) -> list[_Placed]:
    """Return a lane's stretches: short ones are as wide as can be seen, and push what follows."""
    found: list[_Placed] = []
    free = 0.0
    for bar in lane.bars:
        x = max(scale.x(bar.start_us), free)
        end = scale.x(bar.end_us)
        if bar.phase not in IDLE_PHASES:
            end = max(end, x + _LEAST)
        if end > x:
            found.append(_Placed(x, end, bar))
            free = end
    return found


def _lane(lane: Lane, bars: list[_Placed], top: int) -> Iterator[str]:
    yield _text(2, top + 14, lane.id, "start", bold=True)
    for x, end, bar in bars:
        yield _rect(x, top, end - x, _BAR, fill(bar.phase))
        if bar.cut:
            yield f'<path class="c" d="M{_n(end - 1.5)} {top - 4}v{_BAR + 8}"/>'


def _numbers(bars: list[_Placed], top: int, scale: _Scale, told: set[int]) -> Iterator[str]:
    """Yield the numbers: inside their stretch if it is wide enough, else below it on a line.

    Those below are told once in a picture.
    """
    below = top + _BAR + 10
    free = 0.0
    for x, end, bar in bars:
        left, right = _widest(x, end, scale)
        middle = (left + right) / 2
        if right - left >= _INSIDE:
            yield _number(middle, top + _BAR / 2, bar.number)
        elif bar.number not in told:
            place = min(max(middle, free + 8), WIDTH - 8)
            free = place + 8
            yield f'<path class="l" d="M{_n(middle)} {top + _BAR - 3}L{_n(place)} {below}"/>'
            yield _number(place, below, bar.number)
        told.add(bar.number)


def _widest(x: float, end: float, scale: _Scale) -> tuple[float, float]:
    """Return the widest part of a stretch that no break covers."""
    edges = [x]
    for fold in scale.folds:
        edges += (scale.x(fold.start_us), scale.x(fold.end_us))
    edges = [min(max(edge, x), end) for edge in (*edges, end)]
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda room: room[1] - room[0])


def _boxes(lane: Lane, top: int, scale: _Scale, *, filled: bool) -> Iterator[str]:
    """Yield a box to write into for each invocation, on a line to where it begins."""
    begins = lane.begins[: int((WIDTH - _LEFT) // _BOX)]
    lefts: list[float] = []
    for begin in begins:
        lefts.append(max(scale.x(begin.at_us), lefts[-1] + _BOX if lefts else 0.0))
    limit = float(WIDTH)
    for place in range(len(lefts) - 1, -1, -1):
        limit = lefts[place] = min(lefts[place], limit - _BOX)
    for begin, left in zip(begins, lefts, strict=True):
        x = scale.x(begin.at_us)
        foot = min(max(x, left + 3), left + _BOX - 6)
        yield f'<path class="l" d="M{_n(x)} {top + _BOX_ROOM + 3}L{_n(foot)} {top + 15}"/>'
        yield '<g class="h">'
        yield f'<rect x="{_n(left)}" y="{top + 1}" width="{_BOX - 3}" height="14" class="b"/>'
        if filled:
            middle = left + (_BOX - 3) / 2
            yield f'<text x="{_n(middle)}" y="{top + 11.5}" class="a">{escape(begin.answer)}</text>'
        yield "</g>"


def _break(fold: Fold, scale: _Scale, height: int) -> Iterator[str]:
    """Yield a break in the time: paper over everything, and how long it is if there is room."""
    left, right = scale.x(fold.start_us), scale.x(fold.end_us)
    top, bottom = _TOP, height - _RULER + 5
    size = f'width="{_n(right - left)}" height="{bottom - top}"'
    yield f'<rect x="{_n(left)}" y="{top}" {size} fill="#fff"/>'
    yield f'<path class="d" d="M{_n(left)} {top}V{bottom}M{_n(right)} {top}V{bottom}"/>'
    words = format_duration(fold.length_us)
    if len(words) * _LETTER <= right - left + _LETTER:
        middle = _TOP + _BOX_ROOM + _BAR / 2 + 3
        yield _text((left + right) / 2, middle, words, "middle", italic=True)


def _number(x: float, y: float, number: int) -> str:
    # Each stands alone, so that none is read together with another.
    return (
        f'<circle class="b" cx="{_n(x)}" cy="{_n(y)}" r="7"/>'
        f"{_text(x, y + 3.3, str(number), 'middle', bold=True)}"
    )


def _rect(x: float, y: float, width: float, height: float, filling: str) -> str:
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        f' fill="{filling}" class="s"/>'
    )


def _text(
    x: float, y: float, words: str, anchor: str, *, bold: bool = False, italic: bool = False
) -> str:
    looks = (' font-weight="bold"' if bold else "") + (' font-style="italic"' if italic else "")
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f"<text {place}{looks}>{escape(words)}</text>"


def _n(value: float) -> str:
    """Return a number without what it does not need."""
    return f"{value:.1f}".removesuffix(".0")
