"""The expression language: what it answers, and what it makes of nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lifecycle_tui.expressions import ExpressionError, Row, Shape, Table, Value, parse, problems
from lifecycle_tui.expressions.values import UNKNOWN


def table(*rows: Mapping[str, Value], key: str = "") -> Table:
    """Return a table of plain rows."""
    fields = dict.fromkeys(rows[0]) if rows else {}
    made = [Row({name: _always(value) for name, value in row.items()}) for row in rows]
    return Table(fields, lambda: made, key)


def _always(value: Value):  # type: ignore[no-untyped-def]
    return lambda _: value


INV = table(
    {"event": 1, "start": "cold", "wait_ms": 400, "init_ms": 300, "env": "e1", "late": None},
    {"event": 2, "start": "warm", "wait_ms": 0, "init_ms": None, "env": "e1", "late": 0},
    {"event": 3, "start": "429", "wait_ms": None, "init_ms": None, "env": None, "late": 7.5},
    {"event": 4, "start": UNKNOWN, "wait_ms": UNKNOWN, "init_ms": None, "env": "e2", "late": 0},
)
ENV = table({"id": "e1", "served": 2}, {"id": "e2", "served": 0}, key="id")
NAMES: Mapping[str, Value] = {"inv": INV, "env": ENV, "levels": (0, 1, 2, 1), "limit": 2}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1 + 2 * 3", 7),
        ("7 / 2", 3.5),
        ("7 // 2 == 3 and 7 % 2 == 1", True),
        ("-limit", -2),
        ("1 < limit <= 2", True),
        ("1 < limit < 2", False),
        ("'yes' if limit > 1 else 'no'", "yes"),
        ("inv[0].start", "cold"),
        ("inv[-4].start", "cold"),
        ("env['e2'].served", 0),
        ("env['e9'].served", None),
        ("inv[9].start", None),
        ("inv.event", (1, 2, 3, 4)),
        ("levels[2]", 2),
        ("count(inv)", 4),
        ("count(inv, start == 'cold')", 1),
        ("any(inv, wait_ms > 300)", True),
        ("first(inv, start != 'cold').event", 2),
        ("last(env).id", "e2"),
        ("first(inv, event == 9).start", None),
        ("sum(inv, wait_ms)", 400),
        ("max(levels)", 2),
        ("max(inv, wait_ms)", 400),
        ("min(limit, 1, 5)", 1),
        ("max(first(inv, event > 9).batch)", None),
        ("unique(env.id)", True),
        ("unique(inv.env)", False),
        ("unique(inv, event)", True),
        ("within(102, 100, '5%') and not within(106, 100, '5%')", True),
        ("within(102, 100, 2)", True),
        ("within('1s', 1010, '20ms')", True),
        ("any(env, any(inv, row.env == id and start == 'warm'))", True),
        ("count(levels, row >= limit)", 1),
        ("inv[0].start in ('cold', 'warm')", True),
        ("'e2' in inv.env", True),
        ("'e3' not in env.id", True),
        ("true and not false and none == None", True),
        ("true\nand\tlimit == 2", True),
    ],
)
def test_an_expression_has_its_answer(text: str, answer: Value) -> None:
    assert parse(text).evaluate(NAMES) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("inv[0].wait_ms < '20ms'", False),
        ("inv[0].wait_ms == '400ms'", True),
        ("'5m' - '1s' == 299000", True),
        ("inv[0].start == '5m'", False),
        ("'5m' == '300s'", False),
    ],
)
def test_a_duration_in_quotes_counts_as_milliseconds_beside_a_number(
    text: str, answer: bool
) -> None:
    assert parse(text).evaluate(NAMES) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # There is none: equality has an answer, order and arithmetic have not.
        ("inv[1].init_ms == None", True),
        ("inv[1].init_ms == 300", False),
        ("inv[1].init_ms != 300", True),
        ("inv[1].init_ms < 300", None),
        ("inv[1].init_ms + 1", None),
        ("not (inv[1].init_ms < 300)", None),
        # Not known: nothing has an answer.
        ("inv[3].start == 'cold'", None),
        ("inv[3].start != 'cold'", None),
        ("inv[9] == None", None),
        ("inv[3].start in ('cold', 'warm')", None),
        ("None in (1, inv[3].start)", None),
        ("1 in (1, inv[3].wait_ms)", True),
        # One part may settle it.
        ("inv[3].start == 'cold' or limit == 2", True),
        ("inv[3].start == 'cold' and limit == 3", False),
        ("inv[3].start == 'cold' and limit == 2", None),
        ("1 if inv[3].start == 'cold' else 2", None),
        # Rows without an answer are passed over.
        ("all(inv, wait_ms <= 400)", True),
        ("all(inv, wait_ms < 20)", False),
        ("any(inv, init_ms > 400)", False),
        ("count(inv, init_ms > 200)", 1),
        ("all(env, false) or any(inv, late > 7)", True),
        # Nothing comes of a division by zero.
        ("1 / 0", None),
        ("1 % 0 == 1", None),
    ],
)
def test_two_nothings(text: str, answer: Value) -> None:
    assert parse(text).evaluate(NAMES) is answer


def test_the_answer_to_a_condition_is_yes_no_or_unknown() -> None:
    assert parse("inv").holds(NAMES) is True
    assert parse("0").holds(NAMES) is False
    assert parse("inv[9]").holds(NAMES) is None


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("wait", 1, "unknown name 'wait'"),
        ("inv[0].strat", 8, "did you mean 'start'?"),
        ("any(inv, waitms > 3)", 10, "did you mean 'wait_ms'?"),
        ("inv > 3", 1, "how many rows it has is count(…)"),
        ("inv[0].start < 20", 1, "a time is written as '20ms'"),
        ("limit['x']", 1, "only tables and lists have places"),
        ("inv['e1']", 5, "a place is a whole number from 0"),
        ("inv[0] == 1", 1, "name a field of it"),
        ("count(limit)", 1, "goes through a table"),
        ("sum(inv)", 1, "write sum(table, field)"),
        ("limit.x", 7, "a number has no fields"),
        ("within(1, 2, 'x')", 14, "a share as '5%'"),
        ("at('1s', limit)", 1, "there is none here"),
        ("limit * 999999999999999", 1, "too large"),
    ],
)
def test_what_has_no_answer_says_where_and_what_to_write(
    text: str, column: int, words: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text).evaluate(NAMES)
    assert words in caught.value.message
    assert caught.value.column == column


def test_the_inner_row_shadows_what_is_outside() -> None:
    names: Mapping[str, Value] = {"inv": INV, "start": "outside"}
    assert parse("count(inv, start == 'cold')").evaluate(names) == 1
    assert parse("start").evaluate(names) == "outside"


def test_names_used_are_all_names() -> None:
    assert parse("any(inv, start == 'x') and cfg.pc > limit").names_used() == {
        "inv", "start", "cfg", "limit",
    }  # fmt: skip


SCHEMA = {
    "inv": Shape(INV.fields, many=True),
    "env": Shape(ENV.fields, many=True),
    "cfg": Shape({"pc": None}),
    "limit": None,
}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("all(inv, wait_ms < limit) and cfg.pc == 0 and first(inv).start == 'cold'", []),
        ("any(inv, row.env == 'e1') and any(env, any(inv, event == served))", []),
        ("true and none == null", []),
        ("any(inv, env == 'e1')", [10]),
        ("any(env, any(inv, start == id)) and any(inv, any(inv, start == 'x'))", [55]),
        ("cfg.rc + inv[0].foo + last(inv).bar + env['e1'].x + nobody", [5, 17, 33, 49, 53]),
        ("at('1s', pc)", [10]),
        ("any(inv, at(wait_ms, start == 'cold'))", [22]),
        ("row.start", [1]),
    ],
)
def test_lint_finds_unknown_and_ambiguous_names(text: str, columns: list[int]) -> None:
    assert [each.column for each in problems(parse(text), SCHEMA)] == columns
