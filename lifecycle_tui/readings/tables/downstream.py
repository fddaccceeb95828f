"""The table ``db``: one row for each downstream, databases, proxies and caches."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Final

from lifecycle_tui.engine.downstream_plan import DownstreamKind, DownstreamPlan
from lifecycle_tui.engine.downstreams import Connections, pooled
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.expressions.values import Row, Table
from lifecycle_tui.readings.downstreams import moves_of
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables.fields import Field, Info

_COUNTED: Final = frozenset(
    int(kind)
    for kind in (Kind.CONNECT_REFUSED, Kind.POOL_WAITED, Kind.CACHE_HIT, Kind.CACHE_MISSED)
)


class Downstream:
    """A downstream as it is seen from a moment."""

    def __init__(self, index: Index, number: int, at_us: int) -> None:
        self.index = index
        self.number = number
        self.at_us = at_us

    @property
    def plan(self) -> DownstreamPlan:
        """What it is."""
        return self.index.plan.downstreams[self.number]

    @cached_property
    def levels(self) -> list[int]:
        """Connections in use, at first and after each change."""
        moves = moves_of(self.index, self.number)
        past = bisect_right(moves.records, self.index.trace.last_at(self.at_us))
        return [pooled(self.index.plan, self.plan.name), *moves.in_use[:past]]

    @cached_property
    def counts(self) -> dict[int, int]:
        """How often something happened here, by its kind."""
        found = dict.fromkeys(_COUNTED, 0)
        past = self.index.trace.last_at(self.at_us) + 1
        for record, packed in enumerate(self.index.codes[:past]):
            kind = packed & 0xFF
            if kind in _COUNTED:
                said = Connections.of(self.index.values[record])
                found[kind] += said.downstream == self.number
        return found


DB: Final = Info[Downstream](
    "db",
    "one row for each downstream that the scenario declares: `db['orders'].peak`",
    (
        Field("name", "text", "its name", lambda d: d.plan.name),
        Field("kind", "text", "database, proxy or cache", lambda d: d.plan.kind.value),
        Field("limit", "number", "how many connections a database lets in; none where there is no"
              " limit", lambda d: None if d.plan.kind is DownstreamKind.PROXY
              else d.plan.connections),
        Field("in_use", "number", "open connections", lambda d: d.levels[-1]),
        Field("peak", "number", "the most that were open at once", lambda d: max(d.levels)),
        Field("refused", "number", "connections that it refused",
              lambda d: d.counts[Kind.CONNECT_REFUSED]),
        Field("waited", "number", "queries that had to wait for a proxy's connection",
              lambda d: d.counts[Kind.POOL_WAITED]),
        Field("hits", "number", "looks into a cache that found something",
              lambda d: d.counts[Kind.CACHE_HIT]),
        Field("misses", "number", "looks into a cache that found nothing",
              lambda d: d.counts[Kind.CACHE_MISSED]),
    ),
    key="name",
)  # fmt: skip
_READERS: Final = DB.readers


def downstreams_table(index: Index, at_us: int) -> Table:
    """Return ``db`` as it is seen from a moment."""

    def rows() -> list[Row]:
        numbers = range(len(index.plan.downstreams))
        return [Row(_READERS, Downstream(index, number, at_us)) for number in numbers]

    return Table(_READERS, rows, DB.key)
