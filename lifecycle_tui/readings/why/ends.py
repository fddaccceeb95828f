"""Why an invocation ended badly: time-out, error, exit, out of memory, a failed re-init."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.engine.worktime import VCPU_MB, CpuAndWait
from lifecycle_tui.readings.bars import (
    REINIT_PHASES,
    init_bars,
    init_course,
    invoke_bars,
    invoke_course,
)
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Cause, Invocation, Phase, SubPhase
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.records import sentence
from lifecycle_tui.readings.words import at, event_name, span
from lifecycle_tui.units.translation import tr

FAIL: Final = "fail"
TIME_OUT: Final = "time out"

End = tuple[str, str, list[Cause]]
"""A verb for the question, an answer in one sentence, and causes."""

_BLAMES: Final = frozenset({Kind.CONNECT_REFUSED, Kind.TMP_FULL})
"""Marks of an invocation that say why it failed."""
_REINIT: Final = frozenset(REINIT_PHASES)


def why_end(index: Index, invocation: Invocation) -> End | None:
    """Explain an end that is not ``ok``; None if it ended well or not at all."""
    end = invocation.end_record
    if end == NOBODY or index.kind(end) is Kind.INVOKE_OK:
        return None
    if index.kind(end) is Kind.INVOKE_TIMEOUT:
        return _timed_out(index, invocation)
    words = sentence(index, index.trace[end])
    causes = [make_cause(index, end, words, also=_filling(index, invocation))]
    for blame in _inside(index, invocation, _BLAMES):
        said = sentence(index, index.trace[blame])
        words = f"{words} {said}"
        causes.append(make_cause(index, blame, said))
    if index.kind(end) is Kind.INVOKE_CRASHED:
        causes += chain_from(index, index.trace[end].causes[0])
    return FAIL, words, causes


def _timed_out(index: Index, invocation: Invocation) -> End:
    facts = index.trace.environments[invocation.environment]
    timeout = span(facts.plan.timeout_us)
    bars = _bars(index, invocation)
    counted = rules.reinit_counts_against_timeout(index.plan.rules_date)
    parts = _parts(bars if counted else tuple(bar for bar in bars if bar.phase not in _REINIT))
    needed = span(index.values[invocation.arrival_record])
    answer = tr(
        "{event} used up the timeout of {timeout}: {parts}.",
        event=event_name(invocation.event),
        timeout=timeout,
        parts=parts,
    )
    if not any(bar.phase is Phase.HANDLER for bar in bars):
        cause = tr("Its handler, which needs {needed}, never began.", needed=needed)
    elif invocation.responded_us is not None:
        cause = tr(
            "Its response had left at {moment}; whoever had not asked for Next "
            "then used up the rest.",
            moment=at(invocation.responded_us),
        )
    else:
        cause = tr("Its handler alone needs {needed}.", needed=needed)
    slowed = computes_slowly(facts.plan)
    if slowed:
        cause = f"{cause} {slowed}"
    waits = [
        make_cause(index, number, sentence(index, index.trace[number]))
        for number in _inside(index, invocation, frozenset({Kind.POOL_WAITED}))
    ]
    end = invocation.end_record
    return (
        TIME_OUT,
        answer,
        [
            make_cause(
                index,
                end,
                tr(
                    "{event} was cut off at {moment}: {parts} = timeout {timeout}. {cause}",
                    event=event_name(invocation.event),
                    moment=at(index.times[end]),
                    parts=parts,
                    timeout=timeout,
                    cause=cause,
                ),
                also=("INV-08", *(("LIM-03", "SIM-CPU") if slowed else ())),
            ),
            *waits,
        ],
    )


def computes_slowly(plan: FunctionPlan) -> str:
    """Say how much longer a function's code computes than with one vCPU; empty if it does not."""
    if not isinstance(plan.handler, CpuAndWait) or plan.memory_mb >= VCPU_MB:
        return ""
    times = f"{VCPU_MB / plan.memory_mb:.3g}"
    return tr(
        "With {memory} MB it computes {times} times as long as with one vCPU †.",
        memory=plan.memory_mb,
        times=times,
    )


def _inside(index: Index, invocation: Invocation, kinds: frozenset[Kind]) -> list[int]:
    """Return an invocation's records of some kinds."""
    records = index.of_environment[invocation.environment]
    first = bisect_left(records, invocation.start_record)
    last = bisect_left(records, invocation.end_record)
    return [number for number in records[first:last] if index.kind(number) in kinds]


def _filling(index: Index, invocation: Invocation) -> tuple[str, ...]:
    """Return the rule by which memory ran out, unless the event itself said that it would."""
    plan = index.trace.environments[invocation.environment].plan
    fills = plan.memory_leak_mb or plan.memory_used_mb > plan.memory_mb
    out = index.kind(invocation.end_record) is Kind.INVOKE_OOM
    return ("SIM-FILLING",) if out and fills else ()


def _bars(index: Index, invocation: Invocation) -> tuple[SubPhase, ...]:
    environment = invocation.environment
    place = bisect_left(index.of_environment[environment], invocation.start_record)
    course = invoke_course(index, environment, place)
    end_us = index.times[invocation.end_record]
    if invocation.reinit_us is None:
        return invoke_bars(course, None, course.began_us, end_us)
    reinit = init_course(index, environment, place + 1)
    handler_us = course.marks.get(Kind.HANDLER_STARTED, NOBODY)
    if handler_us == NOBODY:
        return init_bars(reinit, end_us, REINIT_PHASES)
    return invoke_bars(course, reinit, handler_us, end_us)


def _parts(bars: tuple[SubPhase, ...]) -> str:
    reinit_us = sum(bar.elapsed_us for bar in bars if bar.phase in _REINIT)
    parts = (
        [tr("re-init {length}", length=span(reinit_us))]
        if any(b.phase in _REINIT for b in bars)
        else []
    )
    parts += [f"{tr(bar.label)} {span(bar.elapsed_us)}" for bar in bars if bar.phase not in _REINIT]
    return " + ".join(parts)
