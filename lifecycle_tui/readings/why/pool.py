"""Who else there was: what a function's environments were doing just before a record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.fold import Life, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import DAGGER, at, event_name, span


def lives_before(index: Index, function: int, number: int) -> list[Life]:
    """Return the lives of a function's environments just before a record, the newest first."""
    return list(_lives(index, function, number))


def _lives(index: Index, function: int, number: int) -> Iterator[Life]:
    for facts in reversed(index.trace.environments):
        if facts.function != function:
            continue
        place = bisect_left(index.of_environment[facts.number], number)
        if place:
            yield life_at(index, facts.number, place)


def free_us(index: Index, life: Life) -> int | None:
    """Return when a busy environment becomes free for another event; None if it does not."""
    for number in index.of_environment[life.facts.number][life.position :]:
        after = index.state_after(number)
        if after is State.FROZEN or (after is State.READY and life.event == NOBODY):
            return index.times[number]
        if after is State.SHUTDOWN:
            return None
    return None


def busy_words(index: Index, life: Life) -> str:
    """Return why an environment could not serve, without a full stop: ``e1 was serving #1 …``."""
    name, state = life.facts.id, life.state
    until_us = free_us(index, life)
    until = "" if until_us is None else f" until {at(until_us)}"
    if state is State.INVOKE:
        return f"{name} was serving {event_name(life.event)}{until}"
    if state in (State.CREATING, State.INIT):
        whom = "ahead of any event" if life.event == NOBODY else f"for {event_name(life.event)}"
        return f"{name} was still being initialised {whom}{until}"
    if state is State.RESET:
        return f"{name} was being reset{until}"
    if state in (State.SHUTDOWN, State.GONE):
        return gone_words(index, life)
    if state is State.READY:
        return f"{name} was READY, but its allocation was not complete"
    return f"{name} was idle, but was to serve no further event"


def gone_words(index: Index, life: Life) -> str:
    """Return when and why an environment was shut down, without a full stop."""
    facts = life.facts
    for number in reversed(index.of_environment[facts.number][: life.position]):
        kind = index.kind(number)
        if kind not in GONE_REASONS:
            continue
        return f"{facts.id} was shut down at {at(index.times[number])}: {_reason(life, kind)}"
    return f"{facts.id} is gone"


def _reason(life: Life, kind: Kind) -> str:
    if kind is Kind.SHUTDOWN_IDLE:
        return f"it had been idle {span(life.facts.idle_lifetime_us)} {DAGGER}"
    if kind is Kind.SHUTDOWN_LIFETIME:
        return f"it was {span(life.facts.max_lifetime_us)} old {DAGGER}"
    return GONE_REASONS[kind]


def shutdown_record(index: Index, life: Life) -> int:
    """Return the record that began an environment's shutdown; -1 if there is none."""
    for number in reversed(index.of_environment[life.facts.number][: life.position]):
        if index.kind(number) in GONE_REASONS:
            return number
    return NOBODY
