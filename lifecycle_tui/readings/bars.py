"""The inspector's bars: how far Init and Invoke have got at the cursor, and how long they last."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, Kind
from lifecycle_tui.engine.phases.init import limit_us
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Phase, SubPhase
from lifecycle_tui.units.translation import tr_later

LABELS: Final = {
    Phase.EXTENSION_INIT: tr_later("extension init"),
    Phase.RUNTIME_INIT: tr_later("runtime init"),
    Phase.FUNCTION_INIT: tr_later("function init"),
    Phase.INIT_WAIT: tr_later("waiting for extensions"),
    Phase.REINIT_EXTENSION: tr_later("extension re-init"),
    Phase.REINIT_RUNTIME: tr_later("runtime re-init"),
    Phase.REINIT_FUNCTION: tr_later("function re-init"),
    Phase.REINIT_WAIT: tr_later("waiting for extensions"),
    Phase.RESTORE_SNAPSHOT: tr_later("snapshot resumed"),
    Phase.RESTORE_HOOKS: tr_later("after restore"),
    Phase.HANDLER: "handler",
    Phase.OVERHEAD: tr_later("runtime overhead"),
    Phase.EXTENSION_TAIL: tr_later("extension tail"),
}

INIT_PHASES: Final = (
    Phase.EXTENSION_INIT,
    Phase.RUNTIME_INIT,
    Phase.FUNCTION_INIT,
    Phase.INIT_WAIT,
)
REINIT_PHASES: Final = (
    Phase.REINIT_EXTENSION,
    Phase.REINIT_RUNTIME,
    Phase.REINIT_FUNCTION,
    Phase.REINIT_WAIT,
)
_INIT_MARKS: Final = (Kind.RUNTIME_INIT_STARTED, Kind.FUNCTION_INIT_STARTED, Kind.RUNTIME_READY)
_INVOKE_MARKS: Final = (Kind.RESPONSE_SENT, Kind.RUNTIME_NEXT)

_CUT: Final = frozenset(
    {
        Kind.INIT_ABANDONED, Kind.INIT_CRASHED, Kind.INVOKE_TIMEOUT, Kind.INVOKE_CRASHED,
        Kind.RESTORE_TIMEOUT,
    }
)  # fmt: skip
"""Ends that cut what was running before it was done."""
_INIT_ENDS: Final = frozenset(
    {
        Kind.INIT_FINISHED, Kind.INIT_ABANDONED, Kind.INIT_CRASHED, Kind.INIT_ERROR,
        Kind.INIT_EXIT, Kind.INIT_OOM, Kind.HANDLER_STARTED, *ENDS,
    }
)  # fmt: skip
_INVOKE_ENDS: Final = frozenset(ENDS)
_OPTIONAL: Final = frozenset(
    {Phase.INIT_WAIT, Phase.REINIT_WAIT, Phase.OVERHEAD, Phase.EXTENSION_TAIL}
)
"""Shown only where they take time."""


@dataclass(frozen=True, slots=True)
class Course:
    """The marks of one Init or Invoke: when its parts begin, and how it ends."""

    began_us: int
    marks: dict[Kind, int]
    """The first time of each mark."""
    extensions_next: dict[int, int]
    """When each extension was ready (Init) or asked for Next (Invoke)."""
    extensions_registered: dict[int, int]
    end: Kind | None
    """How it ended; None if the run ended before."""
    end_us: int | None
    end_record: int

    @property
    def cut(self) -> bool:
        """Whether it ended before it was done."""
        return self.end is None or self.end in _CUT

    def elapsed_us(self, t_us: int) -> int:
        """Return how long it has lasted at ``t_us``."""
        end_us = t_us if self.end_us is None else min(t_us, self.end_us)
        return max(0, end_us - self.began_us)


def init_budget_us(facts: EnvironmentFacts, *, inside: bool) -> int:
    """Return how long Init may take (INIT-09, INIT-10), or a re-init inside Invoke (ITO-01)."""
    if inside:
        return facts.plan.timeout_us
    prepared = facts.initialization_type is not InitializationType.ON_DEMAND
    return limit_us(facts.plan, prepared=prepared)


def init_course(index: Index, environment: int, place: int) -> Course:
    """Return the marks of the Init or re-init that begins at a place of its records."""
    return course(index, environment, place, _INIT_ENDS)


def invoke_course(index: Index, environment: int, place: int) -> Course:
    """Return the marks of the invocation that begins at a place of the environment's records."""
    return course(index, environment, place, _INVOKE_ENDS)


def course(index: Index, environment: int, place: int, ends: frozenset[Kind]) -> Course:
    """Return the marks of a phase that begins at a place and ends with one of some kinds."""
    records = index.of_environment[environment]
    marks: dict[Kind, int] = {}
    following: dict[int, int] = {}
    registered: dict[int, int] = {}
    began_us = index.times[records[place]]
    for record in islice(records, place + 1, None):
        kind, time_us = index.kind(record), index.times[record]
        if kind in ends:
            return Course(began_us, marks, following, registered, kind, time_us, record)
        if kind is Kind.EXTENSION_REGISTERED:
            registered[index.values[record]] = time_us
        elif kind in (Kind.EXTENSION_READY, Kind.EXTENSION_NEXT):
            following[index.values[record]] = time_us
        else:
            marks.setdefault(kind, time_us)
    return Course(began_us, marks, following, registered, None, None, NOBODY)


def init_bars(course: Course, t_us: int, phases: tuple[Phase, ...]) -> tuple[SubPhase, ...]:
    """Return the bars of an Init (or, with ``REINIT_PHASES``, of a re-init) at a cursor."""
    return bars(course, course.began_us, _INIT_MARKS, phases, t_us)


def invoke_bars(
    course: Course, reinit: Course | None, handler_us: int, t_us: int
) -> tuple[SubPhase, ...]:
    """Return the bars of an invocation: its re-init if it had one, then handler and what follows.

    ``handler_us`` is when the handler begins, -1 if it never does.
    """
    before = () if reinit is None else init_bars(reinit, t_us, REINIT_PHASES)
    if handler_us == NOBODY:
        return before
    phases = (Phase.HANDLER, Phase.OVERHEAD, Phase.EXTENSION_TAIL)
    return before + bars(course, handler_us, _INVOKE_MARKS, phases, t_us)


def bars(
    course: Course,
    began_us: int,
    marks: tuple[Kind, ...],
    phases: tuple[Phase, ...],
    t_us: int,
) -> tuple[SubPhase, ...]:
    """Return a phase's bars at a cursor, each beginning at its mark, and cut where it was cut."""
    found: list[SubPhase] = []
    start_us: int | None = began_us
    for place, phase in enumerate(phases):
        if start_us is None:
            break
        next_us = course.marks.get(marks[place]) if place < len(marks) else None
        found.append(_bar(course, phase, start_us, next_us, t_us))
        start_us = next_us
    return tuple(bar for bar in found if bar.phase not in _OPTIONAL or bar.total_us != 0)


def _bar(course: Course, phase: Phase, start_us: int, next_us: int | None, t_us: int) -> SubPhase:
    finish_us = next_us
    if finish_us is None and not course.cut:
        finish_us = course.end_us
    stop_us = finish_us if finish_us is not None else course.end_us
    reached_us = t_us if stop_us is None else min(t_us, stop_us)
    return SubPhase(
        phase=phase,
        label=LABELS[phase],
        start_us=start_us,
        elapsed_us=max(0, reached_us - start_us),
        total_us=None if finish_us is None else finish_us - start_us,
        done=finish_us is not None and t_us >= finish_us,
    )


def handler_began(life: Life, course: Course) -> int:
    """Return when the handler of the latest invocation begins, even after the cursor; or -1."""
    if life.handler_us != NOBODY:
        return life.handler_us
    return course.marks.get(Kind.HANDLER_STARTED, NOBODY)
