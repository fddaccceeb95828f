"""The table ``timers``: work that handlers left running, which stands still while frozen (FRZ-02).

What one environment has to do is done in the order in which it was left.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

from lifecycle_tui.engine.worktime import ZERO
from lifecycle_tui.expressions.values import UNKNOWN, Row, Table, Value
from lifecycle_tui.readings.fold import fold_one, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables.fields import Field, Info, ms
from lifecycle_tui.readings.words import environment_name


@dataclass(slots=True)
class Timer:
    """Work that one invocation left running."""

    event: int
    environment: int
    started_us: int
    """When the response left."""
    work_us: int
    left_us: int
    done_us: int | None = None
    lost_us: int | None = None
    """When a reset or a Shutdown took it away."""
    now_us: int = 0
    """The moment that it is seen from."""

    @property
    def due_us(self) -> int:
        """When it would be done if nothing ever froze."""
        return self.started_us + self.work_us


def timers(index: Index, at_us: int) -> list[Timer]:
    """Return all work that was left by a moment, in order of time, as it is seen from there."""
    found = [
        replace(
            timer,
            done_us=_past(timer.done_us, at_us),
            lost_us=_past(timer.lost_us, at_us),
            now_us=at_us,
        )
        for facts in index.trace.environments
        if facts.plan.handler_background != ZERO
        for timer in _of(index, facts.number)
        if timer.started_us <= at_us
    ]
    return sorted(found, key=lambda timer: (timer.started_us, timer.event))


def _past(time_us: int | None, at_us: int) -> int | None:
    return None if time_us is None or time_us > at_us else time_us


def _of(index: Index, number: int) -> list[Timer]:
    life = life_at(index, number, 0)
    found: list[Timer] = []
    open_ones: deque[Timer] = deque()
    last_us, left_us = life.facts.created_us, 0
    for record in index.of_environment[number]:
        time_us = index.times[record]
        before_us = life.background_left(time_us)
        _work(open_ones, last_us, left_us - before_us)
        event = index.subjects[record]
        fold_one(index, life)
        last_us, left_us = time_us, life.background_left(time_us)
        if left_us > before_us:
            timer = Timer(event, number, time_us, left_us - before_us, left_us - before_us)
            found.append(timer)
            open_ones.append(timer)
        elif before_us and not left_us:
            for timer in open_ones:
                timer.lost_us = time_us
            open_ones.clear()
    _work(open_ones, last_us, left_us - life.background_left(index.ended_us))
    return found


def _work(open_ones: deque[Timer], from_us: int, length_us: int) -> None:
    """Let so much of the open work be done from a moment on."""
    while open_ones and length_us:
        timer = open_ones[0]
        part_us = min(timer.left_us, length_us)
        timer.left_us -= part_us
        length_us -= part_us
        from_us += part_us
        if not timer.left_us:
            timer.done_us = from_us
            open_ones.popleft()


def _late_ms(timer: Timer) -> Value:
    if timer.lost_us is not None:
        return None
    until_us = timer.now_us if timer.done_us is None else timer.done_us
    return ms(max(0, until_us - timer.due_us))


TIMERS: Final = Info[Timer](
    "timers",
    "one row for each time that a handler left work running when it responded",
    (
        Field("event", "number", "the event whose handler left it", lambda t: t.event),
        Field("env", "text", "where it runs, as e1", lambda t: environment_name(t.environment)),
        Field("t_started", "ms", "when the response left", lambda t: ms(t.started_us)),
        Field("work_ms", "ms", "how long the work takes", lambda t: ms(t.work_us)),
        Field("t_done", "ms", "when it was done; unknown before",
              lambda t: UNKNOWN if t.done_us is None else ms(t.done_us)),
        Field("done", "yes/no", "whether it is done", lambda t: t.done_us is not None),
        Field("late_ms", "ms", "how much later than without freezing: until it was done, or until"
              " now; none if it was lost", _late_ms),
        Field("lost", "yes/no", "whether a reset or a Shutdown took it away",
              lambda t: t.lost_us is not None),
    ),
)  # fmt: skip
_READERS: Final = TIMERS.readers


def timers_table(index: Index, at_us: int) -> Table:
    """Return ``timers`` as it is seen from a moment."""
    return Table(_READERS, lambda: [Row(_READERS, timer) for timer in timers(index, at_us)])
