"""Two runs side by side: which events went otherwise, since when, and what it comes to.

An event of one run is the same as one of the other if it was sent at the same time, to the same
function, by the same source, as the same one of those. Draws are keyed: what differs then has a
reason.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.latencies import nearest_rank
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.words import environment_name, event_name, span
from lifecycle_tui.units.translation import tr, tr_later

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

    stages: tuple[tuple[int, str], ...] = ()
    """Since when which words say it, ascending; none if that run does not have it."""

    def at(self, at_us: int) -> str:
        """Say what was known of it at a moment."""
        known = bisect_right(self.stages, at_us, key=_since)
        return self.stages[known - 1][1] if known else NOTHING


def _since(stage: tuple[int, str]) -> int:
    return stage[0]


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


Starts = tuple[tuple[str, int], ...]
"""Start words with how many events have had them so far."""

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
                what = f"{what} {tr('attempt {number}', number=named.attempt)}"
            told = _only_billed(one, other)
            found.append(Difference(since_us, what, _side(one, told), _side(other, told)))
    found += _of_environments(a, b)
    found.sort(key=_order)
    return tuple(found)


def figures(a: Index, b: Index, at_us: int, starts: tuple[Starts, Starts]) -> tuple[Figure, ...]:
    """Return the totals of both runs at a moment, those that differ first.

    Args:
        a: one run.
        b: the other.
        at_us: the moment.
        starts: how many events of each have come by then, by the word of their start.
    """
    one, other = counters_at(a, at_us), counters_at(b, at_us)
    mine, theirs = dict(starts[0]), dict(starts[1])
    wait_a, wait_b = Waits(a, at_us), Waits(b, at_us)
    rows = [
        _count(tr_later("events"), one.events, other.events),
        *(_count(word, mine.get(word, 0), theirs.get(word, 0)) for word in {**mine, **theirs}),
        _count(tr_later("timeouts"), one.timeouts, other.timeouts),
        _count(tr_later("errors"), one.errors, other.errors),
        _count(tr_later("dropped"), one.dropped, other.dropped),
        _length(tr_later("longest wait"), wait_a.longest_us, wait_b.longest_us),
        _length(tr_later("p50 wait"), wait_a.middle_us, wait_b.middle_us),
        _count(tr_later("billed ms"), one.billed_ms, other.billed_ms),
        _fraction(tr_later("GB-seconds"), one.gb_seconds, other.gb_seconds),
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


def _only_billed(one: Invocation | None, other: Invocation | None) -> bool:
    """Whether two fates of an event differ in nothing but what is billed for it."""
    if one is None or other is None:
        return False
    return _stages(one)[:-1] == _stages(other)[:-1] and one.status == other.status


def _side(one: Invocation | None, billed: bool) -> Side:
    if one is None:
        return Side()
    if one.start is None:
        return Side(((one.arrived_us, "429" if one.throttle_reason else one.status),))
    word = START_WORDS[one.start]
    waits = one.start in (Start.COLD, Start.RESTORED)
    stages = [(one.sent_us, tr("{start}, waiting", start=word) if waits else tr("waiting"))]
    if one.started_us is not None:
        stages.append((one.started_us, tr("{start}, running", start=word)))
    if one.responded_us is not None:
        after = span(one.responded_us - one.sent_us)
        stages.append((one.responded_us, tr("{start} after {length}", start=word, length=after)))
    if one.ended_us is not None and one.status != "ok":
        after = span(one.ended_us - one.sent_us)
        told = tr("{start}, {status} after {length}", start=word, status=one.status, length=after)
        stages.append((one.ended_us, told))
    elif one.ended_us is not None and one.responded_us is None:
        after = span(one.ended_us - one.sent_us)
        stages.append((one.ended_us, tr("{start} after {length}", start=word, length=after)))
    if billed and one.billed_ms is not None and one.ended_us is not None:
        told = tr("{start}, billed {count:,} ms", start=word, count=one.billed_ms)
        stages.append((one.ended_us, told))
    return Side(tuple(stages))


def _of_environments(a: Index, b: Index) -> list[Difference]:
    """Return environments that only one run has, or that are shut down otherwise."""
    # Where only one run has ended by a moment, the other has not been looked at so far.
    known_us = min(a.ended_us, b.ended_us)
    found = []
    for number in range(max(len(a.of_environment), len(b.of_environment))):
        made = [_created_us(index, number) for index in (a, b)]
        only = [us for us in made if us is not None]
        if len(only) == 1:
            one, other = (Side() if us is None else Side(((us, tr("made")),)) for us in made)
            found.append(Difference(only[0], environment_name(number), one, other))
            continue
        ends = [_goodbye(index, number, known_us) for index in (a, b)]
        if ends[0] != ends[1]:
            since_us = min(end[0] for end in ends if end is not None)
            one, other = (_end(end, since_us) for end in ends)
            found.append(Difference(since_us, environment_name(number), one, other))
    return found


def _created_us(index: Index, number: int) -> int | None:
    environments = index.trace.environments
    return environments[number].created_us if number < len(environments) else None


def _goodbye(index: Index, number: int, known_us: int) -> tuple[int, str] | None:
    """Return when and why an environment is shut down; None if it is not by then."""
    for record in reversed(index.of_environment[number]):
        reason = GONE_REASONS.get(index.kind(record))
        if reason is not None:
            time_us = index.times[record]
            return (time_us, reason) if time_us <= known_us else None
    return None


def _end(goodbye: tuple[int, str] | None, since_us: int) -> Side:
    alive = (since_us, tr("lives on"))
    if goodbye is None:
        return Side((alive,))
    ended = (goodbye[0], tr("shut down: {reason}", reason=tr(goodbye[1])))
    return Side((ended,) if goodbye[0] <= since_us else (alive, ended))


def _order(one: Difference) -> tuple[int, bool, str]:
    return one.at_us, one.what.startswith("e"), one.what


def _count(name: str, a: int, b: int) -> Figure:
    return Figure(name, f"{a:,}", f"{b:,}", f"{b - a:+,}" if a != b else "")


def _fraction(name: str, a: float, b: float) -> Figure:
    one, other = f"{a:.3f}", f"{b:.3f}"
    return Figure(name, one, other, f"{b - a:+.3f}" if one != other else "")


def _length(name: str, a_us: int | None, b_us: int | None) -> Figure:
    one, other = (NOTHING if us is None else span(us) for us in (a_us, b_us))
    if a_us is None or b_us is None or a_us == b_us:
        return Figure(name, one, other, "" if a_us == b_us else NOTHING)
    sign = "+" if b_us > a_us else "-"
    return Figure(name, one, other, sign + span(abs(b_us - a_us)))
