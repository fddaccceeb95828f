"""An environment's life folded record by record, with checkpoints so that no fold is long."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from lifecycle_tui.engine.downstreams import Connections
from lifecycle_tui.engine.kinds import ENDS, STARTS, Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.engine.worktime import ZERO
from lifecycle_tui.readings.billing import billed_for
from lifecycle_tui.readings.index import CREATIONS, OUT_OF_MEMORY, Index

EVERY: Final = 32
"""Records of one environment from checkpoint to checkpoint."""

RESET_REASONS: Final = {
    Kind.INVOKE_TIMEOUT: "timeout",
    Kind.INVOKE_EXIT: "exit",
    Kind.INVOKE_OOM: "oom",
    Kind.INVOKE_CRASHED: "crash",
    Kind.INVOKE_INIT_ERROR: "init",
    Kind.INVOKE_INIT_EXIT: "init",
    Kind.INVOKE_INIT_OOM: "init",
    Kind.INIT_ABANDONED: "init",
    Kind.INIT_ERROR: "init",
    Kind.INIT_EXIT: "init",
    Kind.INIT_OOM: "init",
    Kind.INIT_CRASHED: "crash",
    Kind.IDLE_CRASHED: "crash",
}
"""Why an environment is reset, by the kind that begins the reset."""


@dataclass(slots=True)
class Life:
    """What an environment is and keeps after some of its records."""

    facts: EnvironmentFacts
    position: int = 0
    """How many of its records have been folded."""
    state: State = State.NONE
    since_us: int = 0
    event: int = NOBODY
    start: Kind | None = None
    started_us: int = 0
    served: int = 0
    """Invocations that have ended."""
    resets: int = 0
    last_reset: str | None = None
    reinit_owed: bool = False
    init_at: int = NOBODY
    """Place, among its records, of the one that began the latest Init or re-init."""
    invoke_at: int = NOBODY
    """Place of the one that began the latest invocation."""
    init_us: int = 0
    """Length of the Init that the next REPORT shows."""
    resumed_us: int = NOBODY
    """When the snapshot was resumed, while the restore goes on."""
    hooks_us: int = 0
    """Billed part of the restore that the next REPORT shows."""
    handler_us: int = NOBODY
    """When the present invocation's handler began; -1 before that."""
    response_us: int = NOBODY
    globals_event: int | None = None
    globals_us: int | None = None
    tmp_mb: int = 0
    connections: int = 0
    """Connections to nobody in particular, which the code outside the handler opened."""
    held: tuple[tuple[int, int], ...] = ()
    """Connections to downstreams: pairs of the downstream's number and how many."""
    leaked_mb: int = 0
    peak_mb: int = 0
    """Max memory used: the peak of all invocations that have ended (REP-07)."""
    background_us: int = 0
    """Work left running, as of ``thawed_us`` while that runs."""
    thawed_us: int = NOBODY
    """Since when that work runs; -1 while it stands still."""
    billed_ms: int = 0

    def background_left(self, t_us: int) -> int:
        """Return the work in microseconds that handlers left and that is not done by ``t_us``."""
        if self.thawed_us == NOBODY:
            return self.background_us
        return max(0, self.background_us - (t_us - self.thawed_us))


@dataclass(slots=True)
class Checkpoints:
    """The lives of one environment after 0, 32, 64 … of its records."""

    lives: list[Life]


def life_at(index: Index, number: int, position: int) -> Life:
    """Return an environment's life after the first ``position`` of its records."""
    found = index.checkpoints.get(number)
    if found is None:
        found = index.checkpoints[number] = Checkpoints([_newborn(index, number)])
    nearest = min(position // EVERY, len(found.lives) - 1)
    life = copy(found.lives[nearest])
    while life.position < position:
        fold_one(index, life)
        if life.position == len(found.lives) * EVERY:
            found.lives.append(copy(life))
    return life


def fold_all(index: Index, number: int, position: int) -> Life:
    """Fold from the first record, without checkpoints: the slow way that tests compare with."""
    life = _newborn(index, number)
    while life.position < position:
        fold_one(index, life)
    return life


def _newborn(index: Index, number: int) -> Life:
    return Life(index.trace.environments[number])


def fold_one(index: Index, life: Life) -> None:
    """Fold an environment's next record into its life."""
    record = index.of_environment[life.facts.number][life.position]
    kind, time_us = index.kind(record), index.times[record]
    step = _STEPS[kind]
    if step is _Step.CONNECT:
        _connect(life, Connections.of(index.values[record]))
    elif step is not None:
        _take(index, life, step, record)
    after = index.state_after(record)
    if after is not life.state:
        if after is State.SHUTDOWN:
            _processes_lost(life)
        if after is State.FROZEN or after is State.SHUTDOWN:
            life.event = NOBODY
        life.state = after
        life.since_us = time_us
    life.position += 1


class _Step(Enum):
    """What a record does to a life, beside changing its state."""

    CREATE = auto()
    BEGIN_INIT = auto()
    END_INIT = auto()
    RESTORE = auto()
    BEGIN_INVOKE = auto()
    BEGIN_HANDLER = auto()
    RESPOND = auto()
    ANSWER = auto()
    FAIL = auto()
    RESET = auto()
    REMOVE = auto()
    CONNECT = auto()


def _take(index: Index, life: Life, step: _Step, record: int) -> None:
    kind, time_us = index.kind(record), index.times[record]
    match step:
        case _Step.BEGIN_INVOKE:
            _begin_invoke(life, kind, time_us, index.subjects[record])
        case _Step.ANSWER:
            _answer(index, life, time_us)
        case _Step.RESPOND:
            _respond(index, life, time_us)
        case _Step.BEGIN_HANDLER:
            life.handler_us = time_us
            life.reinit_owed = False
            _globals_made(life, life.event, time_us)
        case _Step.CREATE:
            life.event = index.subjects[record]
        case _Step.BEGIN_INIT:
            life.init_at = life.position
        case _Step.END_INIT:
            life.init_us = time_us - life.since_us
            _globals_made(life, max(life.event, 0), time_us)
        case _Step.RESTORE:
            _restore(life, kind, time_us)
        case _Step.FAIL:
            _end_invoke(index, life, time_us, ran_out=kind in OUT_OF_MEMORY)
            life.event = NOBODY
            _reset(life, kind)
        case _Step.RESET:
            _reset(life, kind)
        case _Step.REMOVE:
            life.tmp_mb = 0


def _restore(life: Life, kind: Kind, time_us: int) -> None:
    if kind is Kind.RESTORE_HOOKS_STARTED:
        life.resumed_us = time_us
        return
    life.hooks_us = time_us - life.resumed_us
    _globals_made(life, 0, time_us)
    # A connection does not outlive the environment that opened it (RST-13).
    life.connections = 0


def _answer(index: Index, life: Life, time_us: int) -> None:
    if life.response_us == NOBODY:
        _respond(index, life, time_us)
    _end_invoke(index, life, time_us)


def _connect(life: Life, said: Connections) -> None:
    others = tuple(pair for pair in life.held if pair[0] != said.downstream)
    mine = ((said.downstream, said.held),) if said.held else ()
    life.held = others + mine


def _begin_invoke(life: Life, kind: Kind, time_us: int, event: int) -> None:
    life.event = event
    life.start = kind
    life.started_us = time_us
    life.invoke_at = life.position
    life.handler_us = NOBODY if life.reinit_owed else time_us
    life.response_us = NOBODY
    if life.background_us:
        life.thawed_us = time_us


def _end_invoke(index: Index, life: Life, time_us: int, *, ran_out: bool = False) -> None:
    plan = life.facts.plan
    life.served += 1
    if life.handler_us != NOBODY:
        if plan.handler_tmp_mb:
            life.tmp_mb = min(life.tmp_mb + plan.handler_tmp_mb, plan.ephemeral_storage_mb)
        used_mb = plan.memory_mb if ran_out else plan.memory_used_mb + life.leaked_mb
        life.peak_mb = max(life.peak_mb, min(used_mb, plan.memory_mb))
        life.leaked_mb += plan.memory_leak_mb
    initialization_type = life.facts.initialization_type
    shown = 0 if initialization_type is InitializationType.PROVISIONED else life.init_us
    life.billed_ms += billed_for(
        plan,
        initialization_type,
        time_us - life.started_us,
        shown,
        index.plan.rules_date,
        hooks_us=life.hooks_us,
    )
    life.init_us = life.hooks_us = 0
    life.background_us = life.background_left(time_us)
    life.thawed_us = NOBODY


def _respond(index: Index, life: Life, time_us: int) -> None:
    life.response_us = time_us
    work = life.facts.plan.handler_background
    if work == ZERO and not life.background_us:
        return
    name = f"{life.facts.plan.name}/background"
    added = work.at(index.chance.draw(name, index.trace.key(life.event)))
    life.background_us = life.background_left(time_us) + added
    life.thawed_us = time_us if life.background_us else NOBODY


def _reset(life: Life, kind: Kind) -> None:
    life.resets += 1
    life.last_reset = RESET_REASONS[kind]
    life.reinit_owed = True
    life.init_us = life.hooks_us = 0
    _processes_lost(life)


def _globals_made(life: Life, event: int, time_us: int) -> None:
    life.globals_event = event
    life.globals_us = time_us
    life.connections = life.facts.plan.init_connections


def _processes_lost(life: Life) -> None:
    life.globals_event = life.globals_us = None
    life.connections = life.leaked_mb = 0
    life.held = ()
    life.background_us = 0
    life.thawed_us = NOBODY


def _steps() -> tuple[_Step | None, ...]:
    steps: dict[Kind, _Step] = {
        **dict.fromkeys(CREATIONS, _Step.CREATE),
        **dict.fromkeys(RESET_REASONS, _Step.RESET),
        **dict.fromkeys(STARTS, _Step.BEGIN_INVOKE),
        **dict.fromkeys(ENDS, _Step.FAIL),
        Kind.INVOKE_OK: _Step.ANSWER,
        Kind.INVOKE_ERROR: _Step.ANSWER,
        Kind.INIT_STARTED: _Step.BEGIN_INIT,
        Kind.REINIT_STARTED: _Step.BEGIN_INIT,
        Kind.INIT_FINISHED: _Step.END_INIT,
        Kind.RESTORE_HOOKS_STARTED: _Step.RESTORE,
        Kind.RESTORE_FINISHED: _Step.RESTORE,
        Kind.HANDLER_STARTED: _Step.BEGIN_HANDLER,
        Kind.RESPONSE_SENT: _Step.RESPOND,
        Kind.GONE: _Step.REMOVE,
        Kind.CONNECTED: _Step.CONNECT,
        Kind.DISCONNECTED: _Step.CONNECT,
    }
    return tuple(steps.get(kind) for kind in Kind)


_STEPS: Final = _steps()
"""The step of each kind, by the kind's number."""
