"""Contrasts: what would have made the difference to an event, found by running it again."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, NOT_OF_EVENTS, Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.contrasts.changes import Change
from lifecycle_tui.play.contrasts.deliveries import for_a_delivery, for_an_answer, for_one_receipt
from lifecycle_tui.play.contrasts.ends import for_a_wait, for_an_end
from lifecycle_tui.play.contrasts.goals import WELL_BEGUN, Goal, records_of
from lifecycle_tui.play.contrasts.refusals import for_a_refusal
from lifecycle_tui.play.contrasts.starts import for_a_start
from lifecycle_tui.play.contrasts.subject import Subject
from lifecycle_tui.play.contrasts.trials import Candidate, Found, Spent, Trials
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.words import DAGGER, event_name
from lifecycle_tui.units.translation import tr

MOST: Final = 3
"""So many contrasts are told."""
_GIVEN_UP: Final = (*DROPS, Kind.REDRIVEN)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One change that would have made the difference, and the run that proves it.

    Attributes:
        words: the sentence, a dagger in it where AWS does not publish what it rests on.
        condition: its first half, what was otherwise.
        change: what to change in the plan.
        smaller: the same a step smaller, which makes no difference; None where there is none.
        result: how the event would have begun, or ``ok``: how it would have ended.
        event: the event in that run.
        time_us: when it was so, in that run.
        assumed: whether a number that AWS does not publish is at work.
        goal: what the event did not reach without the change.
        until_us: how far that run went.
    """

    words: str
    condition: str
    change: Change
    smaller: Change | None
    result: str
    event: int
    time_us: int
    assumed: bool
    goal: Goal
    until_us: int


def candidates(
    index: Index, event: int, record: int | None = None, now_us: int | None = None
) -> list[Candidate]:
    """Return the changes that may have made a difference to an event.

    Args:
        index: the run.
        event: its number.
        record: a record of the attempt that is asked about; None: the latest attempt.
        now_us: only what is known then; None: all there is.
    """
    now_us = index.ended_us if now_us is None else now_us
    found = _candidates(index, event, record, index.trace.last_at(now_us))
    return [one for one in found if one.known_us <= now_us]


def search(tried: list[Candidate], trials: Trials) -> Generator[None, None, tuple[Contrast, ...]]:
    """Try candidates out, and return the contrasts, the nearest first; yields after each run."""
    found: list[tuple[float, int, Candidate, Found]] = []
    try:
        for place, candidate in enumerate(tried):
            one = yield from trials.smallest(candidate)
            if one is not None:
                found.append((candidate.weight * one.size, place, candidate, one))
    except Spent:
        # Nothing is guessed: what could not be tried out is not told.
        pass
    found.sort(key=lambda one: one[:2])
    return tuple(_chosen([_contrast(candidate, one) for _, _, candidate, one in found]))


def _chosen(found: list[Contrast]) -> list[Contrast]:
    """Return the nearest contrasts, in their order: first one of each goal, then others."""
    different: list[Contrast] = []
    for contrast in found:
        if all(contrast.change != other.change for other in different):
            different.append(contrast)
    firsts: dict[Goal, Contrast] = {}
    for contrast in different:
        firsts.setdefault(contrast.goal, contrast)
    chosen = list(firsts.values())[:MOST]
    chosen += [one for one in different if one not in chosen][: MOST - len(chosen)]
    return [one for one in different if one in chosen]


def contrasts(index: Index, event: int, record: int | None = None) -> tuple[Contrast, ...]:
    """Return what would have made the difference to an event; nothing where nothing small would.

    Args:
        index: the run.
        event: its number.
        record: a record of the attempt that is asked about; None: the latest attempt.
    """
    searching = search(candidates(index, event, record), Trials(index.plan))
    while True:
        try:
            next(searching)
        except StopIteration as done:
            found: tuple[Contrast, ...] = done.value
            return found


def event_of(index: Index, record: int) -> int | None:
    """Return the event that a record is about; None where it is about none."""
    event = index.subjects[record]
    there = 1 <= event <= len(index.events) and index.kind(record) not in NOT_OF_EVENTS
    return event if there else None


def _candidates(index: Index, event: int, record: int | None, last: int) -> Iterator[Candidate]:
    attempt = index.attempt(event, record)
    lead = event
    if attempt.arrival == NOBODY and attempt.batch != NOBODY:
        lead = index.values[attempt.batch]
        attempt = index.attempt(lead, attempt.batch)
    if attempt.arrival == NOBODY or attempt.arrival > last:
        return
    subject = Subject(index, lead, attempt)
    yield from _of_delivery(subject, event, last)
    if NOBODY < attempt.end <= last:
        if index.kind(attempt.end) is not Kind.INVOKE_OK:
            yield from for_an_end(subject)
        else:
            yield from for_a_wait(subject)
    if NOBODY < attempt.throttle <= last:
        yield from for_a_refusal(subject)
    elif _waited(index, attempt, last):
        yield from for_a_start(subject)
    first = index.attempts(lead)[0]
    if attempt.attempt > 1 and attempt.throttle == NOBODY and first.throttle != NOBODY:
        # It had to wait for this attempt because the first one was refused.
        yield from for_a_refusal(Subject(index, lead, first))


def _of_delivery(subject: Subject, event: int, last: int) -> Iterator[Candidate]:
    index = subject.index
    kinds = (Kind.CALLER_GAVE_UP, Kind.MESSAGE_RETURNED, *_GIVEN_UP)
    seen: set[Kind] = set()
    for record in records_of(index, event, kinds):
        kind = index.kind(record)
        if record > last or kind in seen:
            continue
        seen.add(kind)
        if kind is Kind.CALLER_GAVE_UP:
            yield from for_an_answer(subject, record)
        elif kind is Kind.MESSAGE_RETURNED:
            yield from for_one_receipt(subject, event)
        else:
            yield from for_a_delivery(subject, event, record)


def _waited(index: Index, attempt: EventRecords, last: int) -> bool:
    """Whether the event did not find an environment that was ready for it."""
    start = attempt.start
    if NOBODY < start <= last:
        return index.kind(start) not in WELL_BEGUN
    return NOBODY < attempt.creation <= last


def _contrast(candidate: Candidate, found: Found) -> Contrast:
    change = candidate.make(found.size)
    assert change is not None
    who = tr("it") if candidate.about == found.reached.event else event_name(found.reached.event)
    told = candidate.told(found.size)
    words = tr(
        "{condition}, {event} {outcome}.", condition=told, event=who, outcome=found.reached.words
    )
    words = daggered(words, assumed=candidate.assumed)
    return Contrast(
        words=words,
        condition=told,
        change=change,
        smaller=candidate.make(found.smaller) if found.smaller else None,
        result=found.reached.result,
        event=found.reached.event,
        time_us=found.reached.time_us,
        assumed=candidate.assumed,
        goal=candidate.goal,
        until_us=candidate.until_us(found.size),
    )


def daggered(words: str, *, assumed: bool) -> str:
    """Return words with a dagger behind them, unless they have one or need none."""
    return f"{words} {DAGGER}" if assumed and DAGGER not in words else words
