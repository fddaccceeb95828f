"""An expression that has been read: asked again and again, about one run or many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lifecycle_tui.expressions import nodes
from lifecycle_tui.expressions.errors import ExpressionError
from lifecycle_tui.expressions.evaluation import Evaluation
from lifecycle_tui.expressions.nodes import Node
from lifecycle_tui.expressions.parsing import read
from lifecycle_tui.expressions.values import Unknown, Value, truth

DEFAULT_STEPS: Final = 1_000_000
"""Enough for a condition on each of a hundred thousand rows; about half a second."""


class Expression:
    """An expression of the language."""

    def __init__(self, text: str, root: Node) -> None:
        """Keep what was read; ``parse`` makes expressions."""
        self.text = text
        self.root = root

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def evaluate(self, names: Mapping[str, Value], steps: int = DEFAULT_STEPS) -> Value:
        """Return what it comes to; None also where that is unknown.

        Args:
            names: what the names stand for; ``readings.tables.names_of`` has those of a run.
            steps: how many steps it may take.

        Raises:
            ExpressionError: an unknown name, a sign between what it is not for, or too many steps.
        """
        found = self._value(names, steps)
        return None if isinstance(found, Unknown) else found

    def holds(self, names: Mapping[str, Value], steps: int = DEFAULT_STEPS) -> bool | None:
        """Return whether the condition holds; None where that is unknown.

        Raises:
            ExpressionError: as ``evaluate``.
        """
        found = truth(self._value(names, steps))
        return None if isinstance(found, Unknown) else found

    def names_used(self) -> frozenset[str]:
        """Return every name that occurs, fields of rows without a dot before them included."""
        return frozenset(n.name for n in walk(self.root) if isinstance(n, nodes.Name))

    def _value(self, names: Mapping[str, Value], steps: int) -> Value:
        try:
            return self.root.value(Evaluation(names, steps))
        except RecursionError:
            raise ExpressionError("it is nested too deeply", 1) from None


def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: it is not of the language; the message says what to write instead.
    """
    return Expression(text, read(text))


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all that it is made of."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return what a node is made of, in the order in which it is written."""
    match node:
        case nodes.Listed(items=items) | nodes.Both(parts=items) | nodes.Call(given=items):
            return items
        case nodes.Field(of=of) | nodes.Not(of=of) | nodes.Negative(of=of):
            return (of,)
        case nodes.Index(of=of, place=place):
            return (of, place)
        case nodes.Arithmetic(left=left, right=right):
            return (left, right)
        case nodes.Comparison(first=first, rest=rest):
            return (first, *(each for _, each in rest))
        case nodes.Choice(condition=condition, then=then, otherwise=otherwise):
            return (then, condition, otherwise)
        case _:
            return ()


def conjuncts(expression: Expression) -> tuple[Expression, ...]:
    """Return the conditions that an expression joins by ``and``; itself if it joins none."""
    root = expression.root
    if not isinstance(root, nodes.Both) or root.decides:
        return (expression,)
    parts = (Expression(expression.text, part) for part in root.parts)
    return tuple(inner for part in parts for inner in conjuncts(part))
