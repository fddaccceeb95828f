"""What a person writes: scenario files, read strictly, and the plan that they come to.

``load`` reads a file, ``parse_text`` a text, ``catalogue.load_scenario`` whatever a command line
names; ``ScenarioError`` says what is wrong, all of it, with places. The names are looked up when
they are first used, so that ``--help`` reads no YAML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lifecycle_tui.scenario.build import load, parse_text
    from lifecycle_tui.scenario.problems import Problem, ScenarioError

__all__ = ["Problem", "ScenarioError", "load", "parse_text"]

_HOMES = {
    "load": "build",
    "parse_text": "build",
    "Problem": "problems",
    "ScenarioError": "problems",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
