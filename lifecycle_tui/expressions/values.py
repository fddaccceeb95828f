"""What expressions are about: numbers, text, rows with fields, tables of rows, and two nothings.

``None`` says that there is none (a warm start has no Init Duration). ``UNKNOWN`` says that nobody
can know yet, or that there is no such row; what is asked of it is unknown as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol, runtime_checkable

from lifecycle_tui.units.durations import parse_duration
from lifecycle_tui.units.numbers import UnitError


class Unknown:
    """Not known (yet); there is one of it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        return False


UNKNOWN: Final = Unknown()


class Row:
    """One thing with fields, each worked out when it is first asked for."""

    __slots__ = ("_kept", "_readers", "_source")

    def __init__(self, readers: Mapping[str, Callable[..., Value]], source: object = None) -> None:
        """Make a row.

        Args:
            readers: for each field what reads it from the source.
            source: what the row is about.
        """
        self._readers = readers
        self._source = source
        self._kept: dict[str, Value] = {}

    @property
    def fields(self) -> Mapping[str, object]:
        """Its fields, by name."""
        return self._readers

    def get(self, name: str) -> Value:
        """Return a field's value; KeyError if it has no such field."""
        if name in self._kept:
            return self._kept[name]
        found = self._kept[name] = self._readers[name](self._source)
        return found


class Table:
    """Rows of one kind, made when they are first asked for."""

    __slots__ = ("_make", "_rows", "fields", "key")

    def __init__(
        self,
        fields: Mapping[str, object],
        make: Callable[[], Sequence[Row]],
        key: str = "",
    ) -> None:
        """Make a table.

        Args:
            fields: the names of its rows' fields.
            make: makes the rows.
            key: the field by whose text a row can be picked; empty for none.
        """
        self.fields = fields
        self.key = key
        self._make = make
        self._rows: Sequence[Row] | None = None

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in order."""
        if self._rows is None:
            self._rows = self._make()
        return self._rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


class DurationText(str):
    """Text that reads as a duration: beside a number it counts as milliseconds."""

    __slots__ = ("ms",)
    ms: int | float

    @classmethod
    def of(cls, text: str) -> str:
        """Return the text as a duration if it is one; else as it is."""
        try:
            time_us = parse_duration(text)
        except UnitError:
            return text
        found = cls(text)
        found.ms = time_us // 1_000 if time_us % 1_000 == 0 else time_us / 1_000
        return found


Value = None | bool | int | float | str | Unknown | Row | Table | tuple["Value", ...]


@runtime_checkable
class Moments(Protocol):
    """Names that can also say what they were at another moment."""

    @property
    def size(self) -> int:
        """How many steps it takes to go there."""
        ...

    def at(self, moment_ms: float) -> Mapping[str, Value]:
        """Return the names as they were then."""
        ...


def describe(value: Value) -> str:
    """Return what a value is, in a word or two."""
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Row):
        return "a row"
    if isinstance(value, Table):
        return "a table"
    return "a list" if isinstance(value, tuple) else "nothing"


def truth(value: Value) -> bool | Unknown:
    """Return what a value counts as in a condition."""
    if value is True or value is False or isinstance(value, Unknown):
        return value
    if isinstance(value, Row):
        return True
    if isinstance(value, Table | tuple | str):
        return len(value) > 0
    return bool(value)
