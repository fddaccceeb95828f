"""The functions of the language: what each takes, what it makes of that, and its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from lifecycle_tui.expressions.errors import ExpressionError
from lifecycle_tui.expressions.operations import bounded, is_nothing, number
from lifecycle_tui.expressions.values import (
    UNKNOWN,
    Table,
    Unknown,
    Value,
    describe,
    truth,
)

if TYPE_CHECKING:
    from lifecycle_tui.expressions.evaluation import Evaluation
    from lifecycle_tui.expressions.nodes import Node

Given = tuple["Node", ...]
_Call = Callable[["Evaluation", int, Given], Value]


class Function(NamedTuple):
    """A function of the language."""

    call: _Call
    least: int
    most: int
    """How many things it is given."""
    usage: str
    meaning: str
    goes_through: bool
    """Whether what it is given second is asked of each row."""


def _members(name: str, run: Evaluation, column: int, node: Node) -> Sequence[Value] | Unknown:
    """Return the rows or items that a function goes through."""
    found = node.value(run)
    if isinstance(found, Unknown):
        return found
    if isinstance(found, Table):
        return found.rows
    if isinstance(found, tuple):
        return found
    message = f"{name}() goes through a table, as inv or env; found {describe(found)}"
    raise ExpressionError(message, column)


def _each(run: Evaluation, column: int, members: Sequence[Value], of: Node) -> Iterator[Value]:
    """Yield what an expression comes to for each row."""
    for member in members:
        run.step(column)
        run.enter(member)
        try:
            yield of.value(run)
        finally:
            run.leave()


def _chosen(run: Evaluation, column: int, members: Sequence[Value], given: Given) -> list[Value]:
    """Return the rows for which the condition holds; all of them without one."""
    if len(given) == 1:
        run.step(column, len(members))
        return list(members)
    answers = _each(run, column, members, given[1])
    return [m for m, answer in zip(members, answers, strict=True) if truth(answer) is True]


def _count(run: Evaluation, column: int, given: Given) -> Value:
    members = _members("count", run, column, given[0])
    return members if isinstance(members, Unknown) else len(_chosen(run, column, members, given))


def _answers(name: str, run: Evaluation, column: int, given: Given) -> Iterator[Value]:
    members = _members(name, run, column, given[0])
    if isinstance(members, Unknown):
        return
    if len(given) == 1:
        run.step(column, len(members))
        yield from members
    else:
        yield from _each(run, column, members, given[1])


def _any(run: Evaluation, column: int, given: Given) -> Value:
    return any(truth(answer) is True for answer in _answers("any", run, column, given))


def _all(run: Evaluation, column: int, given: Given) -> Value:
    return all(truth(answer) is not False for answer in _answers("all", run, column, given))


def _first(run: Evaluation, column: int, given: Given) -> Value:
    members = _members("first", run, column, given[0])
    if isinstance(members, Unknown):
        return members
    return next(iter(_chosen(run, column, members, given)), UNKNOWN)


def _last(run: Evaluation, column: int, given: Given) -> Value:
    members = _members("last", run, column, given[0])
    if isinstance(members, Unknown):
        return members
    chosen = _chosen(run, column, members, given)
    return chosen[-1] if chosen else UNKNOWN


def _numbers(name: str, run: Evaluation, column: int, given: Given) -> list[int | float] | Unknown:
    """Return the numbers of a list, of an expression over rows, or given one by one."""
    first = given[0].value(run)
    found: list[Value]
    if isinstance(first, Unknown):
        return first
    if isinstance(first, Table | tuple):
        members: Sequence[Value] = first.rows if isinstance(first, Table) else first
        run.step(column, len(members))
        found = list(_each(run, column, members, given[1])) if len(given) == 2 else list(members)
        if len(given) > 2:
            message = f"{name}() takes a table and one expression, or several numbers"
            raise ExpressionError(message, given[2].column)
    else:
        found = [first, *(node.value(run) for node in given[1:])]
    numbers: list[int | float] = []
    for value in found:
        if is_nothing(value):
            continue
        size = number(value)
        if size is None:
            extra = f"; write {name}(table, field)" if isinstance(first, Table) else ""
            message = f"{name}() is for numbers and found {describe(value)}{extra}"
            raise ExpressionError(message, column)
        numbers.append(size)
    return numbers


def _sum(run: Evaluation, column: int, given: Given) -> Value:
    numbers = _numbers("sum", run, column, given)
    return numbers if isinstance(numbers, Unknown) else bounded(sum(numbers), column)


def _min(run: Evaluation, column: int, given: Given) -> Value:
    numbers = _numbers("min", run, column, given)
    return UNKNOWN if isinstance(numbers, Unknown) or not numbers else min(numbers)


def _max(run: Evaluation, column: int, given: Given) -> Value:
    numbers = _numbers("max", run, column, given)
    return UNKNOWN if isinstance(numbers, Unknown) or not numbers else max(numbers)


def _unique(run: Evaluation, column: int, given: Given) -> Value:
    seen: set[str | int | float] = set()
    for value in _answers("unique", run, column, given):
        if is_nothing(value):
            continue
        if not isinstance(value, str | int | float):
            message = f"unique() compares numbers and text; found {describe(value)}"
            raise ExpressionError(message, column)
        if value in seen:
            return False
        seen.add(value)
    return True


def _at(run: Evaluation, column: int, given: Given) -> Value:
    moment = given[0].value(run)
    if is_nothing(moment):
        return UNKNOWN
    size = None if isinstance(moment, bool) else number(moment)
    before = run.at(moment if size is None else size, column)
    try:
        return given[1].value(run)
    finally:
        run.back(before)


def _within(run: Evaluation, column: int, given: Given) -> Value:
    value, target, tolerance = (node.value(run) for node in given)
    if is_nothing(value) or is_nothing(target) or is_nothing(tolerance):
        return UNKNOWN
    a, b = number(value), number(target)
    if a is None or b is None:
        other = value if a is None else target
        message = f"within() compares two numbers and found {describe(other)}"
        raise ExpressionError(message, column)
    return abs(a - b) <= _tolerance(tolerance, b, given[2].column)


def _tolerance(tolerance: Value, target: float, column: int) -> float:
    """Return how far off is near enough: a number, a duration, or a share of the target."""
    size = number(tolerance)
    if size is not None and not isinstance(tolerance, bool):
        return size
    if isinstance(tolerance, str) and tolerance.endswith("%"):
        try:
            share = float(tolerance[:-1])
        except ValueError:
            share = -1.0
        if 0 <= share <= 1_000:
            return abs(target) * share / 100
    message = "within() ends with a tolerance: a number, a time as '20ms', or a share as '5%'"
    raise ExpressionError(message, column)


_MANY: Final = 20

FUNCTIONS: Final[dict[str, Function]] = {
    "count": Function(_count, 1, 2, "count(inv, start == 'cold')",
                      "how many rows there are, or for how many the condition holds", True),
    "any": Function(_any, 1, 2, "any(env, resets >= 1)",
                    "whether the condition holds for one row at least", True),
    "all": Function(_all, 1, 2, "all(inv, wait_ms < 20)",
                    "whether it holds for every row; rows for which it is unknown are passed over",
                    True),
    "first": Function(_first, 1, 2, "first(inv, reinit).event",
                      "the first row for which it holds; unknown if there is none", True),
    "last": Function(_last, 1, 2, "last(inv).status",
                     "the last row for which it holds; unknown if there is none", True),
    "sum": Function(_sum, 1, _MANY, "sum(inv, billed_ms)",
                    "the sum over all rows, or of a list; nothing counts as 0", True),
    "min": Function(_min, 1, _MANY, "min(inv, latency_ms)",
                    "the smallest number over all rows, of a list, or of several", True),
    "max": Function(_max, 1, _MANY, "max(concurrency)",
                    "the largest number over all rows, of a list, or of several", True),
    "unique": Function(_unique, 1, 2, "unique(env.token)",
                       "whether no value comes twice; nothing does not count", True),
    "at": Function(_at, 2, 2, "at('3s', count(env))",
                   "what an expression was at a moment, from what was known then", False),
    "within": Function(_within, 3, 3, "within(answer, run.gbs, '5%')",
                       "whether a number is near another: by so much, or by a share of the second",
                       False),
}  # fmt: skip
