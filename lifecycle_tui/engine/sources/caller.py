"""Sources that call and wait: SDK, function URL, load balancer, API Gateway, Step Functions.

Lambda retries nothing for them (SYN-02, THR-02). A gateway gives up after its own time limit while
the invocation goes on (SRC-01); Step Functions tries again as its state says (SFN-01, SFN-02).
"""

from __future__ import annotations

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.engine.source_plan import SourcePlan
from lifecycle_tui.engine.sources.desk import Desk
from lifecycle_tui.engine.sources.errors import ERROR_NAMES, matches

_THROTTLED = ERROR_NAMES[Kind.THROTTLED_ACCOUNT]


class Caller:
    """A source whose clients wait for the answer."""

    def __init__(self, desk: Desk, plan: SourcePlan) -> None:
        self._desk = desk
        self._plan = plan
        self._watches = bool(plan.gives_up_us or plan.retries or plan.catches)

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Call the function for one event; ``record`` is that of the command."""
        desk, plan = self._desk, self._plan
        arrival = desk.note(now_us, Kind.ARRIVAL, event, record, value=demand_us)
        function = desk.function(plan.function)
        if not self._watches:
            ending = desk.outcome(function, event, 1, outcome)
            desk.send(function, now_us, event, demand_us, ending, arrival, None)
            return
        call = _Call(desk, plan, event, demand_us, outcome, arrival)
        if plan.gives_up_us is not None:
            desk.world.agenda.glance(now_us + plan.gives_up_us, call.give_up)
        call.attempt(now_us, arrival)


class _Call:
    """One event of such a source, from its first attempt to its answer."""

    __slots__ = (
        "_answered", "_arrival", "_attempts", "_demand_us", "_desk", "_event", "_outcome", "_plan",
        "_retried",
    )  # fmt: skip

    def __init__(
        self, desk: Desk, plan: SourcePlan, event: int, demand_us: int, outcome: Outcome,
        arrival: int,
    ) -> None:  # fmt: skip
        self._desk = desk
        self._plan = plan
        self._event = event
        self._demand_us = demand_us
        self._outcome = outcome
        self._arrival = arrival
        self._answered = False
        self._attempts = 0
        self._retried = [0] * len(plan.retries)

    def attempt(self, now_us: int, record: int) -> None:
        """Call the function."""
        desk = self._desk
        self._attempts += 1
        function = desk.function(self._plan.function)
        ending = desk.outcome(function, self._event, self._attempts, self._outcome)
        desk.send(function, now_us, self._event, self._demand_us, ending, record, self)

    def give_up(self, now_us: int) -> None:
        """Answer the client with an error, unless the function has answered."""
        if not self._answered:
            self._answered = True
            self._desk.note(now_us, Kind.CALLER_GAVE_UP, self._event, self._arrival)

    def responded(self, now_us: int) -> None:  # noqa: ARG002
        """Hear of the answer."""
        self._answered = True

    def throttled(self, now_us: int, record: int) -> None:
        """Hear of the 429."""
        self._failed(now_us, Kind.RETRY_AFTER_THROTTLE, _THROTTLED, record)

    def ended(self, now_us: int, kind: Kind, record: int) -> None:
        """Hear of the end."""
        if kind is Kind.INVOKE_OK:
            self._answered = True
        else:
            self._failed(now_us, Kind.RETRY_AFTER_ERROR, ERROR_NAMES[kind], record)

    def _failed(self, now_us: int, retry: Kind, error: str, record: int) -> None:
        for place, retrier in enumerate(self._plan.retries):
            if not matches(error, retrier.errors):
                continue
            if self._retried[place] >= retrier.max_attempts:
                break
            wait_us = round(retrier.interval_us * retrier.backoff ** self._retried[place])
            self._retried[place] += 1
            self._later(now_us, retry, wait_us, record)
            return
        self._answered = True
        if matches(error, self._plan.catches):
            self._desk.note(now_us, Kind.CAUGHT, self._event, record)

    def _later(self, now_us: int, retry: Kind, wait_us: int, record: int) -> None:
        cause = self._desk.note(now_us, retry, self._event, record, value=wait_us)
        self._desk.at(now_us + wait_us, lambda then_us: self._again(then_us, cause))

    def _again(self, now_us: int, cause: int) -> None:
        record = self._desk.note(now_us, Kind.ATTEMPT, self._event, cause, value=self._attempts + 1)
        self.attempt(now_us, record)
