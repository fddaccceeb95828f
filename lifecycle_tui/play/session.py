"""The session: a plan, what has been done to it live, its run, and the cursor over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from lifecycle_tui.engine.kinds import NOT_OF_EVENTS, Kind
from lifecycle_tui.engine.plan import (
    HOUR,
    SECOND,
    Command,
    Crash,
    Deploy,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.engine.worktime import Constant, WorkTime
from lifecycle_tui.play.commands import describe, known, last_moment
from lifecycle_tui.play.played import Played
from lifecycle_tui.play.player import Halt, Player, Track, Transport
from lifecycle_tui.play.sender import Sender
from lifecycle_tui.play.settings import configured_at, refused_because
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation, LogLine
from lifecycle_tui.readings.state import environment_at

LOOK_AHEAD_US: Final = HOUR
"""How far a run goes beyond the last input and the cursor, so that idle reclaim is seen."""

LONG_RECORDS: Final = 3_000
"""Runs beyond this are announced on screen before they are made again."""

TIMEOUTS_S: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900)
"""The notches of the time-out key."""

AT_ONCE: Final = "takes effect at once"
NEW_ONLY: Final = "new environments only; idle ones are retired, busy ones finish"
PUBLISHED: Final = "a version is published; the former one serves until its snapshot is there †"
AFTER_DELAY: Final = "usable after the allocation delay †"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the message line; ``refused`` when nothing was done."""

    text: str
    refused: bool = False


class Session:
    """What is simulated, what was done live, and where the cursor is.

    Every live command is added to the plan at the cursor and the whole plan is run again; draws
    are keyed, so everything up to the cursor stays as it was.
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
        self.base = plan
        self.own_rules_date = plan.rules_date
        """Whose rules the scenario asks for."""
        self.scenario_name = scenario_name
        self.function = 0
        """The function that keys and the configuration pane act on."""
        self.sender = Sender(plan)
        self.version = 0
        """Counts re-runs: equal numbers mean an equal trace."""
        self._simulate = simulate
        self.log: tuple[LogLine, ...] = ()
        """All log lines of the run; while ``log_is_stale``, of an earlier one."""
        self.log_is_stale = True
        self._live: tuple[Command, ...] = ()
        self._undone: tuple[Command, ...] = ()
        self._horizon_us = 0
        self._compute(at_us)
        self.player = Player(self._track(), at_us=at_us, speed=speed)
        self.player.pause(Halt.QUIET if self.player.at_us == 0 else Halt.PAUSED)

    # What there is.

    @property
    def live(self) -> tuple[Command, ...]:
        """Commands given in this session, in order."""
        return self._live

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

    @property
    def is_long(self) -> bool:
        """Whether running the plan again takes longer than a frame."""
        return len(self.trace) > LONG_RECORDS

    @property
    def at_us(self) -> int:
        """The cursor."""
        return self.player.at_us

    @property
    def transport(self) -> Transport:
        """The player's state."""
        return self.player.transport

    def function_at_cursor(self, number: int | None = None) -> FunctionPlan:
        """Return a function's configuration as it stands at the cursor."""
        number = self.function if number is None else number
        return configured_at(self.plan, self.index, number, self.at_us)

    @property
    def title(self) -> str:
        """The scenario's title, else its name."""
        return self.base.title or self.scenario_name or self.base.functions[self.function].name

    def explanation(self, record: int) -> Explanation:
        """Say why a record came about, from what is known at the cursor.

        How an event ends badly is not told before it does. Worked out once a run and a stage.
        """
        from lifecycle_tui.readings.why import why_event, why_record

        subject = self.index.subjects[record]
        last = self.trace.last_at(self.at_us)
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

    # Time.

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
        if not self._anything_alive():
            return Note("nothing is left to wait for · i fires an event", refused=True)
        self.run_again()
        return None

    # Commands at the cursor.

    def fire(
        self,
        count: int = 1,
        outcome: Outcome | None = None,
        duration: WorkTime | None = None,
    ) -> Note | None:
        """Send events now."""
        to, by = self.function, self.sender.name
        self._then_play(Fire(
            at_us=self.at_us, function=to, source=by, count=count, outcome=outcome,
            duration=duration,
        ))  # fmt: skip
        return None

    def fire_slow(self, *, beyond_timeout: bool) -> Note | None:
        """Send an event that takes long: three times its handler, or a second past the time-out."""
        plan = self.function_at_cursor()
        us = plan.timeout_us + SECOND if beyond_timeout else int(3 * plan.handler_time.mean_us)
        return self.fire(duration=Constant(max(us, 1_000)))

    def set_config(self, **changes: object) -> Note:
        """Change the configuration now; the note says when it takes effect."""
        plan = self.function_at_cursor()
        real = {name: value for name, value in changes.items() if getattr(plan, name) != value}
        if not real:
            return Note("nothing changed", refused=True)
        refused = self._refused(real)
        if refused is not None:
            return refused
        provisioned = real.pop("provisioned_concurrency", None)
        if real:
            changed = tuple(sorted(real.items()))
            self._add(SetConfig(at_us=self.at_us, function=self.function, changes=changed))
        if provisioned is not None:
            self.provision(int(str(provisioned)))
        return Note(self.effect(next(iter(real), "provisioned_concurrency")))

    def effect(self, name: str, *, raising: bool = True) -> str:
        """Say when a change of one field of the configuration takes effect."""
        if name == "provisioned_concurrency":
            return AFTER_DELAY if raising else AT_ONCE
        return AT_ONCE if name == "reserved_concurrency" else self._renewed()

    def _renewed(self) -> str:
        """Say when new code or a new configuration serves."""
        return PUBLISHED if self.function_at_cursor().snap_start else NEW_ONLY

    def timeout_notch(self, direction: int) -> Note:
        """Move the time-out one notch up (+1) or down (-1)."""
        now_us = self.function_at_cursor().timeout_us
        notches = [s * SECOND for s in TIMEOUTS_S]
        fitting = [us for us in notches if (us > now_us if direction > 0 else us < now_us)]
        if not fitting:
            return Note("AWS allows a timeout of 1 s to 900 s", refused=True)
        chosen_us = fitting[0] if direction > 0 else fitting[-1]
        self.set_config(timeout_us=chosen_us)
        return Note(f"timeout {chosen_us // SECOND} s: {self._renewed()}")

    def provision(self, count: int) -> Note:
        """Ask for this much provisioned concurrency."""
        now = self.function_at_cursor().provisioned_concurrency
        if count < 0:
            return Note("provisioned concurrency is 0 already", refused=True)
        if count and self.function_at_cursor().snap_start:
            return Note("AWS refuses provisioned concurrency with SnapStart", refused=True)
        refused = self._refused({"provisioned_concurrency": count})
        if refused is not None:
            return refused
        self._then_play(Provision(at_us=self.at_us, function=self.function, count=count))
        return Note(f"provisioned concurrency {count}: {AFTER_DELAY if count > now else AT_ONCE}")

    def _refused(self, changes: dict[str, object]) -> Note | None:
        """Return AWS's reason against a change of the configuration, if it has one."""
        why = refused_because(self.plan, self.index, self.function, self.at_us, changes)
        return Note(why, refused=True) if why else None

    def provision_notch(self, direction: int) -> Note:
        """One more or one less provisioned environment."""
        return self.provision(self.function_at_cursor().provisioned_concurrency + direction)

    def catch_up(self) -> None:
        """Write the log of the present run. It is not needed to answer a key at once."""
        if self.log_is_stale:
            from lifecycle_tui.readings.logs import log_lines

            self.log = tuple(log_lines(self.index, with_throttles=True))
            self.log_is_stale = False

    def next_function(self) -> Note:
        """Let the commands act on the next function of the scenario."""
        count = len(self.base.functions)
        if count == 1:
            return Note("this scenario has one function", refused=True)
        self.function = (self.function + 1) % count
        return Note(f"the keys now act on {self.base.functions[self.function].name}")

    def next_source(self) -> Note:
        """Let the next source send; a declared one takes the keys to its own function."""
        self.function = self.sender.next(self.function)
        return Note(self.sender.words)

    def deploy(self) -> Note:
        """Deploy new code."""
        self._then_play(Deploy(at_us=self.at_us, function=self.function))
        return Note(f"new code: {self._renewed()}")

    def give(self, command: Command) -> None:
        """Give any command at the cursor."""
        self._then_play(command)

    def prewarm(self) -> Note:
        """Initialise an environment that nobody waits for."""
        self._then_play(Prewarm(at_us=self.at_us, function=self.function))
        return Note("Lambda initialises an environment ahead of need †")

    def reclaim(self, environment: int) -> Note:
        """Take an idle environment back."""
        state = self._state_of(environment)
        if state not in (State.FROZEN, State.READY):
            return Note(f"e{environment + 1} is not idle: {state.name}", refused=True)
        self._then_play(Reclaim(at_us=self.at_us, environment=environment))
        return Note(f"e{environment + 1} is reclaimed: Lambda may do so at any idle moment †")

    def crash(self, environment: int) -> Note:
        """Let the runtime process of an environment die."""
        state = self._state_of(environment)
        if state not in (State.INIT, State.INVOKE, State.FROZEN, State.READY):
            return Note(f"e{environment + 1} has no runtime to crash: {state.name}", refused=True)
        self._then_play(Crash(at_us=self.at_us, environment=environment))
        return Note(f"the runtime of e{environment + 1} dies")

    def undo(self) -> Note:
        """Take the last live command back and return to its moment."""
        if not self._live:
            return Note("nothing to undo", refused=True)
        *kept, last = self._live
        self._live, self._undone = tuple(kept), (*self._undone, last)
        self._go_back_to(last)
        return Note(f"undone: {describe(last)} · U brings it back")

    def redo(self) -> Note:
        """Bring the last undone command back."""
        if not self._undone:
            return Note("nothing to redo", refused=True)
        *rest, last = self._undone
        self._live, self._undone = (*self._live, last), tuple(rest)
        self._go_back_to(last)
        return Note(f"redone: {describe(last)}")

    # Inside.

    def _then_play(self, command: Command) -> None:
        """Add a command; where the player rested, play until what comes of it is over."""
        resting = self._resting()
        self._add(command)
        if resting and self.played.is_quiet_at(self.at_us):
            self.player.pause(Halt.QUIET)
        elif resting:
            self.player.play()

    def _resting(self) -> bool:
        """Whether the player stands still of its own accord."""
        return not self.player.playing and self.transport.halt in (
            Halt.QUIET,
            Halt.END,
            Halt.UNTIL,
        )

    def _go_back_to(self, command: Command) -> None:
        self.run_again()
        self.player.pause()
        self.player.seek(command.at_us)

    def _add(self, command: Command) -> None:
        self._live = (*self._live, command)
        self._undone = ()
        self.run_again()

    def run_again(self) -> None:
        """Run the plan anew; the cursor stays."""
        self._compute(self.at_us)
        self.player.load(self._track())

    def _compute(self, at_us: int) -> None:
        commands = self.base.commands + self._live
        last_us = max((last_moment(command) for command in commands), default=0)
        self._last_input_us = last_us
        self._horizon_us = max(last_us, at_us, self.base.until_us or 0) + LOOK_AHEAD_US
        self.plan = replace(self.base, commands=commands, until_us=self._horizon_us)
        self.run = self._simulate(self.plan)
        self.played = Played(self.trace)
        self.log_is_stale = True
        self._explanations: dict[tuple[int, bool, bool], Explanation] = {}
        self.version += 1

    def _track(self) -> Track:
        played, end_us = self.played, self._horizon_us
        last_us = max(played.inputs_us[-1] if played.inputs_us else 0, 0)
        stops = [(time_us, Halt.QUIET) for time_us in played.quiet_us if time_us >= last_us]
        if self.base.until_us is not None and self.base.until_us >= last_us:
            stops = [stop for stop in stops if stop[0] != self.base.until_us]
            stops.append((self.base.until_us, Halt.UNTIL))
            stops.sort()
        return Track(
            axis=played.axis,
            # The horizon is where computing ended: nothing happens there.
            times_us=[time_us for time_us in dict.fromkeys(played.index.times) if time_us < end_us],
            inputs_us=played.inputs_us,
            stops=stops,
            end_us=end_us,
        )

    def _anything_alive(self) -> bool:
        return any(
            self._state_of(facts.number) is not State.GONE for facts in self.trace.environments
        )

    def _state_of(self, environment: int) -> State:
        state = environment_at(self.index, environment, self.at_us)
        return State.NONE if state is None else state.state
