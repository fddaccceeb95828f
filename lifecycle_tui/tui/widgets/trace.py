"""The trace pane: one attempt as X-Ray shows it, segment by segment on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.play.view import View
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.readings.xray import INSIDE, Row, Span, XrayTrace
from lifecycle_tui.tui.skin import LOOKS, Skin
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import daggered, wrap
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_later

NAME: Final = 23
TIME: Final = 8

_MARKS: Final = {
    Span.QUEUED: Phase.PLACEMENT,
    Span.GAP: Phase.PLACEMENT,
    Span.INITIALIZATION: Phase.FUNCTION_INIT,
    Span.RESTORE: Phase.EXTENSION_INIT,
    Span.INVOCATION: Phase.HANDLER,
    Span.OVERHEAD: Phase.EXTENSION_TAIL,
}
"""By row: the phase of the lanes whose texture its bar has. The two segments have a line."""

_UNNAMED: Final = (Span.QUEUED, Span.GAP)
"""Rows without a name in X-Ray."""

_STATUS: Final = {
    "running": (tr_later("under way"), "dim"),
    "ok": ("ok", "handler-ink"),
    "error": (tr_later("error: the function's segment has a fault"), "bad"),
    "timeout": (tr_later("timed out: the function's segment has a fault"), "bad"),
    "throttled": (tr_later("429: throttled before any function ran"), "refused"),
}


def trace_lines(
    trace: XrayTrace | None, *, width: int, height: int, skin: Skin
) -> tuple[Line, ...]:
    """Return the pane's lines: whose trace it is, its rows to scale, and what they leave out."""
    if trace is None:
        return ((Run(tr("No event has come to this environment yet."), "dim"),),)
    lines: list[Line] = [_title(trace, width)]
    from_us = min((row.start_us for row in trace.rows if not _early(row, trace)), default=0)
    to_us = max((row.end_us for row in trace.rows), default=1)
    lines += [_row(row, trace, from_us, max(to_us - from_us, 1), width, skin) for row in trace.rows]
    if height > len(lines) + 4:
        lines.append(())
    for text in _notes(trace):
        lines += [daggered(part, "dim") for part in wrap(text, width)]
    return tuple(lines)


def _title(trace: XrayTrace, width: int) -> Line:
    word, look = _STATUS[trace.status]
    word = tr(word)
    attempt = f" {tr('attempt {number}', number=trace.attempt)}" if trace.attempt > 1 else ""
    runs = [Run(f"#{trace.event}{attempt} ", "strong"), Run(f"{trace.function}  ", "plain")]
    used = len(trace.function) + cell_len(attempt) + 6 + cell_len(word)
    if width >= used + 40:
        runs.append(Run(f"{trace.trace_id}  ", "dim"))
    return (*runs, Run(word, look))


def _early(row: Row, trace: XrayTrace) -> bool:
    return trace.early_init and row.span is Span.INITIALIZATION


def _row(row: Row, trace: XrayTrace, from_us: int, length_us: int, width: int, skin: Skin) -> Line:
    called = tr(row.span.value) if row.span in _UNNAMED else row.span.value
    name = f"{'  ' if row.span in INSIDE else ''}{called}"
    dagger = " †" if row.assumed else ""
    room = max(width - NAME - TIME - 4, 4)
    known = "dim" if row.span in _UNNAMED else "plain"
    head = (
        *daggered(f"{name}{dagger}", known),
        Run(" " * max(NAME - cell_len(name) - len(dagger), 0)),
        Run(
            f"{format_duration(row.end_us - row.start_us):>{TIME}}  ",
            "strong" if row.going else known,
        ),
    )
    if _early(row, trace):
        return (*head, Run(tr("‹ before the event came"), "dim"))
    if row.end_us <= row.start_us:
        return head
    start = min(round((row.start_us - from_us) * room / length_us), room - 1)
    end = max(round((row.end_us - from_us) * room / length_us), start + 1)
    return (*head, Run(" " * start), *_bar(row.span, end - start, skin), *_going(row))


def _going(row: Row) -> tuple[Run, ...]:
    return (Run(" …", "dim"),) if row.going else ()


def _bar(span: Span, length: int, skin: Skin) -> tuple[Run, ...]:
    mark = _MARKS.get(span)
    if mark is None:
        return (Run(skin.bar(length, length)[0], "strong" if span is Span.FUNCTION else "dim"),)
    look = LOOKS[mark].style
    glyphs = skin.cells(mark, length + 1)[1:]
    return (Run(glyphs, look if skin.ascii_only or span in _UNNAMED else f"{look}-fill"),)


def _notes(trace: XrayTrace) -> Iterator[str]:
    if trace.restarted:
        yield tr("Init ran again inside Invocation: X-Ray has no subsegment for a re-init.")
    if trace.early_init:
        yield tr("Init ran ahead of the event: AWS shows a gap after it.")
    if trace.polled_us:
        yield tr(
            "Before this the event waited {length} in its source.",
            length=format_duration(trace.polled_us),
        )
    if trace.attempt > 1 and any(row.span is Span.QUEUED for row in trace.rows):
        yield tr("(in its queue): the attempts before this one too")
    if any(row.span is Span.GAP for row in trace.rows):
        yield tr("(no name): placement, code download, failed Init")
    if trace.response_us is not None:
        yield (
            f"responseLatency {format_duration(trace.response_us)} ·"
            f" runtimeOverhead {format_duration(trace.runtime_overhead_us or 0)} ·"
            f" extensionOverhead {format_duration(trace.extension_overhead_us or 0)}"
        )
    yield tr("† ends assumed; newer traces have no Invocation")


class Trace(Painted, can_focus=True):
    """An attempt's segments at the cursor."""

    DEFAULT_CSS: ClassVar[str] = "Trace { overflow-y: auto; }"

    def show(self, view: View, _: int = 0) -> None:
        """Draw a view's trace."""
        size = self.content_size
        self.lines = trace_lines(view.xray, width=size.width, height=size.height, skin=self.skin)
