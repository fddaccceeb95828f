"""Why an event began as it did: COLD, WARM, PRE or RE-INIT."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import Deploy, InitializationType, Reuse, Shift
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.bars import (
    INIT_PHASES,
    LABELS,
    init_bars,
    init_budget_us,
    init_course,
)
from lifecycle_tui.readings.fold import RESET_REASONS, Life, life_at
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.model import Cause, Invocation, Start
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.pool import (
    busy_words,
    free_us,
    gone_words,
    idle_before,
    lives_before,
    old_words,
    other_version_words,
    outdated,
    shutdown_record,
)
from lifecycle_tui.readings.why.spilling import idle_provisioned, provisioned_of, spilled_words
from lifecycle_tui.readings.words import DAGGER, at, event_name, listed, some, span

Told = tuple[str, list[Cause]]
"""An answer in one sentence, and its chain of causes."""

_RENEWALS: Final = frozenset({Kind.SHUTDOWN_CONFIG, Kind.SHUTDOWN_DEPLOY, Kind.SHUTDOWN_SHIFT})


def why_cold(index: Index, invocation: Invocation) -> Told:
    """Explain an event that waited for an environment of its own."""
    event = event_name(invocation.event)
    created = _records(index, invocation).creation
    others = lives_before(index, invocation.function, created)
    answer, extra = nobody_free(index, invocation, others[::-1], created)
    causes: list[Cause] = []
    if invocation.start_record != NOBODY:
        causes.append(_init_cause(index, invocation))
    causes.append(make_cause(index, created, answer, also=extra, without=("SIM-PLACEMENT",)))
    if "PRV-09" in extra:
        causes += _split(index, invocation, created)
    causes += too_late(index, invocation, others, created)
    if others and all(life.state >= State.SHUTDOWN for life in others):
        record = max(shutdown_record(index, life) for life in others)
        causes += chain_from(index, record)[:1]
    causes += chain_from(index, invocation.arrival_record)
    lead = f"{answer[:-1]}, so {event} waited for a new one: {_id(index, invocation)}."
    return lead, causes


def _split(index: Index, invocation: Invocation, created: int) -> list[Cause]:
    """Return what shared the events between two versions last: a deploy, or a move of the alias."""
    for record in reversed(index.commands[: bisect_left(index.commands, created)]):
        command = index.plan.commands[index.subjects[record]]
        if isinstance(command, Deploy | Shift) and command.function == invocation.function:
            return chain_from(index, record)[:1]
    return []


def _records(index: Index, invocation: Invocation) -> EventRecords:
    return index.attempt(invocation.event, invocation.arrival_record)


def _id(index: Index, invocation: Invocation) -> str:
    return index.trace.environments[invocation.environment].id


def nobody_free(
    index: Index, invocation: Invocation, others: list[Life], created: int
) -> tuple[str, tuple[str, ...]]:
    """Return why no environment was free, as a sentence, and the rules that this adds."""
    alive = [life for life in others if life.state < State.SHUTDOWN]
    gone = [life for life in others if life.state >= State.SHUTDOWN]
    if not others:
        return "No environment existed yet.", ()
    if not alive:
        last = max(shutdown_record(index, life) for life in gone)
        reason = KINDS[index.kind(last)].rules
        return f"No environment was left: {gone_words(index, gone)}.", reason
    spills = invocation.spillover and bool(provisioned_of(alive))
    idle = idle_provisioned(index, alive, created) if spills else []
    known = [life for life in alive if life not in idle]
    busy, also = _busy(index, known, created, invocation)
    renewed = [life for life in gone if index.kind(shutdown_record(index, life)) in _RENEWALS]
    if also and renewed:
        busy += f"; {gone_words(index, renewed)}"
    if spills:
        words, rules_of = spilled_words(index, alive, created)
        where = f"none was free: {busy}" if busy else "there was none yet"
        return f"{words}, where {where}.", (*rules_of, *also)
    return f"No environment was free: {busy}.", also


def _busy(
    index: Index, alive: list[Life], created: int, invocation: Invocation
) -> tuple[str, tuple[str, ...]]:
    """Return why none of the living environments could serve, and the rules that this adds."""
    words: list[str] = []
    for what in ("configuration", "code"):
        old = [life for life in alive if outdated(index, life, created) == what]
        if old:
            words.append(old_words(old, what))
    also: tuple[str, ...] = ("LIFE-08",) if words else ()
    current = [life for life in alive if not outdated(index, life, created)]
    mine = index.trace.environments[invocation.environment].code_version
    others = [life for life in current if life.facts.code_version != mine]
    if others:
        words.append(other_version_words(others, invocation.event, mine))
        also = (*also, "PRV-09", "PRV-01")
    words += [busy_words(index, life) for life in current if life not in others]
    return some(words, most=3), also


def _init_cause(index: Index, invocation: Invocation) -> Cause:
    facts = index.trace.environments[invocation.environment]
    records = index.of_environment[invocation.environment]
    place = next(p for p, n in enumerate(records) if index.kind(n) is Kind.INIT_STARTED)
    course = init_course(index, invocation.environment, place)
    parts = [
        f"{LABELS[bar.phase]} {span(bar.total_us or 0)}"
        for bar in init_bars(course, index.ended_us, INIT_PHASES)
        if bar.total_us
    ]
    waited_us = (invocation.started_us or 0) - invocation.arrived_us
    placed = span(course.began_us - facts.created_us)
    spent = f"; Init: {listed(parts)}" if parts else ""
    return make_cause(
        index,
        invocation.start_record,
        f"{event_name(invocation.event)} waited {span(waited_us)} before Invoke: placement "
        f"{placed} {DAGGER}{spent}.",
        also=("INIT-01", "SIM-PLACEMENT"),
    )


def too_late(index: Index, invocation: Invocation, others: list[Life], created: int) -> list[Cause]:
    """Return the contrast: an environment that was free before Init was done."""
    if invocation.started_us is None:
        return []
    mine = index.trace.environments[invocation.environment].code_version
    free = [
        (at_us, life.facts.id)
        for life in others
        if State.NONE < life.state < State.SHUTDOWN
        and life.facts.code_version == mine
        and (at_us := free_us(index, life)) is not None
        and invocation.arrived_us < at_us < invocation.started_us
    ]
    if not free:
        return []
    at_us, name = min(free)
    later = span(at_us - invocation.arrived_us)
    return [
        make_cause(
            index,
            created,
            f"{name} became free {later} later; an event waits for the environment that was made "
            f"for it all the same {DAGGER}.",
            also=("SIM-BIND",),
            without=("CON-01", "CON-02", "SIM-PLACEMENT"),
        )
    ]


def why_warm(index: Index, invocation: Invocation) -> Told:
    """Explain an event that found an idle environment which had served before."""
    start, event = invocation.start_record, event_name(invocation.event)
    life = _life_before(index, invocation)
    name = life.facts.id
    idle_us = index.times[start] - life.since_us
    answer = f"{name} was FROZEN and free at {at(index.times[start])}, so it was thawed."
    causes = [_chosen(index, invocation, answer), *_spilled(index, invocation)]
    kept = ""
    if life.globals_event:
        kept = f" Its globals are those of the Init for {event_name(life.globals_event)}."
    elif life.facts.snapshot != NOBODY and not life.resets:
        kept = " Its globals are those of its snapshot."
    elif life.globals_event == 0:
        kept = " Its globals are those of its Init, ahead of any event."
    reclaim = (
        f"; its reclaim time was drawn as {span(life.facts.idle_lifetime_us)} {DAGGER}"
        if life.facts.initialization_type is InitializationType.ON_DEMAND
        else ""
    )
    causes.append(
        make_cause(
            index,
            _last_record(index, invocation),
            f"{name} had been idle {span(idle_us)}{reclaim}.{kept}",
            also=("FRZ-01", "SIM-IDLE") if reclaim else ("FRZ-01",),
        )
    )
    causes += chain_from(index, invocation.arrival_record)
    return f"{answer[:-1]} for {event}.", causes


def _spilled(index: Index, invocation: Invocation) -> list[Cause]:
    """Return why an event did not get a provisioned environment that its function has."""
    start = invocation.start_record
    lives = lives_before(index, invocation.function, start) if invocation.spillover else []
    alive = [life for life in lives if life.state < State.SHUTDOWN]
    if not provisioned_of(alive):
        return []
    words, known = spilled_words(index, alive, start)
    own = ("CON-02", "FRZ-01", "SIM-REUSE")
    return [make_cause(index, start, f"{words}.", also=known, without=own)]


def why_pre(index: Index, invocation: Invocation) -> Told:
    """Explain an event that found an environment initialised ahead of it."""
    life = _life_before(index, invocation)
    name = life.facts.id
    provisioned = life.facts.initialization_type is InitializationType.PROVISIONED
    how = "provisioned concurrency" if provisioned else "a proactive Init"
    ready_us = life.globals_us if life.globals_us is not None else life.since_us
    answer = f"{name} had been initialised ahead of any event, by {how}."
    causes = [
        _chosen(
            index,
            invocation,
            f"{name} had been READY since {at(ready_us)} and had never been invoked.",
            without="INIT-11" if provisioned else "INIT-14",
        ),
        *chain_from(index, _last_record(index, invocation)),
        *chain_from(index, invocation.arrival_record),
    ]
    return answer, causes


def why_reinit(index: Index, invocation: Invocation) -> Told:
    """Explain an event that has to run Init again: what reset its environment."""
    event, life = event_name(invocation.event), _life_before(index, invocation)
    name = life.facts.id
    records = index.of_environment[invocation.environment]
    place = bisect_left(records, invocation.start_record)
    reset = next(n for n in reversed(records[:place]) if index.kind(n) in RESET_REASONS)
    extensions = any(extension.external for extension in life.facts.plan.extensions)
    again = f"{'E+R+F' if extensions else 'R+F'} ran inside Invoke"
    timeout = span(life.facts.plan.timeout_us)
    if invocation.reinit_us is None:
        again += f", within the timeout of {timeout}"
    elif rules.reinit_counts_against_timeout(index.plan.rules_date):
        again += f", {span(invocation.reinit_us)} of the {timeout} timeout"
    else:
        again += f", {span(invocation.reinit_us)} that did not count against the timeout then"
    budget = span(init_budget_us(life.facts, inside=False))
    on_demand = life.facts.initialization_type is InitializationType.ON_DEMAND
    reset_cause = chain_from(index, reset)
    answer = f"{name} was reset at {at(index.times[reset])}, so {event} had to run Init again."
    first_time = _records(index, invocation).creation in records
    if first_time:
        answer = f"{name}'s first Init failed, so it ran again inside {event}'s invocation."
    causes = [
        make_cause(
            index,
            invocation.start_record,
            f"{again}, before {event}'s handler; a first Init has {budget} of its own.",
            also=("FAIL-05a", "INIT-09" if on_demand else "INIT-10"),
        ),
        make_cause(
            index,
            reset,
            f"The reset ended the runtime: globals lost, /tmp kept ({life.tmp_mb} MB).",
            also=("FAIL-03", "FAIL-04"),
        ),
        *(reset_cause if first_time else reset_cause[:-1]),
    ]
    if not first_time:
        causes += chain_from(index, invocation.arrival_record)
    return answer, causes


def _life_before(index: Index, invocation: Invocation) -> Life:
    records = index.of_environment[invocation.environment]
    return life_at(index, invocation.environment, bisect_left(records, invocation.start_record))


def _last_record(index: Index, invocation: Invocation) -> int:
    """Return what made the environment free, by the start's own second cause if it has one."""
    causes = index.trace[invocation.start_record].causes
    if len(causes) > 1:
        return causes[1]
    records = index.of_environment[invocation.environment]
    return records[bisect_left(records, invocation.start_record) - 1]


def _chosen(index: Index, invocation: Invocation, words: str, without: str = "") -> Cause:
    """Return the cause that names the choice, if there was more than one idle environment."""
    start = invocation.start_record
    provisioned = invocation.initialization_type is InitializationType.PROVISIONED
    version = index.trace.environments[invocation.environment].code_version
    idle = [
        (facts, served)
        for facts, served in idle_before(index, invocation.function, start)
        if facts.number != invocation.environment
        and facts.code_version == version
        and (facts.initialization_type is InitializationType.PROVISIONED) == provisioned
    ]
    if not idle:
        return make_cause(index, start, words, without=("SIM-REUSE", without))
    used = invocation.start is Start.WARM and all(served for _, served in idle)
    rule = {
        Reuse.MOST_RECENT: "most recently used one" if used else "last to become idle",
        Reuse.LEAST_RECENT: "least recently used one" if used else "first to become idle",
    }.get(index.plan.account.reuse)
    taken = "one is taken by chance" if rule is None else f"the {rule} is taken"
    was = "was" if len(idle) == 1 else "were"
    names = some([facts.id for facts, _ in idle])
    return make_cause(
        index,
        start,
        f"{words} {names} {was} idle too: {taken} {DAGGER}.",
        also=("SIM-REUSE",),
        without=(without,),
    )
