"""What auto scaling does with provisioned concurrency, as sentences with their data points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import DAGGER, at, listed

_POINTS_TOLD: Final = 3


def _out(index: Index, record: Record) -> str:
    function = index.plan.functions[record.subject]
    shares = _points(index, record, _POINTS_TOLD)
    return (
        f"Target tracking set {function.name}'s provisioned concurrency to {record.value:,}: its "
        f"utilisation was {listed([f'{share:.2g}' for share in shares])} in three minutes, above "
        f"the target of {_target(index, record):.2g} {DAGGER}."
    )


def _in(index: Index, record: Record) -> str:
    from lifecycle_tui.engine.autoscaling import POINTS_IN, SCALE_IN_SHARE

    function = index.plan.functions[record.subject]
    most = max(_points(index, record, POINTS_IN), default=0.0)
    limit = _target(index, record) * SCALE_IN_SHARE
    return (
        f"Target tracking set {function.name}'s provisioned concurrency to {record.value:,}: its "
        f"utilisation was {most:.2g} at most for {POINTS_IN} minutes, below 90 % of the target "
        f"({limit:.2g}) {DAGGER}."
    )


def _scheduled(index: Index, record: Record) -> str:
    name = index.plan.functions[record.subject].name
    return (
        f"The schedule had an action at {at(record.time_us)}: {name}'s provisioned concurrency is "
        f"{record.value:,}."
    )


def _target(index: Index, record: Record) -> float:
    settings = index.plan.functions[record.subject].autoscaling
    return 0.0 if settings is None or settings.target is None else settings.target


def _points(index: Index, record: Record, count: int) -> list[float]:
    """Return the utilisation in the minutes before a record, the earliest first."""
    from lifecycle_tui.readings.metrics import metrics

    minute = record.time_us // MINUTE
    rows = metrics(index)[index.plan.functions[record.subject].name]
    return [
        float(row["ProvisionedConcurrencyUtilization"])
        for row in rows
        if minute - count <= row["minute"] < minute
    ]


SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.AUTOSCALED_OUT: _out,
    Kind.AUTOSCALED_IN: _in,
    Kind.SCHEDULED: _scheduled,
}
