"""What would have let an event in that was refused (429)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.contrasts.changes import AccountSet, Change
from lifecycle_tui.play.contrasts.goals import Admitted
from lifecycle_tui.play.contrasts.offers import (
    MOST_MORE,
    ONE_MORE_US,
    PROVISIONED,
    later,
    one_more,
    shorter,
)
from lifecycle_tui.play.contrasts.subject import Subject, rests_on_placement
from lifecycle_tui.play.contrasts.trials import Candidate, ones
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.why.pool import done_us, lives_before
from lifecycle_tui.readings.words import event_name, span
from lifecycle_tui.units.translation import tr, tr_later

_OF_THE_ACCOUNT: Final = frozenset({Kind.THROTTLED_ACCOUNT, Kind.THROTTLED_RATE_ACCOUNT})
_OF_THE_FUNCTION: Final = frozenset({Kind.THROTTLED_RESERVED, Kind.THROTTLED_RATE_RESERVED})
_RATES: Final = frozenset({Kind.THROTTLED_RATE_ACCOUNT, Kind.THROTTLED_RATE_RESERVED})
_INIT_US: Final = 30 * SECOND
"""A run goes on so long for an event that would have been let in to begin."""
_USERS_TRIED: Final = 2
_REFILLED_US: Final = 100_000
"""A guess at when one more environment may be added."""


def for_a_refusal(subject: Subject) -> Iterator[Candidate]:
    """Yield what may have let the event in."""
    index, throttle = subject.index, subject.records.throttle
    kind = index.kind(throttle)
    goal = Admitted(subject.event, subject.attempt, subject.within_us)
    until = subject.until(subject.arrival_us + _INIT_US)
    if kind in _OF_THE_FUNCTION:
        yield from one_more(
            subject,
            goal,
            "reserved_concurrency",
            tr_later("With reserved concurrency {count}"),
            until,
        )
    if kind in _OF_THE_ACCOUNT:
        yield _larger_account(subject, goal)
    yield from one_more(subject, goal, "provisioned_concurrency", PROVISIONED, until)
    yield from _sooner_free(subject, goal, kind)


def _larger_account(subject: Subject, goal: Admitted) -> Candidate:
    units = subject.index.plan.account.concurrency

    def make(size: int) -> Change:
        return AccountSet("concurrency", units + size)

    def told(size: int) -> str:
        return tr("With {count:,} units of concurrency in the account", count=units + size)

    until = subject.until(subject.arrival_us + _INIT_US)
    return Candidate(goal, make, told, 1, MOST_MORE, until, step=ones, weight=ONE_MORE_US)


def _sooner_free(subject: Subject, goal: Admitted, kind: Kind) -> Iterator[Candidate]:
    """Yield those in which a unit is free in time, or the event comes when one is."""
    index = subject.index
    if kind in _RATES:
        yield from _later(subject, goal, SECOND - subject.arrival_us % SECOND)
        return
    if kind is Kind.THROTTLED_SCALING:
        yield from _later(subject, goal, _REFILLED_US)
        return
    functions = range(len(index.plan.functions)) if kind in _OF_THE_ACCOUNT else [subject.function]
    busy = [
        (done, life)
        for function in functions
        for life in lives_before(index, function, subject.records.throttle)
        if life.event != NOBODY and (done := done_us(index, life)) is not None
    ]
    busy.sort(key=lambda one: (one[0], one[1].facts.number))
    until = subject.until(subject.arrival_us + _INIT_US)
    for done, life in busy[:_USERS_TRIED]:

        def told(size: int, life: Life = life) -> str:
            return tr(
                "Had {environment} been free {length} earlier ({event}'s handler that much"
                " shorter)",
                environment=life.facts.id,
                length=span(size),
                event=event_name(life.event),
            )

        by_us = done - subject.arrival_us
        for one in shorter(
            subject, goal, life.event, by_us, told, until,
            assumed=rests_on_placement(life), known_us=done,
        ):  # fmt: skip
            yield replace(one, about=0)
    if busy:
        done, life = busy[0]
        assumed = rests_on_placement(life)
        by_us = done - subject.arrival_us
        yield from _later(subject, goal, by_us, assumed=assumed, known_us=done)


def _later(
    subject: Subject, goal: Admitted, by_us: int, *, assumed: bool = False, known_us: int = 0
) -> Iterator[Candidate]:
    for one in later(subject, goal, by_us, assumed=assumed, known_us=known_us):
        yield replace(one, until_us=subject.until_later(subject.arrival_us + _INIT_US))
