"""Patterns in words."""

from __future__ import annotations

from lifecycle_tui.engine.courses import Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import CoursePattern, CronPattern, ReplayPattern
from lifecycle_tui.engine.plan import SECOND, Pattern
from lifecycle_tui.readings.words import span


def pattern_words(command: Pattern) -> str:
    """Return what a pattern is, as the subject of a sentence."""
    match command:
        case CoursePattern(course=Ramp(begin=begin, end=end)):
            return f"a ramp from {begin:.4g} to {_events(end)} a second"
        case CoursePattern(course=Spike(base=base, peak=peak, width_us=width_us)):
            spike = f"a spike of {peak:.4g} for {span(width_us)}"
            return f"a pattern of {_events(base)} a second with {spike}"
        case CoursePattern(course=Wave(mean=mean, period_us=period_us)):
            return f"a wave of {span(period_us)} around {_events(mean)} a second"
        case CronPattern():
            return f"an event every {span(round(command.gap_us))}"
        case ReplayPattern(recording=recording):
            return f"a trace of {len(recording):,} events ({recording.name})"
        case _:
            process = command.process.replace("poisson", "Poisson")
            return f"a {process} pattern of {_events(SECOND / command.gap_us)} a second"


def _events(number: float) -> str:
    return f"{number:.4g} event{'' if f'{number:.4g}' == '1' else 's'}"
