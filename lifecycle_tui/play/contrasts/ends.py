"""What would have let an event end well that timed out, ran out of memory or was refused."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

from lifecycle_tui.engine.downstream_plan import DownstreamKind
from lifecycle_tui.engine.downstreams import Connections
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND, FunctionPlan
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.worktime import VCPU_MB, CpuAndWait
from lifecycle_tui.play.contrasts.changes import Change, Connected, Proxied
from lifecycle_tui.play.contrasts.goals import EndsWell, Goal, Unhindered, records_of
from lifecycle_tui.play.contrasts.offers import (
    ONE_MORE_US,
    init_shorter,
    left_out,
    megabytes,
    own_handler,
    timeout,
    work_shorter,
)
from lifecycle_tui.play.contrasts.subject import Subject, command_behind
from lifecycle_tui.play.contrasts.trials import Candidate, ones
from lifecycle_tui.readings.fold import life_at
from lifecycle_tui.readings.model import Start
from lifecycle_tui.readings.restores import hooks_us, restore_course
from lifecycle_tui.units.translation import tr, tr_later

_MOST_CONNECTIONS = 1_000
_READABLE_MB = 64
_ABOVE_REINIT_US = 5 * SECOND


def for_an_end(subject: Subject) -> Iterator[Candidate]:
    """Yield what may have let the event end well."""
    index, end = subject.index, subject.records.end
    kind = index.kind(end)
    goal = EndsWell(subject.event, subject.attempt)
    until = subject.until(index.times[end])
    if kind is Kind.INVOKE_TIMEOUT:
        yield from _timed_out(subject, goal)
    elif kind is Kind.INVOKE_OOM:
        needed_us = index.values[subject.records.arrival]
        yield from out_of_memory(subject, goal, end, subject.until(index.times[end] + needed_us))
    elif kind is Kind.INVOKE_CRASHED:
        until = subject.until(index.times[end] + index.values[subject.records.arrival])
        yield from left_out(subject, goal, command_behind(index, index.causes[end]), until)
    elif kind is Kind.RESTORE_TIMEOUT:
        yield from _restored_too_late(subject, goal)
    for mark in records_of(index, subject.event, (Kind.CONNECT_REFUSED, Kind.TMP_FULL)):
        if mark < end:
            after = index.times[end] + index.values[subject.records.arrival] + _ABOVE_REINIT_US
            yield from _hindered(subject, goal, mark, subject.until(after))
            return


def for_a_wait(subject: Subject) -> Iterator[Candidate]:
    """Yield what may have spared the handler its wait at a proxy."""
    index = subject.index
    goal = Unhindered(subject.event, subject.attempt)
    start, end = subject.records.start, subject.records.end
    for mark in records_of(index, subject.event, (Kind.POOL_WAITED,)):
        if start < mark < end:
            until = subject.until(index.times[end])
            yield from _more_connections(
                subject, goal, mark, until, tr_later("Had {name} held {count:,} connections")
            )
            return


def out_of_memory(
    subject: Subject, goal: Goal, record: int, until: Callable[[int], int]
) -> Iterator[Candidate]:
    """Yield the candidate with so much memory that it does not run out."""
    index = subject.index
    environment = index.environments[record]
    plan = index.trace.environments[environment].plan
    life = life_at(index, environment, bisect_left(index.of_environment[environment], record))
    yield from megabytes(
        subject, goal, "memory_mb", plan.memory_used_mb + life.leaked_mb,
        tr_later("With {mb} MB of memory"), until, assumed=RULES["SIM-FILLING"].assumed,
    )  # fmt: skip


def _timed_out(subject: Subject, goal: EndsWell) -> Iterator[Candidate]:
    index, invocation = subject.index, subject.invocation
    end, start_us = subject.records.end, index.times[subject.records.start]
    facts = index.trace.environments[invocation.environment]
    before_us = invocation.reinit_us or 0
    ran_init = invocation.start is Start.REINIT
    if ran_init and invocation.reinit_us is None:
        # It was cut off while Init ran: how much longer that takes is not known.
        before_us = index.times[end] - start_us
    needed_us = before_us + index.values[subject.records.arrival]
    until_us = start_us + SECOND

    def until(size: int) -> int:
        return until_us + facts.plan.timeout_us + size * SECOND

    yield from timeout(subject, goal, end, needed_us, until)
    still = subject.until(index.times[end])
    over_us = needed_us - facts.plan.timeout_us
    yield from own_handler(subject, goal, over_us, still)
    if isinstance(facts.plan.handler, CpuAndWait) and facts.plan.memory_mb < VCPU_MB:
        yield from _faster(subject, goal, facts.plan, still)
    if ran_init:
        yield from init_shorter(subject, goal, facts.plan, facts.created_us, over_us, still)


def _faster(
    subject: Subject, goal: EndsWell, plan: FunctionPlan, until: Callable[[int], int]
) -> list[Candidate]:
    needed_us = subject.index.values[subject.records.arrival]
    share = needed_us / max(plan.timeout_us, 1)
    return megabytes(
        subject, goal, "memory_mb", int(plan.memory_mb * share),
        tr_later("With {mb} MB of memory †"), until, each=_READABLE_MB, most_mb=2_048,
    )  # fmt: skip


def _restored_too_late(subject: Subject, goal: EndsWell) -> Iterator[Candidate]:
    index, environment = subject.index, subject.invocation.environment
    facts = index.trace.environments[environment]
    restore = restore_course(index, environment)
    over_us = 1
    if restore is not None:
        end_us = index.times[subject.records.end]
        over_us = max(int(facts.plan.restore_hooks.mean_us) - hooks_us(restore, end_us), 1)
    until = subject.until(index.times[subject.records.end] + index.values[subject.records.arrival])
    yield from work_shorter(
        subject, goal, subject.function, "restore_hooks", facts.plan.restore_hooks,
        facts.created_us, over_us, until,
        tr_later("Had its after-restore hooks taken {length} less"),
    )  # fmt: skip


def _hindered(
    subject: Subject, goal: EndsWell, mark: int, until: Callable[[int], int]
) -> Iterator[Candidate]:
    """Yield what may have let a handler connect, or write."""
    index = subject.index
    if index.kind(mark) is Kind.TMP_FULL:
        environment = index.environments[mark]
        plan = index.trace.environments[environment].plan
        life = life_at(index, environment, bisect_left(index.of_environment[environment], mark))
        yield from megabytes(
            subject, goal, "ephemeral_storage_mb", life.tmp_mb + plan.handler_tmp_mb,
            tr_later("With {mb} MB of /tmp"), until, assumed=RULES["SIM-FILLING"].assumed,
        )  # fmt: skip
        return
    yield from _more_connections(
        subject, goal, mark, until, tr_later("Had {name} let in {count:,} connections")
    )
    number = Connections.of(index.values[mark]).downstream
    database = index.plan.downstreams[number]
    if database.kind is not DownstreamKind.DATABASE or database.to is not None:
        return

    def make(size: int) -> Change:  # noqa: ARG001 - there is but one size
        return Proxied(number)

    def told(size: int) -> str:  # noqa: ARG001
        return tr("With a proxy in front of {database}", database=database.name)

    assumed = RULES["SIM-PROXY"].assumed
    yield Candidate(
        goal, make, told, 1, 1, until, step=ones, weight=2 * ONE_MORE_US, assumed=assumed
    )


def _more_connections(
    subject: Subject, goal: Goal, mark: int, until: Callable[[int], int], words: str
) -> Iterator[Candidate]:
    number = Connections.of(subject.index.values[mark]).downstream
    downstream = subject.index.plan.downstreams[number]
    limit = downstream.connections
    if limit is None:
        return
    make = partial(_connected, number, limit)

    def told(size: int) -> str:
        return tr(words, name=downstream.name, count=limit + size)

    assumed = RULES["SIM-PROXY" if "held" in words else "SIM-DOWNSTREAM"].assumed
    yield Candidate(
        goal, make, told, 1, _MOST_CONNECTIONS, until,
        step=ones, weight=ONE_MORE_US, assumed=assumed,
    )  # fmt: skip


def _connected(number: int, limit: int, size: int) -> Change:
    return Connected(number, limit + size)
