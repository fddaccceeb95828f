"""Who else there was: what a function's environments were doing just before a record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lifecycle_tui.engine.commands import CAPACITY_SETTINGS
from lifecycle_tui.engine.kinds import ENDS, Kind
from lifecycle_tui.engine.plan import SetConfig
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.fold import Life, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.versions import Versions, changes
from lifecycle_tui.readings.words import DAGGER, at, event_name, some, span


def lives_before(index: Index, function: int, number: int) -> list[Life]:
    """Return the lives of a function's environments just before a record, the newest first."""
    return list(_lives(index, function, number))


def idle_before(index: Index, function: int, number: int) -> list[tuple[EnvironmentFacts, bool]]:
    """Return which of a function's environments were idle just before a record, the newest first.

    Each with whether it had served an event by then. Unlike `lives_before` this folds nothing.
    """
    found: list[tuple[EnvironmentFacts, bool]] = []
    for facts in reversed(index.trace.environments):
        if facts.function != function or facts.makes_snapshot:
            continue
        records = index.of_environment[facts.number]
        place = bisect_left(records, number)
        if place and index.state_after(records[place - 1]) in (State.FROZEN, State.READY):
            served = any(index.kind(record) in ENDS for record in islice(records, place))
            found.append((facts, served))
    return found


def _lives(index: Index, function: int, number: int) -> Iterator[Life]:
    for facts in reversed(index.trace.environments):
        if facts.function != function or facts.makes_snapshot:
            continue
        place = bisect_left(index.of_environment[facts.number], number)
        if place:
            yield life_at(index, facts.number, place)


def done_us(index: Index, life: Life) -> int | None:
    """Return when a busy environment is done with what it does; None if that is not known."""
    record = _done(index, life)
    return None if record == NOBODY else index.times[record]


def free_us(index: Index, life: Life) -> int | None:
    """Return when a busy environment becomes free for another event; None if it does not."""
    record = _done(index, life)
    if record == NOBODY or _retires(index, life, record):
        return None
    return index.times[record]


def _done(index: Index, life: Life) -> int:
    for number in index.of_environment[life.facts.number][life.position :]:
        after = index.state_after(number)
        if after is State.FROZEN or (after is State.READY and life.event == NOBODY):
            return number
        if after is State.SHUTDOWN:
            return NOBODY
    return NOBODY


def _retires(index: Index, life: Life, done: int) -> bool:
    """Whether an environment is shut down in the instant in which it is done."""
    records = index.of_environment[life.facts.number]
    following = records[bisect_left(records, done) + 1 :][:1]
    return any(
        index.times[number] == index.times[done] and index.state_after(number) is State.SHUTDOWN
        for number in following
    )


def outdated(index: Index, life: Life, number: int) -> str:
    """Return what of an environment was old by a record: its code or configuration; or nothing."""
    created = index.of_environment[life.facts.number][0]
    version = life.facts.code_version
    versions = Versions()
    for effect, command, published in changes(index, life.facts.function, number - 1):
        newest = versions.newest
        versions = versions.after(command, published)
        if effect < created:
            continue
        if version not in versions.live:
            return "configuration" if isinstance(command, SetConfig) else "code"
        if (
            isinstance(command, SetConfig)
            and published is None
            and version == newest
            and {name for name, _ in command.changes} - CAPACITY_SETTINGS
        ):
            return "configuration"
    return ""


def busy_words(index: Index, life: Life) -> str:
    """Return why an environment could not serve, without a full stop: ``e1 was serving #1 …``."""
    name, state = life.facts.id, life.state
    until_us = done_us(index, life)
    until = "" if until_us is None else f" until {at(until_us)}"
    if state is State.INVOKE:
        return f"{name} was serving {event_name(life.event)}{until}"
    if state in (State.CREATING, State.INIT, State.RESTORE):
        whom = "ahead of any event" if life.event == NOBODY else f"for {event_name(life.event)}"
        doing = "initialised" if life.facts.snapshot == NOBODY else "restored"
        return f"{name} was still being {doing} {whom}{until}"
    if state is State.RESET:
        return f"{name} was being reset{until}"
    if state is State.READY:
        return f"{name} was READY, but its allocation was not complete"
    return f"{name} was idle, but was to serve no further event"


def old_words(lives: Sequence[Life], what: str) -> str:
    """Return that environments which were busy had old code or an old configuration."""
    were = "was" if len(lives) == 1 else "were"
    names = some([life.facts.id for life in lives])
    return f"{names} had the old {what} and {were} to serve no further event"


def other_version_words(lives: Sequence[Life], event: int, version: int) -> str:
    """Return that environments run the other version of an alias, without a full stop."""
    names = some([life.facts.id for life in lives])
    run = "runs" if len(lives) == 1 else "run"
    other = lives[0].facts.code_version
    return (
        f"{names} {run} version {other}, and the alias sent {event_name(event)} to version"
        f" {version}"
    )


def gone_words(index: Index, gone: Sequence[Life]) -> str:
    """Return when and why the environments that were shut down last were, without a full stop."""
    last = max(gone, key=lambda life: shutdown_record(index, life))
    latest = [life for life in gone if _shutdown(index, life) == _shutdown(index, last)]
    before = [life.facts.id for life in gone if life not in latest]
    were = "was" if len(latest) == 1 else "were"
    time_us, kind, drawn_us = _shutdown(index, last)
    names = some([life.facts.id for life in latest])
    because = f"because {_reason(kind, drawn_us, one=len(latest) == 1)}"
    words = f"{names} {were} shut down at {at(time_us)} {because}"
    return f"{words} ({some(before)} before that)" if before else words


def _shutdown(index: Index, life: Life) -> tuple[int, Kind, int]:
    """Return when and why an environment was shut down, and the time that was drawn for it."""
    record = shutdown_record(index, life)
    kind = index.kind(record)
    drawn_us = {
        Kind.SHUTDOWN_IDLE: life.facts.idle_lifetime_us,
        Kind.SHUTDOWN_LIFETIME: life.facts.max_lifetime_us,
    }.get(kind, 0)
    return index.times[record], kind, drawn_us


def _reason(kind: Kind, drawn_us: int, *, one: bool) -> str:
    if kind is Kind.SHUTDOWN_IDLE:
        return f"{'it' if one else 'they'} had been idle {span(drawn_us)} {DAGGER}"
    if kind is Kind.SHUTDOWN_LIFETIME:
        return f"{'it was' if one else 'they were'} {span(drawn_us)} old {DAGGER}"
    return _REASONS[kind]


_REASONS: Final = {
    Kind.SHUTDOWN_DEPLOY: "new code was deployed",
    Kind.SHUTDOWN_CONFIG: "the configuration was changed",
    Kind.SHUTDOWN_RECLAIM: "Lambda took it back",
    Kind.SHUTDOWN_PROVISION: "less provisioned concurrency was configured",
    Kind.SHUTDOWN_INIT_FAILED: "its allocation failed",
    Kind.RESTORE_TIMEOUT: "its restore took too long",
    Kind.SHUTDOWN_SHIFT: "the alias moved to another version",
}


def shutdown_record(index: Index, life: Life) -> int:
    """Return the record that began an environment's shutdown; -1 if there is none."""
    for number in reversed(index.of_environment[life.facts.number][: life.position]):
        if index.kind(number) in GONE_REASONS:
            return number
    return NOBODY
