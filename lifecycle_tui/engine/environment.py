"""One execution environment: what it is doing and what it carries from event to event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    AccountPlan,
    FunctionPlan,
    InitializationType,
    Outcome,
)
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant

if TYPE_CHECKING:
    from lifecycle_tui.engine.capacity import Allocation, FunctionLife
    from lifecycle_tui.engine.downstreams import Code, Holdings

Step = tuple[int, Kind, int]
"""A moment of a phase: (time_us, what happens, value of the record)."""


class Watcher(Protocol):
    """Who sent an event and wants to hear what became of it: a queue, a caller that gives up."""

    def throttled(self, now_us: int, record: int) -> None:
        """Hear that the attempt was refused, by which record."""

    def responded(self, now_us: int) -> None:
        """Hear that the response left."""

    def ended(self, now_us: int, kind: Kind, record: int) -> None:
        """Hear how the attempt ended, and by which record."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event on its way into an environment."""

    event: int
    arrived_us: int
    demand_us: int
    """Time the handler needs."""
    outcome: Outcome
    record: int
    """Number of its ARRIVAL record, or of the attempt's."""
    watcher: Watcher | None = None


class Revision:
    """One configuration and code version of a function, and what its invocations add up to."""

    __slots__ = (
        "account",
        "billed_ms",
        "billed_requests",
        "busy_us",
        "code",
        "code_version",
        "cold",
        "errors",
        "init_billed",
        "init_billed_ms",
        "plan",
        "pre",
        "provisioned_billed_ms",
        "provisioned_init_ms",
        "provisioned_requests",
        "reinit",
        "restored",
        "simple",
        "spillovers",
        "timeout_us",
        "timeouts",
        "warm",
    )

    def __init__(
        self,
        plan: FunctionPlan,
        account: AccountPlan,
        code_version: int,
        *,
        init_billed: bool,
        code: Code | None = None,
    ) -> None:
        self.plan = plan
        self.account = account
        self.code_version = code_version
        self.init_billed = init_billed
        self.timeout_us = plan.timeout_us
        self.code = code
        """What the code does beside taking time; None: nothing."""
        self.simple = (
            code is None
            and plan.runtime_overhead == Constant(0)
            and not any(e.on_invoke and e.tail != Constant(0) for e in plan.extensions)
        )
        """Nothing follows the response, so an invocation is one entry of the agenda."""
        self.billed_requests = self.billed_ms = self.init_billed_ms = 0
        self.provisioned_requests = self.provisioned_billed_ms = self.provisioned_init_ms = 0
        self.cold = self.warm = self.pre = self.restored = self.reinit = 0
        self.errors = self.timeouts = self.spillovers = 0
        self.busy_us = 0

    def count_start(self, kind: Kind) -> None:
        """Count an invocation by how it begins."""
        if kind is Kind.INVOKE_WARM:
            self.warm += 1
        elif kind is Kind.INVOKE_COLD:
            self.cold += 1
        elif kind is Kind.INVOKE_PRE:
            self.pre += 1
        elif kind is Kind.INVOKE_REINIT:
            self.reinit += 1
        else:
            self.restored += 1

    def bill(self, duration_us: int, init_us: int, *, provisioned: bool) -> None:
        """Add the Billed Duration of one invocation, rounded up once (BIL-01 to BIL-03).

        Args:
            duration_us: Duration, a re-init included.
            init_us: Init Duration that its REPORT shows; 0 for none.
            provisioned: it ran on provisioned concurrency, whose Init is charged apart (BIL-08).
        """
        self.busy_us += duration_us
        billed_ms = -(-duration_us // 1000)
        if provisioned:
            self.provisioned_requests += 1
            self.provisioned_billed_ms += billed_ms
            return
        self.billed_requests += 1
        if init_us and self.init_billed:
            whole_ms = -(-(duration_us + init_us) // 1000)
            self.init_billed_ms += whole_ms - billed_ms
            billed_ms = whole_ms
        self.billed_ms += billed_ms

    def bill_provisioned_init(self, length_us: int) -> None:
        """Add the Init of a provisioned environment: charged even if no event comes (BIL-08)."""
        self.provisioned_init_ms += -(-length_us // 1000)


class ExecutionEnvironment:
    """A sandbox of one revision of one function.

    ``script`` holds the rest of the present phase's steps, next one last; ``ticket`` is the agenda
    entry that is alive for it.
    """

    __slots__ = (
        "allocation",
        "armed",
        "arrived_us",
        "created_us",
        "deadline_us",
        "demand_us",
        "dies_us",
        "event",
        "function",
        "held",
        "idle_lifetime_us",
        "init_us",
        "initialised",
        "initialization_type",
        "last_record",
        "number",
        "ordinal",
        "outcome",
        "provisioned",
        "reinit_owed",
        "resets",
        "responded_us",
        "retiring",
        "revision",
        "script",
        "started_us",
        "state",
        "ticket",
        "usable",
        "waiting",
        "watcher",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        ordinal: int,
        function: FunctionLife,
        initialization_type: InitializationType,
        created_us: int,
    ) -> None:
        self.number = number
        self.ordinal = ordinal
        """Its place among the function's environments of the same initialization type."""
        self.function = function
        self.revision: Revision = function.revision
        self.initialization_type = initialization_type
        self.provisioned = initialization_type is InitializationType.PROVISIONED
        self.created_us = created_us
        self.state = State.NONE
        self.idle_lifetime_us = 0
        self.dies_us = 0
        self.deadline_us = 0
        self.armed = False
        self.ticket = 0
        self.script: list[Step] = []
        self.waiting: Waiting | None = None
        self.event = -1
        self.arrived_us = 0
        self.started_us = 0
        self.responded_us = -1
        self.demand_us = 0
        self.outcome = Outcome.OK
        self.init_us = 0
        """Length of the Init that the next REPORT will show; 0 once shown."""
        self.reinit_owed = False
        self.resets = 0
        self.usable = False
        """Whether it counts as available provisioned concurrency."""
        self.initialised = False
        """Whether its Init is over while the rest of its allocation is not ready."""
        self.retiring: tuple[Kind, int] | None = None
        """Why it must not serve another event, and the number of the record that says so."""
        self.allocation: Allocation | None = None
        """The allocation it belongs to while that is not complete."""
        self.watcher: Watcher | None = None
        """Who wants to hear of the present invocation."""
        self.held: Holdings | None = None
        """What its code holds from event to event; None where that never matters."""
        self.last_record = -1
