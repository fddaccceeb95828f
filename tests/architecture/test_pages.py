"""Pages that tools write: one way to write them, to check them and to say what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import commands, expressions, fidelity, keys, questions
from tools.pages import PageError, run


def test_a_page_is_written_checked_and_found_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "colours.md"
    assert run("colours", page, lambda: "red\n", ["--check"]) == 1
    assert capsys.readouterr().err == "docs/colours.md is stale: run python tools/colours.py\n"
    assert not page.exists()
    assert run("colours", page, lambda: "red\n", []) == 0
    assert capsys.readouterr().out == "docs/colours.md\n"
    assert run("colours", page, lambda: "red\n", ["--check"]) == 0
    assert run("colours", page, lambda: "blue\n", ["--check"]) == 1
    assert page.read_text() == "red\n"


def test_what_is_wrong_is_said_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "colours.md"

    def wrong() -> str:
        raise PageError("there is no such colour")

    assert run("colours", page, wrong, []) == 1
    assert run("colours", page, lambda: "red\n", [], lambda: ["too few"]) == 1
    assert capsys.readouterr().err == "there is no such colour\ntoo few\n"


@pytest.mark.parametrize("tool", [commands, expressions, fidelity, keys, questions])
def test_every_page_is_current(tool: object) -> None:
    assert tool.main(["--check"]) == 0  # type: ignore[attr-defined]
