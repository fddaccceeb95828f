"""What to run: the engine's whole input, as frozen values.

The scenario reader builds a plan; so do tests and, later, lessons. The engine imports nothing of
theirs. Times are integer microseconds (``_us``), sizes megabytes (``_mb``, 1 GB = 1,024 MB).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from lifecycle_tui.engine.downstream_plan import DownstreamPlan, UsePlan
from lifecycle_tui.engine.scaling_plan import Autoscaling
from lifecycle_tui.engine.source_plan import DEFAULT_ASYNC, AnySource, AsyncPlan
from lifecycle_tui.engine.worktime import ZERO, Constant, Uniform, WorkTime, on_memory

MS: Final = 1_000
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


class Outcome(StrEnum):
    """How a piece of code ends. A time-out or a hang is not an outcome but a long duration."""

    OK = "ok"
    ERROR = "error"
    """The runtime reports the error itself; the environment stays warm (FAIL-02)."""
    EXIT = "exit"
    """The runtime process ends (FAIL-01)."""
    OOM = "oom"
    """The runtime process is killed for want of memory (FAIL-01)."""


class Reuse(StrEnum):
    """Which idle environment serves the next event; AWS does not say (UNK-03)."""

    MOST_RECENT = "most-recent"
    LEAST_RECENT = "least-recent"
    RANDOM = "random"


class InitializationType(StrEnum):
    """Why an environment was initialised (INIT-15)."""

    ON_DEMAND = "on-demand"
    PROVISIONED = "provisioned-concurrency"
    SNAP_START = "snap-start"


@dataclass(frozen=True, slots=True)
class ExtensionPlan:
    """One extension: when it registers, is ready, lets go of an invocation and shuts down.

    ``register`` and ``ready`` count from the extension's launch; ``tail`` from the runtime's Next
    to this extension's Next, in every invocation; ``shutdown`` from its SHUTDOWN event (for an
    internal extension: from SIGTERM to the runtime it lives in).
    """

    name: str
    external: bool = True
    register: WorkTime = ZERO
    ready: WorkTime = ZERO
    tail: WorkTime = ZERO
    shutdown: WorkTime = ZERO
    on_invoke: bool = True
    on_shutdown: bool = True


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """A function's code and configuration."""

    name: str
    runtime: str = "python3.13"
    package: str = "zip"
    architecture: str = "x86_64"
    memory_mb: int = 128
    timeout_us: int = 3 * SECOND
    ephemeral_storage_mb: int = 512
    reserved_concurrency: int | None = None
    provisioned_concurrency: int = 0
    init_runtime: WorkTime = ZERO
    init_function: WorkTime = ZERO
    init_cpu: WorkTime = ZERO
    """Computing time of the function's init with one vCPU, beside ``init_function``."""
    init_outcome: Outcome = Outcome.OK
    init_measured: bool = False
    """Runtime and function init are two shares of one measured total (one draw serves both)."""
    init_connections: int = 0
    """Connections that the code outside the handler opens and keeps."""
    handler: WorkTime = Constant(100 * MS)
    handler_outcome: Outcome = Outcome.OK
    handler_error_rate: float = 0.0
    """Share of attempts in which the handler reports an error by chance, from 0 to 1."""
    handler_tmp_mb: int = 0
    """What each invocation leaves behind in /tmp."""
    handler_background: WorkTime = ZERO
    """Work that the handler leaves running when it responds."""
    runtime_overhead: WorkTime = ZERO
    """From the response to the runtime's Next."""
    memory_used_mb: int = 40
    """Peak memory of an invocation; where it is above ``memory_mb``, the memory runs out."""
    memory_leak_mb: int = 0
    """Memory that each invocation leaves taken, until the runtime's process ends."""
    package_mb: int = 0
    """Size of the unpacked code; 0: fetching it is part of the account's ``placement``."""
    uses: tuple[UsePlan, ...] = ()
    """The downstreams that the code talks to."""
    extensions: tuple[ExtensionPlan, ...] = ()
    asynchronous: AsyncPlan = DEFAULT_ASYNC
    """What becomes of asynchronous events that fail."""
    snap_start: bool = False
    """New environments are restored from a snapshot of the published version."""
    restore_snapshot: WorkTime = Constant(200 * MS)
    """Fetching and resuming the snapshot; assumed †."""
    restore_hooks: WorkTime = ZERO
    """Loading the runtime and the after-restore hooks: the part of a restore that is billed."""
    restore_renews_token: bool = False
    """An after-restore hook makes anew what has to be unique (RST-13)."""
    autoscaling: Autoscaling | None = None
    """What moves provisioned concurrency by itself."""

    @property
    def handler_time(self) -> WorkTime:
        """The handler's time with this memory."""
        return on_memory(self.handler, self.memory_mb)


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """One account in one Region, and the numbers that AWS does not publish (assumed †)."""

    concurrency: int = 1_000
    placement: WorkTime = Constant(100 * MS)
    idle_lifetime: WorkTime = Uniform(5 * MINUTE, 15 * MINUTE)
    max_lifetime: WorkTime = Uniform(2 * HOUR, 6 * HOUR)
    provisioning_delay: WorkTime = Uniform(1 * MINUTE, 2 * MINUTE)
    """From a request for provisioned concurrency to the first new environment (PRV-02)."""
    reuse: Reuse = Reuse.MOST_RECENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something done to Lambda from outside at a moment of virtual time: an input."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """One event of a command otherwise than the command says; all others stay as they are.

    It keeps its number, and with it all its draws, however late it comes.
    """

    place: int
    """Its place among the command's events, from 0."""
    later_us: int = 0
    shorter_us: int = 0
    """Of its handler's time, which is never below 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire(Command):
    """Send events: event k of ``count`` arrives at ``at_us + k * over_us / count``."""

    function: int = 0
    count: int = 1
    over_us: int = 0
    source: str = "sdk"
    duration: WorkTime | None = None
    outcome: Outcome | None = None
    amended: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Command):
    """Send events at a rate for a while: ``steady`` or ``poisson`` arrivals.

    ``gap_us`` is the (mean) time between two events; steady event k comes at ``at_us + k * gap``
    while that is before ``at_us + for_us``; a Poisson pattern's first event comes one gap in.
    Other patterns are subclasses (``engine.patterns``), which tell their mean gap here.
    """

    gap_us: float
    for_us: int
    process: str = "poisson"
    function: int = 0
    source: str = "sdk"
    duration: WorkTime | None = None
    outcome: Outcome | None = None
    amended: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetConfig(Command):
    """Change a function's configuration: ``changes`` are field names and values of FunctionPlan.

    Anything but the two concurrency settings retires the idle environments (LIFE-08).
    """

    function: int = 0
    changes: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Command):
    """Ask for this much provisioned concurrency (PRV-02)."""

    count: int
    function: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deploy(Command):
    """New code: new environments for new events (LIFE-08).

    With a ``weight`` below 1 the function's alias sends that share of the events to the new
    version, and the rest to the one before (PRV-09).
    """

    function: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Command):
    """Move the alias: the newer of two versions gets this share; 1 ends the older, 0 the newer."""

    weight: float
    function: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prewarm(Command):
    """Initialise on-demand environments that no event waits for (INIT-11)."""

    function: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclaim(Command):
    """Lambda takes an idle environment back."""

    environment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash(Command):
    """The runtime process of an environment dies."""

    environment: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run: who is there, and what is done to them when.

    Commands are executed by time, and in their order within one instant.
    """

    functions: tuple[FunctionPlan, ...]
    account: AccountPlan = field(default_factory=AccountPlan)
    commands: tuple[Command, ...] = ()
    sources: tuple[AnySource, ...] = ()
    """Declared sources; a command may also name a kind of source, with its defaults."""
    downstreams: tuple[DownstreamPlan, ...] = ()
    title: str = ""
    seed: int = 0
    rules_date: str = "2026-11-01"
    until_us: int | None = None
    """Stop here; None stops when nothing but idle environments is left."""
