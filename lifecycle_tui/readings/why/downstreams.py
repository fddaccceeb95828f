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
from lifecycle_tui.readings.words import DAGGER, environment_name, event_name, some, span
from lifecycle_tui.units.text import plural


def _connected(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    name = index.plan.downstreams[said.downstream].name
    return (
        f"{environment_name(record.environment)} connected to {name} and holds "
        f"{plural(said.held, 'connection')}; {_in_use(index, said)}."
    )


def _disconnected(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    name = index.plan.downstreams[said.downstream].name
    return f"{environment_name(record.environment)} let go of {name}; {_in_use(index, said)}."


def _refused(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    state = state_after(index, said.downstream, record.number)
    holders = [environment_name(number) for number, _ in state.holders]
    frozen = sum(
        _state_before(index, number, record.number) is State.FROZEN for number, _ in state.holders
    )
    by = f", held by {some(holders)}" if holders else ""
    still = f" ({frozen} of {len(holders)} FROZEN)" if frozen else ""
    return (
        f"{state.name} refused {environment_name(record.environment)}'s connection: "
        f"{_in_use(index, said)}{by}{still}."
    )


def _state_before(index: Index, environment: int, record: int) -> State:
    place = bisect_left(index.of_environment[environment], record)
    return index.state_after(index.of_environment[environment][place - 1])


def _in_use(index: Index, said: Connections) -> str:
    limit = index.plan.downstreams[said.downstream].connections
    if limit is None:
        return f"{plural(said.in_use, 'connection')} in use"
    proxied = index.plan.downstreams[said.downstream].to is not None
    if proxied:
        return f"{plural(said.in_use, 'connection')} share {limit:,} to what is behind it"
    return f"{said.in_use:,} of {limit:,} connections in use"


def _waited(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    proxy = index.plan.downstreams[said.downstream]
    return (
        f"{event_name(record.subject)} had to wait {span(said.in_use)} for one of {proxy.name}'s "
        f"own connections (it has {proxy.connections}) {DAGGER}."
    )


def _looked(index: Index, record: Record) -> str:
    said = Connections.of(record.value)
    cache = index.plan.downstreams[said.downstream]
    event = event_name(record.subject)
    if record.kind is Kind.CACHE_HIT:
        return f"{event} found what it wanted in {cache.name}, so it asked no further."
    if said.in_use:
        return f"{event} did not find what it wanted in {cache.name}."
    own = f" in {environment_name(record.environment)}: globals were new"
    return f"{event} found {cache.name} empty{own if cache.keeps is Keeps.ENVIRONMENT else ''}."


def _out_of_memory(index: Index, record: Record) -> str:
    name, event = environment_name(record.environment), event_name(record.subject)
    words = f"{name} ran out of memory while it served {event}: {name} was reset."
    plan = index.trace.environments[record.environment].plan
    place = bisect_left(index.of_environment[record.environment], record.number)
    leaked_mb = life_at(index, record.environment, place).leaked_mb
    if plan.memory_used_mb + leaked_mb <= plan.memory_mb:
        return words
    leaked = f", {leaked_mb} MB of it left by earlier events" if leaked_mb else ""
    needed = f"it needed {plan.memory_used_mb + leaked_mb:,} of {plan.memory_mb:,} MB{leaked}"
    return f"{words.removesuffix('.')}; {needed}."


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
    Kind.TMP_FULL: "{event}'s handler could not write: no space left of {e}'s {value} MB of /tmp.",
}
"""All others."""
