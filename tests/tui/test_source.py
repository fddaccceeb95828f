"""Rules of the house that the source itself must keep."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lifecycle_tui.tui

ROOT = Path(lifecycle_tui.tui.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

TEXT_TAKERS = {
    "Static", "Label", "Button", "Checkbox", "Option", "notify", "update", "Collapsible",
    "add_row", "add_column", "write", "from_markup",
}  # fmt: skip
TITLES = {"border_title", "border_subtitle", "title", "sub_title", "tooltip"}


def names_of(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def made_from_data(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        return made_from_data(node.left) or made_from_data(node.right)
    return isinstance(node, ast.Call) and names_of(node) in ("format", "str")


def offences(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and names_of(node) in TEXT_TAKERS:
            for argument in node.args:
                if made_from_data(argument):
                    yield f"line {node.lineno}: {names_of(node)}"
        if isinstance(node, ast.Assign) and made_from_data(node.value):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    yield f"line {node.lineno}: {target.attr}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_made_from_data_is_parsed_as_markup(path: Path) -> None:
    assert list(offences(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_widget_reads_a_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert path.name == "app.py" or "time" not in imported


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    limit = 200 if path.name == "app.py" else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_the_guard_sees_what_it_should() -> None:
    bad = "Static(f'{x}')\nw.border_title = 'a' + str(x)\nself.notify('%s'.format(x))"
    assert len(list(offences(ast.parse(bad)))) == 3
