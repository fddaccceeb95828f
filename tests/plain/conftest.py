"""Fixtures of the plain face's tests."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from lifecycle_tui import locations
from lifecycle_tui.plain.home import HomeRepl
from lifecycle_tui.plain.repl import Repl
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.scenario.catalogue import locate
from lifecycle_tui.sessions.opening import open_scenario

Converse = Callable[..., str]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is kept in a folder of the test."""
    folder = tmp_path / "state"
    monkeypatch.setattr(locations, "state", lambda: folder)
    return folder


def converse(
    *lines: str, scenario: str = "sandbox", interactive: bool = False, home: bool = False
) -> str:
    """Return what is said when lines are typed."""
    return talked(*lines, scenario=scenario, interactive=interactive, home=home)[0]


def talked(
    *lines: str, scenario: str, interactive: bool = False, home: bool = False
) -> tuple[str, int]:
    """Return what is said when lines are typed, and the exit status."""
    assert locate(scenario)
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    made = HomeRepl if home else Repl
    repl = made(open_scenario(scenario).open(), Talk(typed, out, interactive=interactive))
    status = repl.run()
    return out.getvalue(), status


def after(text: str, line: str) -> list[str]:
    """Return what is said after a line that was typed, up to the next one."""
    _, _, rest = text.partition(f"> {line}\n")
    assert rest or text.endswith(f"> {line}\n"), text
    return rest.partition("\n> ")[0].splitlines()
