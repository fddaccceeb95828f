"""Text with expressions: values as the screen shows them."""

from __future__ import annotations

import pytest

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.lessons.templates import template, value_words
from tests.lessons.examples import example, lesson


def names() -> Staged:
    read = lesson(example())
    staged = Staged(load_plan(read))
    for _, block in read.blocks():
        lines = getattr(block, "after", getattr(block, "lines", ()))
        if type(block).__name__ in ("Stage", "Predict"):
            staged.run(lines)
    return staged


STAGED = names()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It waited {inv[0].wait_ms}.", "It waited 1.12 s."),
        ("{inv[1].wait_ms} and {cfg.timeout}", "0 ms and 3 s"),
        ("{max(inv, wait_ms)}", "1.12 s"),
        ("{cfg.memory}", "512 MB"),
        ("{count(inv)} events on {inv[0].env}", "2 events on e1"),
        ("{inv[0].start}, then {inv[1].start}", "COLD, then WARM"),
        ("{inv[7].start}", "…"),
        ("{inv[0].reinit}", "no"),
        ("{2 / 3}", "0.67"),
        ("{1234567}", "1,234,567"),
        ("{{so}}", "{so}"),
        ("no expression", "no expression"),
    ],
)
def test_values_read_as_on_the_screen(text: str, shown: str) -> None:
    assert template(text).fill(STAGED.names) == shown


def test_text_without_its_values() -> None:
    assert template("It waited {inv[0].wait_ms}, {inv[0].env}.").plain == "It waited …, …."


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("It {inv[0", 4, "is not closed"),
        ("It {inv[0 {1}", 4, "is not closed"),
        ("It }", 4, "closes nothing"),
        ("It {lambda: 1}", 5, "is not part of the language"),
        ("It {inv[0].__class__}", 12, "no name begins with '_'"),
        ("It {}", 5, "nothing is written"),
    ],
)
def test_what_is_wrong_has_its_column(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        template(text)
    assert (caught.value.column, words in caught.value.message) == (column, True)


def test_lists_and_nothing() -> None:
    assert value_words(("e1", "e2")) == "e1, e2"
    assert value_words(None, "init_ms") == "…"
    assert value_words(0.0000012, "cost_usd") == "$0.0000012"
