"""CloudWatch's metrics, minute by minute, for each function and for the account (MET-01 to MET-14).

A minute in which nothing happened has no row, as CloudWatch has no data point then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, SCALED, STARTS, Kind
from lifecycle_tui.engine.plan import MINUTE, InitializationType, Provision, SetConfig
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.queue_metrics import NO_QUEUE, Row, queue_rows

ACCOUNT: Final = "account"

_STARTS: Final = frozenset(STARTS)
_ENDS: Final = frozenset(ENDS)
_SCALED: Final = frozenset(SCALED)
_REPLACED: Final = Kind.CREATED_REPLACEMENT
_ALLOCATING: Final = frozenset(
    {
        Kind.PROVISION_READY,
        Kind.INIT_FINISHED,
        *(kind for kind in Kind if kind.name.startswith("SHUTDOWN_")),
    }
)
"""Kinds by which the number of provisioned environments that may serve changes."""


_WHOLE: Final = 1_000_000_000


@dataclass(slots=True)
class Level:
    """A number that goes up and down, and its highest value in each minute."""

    now: int = 0
    minute: int = 0
    highest: dict[int, int] = field(default_factory=dict)

    def change(self, time_us: int, by: int) -> None:
        """Add to the number at a time; times must not go back."""
        self.reach(time_us)
        self.now += by
        self._note(self.minute)

    def reach(self, time_us: int) -> None:
        """Carry the number on to a time without changing it."""
        minute = time_us // MINUTE
        if minute == self.minute:
            return
        if self.now:
            for between in range(self.minute + 1, minute):
                self._note(between)
            if time_us > minute * MINUTE:
                self._note(minute)
        self.minute = minute

    def _note(self, minute: int) -> None:
        self.highest[minute] = max(self.highest.get(minute, 0), self.now)


@dataclass(slots=True)
class _Function:
    """One function's levels, its settings as they change, and its sums by minute."""

    name: str
    reserved: int | None
    provisioned: int
    busy: Level = field(default_factory=Level)
    busy_provisioned: Level = field(default_factory=Level)
    sums: dict[int, dict[str, int]] = field(default_factory=dict)
    share: Level = field(default_factory=Level)
    """Active provisioned environments of those allocated, in billionths."""
    pending: set[int] = field(default_factory=set)
    """Provisioned environments that are initialised while their allocation is not complete."""
    available: set[int] = field(default_factory=set)
    """Provisioned environments that may serve."""

    def add(self, minute: int, name: str) -> None:
        counts = self.sums.setdefault(minute, {})
        counts[name] = counts.get(name, 0) + 1

    def follow(self, time_us: int) -> None:
        """Bring the share up to date: of those that may serve and are still wanted (MET-11)."""
        allocated = min(self.provisioned, len(self.available))
        share = min(_WHOLE, self.busy_provisioned.now * _WHOLE // allocated) if allocated else 0
        self.share.change(time_us, share - self.share.now)

    @property
    def allocated(self) -> int:
        """What it holds of the account whether it runs or not (MET-08)."""
        return self.provisioned if self.reserved is None else self.reserved


def metrics(index: Index) -> dict[str, list[Row]]:
    """Return the rows of each function by its name, and of the account.

    Sums at the time when Invoke began: ``Invocations``, ``Errors``, and the two counts of
    provisioned concurrency. ``Throttles`` are a sum at arrival. Sums when it happens:
    ``AsyncEventsReceived``, ``AsyncEventsDropped``, ``DeadLetterErrors`` and
    ``DestinationDeliveryFailures`` (always 0: deliveries do not fail here). Of the invocations
    that began in the minute, in milliseconds: ``Duration`` (average), ``DurationMaximum``,
    ``PostRuntimeExtensionsDuration`` (average) and its ``…Maximum``. Highest values of the
    minute, in milliseconds: ``AsyncEventAge`` (from when an event was queued to an attempt at it)
    and ``IteratorAge`` (from when a batch's last record was written to when it was sent). All
    others are the highest value of the minute.

    What has no value in a minute, such as the Duration of a function that did not run, is 0.

    ``UnreservedConcurrentExecutions`` leaves out what runs on provisioned concurrency, which
    ``ClaimedAccountConcurrency`` counts as allocated: nothing is counted twice. Its share of the
    account's limit is ``ClaimedAccountConcurrencyUtilization`` (MET-14).
    """
    if index.minutes is None:
        sweep = _Sweep(index)
        later = queue_rows(index)
        found = {
            function.name: _rows(function, extra)
            for function, extra in zip(sweep.functions, later, strict=True)
        }
        found[ACCOUNT] = sweep.account_rows()
        index.minutes = found
    return index.minutes


class _Sweep:
    """Goes through the trace once, keeping every level up to date."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.functions = [
            _Function(
                plan.name,
                plan.reserved_concurrency,
                plan.provisioned_concurrency,
            )
            for plan in index.plan.functions
        ]
        self.total = Level()
        self.unreserved = Level()
        self.claimed = Level()
        self.counted: dict[int, tuple[_Function, bool, bool]] = {}
        """Events in flight: function, whether on provisioned concurrency, whether unreserved."""
        self.claimed.now = sum(function.allocated for function in self.functions)
        self._levels()
        self._sums()

    def _levels(self) -> None:
        index = self.index
        for record, (time_us, packed) in enumerate(zip(index.times, index.codes, strict=True)):
            kind = Kind(packed & 0xFF)
            event = index.subjects[record]
            if kind is Kind.COMMAND:
                self._configure(event, time_us)
            elif kind is Kind.CREATED_FOR_EVENT or kind in _STARTS:
                if event not in self.counted:
                    self._begin(event, index.environments[record], time_us)
            elif kind in _ENDS:
                self._end(event, time_us)
            elif kind in _SCALED:
                self._provide(self.functions[event], index.values[record], time_us)
            elif kind in _ALLOCATING:
                self._allocate(kind, record)
        for level in (self.total, self.unreserved, self.claimed):
            level.reach(index.ended_us)
        for function in self.functions:
            function.busy.reach(index.ended_us)
            function.busy_provisioned.reach(index.ended_us)
            function.share.reach(index.ended_us)

    def _begin(self, event: int, environment: int, time_us: int) -> None:
        facts = self.index.trace.environments[environment]
        function = self.functions[facts.function]
        provisioned = facts.initialization_type is InitializationType.PROVISIONED
        unreserved = function.reserved is None and not provisioned
        self.counted[event] = (function, provisioned, unreserved)
        self._move(function, time_us, 1, provisioned=provisioned, unreserved=unreserved)

    def _end(self, event: int, time_us: int) -> None:
        function, provisioned, unreserved = self.counted.pop(event)
        self._move(function, time_us, -1, provisioned=provisioned, unreserved=unreserved)

    def _move(
        self, function: _Function, time_us: int, by: int, *, provisioned: bool, unreserved: bool
    ) -> None:
        self.total.change(time_us, by)
        function.busy.change(time_us, by)
        if provisioned:
            function.busy_provisioned.change(time_us, by)
            function.follow(time_us)
        if unreserved:
            self.unreserved.change(time_us, by)
            self.claimed.change(time_us, by)

    def _configure(self, command_number: int, time_us: int) -> None:
        command = self.index.plan.commands[command_number]
        if isinstance(command, Provision):
            changes: dict[str, object] = {"provisioned_concurrency": command.count}
        elif isinstance(command, SetConfig):
            changes = dict(command.changes)
        else:
            return
        function = self.functions[command.function]
        before = function.allocated
        count = changes.get("provisioned_concurrency")
        if isinstance(count, int):
            function.provisioned = count
        if "reserved_concurrency" in changes:
            reserved = changes["reserved_concurrency"]
            function.reserved = reserved if isinstance(reserved, int) else None
        self.claimed.change(time_us, function.allocated - before)

    def _provide(self, function: _Function, count: int, time_us: int) -> None:
        before = function.allocated
        function.provisioned = count
        self.claimed.change(time_us, function.allocated - before)

    def _allocate(self, kind: Kind, record: int) -> None:
        """Follow a provisioned environment until it may serve, and until it leaves."""
        time_us = self.index.times[record]
        if kind is Kind.PROVISION_READY:
            whole = self.functions[self.index.subjects[record]]
            whole.available |= whole.pending
            whole.pending.clear()
            whole.follow(time_us)
            return
        facts = self.index.trace.environments[self.index.environments[record]]
        if facts.initialization_type is not InitializationType.PROVISIONED:
            return
        function = self.functions[facts.function]
        if kind is not Kind.INIT_FINISHED:
            function.pending.discard(facts.number)
            function.available.discard(facts.number)
        elif self.index.kind(self.index.of_environment[facts.number][0]) is _REPLACED:
            function.available.add(facts.number)
        else:
            function.pending.add(facts.number)
        function.follow(time_us)

    def _sums(self) -> None:
        for invocation in invocations(self.index):
            function = self.functions[invocation.function]
            if invocation.status == "throttled":
                function.add(invocation.arrived_us // MINUTE, "Throttles")
            if invocation.started_us is None:
                continue
            minute = invocation.started_us // MINUTE
            function.add(minute, "Invocations")
            if invocation.status in ("error", "timeout"):
                function.add(minute, "Errors")
            if invocation.initialization_type is InitializationType.PROVISIONED:
                function.add(minute, "ProvisionedConcurrencyInvocations")
            elif invocation.spillover:
                function.add(minute, "ProvisionedConcurrencySpilloverInvocations")

    def account_rows(self) -> list[Row]:
        """Return the account's rows, for the minutes in which anything ran."""
        limit = self.index.plan.account.concurrency
        return [
            {
                "minute": minute,
                "ConcurrentExecutions": highest,
                "UnreservedConcurrentExecutions": self.unreserved.highest.get(minute, 0),
                "ClaimedAccountConcurrency": claimed,
                "ClaimedAccountConcurrencyUtilization": round(claimed / limit, 9),
            }
            for minute, highest in sorted(self.total.highest.items())
            for claimed in [self.claimed.highest.get(minute, self.claimed.now)]
        ]


def _rows(function: _Function, more: dict[int, Row]) -> list[Row]:
    minutes = sorted(function.busy.highest.keys() | function.sums.keys() | more.keys())
    return [{**_row(function, minute), **NO_QUEUE, **more.get(minute, {})} for minute in minutes]


def _row(function: _Function, minute: int) -> Row:
    counts = function.sums.get(minute, {})
    active = function.busy_provisioned.highest.get(minute, 0)
    return {
        "minute": minute,
        "Invocations": counts.get("Invocations", 0),
        "Errors": counts.get("Errors", 0),
        "Throttles": counts.get("Throttles", 0),
        "ConcurrentExecutions": function.busy.highest.get(minute, 0),
        "ProvisionedConcurrentExecutions": active,
        "ProvisionedConcurrencyInvocations": counts.get("ProvisionedConcurrencyInvocations", 0),
        "ProvisionedConcurrencySpilloverInvocations": counts.get(
            "ProvisionedConcurrencySpilloverInvocations", 0
        ),
        "ProvisionedConcurrencyUtilization": function.share.highest.get(minute, 0) / _WHOLE,
    }
