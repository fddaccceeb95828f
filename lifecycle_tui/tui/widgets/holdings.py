"""What an environment keeps, holds and uses, as the inspector's rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.model import DownstreamState, EnvironmentState, Token
from lifecycle_tui.readings.words import some
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import ROW_NAME, fit, row_name
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_later, tr_many


def keeps(state: EnvironmentState, plan: FunctionPlan) -> Iterable[Line]:
    """Yield what an environment keeps between events: globals, /tmp, work in the background."""
    if state.state is State.GONE:
        yield (*row_name(tr("keeps")), Run(tr("nothing: what it held is lost"), "dim"))
        return
    if state.globals_since_event is None:
        lost = tr("globals LOST, re-init owed") if state.reinit_owed else tr("globals none yet")
        kept = Run(lost, "bad" if state.reinit_owed else "dim")
    elif state.token is not None and not state.resets:
        kept = Run(tr("globals of v{version}'s snapshot", version=state.code_version))
    elif state.globals_since_event == 0:
        kept = Run(tr("globals made ahead of need"))
    else:
        kept = Run(tr("globals since #{event}", event=state.globals_since_event))
    line = [*row_name(tr("keeps")), kept, Run(f" · /tmp {state.tmp_mb} MB")]
    if not state.held and (plan.init_connections or state.connections):
        words = tr_many("{count} connection", "{count} connections", state.connections)
        line.append(Run(f" · {words}"))
    if state.background_left_us:
        told = tr_later("background {length} goes on")
        if state.state is State.FROZEN:
            told = tr_later("background {length} stands still")
        line.append(Run(f" · {tr(told, length=format_duration(state.background_left_us))}"))
    yield tuple(line)
    if state.token is not None:
        yield _token(state.token)


def _token(token: Token) -> Line:
    """Return what Init made that should be unique, and whether it is."""
    line = (*row_name(tr("token")), Run(token.value, "strong"))
    if token.renewed:
        return (*line, Run(tr(", renewed after restore"), "dim"))
    if not token.others:
        return (*line, Run(tr(", in no other environment now"), "dim"))
    return (*line, Run(tr(", the same in {names}", names=some(token.others)), "bad"))


def holds(state: EnvironmentState, plan: FunctionPlan, width: int) -> Iterable[Line]:
    """Yield what the code uses up: memory that leaks or runs short, connections to downstreams."""
    parts = []
    if plan.memory_leak_mb or state.memory_used_mb * 5 >= plan.memory_mb * 4:
        used, total = state.memory_used_mb, plan.memory_mb
        parts.append(tr("memory {used:,} of {total:,} MB", used=used, total=total))
    if state.held:
        held = ", ".join(f"{name} {count}" for name, count in state.held)
        told = tr_later("connections {names}")
        if state.state is State.FROZEN:
            told = tr_later("connections {names} (held while FROZEN)")
        parts.append(tr(told, names=held))
    if parts:
        yield (*row_name(tr("holds")), Run(fit(" · ".join(parts), width - ROW_NAME)))


def uses(
    state: EnvironmentState, plan: FunctionPlan, downstreams: Sequence[DownstreamState], width: int
) -> Iterable[Line]:
    """Yield how full the downstreams are that the code connects to, whoever holds them."""
    if state.state is State.GONE:
        return
    names = {use.downstream for use in plan.uses}
    used = [each for each in downstreams if each.name in names]
    if used:
        full = any(each.limit is not None and each.in_use >= each.limit for each in used)
        words = " · ".join(f"{each.name} {_fullness(each)}" for each in used)
        yield (*row_name(tr("uses")), Run(fit(words, width - ROW_NAME), "bad" if full else "plain"))


def _fullness(state: DownstreamState) -> str:
    if state.limit is None:
        return tr("{used:,} connections open", used=state.in_use)
    told = tr_later("{used:,} of {limit:,} connections")
    if state.in_use >= state.limit:
        told = tr_later("{used:,} of {limit:,} connections: FULL")
    return tr(told, used=state.in_use, limit=state.limit)
