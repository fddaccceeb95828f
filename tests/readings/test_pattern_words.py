"""Patterns in words."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.courses import Course, Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import MINUTE, SECOND, FunctionPlan, Pattern, Plan
from lifecycle_tui.engine.worktime import Weibull
from lifecycle_tui.readings.why.text import command_words

PLAN = Plan((FunctionPlan("web-api"),))


def along(course: Course) -> CoursePattern:
    """Return a pattern of a minute."""
    return CoursePattern(at_us=0, for_us=MINUTE, course=course)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (along(Ramp(0, 20, MINUTE)), "a ramp from 0 to 20 events a second"),
        (
            along(Spike(0.5, 50, 0, 10 * SECOND)),
            "a pattern of 0.5 events a second with a spike of 50 for 10 s",
        ),
        (along(Wave(10, 0.5, 20 * SECOND)), "a wave of 20 s around 10 events a second"),
        (CronPattern(at_us=0, for_us=MINUTE, gap_us=5e6), "an event every 5 s"),
        (
            RenewalPattern(at_us=0, for_us=MINUTE, gap=Weibull(0.5, SECOND)),
            "a renewal pattern of 0.5 events a second",
        ),
        (
            ReplayPattern(at_us=0, recording=Recording.of("a.csv", [0, MINUTE], [1, 1])),
            "a trace of 2 events (a.csv)",
        ),
    ],
)
def test_a_pattern_says_what_it_is(command: Pattern, words: str) -> None:
    assert command_words(PLAN, command) == f"{words} was sent to web-api for 60 s"
