"""The inspector: one environment at the cursor, its phases against their budgets, what it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.reactive import reactive

from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.model import DownstreamState, EnvironmentState, Phase, SubPhase, Token
from lifecycle_tui.readings.words import some
from lifecycle_tui.tui.skin import LOOKS, Skin
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import daggered, fit, padded, seconds, wrap
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_as, tr_later, tr_many

LABEL: Final = 8
"""Cells of the row's name."""

ROOMY: Final = 64
"""Cells of a line from which bars and gaps need not be short."""

STATE_WORDS: Final = {
    State.NONE: ("NEW", "dim"),
    State.CREATING: ("NEW", "placement"),
    State.INIT: ("INIT", "function-ink"),
    State.RESTORE: ("RESTORE", "function-ink"),
    State.READY: ("READY", "ready"),
    State.INVOKE: ("INVOKE", "handler-ink"),
    State.FROZEN: ("FROZEN", "frozen"),
    State.RESET: ("RESET", "reset-ink"),
    State.SHUTDOWN: ("SHUTDOWN", "shutdown-ink"),
    State.GONE: ("GONE", "gone"),
}
"""By state: the word on screen and its look."""

TYPES: Final = {
    InitializationType.ON_DEMAND: tr_later("on-demand"),
    InitializationType.PROVISIONED: tr_later("provisioned"),
    InitializationType.SNAP_START: "SnapStart",
}

_LEAST_SCALE_US: Final = 250_000
"""What fills a bar at first."""

_GOING: Final = (State.INIT, State.RESTORE, State.INVOKE)

_PHASE_WORDS: Final = {
    "E": tr_later("extension init"), "R": tr_later("runtime init"),
    "F": tr_later("function init"), "N": tr_later("waits for extensions"),
    "e": tr_later("re-init: extensions"), "r": tr_later("re-init: runtime"),
    "f": tr_later("re-init: function"), "n": tr_later("re-init: waits"), "H": tr_later("handler"),
    "O": tr_later("runtime overhead"), "X": tr_later("extension tail"),
    "T": tr_later("snapshot fetched and resumed"), "A": tr_later("runtime load and hooks"),
}  # fmt: skip


def inspect(
    state: EnvironmentState | None,
    plan: FunctionPlan | None,
    *,
    at_us: int,
    width: int,
    height: int,
    skin: Skin,
    function: Line = (),
    downstreams: Sequence[DownstreamState] = (),
    withheld: str = "",
) -> tuple[Line, ...]:
    """Return the inspector's lines: the short form below ten rows, else a bar a sub-phase.

    What is always there has always the same row; bars are added below as time passes.

    Args:
        state: the environment; None for none.
        plan: the configuration it was created with.
        at_us: the cursor.
        width: cells of a line.
        height: lines that can be seen.
        skin: the glyphs.
        function: its function's name, where there are several.
        downstreams: all downstreams at the cursor; those that its code uses are told.
        withheld: said in place of what it keeps and holds; empty where that may be known.
    """
    if state is None or plan is None:
        return ((Run(tr("No environment yet."), "dim"),), (), _hint("i", tr("sends an event")))
    tall = height >= 10
    title = _title(state, at_us, function)
    if function and width_of(title) > width:
        title = _title(state, at_us, function, short=True)
    if width_of(title) > width:
        # Since when is of less use than what.
        title = title[:-1]
    lines = [title, _now(state, at_us, width)]
    has: list[Line] = [(*_label("keeps"), Run(withheld, "dim"))]
    if not withheld:
        has = [*_keeps(state, plan), *_holds(state, plan, width)]
        has += _uses(state, plan, downstreams, width)
    if tall:
        lines += [_waits(state), *has, *_tall(state, width, skin)]
    else:
        lines += [*_short(state, width, skin), _waits(state), *has]
    lines += _next(state, width)
    if len(lines) > height:
        del lines[1]
    elif len(lines) < height:
        lines += _role(state, plan, at_us, width)
    return tuple(lines)


def _title(state: EnvironmentState, at_us: int, function: Line, *, short: bool = False) -> Line:
    word, look = STATE_WORDS[state.state]
    kind = "" if short else f"{tr(TYPES[state.initialization_type])} "
    runs = [
        Run(f"{state.id} ", "strong"),
        *function,
        Run(f"{' ' if function else ''}{kind}v{state.code_version}  ", "dim"),
        Run(word, look),
    ]
    if state.phase is not None and (detail := _PHASE_WORDS.get(state.phase.value)):
        runs.append(Run(f" > {tr(detail)}", "plain"))
    if state.event > 0:
        runs.append(Run(f"  #{state.event}", "strong"))
    if state.start is not None and state.state is State.INVOKE:
        start = "re-init" if state.start == "reinit" else state.start.value
        style = {"cold": "start-cold", "warm": "start-warm", "re-init": "start-reinit"}
        runs.append(Run(f" {start.upper()}", style.get(start, "start-pre")))
    since = tr("for {length}", length=format_duration(max(at_us - state.since_us, 0)))
    runs.append(Run(f"  {since}", "dim"))
    return tuple(runs)


def _now(state: EnvironmentState, at_us: int, width: int) -> Line:
    gone = state.state is State.GONE
    age = format_duration(max((state.since_us if gone else at_us) - state.created_us, 0))
    gap = "   " if width >= ROOMY else "  "
    line: Line = (
        *_label(tr("served")),
        Run(f"{state.served}", "strong"),
        Run(f"{gap}{tr('billed')} ", "dim"),
        Run(f"{state.billed_ms:,} ms"),
        Run(f"{gap}{tr('lived') if gone else tr('age')} ", "dim"),
        Run(age),
        Run(f"{gap}{tr('resets {count}', count=state.resets)}", "bad" if state.resets else "dim"),
    )
    reason = Run(f" ({state.last_reset})", "bad")
    return (*line, reason) if state.last_reset and width_of((*line, reason)) <= width else line


def _label(text: str, look: str = "dim") -> tuple[Run, ...]:
    return (Run(f"{padded(text, LABEL - 1)} ", look),)


def _budget(elapsed_us: int, budget_us: int, width: int, skin: Skin, look: str) -> tuple[Run, ...]:
    """Return ``1.02 s of 10 s ━━━───``; the words keep their width while time passes."""
    share = elapsed_us / budget_us if budget_us else 0.0
    full, empty = skin.bar(round(share * width), width)
    over = "bad" if share >= 1 else look
    elapsed, budget = f"{format_duration(elapsed_us):>7}", f"{format_duration(budget_us):<6}"
    words = f"{tr('{elapsed} of {budget}', elapsed=elapsed, budget=budget)} "
    return (Run(words), Run(full, over), Run(empty, "faint"))


def _short(state: EnvironmentState, width: int, skin: Skin) -> Iterable[Line]:
    bar = 14 if width >= 76 else 8 if width >= ROOMY else 4
    if not state.init_bars:
        yield (*_label("Init"), Run(tr("not yet"), "dim"))
    for name, bars, elapsed_us, budget_us, look in _phases(state):
        line = [*_label(name), *_budget(elapsed_us, budget_us, bar, skin, look), Run(" ")]
        for sub in _begun(bars):
            line += [Run(" "), *_chip(sub)]
        yield tuple(line)
    if not state.invoke_bars:
        yield (*_label("Invoke"), Run(tr("not yet"), "dim"))


def _phases(
    state: EnvironmentState,
) -> Iterable[tuple[str, Sequence[SubPhase], int, int, str]]:
    if state.init_bars:
        first = state.init_bars[0].phase
        name = "Re-init" if first.value.islower() else "Init"
        if first is Phase.RESTORE_SNAPSHOT:
            # Its budget is for the hooks alone.
            name = tr("Hooks")
        yield name, state.init_bars, state.init_elapsed_us, state.init_budget_us, "function-ink"
    if state.invoke_bars:
        bars = [bar for bar in state.invoke_bars if not bar.phase.value.islower()]
        yield "Invoke", bars, state.invoke_elapsed_us, state.invoke_budget_us, "handler-ink"


def _chip(sub: SubPhase) -> tuple[Run, ...]:
    look = LOOKS[sub.phase].style
    letter = Run(sub.phase.value, look)
    words = format_duration(sub.elapsed_us)
    return (letter, Run(f" {words}", "plain" if sub.done else "strong"))


def _tall(state: EnvironmentState, width: int, skin: Skin) -> Iterable[Line]:
    """Return a row for each phase against its budget, and a bar for each sub-phase.

    The bars of all phases have one scale: a bar twice as long is twice the time.
    """
    phases = tuple(_phases(state))
    passed = (sum(bar.elapsed_us for bar in bars) for _, bars, *_ in phases)
    total = _scale_us(max(passed, default=0))
    for name, bars, elapsed_us, budget_us, look in phases:
        room = max(min(width - LABEL - 19, 40), 6)
        yield (*_label(name, "strong"), *_budget(elapsed_us, budget_us, room, skin, look))
        for sub in _begun(bars):
            yield _bar(sub, total, width, skin, going=state.state in _GOING)


def _begun(bars: Sequence[SubPhase]) -> Iterable[SubPhase]:
    """Return the sub-phases that have begun."""
    return (bar for bar in bars if bar.elapsed_us)


def _scale_us(elapsed_us: int) -> int:
    """Return the time that would fill a bar: of what has passed alone, so that nothing is foretold.

    It grows in steps (2, 3, 4, 6, 8, 12 ...): bars lengthen while time passes, and the end of a
    phase changes nothing.
    """
    scale_us = _LEAST_SCALE_US
    while scale_us < elapsed_us:
        scale_us *= 2
    closer_us = scale_us * 3 // 4
    return closer_us if elapsed_us <= closer_us else scale_us


def _bar(sub: SubPhase, total_us: int, width: int, skin: Skin, *, going: bool) -> Line:
    """Return a sub-phase's row; ``total_us`` would fill all the room of its bar."""
    room = max(min(width - LABEL - 34, 34), 4)
    length = min(max(round(sub.elapsed_us / total_us * room), 1 if sub.elapsed_us else 0), room)
    look = LOOKS[sub.phase].style
    glyphs = skin.cells(sub.phase.value, length)
    filled = "-fill" if not skin.ascii_only else ""
    bar = (Run(glyphs[:1], look), Run(glyphs[1:], f"{look}{filled}")) if length else ()
    name = fit(tr(sub.label), 17)
    return (
        Run("  "),
        Run(sub.phase.value, look),
        Run(f" {padded(name, 17)}", "plain"),
        Run(f"{format_duration(sub.elapsed_us):>8}  ", "plain" if sub.done else "strong"),
        *bar,
        *(() if sub.done else (Run(" …", "dim") if going else Run(f" {tr('cut off')}", "bad"),)),
    )


def _waits(state: EnvironmentState) -> Line:
    if not state.waiting_for:
        return (*_label(tr("waits")), Run(tr("for nobody"), "dim"))
    sent = tr("response sent") if state.response_sent else tr("no response yet")
    shown = ", ".join(state.waiting_for)
    line = [*_label(tr("waits")), Run(f"{tr('for')} "), Run(shown, "strong")]
    if state.state is State.INVOKE:
        line.append(Run(f" · {sent}", "dim"))
        if state.caller_left_us is not None:
            left = tr("its caller got 504 at {moment} s", moment=seconds(state.caller_left_us))
            line.append(Run(f" · {left}", "bad"))
    return tuple(line)


def _keeps(state: EnvironmentState, plan: FunctionPlan) -> Iterable[Line]:
    if state.state is State.GONE:
        yield (*_label(tr("keeps")), Run(tr("nothing: what it held is lost"), "dim"))
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
    line = [*_label(tr("keeps")), kept, Run(f" · /tmp {state.tmp_mb} MB")]
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
    line = (*_label(tr("token")), Run(token.value, "strong"))
    if token.renewed:
        return (*line, Run(tr(", renewed after restore"), "dim"))
    if not token.others:
        return (*line, Run(tr(", in no other environment now"), "dim"))
    return (*line, Run(tr(", the same in {names}", names=some(token.others)), "bad"))


def _holds(state: EnvironmentState, plan: FunctionPlan, width: int) -> Iterable[Line]:
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
        yield (*_label(tr("holds")), Run(fit(" · ".join(parts), width - LABEL)))


def _uses(
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
        yield (*_label(tr("uses")), Run(fit(words, width - LABEL), "bad" if full else "plain"))


def _fullness(state: DownstreamState) -> str:
    if state.limit is None:
        return tr("{used:,} connections open", used=state.in_use)
    told = tr_later("{used:,} of {limit:,} connections")
    if state.in_use >= state.limit:
        told = tr_later("{used:,} of {limit:,} connections: FULL")
    return tr(told, used=state.in_use, limit=state.limit)


def _next(state: EnvironmentState, width: int) -> Iterable[Line]:
    for place, text in enumerate(wrap(state.next_words, width - LABEL)):
        yield (*_label(tr_as("inspector", "next") if place == 0 else ""), *daggered(text))


def _role(state: EnvironmentState, plan: FunctionPlan, at_us: int, width: int) -> Iterable[Line]:
    """Return which role's credentials it holds (IAM-01), and since when (IAM-02)."""
    if state.state in (State.NONE, State.GONE):
        return
    issued = f"{seconds(state.created_us)} s" if state.created_us >= 0 else tr("before the start")
    age = format_duration(max(at_us - state.created_us, 0))
    role = f"{plan.name}-role"
    words = f" · {tr('credentials issued {issued}, {age} old', issued=issued, age=age)}"
    yield (
        *_label(tr("role")),
        Run(role),
        Run(f"{fit(words, max(width - LABEL - cell_len(role) - 2, 1))} ", "dim"),
        Run("†", "assumed"),
    )


def _hint(key: str, words: str) -> Line:
    return (Run(f"{key} ", "key"), Run(words, "dim"))


class Inspector(Painted, can_focus=True):
    """One environment at the cursor."""

    DEFAULT_CSS: ClassVar[str] = "Inspector { overflow-y: auto; }"

    state: reactive[EnvironmentState | None] = reactive(None, repaint=False)
    """Who is shown."""
    withheld = ""
    """Said in place of what it keeps and holds, while that is asked."""

    def show(
        self,
        state: EnvironmentState | None,
        plan: FunctionPlan | None,
        at_us: int,
        function: Line = (),
        downstreams: Sequence[DownstreamState] = (),
    ) -> None:
        """Draw an environment."""
        self.state = state
        width, height = self.content_size

        def drawn(width: int) -> tuple[Line, ...]:
            return inspect(
                state, plan, at_us=at_us, width=width, height=height, skin=self.skin,
                function=function, downstreams=downstreams, withheld=self.withheld,
            )  # fmt: skip

        lines = drawn(width)
        if len(lines) > height:
            # The scroll bar takes a column of what it stands in.
            lines = drawn(width - 1)
        self.lines = lines
