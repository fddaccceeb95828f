"""What would have spared an event to be given up, received twice, or answered too late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import HOUR, MINUTE, SECOND
from lifecycle_tui.engine.source_plan import (
    AnySource,
    AsyncPlan,
    QueuePlan,
    SourcePlan,
    StreamPlan,
    default_source,
)
from lifecycle_tui.play.contrasts.changes import Change, FunctionSet, SourceSet, configured
from lifecycle_tui.play.contrasts.goals import Answered, Delivered, Goal, Once
from lifecycle_tui.play.contrasts.offers import (
    ONE_MORE_US,
    own_handler,
)
from lifecycle_tui.play.contrasts.subject import Subject, sender
from lifecycle_tui.play.contrasts.trials import Candidate, ones
from lifecycle_tui.readings.invocations import command_of, kind_of_source
from lifecycle_tui.readings.words import span
from lifecycle_tui.units.translation import tr, tr_many

_MOST_RETRIES: Final = 2
"""AWS allows no more for asynchronous events (ASY-02)."""
_MOST_AGE_US: Final = 6 * HOUR
_MOST_RECEIVES: Final = 10
_RETRIED_US: Final = 10 * MINUTE
"""Within so long another retry has been made and is over."""


def for_an_answer(subject: Subject, gave_up: int) -> Iterator[Candidate]:
    """Yield what may have let the function answer before its caller gave up."""
    index = subject.index
    goal = Answered(subject.event)
    end = subject.records.end
    if end < 0:
        return
    over_us = index.times[end] - index.times[gave_up]
    yield from own_handler(subject, goal, over_us, subject.until(index.times[end]))


def for_one_receipt(subject: Subject, event: int) -> Iterator[Candidate]:
    """Yield what may have spared a message to be received again."""
    source = source_of(subject)
    if not isinstance(source, QueuePlan) or source.report_item_failures:
        return

    def make(size: int) -> Change:  # noqa: ARG001 - there is but one size
        return SourceSet(source._replace(report_item_failures=True))

    def told(size: int) -> str:  # noqa: ARG001
        return tr("Had {source}'s mapping reported batch item failures", source=source.name)

    until = subject.until(subject.index.ended_us)
    yield Candidate(Once(event), make, told, 1, 1, until, step=ones, weight=ONE_MORE_US)


def for_a_delivery(subject: Subject, event: int, given_up: int) -> Iterator[Candidate]:
    """Yield what may have kept an event from being given up."""
    index = subject.index
    goal = Delivered(event)
    kind = index.kind(given_up)
    source = source_of(subject)
    if kind is Kind.REDRIVEN and isinstance(source, QueuePlan):
        yield _receives(subject, goal, source)
    elif isinstance(source, StreamPlan):
        if kind is Kind.DROPPED_RETRIES and source.max_attempts is not None:
            yield _attempts(subject, goal, source)
    elif isinstance(source, SourcePlan):
        yield from _asynchronous(subject, goal, kind)


def source_of(subject: Subject) -> AnySource | None:
    """Return the source that an event came from."""
    index = subject.index
    command = command_of(index, subject.event)
    if command is None:
        return None
    declared = {one.name: one for one in (*index.trace.sources, *index.plan.sources)}
    if command.source in declared:
        return declared[command.source]
    return default_source(kind_of_source(index.plan, command.source), command.function)


def _receives(subject: Subject, goal: Goal, source: QueuePlan) -> Candidate:
    most = source.max_receives or 0

    def make(size: int) -> Change:
        return SourceSet(source._replace(max_receives=most + size))

    def told(size: int) -> str:
        return tr("With a maximum receive count of {count}", count=most + size)

    until = subject.until(subject.index.ended_us + _RETRIED_US)
    return Candidate(goal, make, told, 1, _MOST_RECEIVES, until, step=ones, weight=ONE_MORE_US)


def _attempts(subject: Subject, goal: Goal, source: StreamPlan) -> Candidate:
    most = source.max_attempts or 0

    def make(size: int) -> Change:
        return SourceSet(source._replace(max_attempts=most + size))

    def told(size: int) -> str:
        return tr_many(
            "With {count} retry of a batch", "With {count} retries of a batch", most + size
        )

    until = subject.until(subject.index.ended_us + _RETRIED_US)
    return Candidate(goal, make, told, 1, _MOST_RECEIVES, until, step=ones, weight=ONE_MORE_US)


def _asynchronous(subject: Subject, goal: Goal, kind: Kind) -> Iterator[Candidate]:
    index, number = subject.index, subject.function
    sent = sender(index, subject.event)
    if sent is None:
        return
    value, by = configured(index.plan, number, "asynchronous", subject.arrival_us)
    settings: AsyncPlan = value
    until = subject.until(index.ended_us + _RETRIED_US)

    def make_retries(size: int) -> Change:
        more = settings._replace(max_retries=settings.max_retries + size)
        return FunctionSet(number, "asynchronous", more, by)

    def told_retries(size: int) -> str:
        return tr_many("With {count} retry", "With {count} retries", settings.max_retries + size)

    def make_age(size: int) -> Change:
        more = settings._replace(max_age_us=settings.max_age_us + size)
        return FunctionSet(number, "asynchronous", more, by)

    def told_age(size: int) -> str:
        return tr("With a maximum event age of {length}", length=span(settings.max_age_us + size))

    if kind is Kind.DROPPED_RETRIES:
        limit = _MOST_RETRIES - settings.max_retries
        yield Candidate(
            goal, make_retries, told_retries, 1, limit, until, step=ones, weight=ONE_MORE_US
        )
    elif kind is Kind.DROPPED_AGE:
        longer = subject.until_later(index.ended_us + _RETRIED_US)
        limit_us = _MOST_AGE_US - settings.max_age_us
        yield Candidate(goal, make_age, told_age, SECOND, limit_us, longer, step=_seconds)


def _seconds(size_us: int) -> int:  # noqa: ARG001 - AWS takes whole seconds
    return SECOND
