"""Scenes: what can be known just before events come, from one walk through a run's records."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lifecycle_tui.engine.kinds import SCALED, THROTTLES, Kind
from lifecycle_tui.engine.plan import Deploy, FunctionPlan, Provision, SetConfig, Shift
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.predictions.model import Attempt
from lifecycle_tui.readings.fold import RESET_REASONS
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import command_of

_CHANGES: Final[dict[Kind, str]] = {
    **dict.fromkeys(RESET_REASONS, "reset"),
    **dict.fromkeys(THROTTLES, "refused"),
    Kind.INVOKE_ERROR: "error",
    Kind.SHUTDOWN_DEPLOY: "renewed",
    Kind.SHUTDOWN_CONFIG: "renewed",
    Kind.SHUTDOWN_SHIFT: "renewed",
    Kind.SHUTDOWN_IDLE: "ended",
    Kind.SHUTDOWN_LIFETIME: "ended",
    Kind.SHUTDOWN_RECLAIM: "ended",
    Kind.SHUTDOWN_PROVISION: "ended",
}
"""What makes the next event's start less obvious than the last one's."""

_FREE: Final = frozenset({State.FROZEN, State.READY})
_HELD: Final = frozenset({State.CREATING, State.INIT, State.RESTORE, State.INVOKE})
"""States in which an environment that serves an event, or was made for one, counts as in use."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a function just before events come to it.

    Attributes:
        at_us: when they come.
        asked_us: the last moment before that.
        function: its number.
        attempts: who comes.
        plan: its configuration.
        free: environments that are FROZEN and owe no Init, the latest last.
        ready: those that are READY.
        owing: those that are FROZEN after a reset, and owe an Init.
        busy: all others that are alive.
        ever: whether it ever had an environment.
        since_us: since when the latest of the free ones is idle.
        changes: what has happened to it since the last events came, of what matters, sorted.
        room: how many more events may run at a time.
        share: what part of its events an alias sends to its newer version; 1 for all.
        init_us: how long its latest Init took; None if none was seen.
        placement_us: how long its latest placement took.
    """

    at_us: int
    asked_us: int
    function: int
    attempts: tuple[Attempt, ...]
    plan: FunctionPlan
    free: tuple[int, ...]
    ready: tuple[int, ...]
    owing: tuple[int, ...]
    busy: tuple[int, ...]
    ever: bool
    since_us: int
    changes: tuple[str, ...]
    room: int
    share: float
    init_us: int | None
    placement_us: int | None

    @property
    def idle_us(self) -> int | None:
        """How long the latest of the free environments has been idle."""
        return self.asked_us - self.since_us if self.free else None

    @property
    def is_full(self) -> bool:
        """Whether not all of the events may run."""
        return self.room < len(self.attempts)


@dataclass(slots=True)
class _Function:
    """One function's environments as they are while the walk goes on, each in one group."""

    plan: FunctionPlan
    free: dict[int, int] = field(default_factory=dict)
    """By environment, since when it is idle."""
    ready: dict[int, int] = field(default_factory=dict)
    owing: dict[int, int] = field(default_factory=dict)
    busy: dict[int, int] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    """Those of the busy ones that an event uses or waits for."""
    ever: bool = False
    changes: dict[str, None] = field(default_factory=dict)
    share: float = 1.0
    init_us: int | None = None
    placement_us: int | None = None


class Walk:
    """A run's records, taken one after the other up to a moment."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._next = 0
        self._reset: set[int] = set()
        """Environments that owe an Init."""
        self._began_us: dict[int, int] = {}
        """By environment, when it was created or its Init began."""
        self._functions = [_Function(plan) for plan in index.plan.functions]
        self._whose = {facts.number: facts.function for facts in index.trace.environments}

    def to(self, record: int) -> None:
        """Take every record before this one."""
        for number in range(self._next, record):
            self._take(number)
        self._next = max(self._next, record)

    def is_still(self, function: int, records: range) -> bool:
        """Whether records concern none of a function's environments."""
        whose, environments = self._whose, self._index.environments
        return not any(whose.get(environments[number]) == function for number in records)

    def scene(
        self, function: int, attempts: tuple[Attempt, ...], at_us: int, asked_us: int
    ) -> Scene:
        """Return what is known of a function now, and begin to note what changes from here."""
        mine = self._functions[function]
        changes, mine.changes = tuple(sorted(mine.changes)), {}
        return Scene(
            at_us=at_us,
            asked_us=asked_us,
            function=function,
            attempts=attempts,
            plan=mine.plan,
            free=tuple(mine.free),
            ready=tuple(mine.ready),
            owing=tuple(mine.owing),
            busy=tuple(mine.busy),
            ever=mine.ever,
            since_us=max(mine.free.values(), default=0),
            changes=changes,
            room=self._room(function),
            share=mine.share,
            init_us=mine.init_us,
            placement_us=mine.placement_us,
        )

    def _room(self, function: int) -> int:
        mine = self._functions[function]
        reserved = mine.plan.reserved_concurrency
        if reserved is not None:
            return max(reserved - len(mine.held), 0)
        left = self._index.plan.account.concurrency
        for other in self._functions:
            theirs = other.plan.reserved_concurrency
            left -= len(other.held) if theirs is None else theirs
        return max(left, 0)

    def _take(self, number: int) -> None:
        index = self._index
        kind, environment = index.kind(number), index.environments[number]
        if environment == NOBODY:
            self._take_other(number, kind)
            return
        mine = self._functions[self._whose[environment]]
        if kind in _CHANGES:
            mine.changes[_CHANGES[kind]] = None
        if index.trace.environments[environment].makes_snapshot:
            return
        time_us, state = index.times[number], index.state_after(number)
        if kind is Kind.INIT_STARTED:
            mine.placement_us = time_us - self._began_us.get(environment, time_us)
            self._began_us[environment] = time_us
        elif kind is Kind.INIT_FINISHED:
            mine.init_us = time_us - self._began_us.get(environment, time_us)
        if state is State(index.codes[number] >> 8):
            return
        self._move(mine, environment, state, time_us, index.subjects[number])

    def _move(
        self, mine: _Function, environment: int, state: State, time_us: int, event: int
    ) -> None:
        if state is State.CREATING:
            self._began_us[environment] = time_us
            mine.ever = True
        elif state is State.RESET:
            self._reset.add(environment)
        elif state is State.INVOKE:
            self._reset.discard(environment)
        was_held = mine.held.pop(environment, None)
        for group in (mine.free, mine.ready, mine.owing, mine.busy):
            group.pop(environment, None)
        if state in _FREE:
            owes = environment in self._reset
            group = mine.owing if owes else mine.ready if state is State.READY else mine.free
            group[environment] = time_us
        elif state is not State.GONE:
            mine.busy[environment] = time_us
            if state in _HELD and (event > 0 or was_held is not None):
                mine.held[environment] = time_us

    def _take_other(self, number: int, kind: Kind) -> None:
        subject = self._index.subjects[number]
        if kind is Kind.COMMAND:
            command = self._index.plan.commands[subject]
            if isinstance(command, SetConfig):
                mine = self._functions[command.function]
                mine.plan = replace(mine.plan, **dict(command.changes))  # type: ignore[arg-type]
            elif isinstance(command, Provision):
                self._provided(command.function, command.count)
            elif isinstance(command, Deploy | Shift):
                # A newer version that gets nothing has been taken back.
                self._functions[command.function].share = command.weight or 1.0
        elif kind in SCALED:
            self._provided(subject, self._index.values[number])
        elif kind in THROTTLES:
            sent_by = command_of(self._index, subject)
            if sent_by is not None:
                self._functions[sent_by.function].changes["refused"] = None

    def _provided(self, function: int, count: int) -> None:
        mine = self._functions[function]
        mine.plan = replace(mine.plan, provisioned_concurrency=count)


def scenes(index: Index) -> Iterator[Scene]:
    """Yield what is known before each coming of events, in order of time.

    Events that come to one function at one instant come together. Left out are those that come at
    the very instant in which something else becomes of the function's environments: nobody could
    tell beforehand which is first.
    """
    walk = Walk(index)
    for (at_us, function), attempts in _together(index):
        before = bisect_left(index.times, at_us)
        arrival = min(_arrival(index, attempt) for attempt in attempts)
        walk.to(before)
        if walk.is_still(function, range(before, arrival)):
            yield walk.scene(function, attempts, at_us, at_us - 1)


def scene_of_command(index: Index, place: int) -> Scene | None:
    """Return what is known when a command sends events, by its place in the plan.

    None where none of them reaches a function on its own.
    """
    record = next((n for n in index.commands if index.subjects[n] == place), NOBODY)
    if record == NOBODY:
        return None
    found = [
        Attempt(event)
        for event, records in enumerate(index.events, start=1)
        if index.causes[records.sent] == record and records.arrival != NOBODY
    ]
    command = index.plan.commands[place]
    if not found:
        return None
    walk = Walk(index)
    walk.to(record)
    at_us = index.times[record]
    function: int = getattr(command, "function", 0)
    return walk.scene(function, tuple(found), at_us, at_us)


def _arrival(index: Index, attempt: Attempt) -> int:
    return index.attempts(attempt.event)[attempt.number - 1].arrival


def _together(index: Index) -> list[tuple[tuple[int, int], tuple[Attempt, ...]]]:
    found: dict[tuple[int, int], list[Attempt]] = {}
    for event, records in index.all_attempts():
        command = command_of(index, event)
        function = 0 if command is None else command.function
        place = (index.times[records.arrival], function)
        found.setdefault(place, []).append(Attempt(event, records.attempt))
    return [(place, tuple(found[place])) for place in sorted(found)]


def demand_us(index: Index, scene: Scene) -> int | None:
    """Return how long the handler needs; None where that does not tell how long it takes."""
    if scene.plan.uses:
        return None
    first = scene.attempts[0]
    records = index.attempts(first.event)[first.number - 1]
    if index.kind(records.arrival) is not Kind.ARRIVAL:
        return None
    return index.values[records.arrival]
