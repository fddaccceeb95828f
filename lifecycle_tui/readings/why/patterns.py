"""Patterns in words."""

from __future__ import annotations

from lifecycle_tui.engine.courses import Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import CoursePattern, CronPattern, ReplayPattern
from lifecycle_tui.engine.plan import SECOND, Pattern
from lifecycle_tui.readings.words import span
from lifecycle_tui.units.translation import tr, tr_many


def pattern_words(command: Pattern) -> str:
    """Return what a pattern is, as the subject of a sentence."""
    match command:
        case CoursePattern(course=Ramp(begin=begin, end=end)):
            return tr(
                "a ramp from {begin:.4g} to {events} a second", begin=begin, events=_events(end)
            )
        case CoursePattern(course=Spike(base=base, peak=peak, width_us=width_us)):
            spike = tr("a spike of {peak:.4g} for {length}", peak=peak, length=span(width_us))
            return tr(
                "a pattern of {events} a second with {spike}", events=_events(base), spike=spike
            )
        case CoursePattern(course=Wave(mean=mean, period_us=period_us)):
            return tr(
                "a wave of {length} around {events} a second",
                length=span(period_us),
                events=_events(mean),
            )
        case CronPattern():
            return tr("an event every {length}", length=span(round(command.gap_us)))
        case ReplayPattern(recording=recording):
            return tr(
                "a trace of {count:,} events ({recording})",
                count=len(recording),
                recording=recording.name,
            )
        case _:
            process = command.process.replace("poisson", "Poisson")
            return tr(
                "a {process} pattern of {events} a second",
                process=process,
                events=_events(SECOND / command.gap_us),
            )


def _events(number: float) -> str:
    one = f"{number:.4g}" == "1"
    return tr_many("{number} event", "{number} events", 1 if one else 2, number=f"{number:.4g}")
