"""What a session shows in panes, in words: environments, the log, the bill, comparisons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from lifecycle_tui.engine.states import State
from lifecycle_tui.export.comparison import comparison_lines
from lifecycle_tui.play.comparison import Comparison, likely_rival
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import KINDS
from lifecycle_tui.readings.cost_at import Part, bill_at
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.model import EnvironmentState, LogLine
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.readings.words import at, event_name, listed
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.money import decimals, dollars
from lifecycle_tui.units.sizes import print_size
from lifecycle_tui.units.translation import tr, tr_later, tr_many

_KIND_WORDS: Final = {
    "OD": tr_later("on demand"),
    "PC": tr_later("provisioned"),
    "SS": tr_later("SnapStart"),
}


def function_words(session: Session) -> str:
    """Return how the function that commands act on is configured."""
    plan = session.function_at_cursor()
    reserved = plan.reserved_concurrency
    words = tr_later(
        "{function}: timeout {timeout}, memory {memory}, provisioned concurrency {provisioned},"
        " reserved concurrency {reserved}."
    )
    if reserved is None:
        words = tr_later(
            "{function}: timeout {timeout}, memory {memory}, provisioned concurrency"
            " {provisioned}, no reserved concurrency."
        )
    return tr(
        words,
        function=plan.name,
        timeout=format_duration(plan.timeout_us),
        memory=print_size(plan.memory_mb),
        provisioned=plan.provisioned_concurrency,
        reserved=reserved,
    )


def where_words(session: Session) -> str:
    """Return where the cursor stands, and in which fork."""
    where = f"t {at(session.at_us)}"
    if session.branch_shown:
        where = tr("{moment} in {fork}", moment=where, fork=session.branch.name)
    if not session.at_us and session.live:
        where = f"{where}; {tr('play lets time pass')}"
    return f"{where}."


def state_lines(session: Session) -> Iterator[str]:
    """Yield what there is at the cursor."""
    at_us = session.at_us
    yield where_words(session)
    yield function_words(session)
    yield _counts(session)
    gone = 0
    for facts in session.trace.environments:
        if facts.created_us > at_us:
            continue
        state = environment_at(session.index, facts.number, at_us)
        if state is None or state.state is State.NONE:
            continue
        if state.state is State.GONE:
            gone += 1
        else:
            yield environment_words(state)
    if gone:
        yield tr_many("{count:,} environment gone.", "{count:,} environments gone.", gone)


def _counts(session: Session) -> str:
    found = counters_at(session.index, session.at_us)
    starts = [f"{count} {word}" for word, count in session.played.starts.at(session.at_us)]
    told = f": {listed(starts)}" if starts else ""
    more = []
    if found.timeouts:
        more.append(tr_many("{count:,} timeout", "{count:,} timeouts", found.timeouts))
    if found.errors:
        more.append(tr_many("{count:,} error", "{count:,} errors", found.errors))
    alive = tr_many("{count:,} environment", "{count:,} environments", found.environments)
    events = tr_many("{count:,} event", "{count:,} events", found.events)
    return f"{events}{told}. {'. '.join([*more, alive])}."


def environment_words(state: EnvironmentState) -> str:
    """Return all that matters of an environment, in a line."""
    parts = [
        tr(
            "{environment}: {state} since {moment}",
            environment=state.id,
            state=state.state.name,
            moment=at(state.since_us),
        ),
        tr(_KIND_WORDS[KINDS[state.initialization_type]]),
    ]
    if state.event > 0:
        parts.append(tr("for {event}", event=event_name(state.event)))
    parts.append(tr("served {count}", count=state.served))
    if state.resets:
        parts.append(
            tr_many(
                "{count:,} reset, the last one by {cause}",
                "{count:,} resets, the last one by {cause}",
                state.resets,
                cause=state.last_reset,
            )
        )
    if state.globals_since_us is not None:
        parts.append(tr("globals since {moment}", moment=at(state.globals_since_us)))
    if state.tmp_mb:
        parts.append(f"/tmp {state.tmp_mb} MB")
    if state.connections:
        parts.append(tr_many("{count:,} connection", "{count:,} connections", state.connections))
    parts.append(tr("billed {count} ms", count=state.billed_ms))
    return f"{', '.join(parts)}. {state.next_words}".rstrip()


def log_lines(session: Session, most: int | None = None) -> Iterator[str]:
    """Yield the log up to the cursor, or its last lines."""
    session.catch_up()
    lines = session.log[: bisect_right(session.log, session.at_us, key=_log_time)]
    if not lines:
        yield tr("nothing is in the log yet")
    for line in lines if most is None else lines[-most:]:
        yield f"{at(line.time_us)}  {line.text}"


def _log_time(line: LogLine) -> int:
    return line.time_us


def cost_lines(session: Session) -> Iterator[str]:
    """Yield the bill up to the cursor."""
    bill = bill_at(session.index, session.at_us)
    total = bill.total_usd
    if not total:
        yield tr("$0.00 so far: nothing has been billed")
        return
    places = decimals(total)
    share = bill.share(Part.INIT, Part.REINIT)
    yield tr(
        "{price} so far; {share:.0%} of it for Init and re-init.", price=dollars(total), share=share
    )
    for line in bill.lines:
        if line.usd:
            unit = "" if line.part is Part.REQUESTS else " GB-s"
            amount = f"{line.amount:,.0f}" if not unit else f"{line.amount:,.3f}{unit}"
            part = f"{line.usd / total:.0%}"
            yield f"{tr(line.part.value)}: {dollars(line.usd, places)}, {part}, {amount}"
    if bill.per_thousand_usd is not None:
        yield tr("1,000 such events: {price}.", price=dollars(bill.per_thousand_usd))
    if bill.p50_us is not None and bill.p99_us is not None:
        p50, p99 = format_duration(bill.p50_us), format_duration(bill.p99_us)
        yield tr("Latency: p50 {p50}, p99 {p99}.", p50=p50, p99=p99)


def compare_lines(session: Session, name: str = "") -> Iterator[str] | Note:
    """Return this run beside another one of its forks, at the cursor; or why not."""
    wanted = name or likely_rival(session)
    names = [branch.name for branch in session.branches]
    if not wanted:
        return Note(tr("there is one run only: fork, or act in the past, and there are two"), True)
    if wanted not in names or wanted == session.branch.name:
        others = listed([each for each in names if each != session.branch.name][:8])
        if not others:
            return Note(tr("compare with which fork? There is no other one"), True)
        return Note(tr("compare with which fork? There is {names}", names=others), True)
    comparison = Comparison(session, wanted)
    shown = comparison.shown()
    comparison.leave()
    return comparison_lines(session.plan, comparison.rival.plan, shown, session.at_us)


def fork_lines(session: Session) -> Iterator[str]:
    """Yield all forks, and which one this is."""
    for branch in session.branches:
        name = branch.name
        if name == session.branch.name:
            name = tr("{fork} (this one)", fork=name)
        told = tr_many("{count:,} step", "{count:,} steps", len(branch.own))
        if branch.parent is not None:
            left = tr(
                "left {parent} at {moment}",
                parent=branch.parent,
                moment=moment_words(branch.forked_at_us),
            )
            told = f"{told}, {left}"
        yield f"{name}: {told}"
