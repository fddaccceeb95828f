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
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.versions import Versions, changes
from lifecycle_tui.readings.words import at, event_name, some, span
from lifecycle_tui.units.translation import tr, tr_later, tr_many


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
    if state is State.INVOKE:
        return _until(
            until_us,
            tr("{name} was serving {event}", name=name, event=event_name(life.event)),
        )
    if state in (State.CREATING, State.INIT, State.RESTORE):
        ahead, restored = life.event == NOBODY, life.facts.snapshot != NOBODY
        words = tr(_BEING_MADE[ahead, restored], name=name, event=event_name(life.event))
        return _until(until_us, words)
    if state is State.RESET:
        return _until(until_us, tr("{name} was being reset", name=name))
    if state is State.READY:
        return tr("{name} was READY, but its allocation was not complete", name=name)
    return tr("{name} was idle, but was to serve no further event", name=name)


_BEING_MADE: Final = {
    (False, False): tr_later("{name} was still being initialised for {event}"),
    (False, True): tr_later("{name} was still being restored for {event}"),
    (True, False): tr_later("{name} was still being initialised ahead of any event"),
    (True, True): tr_later("{name} was still being restored ahead of any event"),
}
"""By whether that is ahead of any event, and whether it is restored from a snapshot."""


def _until(until_us: int | None, words: str) -> str:
    """Return words with the moment until which they hold, if it is known."""
    if until_us is None:
        return words
    return tr("{words} until {moment}", words=words, moment=at(until_us))


def old_words(lives: Sequence[Life], what: str) -> str:
    """Return that environments which were busy had old code or an old configuration."""
    names = some([life.facts.id for life in lives])
    if what == "code":
        return tr_many(
            "{names} had the old code and was to serve no further event",
            "{names} had the old code and were to serve no further event",
            len(lives),
            names=names,
        )
    return tr_many(
        "{names} had the old configuration and was to serve no further event",
        "{names} had the old configuration and were to serve no further event",
        len(lives),
        names=names,
    )


def other_version_words(lives: Sequence[Life], event: int, version: int) -> str:
    """Return that environments run the other version of an alias, without a full stop."""
    names = some([life.facts.id for life in lives])
    other = lives[0].facts.code_version
    return tr_many(
        "{names} runs version {other}, and the alias sent {event} to version {version}",
        "{names} run version {other}, and the alias sent {event} to version {version}",
        len(lives),
        names=names,
        other=other,
        event=event_name(event),
        version=version,
    )


def gone_words(index: Index, gone: Sequence[Life]) -> str:
    """Return when and why the environments that were shut down last were, without a full stop."""
    last = max(gone, key=lambda life: shutdown_record(index, life))
    latest = [life for life in gone if _shutdown(index, life) == _shutdown(index, last)]
    before = [life.facts.id for life in gone if life not in latest]
    time_us, kind, drawn_us = _shutdown(index, last)
    names = some([life.facts.id for life in latest])
    words = tr_many(
        "{names} was shut down at {moment} because {reason}",
        "{names} were shut down at {moment} because {reason}",
        len(latest),
        names=names,
        moment=at(time_us),
        reason=_reason(kind, drawn_us, len(latest)),
    )
    return tr("{words} ({names} before that)", words=words, names=some(before)) if before else words


def _shutdown(index: Index, life: Life) -> tuple[int, Kind, int]:
    """Return when and why an environment was shut down, and the time that was drawn for it."""
    record = shutdown_record(index, life)
    kind = index.kind(record)
    drawn_us = {
        Kind.SHUTDOWN_IDLE: life.facts.idle_lifetime_us,
        Kind.SHUTDOWN_LIFETIME: life.facts.max_lifetime_us,
    }.get(kind, 0)
    return index.times[record], kind, drawn_us


def _reason(kind: Kind, drawn_us: int, count: int) -> str:
    if kind is Kind.SHUTDOWN_IDLE:
        return tr_many(
            "it had been idle {length} †",
            "they had been idle {length} †",
            count,
            length=span(drawn_us),
        )
    if kind is Kind.SHUTDOWN_LIFETIME:
        return tr_many(
            "it was {length} old †", "they were {length} old †", count, length=span(drawn_us)
        )
    return tr(_REASONS[kind])


_REASONS: Final = {
    Kind.SHUTDOWN_DEPLOY: tr_later("new code was deployed"),
    Kind.SHUTDOWN_CONFIG: tr_later("the configuration was changed"),
    Kind.SHUTDOWN_RECLAIM: tr_later("Lambda took it back"),
    Kind.SHUTDOWN_PROVISION: tr_later("less provisioned concurrency was configured"),
    Kind.SHUTDOWN_INIT_FAILED: tr_later("its allocation failed"),
    Kind.RESTORE_TIMEOUT: tr_later("its restore took too long"),
    Kind.SHUTDOWN_SHIFT: tr_later("the alias moved to another version"),
}


def shutdown_record(index: Index, life: Life) -> int:
    """Return the record that began an environment's shutdown; -1 if there is none."""
    for number in reversed(index.of_environment[life.facts.number][: life.position]):
        if index.kind(number) in GONE_REASONS:
            return number
    return NOBODY


def life_before_start(index: Index, invocation: Invocation) -> Life:
    """Return the life of an event's environment just before the event began on it."""
    records = index.of_environment[invocation.environment]
    return life_at(index, invocation.environment, bisect_left(records, invocation.start_record))
