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
from lifecycle_tui.readings.words import at, event_name, some, span
from lifecycle_tui.units.translation import tr


def why_refused(index: Index, invocation: Invocation) -> tuple[str, list[Cause]]:
    """Return the answer in one sentence, and the causes."""
    throttle = index.attempt(invocation.event, invocation.arrival_record).throttle
    kind, limit = index.kind(throttle), index.values[throttle]
    name = index.plan.functions[invocation.function].name
    also: tuple[str, ...] = ()
    if kind is Kind.THROTTLED_SCALING:
        bucket = rules.burst_bucket(index.plan.rules_date)
        answer = tr(
            "The allowance for new environments was used up ({capacity:,} at once, "
            "one more each {length} †).",
            capacity=bucket.capacity,
            length=span(bucket.refill_us),
        )
    elif kind in _RATES:
        answer = _too_many(limit, _whose(kind, name))
        also = ("SIM-RPS",)
    elif kind is Kind.THROTTLED_RESERVED and limit == 0:
        answer = tr("{name} has no reserved concurrency to run on: its limit is 0.", name=name)
        also = ("RSV-03",)
    elif kind is Kind.THROTTLED_RESERVED:
        answer = _all_in_use(limit, _whose(kind, name))
    else:
        answer = _all_in_use(limit, _whose(kind, name))
    words = tr(
        "{event} got 429, {reason}: {answer}",
        event=event_name(invocation.event),
        reason=invocation.throttle_reason,
        answer=answer,
    )
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
        return tr("{name}'s reserved concurrency", name=name)
    return tr("the account's unreserved concurrency")


def _too_many(limit: int, what: str) -> str:
    """Say that a second's requests had been let in; the record holds how many may be."""
    units = limit // RATE_A_UNIT
    share = (
        tr("the only unit of {what}", what=what)
        if units == 1
        else tr("each of the {units:,} units of {what}", units=units, what=what)
    )
    return tr(
        "{limit:,} requests had been let in during this second †, "
        "{each} for {share}; how many environments are busy does not "
        "matter.",
        limit=limit,
        each=RATE_A_UNIT,
        share=share,
    )


def _all_in_use(limit: int, what: str) -> str:
    if limit == 0:
        return tr("Nothing was left of {what}: its limit is 0.", what=what)
    if limit == 1:
        return tr("The only unit of {what} was in use.", what=what)
    return tr("All {limit:,} units of {what} were in use.", limit=limit, what=what)


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
    return [
        make_cause(
            index, taken[1], tr("In use: {words}.", words=words), also=("CON-01",), without=own
        )
    ]


def _counts(life: Life) -> bool:
    on_demand = life.facts.initialization_type is InitializationType.ON_DEMAND
    return on_demand and life.event != NOBODY and life.state < State.SHUTDOWN


def _use(index: Index, life: Life) -> str:
    until_us = done_us(index, life)
    name, event = life.facts.id, event_name(life.event)
    if until_us is None:
        return tr("{environment} for {event}", environment=name, event=event)
    return tr(
        "{environment} for {event} until {moment}",
        environment=name,
        event=event,
        moment=at(until_us),
    )
