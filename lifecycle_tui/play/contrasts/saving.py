"""A change as plain data and back, for files that keep a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, Final

from lifecycle_tui.engine.plan import Command, Plan
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
_TIMES: Final = (Constant, Uniform, Quantiles)
_KINDS: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: kind for kind in (*_CHANGES, *_VALUES)
}


def to_data(change: object) -> Data:
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


def fits(change: object, plan: Plan, live: tuple[Command, ...]) -> bool:
    """Whether a change that was read from a file is one that a plan can have."""
    whole = replace(plan, commands=plan.commands + live)
    try:
        match change:
            case FunctionSet(function=number, field=field, value=value):
                alike = _alike(getattr(whole.functions[number], field), value)
            case AccountSet(field=field, value=value):
                alike = _alike(getattr(whole.account, field), value)
            case LeftOut(command=number):
                alike = 0 <= number < len(whole.commands)
            case Connected(connections=count):
                alike = count > 0
            case EventChanged(later_us=later_us, shorter_us=shorter_us, place=place):
                alike = min(later_us, shorter_us, place) >= 0
            case _:
                alike = isinstance(change, Change)
        if not isinstance(change, Change):
            return False
        change.applied(whole)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False
    return alike


def _alike(was: object, value: object) -> bool:
    """Whether a value is of the kind that a setting has; no number is below 0."""
    if isinstance(was, _TIMES):
        return isinstance(value, _TIMES)
    if was is None or (isinstance(was, int) and not isinstance(was, bool)):
        return type(value) is int and value >= 0
    return type(was) is type(value)
