"""Scenario files in a few words, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.problems import ScenarioError


def problems(text: str, overrides: Sequence[str] = ()) -> list[str]:
    """Return the lines of the error that a file gives."""
    with pytest.raises(ScenarioError) as caught:
        parse_text(text, "x.yaml", overrides)
    return str(caught.value).splitlines()


def problem(text: str, overrides: Sequence[str] = ()) -> str:
    """Return the only line of the error that a file gives."""
    (line,) = problems(text, overrides)
    return line


def function(keys: str = "", timeline: str = "") -> Plan:
    """Return the plan of one function ``f`` with these keys, in flow style."""
    return parse_text(one(keys, timeline), "x.yaml")


def one(keys: str = "", timeline: str = "") -> str:
    """Return the text of a file with one function ``f``; its keys stand on line 2."""
    return f"functions:\n  f: {{{keys}}}\ntimeline: [{timeline}]\n"
