"""What auto scaling does with provisioned concurrency, as sentences with their data points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import at, listed
from lifecycle_tui.units.translation import tr

_POINTS_TOLD: Final = 3


def _out(index: Index, record: Record) -> str:
    function = index.plan.functions[record.subject]
    shares = _points(index, record, _POINTS_TOLD)
    return tr(
        "Target tracking set {function}'s provisioned concurrency to "
        "{count:,}: its utilisation was {names} in three minutes, above the "
        "target of {target:.2g} †.",
        function=function.name,
        count=record.value,
        names=listed([f"{share:.2g}" for share in shares]),
        target=_target(index, record),
    )


def _in(index: Index, record: Record) -> str:
    from lifecycle_tui.engine.autoscaling import POINTS_IN, SCALE_IN_SHARE

    function = index.plan.functions[record.subject]
    most = max(_points(index, record, POINTS_IN), default=0.0)
    limit = _target(index, record) * SCALE_IN_SHARE
    return tr(
        "Target tracking set {function}'s provisioned concurrency to "
        "{count:,}: its utilisation was {most:.2g} at most for {minutes} "
        "minutes, below 90 % of the target ({limit:.2g}) †.",
        function=function.name,
        count=record.value,
        most=most,
        minutes=POINTS_IN,
        limit=limit,
    )


def _scheduled(index: Index, record: Record) -> str:
    name = index.plan.functions[record.subject].name
    return tr(
        "The schedule had an action at {moment}: {name}'s provisioned concurrency is {count:,}.",
        moment=at(record.time_us),
        name=name,
        count=record.value,
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
