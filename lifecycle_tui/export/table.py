"""A run as plain, aligned text: for people, and for pipes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import Run
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.readings.environments import environment_rows
from lifecycle_tui.readings.fates import Fates, fates
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.summary import summary_of_tally
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.text import plural

NONE: Final = "-"
START_WORDS: Final = {start: start.name for start in Start} | {Start.REINIT: "RE-INIT"}
"""What the screen calls each start."""

_INVOCATIONS: Final = (
    ">event", ">at", "from", "function", "env", "start", "status", ">init", ">duration", ">billed",
    ">answer †",
)  # fmt: skip
_ENVIRONMENTS: Final = (
    "env", "function", "initialised", ">created", ">ready †", ">served", ">resets", "state",
    ">gone †",
)  # fmt: skip
_ASSUMED: Final = (
    "† holds numbers that AWS does not publish: placement, idle and maximum lifetime,",
    "  the choice among idle environments. They are assumptions of this simulator.",
)
_COLORS: Final = {
    "COLD": "34", "PRE": "35", "RESTORED": "35", "RE-INIT": "33", "error": "31", "timeout": "31",
    "throttled": "31",
}  # fmt: skip
"""SGR codes of the words that matter; their letters say the same."""


def table_lines(run: Run, *, color: bool = False) -> Iterator[str]:
    """Yield a run's text line by line: invocations, environments, summary.

    Args:
        run: without its trace, only the summary is shown.
        color: whether to mark some words with terminal colours.
    """
    plan = run.plan
    if plan.title:
        yield plan.title
    yield f"seed {plan.seed}, rules of {plan.rules_date}"
    yield ""
    if run.trace is not None:
        index = Index(run.trace)
        every = invocations(index)
        if every:
            restores = any(each.restore_us is not None for each in every)
            heads = [">init, restore" if restores and h == ">init" else h for h in _INVOCATIONS]
            told = fates(index, every)
            rows = [_invocation(plan, each, told) for each in every]
            if all(each.source == SourceKind.SDK for each in every):
                place = heads.index("from")
                heads, rows = _without(heads, place), [_without(row, place) for row in rows]
            yield from _aligned(heads, rows, color=color)
            yield ""
        rows = [
            [
                row.id,
                plan.functions[row.function].name,
                row.initialization_type,
                _at(row.created_us),
                _at(row.ready_us),
                f"{row.invocations:,}",
                str(row.resets),
                row.state.name,
                f"{_at(row.gone_us)}{f' ({row.gone_reason})' if row.gone_reason else ''}",
            ]
            for row in environment_rows(index)
        ]
        if rows:
            yield from _aligned(_ENVIRONMENTS, rows, color=color)
            yield ""
    yield from _summary(run)
    yield ""
    yield from _ASSUMED


def _event(each: Invocation) -> str:
    """Return the number, how many ride along, and which attempt it is: ``11 +9 try 2``."""
    others = f" +{len(each.batch) - 1}" if len(each.batch) > 1 else ""
    again = f" try {each.attempt}" if each.attempt > 1 else ""
    return f"{each.event}{others}{again}"


def _without(row: Sequence[str], place: int) -> list[str]:
    return [*row[:place], *row[place + 1 :]]


def _invocation(plan: Plan, each: Invocation, told: Fates) -> list[str]:
    answered = each.responded_us if each.responded_us is not None else each.ended_us
    fate = told.get((each.event, each.attempt), "")
    return [
        _event(each),
        _at(each.arrived_us),
        each.source,
        plan.functions[each.function].name,
        f"e{each.environment + 1}" if each.environment >= 0 else NONE,
        START_WORDS[each.start] if each.start else NONE,
        each.status + _reason(each) + (f", {fate}" if fate else ""),
        _span(_before_handler_us(each)),
        _span(each.duration_us),
        NONE if each.billed_ms is None else f"{each.billed_ms:,} ms",
        _span(None if answered is None else answered - each.arrived_us),
    ]


def _before_handler_us(each: Invocation) -> int | None:
    """Return the length of the Init, re-init or Restore that REPORT tells of."""
    found = (us for us in (each.reinit_us, each.restore_us, each.init_us) if us is not None)
    return next(found, None)


def _reason(each: Invocation) -> str:
    """Return why an attempt never began."""
    reason = each.throttle_reason
    if each.start is None and each.error_type is not None:
        reason = each.error_type
    return f" ({reason})" if reason else ""


def _summary(run: Run) -> Iterator[str]:
    found: dict[str, Any] = summary_of_tally(run.tally, run.plan, run.ended_us)
    latency = found["latency_ms"]
    answered = found["invocations"] > 0
    lines = [
        (
            plural(found["events"], "event"),
            plural(found["invocations"], "invocation"),
            f"{found['throttles']:,} throttled",
            plural(found["errors"], "error"),
            plural(found["timeouts"], "timeout"),
            *([f"{found['dropped']:,} given up"] if found["dropped"] else []),
        ),
        (
            f"{found['cold_starts']:,} cold",
            f"{found['warm_starts']:,} warm",
            f"{found['pre_starts']:,} pre",
            *([f"{found['restored_starts']:,} restored"] if found["restored_starts"] else ()),
            f"{found['reinits']:,} re-init",
            f"{found['spillovers']:,} spilled over",
        ),
        (
            f"{plural(found['environments_created'], 'environment')} created",
            f"{found['environments_gone']:,} gone",
            f"{found['peak_concurrency']:,} at once",
        ),
        tuple(
            f"{name} {f'{latency[name]:,.2f} ms' if answered else NONE}"
            for name in ("p50", "p90", "p99", "max")
        ),
        (
            f"{found['billed_ms']:,} ms",
            f"{found['gb_seconds']:,.3f} GB-s",
            f"${found['cost_usd']:,.6f} (us-east-1, without free tier)",
        ),
    ]
    names = ("Events", "Starts", "Environments", "Answer †", "Billed")
    for name, words in zip(names, lines, strict=True):
        yield f"{name:13}{' · '.join(words)}"


def _aligned(heads: Sequence[str], rows: Sequence[Sequence[str]], *, color: bool) -> Iterator[str]:
    """Yield a head and rows in columns; a head that begins with ``>`` aligns to the right."""
    names = [head.lstrip(">") for head in heads]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for number, row in enumerate([names, *rows]):
        cells = []
        for head, cell, width in zip(heads, row, widths, strict=True):
            padded = cell.rjust(width) if head.startswith(">") else cell.ljust(width)
            cells.append(_painted(padded, cell, head=not number) if color else padded)
        yield "  ".join(cells).rstrip()


def _painted(padded: str, cell: str, *, head: bool) -> str:
    code = "1" if head else _COLORS.get(cell.replace(",", " ").partition(" ")[0])
    return f"\x1b[{code}m{padded}\x1b[0m" if code else padded


def _at(time_us: int | None) -> str:
    return NONE if time_us is None else f"{time_us / 1_000_000:,.3f} s"


def _span(time_us: int | None) -> str:
    return NONE if time_us is None else format_duration(time_us)
