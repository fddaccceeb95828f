"""Everything that one run shares: the account, its functions, the agenda, the trace, the counts."""

from __future__ import annotations

from array import array
from typing import Final

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.agenda import Agenda
from lifecycle_tui.engine.capacity import FunctionLife, Pool, ScalingBucket
from lifecycle_tui.engine.chance import Chance
from lifecycle_tui.engine.downstreams import Downstream, code_of, open_downstreams
from lifecycle_tui.engine.environment import ExecutionEnvironment, Revision
from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import Deploy, FunctionPlan, Plan, Reuse, SetConfig, Shift
from lifecycle_tui.engine.states import check_transition
from lifecycle_tui.engine.tally import Bill, Tally
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts, Trace
from lifecycle_tui.engine.worktime import Constant

_DRAWN: Final = ("handler_error_rate", "runtime_overhead", "extensions", "uses")
"""Settings of a function by which something may be drawn for each event."""
_KIND_TO: Final = tuple(KINDS[kind].to for kind in Kind)


def draws_by_event(plan: Plan) -> bool:
    """Whether anything but handler times may be drawn for each event: else no event needs a key."""
    if plan.account.reuse is Reuse.RANDOM:
        return True
    for command in plan.commands:
        if isinstance(command, Deploy | Shift) and command.weight < 1:
            return True
        if isinstance(command, SetConfig) and any(name in _DRAWN for name, _ in command.changes):
            return True
    return any(
        function.handler_error_rate
        or function.uses
        or not isinstance(function.runtime_overhead, Constant)
        or any(not isinstance(each.tail, Constant) for each in function.extensions)
        for function in plan.functions
    )


class World:
    """The state of a run outside any one environment."""

    def __init__(self, plan: Plan, *, keep_trace: bool) -> None:
        self.plan = plan
        self.account = plan.account
        self.chance = Chance(plan.seed)
        self.agenda = Agenda()
        self.trace: Trace | None = Trace(plan) if keep_trace else None
        self.keys: array[int] | None = array("Q") if draws_by_event(plan) else None
        if self.trace is not None:
            self.keys = self.trace.keys
        self.tally = Tally()
        self.shared_pool = Pool(
            plan.account.concurrency, Kind.THROTTLED_ACCOUNT, Kind.THROTTLED_RATE_ACCOUNT
        )
        self.environments: dict[int, ExecutionEnvironment] = {}
        """Environments that exist, by number."""
        self.downstreams = open_downstreams(plan)
        self.by_number: list[Downstream] = list(self.downstreams.values())
        self.created = 0
        self.in_flight = 0
        self.reinit_counts = rules.reinit_counts_against_timeout(plan.rules_date)
        by_function = rules.burst_bucket(plan.rules_date).per_function
        self._account_bucket = None if by_function else self._bucket()
        self.functions = [
            self._function(number, function) for number, function in enumerate(plan.functions)
        ]
        self.share_capacity()

    def _function(self, number: int, plan: FunctionPlan) -> FunctionLife:
        bucket = self._account_bucket or self._bucket()
        return FunctionLife(number, self.revision(plan, 1), self.shared_pool, bucket)

    def _bucket(self) -> ScalingBucket:
        allowance = rules.burst_bucket(self.plan.rules_date)
        return ScalingBucket(allowance.capacity, allowance.refill_us)

    def revision(self, plan: FunctionPlan, code_version: int) -> Revision:
        """Return a new revision of a function under this run's billing rules."""
        billed = rules.init_billed(self.plan.rules_date, plan.package, plan.runtime)
        code = code_of(plan, self.downstreams)
        return Revision(plan, self.account, code_version, init_billed=billed, code=code)

    def enter(self, environment: ExecutionEnvironment, max_lifetime_us: int, restored: int) -> None:
        """Add a new environment to those that exist, and what is fixed of it to the trace."""
        self.created += 1
        self.environments[environment.number] = environment
        if self.trace is not None:
            self.trace.environments.append(
                EnvironmentFacts(
                    number=environment.number,
                    function=environment.function.number,
                    plan=environment.revision.plan,
                    code_version=environment.revision.code_version,
                    initialization_type=environment.initialization_type,
                    created_us=environment.created_us,
                    idle_lifetime_us=environment.idle_lifetime_us,
                    max_lifetime_us=max_lifetime_us,
                    snapshot=restored,
                    published=environment.function.published,
                )
            )

    def key(self, event: int) -> int:
        """Return by which chance knows an event: its command, and its number among those of it.

        So an event that is added leaves the draws of all others alone, even if it comes before.
        """
        return event if self.keys is None else self.keys[event - 1]

    def share_capacity(self) -> None:
        """Divide the account's concurrency among its functions (RSV-01, RSV-04, PRV-04)."""
        shared = self.account.concurrency
        for function in self.functions:
            reserved = function.revision.plan.reserved_concurrency
            asked = sum(version.provisioned_asked for version in function.versions)
            if reserved is None:
                shared -= asked
                if function.reserved:
                    function.pool, function.reserved = self._moved(function, self.shared_pool)
                continue
            shared -= reserved
            if not function.reserved:
                pool = Pool(0, Kind.THROTTLED_RESERVED, Kind.THROTTLED_RATE_RESERVED)
                function.pool, function.reserved = self._moved(function, pool)
            function.pool.limit = max(0, reserved - asked)
        self.shared_pool.limit = max(0, shared)

    def available(self, function: FunctionLife) -> int:
        """Return a function's provisioned environments that may serve, of all its versions."""
        return sum(v.provisioned_usable for v in self.functions[function.number].versions)

    def _moved(self, function: FunctionLife, pool: Pool) -> tuple[Pool, bool]:
        """Take a function's running on-demand invocations along to another pool."""
        before, mine = function.pool, 0
        reserved = pool is not self.shared_pool
        for version in function.versions:
            version.pool, version.reserved = pool, reserved
        for environment in self.environments.values():
            if environment.function.number == function.number:
                environment.function.pool = pool
                mine += not environment.provisioned and environment.event != NOBODY
        before.in_use -= mine
        pool.in_use += mine
        pool.last_taken = function.last_taken
        return pool, reserved

    def note(
        self,
        now_us: int,
        kind: Kind,
        *,
        subject: int = NOBODY,
        cause: int = NOBODY,
        second: int = NOBODY,
        value: int = 0,
    ) -> int:
        """Record something that concerns no environment; return the record's number."""
        if self.trace is None:
            return NOBODY
        return self.trace.add(now_us, int(kind), NOBODY, subject, cause, second, value)

    def mark(
        self, environment: ExecutionEnvironment, now_us: int, kind: Kind, value: int = 0
    ) -> None:
        """Record a moment within a state."""
        if self.trace is not None:
            environment.last_record = self.trace.add(
                now_us,
                int(kind) | int(environment.state) << 8,
                environment.number,
                environment.event,
                environment.last_record,
                NOBODY,
                value,
            )

    def move(
        self,
        environment: ExecutionEnvironment,
        now_us: int,
        kind: Kind,
        *,
        cause: int = NOBODY,
        second: int = NOBODY,
        value: int = 0,
    ) -> None:
        """Move an environment to the state that a kind leads to, and record it.

        ``cause`` is the environment's last record unless given.
        """
        before = environment.state
        after = _KIND_TO[kind]
        if after is None:
            raise ValueError(f"{kind.name} leads to no state")
        check_transition(before, after)
        environment.state = after
        if self.trace is not None:
            environment.last_record = self.trace.add(
                now_us,
                int(kind) | int(before) << 8,
                environment.number,
                environment.event,
                environment.last_record if cause == NOBODY else cause,
                second,
                value,
            )

    def close(self, ended_us: int) -> None:
        """Add up what is left at the end of the run."""
        tally = self.tally
        tally.environments_created = self.created
        tally.environments_gone = self.created - len(self.environments)
        for environment in self.environments.values():
            tally.environment_us += ended_us - environment.created_us
        for function in self.functions:
            for revision in function.revisions:
                self._add(revision)
        if self.trace is not None:
            self.trace.close(ended_us)

    def _add(self, revision: Revision) -> None:
        tally = self.tally
        tally.cold += revision.cold
        tally.warm += revision.warm
        tally.pre += revision.pre
        tally.restored += revision.restored
        tally.reinit += revision.reinit
        tally.errors += revision.errors
        tally.timeouts += revision.timeouts
        tally.spillovers += revision.spillovers
        tally.busy_us += revision.busy_us
        tally.provisioned_invocations += revision.provisioned_requests
        tally.bills.append(
            Bill(
                revision.plan,
                requests=revision.billed_requests,
                billed_ms=revision.billed_ms,
                init_billed_ms=revision.init_billed_ms,
                provisioned_requests=revision.provisioned_requests,
                provisioned_billed_ms=revision.provisioned_billed_ms,
                provisioned_init_ms=revision.provisioned_init_ms,
                restores=revision.restores,
                snapshot_us=revision.snapshot_us,
            )
        )
