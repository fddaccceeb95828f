"""Which test proves which rule: the ``rule`` markers of the tests, read without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeGuard

MARKER: Final = "pytest.mark.rule"

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class MarkerError(ValueError):
    """A marker that cannot be read: its ids must be written out as text."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A test that carries the marker of a rule."""

    path: str
    """Its file, from the project's top."""
    test: str
    """Its name, after its class's and ``::`` if it has one."""

    @property
    def words(self) -> str:
        """Its name as words."""
        return self.test.rpartition("::")[2].removeprefix("test_").replace("_", " ")


def find_proofs(root: Path) -> dict[str, list[Proof]]:
    """Return the tests below a project's ``tests`` by the ids of the rules that they prove.

    Raises:
        MarkerError: a marker's arguments are not texts.
    """
    found: dict[str, list[Proof]] = {}
    for file in sorted((root / "tests").rglob("test_*.py")):
        path = file.relative_to(root).as_posix()
        for test, rule_id in _marked(ast.parse(file.read_text(encoding="utf-8")), path):
            found.setdefault(rule_id, []).append(Proof(path, test))
    return found


def _marked(module: ast.Module, path: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of test and rule id; a class's marker holds for all of its tests."""
    for node in module.body:
        if _is_test(node):
            for rule_id in _ids(node, path):
                yield node.name, rule_id
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            shared = _ids(node, path)
            for inner in node.body:
                if _is_test(inner):
                    for rule_id in [*shared, *_ids(inner, path)]:
                        yield f"{node.name}::{inner.name}", rule_id


def _is_test(node: ast.stmt) -> TypeGuard[_Function]:
    return isinstance(node, _Function) and node.name.startswith("test")


def _ids(node: _Function | ast.ClassDef, path: str) -> list[str]:
    ids: list[str] = []
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != MARKER:
            continue
        for argument in decorator.args:
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise MarkerError(
                    f"{path}:{argument.lineno}: found {ast.unparse(argument)}; "
                    'write the id of a rule, such as "INIT-09"'
                )
            ids.append(argument.value)
    return ids
