"""The session that a walkthrough plays on: the language's lines, recordings, and what is supposed.

A line ``suppose {…}``, as session files have it, makes one thing otherwise in the fork that is
shown. Recorded arrivals are those of the scenario and of files that the walkthrough itself names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.running import run_statement
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.lessons.model import Line
from lifecycle_tui.lessons.staging import Staged, verb_of
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import Problem, ScenarioError
from lifecycle_tui.sessions.supposing import SUPPOSE, misfit, read_supposed

WHOSE: Final = "walkthrough"


class StagedWalk(Staged):
    """A session that a walkthrough plays on.

    Args:
        plan: of its scenario.
        session: where it is played.
        recordings: recorded arrivals, by name.
    """

    def __init__(self, plan: Plan, session: Session, recordings: Mapping[str, Recording]) -> None:
        super().__init__(plan, session, whose=WHOSE)
        self._recordings = recordings

    def read(self, line: Line) -> Statement | None:
        """Return what a line says, for itself; None for what is supposed, which sends nothing."""
        if is_supposed(line):
            supposed(line)
            return None
        plan = self.session.base
        context = Context(plan, plan.functions, recordings=self._recordings, exact=True)
        return parse_line(line.text, context, line.place)

    def carry_out(self, line: Line) -> Note:
        """Carry a line out at the cursor."""
        session = self.session
        if not is_supposed(line):
            context = replace(Context.of(session), recordings=self._recordings)
            return run_statement(session, parse_line(line.text, context))
        step = supposed(line, session.at_us)
        wrong = misfit(step, session.base, session.branch.commands)
        if wrong:
            return Note(wrong, refused=True)
        session.add(step)
        return Note(step.words)


def is_supposed(line: Line) -> bool:
    """Whether a line makes one thing otherwise."""
    return verb_of(line) == SUPPOSE


def supposed(line: Line, at_us: int = 0) -> WhatIf:
    """Return what a line supposes.

    Raises:
        ScenarioError: it is not written as session files have it.
    """
    try:
        return read_supposed(line.text.strip().removeprefix(SUPPOSE).strip(), at_us)
    except ValueError as error:
        raise ScenarioError([Problem(line.place, f"{SUPPOSE}: {error}")]) from None


def words_of(line: Line) -> str:
    """Return a line as it is shown to people."""
    if not is_supposed(line):
        return line.text
    words = supposed(line).words
    return f"{SUPPOSE} {words[:1].lower()}{words[1:]}"
