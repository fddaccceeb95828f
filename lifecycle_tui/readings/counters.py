"""Totals at a moment: how many of each thing had happened by then."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, ENDS, THROTTLES, Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.billing import gb_seconds, whole_ms
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.invocations import billed_of
from lifecycle_tui.readings.model import Counters, DownstreamState

_FAILURES: Final = set(ENDS) - {Kind.INVOKE_OK, Kind.INVOKE_TIMEOUT}
_FIELDS: Final[dict[Kind, str]] = {
    **dict.fromkeys((Kind.ARRIVAL, Kind.MESSAGE_QUEUED), "events"),
    Kind.INVOKE_COLD: "cold",
    Kind.INVOKE_WARM: "warm",
    Kind.INVOKE_PRE: "pre",
    Kind.INVOKE_RESTORED: "restored",
    Kind.INVOKE_REINIT: "reinit",
    Kind.INVOKE_OK: "ok",
    Kind.INVOKE_TIMEOUT: "timeouts",
    Kind.GONE: "gone",
    **dict.fromkeys((*DROPS, Kind.REDRIVEN), "dropped"),
    **dict.fromkeys(THROTTLES, "throttled"),
    **dict.fromkeys(CREATIONS, "created"),
    **dict.fromkeys(_FAILURES, "errors"),
}
_FIELD_OF: Final = tuple(_FIELDS.get(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When everything that is counted happened, ascending; billed amounts added up over ends."""

    moments: dict[str, list[int]]
    ends: list[int]
    billed_ms: list[int]
    init_billed_ms: list[int]
    billed_mb_ms: list[int]


def counters_at(index: Index, t_us: int) -> Counters:
    """Return the totals over all records with a time at or before ``t_us``."""
    table = index.timetable
    if table is None:
        table = index.timetable = _timetable(index)
    count = {name: bisect_right(moments, t_us) for name, moments in table.moments.items()}
    ended = bisect_right(table.ends, t_us)
    return Counters(
        events=count["events"],
        cold=count["cold"],
        warm=count["warm"],
        pre=count["pre"],
        restored=count["restored"],
        reinit=count["reinit"],
        throttled=count["throttled"],
        errors=count["errors"],
        timeouts=count["timeouts"],
        billed_ms=table.billed_ms[ended],
        init_billed_ms=table.init_billed_ms[ended],
        gb_seconds=gb_seconds(table.billed_mb_ms[ended], 1),
        in_flight=count["attempts"] - count["throttled"] - ended,
        dropped=count["dropped"],
        environments=count["created"] - count["gone"],
        downstreams=_downstreams(index, t_us) if index.plan.downstreams else (),
    )


def _downstreams(index: Index, t_us: int) -> tuple[DownstreamState, ...]:
    from lifecycle_tui.readings.downstreams import downstreams_at

    return downstreams_at(index, t_us)


def _timetable(index: Index) -> Timetable:
    moments: dict[str, list[int]] = {name: [] for name in _FIELDS.values()}
    field_of = _FIELD_OF
    moments["attempts"] = sorted(index.times[each.arrival] for _, each in index.all_attempts())
    for time_us, packed in zip(index.times, index.codes, strict=True):
        field = field_of[packed & 0xFF]
        if field is not None:
            moments[field].append(time_us)
    ended: list[tuple[int, int, int, int]] = []
    for _, event in index.all_attempts():
        if event.end == NOBODY:
            continue
        billed = billed_of(index, event.start, event.end)
        without_init = whole_ms(index.times[event.end] - index.times[event.start])
        memory_mb = index.trace.environments[index.environments[event.end]].plan.memory_mb
        ended.append((index.times[event.end], billed, billed - without_init, billed * memory_mb))
    ended.sort()
    return Timetable(
        moments=moments,
        ends=[entry[0] for entry in ended],
        billed_ms=list(accumulate((entry[1] for entry in ended), initial=0)),
        init_billed_ms=list(accumulate((entry[2] for entry in ended), initial=0)),
        billed_mb_ms=list(accumulate((entry[3] for entry in ended), initial=0)),
    )
