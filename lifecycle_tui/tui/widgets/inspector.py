"""The inspector: one environment at the cursor, its phases against their budgets, what it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.reactive import reactive

from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.model import DownstreamState, EnvironmentState, Phase, SubPhase
from lifecycle_tui.tui.skin import LOOKS, Skin
from lifecycle_tui.tui.widgets.holdings import holds, keeps, uses
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import ROW_NAME, daggered, fit, padded, row_name, seconds, wrap
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_as, tr_later

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
    has: list[Line] = [(*row_name("keeps"), Run(withheld, "dim"))]
    if not withheld:
        has = [*keeps(state, plan), *holds(state, plan, width)]
        has += uses(state, plan, downstreams, width)
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
        *row_name(tr("served")),
        Run(f"{state.served}", "strong"),
        Run(f"{gap}{tr('billed')} ", "dim"),
        Run(f"{state.billed_ms:,} ms"),
        Run(f"{gap}{tr('lived') if gone else tr('age')} ", "dim"),
        Run(age),
        Run(f"{gap}{tr('resets {count}', count=state.resets)}", "bad" if state.resets else "dim"),
    )
    reason = Run(f" ({state.last_reset})", "bad")
    return (*line, reason) if state.last_reset and width_of((*line, reason)) <= width else line


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
        yield (*row_name("Init"), Run(tr("not yet"), "dim"))
    for name, bars, elapsed_us, budget_us, look in _phases(state):
        line = [*row_name(name), *_budget(elapsed_us, budget_us, bar, skin, look), Run(" ")]
        for sub in _begun(bars):
            line += [Run(" "), *_chip(sub)]
        yield tuple(line)
    if not state.invoke_bars:
        yield (*row_name("Invoke"), Run(tr("not yet"), "dim"))


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
        room = max(min(width - ROW_NAME - 19, 40), 6)
        yield (*row_name(name, "strong"), *_budget(elapsed_us, budget_us, room, skin, look))
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
    room = max(min(width - ROW_NAME - 34, 34), 4)
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
        return (*row_name(tr("waits")), Run(tr("for nobody"), "dim"))
    sent = tr("response sent") if state.response_sent else tr("no response yet")
    shown = ", ".join(state.waiting_for)
    line = [*row_name(tr("waits")), Run(f"{tr('for')} "), Run(shown, "strong")]
    if state.state is State.INVOKE:
        line.append(Run(f" · {sent}", "dim"))
        if state.caller_left_us is not None:
            left = tr("its caller got 504 at {moment} s", moment=seconds(state.caller_left_us))
            line.append(Run(f" · {left}", "bad"))
    return tuple(line)


def _next(state: EnvironmentState, width: int) -> Iterable[Line]:
    for place, text in enumerate(wrap(state.next_words, width - ROW_NAME)):
        yield (*row_name(tr_as("inspector", "next") if place == 0 else ""), *daggered(text))


def _role(state: EnvironmentState, plan: FunctionPlan, at_us: int, width: int) -> Iterable[Line]:
    """Return which role's credentials it holds (IAM-01), and since when (IAM-02)."""
    if state.state in (State.NONE, State.GONE):
        return
    issued = f"{seconds(state.created_us)} s" if state.created_us >= 0 else tr("before the start")
    age = format_duration(max(at_us - state.created_us, 0))
    role = f"{plan.name}-role"
    words = f" · {tr('credentials issued {issued}, {age} old', issued=issued, age=age)}"
    yield (
        *row_name(tr("role")),
        Run(role),
        Run(f"{fit(words, max(width - ROW_NAME - cell_len(role) - 2, 1))} ", "dim"),
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
