"""Two runs side by side: which events went otherwise, since when, and what it comes to.

An event of one run is the same as one of the other if it was sent at the same time, to the same
function, by the same source, as the same one of those. Draws are keyed, so what differs then differs
for a reason.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.environments import environment_rows
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.latencies import nearest_rank
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.words import at, environment_name, event_name, span

NOTHING: Final = "-"
"""What is said of something that one of the runs does not have."""

START_WORDS: Final = {
    Start.COLD: "COLD",
    Start.WARM: "WARM",
    Start.PRE: "PRE",
    Start.RESTORED: "RESTORED",
    Start.REINIT: "RE-INIT",
}


class Side(NamedTuple):
    """What became of one thing in one of the runs."""

    words: str
    event: int = -1
    """Its number there; -1 for none."""


class Difference(NamedTuple):
    """Something that went otherwise."""

    at_us: int
    """Since when."""
    what: str
    """``#2`` or ``e1``, by its name in the first run that has it."""
    a: Side
    b: Side


class Figure(NamedTuple):
    """One number of both runs at a moment."""

    name: str
    a: str
    b: str
    change: str
    """How the second differs from the first; empty if it does not."""


_Key = tuple[int, str, str, int, int]
"""When it was sent, to whom, by whom, which one of those, which attempt."""


def differences(a: Index, b: Index) -> tuple[Difference, ...]:
    """Return everything that went otherwise, by the moment since when."""
    mine, theirs = _keyed(a), _keyed(b)
    found: list[Difference] = []
    for key in dict.fromkeys((*mine, *theirs)):
        one, other = mine.get(key), theirs.get(key)
        since_us = _parted(one, other)
        if since_us is not None:
            named = one or other
            assert named is not None
            what = event_name(named.event)
            if named.attempt > 1:
                what += f" attempt {named.attempt}"
            found.append(Difference(since_us, what, _side(one), _side(other)))
    found += _of_environments(a, b)
    found.sort(key=_order)
    return tuple(found)


def figures(a: Index, b: Index, at_us: int) -> tuple[Figure, ...]:
    """Return the totals of both runs at a moment, those that differ first."""
    one, other = counters_at(a, at_us), counters_at(b, at_us)
    wait_a, wait_b = Waits(a, at_us), Waits(b, at_us)
    rows = [
        _count("events", one.events, other.events),
        _count("COLD", one.cold, other.cold),
        _count("WARM", one.warm, other.warm),
        _count("PRE", one.pre, other.pre),
        _count("RESTORED", one.restored, other.restored),
        _count("RE-INIT", one.reinit, other.reinit),
        _count("429", one.throttled, other.throttled),
        _count("timeouts", one.timeouts, other.timeouts),
        _count("errors", one.errors, other.errors),
        _count("dropped", one.dropped, other.dropped),
        _length("longest wait", wait_a.longest_us, wait_b.longest_us),
        _length("p50 wait", wait_a.middle_us, wait_b.middle_us),
        _count("billed ms", one.billed_ms, other.billed_ms),
        _fraction("GB-seconds", one.gb_seconds, other.gb_seconds),
    ]
    shown = [row for row in rows if row.change or row.name in _ALWAYS]
    return tuple(sorted(shown, key=lambda row: not row.change))


_ALWAYS: Final = ("events", "COLD", "WARM", "429", "longest wait", "billed ms")
"""Figures that are shown even where they are equal."""


class Waits:
    """How long events that have begun by a moment waited for that."""

    def __init__(self, index: Index, at_us: int) -> None:
        waits = sorted(
            one.started_us - one.arrived_us
            for one in invocations(index)
            if one.started_us is not None and one.started_us <= at_us
        )
        self.longest_us = waits[-1] if waits else None
        self.middle_us = nearest_rank(waits, 0.5)


def at_or_before(found: tuple[Difference, ...], at_us: int) -> int:
    """Return how many differences there are up to a moment."""
    return bisect_right(found, at_us, key=lambda one: one.at_us)


def _keyed(index: Index) -> dict[_Key, Invocation]:
    counts: dict[tuple[int, str, str, int], int] = {}
    found: dict[_Key, Invocation] = {}
    for one in invocations(index):
        name = index.plan.functions[one.function].name
        group = (one.sent_us, name, one.source, one.attempt)
        place = counts.get(group, 0)
        counts[group] = place + 1
        found[one.sent_us, name, one.source, place, one.attempt] = one
    return found


def _parted(one: Invocation | None, other: Invocation | None) -> int | None:
    """Return when two fates of an event part; None if they are the same."""
    if one is None or other is None:
        only = one or other
        return None if only is None else only.sent_us
    for mine, theirs in zip(_stages(one), _stages(other), strict=True):
        if mine != theirs:
            times = [time_us for time_us, _ in (mine, theirs) if time_us is not None]
            return min(times) if times else one.arrived_us
    return None


def _stages(one: Invocation) -> tuple[tuple[int | None, object], ...]:
    """Return what happens to an event, each with its time."""
    refused_us = one.arrived_us if one.throttle_reason is not None else None
    return (
        (one.arrived_us, None),
        (refused_us, one.throttle_reason),
        # That an environment has to be made is known on arrival.
        (one.arrived_us, one.start in (Start.COLD, Start.RESTORED)),
        (one.started_us, one.start),
        (one.responded_us, None),
        (one.ended_us, (one.status, one.error_type, one.billed_ms)),
    )


def _side(one: Invocation | None) -> Side:
    if one is None:
        return Side(NOTHING)
    if one.start is None:
        return Side("429" if one.throttle_reason else one.status, one.event)
    words = START_WORDS[one.start]
    answered_us = one.ended_us if one.responded_us is None else one.responded_us
    if one.status != "ok":
        words += f", {'still running' if one.status == 'running' else one.status}"
    if answered_us is not None:
        words += f" after {span(answered_us - one.sent_us)}"
    return Side(words, one.event)


def _of_environments(a: Index, b: Index) -> list[Difference]:
    """Return environments that only one run has, or that end otherwise."""
    mine = {row.number: row for row in environment_rows(a)}
    theirs = {row.number: row for row in environment_rows(b)}
    # Where only one run has ended by a moment, the other has not been looked at so far.
    known_us = min(a.ended_us, b.ended_us)
    found = []
    for number in range(max(len(mine), len(theirs))):
        one, other = mine.get(number), theirs.get(number)
        if one is None or other is None:
            only = one or other
            assert only is not None
            made = Side(f"made at {at(only.created_us)}")
            sides = (made, Side(NOTHING)) if other is None else (Side(NOTHING), made)
            found.append(Difference(only.created_us, environment_name(number), *sides))
            continue
        ends = [(row.gone_us, row.gone_reason) for row in (one, other)]
        times = [time_us for time_us, _ in ends if time_us is not None and time_us <= known_us]
        if times and ends[0] != ends[1]:
            sides = (_end(*ends[0], known_us), _end(*ends[1], known_us))
            found.append(Difference(min(times), environment_name(number), *sides))
    return found


def _end(gone_us: int | None, reason: str | None, known_us: int) -> Side:
    if gone_us is None or gone_us > known_us:
        return Side("lives on")
    return Side(f"gone at {at(gone_us)}: {reason or 'reset'}")


def _order(one: Difference) -> tuple[int, bool, str]:
    return one.at_us, one.what.startswith("e"), one.what


def _count(name: str, a: int, b: int) -> Figure:
    return Figure(name, f"{a:,}", f"{b:,}", f"{b - a:+,}" if a != b else "")


def _fraction(name: str, a: float, b: float) -> Figure:
    shown = f"{a:.3f}", f"{b:.3f}"
    return Figure(name, *shown, f"{b - a:+.3f}" if shown[0] != shown[1] else "")


def _length(name: str, a_us: int | None, b_us: int | None) -> Figure:
    shown = [NOTHING if us is None else span(us) for us in (a_us, b_us)]
    if a_us is None or b_us is None or a_us == b_us:
        return Figure(name, *shown, "" if a_us == b_us else NOTHING)
    sign = "+" if b_us > a_us else "-"
    return Figure(name, *shown, sign + span(abs(b_us - a_us)))
