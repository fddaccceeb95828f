"""The branches of a session file: each with its steps, which are lines of the command language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lifecycle_tui.engine.plan import Command, SetConfig
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.verbs import Rules, Statement
from lifecycle_tui.play.bookmarks import Bookmark
from lifecycle_tui.play.branches import (
    Branch,
    RulesDate,
    Step,
    Variation,
    WhatIf,
    name_problem,
    varied,
)
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.problems import Place
from lifecycle_tui.sessions.layout import DEEPEST, LARGEST
from lifecycle_tui.sessions.lines import Line, Lines, moment, refuse
from lifecycle_tui.sessions.supposing import SUPPOSE, misfit, read_supposed
from lifecycle_tui.units.text import clean, quote

_LONGEST_MARK: Final = 64
"""Characters of a bookmark's name, at most."""
Earlier = Mapping[str, Branch]
"""The branches that stand above one."""


@dataclass(slots=True)
class _Draft:
    """A branch while its lines are read."""

    name: str
    earlier: Earlier
    depth: int
    parent: str | None = None
    forked_at_us: int = 0
    inherited: int = 0
    by_itself: bool = False
    edge_us: int = 0
    at_us: int = 0
    steps: list[Step] = field(default_factory=list)
    undone: list[Step | Branch] = field(default_factory=list)
    variations: list[Variation] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)


class Branches:
    """Reads the branches of one file.

    Args:
        lines: the lines of the file.
        context: what their steps can name, each read for itself.
    """

    def __init__(self, lines: Lines, context: Context) -> None:
        self._lines = lines
        self._context = context

    def read(self, name: str, earlier: Earlier, depth: int = 1) -> Branch:
        """Read the block of one branch.

        Args:
            name: what it is called.
            earlier: the branches that stand above it.
            depth: how far its lines are indented.
        """
        here = self._lines.here
        if depth > DEEPEST:
            refuse(here, f"nested more than {DEEPEST} deep")
        draft = _Draft(name, earlier, depth)
        while (line := self._lines.next(depth)) is not None:
            read = _READS.get(line.word)
            if read is None:
                refuse(line.place, f"{quote(line.word)} is no word of a branch")
            read(self, line, draft)
        if draft.inherited > len(draft.steps):
            refuse(here, f"inherited: {draft.inherited} of {len(draft.steps)} steps")
        if draft.at_us > draft.edge_us:
            refuse(here, "cursor: it is beyond the edge, the furthest moment seen")
        found = Branch(
            name=name,
            parent=draft.parent,
            forked_at_us=draft.forked_at_us,
            steps=tuple(draft.steps),
            inherited=draft.inherited,
            by_itself=draft.by_itself,
            undone=tuple(draft.undone),
            variations=tuple(draft.variations),
            edge_us=draft.edge_us,
            at_us=draft.at_us,
            bookmarks=tuple(sorted(draft.bookmarks)),
        )
        self._check_supposed(found, here)
        return found

    def _check_supposed(self, branch: Branch, place: Place) -> None:
        """Refuse what was supposed of something that the session does not have."""
        base, live = varied(self._context.plan, branch), branch.commands
        for step in (*branch.steps, *branch.undone):
            if isinstance(step, WhatIf):
                wrong = misfit(step, base, live)
                if wrong:
                    refuse(place, f"{branch.name}: {SUPPOSE}: {wrong}")
                base, live = step.change.split(base, live)

    def parent(self, line: Line, draft: _Draft) -> None:
        """Read whose fork it is."""
        draft.parent = named(line)
        if draft.depth > 1 or draft.parent not in draft.earlier:
            refuse(line.at, f"parent: no branch above is called {quote(draft.parent)}")

    def forked(self, line: Line, draft: _Draft) -> None:
        """Read where it left its parent."""
        draft.forked_at_us = line.read(moment)

    def inherited(self, line: Line, draft: _Draft) -> None:
        """Read how many steps are its parent's."""
        draft.inherited = line.read(readers.integer(0, LARGEST))

    def automatic(self, line: Line, draft: _Draft) -> None:
        """Read that an act in the past made it."""
        if line.rest:
            refuse(line.at, "automatic: nothing follows it")
        draft.by_itself = True

    def edge(self, line: Line, draft: _Draft) -> None:
        """Read the furthest moment seen."""
        draft.edge_us = line.read(moment)

    def cursor(self, line: Line, draft: _Draft) -> None:
        """Read where it was left."""
        draft.at_us = line.read(moment)

    def vary(self, line: Line, draft: _Draft) -> None:
        """Read what is otherwise from the start on."""
        found = self._statement(line.rest, 0, line.at)
        if not isinstance(found, SetConfig):
            refuse(line.at, "vary: expected set …")
        draft.variations.append(Variation(found.function, found.changes))

    def bookmark(self, line: Line, draft: _Draft) -> None:
        """Read a moment that was marked."""
        timed = line.split()
        name = clean(timed.rest, _LONGEST_MARK)
        if name != timed.rest:
            refuse(timed.at, f"bookmark: {quote(timed.rest)} is no name of a bookmark")
        draft.bookmarks.append(Bookmark(_time(timed), name))

    def shared(self, line: Line, draft: _Draft) -> None:
        """Read how many steps it begins with that the parent above begins with too."""
        parent = draft.earlier.get(draft.parent or "")
        steps = () if parent is None else parent.steps
        count = line.read(readers.integer(1, LARGEST))
        if draft.steps or count > len(steps):
            refuse(line.at, f"shared: the parent above has {len(steps)}, and they come first")
        draft.steps += steps[:count]

    def step(self, line: Line, draft: _Draft) -> None:
        """Read one step."""
        draft.steps.append(self._step(line))

    def undone(self, line: Line, draft: _Draft) -> None:
        """Read what can be brought back: a step, or a whole branch."""
        inner = line.split()
        if inner.word == "step":
            draft.undone.append(self._step(inner))
        elif inner.word == "branch":
            dropped = self.read(named(inner), {}, draft.depth + 1)
            draft.undone.append(replace(dropped, parent=draft.name))
        else:
            refuse(inner.place, f"undone: found {quote(inner.word)}; expected step or branch")

    def _step(self, line: Line) -> Step:
        timed = line.split()
        at_us = _time(timed)
        inner = timed.split()
        if inner.word == SUPPOSE:
            try:
                return read_supposed(inner.rest, at_us)
            except ValueError as error:
                refuse(inner.at, f"{SUPPOSE}: {error}")
        found = self._statement(timed.rest, at_us, timed.at)
        if isinstance(found, Rules):
            return RulesDate(at_us=at_us, date=found.date)
        if not isinstance(found, Command):
            refuse(timed.at, f"{quote(timed.split().word)} is no step: it changes no run")
        return found

    def _statement(self, text: str, at_us: int, place: Place) -> Statement:
        return parse_line(text, replace(self._context, at_us=at_us), place)


_READS: Final[dict[str, Callable[[Branches, Line, _Draft], None]]] = {
    "parent": Branches.parent,
    "forked": Branches.forked,
    "inherited": Branches.inherited,
    "automatic": Branches.automatic,
    "edge": Branches.edge,
    "cursor": Branches.cursor,
    "vary": Branches.vary,
    "bookmark": Branches.bookmark,
    "shared": Branches.shared,
    "step": Branches.step,
    "undone": Branches.undone,
}
"""By the first word of a line, what it says of a branch."""


def named(line: Line, taken: Earlier | None = None) -> str:
    """Read the rest of a line as the name of a branch."""
    problem = name_problem(line.rest, taken or ())
    if problem:
        refuse(line.at, f"{line.word}: {problem}")
    return line.rest


def _time(line: Line) -> int:
    """Read the first word of a line as a moment."""
    return Line("moment", line.word, line.place).read_at(line.place, moment)
