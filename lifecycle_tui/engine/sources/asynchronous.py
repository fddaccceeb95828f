"""Asynchronous invocation: Lambda's own queue, its retries, and where an event ends up (ASY-01).

A function error is tried again after one and after two minutes (ASY-02); a 429 after a wait that
doubles from 1 s to 5 min (ASY-04, SIM-ASYNC-DOUBLING †), as long as the event is young enough.
"""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MINUTE, SECOND, Outcome
from lifecycle_tui.engine.source_plan import AsyncPlan, SourcePlan
from lifecycle_tui.engine.sources.desk import Desk

RETRY_WAITS_US: Final = (1 * MINUTE, 2 * MINUTE)
"""Before the second and the third attempt after a function error (ASY-02)."""
FIRST_BACK_OFF_US: Final = 1 * SECOND
LONGEST_BACK_OFF_US: Final = 5 * MINUTE


class AsyncSource:
    """A source that hands its events over and does not wait."""

    def __init__(self, desk: Desk, plan: SourcePlan) -> None:
        self._desk = desk
        self._plan = plan

    def accept(
        self, now_us: int, event: int, demand_us: int, outcome: Outcome, record: int
    ) -> None:
        """Queue one event; it is attempted at once. ``record`` is that of the command."""
        arrival = self._desk.note(now_us, Kind.ARRIVAL, event, record, value=demand_us)
        queued = _QueuedEvent(self._desk, self._plan.function, event, demand_us, outcome, now_us)
        queued.attempt(now_us, arrival)


class _QueuedEvent:
    """One event in the queue, from its arrival to its success or its end."""

    __slots__ = (
        "_attempts", "_back_off_us", "_demand_us", "_desk", "_errors", "_event", "_number",
        "_outcome", "_sent_us",
    )  # fmt: skip

    def __init__(
        self, desk: Desk, function: int, event: int, demand_us: int, outcome: Outcome, now_us: int
    ) -> None:
        self._desk = desk
        self._number = function
        self._event = event
        self._demand_us = demand_us
        self._outcome = outcome
        self._sent_us = now_us
        self._attempts = 0
        self._errors = 0
        self._back_off_us = FIRST_BACK_OFF_US

    @property
    def _settings(self) -> AsyncPlan:
        return self._desk.function(self._number).revision.plan.asynchronous

    def attempt(self, now_us: int, record: int) -> None:
        """Invoke the function."""
        desk = self._desk
        self._attempts += 1
        function = desk.function(self._number)
        ending = desk.outcome(function, self._event, self._attempts, self._outcome)
        desk.send(
            function, now_us, self._event, self._demand_us, ending, record, self, capped=False
        )

    def responded(self, now_us: int) -> None:
        """Nobody waits for the answer."""

    def throttled(self, now_us: int, record: int) -> None:
        """Wait and try again; with no concurrency at all, give the event up (RSV-03)."""
        if self._desk.function(self._number).revision.plan.reserved_concurrency == 0:
            self._drop(now_us, Kind.DROPPED_NO_CONCURRENCY, record)
            return
        wait_us = self._back_off_us
        self._back_off_us = min(2 * wait_us, LONGEST_BACK_OFF_US)
        self._later(now_us, Kind.RETRY_AFTER_THROTTLE, wait_us, record)

    def ended(self, now_us: int, kind: Kind, record: int) -> None:
        """Deliver the result, or wait and try again, or give the event up."""
        settings = self._settings
        if kind is Kind.INVOKE_OK:
            if settings.on_success is not None:
                self._desk.note(now_us, Kind.TO_ON_SUCCESS, self._event, record)
            return
        if self._errors >= settings.max_retries:
            self._drop(now_us, Kind.DROPPED_RETRIES, record)
            return
        wait_us = RETRY_WAITS_US[self._errors]
        self._errors += 1
        self._back_off_us = FIRST_BACK_OFF_US
        self._later(now_us, Kind.RETRY_AFTER_ERROR, wait_us, record)

    def _later(self, now_us: int, kind: Kind, wait_us: int, record: int) -> None:
        """Try again after a wait, or give up when the event has become too old by then."""
        desk = self._desk
        cause = desk.note(now_us, kind, self._event, record, value=wait_us)
        oldest_us = self._sent_us + self._settings.max_age_us
        if now_us + wait_us < oldest_us:
            desk.at(now_us + wait_us, lambda then_us: self._again(then_us, cause))
        else:
            expires_us = max(oldest_us, now_us)
            desk.at(expires_us, lambda then_us: self._drop(then_us, Kind.DROPPED_AGE, cause))

    def _again(self, now_us: int, cause: int) -> None:
        record = self._desk.note(now_us, Kind.ATTEMPT, self._event, cause, value=self._attempts + 1)
        self.attempt(now_us, record)

    def _drop(self, now_us: int, kind: Kind, cause: int) -> None:
        """Give the event up: to the dead-letter queue and the destination, if there are any."""
        desk, settings = self._desk, self._settings
        desk.world.tally.dropped += 1
        record = desk.note(now_us, kind, self._event, cause)
        if settings.dead_letter is not None:
            desk.note(now_us, Kind.TO_DEAD_LETTER, self._event, record)
        if settings.on_failure is not None:
            desk.note(now_us, Kind.TO_ON_FAILURE, self._event, record)
