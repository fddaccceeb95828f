"""A take: one branch's plan, run once, and everything that is worked out from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lifecycle_tui.engine.kinds import NOT_OF_EVENTS, Kind
from lifecycle_tui.engine.plan import HOUR, Command, Plan
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.commands import known, last_moment
from lifecycle_tui.play.played import Played
from lifecycle_tui.play.player import Halt, Track
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation, LogLine
from lifecycle_tui.readings.state import environment_at

LOOK_AHEAD_US: Final = HOUR
"""How far a run goes beyond the last input and the cursor, so that idle reclaim is seen."""


class Take:
    """One run of a plan.

    Args:
        base: the scenario as the branch has it.
        live: the branch's commands.
        at_us: the cursor, from which the run looks ahead.
        version: tells this run from every other of the session.
        simulate: the engine.
    """

    def __init__(
        self,
        base: Plan,
        live: tuple[Command, ...],
        *,
        at_us: int,
        version: int,
        simulate: Callable[..., Run] = run,
    ) -> None:
        self.base = base
        self.version = version
        commands = base.commands + live
        last_us = max((last_moment(command) for command in commands), default=0)
        self.horizon_us = max(last_us, at_us, base.until_us or 0) + LOOK_AHEAD_US
        """Where computing ends."""
        self.plan = replace(base, commands=commands, until_us=self.horizon_us)
        self.run = simulate(self.plan)
        self.played = Played(self.trace)
        self.log: tuple[LogLine, ...] = ()
        self.log_is_stale = True
        self._explanations: dict[tuple[int, bool, bool], Explanation] = {}

    @property
    def trace(self) -> Trace:
        """The records of the run."""
        trace = self.run.trace
        assert trace is not None
        return trace

    @property
    def index(self) -> Index:
        """The run's index."""
        return self.played.index

    def write_log(self) -> None:
        """Write the log, which is not needed to answer a key at once."""
        if self.log_is_stale:
            from lifecycle_tui.readings.logs import log_lines

            self.log = tuple(log_lines(self.index, with_throttles=True))
            self.log_is_stale = False

    def explanation(self, record: int, at_us: int) -> Explanation:
        """Say why a record came about, from what is known at a moment.

        How an event ends badly is not told before it does. Worked out once a stage.
        """
        from lifecycle_tui.readings.why import why_event, why_record

        subject = self.index.subjects[record]
        last = self.trace.last_at(at_us)
        started = ended = True
        if 1 <= subject <= len(self.index.events) and self.index.kind(record) not in NOT_OF_EVENTS:
            event = self.index.attempt(subject, record)
            started = event.start <= last
            ended = event.end <= last or self.index.kind(event.end) is Kind.INVOKE_OK
        found = self._explanations.get((record, started, ended))
        if found is None:
            told = self.index if started and ended else Index(known(self.trace, last))
            if self.index.kind(record) is Kind.CREATED_FOR_EVENT:
                found = why_event(told, subject, record)
            else:
                found = why_record(told, record)
            self._explanations[record, started, ended] = found
        return found

    def track(self) -> Track:
        """Return what the player runs along."""
        played, end_us, until_us = self.played, self.horizon_us, self.base.until_us
        last_us = max(played.inputs_us[-1] if played.inputs_us else 0, 0)
        stops = [(time_us, Halt.QUIET) for time_us in played.quiet_us if time_us >= last_us]
        if until_us is not None and until_us >= last_us:
            stops = [stop for stop in stops if stop[0] != until_us]
            stops.append((until_us, Halt.UNTIL))
            stops.sort()
        return Track(
            axis=played.axis,
            # The horizon is where computing ended: nothing happens there.
            times_us=[time_us for time_us in dict.fromkeys(played.index.times) if time_us < end_us],
            inputs_us=played.inputs_us,
            stops=stops,
            end_us=end_us,
        )

    def state_of(self, environment: int, at_us: int) -> State:
        """Return an environment's state at a moment."""
        state = environment_at(self.index, environment, at_us)
        return State.NONE if state is None else state.state

    def anything_alive(self, at_us: int) -> bool:
        """Whether an environment is left that something can happen to."""
        return any(
            self.state_of(facts.number, at_us) is not State.GONE
            for facts in self.trace.environments
        )
