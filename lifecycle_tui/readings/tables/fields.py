"""How a table is described: its fields with units and meanings, from which its page is made too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

from lifecycle_tui.expressions.values import UNKNOWN, Value

Source = TypeVar("Source")


class Field(NamedTuple, Generic[Source]):
    """One field of the rows of a table."""

    name: str
    unit: str
    """``ms``, ``MB``, ``text``, ``number``, ``yes/no`` …"""
    meaning: str
    read: Callable[[Source], Value]


class Info(NamedTuple, Generic[Source]):
    """A table, or a single row, that expressions can ask."""

    name: str
    about: str
    fields: tuple[Field[Source], ...]
    many: bool = True
    key: str = ""
    """The field by whose text a row can be picked; empty for none."""

    @property
    def readers(self) -> Mapping[str, Callable[[Source], Value]]:
        """What reads each field, by its name."""
        return {field.name: field.read for field in self.fields}


def ms(time_us: int | None) -> int | float | None:
    """Return milliseconds, whole where they are whole."""
    if time_us is None:
        return None
    return time_us / 1_000 if time_us % 1_000 else time_us // 1_000


def since(first_us: int | None, last_us: int | None) -> Value:
    """Return the milliseconds between two moments; unknown while one of them is."""
    if first_us is None or last_us is None:
        return UNKNOWN
    return ms(last_us - first_us)
