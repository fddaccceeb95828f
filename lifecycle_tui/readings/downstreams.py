"""Downstreams at a moment: how many connections are in use, and which environments hold them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from lifecycle_tui.engine.downstream_plan import DownstreamKind
from lifecycle_tui.engine.downstreams import Connections, pooled
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import DownstreamState

_MOVES: Final = frozenset({int(Kind.CONNECTED), int(Kind.DISCONNECTED)})


class Moves(NamedTuple):
    """When connections to one downstream were opened and closed, ascending."""

    records: list[int]
    in_use: list[int]
    """Connections in use after each."""


def downstreams_at(index: Index, t_us: int) -> tuple[DownstreamState, ...]:
    """Return every downstream that takes connections, after all records up to ``t_us``."""
    last = index.trace.last_at(t_us)
    return tuple(
        state_after(index, number, last, with_holders=False)
        for number, plan in enumerate(index.plan.downstreams)
        if plan.kind is not DownstreamKind.CACHE
    )


def state_after(
    index: Index, number: int, record: int, *, with_holders: bool = True
) -> DownstreamState:
    """Return one downstream after a record of the trace.

    Args:
        index: the run.
        number: the downstream, by its place in the plan.
        record: number of the last record that counts.
        with_holders: also say who holds connections, which takes time for each that was opened.
    """
    plan = index.plan.downstreams[number]
    moves = moves_of(index, number)
    past = bisect_right(moves.records, record)
    in_use = moves.in_use[past - 1] if past else pooled(index.plan, plan.name)
    is_proxy = plan.kind is DownstreamKind.PROXY
    holders: dict[int, int] = {}
    if with_holders:
        for each in moves.records[:past]:
            holders[index.environments[each]] = Connections.of(index.values[each]).held
    held = tuple((environment, count) for environment, count in holders.items() if count)
    return DownstreamState(plan.name, in_use, None if is_proxy else plan.connections, held)


def moves_of(index: Index, number: int) -> Moves:
    """Return when connections to one downstream were opened and closed; read once for all."""
    if index.moves is None:
        found = {number: Moves([], []) for number in range(len(index.plan.downstreams))}
        for record, packed in enumerate(index.codes):
            if packed & 0xFF in _MOVES:
                said = Connections.of(index.values[record])
                found[said.downstream].records.append(record)
                found[said.downstream].in_use.append(said.in_use)
        index.moves = found
    return index.moves[number]
