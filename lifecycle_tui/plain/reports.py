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
from lifecycle_tui.units.text import plural

_KIND_WORDS: Final = {"OD": "on demand", "PC": "provisioned", "SS": "SnapStart"}


def function_words(session: Session) -> str:
    """Return how the function that commands act on is configured."""
    plan = session.function_at_cursor()
    reserved = plan.reserved_concurrency
    return (
        f"{plan.name}: timeout {format_duration(plan.timeout_us)}, memory"
        f" {print_size(plan.memory_mb)}, provisioned concurrency {plan.provisioned_concurrency},"
        f" {'no reserved concurrency' if reserved is None else f'reserved concurrency {reserved}'}."
    )


def where_words(session: Session) -> str:
    """Return where the cursor stands, and in which fork."""
    branch = f" in {session.branch.name}" if session.branch_shown else ""
    begins = "; play lets time pass" if not session.at_us and session.live else ""
    return f"t {at(session.at_us)}{branch}{begins}."


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
        yield f"{plural(gone, 'environment')} gone."


def _counts(session: Session) -> str:
    found = counters_at(session.index, session.at_us)
    starts = [f"{count} {word}" for word, count in session.played.starts.at(session.at_us)]
    told = f": {listed(starts)}" if starts else ""
    more = [
        plural(count, noun)
        for count, noun in ((found.timeouts, "timeout"), (found.errors, "error"))
        if count
    ]
    alive = plural(found.environments, "environment")
    return f"{plural(found.events, 'event')}{told}. {'. '.join([*more, alive])}."


def environment_words(state: EnvironmentState) -> str:
    """Return all that matters of an environment, in a line."""
    kind = _KIND_WORDS[KINDS[state.initialization_type]]
    words = f"{state.id}: {state.state.name} since {at(state.since_us)}, {kind}"
    if state.event > 0:
        words += f", for {event_name(state.event)}"
    words += f", served {state.served}"
    if state.resets:
        words += f", {plural(state.resets, 'reset')}, the last one by {state.last_reset}"
    if state.globals_since_us is not None:
        words += f", globals since {at(state.globals_since_us)}"
    if state.tmp_mb:
        words += f", /tmp {state.tmp_mb} MB"
    if state.connections:
        words += f", {plural(state.connections, 'connection')}"
    words += f", billed {state.billed_ms} ms"
    return f"{words}. {state.next_words}".rstrip()


def log_lines(session: Session, most: int | None = None) -> Iterator[str]:
    """Yield the log up to the cursor, or its last lines."""
    session.catch_up()
    lines = session.log[: bisect_right(session.log, session.at_us, key=_log_time)]
    if not lines:
        yield "nothing is in the log yet"
    for line in lines if most is None else lines[-most:]:
        yield f"{at(line.time_us)}  {line.text}"


def _log_time(line: LogLine) -> int:
    return line.time_us


def cost_lines(session: Session) -> Iterator[str]:
    """Yield the bill up to the cursor."""
    bill = bill_at(session.index, session.at_us)
    total = bill.total_usd
    if not total:
        yield "$0.00 so far: nothing has been billed"
        return
    places = decimals(total)
    share = bill.share(Part.INIT, Part.REINIT)
    yield f"{dollars(total)} so far; {share:.0%} of it for Init and re-init."
    for line in bill.lines:
        if line.usd:
            unit = "" if line.part is Part.REQUESTS else " GB-s"
            amount = f"{line.amount:,.0f}" if not unit else f"{line.amount:,.3f}{unit}"
            part = f"{line.usd / total:.0%}"
            yield f"{line.part.value}: {dollars(line.usd, places)}, {part}, {amount}"
    if bill.per_thousand_usd is not None:
        yield f"1,000 such events: {dollars(bill.per_thousand_usd)}."
    if bill.p50_us is not None and bill.p99_us is not None:
        p50, p99 = format_duration(bill.p50_us), format_duration(bill.p99_us)
        yield f"Latency: p50 {p50}, p99 {p99}."


def compare_lines(session: Session, name: str = "") -> Iterator[str] | Note:
    """Return this run beside another one of its forks, at the cursor; or why not."""
    wanted = name or likely_rival(session)
    names = [branch.name for branch in session.branches]
    if not wanted:
        return Note("there is one run only: fork, or act in the past, and there are two", True)
    if wanted not in names or wanted == session.branch.name:
        others = listed([each for each in names if each != session.branch.name][:8])
        return Note(f"compare with which fork? There is {others or 'no other one'}", True)
    comparison = Comparison(session, wanted)
    shown = comparison.shown()
    comparison.leave()
    return comparison_lines(session.plan, comparison.rival.plan, shown, session.at_us)


def fork_lines(session: Session) -> Iterator[str]:
    """Yield all forks, and which one this is."""
    for branch in session.branches:
        here = " (this one)" if branch.name == session.branch.name else ""
        steps = plural(len(branch.own), "step")
        left = ""
        if branch.parent is not None:
            left = f", left {branch.parent} at {moment_words(branch.forked_at_us)}"
        yield f"{branch.name}{here}: {steps}{left}"
