"""docs/expressions.md is what the language and the tables say of themselves."""

from __future__ import annotations

import pytest

from lifecycle_tui.expressions import parse, problems
from lifecycle_tui.expressions.functions import FUNCTIONS
from lifecycle_tui.readings.tables import INFOS, SCHEMA
from tools import expressions


def test_the_page_is_current() -> None:
    text = expressions.PAGE.read_text(encoding="utf-8")
    assert text == expressions.page(), "run python tools/expressions.py"


def test_the_page_has_every_function_and_every_field() -> None:
    text = expressions.page()
    for function in FUNCTIONS.values():
        assert f"| `{function.usage}` |" in text
    for info in INFOS:
        assert f"### {info.name}\n" in text
        for field in info.fields:
            assert f"| `{field.name}` | {field.unit} |" in text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_usage_of_every_function_is_right(name: str) -> None:
    schema = {**SCHEMA, "answer": None}
    assert problems(parse(FUNCTIONS[name].usage), schema) == []


def test_a_stale_page_fails_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expressions.main(["--check"]) == 0
    monkeypatch.setattr(expressions, "HEAD", "# Other\n")
    assert expressions.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
