"""The values that readings produce: what any face of the program may show.

All are named tuples: immutable, and a quarter of a frozen dataclass's cost to define, which counts
at start-up. Times are integer microseconds of virtual time unless a name says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State


class Start(StrEnum):
    """How an invocation began, in the words of the screen and of the JSON (lower case there)."""

    COLD = "cold"
    WARM = "warm"
    PRE = "pre"
    RESTORED = "restored"
    REINIT = "reinit"


class Phase(StrEnum):
    """What an environment is doing, one letter each: the letters of the lanes."""

    PLACEMENT = "P"
    EXTENSION_INIT = "E"
    RUNTIME_INIT = "R"
    FUNCTION_INIT = "F"
    INIT_WAIT = "N"
    """Init goes on after the runtime's Next: an extension is not ready yet."""
    REINIT_EXTENSION = "e"
    REINIT_RUNTIME = "r"
    REINIT_FUNCTION = "f"
    REINIT_WAIT = "n"
    RESTORE_SNAPSHOT = "T"
    """The snapshot is taken from its cache and resumed."""
    RESTORE_HOOKS = "A"
    """The runtime is loaded and after-restore hooks run."""
    HANDLER = "H"
    OVERHEAD = "O"
    """Runtime overhead: the response has been sent, the runtime has not asked for Next."""
    EXTENSION_TAIL = "X"
    READY = "="
    FROZEN = "-"
    RESET = "!"
    SHUTDOWN = "S"


class Segment(NamedTuple):
    """A stretch of one environment's life in one phase; ``end_us`` is exclusive.

    ``event`` is the number of the event being served or waited for (-1 for none); ``record`` the
    number of the record that began it. ``cut`` is true when it was ended by a time-out or a crash,
    ``failed`` when it is a handler that reported an error.
    A zero-length segment is kept only where it is cut or failed, or is a Shutdown or the Reset of
    an idle environment, which nothing else tells.
    """

    start_us: int
    end_us: int
    phase: Phase
    event: int
    record: int
    cut: bool = False
    failed: bool = False


class SubPhase(NamedTuple):
    """One bar of the inspector: a (sub-)phase of the latest Init, re-init or Invoke."""

    phase: Phase
    label: str
    start_us: int
    elapsed_us: int
    total_us: int | None
    """Its whole length as the trace has it (it may end after the cursor); None: never ends."""
    done: bool


class Clone(NamedTuple):
    """An environment restored from a snapshot, and the records between which it is as restored."""

    environment: int
    restored: int
    ended: int
    """The record that reset it or shut it down; the number of records if none did."""


class Token(NamedTuple):
    """Something made in Init that should be unique, such as a seed or an id (RST-13)."""

    value: str
    renewed: bool
    """Whether an after-restore hook made it anew."""
    others: tuple[str, ...]
    """Ids of the living environments that have the same one."""


class EnvironmentState(NamedTuple):
    """One environment at one moment: what the inspector shows."""

    number: int
    id: str
    function: int
    initialization_type: InitializationType
    state: State
    since_us: int
    created_us: int
    event: int
    """The event being served or waited for; -1 for none."""
    phase: Phase | None
    """None before creation and after GONE."""
    start: Start | None
    """How the latest (or present) invocation began."""
    served: int
    """Invocations that have ended by now."""
    resets: int
    last_reset: str | None
    """``timeout``, ``exit``, ``oom``, ``crash``, ``init``."""
    reinit_owed: bool
    globals_since_event: int | None
    """The event for which (or 0: ahead of which) Init last completed; None: no globals alive."""
    globals_since_us: int | None
    tmp_mb: int
    connections: int
    background_left_us: int
    """Work left running by handlers that has not been done yet; it stands still while frozen."""
    init_bars: tuple[SubPhase, ...]
    """Sub-phases of the latest Init or re-init, or of the restore that was instead of it."""
    init_budget_us: int
    init_elapsed_us: int
    """Of the budget: for a restore, the time of runtime load and hooks."""
    invoke_bars: tuple[SubPhase, ...]
    """Sub-phases of the present or latest Invoke; empty before the first."""
    invoke_budget_us: int
    invoke_elapsed_us: int
    response_sent: bool
    waiting_for: tuple[str, ...]
    """Who has not called Next (or is not registered) yet: ``runtime``, extension names."""
    billed_ms: int
    """Billed for invocations that have ended by now."""
    idle_deadline_us: int | None
    """When it will be shut down if no event comes; None while busy."""
    code_version: int
    next_words: str
    """What can happen next, in one sentence."""
    held: tuple[tuple[str, int], ...] = ()
    """Open connections to downstreams: pairs of name and number, part of ``connections``."""
    memory_used_mb: int = 0
    """The peak of all invocations that have ended by now; 0 before the first has."""
    token: Token | None = None
    """Only where SnapStart is on and globals are alive."""
    caller_left_us: int | None = None
    """When the caller of the event being served got a 504; None while it waits."""


class Invocation(NamedTuple):
    """One attempt to run the code for an event, throttled ones too. Field order is the JSON's."""

    event: int
    attempt: int
    request_id: str
    function: int
    source: str
    type: str
    environment: int
    """-1 when throttled."""
    start: Start | None
    initialization_type: InitializationType | None
    spillover: bool
    status: str
    """``ok``, ``error``, ``timeout``, ``throttled``; ``running`` if the run ended before it did."""
    error_type: str | None
    sent_us: int
    """When the event was sent; a queue may have held it back since."""
    batch: tuple[int, ...]
    """The events that it carries, the one it is named after first."""
    arrived_us: int
    """When the attempt reached the function."""
    started_us: int | None
    responded_us: int | None
    ended_us: int | None
    init_us: int | None
    """What Init Duration would say: only for a cold start whose Init went well."""
    reinit_us: int | None
    restore_us: int | None
    """What Restore Duration would say."""
    billed_restore_us: int | None
    """The part of it that is billed, not rounded yet: runtime load and hooks."""
    duration_us: int | None
    billed_ms: int | None
    memory_used_mb: int | None
    throttle_reason: str | None
    arrival_record: int
    start_record: int
    end_record: int
    """Record numbers; -1 where there is none."""


class DownstreamState(NamedTuple):
    """One downstream at a moment."""

    name: str
    in_use: int
    """Open connections, those that a proxy holds included."""
    limit: int | None
    """None: it accepts any number."""
    holders: tuple[tuple[int, int], ...] = ()
    """Environments that hold some, with how many; a proxy's own are not among them."""


class Counters(NamedTuple):
    """Totals at a moment."""

    events: int = 0
    cold: int = 0
    warm: int = 0
    pre: int = 0
    restored: int = 0
    reinit: int = 0
    throttled: int = 0
    errors: int = 0
    timeouts: int = 0
    billed_ms: int = 0
    init_billed_ms: int = 0
    gb_seconds: float = 0.0
    in_flight: int = 0
    dropped: int = 0
    """Events that Lambda or their source gave up."""
    environments: int = 0
    """Environments that exist (neither NONE nor GONE)."""
    downstreams: tuple[DownstreamState, ...] = ()


class Cause(NamedTuple):
    """One line of a chain of causes."""

    record: int
    time_us: int
    words: str
    rules: tuple[str, ...]
    assumed: bool
    """True where a number or rule that AWS does not publish is at work: show †."""


class Explanation(NamedTuple):
    """Why something happened: a question, the chain of causes to an input, and the rules used."""

    question: str
    answer: str
    """The first line, in one sentence."""
    causes: tuple[Cause, ...]
    """From the nearest cause back to the input; the last one is an input."""
    rules: tuple[str, ...]
    """Rule ids in order of importance; words and provenance are in the rule catalogue."""


class LogLine(NamedTuple):
    """One line of CloudWatch Logs (or a 429 of the caller's), without its newline."""

    time_us: int
    environment: int
    event: int
    text: str
