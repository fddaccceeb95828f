"""A lesson on a session, without a screen: its commands run, its questions answered by the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lifecycle_tui.engine.plan import Command, Plan
from lifecycle_tui.expressions import Value
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.running import run_line
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.lessons.bounds import MOST_EVENTS, events_of
from lifecycle_tui.lessons.model import Check, Line, Predict
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.tables import SCHEMA, names_of
from lifecycle_tui.readings.tables.settings import configuration_row
from lifecycle_tui.scenario.problems import Problem, ScenarioError
from lifecycle_tui.units.text import quote

INITIAL: Final = "initial"
"""What the function was configured as before anything was done: fields as those of ``cfg``."""
NAMES: Final = {**SCHEMA, INITIAL: SCHEMA["cfg"]}
"""All names that a lesson's expressions have, with their fields."""

NEVER: Final = ("save", "load", "help")
"""Verbs that no lesson uses: it neither reads nor writes files."""

LOOKING: Final = frozenset(
    {"seek", "step", "back", "play", "pause", "speed", "wait", "bookmark", "why", "claim", "help"}
)
"""Verbs that change nothing: they are no moves."""


class RefusedError(Exception):
    """A command of a lesson that was not carried out.

    Attributes:
        problem: why, at the place of the line.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Staged:
    """A session that a lesson plays on.

    Args:
        plan: of the lesson's scenario.
        session: where it is played already; a new one unless given.
        whose: what it is the session of, if of no lesson.
    """

    def __init__(
        self, plan: Plan, session: Session | None = None, *, whose: str = "lesson"
    ) -> None:
        self._whose = whose
        self.session = session or Session(plan)
        self._sent = 0
        self._more = {INITIAL: configuration_row(plan.functions[0])}

    def run(self, lines: Iterable[Line]) -> None:
        """Carry commands out, each at the cursor that the one before it left.

        Raises:
            RefusedError: one of them cannot be read or carried out.
        """
        for line in lines:
            try:
                self._count(line, self.read(line))
                told = self.carry_out(line)
            except ScenarioError as error:
                message = "; ".join(problem.message for problem in error.problems)
                raise RefusedError(Problem(line.place, message)) from None
            if told.refused:
                message = f"{quote(line.text, 60)} was refused: {told.text}"
                raise RefusedError(Problem(line.place, message))

    def read(self, line: Line) -> Statement | None:
        """Return what a command says, for itself.

        Raises:
            ScenarioError: it is no command, or none that may be used.
        """
        return read_line(line, self.session.base)

    def carry_out(self, line: Line) -> Note:
        """Carry a command out at the cursor."""
        return run_line(self.session, line.text)

    def _count(self, line: Line, statement: Statement | None) -> None:
        if isinstance(statement, Command):
            self._sent += events_of([statement])
        if self._sent > MOST_EVENTS:
            message = f"the {self._whose} has sent more than {MOST_EVENTS:,} events by now"
            raise ScenarioError([Problem(line.place, message)])

    @property
    def names(self) -> Mapping[str, Value]:
        """What expressions can ask, as it is known at the cursor."""
        session = self.session
        return names_of(session.index, session.at_us, self._more, function=session.function)


def read_line(line: Line, plan: Plan) -> Statement:
    """Read a command of a lesson, for itself: the moment and the configuration do not matter.

    Raises:
        ScenarioError: it is no command, or none that a lesson may use.
    """
    verb = verb_of(line)
    if verb in NEVER:
        raise ScenarioError([Problem(line.place, f"{quote(verb)} has no place in a lesson")])
    # Without recordings at hand no file is read: a stranger's lesson names none.
    context = Context(plan, plan.functions, recordings={}, exact=True)
    return parse_line(line.text, context, line.place)


def verb_of(line: Line) -> str:
    """Return the verb of a command."""
    return line.text.split(maxsplit=1)[0] if line.text.split() else ""


def moves(lines: Iterable[Line]) -> int:
    """Return how many of some commands change something."""
    return sum(verb_of(line) not in LOOKING for line in lines)


def right_options(predict: Predict, names: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the keys of all options that are right, as the run has it: one, if all is well.

    Raises:
        ExpressionError: an expression has no answer.
    """
    if predict.answer is None:
        return tuple(
            option.key
            for option in predict.options
            if option.when is not None and option.when.expression.holds(names) is True
        )
    found = key_of(predict.answer.expression.evaluate(names))
    return tuple(option.key for option in predict.options if option.key == found)


def key_of(value: Value) -> str:
    """Return the key of the option that an answer stands for."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def met_goals(check: Check, names: Mapping[str, Value]) -> tuple[bool, ...]:
    """Return which parts of a check are reached.

    Raises:
        ExpressionError: an expression has no answer.
    """
    return tuple(goal.condition.expression.holds(names) is True for goal in check.all)


def broken_bans(check: Check, names: Mapping[str, Value]) -> tuple[bool, ...]:
    """Return which forbidden things are the case.

    Raises:
        ExpressionError: an expression has no answer.
    """
    return tuple(each.expression.holds(names) is True for each in check.forbid)


def passes(check: Check, names: Mapping[str, Value]) -> bool:
    """Whether a check is reached, with nothing that is forbidden.

    Raises:
        ExpressionError: an expression has no answer.
    """
    return all(met_goals(check, names)) and not any(broken_bans(check, names))
