"""What people believe about Lambda and is not so: each with a run that refutes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.expressions import ExpressionError, Value, parse
from lifecycle_tui.expressions import problems as misnamed
from lifecycle_tui.lessons.bounds import too_much
from lifecycle_tui.lessons.model import Condition
from lifecycle_tui.lessons.reading import (
    each,
    mappings,
    misconception_id,
    read_document,
    rule_id,
    sentence,
    without_repeats,
)
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables import SCHEMA, names_of
from lifecycle_tui.scenario.build import read_plan
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.nodes import Mapping as MappingNode
from lifecycle_tui.scenario.nodes import Node, describe
from lifecycle_tui.scenario.problems import Problems
from lifecycle_tui.units.text import quote

FILE: Final = "misconceptions.yaml"
_KEYS: Final = ("id", "thought", "truth", "heard", "rules", "refuted_by")


@dataclass(frozen=True, slots=True)
class Refuting:
    """A run in which a belief is false."""

    plan: Plan
    claim: Condition
    """What would hold if the belief were true."""
    shows: Condition
    """What is the case instead."""

    def names(self) -> Mapping[str, Value]:
        """Run the scenario and return what expressions can ask of it."""
        trace = run(self.plan).trace
        assert trace is not None
        return names_of(Index(trace))


@dataclass(frozen=True, slots=True)
class Misconception:
    """One belief."""

    id: str
    thought: str
    """What people think, in their words."""
    truth: str
    heard: str
    """Why one reads or hears it all the same: it was so once, or it is half of the truth."""
    rules: tuple[str, ...]
    refuting: Refuting


def load_misconceptions(folder: Path | None = None) -> Mapping[str, Misconception]:
    """Read the misconceptions of a course, by their ids; those that are shipped if it has none.

    Args:
        folder: of the course; the one that comes with the program unless given.

    Raises:
        ScenarioError: what is wrong with them, all of it.
    """
    path = (folder or locations.lessons()) / FILE
    if not path.is_file():
        return load_misconceptions() if folder else MappingProxyType({})
    problems = Problems()
    top = read_document(path, problems, ("format", "misconceptions"))
    found: dict[str, Misconception] = {}
    for fields in mappings(top, "misconceptions", _KEYS):
        one = _misconception(fields, path.parent)
        if one is None:
            continue
        if one.id in found:
            fields.refuse("id", f"{quote(one.id)} stands there more than once")
        found[one.id] = one
    problems.check()
    return MappingProxyType(found)


def _misconception(fields: Fields, folder: Path) -> Misconception | None:
    if "refuted_by" not in fields:
        fields.require("refuted_by", lambda node: node, None)
        return None
    refuting = _refuting(fields.inner("refuted_by", ("scenario", "claim", "shows")), folder)
    rules = without_repeats(fields, "rules", each(fields, "rules", rule_id))
    if not rules:
        fields.refuse("rules", "name the rules that say what is true")
    name = fields.require("id", misconception_id, "")
    thought = fields.require("thought", sentence(), "")
    truth = fields.require("truth", sentence(), "")
    heard = fields.read("heard", sentence(), "")
    return None if refuting is None else Misconception(name, thought, truth, heard, rules, refuting)


def _refuting(fields: Fields, folder: Path) -> Refuting | None:
    claim = fields.require("claim", _condition, None)
    shows = fields.require("shows", _condition, None)
    node = fields.node("scenario") if "scenario" in fields else None
    if not isinstance(node, MappingNode):
        fields.require("scenario", _no_scenario, None)
        return None
    plan = read_plan(node, fields.problems, folder)
    excess = too_much(plan)
    if excess:
        fields.refuse("scenario", excess)
    return None if claim is None or shows is None else Refuting(plan, claim, shows)


def _no_scenario(node: Node) -> None:
    raise UnfitError(f"found {describe(node)}; expected functions and a timeline")


def _condition(node: Node) -> Condition:
    text = sentence(400)(node)
    try:
        expression = parse(text)
        for error in misnamed(expression, SCHEMA):
            raise error
    except ExpressionError as error:
        place = node.place._replace(column=node.place.column + error.column - 1)
        raise UnfitError(error.message, place) from None
    return Condition(node.place, expression)
