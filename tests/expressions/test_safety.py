"""The language is safe to read from strangers: it never runs, hangs, swallows memory or crashes."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle_tui.expressions import ExpressionError, Row, Table, Value, parse, problems
from lifecycle_tui.expressions.functions import FUNCTIONS
from lifecycle_tui.readings.tables import SCHEMA

MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))

HOSTILE = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "inv.__class__",
    "_x",
    "9**9**9",
    "9 ** 9",
    "'a' * 10**9",
    "'a' * 1000000000",
    "'a' + 'b'",
    "[1] * 1000000000",
    "1e999",
    "1e308 * 1e308",
    "9" * 1_000,
    "0x7fffffffffffffff",
    "1_000",
    "10j",
    "b'x'",
    "f'{inv}'",
    "r'\\d'",
    "'\\x41'",
    "'''a'''",
    "lambda: 1",
    "(lambda x: x)(1)",
    "[x for x in inv]",
    "{x for x in inv}",
    "{1: 2}",
    "(x for x in inv)",
    "count(x for x in inv)",
    "(a := 1)",
    "count(*inv)",
    "count(**inv)",
    "count(inv, key=1)",
    "inv[0:1]",
    "inv[0, 1][...]",
    "...",
    "await x",
    "yield",
    "x; y",
    "x # y",
    "x = 1",
    "x is None",
    "x @ y",
    "x | y",
    "~x",
    "1 << 999999999",
    "eval('1')",
    "exec",
    "open('/etc/passwd')",
    "getattr(inv, 'x')",
    "count.real",
    "count",
    "(count)(inv)",
    "inv[0].get('x')",
    "(1)(2)",
    "'a'('b')",
    "ｃount(inv)",
    "inv\u200b",
    "іnv",
    "'\u202eabc'",
    "'a\x00b'",
    "\x00",
    "\ud800",
    "(" * 5_000,
    "(" * 900 + ")" * 900,
    "[" * 900 + "]" * 900,
    "not " * 490 + "x",
    "-" * 1_999 + "1",
    "1" + "+1" * 990,
    "1 if 1 else " * 150 + "1",
    "x" * 2_001,
    "x" * 1_999,
    "'" + "x" * 1_990 + "'",
    "a." * 900 + "a",
    "a[0]" * 450,
    "count(" * 300 + "x" + ")" * 300,
    "(" + "1," * 950 + ")",
    "()",
    ")(",
    "(]",
    "'",
    "\\",
    "",
    " ",
    "\n",
    ",",
    "1,",
    "inv[",
    "inv.",
    ".5.5",
    "0777",
    "1.e",
]
HARMLESS = frozenset({"(count)(inv)", "()", "1,"})


def everything() -> dict[str, Value]:
    """Return a name for each table, with one row whose fields are all 1."""
    names: dict[str, Value] = {}
    for name, shape in SCHEMA.items():
        if shape is None:
            names[name] = (0, 1)
            continue
        readers = dict.fromkeys(shape.fields, lambda _: 1)
        row = Row(readers)
        names[name] = Table(readers, lambda row=row: [row]) if shape.many else row  # type: ignore[misc]
    return names


@pytest.mark.parametrize(
    "text", [t for t in HOSTILE if t not in HARMLESS], ids=lambda text: repr(text[:24])
)
def test_hostile_text_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text).evaluate(everything())
    assert 1 <= caught.value.column <= len(text) + 1
    assert caught.value.message.isprintable()


def answer(text: str) -> None:
    """Read, check and evaluate a text: nothing but ExpressionError may come of it."""
    try:
        expression = parse(text)
    except ExpressionError:
        return
    assert isinstance(problems(expression, SCHEMA), list)
    assert isinstance(expression.names_used(), frozenset)
    try:
        expression.evaluate(everything(), steps=2_000)
    except ExpressionError:
        return


@MANY
@given(st.text(max_size=80))
def test_any_text_at_all(text: str) -> None:
    answer(text)


@MANY
@given(st.text(string.printable, max_size=60))
def test_any_ascii(text: str) -> None:
    answer(text)


WORDS = st.sampled_from(
    [
        *FUNCTIONS, *SCHEMA, "start", "wait_ms", "row", "True", "None", "0", "1", "9.5", "'3s'",
        "'cold'", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "//", "%", "==", "!=", "<",
        "<=", "in", "not", "and", "or", "if", "else",
    ]
)  # fmt: skip


@MANY
@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_any_words_of_the_language(text: str) -> None:
    answer(text)


ATOMS = st.sampled_from(
    ["1", "0", "-2.5", "'3s'", "'cold'", "None", "inv", "env", "cfg", "cfg.pc", "inv.wait_ms",
     "inv[0]", "inv[-1].start", "concurrency", "run.gbs", "row", "event"]
)  # fmt: skip


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    signs = st.sampled_from(["+", "-", "*", "/", "//", "%", "==", "!=", "<", ">=", "in", "not in",
                             "and", "or"])  # fmt: skip
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda a: f"(not {a})"),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), pair).map(
            lambda t: f"{t[0]}({t[1][0]}, {t[1][1]})"
        ),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner).map(lambda t: f"{t[0]}({t[1]})"),
        pair.map(lambda p: f"({p[0]} if {p[1]} else 1)"),
        pair.map(lambda p: f"({p[0]}, {p[1]})"),
        pair.map(lambda p: f"({p[0]})[{p[1]}]"),
    )


@MANY
@given(st.recursive(ATOMS, _grown, max_leaves=12))
def test_any_expression_that_can_be_read(text: str) -> None:
    answer(text)


def test_the_budget_of_steps_ends_it() -> None:
    rows = [Row({"x": lambda _: 1})] * 1_000
    names: dict[str, Value] = {"t": Table(rows[0].fields, lambda: rows)}
    assert parse("count(t, x == 1)").evaluate(names) == 1_000
    with pytest.raises(ExpressionError, match="more than 1,000,000 steps"):
        parse("count(t, count(t, count(t, x == row.x) > 0) > 0)").evaluate(names)
    with pytest.raises(ExpressionError, match="more than 1,000,000 steps"):
        parse("count(t, x in many)").evaluate({**names, "many": tuple(range(2, 2_000))})
    with pytest.raises(ExpressionError, match="more than 50 steps"):
        parse("count(t.x) == 1").evaluate(names, steps=50)
