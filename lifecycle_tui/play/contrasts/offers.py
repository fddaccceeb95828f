"""Changes that may be made to the event of a contrast and to others, each as one candidate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Pattern, Provision
from lifecycle_tui.engine.worktime import Constant, Quantiles, Uniform, WorkTime
from lifecycle_tui.play.contrasts.changes import (
    Change,
    Earlier,
    EventChanged,
    FunctionSet,
    LeftOut,
    configured,
    moved,
)
from lifecycle_tui.play.contrasts.goals import Goal
from lifecycle_tui.play.contrasts.subject import Subject, sender
from lifecycle_tui.play.contrasts.trials import Candidate, ones
from lifecycle_tui.play.settings import refused_because
from lifecycle_tui.readings.why import command_words
from lifecycle_tui.readings.words import at, span
from lifecycle_tui.units.translation import tr, tr_later

_SHORTER: Final = tr_later("Had {event}'s handler been {length} shorter")
PROVISIONED: Final = tr_later("With provisioned concurrency {count}")
LATEST_US: Final = 60 * SECOND
"""An event that would have to come later than this came at another time."""
MOST_MORE: Final = 10
"""So many more units of concurrency are still something small."""
LEFT_OUT_US: Final = SECOND // 2
ONE_MORE_US: Final = 2 * SECOND
A_SECOND_MORE_US: Final = SECOND // 20
"""How large these look beside a length of time: what is easily done comes first."""


def shorter(
    subject: Subject, goal: Goal, event: int, by_us: int, told: Callable[[int], str],
    until: Callable[[int], int], *, assumed: bool = False, known_us: int = 0,
) -> list[Candidate]:  # fmt: skip
    """Return the candidate in which an event's handler needs less time."""
    index = subject.index
    sent = sender(index, event)
    demand_us = index.values[index.events[event - 1].sent]
    if sent is None or by_us >= demand_us:
        return []

    def make(size: int) -> Change:
        return EventChanged(*sent, shorter_us=size)

    return [
        Candidate(
            goal, make, told, by_us, demand_us - 1_000, until,
            assumed=assumed, about=event, known_us=known_us,
        )
    ]  # fmt: skip


def own_handler(subject: Subject, goal: Goal, by_us: int, until: Callable[[int], int]) -> list[
    Candidate
]:  # fmt: skip
    """Return the candidate in which the event's own handler needs less time."""

    def told(size: int) -> str:
        return tr(_SHORTER, event=subject.name, length=span(size))

    half_us = subject.index.values[subject.records.sent] // 2
    return [
        replace(one, limit=min(one.limit, half_us))
        for one in shorter(subject, goal, subject.event, by_us, told, until)
    ]


def later(
    subject: Subject, goal: Goal, by_us: int, *, assumed: bool = False, known_us: int = 0
) -> list[Candidate]:
    """Return the candidate in which the event comes later."""
    sent = sender(subject.index, subject.event)
    if sent is None or subject.attempt > 1 or by_us > LATEST_US:
        return []

    def make(size: int) -> Change:
        return EventChanged(*sent, later_us=size)

    def told(size: int) -> str:
        return tr("Had {event} come {length} later", event=subject.name, length=span(size))

    limit_us = min(2 * by_us + SECOND, LATEST_US)
    until = subject.until_later(subject.arrival_us)
    return [
        Candidate(
            goal, make, told, by_us, limit_us, until,
            assumed=assumed, about=subject.event, known_us=known_us,
        )
    ]  # fmt: skip


def earlier(subject: Subject, goal: Goal, by_us: int, *, assumed: bool) -> list[Candidate]:
    """Return the candidate in which the event comes earlier, but passes no other."""
    index = subject.index
    sent = sender(index, subject.event)
    if sent is None or subject.attempt > 1:
        return []
    number = sent[0]
    command = index.plan.commands[number]
    if not isinstance(command, Fire) or command.count > 1 or command.amended:
        return []
    # No other command that sends events may be passed either: its draws go by their order.
    before_us = max(
        (
            other.at_us
            for place, other in enumerate(index.plan.commands)
            if isinstance(other, Fire | Pattern) and (other.at_us, place) < (command.at_us, number)
        ),
        default=-1,
    )
    if subject.event > 1:
        before_us = max(before_us, index.times[index.events[subject.event - 2].sent])

    def make(size: int) -> Change:
        return Earlier(number, size)

    def told(size: int) -> str:
        return tr("Had {event} come {length} earlier", event=subject.name, length=span(size))

    limit_us = command.at_us - before_us - 1
    until = subject.until(subject.arrival_us)
    return [
        Candidate(
            goal, make, told, by_us, limit_us, until, assumed=assumed, about=subject.event
        )
    ]  # fmt: skip


def left_out(subject: Subject, goal: Goal, command: int | None, until: Callable[[int], int]) -> (
    list[Candidate]
):  # fmt: skip
    """Return the candidate in which a command is not given."""
    plan = subject.index.plan
    if command is None or isinstance(plan.commands[command], Fire | Pattern):
        return []
    given = plan.commands[command]

    def make(size: int) -> Change:  # noqa: ARG001 - there is but one size
        return LeftOut(command)

    def told(size: int) -> str:  # noqa: ARG001
        return tr(
            "Without the input at {moment} ({command})",
            moment=at(given.at_us),
            command=command_words(plan, given),
        )

    return [Candidate(goal, make, told, 1, 1, until, step=ones, weight=LEFT_OUT_US)]


def one_more(
    subject: Subject, goal: Goal, field: str, told: str, until: Callable[[int], int]
) -> list[Candidate]:
    """Return the candidate in which a function has more of one kind of concurrency.

    Args:
        subject: the event.
        goal: what it did not reach.
        field: the field of the function's plan.
        told: the words, with the number.
        until: how far to run.
    """
    index, number = subject.index, subject.function
    plan = index.plan
    function = plan.functions[number]
    value, by = configured(plan, number, field, subject.arrival_us)
    provisioned = field == "provisioned_concurrency"
    if provisioned and (function.autoscaling is not None or function.snap_start):
        return []

    def make(size: int) -> Change | None:
        more = {field: (value or 0) + size}
        if refused_because(plan, index, number, subject.arrival_us, more):
            return None
        return FunctionSet(number, field, (value or 0) + size, by)

    def words(size: int) -> str:
        return tr(told, count=(value or 0) + size)

    # When provisioned concurrency that a command asks for is there, AWS does not say.
    commanded = provisioned and by >= 0 and isinstance(plan.commands[by], Provision)
    return [
        Candidate(
            goal, make, words, 1, MOST_MORE, until,
            step=ones, weight=ONE_MORE_US, assumed=commanded,
        )
    ]  # fmt: skip


def provisioned(subject: Subject, goal: Goal) -> list[Candidate]:
    """Return the candidate with more provisioned concurrency."""
    until = subject.until(subject.arrival_us)
    return one_more(subject, goal, "provisioned_concurrency", PROVISIONED, until)


def timeout(
    subject: Subject, goal: Goal, cut_off: int, needed_us: int, until: Callable[[int], int]
) -> list[Candidate]:
    """Return the candidate with a longer timeout, in whole seconds, as AWS has it.

    Args:
        subject: the event.
        goal: what it did not reach.
        cut_off: record of the time-out.
        needed_us: how long the invocation would have taken, as far as that is known.
        until: how far to run with so many seconds.
    """
    index, number = subject.index, subject.function
    facts = index.trace.environments[index.environments[cut_off]]
    value, by = configured(index.plan, number, "timeout_us", facts.created_us)
    if value != facts.plan.timeout_us:
        return []
    seconds = value // SECOND

    def make(size: int) -> Change:
        return FunctionSet(number, "timeout_us", (seconds + size) * SECOND, by)

    def told(size: int) -> str:
        return tr("With a timeout of {count} s", count=seconds + size)

    guess = -(-needed_us // SECOND) - seconds
    return [
        Candidate(
            goal, make, told, guess, 900 - seconds, until, step=ones, weight=A_SECOND_MORE_US
        )
    ]  # fmt: skip


def init_shorter(
    subject: Subject, goal: Goal, plan: FunctionPlan, created_us: int, by_us: int,
    until: Callable[[int], int],
) -> list[Candidate]:  # fmt: skip
    """Return the candidate in which the code outside the handler takes less time."""
    number = subject.function
    return work_shorter(
        subject, goal, number, "init_function", plan.init_function, created_us, by_us, until,
        tr_later("Had Init been {length} shorter"),
    )  # fmt: skip


def work_shorter(
    subject: Subject, goal: Goal, number: int, field: str, was: WorkTime, created_us: int,
    by_us: int, until: Callable[[int], int], words: str,
) -> list[Candidate]:  # fmt: skip
    """Return the candidate in which a work time of a function's plan is shorter."""
    value, by = configured(subject.index.plan, number, field, created_us)
    if value != was:
        return []

    def make(size: int) -> Change | None:
        less = moved(value, -size)
        return None if less is None else FunctionSet(number, field, less, by)

    def told(size: int) -> str:
        return tr(words, length=span(size))

    return [Candidate(goal, make, told, by_us, _least_us(value), until)]


def megabytes(
    subject: Subject, goal: Goal, field: str, needed_mb: int, told: str,
    until: Callable[[int], int], *, each: int = 1, most_mb: int = 10_240, assumed: bool = True,
) -> list[Candidate]:  # fmt: skip
    """Return the candidate with more memory, or more room in /tmp.

    Args:
        subject: the event.
        goal: what it did not reach.
        field: the field of the function's plan.
        needed_mb: what is expected to do.
        told: words with ``{mb}`` in them.
        until: how far to run.
        each: in multiples of which it is told.
        most_mb: how much there can be.
        assumed: whether a number that AWS does not publish is at work.
    """
    index, number = subject.index, subject.function
    facts = index.trace.environments[subject.invocation.environment]
    value, by = configured(index.plan, number, field, facts.created_us)
    if value != getattr(facts.plan, field):
        return []
    first = value // each

    def make(size: int) -> Change:
        return FunctionSet(number, field, (first + size) * each, by)

    def words(size: int) -> str:
        return tr(told, mb=f"{(first + size) * each:,}")

    guess = -(-needed_mb // each) - first
    return [
        Candidate(
            goal, make, words, guess, most_mb // each - first, until,
            step=ones, weight=A_SECOND_MORE_US / 64 * each, assumed=assumed,
        )
    ]  # fmt: skip


def _least_us(work: WorkTime) -> int:
    """Return the shortest time that a work time can be; 0 where it is not known."""
    match work:
        case Constant(us=us):
            return us
        case Uniform(low_us=low):
            return low
        case Quantiles(times_us=times):
            return times[0]
        case _:
            return 0
