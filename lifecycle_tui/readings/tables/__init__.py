"""What expressions can ask of a run: tables and rows, each field with its unit and meaning.

Everything is worked out when it is first asked for. ``docs/expressions.md`` is made from this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lifecycle_tui.expressions.checking import Shape
from lifecycle_tui.expressions.values import Value
from lifecycle_tui.readings.concurrency import levels
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables.attempts import INV, attempts_table
from lifecycle_tui.readings.tables.downstream import DB, downstreams_table
from lifecycle_tui.readings.tables.lives import ENV, environments_table
from lifecycle_tui.readings.tables.settings import (
    CFG,
    FUNCTIONS,
    configured_row,
    functions_table,
)
from lifecycle_tui.readings.tables.timers import TIMERS, timers_table
from lifecycle_tui.readings.tables.totals import RUN, totals_row

INFOS: Final = (INV, ENV, CFG, FUNCTIONS, RUN, TIMERS, DB)
"""All tables and rows, in the order of their page."""
CONCURRENCY: Final = "concurrency"
CONCURRENCY_ABOUT: Final = (
    "how many events were in flight, from 0 and after each change: `max(concurrency) <= cfg.rc`"
)
SCHEMA: Final[Mapping[str, Shape | None]] = {
    **{info.name: Shape(info.readers, info.many) for info in INFOS},
    CONCURRENCY: None,
}
"""All names that a run has, with their fields: what ``expressions.problems`` checks against."""
UNITS: Final[Mapping[str, Mapping[str, str]]] = {
    info.name: {field.name: field.unit for field in info.fields} for info in INFOS
}
"""The unit of each field, by table: what ``{cfg.timeout}`` in a text is shown with."""

_MAKERS: Final[Mapping[str, Callable[[Index, int], Value]]] = {
    INV.name: attempts_table,
    ENV.name: environments_table,
    FUNCTIONS.name: functions_table,
    RUN.name: totals_row,
    TIMERS.name: timers_table,
    DB.name: downstreams_table,
    CONCURRENCY: levels,
}


class Names(Mapping[str, Value]):
    """The names of a run, as they are seen from a moment."""

    def __init__(
        self, index: Index, at_us: int, more: Mapping[str, Value], function: int = 0
    ) -> None:
        """See ``names_of``."""
        self._index = index
        self._at_us = at_us
        self._more = more
        self._function = function
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name in self._more:
            return self._more[name]
        if name not in self._made:
            if name == CFG.name:
                self._made[name] = configured_row(self._index, self._function, self._at_us)
            else:
                self._made[name] = _MAKERS[name](self._index, self._at_us)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**SCHEMA, **self._more})

    def __len__(self) -> int:
        return len({**SCHEMA, **self._more})

    @property
    def size(self) -> int:
        """How many rows it takes to look at another moment."""
        return len(self._index.events) + len(self._index.of_environment)

    def at(self, moment_ms: float) -> Names:
        """Return the names as they were at another moment, but not after this one."""
        moment_us = min(round(moment_ms * 1_000), self._at_us)
        return Names(self._index, moment_us, self._more, self._function)


def names_of(
    index: Index,
    at_us: int | None = None,
    more: Mapping[str, Value] | None = None,
    *,
    function: int = 0,
) -> Names:
    """Return what expressions about a run can name.

    Args:
        index: the run.
        at_us: the moment: only what is known then; None for the end of the run.
        more: further names, such as a learner's answers; they go before the run's own.
        function: the one that ``cfg`` is about.
    """
    moment_us = index.ended_us if at_us is None else at_us
    return Names(index, moment_us, more or {}, function)
