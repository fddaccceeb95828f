"""One row for each environment: what the JSON's ``environments`` list is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.bars import Course, init_course
from lifecycle_tui.readings.fold import life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.units.translation import tr_later

GONE_REASONS: Final = {
    Kind.SHUTDOWN_IDLE: tr_later("idle"),
    Kind.SHUTDOWN_LIFETIME: tr_later("lifetime"),
    Kind.SHUTDOWN_DEPLOY: tr_later("deploy"),
    Kind.SHUTDOWN_CONFIG: tr_later("configuration"),
    Kind.SHUTDOWN_RECLAIM: tr_later("reclaim"),
    Kind.SHUTDOWN_PROVISION: tr_later("provisioned concurrency reduced"),
    Kind.SHUTDOWN_INIT_FAILED: tr_later("init failed"),
    Kind.SNAPSHOT_TAKEN: tr_later("snapshot taken"),
    Kind.RESTORE_TIMEOUT: tr_later("restore timed out"),
    Kind.SHUTDOWN_SHIFT: tr_later("alias moved"),
}
"""Why an environment is shut down, in a word or two."""

READY: Final = frozenset({Kind.INIT_FINISHED, Kind.RESTORE_FINISHED, Kind.HANDLER_STARTED})
"""After which an environment could serve."""


@dataclass(frozen=True, slots=True)
class EnvironmentRow:
    """One environment at the run's end."""

    number: int
    id: str
    function: int
    initialization_type: InitializationType
    created_us: int
    ready_us: int | None
    """When it could serve first: after Init, re-init or Restore; None: never.

    For one of which a snapshot is made: when that could be done.
    """
    extension_us: int | None
    """Sub-phases of its first Init that has them whole; None where there is none."""
    runtime_us: int | None
    function_us: int | None
    invocations: int
    resets: int
    state: State
    gone_us: int | None
    gone_reason: str | None


def environment_rows(index: Index) -> list[EnvironmentRow]:
    """Return all environments in order of creation."""
    return [environment_row(index, number) for number in range(len(index.of_environment))]


def environment_row(index: Index, number: int) -> EnvironmentRow:
    """Return one environment's row."""
    facts = index.trace.environments[number]
    records = index.of_environment[number]
    life = life_at(index, number, len(records))
    ready_us = gone_us = reason = course = None
    for place, record in enumerate(records):
        kind = index.kind(record)
        if kind in READY and ready_us is None:
            ready_us = index.times[record]
        elif kind in (Kind.INIT_STARTED, Kind.REINIT_STARTED) and not _whole(course):
            course = init_course(index, number, place)
        elif kind in GONE_REASONS:
            reason = GONE_REASONS[kind]
        elif kind is Kind.GONE:
            gone_us = index.times[record]
    extension_us, runtime_us, function_us = sub_phases(course)
    return EnvironmentRow(
        number=number,
        id=facts.id,
        function=facts.function,
        initialization_type=facts.initialization_type,
        created_us=facts.created_us,
        ready_us=ready_us,
        extension_us=extension_us,
        runtime_us=runtime_us,
        function_us=function_us,
        # One that the end of the run has interrupted counts too.
        invocations=life.served + (life.state is State.INVOKE),
        resets=life.resets,
        state=life.state,
        gone_us=gone_us,
        gone_reason=reason,
    )


def _whole(course: Course | None) -> bool:
    return course is not None and Kind.RUNTIME_READY in course.marks


def sub_phases(course: Course | None) -> tuple[int | None, int | None, int | None]:
    """Return the lengths of an Init's extension, runtime and function init; None where unknown."""
    if course is None:
        return None, None, None
    runtime = course.marks.get(Kind.RUNTIME_INIT_STARTED)
    function = course.marks.get(Kind.FUNCTION_INIT_STARTED)
    ready = course.marks.get(Kind.RUNTIME_READY)
    return (
        None if runtime is None else runtime - course.began_us,
        None if runtime is None or function is None else function - runtime,
        None if function is None or ready is None else ready - function,
    )
