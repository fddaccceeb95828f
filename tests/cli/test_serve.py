"""``serve`` where it cannot: it says what is missing, and what to type."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from lifecycle_tui import exit_codes
from tests.cli.running import Command


def test_without_its_extra_it_says_what_to_install(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec

    def missing(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "textual_serve" else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", missing)
    done = command("serve")
    assert done.status == exit_codes.USAGE
    assert "pip install 'lifecycle-tui[serve]'" in done.err
    assert "Traceback" not in done.err
