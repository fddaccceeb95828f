"""The session: what a user can do to a story at the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.plan import (
    SECOND,
    Command,
    Crash,
    Deploy,
    Fire,
    Outcome,
    Plan,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant, WorkTime
from lifecycle_tui.play.forks import Forks
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.sender import Sender
from lifecycle_tui.play.settings import refused_because
from lifecycle_tui.units.translation import tr, tr_later

__all__ = ["Note", "Session"]

TIMEOUTS_S: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900)
"""The notches of the time-out key."""

AT_ONCE: Final = tr_later("takes effect at once")
NEW_ONLY: Final = tr_later("new environments only; idle ones are retired, busy ones finish")
PUBLISHED: Final = tr_later(
    "a version is published; the former one serves until its snapshot is there †"
)
AFTER_DELAY: Final = tr_later("usable after the allocation delay †")


class Session(Forks):
    """A story and its user: every command is added at the cursor."""

    def __init__(
        self,
        plan: Plan,
        *,
        scenario_name: str = "",
        speed: float = 1.0,
        at_us: int = 0,
        simulate: Callable[..., Run] = run,
    ) -> None:
        super().__init__(
            plan, scenario_name=scenario_name, speed=speed, at_us=at_us, simulate=simulate
        )
        self.sender = Sender(plan)
        self.against: Session | None = None
        """Another scenario's session that this one is compared with; saved together with it."""

    # Commands at the cursor.

    def fire(
        self,
        count: int = 1,
        outcome: Outcome | None = None,
        duration: WorkTime | None = None,
    ) -> Note | None:
        """Send events now."""
        return self.send(self.event(count, outcome, duration))

    def event(
        self,
        count: int = 1,
        outcome: Outcome | None = None,
        duration: WorkTime | None = None,
    ) -> Fire:
        """Return the command that sends events now."""
        to, by = self.function, self.sender.name
        return Fire(
            at_us=self.at_us, function=to, source=by, count=count, outcome=outcome,
            duration=duration,
        )  # fmt: skip

    def slow_event(self, *, beyond_timeout: bool) -> Fire:
        """Return one that takes long: three times its handler, or a second past the time-out."""
        plan = self.function_at_cursor()
        us = plan.timeout_us + SECOND if beyond_timeout else int(3 * plan.handler_time.mean_us)
        return self.event(duration=Constant(max(us, 1_000)))

    def fire_slow(self, *, beyond_timeout: bool) -> Note | None:
        """Send an event that takes long."""
        return self.send(self.slow_event(beyond_timeout=beyond_timeout))

    def send(self, command: Fire) -> Note | None:
        """Send the events of a command, which is of this moment."""
        self._then_play(command)
        return None if self.player.playing else Note(tr("sent · Space lets time pass"))

    def set_config(self, **changes: object) -> Note:
        """Change the configuration now; the note says when it takes effect."""
        plan = self.function_at_cursor()
        real = {name: value for name, value in changes.items() if getattr(plan, name) != value}
        if not real:
            return Note(tr("nothing changed"), refused=True)
        refused = self._refused(real)
        if refused is not None:
            return refused
        provisioned = real.pop("provisioned_concurrency", None)
        if real:
            changed = tuple(sorted(real.items()))
            self.add(SetConfig(at_us=self.at_us, function=self.function, changes=changed))
        if provisioned is not None:
            self.provision(int(str(provisioned)))
        return Note(self.effect(next(iter(real), "provisioned_concurrency")))

    def effect(self, name: str, *, raising: bool = True) -> str:
        """Say when a change of one field of the configuration takes effect."""
        if name == "provisioned_concurrency":
            return tr(AFTER_DELAY) if raising else tr(AT_ONCE)
        return tr(AT_ONCE) if name == "reserved_concurrency" else self._renewed()

    def _renewed(self) -> str:
        """Say when new code or a new configuration serves."""
        return tr(PUBLISHED) if self.function_at_cursor().snap_start else tr(NEW_ONLY)

    def timeout_notch(self, direction: int) -> Note:
        """Move the time-out one notch up (+1) or down (-1)."""
        now_us = self.function_at_cursor().timeout_us
        notches = [s * SECOND for s in TIMEOUTS_S]
        fitting = [us for us in notches if (us > now_us if direction > 0 else us < now_us)]
        if not fitting:
            return Note(tr("AWS allows a timeout of 1 s to 900 s"), refused=True)
        chosen_us = fitting[0] if direction > 0 else fitting[-1]
        self.set_config(timeout_us=chosen_us)
        return Note(
            tr("timeout {count} s: {when}", count=chosen_us // SECOND, when=self._renewed())
        )

    def provision(self, count: int) -> Note:
        """Ask for this much provisioned concurrency."""
        now = self.function_at_cursor().provisioned_concurrency
        if count < 0:
            return Note(tr("provisioned concurrency is 0 already"), refused=True)
        if count and self.function_at_cursor().snap_start:
            return Note(tr("AWS refuses provisioned concurrency with SnapStart"), refused=True)
        refused = self._refused({"provisioned_concurrency": count})
        if refused is not None:
            return refused
        self._then_play(Provision(at_us=self.at_us, function=self.function, count=count))
        when = tr(AFTER_DELAY) if count > now else tr(AT_ONCE)
        return Note(tr("provisioned concurrency {count}: {when}", count=count, when=when))

    def _refused(self, changes: dict[str, object]) -> Note | None:
        """Return AWS's reason against a change of the configuration, if it has one."""
        why = refused_because(self.plan, self.index, self.function, self.at_us, changes)
        return Note(why, refused=True) if why else None

    def provision_notch(self, direction: int) -> Note:
        """One more or one less provisioned environment."""
        return self.provision(self.function_at_cursor().provisioned_concurrency + direction)

    def next_function(self) -> Note:
        """Let the commands act on the next function of the scenario."""
        count = len(self.base.functions)
        if count == 1:
            return Note(tr("this scenario has one function"), refused=True)
        self.function = (self.function + 1) % count
        return Note(tr("the keys now act on {name}", name=self.base.functions[self.function].name))

    def next_source(self) -> Note:
        """Let the next source send; a declared one takes the keys to its own function."""
        self.function = self.sender.next(self.function)
        return Note(self.sender.words)

    def deploy(self) -> Note:
        """Deploy new code."""
        self._then_play(Deploy(at_us=self.at_us, function=self.function))
        return Note(tr("new code: {when}", when=self._renewed()))

    def give(self, command: Command) -> None:
        """Give any command at the cursor."""
        self._then_play(command)

    def prewarm(self) -> Note:
        """Initialise an environment that nobody waits for."""
        self._then_play(Prewarm(at_us=self.at_us, function=self.function))
        return Note(tr("Lambda initialises an environment ahead of need †"))

    def reclaim(self, environment: int) -> Note:
        """Take an idle environment back."""
        state = self._state_of(environment)
        if state not in (State.FROZEN, State.READY):
            return Note(
                tr(
                    "e{environment} is not idle: {state}",
                    environment=environment + 1,
                    state=state.name,
                ),
                refused=True,
            )
        self._then_play(Reclaim(at_us=self.at_us, environment=environment))
        return Note(
            tr(
                "e{environment} is reclaimed: Lambda may do so at any idle moment †",
                environment=environment + 1,
            )
        )

    def crash(self, environment: int) -> Note:
        """Let the runtime process of an environment die."""
        state = self._state_of(environment)
        if state not in (State.INIT, State.INVOKE, State.FROZEN, State.READY):
            return Note(
                tr(
                    "e{environment} has no runtime to crash: {state}",
                    environment=environment + 1,
                    state=state.name,
                ),
                refused=True,
            )
        self._then_play(Crash(at_us=self.at_us, environment=environment))
        return Note(tr("the runtime of e{environment} dies", environment=environment + 1))

    def perform(self, command: Command) -> Note | None:
        """Do any command that was read elsewhere; it is refused if its environment is not there.

        What AWS refuses of a configuration is the reader's part.
        """
        match command:
            case Reclaim(environment=number) | Crash(environment=number):
                if number >= len(self.trace.environments):
                    return Note(tr("there is no e{number}", number=number + 1), refused=True)
                act = self.reclaim if isinstance(command, Reclaim) else self.crash
                return act(number)
            case SetConfig():
                self.add(command)
            case _:
                self._then_play(command)
        return None

    # Inside.

    def _then_play(self, command: Command) -> None:
        """Add a command; where the player rested, play until what comes of it is over."""
        resting = self._resting()
        self.add(command)
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
            Halt.ANSWER,
        )

    def _state_of(self, environment: int) -> State:
        return self.take.state_of(environment, self.at_us)
