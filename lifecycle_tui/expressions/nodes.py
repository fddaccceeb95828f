"""The pieces of an expression, each of which knows how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lifecycle_tui.expressions import functions
from lifecycle_tui.expressions.errors import ExpressionError, did_you_mean
from lifecycle_tui.expressions.evaluation import Evaluation
from lifecycle_tui.expressions.operations import calculate, compare, negate
from lifecycle_tui.expressions.values import (
    UNKNOWN,
    Row,
    Table,
    Unknown,
    Value,
    describe,
    truth,
)
from lifecycle_tui.units.text import quote


class Node(Protocol):
    """A piece of an expression."""

    @property
    def column(self) -> int:
        """Where it begins, from 1."""
        ...

    def value(self, run: Evaluation) -> Value:
        """Return what it comes to."""
        ...


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, yes, no or nothing."""

    column: int
    literal: Value

    def value(self, run: Evaluation) -> Value:
        """Return it."""
        run.step(self.column)
        return self.literal


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values in brackets."""

    column: int
    items: tuple[Node, ...]

    def value(self, run: Evaluation) -> Value:
        """Return all of them."""
        run.step(self.column)
        return tuple(item.value(run) for item in self.items)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or a field of the row that is being looked at."""

    column: int
    name: str

    def value(self, run: Evaluation) -> Value:
        """Return what it stands for."""
        run.step(self.column)
        return run.look_up(self.name, self.column)


@dataclass(frozen=True, slots=True)
class Field:
    """A row's field; of a table, the fields of all rows."""

    column: int
    of: Node
    name: str

    def value(self, run: Evaluation) -> Value:
        """Return the field."""
        run.step(self.column)
        of = self.of.value(run)
        if isinstance(of, Unknown) or of is None:
            return UNKNOWN
        if not isinstance(of, Row | Table):
            message = f"{describe(of)} has no fields, so no {quote(self.name)}"
            raise ExpressionError(message, self.column)
        if self.name not in of.fields:
            message = f"unknown field {quote(self.name)}{did_you_mean(self.name, of.fields)}"
            raise ExpressionError(message, self.column)
        if isinstance(of, Row):
            return of.get(self.name)
        run.step(self.column, len(of))
        return tuple(row.get(self.name) for row in of)


@dataclass(frozen=True, slots=True)
class Index:
    """A row of a table by its place (from 0) or by its key; an item of a list."""

    column: int
    of: Node
    place: Node

    def value(self, run: Evaluation) -> Value:
        """Return the row; unknown if there is none there."""
        run.step(self.column)
        of, place = self.of.value(run), self.place.value(run)
        if isinstance(of, Unknown) or isinstance(place, Unknown):
            return UNKNOWN
        if not isinstance(of, Table | tuple):
            message = f"only tables and lists have places; found {describe(of)}"
            raise ExpressionError(message, self.column)
        if isinstance(of, Table) and isinstance(place, str) and of.key:
            run.step(self.column, len(of))
            return next((row for row in of if row.get(of.key) == place), UNKNOWN)
        if isinstance(place, bool) or not isinstance(place, int):
            named = " or a name" if isinstance(of, Table) and of.key else ""
            message = f"a place is a whole number from 0{named}; found {describe(place)}"
            raise ExpressionError(message, self.place.column)
        items: Sequence[Value] = of.rows if isinstance(of, Table) else of
        return items[place] if -len(items) <= place < len(items) else UNKNOWN


@dataclass(frozen=True, slots=True)
class Both:
    """``and`` and ``or`` of several conditions, from left to right until one decides."""

    column: int
    parts: tuple[Node, ...]
    decides: bool
    """The answer that settles it: False for ``and``, True for ``or``."""

    def value(self, run: Evaluation) -> Value:
        """Return yes, no or unknown."""
        run.step(self.column)
        answer: bool | Unknown = not self.decides
        for part in self.parts:
            found = truth(part.value(run))
            if found is self.decides:
                return found
            if isinstance(found, Unknown):
                answer = found
        return answer


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    column: int
    of: Node

    def value(self, run: Evaluation) -> Value:
        """Return yes, no or unknown."""
        run.step(self.column)
        found = truth(self.of.value(run))
        return found if isinstance(found, Unknown) else not found


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with a minus before it."""

    column: int
    of: Node

    def value(self, run: Evaluation) -> Value:
        """Return the number."""
        run.step(self.column)
        return negate(self.of.value(run), self.column)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers and a sign between them."""

    column: int
    left: Node
    sign: str
    right: Node

    def value(self, run: Evaluation) -> Value:
        """Return the number."""
        run.step(self.column)
        return calculate(self.sign, self.left.value(run), self.right.value(run), self.column)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Values with comparisons between them, all of which must hold: ``0 < wait_ms <= 20``."""

    column: int
    first: Node
    rest: tuple[tuple[str, Node], ...]

    def value(self, run: Evaluation) -> Value:
        """Return yes, no or unknown."""
        run.step(self.column)
        left = self.first.value(run)
        answer: bool | Unknown = True
        for sign, node in self.rest:
            right = node.value(run)
            if isinstance(right, tuple):
                run.step(self.column, len(right))
            found = compare(sign, left, right, self.column)
            if found is False:
                return False
            if isinstance(found, Unknown):
                answer = found
            left = right
        return answer


@dataclass(frozen=True, slots=True)
class Choice:
    """``this if condition else that``."""

    column: int
    condition: Node
    then: Node
    otherwise: Node

    def value(self, run: Evaluation) -> Value:
        """Return one of the two; unknown if the condition is."""
        run.step(self.column)
        found = truth(self.condition.value(run))
        if isinstance(found, Unknown):
            return found
        return (self.then if found else self.otherwise).value(run)


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions, with what it is given."""

    column: int
    name: str
    given: tuple[Node, ...]

    def value(self, run: Evaluation) -> Value:
        """Return what the function makes of it."""
        run.step(self.column)
        return functions.FUNCTIONS[self.name].call(run, self.column, self.given)
