"""A run for one sheet alone: a few events for the lesson's function, drawn from the seed.

Many lessons run the same for every seed. This run does not, so that neighbours have something of
their own to read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lifecycle_tui.engine.chance import Chance, Stream
from lifecycle_tui.engine.plan import MS, Fire, FunctionPlan, Plan
from lifecycle_tui.engine.worktime import VCPU_MB, Constant
from lifecycle_tui.lessons.worksheets.figures import Moment, moment
from lifecycle_tui.play.session import Session

_STREAM: Final = "worksheet"
_GRAIN_US: Final = 10 * MS
_SHORTEST_US, _LONGEST_US = 100 * MS, 600 * MS
"""Between these lie the handlers' times."""
_FOLLOWING: Final = 4
"""How many events follow the first one."""


def practice(plan: Plan) -> Moment:
    """Return the run of a sheet at its end: some of its events overlap, and some do not."""
    draws = Chance(plan.seed).stream(_STREAM)
    function = plan.functions[0]
    commands, at_us = [], 0
    for number in range(_FOLLOWING + 1):
        work_us = _between(draws, 3 * number, _SHORTEST_US, _LONGEST_US)
        commands.append(Fire(at_us=at_us, duration=Constant(work_us)))
        beside = _is_beside(draws, number)
        if beside:
            at_us += _between(draws, 3 * number + 1, work_us // 5, work_us * 4 // 5)
        else:
            start_us = _start_us(plan, function)
            gap_us = start_us + work_us
            at_us += gap_us + _between(draws, 3 * number + 1, gap_us // 5, gap_us)
    story = replace(plan, commands=tuple(commands), until_us=None)
    index = Session(story).index
    seen = moment(index, index.ended_us)
    ends = [row.get("t_end") for row in seen.attempts]
    last_us = max((round(end * MS) for end in ends if isinstance(end, int | float)), default=at_us)
    return moment(index, last_us + _SHORTEST_US)


def _is_beside(draws: Stream, number: int) -> bool:
    """Whether the next event comes while this one is at work: of the first two, one does."""
    if number == 1:
        return not _is_beside(draws, 0)
    return draws.draw(3 * number + 2) < 0.5


def _between(draws: Stream, entity: int, low_us: int, high_us: int) -> int:
    """Return a round time between two ends."""
    drawn_us = low_us + draws.draw(entity) * (high_us - low_us)
    return max(1, round(drawn_us / _GRAIN_US)) * _GRAIN_US


def _start_us(plan: Plan, function: FunctionPlan) -> int:
    """Return about how long a cold start takes."""
    parts = (plan.account.placement, function.init_runtime, function.init_function)
    cpu_us = function.init_cpu.mean_us * max(1.0, VCPU_MB / function.memory_mb)
    return round(sum(part.mean_us for part in parts) + cpu_us)
