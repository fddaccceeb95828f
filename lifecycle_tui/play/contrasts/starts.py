"""What would have made an event WARM or PRE that was COLD, RESTORED or a RE-INIT."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND, Deploy, InitializationType, SetConfig, Shift
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.contrasts.changes import AccountSet, Change, moved
from lifecycle_tui.play.contrasts.ends import out_of_memory
from lifecycle_tui.play.contrasts.goals import Begins
from lifecycle_tui.play.contrasts.offers import (
    earlier,
    init_shorter,
    later,
    left_out,
    provisioned,
    shorter,
    timeout,
)
from lifecycle_tui.play.contrasts.subject import Subject, command_behind, rests_on_placement
from lifecycle_tui.play.contrasts.trials import Candidate
from lifecycle_tui.readings.fold import RESET_REASONS, Life
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.why.pool import done_us, lives_before, outdated, shutdown_record
from lifecycle_tui.readings.words import event_name, span
from lifecycle_tui.units.translation import tr, tr_later

_BUSY_TRIED: Final = 3
"""Busy environments that are tried out, the one that is free first in front."""
_MOST_LONGER: Final = 24 * 3_600 * SECOND
_COMMANDED: Final = frozenset(
    {
        Kind.SHUTDOWN_RECLAIM, Kind.SHUTDOWN_DEPLOY, Kind.SHUTDOWN_CONFIG, Kind.SHUTDOWN_SHIFT,
        Kind.SHUTDOWN_PROVISION,
    }
)  # fmt: skip
_LIFETIMES: Final = {
    Kind.SHUTDOWN_IDLE: (
        "idle_lifetime",
        tr_later("Had Lambda kept idle environments {length} longer †"),
    ),
    Kind.SHUTDOWN_LIFETIME: (
        "max_lifetime",
        tr_later("Had environments lived {length} longer †"),
    ),
}


def for_a_start(subject: Subject) -> Iterator[Candidate]:
    """Yield what may have spared the event its wait."""
    index, records = subject.index, subject.records
    goal = Begins(subject.event, subject.attempt, subject.within_us)
    if records.start != NOBODY and index.kind(records.start) is Kind.INVOKE_REINIT:
        yield from _not_reset(subject, goal)
        return
    if records.creation == NOBODY:
        return
    until = subject.until(subject.arrival_us)
    lives = lives_before(index, subject.function, records.creation)
    alive = [life for life in lives if life.state < State.SHUTDOWN]
    gone = [life for life in lives if life.state >= State.SHUTDOWN]
    current = [life for life in alive if not outdated(index, life, records.creation)]
    yield from _busy(subject, goal, current)
    commands = []
    if len(current) < len(alive):
        commands.append(_renewal(subject))
    ends = [shutdown_record(index, life) for life in gone]
    kinds = {index.kind(end): end for end in sorted(ends)}
    commands += [command_behind(index, end) for kind, end in kinds.items() if kind in _COMMANDED]
    for command in dict.fromkeys(commands):
        yield from left_out(subject, goal, command, until)
    for kind, end in kinds.items():
        if kind in _LIFETIMES:
            yield from _kept_longer(subject, goal, kind, end, until)
    yield from provisioned(subject, goal)


def _busy(subject: Subject, goal: Begins, current: list[Life]) -> Iterator[Candidate]:
    """Yield those with an environment that is free sooner, or with an event that comes later."""
    index = subject.index
    free = [(done, life) for life in current if (done := done_us(index, life)) is not None]
    free.sort(key=lambda one: (one[0], one[1].facts.number))
    until = subject.until(subject.arrival_us)
    for done, life in free[:_BUSY_TRIED]:
        by_us = done - subject.arrival_us
        if life.event == NOBODY:
            continue

        def told(size: int, life: Life = life) -> str:
            return tr(
                "Had {environment} been free {length} earlier ({event}'s handler that much"
                " shorter)",
                environment=life.facts.id,
                length=span(size),
                event=event_name(life.event),
            )

        for one in shorter(
            subject, goal, life.event, by_us, told, until,
            assumed=rests_on_placement(life), known_us=done,
        ):  # fmt: skip
            yield replace(one, about=0)
    if free:
        done, life = free[0]
        by_us = done - subject.arrival_us
        yield from later(subject, goal, by_us, assumed=rests_on_placement(life), known_us=done)


def _renewal(subject: Subject) -> int | None:
    """Return the latest command that made environments old before the event came."""
    plan = subject.index.plan
    renewals = [
        (command.at_us, place)
        for place, command in enumerate(plan.commands)
        if isinstance(command, Deploy | SetConfig | Shift)
        and command.function == subject.function
        and command.at_us <= subject.arrival_us
    ]
    return max(renewals)[1] if renewals else None


def _kept_longer(
    subject: Subject, goal: Begins, kind: Kind, end: int, until: Callable[[int], int]
) -> Iterator[Candidate]:
    field, words = _LIFETIMES[kind]
    by_us = subject.arrival_us - subject.index.times[end] + 1
    make = partial(_longer, subject, field)

    def told(size: int) -> str:
        return tr(words, length=span(size))

    yield Candidate(goal, make, told, by_us, _MOST_LONGER, until, assumed=True)
    yield from earlier(subject, goal, by_us, assumed=True)


def _longer(subject: Subject, field: str, size: int) -> Change | None:
    work = moved(getattr(subject.index.plan.account, field), size)
    return None if work is None else AccountSet(field, work)


def _not_reset(subject: Subject, goal: Begins) -> Iterator[Candidate]:
    """Yield what may have kept the environment from being reset before the event came."""
    index = subject.index
    environment = subject.invocation.environment
    records = index.of_environment[environment]
    place = bisect_left(records, subject.records.start)
    reset = next(n for n in reversed(records[:place]) if index.kind(n) in RESET_REASONS)
    kind, culprit = index.kind(reset), index.subjects[reset]
    until = subject.until(subject.arrival_us)
    facts = index.trace.environments[environment]
    if kind is Kind.INVOKE_TIMEOUT:
        before = invocation_at(index, culprit, reset)
        needed_us = index.values[before.arrival_record] + (before.reinit_us or 0)
        yield from timeout(subject, goal, reset, needed_us, until)

        def told(size: int) -> str:
            return tr(
                "Had {event}'s handler been {length} shorter",
                event=event_name(culprit),
                length=span(size),
            )

        over_us = needed_us - facts.plan.timeout_us
        for one in shorter(subject, goal, culprit, over_us, told, until):
            yield replace(one, about=0)
    elif kind is Kind.INVOKE_OOM:
        yield from out_of_memory(subject, goal, reset, until)
    elif kind in (Kind.INVOKE_CRASHED, Kind.IDLE_CRASHED, Kind.INIT_CRASHED):
        yield from left_out(subject, goal, command_behind(index, index.causes[reset]), until)
    elif kind is Kind.INIT_ABANDONED:
        prepared = facts.initialization_type is not InitializationType.ON_DEMAND
        if not prepared:
            over_us = max(int(facts.plan.init_function.mean_us) - 10 * SECOND, 1)
            yield from init_shorter(subject, goal, facts.plan, facts.created_us, over_us, until)
        yield from provisioned(subject, goal)
