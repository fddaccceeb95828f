"""The examples of property tests are the same in every process and in every order of tests."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st


def examples() -> list[list[int]]:
    """Return the examples that a property is tried with."""
    seen: list[list[int]] = []

    @given(st.lists(st.integers(0, 10**12), min_size=20, max_size=20))
    def prop(numbers: list[int]) -> None:
        seen.append(numbers)

    prop()
    return seen


def test_examples_do_not_change_with_the_modules_that_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = examples()
    path = tmp_path / "lazily_loaded.py"
    path.write_text(f"NUMBERS = {[77_000_777 + number for number in range(500)]}\n")
    module = ModuleType("lazily_loaded")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "lazily_loaded", module)
    assert examples() == before
