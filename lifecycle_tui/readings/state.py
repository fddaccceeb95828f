"""State at a moment: one environment in full, all environments in brief, the counters."""

from __future__ import annotations

from typing import NamedTuple

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.restore import HOOKS_LIMIT_US
from lifecycle_tui.engine.phases.shutdown import budget_us
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.bars import (
    INIT_PHASES,
    REINIT_PHASES,
    Course,
    handler_began,
    init_bars,
    init_budget_us,
    init_course,
    invoke_bars,
    invoke_course,
)
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.fold import Life, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import STARTS
from lifecycle_tui.readings.model import EnvironmentState, SubPhase, Token
from lifecycle_tui.readings.restores import (
    hooks_us,
    restore_bars,
    restore_course,
    token_at,
)
from lifecycle_tui.readings.segments import phase_at
from lifecycle_tui.readings.words import at, listed, span
from lifecycle_tui.units.translation import tr

__all__ = ["counters_at", "environment_at", "environments_at"]


def environments_at(index: Index, t_us: int) -> tuple[tuple[int, State], ...]:
    """Return number and state of every environment created by ``t_us``, gone ones too."""
    found: list[tuple[int, State]] = []
    for number, records in enumerate(index.of_environment):
        if records and index.times[records[0]] <= t_us:
            place = index.position(number, t_us)
            found.append((number, index.state_after(records[place - 1])))
    return tuple(found)


def environment_at(index: Index, number: int, t_us: int) -> EnvironmentState | None:
    """Return one environment after all records with a time at or before ``t_us``.

    None before it is created. Raises IndexError for a number that no environment has.
    """
    position = index.position(number, t_us)
    if position == 0:
        return None
    life = life_at(index, number, position)
    init, invoke = _init(index, life), _invoke(index, life)
    first = _first_bars(index, life, init, t_us)
    return EnvironmentState(
        number=number,
        id=life.facts.id,
        function=life.facts.function,
        initialization_type=life.facts.initialization_type,
        state=life.state,
        since_us=life.since_us,
        created_us=life.facts.created_us,
        event=life.event,
        phase=phase_at(index, number, t_us),
        start=None if life.start is None else STARTS[life.start],
        served=life.served,
        resets=life.resets,
        last_reset=life.last_reset,
        reinit_owed=life.reinit_owed,
        globals_since_event=life.globals_event,
        globals_since_us=life.globals_us,
        tmp_mb=life.tmp_mb,
        connections=life.connections + sum(count for _, count in life.held),
        background_left_us=life.background_left(t_us),
        init_bars=first.bars,
        init_budget_us=first.budget_us,
        init_elapsed_us=first.elapsed_us,
        invoke_bars=_invoke_bars(index, life, invoke, t_us),
        invoke_budget_us=_invoke_budget_us(index, life),
        invoke_elapsed_us=0 if invoke is None else invoke.elapsed_us(t_us),
        response_sent=life.response_us != NOBODY,
        waiting_for=_waiting_for(life, init, invoke, t_us),
        billed_ms=life.billed_ms,
        idle_deadline_us=_idle_deadline_us(life),
        code_version=life.facts.code_version,
        next_words=_next_words(index, life, init, invoke, t_us),
        held=tuple((index.plan.downstreams[which].name, count) for which, count in life.held),
        memory_used_mb=life.peak_mb,
        token=_token(index, life, t_us),
        caller_left_us=_caller_left_us(index, life, t_us),
    )


class _FirstBars(NamedTuple):
    """The phase before the handler: Init, re-init or Restore."""

    bars: tuple[SubPhase, ...]
    budget_us: int
    elapsed_us: int


def _first_bars(index: Index, life: Life, init: Course | None, t_us: int) -> _FirstBars:
    restore = restore_course(index, life.facts.number) if init is None else None
    if restore is not None and restore.began_us <= t_us:
        return _FirstBars(restore_bars(restore, t_us), HOOKS_LIMIT_US, hooks_us(restore, t_us))
    inside = _is_reinit(index, life)
    budget_us = init_budget_us(life.facts, inside=inside)
    if init is None:
        return _FirstBars((), budget_us, 0)
    return _FirstBars(
        init_bars(init, t_us, REINIT_PHASES if inside else INIT_PHASES),
        budget_us,
        init.elapsed_us(t_us),
    )


def _caller_left_us(index: Index, life: Life, t_us: int) -> int | None:
    """Return when an API gateway answered 504 for the event being served (SRC-01), if it has."""
    if life.state is not State.INVOKE:
        return None
    if index.gave_up is None:
        code = int(Kind.CALLER_GAVE_UP)
        index.gave_up = {
            index.subjects[n]: index.times[n]
            for n, packed in enumerate(index.codes)
            if packed & 0xFF == code
        }
    left_us = index.gave_up.get(life.event)
    return left_us if left_us is not None and left_us <= t_us else None


def _token(index: Index, life: Life, t_us: int) -> Token | None:
    """Return what an environment made in Init, or a clone of it, and who has the same one."""
    snap_start = life.facts.initialization_type is InitializationType.SNAP_START
    if not snap_start or life.globals_us is None:
        return None
    return token_at(index, life.facts, life.resets, t_us)


def _init(index: Index, life: Life) -> Course | None:
    if life.init_at == NOBODY:
        return None
    return init_course(index, life.facts.number, life.init_at)


def _invoke(index: Index, life: Life) -> Course | None:
    if life.invoke_at == NOBODY:
        return None
    return invoke_course(index, life.facts.number, life.invoke_at)


def _is_reinit(index: Index, life: Life) -> bool:
    if life.init_at == NOBODY:
        return False
    record = index.of_environment[life.facts.number][life.init_at]
    return index.kind(record) is Kind.REINIT_STARTED


def _reinit(index: Index, life: Life) -> Course | None:
    """Return the re-init of the latest invocation, if it had one."""
    if life.start is not Kind.INVOKE_REINIT:
        return None
    return init_course(index, life.facts.number, life.invoke_at + 1)


def _invoke_bars(
    index: Index, life: Life, invoke: Course | None, t_us: int
) -> tuple[SubPhase, ...]:
    if invoke is None:
        return ()
    return invoke_bars(invoke, _reinit(index, life), handler_began(life, invoke), t_us)


def _invoke_budget_us(index: Index, life: Life) -> int:
    timeout_us = life.facts.plan.timeout_us
    if rules.reinit_counts_against_timeout(index.plan.rules_date):
        return timeout_us
    reinit = _reinit(index, life)
    if reinit is None or reinit.end_us is None:
        return timeout_us
    return timeout_us + reinit.end_us - reinit.began_us


def _waiting_for(
    life: Life, init: Course | None, invoke: Course | None, t_us: int
) -> tuple[str, ...]:
    if life.state is State.RESTORE:
        return ("runtime",) if life.resumed_us != NOBODY else ()
    extensions = life.facts.plan.extensions
    reinit = life.state is State.INVOKE and life.handler_us == NOBODY
    if init is not None and (life.state is State.INIT or reinit):
        started = init.marks.get(Kind.RUNTIME_INIT_STARTED)
        if started is None or t_us < started:
            return tuple(
                extension.name
                for place, extension in enumerate(extensions)
                if extension.external and not _by(init.extensions_registered.get(place), t_us)
            )
        runtime = () if _by(init.marks.get(Kind.RUNTIME_READY), t_us) else ("runtime",)
        return runtime + tuple(
            extension.name
            for place, extension in enumerate(extensions)
            if not _by(init.extensions_next.get(place), t_us)
        )
    if invoke is not None and life.state is State.INVOKE:
        runtime = () if _by(invoke.marks.get(Kind.RUNTIME_NEXT), t_us) else ("runtime",)
        return runtime + tuple(
            extension.name
            for place, extension in enumerate(extensions)
            if extension.on_invoke and not _by(invoke.extensions_next.get(place), t_us)
        )
    return ()


def _by(moment_us: int | None, t_us: int) -> bool:
    return moment_us is not None and moment_us <= t_us


def _idle_deadline_us(life: Life) -> int | None:
    if life.state not in (State.READY, State.FROZEN):
        return None
    dies_us = life.facts.created_us + life.facts.max_lifetime_us
    if life.facts.initialization_type is InitializationType.PROVISIONED:
        return dies_us
    return min(life.since_us + life.facts.idle_lifetime_us, dies_us)


def _next_words(
    index: Index, life: Life, init: Course | None, invoke: Course | None, t_us: int
) -> str:
    facts, state = life.facts, life.state
    if state is State.CREATING:
        if facts.snapshot != NOBODY:
            return tr("Restore begins when place and snapshot are there †.")
        return tr("Init begins when place, sandbox and code are there †.")
    if state is State.RESTORE:
        limit = span(HOOKS_LIMIT_US)
        failing = tr("it is torn down") if life.event == NOBODY else tr("its event fails (408)")
        return tr(
            "READY when its hooks are done; if they take more than {limit}, {failing}.",
            limit=limit,
            failing=failing,
        )
    if state is State.INIT and facts.makes_snapshot and init is not None:
        limit = at(init.began_us + init_budget_us(facts, inside=False))
        return tr(
            "Its snapshot is taken at the last Next; not done by {limit}, the version fails.",
            limit=limit,
        )
    if state is State.INIT and init is not None:
        limit = at(init.began_us + init_budget_us(life.facts, inside=False))
        failing = tr("it is given up") if life.event == NOBODY else tr("the invocation re-runs it")
        return tr(
            "READY at the last Next; if Init is not done by {limit}, {failing}.",
            limit=limit,
            failing=failing,
        )
    if state is State.INVOKE and invoke is not None:
        limit = at(invoke.began_us + _invoke_budget_us(index, life))
        waiting = listed(_waiting_for(life, init, invoke, t_us))
        return tr(
            "FROZEN at the Next of {names}; at {limit} the timeout cuts it off.",
            names=waiting or tr("all"),
            limit=limit,
        )
    if state in (State.READY, State.FROZEN):
        deadline = at(_idle_deadline_us(life) or 0)
        word = "RE-INIT" if life.reinit_owed else "PRE" if state is State.READY else "WARM"
        return tr(
            "The next event here is {word}; without one, Shutdown at {deadline} †.",
            word=word,
            deadline=deadline,
        )
    if state is State.RESET:
        return tr("When its processes have ended, the next invocation here has to run Init again.")
    if state is State.SHUTDOWN:
        return tr(
            "Gone by {moment} at the latest.", moment=at(life.since_us + budget_us(facts.plan))
        )
    return tr("It is gone, and nothing that it kept is left.")
