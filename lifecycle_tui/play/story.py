"""The story: a scenario's branches, the take of each, and the cursor over the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Self

from lifecycle_tui.engine.plan import Command, FunctionPlan, Plan
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.bookmarks import Bookmarks
from lifecycle_tui.play.branches import (
    MAIN,
    MOST_BRANCHES,
    Branch,
    Step,
    next_name,
    played_by,
)
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.origin import FindOrigin
from lifecycle_tui.play.played import Played
from lifecycle_tui.play.player import Halt, Player, Transport
from lifecycle_tui.play.settings import configured_at
from lifecycle_tui.play.take import Take
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation, LogLine
from lifecycle_tui.units.translation import tr

LONG_RECORDS: Final = 3_000
"""Runs beyond this are announced on screen before they are made again."""
KEPT_TAKES: Final = 3
"""Takes of other branches that are kept, so that going back to one is instant."""


class Story:
    """Branches of one scenario, and a cursor over the current one.

    Every step is added to the branch at the cursor and its whole plan is run again; draws are
    keyed, so everything up to the cursor stays as it was. A step in the past of a branch, where
    more has been seen already, makes a fork first.

    Args:
        plan: the scenario.
        scenario_name: its name, for when it has no title.
        speed: story seconds a second.
        at_us: where the cursor starts.
        simulate: the engine.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        scenario_name: str = "",
        speed: float = 1.0,
        at_us: int = 0,
        simulate: Callable[..., Run] = run,
    ) -> None:
        self.scenario = plan
        self.scenario_name = scenario_name
        self.origin: FindOrigin | None = None
        """Finds the scenario's text, for saving; None where there is none."""
        self.function = 0
        """The function that keys and the configuration pane act on."""
        self.changes = 0
        """Counts what was done to the branches: equal numbers mean that nothing needs saving."""
        self._simulate = simulate
        self._takes: dict[str, Take] = {}
        self._runs = 0
        self._forked: Branch | None = None
        """The fork that the latest step made."""
        self._crowded = False
        """Whether the latest step should have made a fork, and there were too many."""
        self._branches = {MAIN: Branch(at_us=at_us, edge_us=at_us)}
        self._name = MAIN
        self.take = self._new_take(at_us)
        """The current branch's run."""
        self.player = Player(self.take.track(), at_us=at_us, speed=speed)
        self.player.pause(Halt.QUIET if self.player.at_us == 0 else Halt.PAUSED)

    # What there is.

    @property
    def branch(self) -> Branch:
        """The current branch, with the cursor and the live edge as they are now."""
        found = self._branches[self._name]
        return replace(found, edge_us=self.player.edge_us, at_us=self.at_us)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All branches, in the order they were made."""
        mine = self.branch
        return tuple(mine if one.name == mine.name else one for one in self._branches.values())

    @property
    def branch_shown(self) -> str:
        """The current branch's name, where that needs saying: where there are several."""
        return self._name if len(self._branches) > 1 else ""

    @property
    def base(self) -> Plan:
        """The scenario as the current branch has it: its settings at the start, its rules."""
        return self.take.base

    @property
    def own_rules_date(self) -> str:
        """Whose rules the scenario asks for."""
        return self.scenario.rules_date

    @property
    def live(self) -> tuple[Command, ...]:
        """Commands given in the current branch and those it stems from, in order."""
        return self._branches[self._name].commands

    @property
    def plan(self) -> Plan:
        """What was run: the scenario and the live commands."""
        return self.take.plan

    @property
    def trace(self) -> Trace:
        """The records of the run."""
        return self.take.trace

    @property
    def played(self) -> Played:
        """What is looked up in the run."""
        return self.take.played

    @property
    def index(self) -> Index:
        """The run's index."""
        return self.take.index

    @property
    def version(self) -> int:
        """A number for each run: equal numbers mean an equal trace."""
        return self.take.version

    @property
    def log(self) -> tuple[LogLine, ...]:
        """All log lines of the run; while ``log_is_stale``, none."""
        return self.take.log

    @property
    def log_is_stale(self) -> bool:
        """Whether the log has yet to be written."""
        return self.take.log_is_stale

    def catch_up(self) -> None:
        """Write the log of the present run. It is not needed to answer a key at once."""
        self.take.write_log()

    @property
    def is_long(self) -> bool:
        """Whether running the plan again takes longer than a frame."""
        return len(self.trace) > LONG_RECORDS

    @property
    def title(self) -> str:
        """The scenario's title, else its name."""
        named = self.base.title or self.scenario_name
        return named or self.base.functions[self.function].name

    @property
    def bookmarks(self) -> Bookmarks:
        """The current branch's bookmarks, by time."""
        return self._branches[self._name].bookmarks

    @bookmarks.setter
    def bookmarks(self, marks: Bookmarks) -> None:
        self._put(replace(self._branches[self._name], bookmarks=tuple(sorted(marks))))

    def explanation(self, record: int) -> Explanation:
        """Say why a record came about, from what is known at the cursor."""
        return self.take.explanation(record, self.at_us)

    def function_at_cursor(self, number: int | None = None) -> FunctionPlan:
        """Return a function's configuration as it stands at the cursor."""
        number = self.function if number is None else number
        return configured_at(self.plan, self.index, number, self.at_us)

    # Time.

    @property
    def at_us(self) -> int:
        """The cursor."""
        return self.player.at_us

    @property
    def transport(self) -> Transport:
        """The player's state."""
        return self.player.transport

    def tick(self, wall_seconds: float) -> Transport:
        """Let wall time pass."""
        return self.player.advance(wall_seconds)

    def toggle(self) -> Note | None:
        """Play or pause; playing from the end of what is computed computes more."""
        if not self.player.playing:
            refusal = self.reach_on()
            if refusal is not None:
                return refusal
        self.player.toggle()
        return None

    def reach_on(self) -> Note | None:
        """At the end of what has been computed, compute more; say so if nothing is left."""
        if self.at_us < self.player.track.end_us:
            return None
        if not self.take.anything_alive(self.at_us):
            return Note(tr("nothing is left to wait for · i fires an event"), refused=True)
        self.run_again()
        return None

    def reach(self, at_us: int) -> None:
        """Compute at least as far as a moment."""
        if self.take.horizon_us < at_us:
            self.take = self._new_take(at_us)
            self.player.load(self.take.track())

    # Branches.

    def load(self, branches: tuple[Branch, ...], current: str) -> None:
        """Take over branches that were saved, and show one of them where it was left.

        Raises:
            ValueError: if ``current`` is none of them.
        """
        named = {branch.name: branch for branch in branches}
        if current not in named:
            raise ValueError(f"no branch is called {current}")
        self._branches, self._takes = named, {}
        branch = named[current]
        self._name = current
        self.take = self._new_take(branch.at_us)
        track = self.take.track()
        self.player = Player(track, speed=self.transport.speed)
        self.player.load(track, at_us=branch.at_us, edge_us=branch.edge_us)
        self.player.seek(branch.at_us)
        self.changes += 1

    def take_of(self, name: str) -> Take:
        """Return a branch's run, reaching at least as far as the cursor.

        Raises:
            KeyError: if there is no such branch.
        """
        if name == self._name:
            return self.take
        kept = self._takes.get(name)
        if kept is None or kept.horizon_us < self.at_us:
            kept = self._make(self._branches[name], self.at_us)
            self._keep(name, kept)
        return kept

    def beside(self, name: str) -> Self:
        """Return a story that shows another branch at the same moment, for looking only.

        Raises:
            KeyError: if there is no such branch.
        """
        other = Story.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._branches, other._takes = dict(self._branches), {}
        other._name = name
        other.take = self.take_of(name)
        other.player = Player(other.take.track(), at_us=self.at_us, speed=self.transport.speed)
        other.player.pause(self.transport.halt)
        return other

    # Inside.

    def run_again(self) -> None:
        """Run the branch's plan anew; the cursor stays."""
        self.take = self._new_take(self.at_us)
        self.player.load(self.take.track())

    def add(self, step: Step) -> None:
        """Add a step; where more than the cursor's moment has been seen already, in a fork."""
        self._forked = None
        past = self.at_us < self.player.edge_us
        self._crowded = past and len(self._branches) >= MOST_BRANCHES
        if past and not self._crowded:
            self._leave()
            fork = self.branch.fork(self._next_name(), self.at_us, by_itself=True)
            self._branches[fork.name] = self._forked = fork
            self._name = fork.name
            self.player.edge_us = self.at_us
        self._put(self.branch.with_step(step))
        self.run_again()

    def _next_name(self) -> str:
        return next_name(self._name, self._branches)

    def _leave(self) -> None:
        """Note where the current branch is left, and keep its run."""
        self._branches[self._name] = self.branch
        self._keep(self._name, self.take)
        self.changes += 1

    def _keep(self, name: str, take: Take) -> None:
        self._takes.pop(name, None)
        self._takes[name] = take
        while len(self._takes) > KEPT_TAKES:
            self._takes.pop(next(iter(self._takes)))

    def _show(self, branch: Branch, at_us: int) -> None:
        """Make a branch the current one, the cursor at a moment of it."""
        self._name = branch.name
        kept = self._takes.pop(branch.name, None)
        fits = kept is not None and kept.horizon_us >= at_us
        self.take = kept if kept is not None and fits else self._new_take(at_us)
        self.player.pause()
        self.player.load(self.take.track(), at_us=at_us, edge_us=branch.edge_us)
        self.player.seek(self.at_us)

    def _put(self, branch: Branch) -> None:
        """Replace the current branch."""
        self._branches[self._name] = branch
        self.changes += 1

    def _go_back_to(self, step: Step) -> None:
        """Show the moment of a step that came or went: from there on nothing has been seen."""
        self.take = self._new_take(self.at_us)
        self.player.pause()
        self.player.load(self.take.track(), at_us=step.at_us, edge_us=step.at_us)
        self.player.seek(self.at_us)

    def _new_take(self, at_us: int) -> Take:
        return self._make(self._branches[self._name], at_us)

    def _make(self, branch: Branch, at_us: int) -> Take:
        self._runs += 1
        base, live = played_by(self.scenario, branch)
        return Take(base, live, at_us=at_us, version=self._runs, simulate=self._simulate)
