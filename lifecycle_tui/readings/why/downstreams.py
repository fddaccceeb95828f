"""What code did with its downstreams, its memory and its /tmp, as sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.downstream_plan import Keeps
from lifecycle_tui.engine.downstreams import Connections
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.downstreams import state_after
from lifecycle_tui.readings.fold import life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import environment_name, event_name, some, span
from lifecycle_tui.units.translation import tr, tr_later, tr_many


def _connected(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    name = index.plan.downstreams[said.downstream].name
    return tr_many(
        "{environment} connected to {name} and holds {count:,} connection; {in_use}.",
        "{environment} connected to {name} and holds {count:,} connections; {in_use}.",
        said.held,
        environment=environment_name(record.environment),
        name=name,
        in_use=_in_use(index, said),
    )


def _disconnected(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    name = index.plan.downstreams[said.downstream].name
    return tr(
        "{environment} let go of {name}; {in_use}.",
        environment=environment_name(record.environment),
        name=name,
        in_use=_in_use(index, said),
    )


def _refused(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    state = state_after(index, said.downstream, record.number)
    holders = [environment_name(number) for number, _ in state.holders]
    frozen = sum(
        _state_before(index, number, record.number) is State.FROZEN for number, _ in state.holders
    )
    words = tr_later("{name} refused {environment}'s connection: {in_use}.")
    if holders:
        words = tr_later("{name} refused {environment}'s connection: {in_use}, held by {names}.")
    if frozen:
        words = tr_later(
            "{name} refused {environment}'s connection: {in_use}, held by {names} ({frozen} of"
            " {holders} FROZEN)."
        )
    return tr(
        words,
        name=state.name,
        environment=environment_name(record.environment),
        in_use=_in_use(index, said),
        names=some(holders),
        frozen=frozen,
        holders=len(holders),
    )


def _state_before(index: Index, environment: int, record: int) -> State:
    place = bisect_left(index.of_environment[environment], record)
    return index.state_after(index.of_environment[environment][place - 1])


def _in_use(index: Index, said: Connections) -> str:
    limit = index.plan.downstreams[said.downstream].connections
    if limit is None:
        return tr_many("{count:,} connection in use", "{count:,} connections in use", said.in_use)
    proxied = index.plan.downstreams[said.downstream].to is not None
    if proxied:
        return tr_many(
            "{count:,} connection share {limit:,} to what is behind it",
            "{count:,} connections share {limit:,} to what is behind it",
            said.in_use,
            limit=limit,
        )
    return tr("{used:,} of {limit:,} connections in use", used=said.in_use, limit=limit)


def _waited(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    proxy = index.plan.downstreams[said.downstream]
    return tr(
        "{event} had to wait {length} for one of {proxy}'s own connections (it "
        "has {connections}) †.",
        event=event_name(record.subject),
        length=span(said.in_use),
        proxy=proxy.name,
        connections=proxy.connections,
    )


def _looked(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    cache = index.plan.downstreams[said.downstream]
    event = event_name(record.subject)
    if record.kind is Kind.CACHE_HIT:
        return tr(
            "{event} found what it wanted in {cache}, so it asked no further.",
            event=event,
            cache=cache.name,
        )
    if said.in_use:
        return tr("{event} did not find what it wanted in {cache}.", event=event, cache=cache.name)
    words = tr_later("{event} found {cache} empty.")
    if cache.keeps is Keeps.ENVIRONMENT:
        words = tr_later("{event} found {cache} empty in {environment}: globals were new.")
    environment = environment_name(record.environment)
    return tr(words, event=event, cache=cache.name, environment=environment)


def _out_of_memory(index: Index, record: Record) -> str:
    name, event = environment_name(record.environment), event_name(record.subject)
    words = tr(
        "{name} ran out of memory while it served {event}: {name} was reset.",
        name=name,
        event=event,
    )
    plan = index.trace.environments[record.environment].plan
    place = bisect_left(index.of_environment[record.environment], record.number)
    leaked_mb = life_at(index, record.environment, place).leaked_mb
    if plan.memory_used_mb + leaked_mb <= plan.memory_mb:
        return words
    told = tr_later(
        "{name} ran out of memory while it served {event}: {name} was reset; it needed {needed:,}"
        " of {total:,} MB."
    )
    if leaked_mb:
        told = tr_later(
            "{name} ran out of memory while it served {event}: {name} was reset; it needed"
            " {needed:,} of {total:,} MB, {leaked} MB of it left by earlier events."
        )
    return tr(
        told,
        name=name,
        event=event,
        needed=plan.memory_used_mb + leaked_mb,
        total=plan.memory_mb,
        leaked=leaked_mb,
    )


SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.CONNECTED: _connected,
    Kind.DISCONNECTED: _disconnected,
    Kind.CONNECT_REFUSED: _refused,
    Kind.POOL_WAITED: _waited,
    Kind.CACHE_HIT: _looked,
    Kind.CACHE_MISSED: _looked,
    Kind.INVOKE_OOM: _out_of_memory,
}
"""Sentences that need more than the record's own numbers."""

WORDS: Final[dict[Kind, str]] = {
    Kind.TMP_FULL: tr_later(
        "{event}'s handler could not write: no space left of {e}'s {value} MB of /tmp."
    ),
}
"""All others."""
