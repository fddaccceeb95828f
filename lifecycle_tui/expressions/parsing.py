"""From text to nodes: Python's own parser, and then only what the language has."""

from __future__ import annotations

import ast
from typing import Final

from lifecycle_tui.expressions import nodes
from lifecycle_tui.expressions.errors import ExpressionError, did_you_mean
from lifecycle_tui.expressions.functions import FUNCTIONS
from lifecycle_tui.expressions.lexing import Token, one_line, tokens
from lifecycle_tui.expressions.nodes import Node
from lifecycle_tui.expressions.operations import bounded
from lifecycle_tui.expressions.values import DurationText, Value
from lifecycle_tui.units.text import plural, quote

DEEPEST: Final = 60
"""Levels of an expression; a longer sum can be written as sum((a, b, …))."""
LONGEST_LIST: Final = 100

_ARITHMETIC: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
_COMPARISONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}


def read(text: str) -> Node:
    """Return the nodes of an expression.

    Raises:
        ExpressionError: it is not of the language.
    """
    found = tokens(text)
    # In brackets a leading blank is no indentation.
    source = f"({one_line(text)})"
    try:
        tree = ast.parse(source, mode="eval")
    except SyntaxError as error:
        raise _unreadable(text, found, error) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise ExpressionError("it is nested too deeply", 1) from None
    return _Reader(source).read(tree.body, 1)


def _unreadable(text: str, found: list[Token], error: SyntaxError) -> ExpressionError:
    """Say what does not fit, at the token that Python's parser stopped at."""
    start = (error.offset or 1) - 2
    at = next((token for token in found if token.start + len(token.text) > start), None)
    if at is None:
        message = "it ends too early; something is missing after the last word"
        return ExpressionError(message, len(text.rstrip()) + 1)
    return ExpressionError(f"{quote(at.text)} does not fit here", at.start + 1)


class _Reader:
    """Turns Python's nodes into ours."""

    def __init__(self, source: str) -> None:
        self._bytes = source.encode()

    def _column(self, node: ast.expr) -> int:
        """Return where a node begins, in characters from 1, without the bracket that we added."""
        return max(self._characters(node.col_offset), 1)

    def _characters(self, offset: int) -> int:
        return len(self._bytes[:offset].decode(errors="ignore"))

    def read(self, node: ast.expr, depth: int) -> Node:
        """Return our node for one of Python's."""
        column = self._column(node)
        if depth > DEEPEST:
            raise ExpressionError("it is nested too deeply; make it shorter", column)
        match node:
            case ast.Constant(value=constant):
                return nodes.Literal(column, self._literal(constant, column))
            case ast.Name(id=name):
                if name in FUNCTIONS:
                    message = f"{name} is a function: write {FUNCTIONS[name].usage}"
                    raise ExpressionError(message, column)
                return nodes.Name(column, name)
            case ast.Attribute():
                return self._field(node, column, depth)
            case ast.Subscript(value=of, slice=place):
                return nodes.Index(column, self.read(of, depth + 1), self.read(place, depth + 1))
            case ast.Call():
                return self._call(node, column, depth)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return self._listed(items, column, depth)
            case _:
                return self._operation(node, column, depth)

    def _operation(self, node: ast.expr, column: int, depth: int) -> Node:
        match node:
            case ast.BoolOp(op=joint, values=parts):
                read = tuple(self.read(part, depth + 1) for part in parts)
                return nodes.Both(column, read, isinstance(joint, ast.Or))
            case ast.UnaryOp(op=ast.Not(), operand=of):
                return nodes.Not(column, self.read(of, depth + 1))
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return nodes.Negative(column, self.read(of, depth + 1))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
                return nodes.Arithmetic(
                    column,
                    self.read(left, depth + 1),
                    _ARITHMETIC[type(sign)],
                    self.read(right, depth + 1),
                )
            case ast.Compare():
                return self._comparison(node, column, depth)
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return nodes.Choice(
                    column,
                    self.read(test, depth + 1),
                    self.read(then, depth + 1),
                    self.read(otherwise, depth + 1),
                )
            case _:
                raise _refusal(node, column)

    def _literal(self, constant: object, column: int) -> Value:
        if isinstance(constant, str):
            return DurationText.of(constant)
        if constant is None or isinstance(constant, bool):
            return constant
        if isinstance(constant, int | float):
            return bounded(constant, column)
        raise ExpressionError("a value is a number or text in quotes", column)

    def _field(self, node: ast.Attribute, column: int, depth: int) -> Node:
        if node.attr.startswith("_"):
            raise ExpressionError(f"{quote(node.attr)}: no field begins with '_'", column)
        of = self.read(node.value, depth + 1)
        # Where the field's own name begins.
        column = self._characters(node.end_col_offset or 0) - len(node.attr)
        return nodes.Field(column, of, node.attr)

    def _listed(self, items: list[ast.expr], column: int, depth: int) -> Node:
        if len(items) > LONGEST_LIST:
            message = f"a list of {len(items)}; at most {LONGEST_LIST}"
            raise ExpressionError(message, column)
        return nodes.Listed(column, tuple(self.read(item, depth + 1) for item in items))

    def _comparison(self, node: ast.Compare, column: int, depth: int) -> Node:
        rest = []
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if type(sign) not in _COMPARISONS:
                raise _refusal(node, column)
            rest.append((_COMPARISONS[type(sign)], self.read(right, depth + 1)))
        return nodes.Comparison(column, self.read(node.left, depth + 1), tuple(rest))

    def _call(self, node: ast.Call, column: int, depth: int) -> Node:
        if not isinstance(node.func, ast.Name):
            message = "only functions are called, as count(env); a field is named without brackets"
            raise ExpressionError(message, column)
        name = node.func.id
        if name not in FUNCTIONS:
            message = f"there is no function {quote(name)}{did_you_mean(name, FUNCTIONS)}"
            raise ExpressionError(message, column)
        function = FUNCTIONS[name]
        if node.keywords:
            message = f"{name}() takes no names with =; write {function.usage}"
            raise ExpressionError(message, column)
        if not function.least <= len(node.args) <= function.most:
            found = plural(len(node.args), "thing")
            message = f"{name}() is given {found}; write {function.usage}"
            raise ExpressionError(message, column)
        return nodes.Call(column, name, tuple(self.read(arg, depth + 1) for arg in node.args))


def _refusal(node: ast.expr, column: int) -> ExpressionError:
    return ExpressionError(f"{type(node).__name__} is not part of the language", column)
