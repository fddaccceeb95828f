"""Why an event was throttled: which limit, how large, and who used it."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.capacity import RATE_A_UNIT
from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Cause, Invocation
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.pool import done_us, lives_before
from lifecycle_tui.readings.words import DAGGER, at, event_name, some, span


def why_refused(index: Index, invocation: Invocation) -> tuple[str, list[Cause]]:
    """Return the answer in one sentence, and the causes."""
    throttle = index.attempt(invocation.event, invocation.arrival_record).throttle
    kind, limit = index.kind(throttle), index.values[throttle]
    name = index.plan.functions[invocation.function].name
    also: tuple[str, ...] = ()
    if kind is Kind.THROTTLED_SCALING:
        bucket = rules.burst_bucket(index.plan.rules_date)
        answer = (
            f"The allowance for new environments was used up ({bucket.capacity:,} at once, one "
            f"more each {span(bucket.refill_us)} {DAGGER})."
        )
    elif kind in _RATES:
        answer = _too_many(limit, _whose(kind, name))
        also = ("SIM-RPS",)
    elif kind is Kind.THROTTLED_RESERVED and limit == 0:
        answer = f"{name} has no reserved concurrency to run on: its limit is 0."
        also = ("RSV-03",)
    elif kind is Kind.THROTTLED_RESERVED:
        answer = _all_in_use(limit, _whose(kind, name))
    else:
        answer = _all_in_use(limit, _whose(kind, name))
    words = f"{event_name(invocation.event)} got 429, {invocation.throttle_reason}: {answer}"
    causes = [make_cause(index, throttle, words, also=also)]
    if kind is not Kind.THROTTLED_SCALING and kind not in _RATES and limit:
        causes += _users(index, invocation, throttle)
    causes += chain_from(index, invocation.arrival_record)
    return answer, causes


_RATES: Final = (Kind.THROTTLED_RATE_RESERVED, Kind.THROTTLED_RATE_ACCOUNT)
_RESERVED: Final = (Kind.THROTTLED_RESERVED, Kind.THROTTLED_RATE_RESERVED)


def _whose(kind: Kind, name: str) -> str:
    """Return what was used up."""
    if kind in _RESERVED:
        return f"{name}'s reserved concurrency"
    return "the account's unreserved concurrency"


def _too_many(limit: int, what: str) -> str:
    """Say that a second's requests had been let in; the record holds how many may be."""
    units = limit // RATE_A_UNIT
    share = f"the only unit of {what}" if units == 1 else f"each of the {units:,} units of {what}"
    return (
        f"{limit:,} requests had been let in during this second {DAGGER}, {RATE_A_UNIT} for "
        f"{share}; how many environments are busy does not matter."
    )


def _all_in_use(limit: int, what: str) -> str:
    if limit == 0:
        return f"Nothing was left of {what}: its limit is 0."
    if limit == 1:
        return f"The only unit of {what} was in use."
    return f"All {limit:,} units of {what} were in use."


def _users(index: Index, invocation: Invocation, throttle: int) -> list[Cause]:
    """Return who was using the limit, told at the record by which the last unit was taken."""
    reserved = index.kind(throttle) is Kind.THROTTLED_RESERVED
    functions = [invocation.function] if reserved else range(len(index.plan.functions))
    busy = [
        life
        for function in functions
        for life in reversed(lives_before(index, function, throttle))
        if _counts(life)
    ]
    taken = index.trace[throttle].causes
    if not busy or len(taken) < 2:
        return []
    words = some([_use(index, life) for life in busy], most=3)
    own = KINDS[index.kind(taken[1])].rules
    return [make_cause(index, taken[1], f"In use: {words}.", also=("CON-01",), without=own)]


def _counts(life: Life) -> bool:
    on_demand = life.facts.initialization_type is InitializationType.ON_DEMAND
    return on_demand and life.event != NOBODY and life.state < State.SHUTDOWN


def _use(index: Index, life: Life) -> str:
    until_us = done_us(index, life)
    until = "" if until_us is None else f" until {at(until_us)}"
    return f"{life.facts.id} for {event_name(life.event)}{until}"
