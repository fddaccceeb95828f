"""A change as plain data and back, for files that keep a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final

from lifecycle_tui.engine.source_plan import (
    AsyncPlan,
    PollersPlan,
    QueuePlan,
    RetryPlan,
    SourceKind,
    SourcePlan,
    StreamPlan,
)
from lifecycle_tui.engine.worktime import Constant, Quantiles, Uniform
from lifecycle_tui.play.contrasts.changes import (
    AccountSet,
    Change,
    Connected,
    Earlier,
    EventChanged,
    FunctionSet,
    LeftOut,
    Proxied,
    SourceSet,
)

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]

_CHANGES: Final = (
    EventChanged, Earlier, LeftOut, FunctionSet, AccountSet, SourceSet, Connected, Proxied,
)  # fmt: skip
_VALUES: Final = (
    Constant, Uniform, Quantiles, AsyncPlan, QueuePlan, StreamPlan, SourcePlan, RetryPlan,
    PollersPlan,
)  # fmt: skip
_KINDS: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: kind for kind in (*_CHANGES, *_VALUES)
}


def to_data(change: Change) -> Data:
    """Return a change as lists, numbers and text: what a JSON file can hold."""
    return _packed(change)


def from_data(data: Data) -> Change:
    """Return the change that `to_data` made data of.

    Raises:
        ValueError: it is no change; the words say what was found.
    """
    found = _unpacked(data)
    if not isinstance(found, Change):
        raise ValueError(f"{data!r:.60} is no change of a plan")
    return found


def _packed(value: object) -> Data:
    kind = type(value).__name__
    if isinstance(value, StrEnum):
        return {"is": "SourceKind", "of": [str(value)]}
    if kind in _KINDS:
        names = _names(_KINDS[kind])
        return {"is": kind, "of": [_packed(getattr(value, name)) for name in names]}
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a change holds no {kind}")


def _unpacked(data: Data) -> Any:
    if isinstance(data, list):
        return tuple(_unpacked(each) for each in data)
    if not isinstance(data, dict):
        return data
    kind, parts = data.get("is"), data.get("of")
    if data.keys() != {"is", "of"} or not isinstance(parts, list):
        raise ValueError(f"{data!r:.60} is no part of a change")
    values = [_unpacked(part) for part in parts]
    if kind == "SourceKind" and len(values) == 1:
        return SourceKind(values[0])
    make = _KINDS.get(str(kind))
    if make is None or len(values) != len(_names(make)):
        raise ValueError(f"{kind!r:.60} with {len(values)} values is no part of a change")
    if make in _CHANGES and not all(
        type(value) is int
        for value, each in zip(values, fields(make), strict=True)
        if each.type == "int"
    ):
        raise ValueError(f"{kind} with {values!r:.60} is no change: whole numbers are missing")
    return make(*values)


def _names(make: Any) -> tuple[str, ...]:
    named: tuple[str, ...] | None = getattr(make, "_fields", None)
    return named if named is not None else tuple(field.name for field in fields(make))
