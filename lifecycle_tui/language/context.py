"""What a line can name, and what is configured where it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from lifecycle_tui.engine.patterns import ReplayPattern
from lifecycle_tui.engine.plan import Command, Deploy, FunctionPlan, Plan, Shift
from lifecycle_tui.engine.states import State
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.functions import complete
from lifecycle_tui.scenario.given import given_of
from lifecycle_tui.scenario.patterns import Recordings
from lifecycle_tui.scenario.problems import Place, Problems
from lifecycle_tui.scenario.timeline import Team


@dataclass(frozen=True, slots=True)
class Context:
    """Where a line is read.

    Attributes:
        plan: the scenario, as the current branch has it from the start on.
        configured: its functions as they are configured at the moment.
        at_us: the moment.
        focus: the function that a line means which names none.
        shared: functions with two versions behind their alias.
        recordings: traces that are here already; None: files may be read.
        folder: where files that a line names are looked for.
        exact: whether lines are read for themselves: nothing follows from them, and nothing is
            refused but what no time and no configuration could allow.
        environments: the environments that are there, for completion.
        branches: the names of all branches, for completion; the first is the current one.
        events: how many events have come, for completion.
    """

    plan: Plan
    configured: tuple[FunctionPlan, ...]
    at_us: int = 0
    focus: int | None = None
    shared: frozenset[int] = frozenset()
    recordings: Recordings | None = None
    folder: Path = field(default_factory=Path)
    exact: bool = False
    environments: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    events: int = 0

    @classmethod
    def at_start(cls, plan: Plan) -> Context:
        """Return the context before anything is done."""
        return cls(plan, plan.functions, recordings=recordings_of(plan.commands))

    @classmethod
    def of(cls, session: Session, folder: Path | None = None) -> Context:
        """Return the context at a session's cursor, without what is there for completion.

        Args:
            session: what is played.
            folder: where files that a line names are looked for.
        """
        count = len(session.base.functions)
        return cls(
            plan=session.base,
            configured=tuple(map(session.function_at_cursor, range(count))),
            at_us=session.at_us,
            focus=session.function,
            shared=_shared(session.plan.commands, session.at_us),
            folder=folder or Path(),
        )

    @classmethod
    def completing(cls, session: Session) -> Context:
        """Return the context at a session's cursor, with what completion offers.

        To know which environments are there takes longer than to read a line.
        """
        at_us = session.at_us
        states = (
            (facts.number, session.take.state_of(facts.number, at_us))
            for facts in session.trace.environments
            if facts.created_us <= at_us
        )
        others = (one.name for one in session.branches if one.name != session.branch.name)
        return replace(
            cls.of(session),
            environments=tuple(
                f"e{number + 1}"
                for number, state in states
                if state not in (State.NONE, State.GONE)
            ),
            branches=(session.branch.name, *others),
            events=sum(one.at_us <= at_us for one in session.played.arrivals),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the functions."""
        return tuple(function.name for function in self.plan.functions)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of declared sources."""
        return tuple(source.name for source in self.plan.sources)

    def from_the_start(self) -> Context:
        """Return the context before anything is done, for settings that hold from there on."""
        return replace(self, configured=self.plan.functions, at_us=0, shared=frozenset())

    def team(self, place: Place) -> Team:
        """Return the functions as the scenario's reader wants them.

        Args:
            place: stands for the places where they were written.
        """
        plan = self.plan
        team = Team(
            limit=plan.account.concurrency,
            folder=self.folder,
            sources={source.name: source for source in plan.sources},
            downstreams={one.name: one for one in plan.downstreams},
            recordings=self.recordings,
            shared=self.shared,
        )
        for function in self.configured:
            given = given_of(function, place)
            # Completed anew, so that a later setting shows what follows from it and no more.
            team.add(function.name, given, complete(function.name, given, place, Problems(), ""))
        return team


def recordings_of(commands: tuple[Command, ...]) -> Recordings:
    """Return the recorded arrivals among commands, by name."""
    found = (one.recording for one in commands if isinstance(one, ReplayPattern))
    return {recording.name: recording for recording in found}


def _shared(commands: tuple[Command, ...], at_us: int) -> frozenset[int]:
    """Return the functions whose alias points to two versions at a moment."""
    shared: set[int] = set()
    for command in sorted(commands, key=lambda command: command.at_us):
        if command.at_us > at_us:
            break
        if isinstance(command, Deploy | Shift):
            shared.discard(command.function)
            if 0 < command.weight < 1:
                shared.add(command.function)
    return frozenset(shared)
