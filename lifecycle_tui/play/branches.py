"""Branches: what was done to a scenario in each of a session's forks, as plain values.

A fork is the same story with something done differently from a moment on: it keeps all of its
parent's steps, later ones too, and adds its own. Draws are keyed, so the two runs differ only where
that matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Protocol

from lifecycle_tui.engine.plan import Command, Plan
from lifecycle_tui.play.bookmarks import Bookmarks
from lifecycle_tui.units.text import clean
from lifecycle_tui.units.translation import tr

MAIN: Final = "main"
"""The name of the branch that is no fork."""
LONGEST_NAME: Final = 24
"""Characters of a branch's name, at most."""
MOST_BRANCHES: Final = 64
"""Branches of a session, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDate:
    """From here on in the list of steps the whole run follows the rules of this date."""

    at_us: int
    date: str


class Otherwise(Protocol):
    """Something that is otherwise in a plan from the start on."""

    def split(self, base: Plan, live: tuple[Command, ...]) -> tuple[Plan, tuple[Command, ...]]:
        """Return a scenario and its live commands with this change and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """One thing was otherwise: what would have made the difference to an event."""

    at_us: int
    change: Otherwise
    words: str
    """The condition, as a sentence begins with it: ``Had #2 come 40 ms later``."""


Step = Command | RulesDate | WhatIf
"""What a user does to a run, one at a time, and can take back."""


class Variation(NamedTuple):
    """Fields of a function that a branch has otherwise than the scenario, from the start on."""

    function: int
    changes: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way the story goes.

    Attributes:
        name: its name, unique in the session.
        parent: the branch it was forked from; None for the first.
        forked_at_us: where it left its parent.
        steps: everything done, in the order it was done (not of time), the parent's part first.
        inherited: how many of the steps are the parent's.
        by_itself: whether an act in the past made it, so that taking that back drops it.
        undone: what can be brought back, the latest last; a branch is one that was dropped.
        variations: what is otherwise from the start on.
        edge_us: the furthest moment seen.
        at_us: where the cursor was when it was left.
        bookmarks: by time.
    """

    name: str = MAIN
    parent: str | None = None
    forked_at_us: int = 0
    steps: tuple[Step, ...] = ()
    inherited: int = 0
    by_itself: bool = False
    undone: tuple[Step | Branch, ...] = ()
    variations: tuple[Variation, ...] = ()
    edge_us: int = 0
    at_us: int = 0
    bookmarks: Bookmarks = ()

    @property
    def commands(self) -> tuple[Command, ...]:
        """The steps that are commands to Lambda."""
        return tuple(step for step in self.steps if isinstance(step, Command))

    @property
    def own(self) -> tuple[Step, ...]:
        """The steps done since it left its parent."""
        return self.steps[self.inherited :]

    def with_step(self, step: Step) -> Branch:
        """Return it with one more step; what was undone cannot be brought back any more."""
        return replace(self, steps=(*self.steps, step), undone=())

    def fork(self, name: str, at_us: int, *, by_itself: bool = False) -> Branch:
        """Return a branch that leaves this one at a moment."""
        return Branch(
            name=name,
            parent=self.name,
            forked_at_us=at_us,
            steps=self.steps,
            inherited=len(self.steps),
            by_itself=by_itself,
            variations=self.variations,
            edge_us=at_us,
            at_us=at_us,
            bookmarks=self.bookmarks,
        )


def varied(plan: Plan, branch: Branch) -> Plan:
    """Return a scenario's plan as a branch has it from the start on: without live commands."""
    functions = list(plan.functions)
    for variation in branch.variations:
        changes = dict(variation.changes)
        was = functions[variation.function]
        functions[variation.function] = replace(was, **changes)  # type: ignore[arg-type]
    date = plan.rules_date
    for step in branch.steps:
        if isinstance(step, RulesDate):
            date = step.date
    return replace(plan, functions=tuple(functions), rules_date=date)


def played_by(scenario: Plan, branch: Branch) -> tuple[Plan, tuple[Command, ...]]:
    """Return what a branch runs: the scenario as it has it, and its live commands."""
    base, live = varied(scenario, branch), branch.commands
    for step in branch.steps:
        if isinstance(step, WhatIf):
            base, live = step.change.split(base, live)
    return base, live


def next_name(parent: str, taken: Iterable[str]) -> str:
    """Return the name of a parent's next fork: ``main.1``, then ``main.2``."""
    names = set(taken)
    stem = parent if len(parent) <= LONGEST_NAME - 4 else "fork"
    number = 1
    while f"{stem}.{number}" in names:
        number += 1
    return f"{stem}.{number}"


def name_problem(name: str, taken: Iterable[str]) -> str:
    """Say what is wrong with a name for a branch; nothing if it can be had."""
    if not name:
        return tr("a fork's name has at least one character")
    if clean(name, len(name)) != name or any(c.isspace() or c in "\"'" for c in name):
        return tr("a fork's name has no blanks, quotes or control characters")
    if len(name) > LONGEST_NAME:
        return tr(
            "a fork's name has {most} characters at most; this has {count}",
            most=LONGEST_NAME,
            count=len(name),
        )
    return tr("there is a fork called {name} already", name=name) if name in set(taken) else ""


def called(branch: Branch, name: str) -> Branch:
    """Return a branch by another name, for the forks that it can bring back too."""
    undone = tuple(
        replace(one, parent=name) if isinstance(one, Branch) else one for one in branch.undone
    )
    return replace(branch, name=name, undone=undone)


def renamed(branches: Mapping[str, Branch], old: str, new: str) -> dict[str, Branch]:
    """Return branches with one of them called otherwise, in their order."""

    def follow(branch: Branch) -> Branch:
        undone = tuple(follow(one) if isinstance(one, Branch) else one for one in branch.undone)
        parent = new if branch.parent == old else branch.parent
        name = new if branch.name == old else branch.name
        return replace(branch, name=name, parent=parent, undone=undone)

    return {branch.name: branch for branch in map(follow, branches.values())}


def without(branches: Mapping[str, Branch], name: str) -> dict[str, Branch]:
    """Return branches without one; its forks become forks of its parent."""
    parent = branches[name].parent
    return {
        other.name: replace(other, parent=parent) if other.parent == name else other
        for other in branches.values()
        if other.name != name
    }
