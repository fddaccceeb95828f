"""One pass over a trace, so that no reading ever has to search it: who, what and when by number."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from lifecycle_tui.engine.chance import Chance
from lifecycle_tui.engine.kinds import ENDS, KINDS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import CAUSE, CODE, ENVIRONMENT, NOBODY, SUBJECT, VALUE, Trace

if TYPE_CHECKING:
    from lifecycle_tui.readings.cost_at import Meter
    from lifecycle_tui.readings.counters import Timetable
    from lifecycle_tui.readings.downstreams import Moves
    from lifecycle_tui.readings.fold import Checkpoints
    from lifecycle_tui.readings.latencies import Answers
    from lifecycle_tui.readings.model import Clone, Invocation, Segment
    from lifecycle_tui.readings.plots import Series

CREATIONS: Final = (
    Kind.CREATED_FOR_EVENT,
    Kind.CREATED_PROVISIONED,
    Kind.CREATED_PREWARM,
    Kind.CREATED_REPLACEMENT,
    Kind.CREATED_SNAPSHOT,
)

(
    _NOTHING, _ARRIVAL, _START, _END, _THROTTLE, _CREATION, _COMMAND, _DEATH, _QUEUED, _ATTEMPT,
    _BATCHED,
) = range(11)  # fmt: skip
OUT_OF_MEMORY: Final = frozenset(
    int(kind) for kind in (Kind.INVOKE_OOM, Kind.INVOKE_INIT_OOM, Kind.INIT_OOM)
)


def _groups() -> tuple[int, ...]:
    group = dict.fromkeys(Kind, _NOTHING)
    group |= dict.fromkeys(STARTS, _START)
    group |= dict.fromkeys((*ENDS, Kind.RESTORE_TIMEOUT), _END)
    group |= dict.fromkeys(THROTTLES, _THROTTLE)
    group |= dict.fromkeys(CREATIONS, _CREATION)
    group[Kind.ARRIVAL] = _ARRIVAL
    group[Kind.COMMAND] = _COMMAND
    group[Kind.INIT_OOM] = _DEATH
    group[Kind.MESSAGE_QUEUED] = _QUEUED
    group |= dict.fromkeys((Kind.ATTEMPT, Kind.BATCH_SENT), _ATTEMPT)
    group[Kind.BATCHED] = _BATCHED
    return tuple(group[kind] for kind in Kind)


_GROUP: Final = _groups()
_KINDS: Final = tuple(Kind)
_STATES: Final = tuple(State)
_AFTER: Final = tuple(KINDS[kind].to for kind in Kind)


@dataclass(slots=True)
class EventRecords:
    """The record numbers of one attempt at an event; -1 where there is none."""

    attempt: int = 1
    sent: int = NOBODY
    """The event's arrival at its source's queue, else at the function."""
    arrival: int = NOBODY
    """The attempt's arrival at the function; -1 while a queue holds the event back, and for an
    event that rides in another one's batch."""
    batch: int = NOBODY
    """The latest batch that the event rides in, led by another one."""
    led: int = NOBODY
    """The batch that the attempt carries: its BATCH_SENT record; -1 for none."""
    creation: int = NOBODY
    """The creation of the environment that was made for it."""
    start: int = NOBODY
    end: int = NOBODY
    throttle: int = NOBODY


class Index:
    """A trace, and where in it everything is. Readings keep what they worked out here."""

    def __init__(self, trace: Trace) -> None:
        """Read a whole trace once."""
        self.trace = trace
        self.plan = trace.plan
        self.times: array[int] = trace.times
        self.codes: array[int] = trace.column(CODE)
        self.subjects: array[int] = trace.column(SUBJECT)
        self.values: array[int] = trace.column(VALUE)
        self.of_environment: list[list[int]] = [[] for _ in trace.environments]
        """For each environment its record numbers, ascending."""
        self.events: list[EventRecords] = []
        """For each event, from number 1 at place 0, the record numbers of its first attempt."""
        self.later: dict[int, list[EventRecords]] = {}
        """For each event with several attempts, by its number, all but the first."""
        self.commands: list[int] = []
        """Numbers of the COMMAND records."""
        self.first_starts: dict[int, int] = {}
        """For each environment that served an event, the record of its first start."""
        self.out_of_memory: dict[int, int] = {}
        """For each environment that was ever out of memory, the record that says so first."""
        self.checkpoints: dict[int, Checkpoints] = {}
        self.segments: dict[int, tuple[Segment, ...]] = {}
        self.invocations: list[Invocation] | None = None
        self.minutes: dict[str, list[dict[str, int | float]]] | None = None
        """Metrics by function and minute."""
        self.read_invocations: dict[tuple[int, int], Invocation] = {}
        """Attempts that were asked for one by one, by event and attempt."""
        self.timetable: Timetable | None = None
        self.clones: dict[int, list[Clone]] | None = None
        """Environments restored from each snapshot, by the number of what it was taken of."""
        self.answers: Answers | None = None
        self.meter: Meter | None = None
        self.series: Series | None = None
        self.moves: dict[int, Moves] | None = None
        """For each downstream, by its number, when connections to it were opened and closed."""
        self.gave_up: dict[int, int] | None = None
        """When the caller of an event had waited long enough, by the event."""
        self._read()

    def _read(self) -> None:
        of_environment = self.of_environment
        environments = self.trace.column(ENVIRONMENT)
        group = _GROUP
        number = -1
        for packed, environment, subject in zip(
            self.codes, environments, self.subjects, strict=True
        ):
            number += 1
            if environment >= 0:
                of_environment[environment].append(number)
            kind = group[packed & 0xFF]
            if kind:
                self._enter(kind, number, environment, subject)

    def _enter(self, group: int, number: int, environment: int, subject: int) -> None:
        """Note a record that is looked for by its event, its environment or as a command."""
        if group == _COMMAND:
            self.commands.append(number)
            return
        if group == _START:
            self.first_starts.setdefault(environment, number)
        elif self.codes[number] & 0xFF in OUT_OF_MEMORY:
            self.out_of_memory.setdefault(environment, number)
        if subject < 1 or group == _DEATH:
            return
        while len(self.events) < subject:
            self.events.append(EventRecords())
        later = self.later.get(subject)
        event = self.events[subject - 1] if later is None else later[-1]
        if group >= _QUEUED:
            self._wait(event, group, number, subject)
        elif group == _START:
            event.start = number
        elif group == _END:
            event.end = number
        elif group == _ARRIVAL:
            event.arrival = event.sent = number
        elif group == _CREATION:
            event.creation = number
        else:
            event.throttle = number

    def _wait(self, event: EventRecords, group: int, number: int, subject: int) -> None:
        """Note what a source does with an event: hold it back, try it again, put it in a batch."""
        if group == _QUEUED:
            event.sent = number
        elif group == _BATCHED:
            event.batch = number
        else:
            led = number if self.kind(number) is Kind.BATCH_SENT else event.led
            if event.arrival != NOBODY:
                event = EventRecords(attempt=event.attempt + 1, sent=event.sent)
                self.later.setdefault(subject, []).append(event)
            event.arrival, event.led = number, led

    @property
    def ended_us(self) -> int:
        """When the run ended."""
        return self.trace.ended_us

    def kind(self, number: int) -> Kind:
        """Return the kind of a record."""
        return _KINDS[self.codes[number] & 0xFF]

    def state_after(self, number: int) -> State:
        """Return the state of the record's environment after it."""
        packed = self.codes[number]
        after = _AFTER[packed & 0xFF]
        return _STATES[packed >> 8] if after is None else after

    def position(self, environment: int, t_us: int) -> int:
        """Return how many of an environment's records have a time at or before ``t_us``."""
        return bisect_right(self.of_environment[environment], self.trace.last_at(t_us))

    def place(self, environment: int, number: int) -> int:
        """Return the place of a record among its environment's."""
        return bisect_left(self.of_environment[environment], number)

    def attempts(self, event: int) -> list[EventRecords]:
        """Return all attempts at an event; IndexError if there is no such event."""
        if not 1 <= event <= len(self.events):
            raise IndexError(event)
        return [self.events[event - 1], *self.later.get(event, ())]

    def attempt(self, event: int, record: int | None = None) -> EventRecords:
        """Return the attempt at an event that a record belongs to, or the latest one.

        Raises:
            IndexError: there is no such event.
        """
        if not 1 <= event <= len(self.events):
            raise IndexError(event)
        later = self.later.get(event, ())
        count = len(later) if record is None else bisect_right(later, record, key=_arrival)
        return later[count - 1] if count else self.events[event - 1]

    def all_attempts(self) -> Iterator[tuple[int, EventRecords]]:
        """Yield event and records of everything that reached a function, by event and attempt."""
        for number, first in enumerate(self.events, start=1):
            if first.arrival != NOBODY:
                yield number, first
            for later in self.later.get(number, ()):
                yield number, later

    @cached_property
    def chance(self) -> Chance:
        """The run's draws, for the few things that readings draw themselves."""
        return Chance(self.plan.seed)

    @cached_property
    def causes(self) -> array[int]:
        """For each record the number of its first cause; -1 for none."""
        return self.trace.column(CAUSE)

    @cached_property
    def environments(self) -> array[int]:
        """For each record its environment; -1 for none."""
        return self.trace.column(ENVIRONMENT)


def _arrival(attempt: EventRecords) -> int:
    return attempt.arrival
