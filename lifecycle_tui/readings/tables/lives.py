"""The table ``env``: one row for each execution environment, gone ones too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.expressions.values import UNKNOWN, Row, Table, Value
from lifecycle_tui.readings.bars import Course, init_course
from lifecycle_tui.readings.environments import GONE_REASONS, READY, sub_phases
from lifecycle_tui.readings.fold import RESET_REASONS, Life, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.restores import token_at
from lifecycle_tui.readings.tables.attempts import init_timeouts, kind_of
from lifecycle_tui.readings.tables.fields import Field, Info, ms, since

_IDLE: Final = (State.READY, State.FROZEN)
_INITS: Final = (Kind.INIT_STARTED, Kind.REINIT_STARTED)


class Environment:
    """An environment as it is seen from a moment."""

    def __init__(self, index: Index, number: int, at_us: int) -> None:
        self.index = index
        self.number = number
        self.at_us = at_us
        self.facts = index.trace.environments[number]

    @cached_property
    def records(self) -> list[int]:
        """Its records up to the moment."""
        position = self.index.position(self.number, self.at_us)
        return self.index.of_environment[self.number][:position]

    @cached_property
    def life(self) -> Life:
        """What it is and keeps."""
        return life_at(self.index, self.number, len(self.records))

    def first_us(self, *kinds: Kind) -> int | None:
        """Return when something of these kinds happened first; None if it has not."""
        found = (r for r in self.records if self.index.kind(r) in kinds)
        return next((self.index.times[record] for record in found), None)

    @cached_property
    def shutdown(self) -> int | None:
        """The record that began its Shutdown; None while it lives."""
        return next((r for r in self.records if self.index.kind(r) in GONE_REASONS), None)

    @cached_property
    def last_reset(self) -> int | None:
        """The record that began its latest reset."""
        found = (r for r in reversed(self.records) if self.index.kind(r) in RESET_REASONS)
        return next(found, None)

    @cached_property
    def init(self) -> Course | None:
        """Its first Init that is done."""
        for place, record in enumerate(self.records):
            if self.index.kind(record) in _INITS:
                course = init_course(self.index, self.number, place)
                if Kind.RUNTIME_READY in course.marks and course.end_us is not None:
                    return course if course.end_us <= self.at_us else None
        return None


def _end(each: Environment) -> Value:
    return UNKNOWN if each.shutdown is None else GONE_REASONS[each.index.kind(each.shutdown)]


def _shutdown_ms(each: Environment) -> Value:
    began_us = None if each.shutdown is None else each.index.times[each.shutdown]
    return since(began_us, each.first_us(Kind.GONE))


def _graceful(each: Environment) -> Value:
    if each.shutdown is None:
        return UNKNOWN
    return any(
        each.index.kind(record) is Kind.SIGTERM_SENT
        for record in each.records
        if record > each.shutdown
    )


def _last_reset(each: Environment) -> Value:
    record = each.last_reset
    return None if record is None else RESET_REASONS[each.index.kind(record)]


def _last_reset_t(each: Environment) -> Value:
    record = each.last_reset
    return None if record is None else ms(each.index.times[record])


def _served(each: Environment) -> Value:
    return each.life.served


def _init_timeouts(each: Environment) -> Value:
    return init_timeouts(each.index, each.number, each.records[-1])


def _init_ms(each: Environment) -> Value:
    course = each.init
    return UNKNOWN if course is None else since(course.began_us, course.end_us)


def _sub_phase(place: int) -> Callable[[Environment], Value]:
    def read(each: Environment) -> Value:
        found = sub_phases(each.init)[place]
        return UNKNOWN if found is None else ms(found)

    return read


def _idle_ms(each: Environment) -> Value:
    if each.life.state not in _IDLE:
        return None
    return ms(each.at_us - each.life.since_us)


def _event(each: Environment) -> Value:
    return None if each.life.event == NOBODY else each.life.event


def _token(each: Environment) -> Value:
    snap_start = each.facts.initialization_type is InitializationType.SNAP_START
    if not snap_start or each.life.globals_us is None:
        return None
    return token_at(each.index, each.facts, each.life.resets, each.at_us).value


ENV: Final = Info[Environment](
    "env",
    "one row for each execution environment, gone ones too, in order of creation: `env[0]` and"
    " `env['e1']` are the first",
    (
        Field("id", "text", "its name, as e1", lambda e: e.facts.id),
        Field("kind", "text", "why it was initialised: od on demand, pc provisioned concurrency,"
              " pi initialised ahead by Lambda, ss restored from a SnapStart snapshot, sn the one"
              " that such a snapshot was made of, which never serves",
              lambda e: kind_of(e.index, e.number)),
        Field("function", "text", "the function's name",
              lambda e: e.index.plan.functions[e.facts.function].name),
        Field("version", "number", "the code version it runs", lambda e: e.facts.code_version),
        Field("state", "text", "CREATING, INIT, RESTORE, READY, INVOKE, FROZEN, RESET, SHUTDOWN"
              " or GONE", lambda e: e.life.state.name),
        Field("alive", "yes/no", "whether it is neither in Shutdown nor gone",
              lambda e: e.shutdown is None),
        Field("event", "number", "the event it serves or is made for; none while idle", _event),
        Field("served", "number", "invocations that have ended here", _served),
        Field("t_created", "ms", "when its creation began", lambda e: ms(e.facts.created_us)),
        Field("t_ready", "ms", "when it could first serve",
              lambda e: UNKNOWN if (ready := e.first_us(*READY)) is None else ms(ready)),
        Field("t_gone", "ms", "when it was gone",
              lambda e: UNKNOWN if (gone := e.first_us(Kind.GONE)) is None else ms(gone)),
        Field("end", "text", "why it was shut down: idle, lifetime, deploy, configuration, reclaim,"
              " init failed, provisioned concurrency reduced …; unknown while it lives", _end),
        Field("shutdown_ms", "ms", "how long its Shutdown took", _shutdown_ms),
        Field("graceful", "yes/no", "whether its runtime was sent SIGTERM at Shutdown", _graceful),
        Field("idle_ms", "ms", "for how long it has been READY or FROZEN now; none while busy",
              _idle_ms),
        Field("resets", "number", "how often it was reset", lambda e: e.life.resets),
        Field("last_reset", "text", "why last: timeout, exit, oom, crash or init; none if never",
              _last_reset),
        Field("last_reset_t", "ms", "when last; none if never", _last_reset_t),
        Field("reinit_owed", "yes/no", "whether its next invocation runs Init again",
              lambda e: e.life.reinit_owed),
        Field("init_timeouts", "number", "how often its Init ran into its limit", _init_timeouts),
        Field("init_ms", "ms", "how long its first whole Init took", _init_ms),
        Field("extension_ms", "ms", "the extensions' part of it", _sub_phase(0)),
        Field("runtime_ms", "ms", "the runtime's part of it", _sub_phase(1)),
        Field("function_ms", "ms", "the part of the code outside the handler", _sub_phase(2)),
        Field("globals", "yes/no", "whether globals are alive",
              lambda e: e.life.globals_us is not None),
        Field("globals_since", "number", "the event whose Init made them, 0 if none waited; none"
              " without globals", lambda e: e.life.globals_event),
        Field("tmp_mb", "MB", "what is in /tmp", lambda e: e.life.tmp_mb),
        Field("connections", "number", "open connections, to downstreams too",
              lambda e: e.life.connections + sum(count for _, count in e.life.held)),
        Field("background_ms", "ms", "work that handlers left and that is not done",
              lambda e: ms(e.life.background_left(e.at_us))),
        Field("memory_mb", "MB", "the peak of all invocations that have ended",
              lambda e: e.life.peak_mb),
        Field("billed_ms", "ms", "billed for invocations that have ended",
              lambda e: e.life.billed_ms),
        Field("token", "text", "with SnapStart: what Init made that should be unique", _token),
    ),
    key="id",
)  # fmt: skip
_READERS: Final = ENV.readers


def environments_table(index: Index, at_us: int) -> Table:
    """Return ``env`` as it is seen from a moment."""

    def rows() -> list[Row]:
        return [
            Row(_READERS, Environment(index, number, at_us))
            for number, records in enumerate(index.of_environment)
            if records and index.times[records[0]] <= at_us
        ]

    return Table(_READERS, rows, ENV.key)
