"""The lanes of a run at a moment, as a sheet draws them: numbers where the screen has letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lifecycle_tui.engine.plan import MS, SECOND
from lifecycle_tui.expressions import Value
from lifecycle_tui.expressions.values import UNKNOWN, Row, Table
from lifecycle_tui.lessons.templates import value_words
from lifecycle_tui.lessons.worksheets.model import (
    Arrival,
    Bar,
    Begin,
    EndAsked,
    EventAsked,
    Figure,
    Lane,
    NumberAsked,
)
from lifecycle_tui.play.rows import IDLE_PHASES
from lifecycle_tui.readings.axis import Axis, idle_stretches
from lifecycle_tui.readings.bars import LABELS
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Phase, Segment
from lifecycle_tui.readings.segments import visible
from lifecycle_tui.readings.tables import names_of

NAMES: Final = {
    **LABELS,
    Phase.PLACEMENT: "placement",
    Phase.READY: "READY",
    Phase.FROZEN: "FROZEN",
    Phase.RESET: "reset",
    Phase.SHUTDOWN: "Shutdown",
}
"""What belongs beside a phase's number."""
NOT_YET: Final = "not yet"
NONE: Final = "–"

MOST_EVENTS: Final = 6
"""Rows of a table, and events in a picture."""
MOST_LANES: Final = 5
_LEAST_SPAN_US, _QUIET_SPAN_US = 50 * MS, SECOND
"""What busy time counts as at least, and where there is none."""
_MARGIN_US: Final = 10 * MS
_FOLDED: Final = 0.25
"""Idle time is folded where it is longer than this share of all busy time."""
_TOLD, _MARGIN = 0.16, 0.03
"""How much room such a time has, its margins included, and each of them, as shares likewise."""
_READABLE: Final = 0.03
"""A length is asked for where it has at least this share of the picture's width."""


class Moment(NamedTuple):
    """A run as it is seen from a moment, and its events that were not asked about before."""

    run: Index
    at_us: int
    attempts: tuple[Row, ...]
    """All of them by then."""
    fresh: tuple[Row, ...]
    """Those that have ended since the moment before, or in this run at all."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.attempts and not _born(self.run, self.at_us)


class Numbering:
    """Which number stands for which phase: in the order in which the sheet brings them."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []

    def number(self, phase: Phase) -> int:
        """Return a phase's number, a new one if it is new."""
        if phase not in self.phases:
            self.phases.append(phase)
        return self.phases.index(phase) + 1


def moment(index: Index, at_us: int, before: Moment | None = None) -> Moment:
    """Return a run at a moment.

    Args:
        index: the run.
        at_us: the moment; what comes later is not drawn.
        before: the moment drawn before it; where the run only went on, its events are not asked
            about again.
    """
    table = names_of(index, at_us)["inv"]
    assert isinstance(table, Table)
    attempts = tuple(table.rows)
    old = () if before is None or before.at_us > at_us else before.attempts
    if len(old) > len(attempts) or any(map(_differ, old, attempts)):
        old = ()
    fresh = tuple(
        row
        for place, row in enumerate(attempts)
        if row.get("done") and not (place < len(old) and old[place].get("done"))
    )
    return Moment(index, at_us, attempts, fresh)


def figure(seen: Moment, title: str, numbering: Numbering) -> Figure | None:
    """Return the picture of a moment; None where it would ask nothing.

    Phases that the sheet has not had so far get their numbers.
    """
    asked = _interesting(seen.fresh)
    from_us, to_us = _window(seen, asked)
    lanes, more = _lanes(seen.run, asked, from_us, to_us)
    axis = _axis(seen.run, from_us, to_us)
    known = len(numbering.phases)
    drawn = tuple(
        Lane(
            seen.run.trace.environments[number].id,
            tuple(_bar(each, from_us, to_us, numbering) for each in stretches),
            tuple(_begins(asked, seen.run.trace.environments[number].id)),
        )
        for number, stretches in lanes
    )
    numbers = _numbers(drawn, range(known + 1, len(numbering.phases) + 1), axis, from_us, to_us)
    ends = () if numbers or asked else tuple(_ends(drawn))
    if not (numbers or asked or ends):
        return None
    return Figure(
        title=title,
        from_us=from_us,
        to_us=to_us,
        axis=axis,
        arrivals=_arrivals(seen.attempts, from_us, to_us),
        lanes=drawn,
        more_lanes=more,
        earlier=from_us > 0 and bool(seen.run.times) and seen.run.times[0] < from_us,
        later=to_us < seen.at_us,
        numbers=numbers,
        events=tuple(_event(row) for row in asked),
        ends=ends,
    )


def _differ(before: Row, now: Row) -> bool:
    """Whether an attempt is not the same one as in the run before."""
    fields = ["event", "attempt", "t_arrived"]
    if before.get("done"):
        fields += ["start", "wait_ms", "billed_ms"]
    return any(before.get(name) != now.get(name) for name in fields)


def _born(index: Index, at_us: int) -> list[int]:
    """Return the environments that exist or existed by a moment."""
    facts = enumerate(index.trace.environments)
    return [number for number, each in facts if each.created_us <= at_us]


def _interesting(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return some neighbours among many attempts: those about the last change of their start."""
    if len(rows) <= MOST_EVENTS:
        return tuple(rows)
    starts = [row.get("start") for row in rows]
    changes = [place for place in range(1, len(rows)) if starts[place] != starts[place - 1]]
    first = max(0, (changes[-1] if changes else 0) - MOST_EVENTS // 2)
    first = min(first, len(rows) - MOST_EVENTS)
    return tuple(rows[first : first + MOST_EVENTS])


def _us(value: Value) -> int:
    assert isinstance(value, int | float)
    return round(value * MS)


def _window(seen: Moment, asked: Sequence[Row]) -> tuple[int, int]:
    """Return the time that is drawn: the whole run, or where the events are that are asked."""
    if len(seen.attempts) <= MOST_EVENTS:
        return 0, seen.at_us
    if not asked:
        return _us(seen.attempts[-MOST_EVENTS].get("t_arrived")), seen.at_us
    from_us = _us(asked[0].get("t_arrived"))
    ends = [each for row in asked for each in (row.get("t_arrived"), row.get("t_end"))]
    last_us = max(_us(each) for each in ends if isinstance(each, int | float))
    return from_us, min(seen.at_us, last_us + max(_MARGIN_US, (last_us - from_us) // 10))


def _lanes(
    index: Index, asked: Sequence[Row], from_us: int, to_us: int
) -> tuple[list[tuple[int, tuple[Segment, ...]]], int]:
    """Return the lanes that have something in the picture: first those whose events are asked."""
    found = []
    for number in _born(index, to_us):
        stretches = visible(index, number, from_us, max(to_us, 1))
        stretches = tuple(each for each in stretches if each.start_us < to_us)
        if stretches:
            found.append((number, stretches))
    ids = {row.get("env") for row in asked}
    environments = index.trace.environments
    found.sort(key=lambda each: (environments[each[0]].id not in ids, each[0]))
    return sorted(found[:MOST_LANES]), max(0, len(found) - MOST_LANES)


def _axis(index: Index, from_us: int, to_us: int) -> Axis:
    """Return the axis of a picture: idle time takes little room in it."""
    idle = [(max(start, from_us), min(end, to_us)) for start, end in _still(index, to_us)]
    idle = [(start, end) for start, end in idle if start < end]
    busy_us = to_us - from_us - sum(end - start for start, end in idle)
    unit_us = max(busy_us, _LEAST_SPAN_US) if busy_us else _QUIET_SPAN_US
    return Axis.folding(
        idle,
        idle_us=round(_FOLDED * unit_us),
        told_us=round(_TOLD * unit_us),
        margin_us=round(_MARGIN * unit_us),
    )


def _still(index: Index, to_us: int) -> list[tuple[int, int]]:
    found = idle_stretches(index)
    last_us = index.times[-1] if index.times else 0
    return [*found, (last_us, to_us)] if last_us < to_us else found


def _bar(segment: Segment, from_us: int, to_us: int, numbering: Numbering) -> Bar:
    going = segment.end_us > to_us
    return Bar(
        start_us=max(segment.start_us, from_us),
        end_us=min(segment.end_us, to_us),
        phase=segment.phase,
        number=numbering.number(segment.phase),
        cut=(segment.cut or segment.failed) and not going,
        whole=not going and segment.start_us >= from_us,
    )


def _begins(asked: Sequence[Row], environment: str) -> list[Begin]:
    return [
        Begin(_us(row.get("t_started")), f"{_name(row)} {_start(row)}")
        for row in asked
        if row.get("env") == environment and isinstance(row.get("t_started"), int | float)
    ]


def _ends(lanes: Sequence[Lane]) -> Iterator[EndAsked]:
    for lane in lanes:
        bar = lane.bars[-1]
        if not bar.whole and bar.phase not in IDLE_PHASES:
            yield EndAsked(lane.id, NAMES[bar.phase])


def _numbers(
    lanes: Sequence[Lane], new: range, axis: Axis, from_us: int, to_us: int
) -> tuple[NumberAsked, ...]:
    """Return what is asked of the numbers that a picture brings: each where it is seen first."""
    room = (axis.to_story(to_us) - axis.to_story(from_us)) or 1.0
    found = []
    for number in new:
        lane, bar = next((lane, bar) for lane in lanes for bar in lane.bars if bar.number == number)
        share = (axis.to_story(bar.end_us) - axis.to_story(bar.start_us)) / room
        timed = bar.whole and bar.phase not in IDLE_PHASES
        took = value_words((bar.end_us - bar.start_us) / MS) if timed and share > _READABLE else ""
        found.append(NumberAsked(number, lane.id, NAMES[bar.phase], took))
    return tuple(found)


def _arrivals(rows: Sequence[Row], from_us: int, to_us: int) -> tuple[Arrival, ...]:
    found: dict[int, list[str]] = {}
    for row in rows:
        at_us = _us(row.get("t_arrived"))
        if from_us <= at_us <= to_us:
            found.setdefault(at_us, []).append(_name(row))
    return tuple(Arrival(at_us, tuple(found[at_us])) for at_us in sorted(found))


def _name(row: Row) -> str:
    attempt = row.get("attempt")
    tried = f"/{attempt}" if isinstance(attempt, int) and attempt > 1 else ""
    return f"#{row.get('event')}{tried}"


def _start(row: Row) -> str:
    return _cell(row.get("start"), "start")


def _event(row: Row) -> EventAsked:
    return EventAsked(
        _name(row), _start(row), _cell(row.get("wait_ms")), _cell(row.get("billed_ms"))
    )


def _cell(value: Value, field: str = "") -> str:
    if value is UNKNOWN:
        return NOT_YET
    return NONE if value is None else value_words(value, field)
