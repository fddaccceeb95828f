"""What can be said of an expression before anything runs: unknown names, and ambiguous ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lifecycle_tui.expressions import nodes
from lifecycle_tui.expressions.errors import ExpressionError, did_you_mean
from lifecycle_tui.expressions.evaluation import CONSTANTS, ROW
from lifecycle_tui.expressions.expression import Expression, parts_of, walk
from lifecycle_tui.expressions.functions import FUNCTIONS
from lifecycle_tui.expressions.nodes import Node
from lifecycle_tui.units.text import quote


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name stands for: a row with fields, or a table of such rows."""

    fields: Mapping[str, object]
    many: bool = False


Schema = Mapping[str, Shape | None]
"""All names there are, with their shapes; None for a number, a text or a list of them."""


class AmbiguousNameError(ExpressionError):
    """A name that a reader may take for another one; it has an answer all the same."""


def problems(expression: Expression, schema: Schema) -> list[ExpressionError]:
    """Return the names that are unknown, and those that could mean two things, by column.

    A name in the second argument of ``any(inv, …)`` is ambiguous if both a row of ``inv`` and
    something outside are called so: the row's field is meant, and a reader may think otherwise.
    ``row.`` before it says which.
    """
    found = list(_Checker(schema).check(expression.root, ()))
    return sorted(found, key=lambda error: error.column)


def fields_named(expression: Expression) -> frozenset[str]:
    """Return every field that is named after a dot."""
    return frozenset(n.name for n in walk(expression.root) if isinstance(n, nodes.Field))


class _Checker:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def check(self, node: Node, rows: tuple[Shape | None, ...]) -> Iterator[ExpressionError]:
        """Yield what is wrong with a node; ``rows`` are those that it looks at, the inner last."""
        if isinstance(node, nodes.Name):
            yield from self._name(node, rows)
        elif isinstance(node, nodes.Field):
            yield from self.check(node.of, rows)
            shape = self._shape(node.of, rows)
            if shape is not None and node.name not in shape.fields:
                message = f"unknown field {quote(node.name)}{did_you_mean(node.name, shape.fields)}"
                yield ExpressionError(message, node.column)
        elif isinstance(node, nodes.Call):
            yield from self._call(node, rows)
        else:
            for part in parts_of(node):
                yield from self.check(part, rows)

    def _name(self, node: nodes.Name, rows: tuple[Shape | None, ...]) -> Iterator[ExpressionError]:
        name = node.name
        homes = [shape for shape in reversed(rows) if shape is not None and name in shape.fields]
        outside = name in self._schema
        if len(homes) + outside > 1:
            message = (
                f"{quote(name)} is a field of the row and a name outside; write row.{name}"
                if outside
                else f"{quote(name)} is a field of the inner and of the outer row; write row.{name}"
            )
            yield AmbiguousNameError(message, node.column)
        elif not homes and not outside and name not in CONSTANTS and not (rows and name == ROW):
            known = {*self._schema, *(each for shape in rows if shape for each in shape.fields)}
            message = f"unknown name {quote(name)}{did_you_mean(name, known)}"
            yield ExpressionError(message, node.column)

    def _call(self, node: nodes.Call, rows: tuple[Shape | None, ...]) -> Iterator[ExpressionError]:
        yield from self.check(node.given[0], rows)
        inner = rows
        if node.name == "at":
            inner = ()
        elif FUNCTIONS[node.name].goes_through and len(node.given) == 2:
            inner = (*rows, self._member(node.given[0], rows))
        for part in node.given[1:]:
            yield from self.check(part, inner)

    def _member(self, node: Node, rows: tuple[Shape | None, ...]) -> Shape | None:
        """Return the shape of the rows that a function goes through."""
        shape = self._shape(node, rows)
        return Shape(shape.fields) if shape is not None and shape.many else None

    def _shape(self, node: Node, rows: tuple[Shape | None, ...]) -> Shape | None:
        """Return the shape of what a node comes to; None where it has no fields."""
        match node:
            case nodes.Name(name=name):
                if any(shape is not None and name in shape.fields for shape in rows):
                    return None
                if name == ROW and rows:
                    return rows[-1]
                return self._schema.get(name)
            case nodes.Index(of=of):
                return self._member(of, rows)
            case nodes.Call(name="first" | "last", given=given):
                return self._member(given[0], rows)
            case nodes.Call(name="at", given=given):
                return self._shape(given[1], ())
            case _:
                return None
