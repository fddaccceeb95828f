"""What the signs of the language do to values: arithmetic, comparison, membership."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Final

from lifecycle_tui.expressions.errors import ExpressionError
from lifecycle_tui.expressions.values import (
    UNKNOWN,
    DurationText,
    Row,
    Table,
    Unknown,
    Value,
    describe,
)

LARGEST: Final = 10**15
"""No number of an expression may be larger, so that none ever takes time or memory."""

_ARITHMETIC: Final[dict[str, Callable[[int | float, int | float], int | float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_ORDER: Final[dict[str, Callable[[int | float, int | float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def number(value: Value) -> int | float | None:
    """Return a value as a number, a duration in milliseconds; None if it is none."""
    if isinstance(value, DurationText):
        return value.ms
    return value if isinstance(value, int | float) else None


def bounded(value: float, column: int) -> int | float:
    """Return a number that is not too large; ExpressionError for one that is."""
    if not -LARGEST <= value <= LARGEST:
        message = f"the number is too large; {LARGEST:,} is the largest there is"
        raise ExpressionError(message, column)
    return value


def calculate(sign: str, left: Value, right: Value, column: int) -> Value:
    """Return ``left sign right``; unknown where one of them is nothing, or the divisor 0."""
    if is_nothing(left) or is_nothing(right):
        return UNKNOWN
    a, b = number(left), number(right)
    if a is None or b is None:
        other = left if a is None else right
        message = f"'{sign}' is for numbers and found {describe(other)}{_hint(other)}"
        raise ExpressionError(message, column)
    if b == 0 and sign in ("/", "//", "%"):
        return UNKNOWN
    return bounded(_ARITHMETIC[sign](a, b), column)


def negate(value: Value, column: int) -> Value:
    """Return ``-value``."""
    return calculate("-", 0, value, column)


def compare(sign: str, left: Value, right: Value, column: int) -> bool | Unknown:
    """Return whether ``left sign right``; unknown where that has no answer."""
    if sign in ("==", "!="):
        equal = _equal(left, right, column)
        if isinstance(equal, Unknown):
            return equal
        return equal if sign == "==" else not equal
    if sign in ("in", "not in"):
        inside = _member(left, right, column)
        if isinstance(inside, Unknown):
            return inside
        return inside if sign == "in" else not inside
    if is_nothing(left) or is_nothing(right):
        return UNKNOWN
    a, b = number(left), number(right)
    if a is None or b is None:
        other = left if a is None else right
        message = f"'{sign}' is for numbers and found {describe(other)}{_hint(other)}"
        raise ExpressionError(message, column)
    return _ORDER[sign](a, b)


def is_nothing(value: Value) -> bool:
    """Whether a value is one of the two nothings."""
    return value is None or isinstance(value, Unknown)


def _equal(left: Value, right: Value, column: int) -> bool | Unknown:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    for side in (left, right):
        if isinstance(side, Row | Table | tuple):
            message = f"{describe(side)} cannot be compared; name a field of it{_hint(side)}"
            raise ExpressionError(message, column)
    if isinstance(left, str) and isinstance(right, str):
        return str(left) == str(right)
    a, b = number(left), number(right)
    if a is not None and b is not None:
        return a == b
    return left is None and right is None


def _member(left: Value, right: Value, column: int) -> bool | Unknown:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    if isinstance(left, str) and isinstance(right, str):
        return str(left) in str(right)
    if isinstance(right, tuple):
        answers = [_equal(left, each, column) for each in right]
        if True in answers:
            return True
        return UNKNOWN if any(isinstance(each, Unknown) for each in answers) else False
    message = f"'in' looks into a list, as ('ok', 'error') or inv.env; found {describe(right)}"
    raise ExpressionError(message, column)


def _hint(value: Value) -> str:
    if isinstance(value, str):
        return "; a time is written as '20ms'"
    if isinstance(value, Table):
        return "; how many rows it has is count(…)"
    return ""
