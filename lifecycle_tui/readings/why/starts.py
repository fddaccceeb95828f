"""Why an event began as it did: COLD, WARM, PRE or RE-INIT."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.plan import Deploy, InitializationType, Reuse, Shift
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.bars import (
    INIT_PHASES,
    LABELS,
    init_bars,
    init_course,
)
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.model import Cause, Invocation, Start
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.pool import (
    busy_words,
    free_us,
    gone_words,
    idle_before,
    life_before_start,
    lives_before,
    old_words,
    other_version_words,
    outdated,
    shutdown_record,
)
from lifecycle_tui.readings.why.spilling import idle_provisioned, provisioned_of, spilled_words
from lifecycle_tui.readings.words import at, event_name, listed, some, span, unstopped
from lifecycle_tui.units.translation import tr, tr_later, tr_many

Told = tuple[str, list[Cause]]
"""An answer in one sentence, and its chain of causes."""

_BY_CHANCE: Final = tr_later("one is taken by chance")
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
    lead = tr(
        "{answer}, so {event} waited for a new one: {environment}.",
        answer=unstopped(answer),
        event=event,
        environment=_id(index, invocation),
    )
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
        return tr("No environment existed yet."), ()
    if not alive:
        last = max(shutdown_record(index, life) for life in gone)
        reason = KINDS[index.kind(last)].rules
        return tr("No environment was left: {reason}.", reason=gone_words(index, gone)), reason
    spills = invocation.spillover and bool(provisioned_of(alive))
    idle = idle_provisioned(index, alive, created) if spills else []
    known = [life for life in alive if life not in idle]
    busy, also = _busy(index, known, created, invocation)
    renewed = [life for life in gone if index.kind(shutdown_record(index, life)) in _RENEWALS]
    if also and renewed:
        busy += f"; {gone_words(index, renewed)}"
    if spills:
        words, rules_of = spilled_words(index, alive, created)
        told = tr_later("{spilled}, where there was none yet.")
        if busy:
            told = tr_later("{spilled}, where none was free: {reason}.")
        return tr(told, spilled=words, reason=busy), (*rules_of, *also)
    return tr("No environment was free: {reason}.", reason=busy), also


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
        f"{tr(LABELS[bar.phase])} {span(bar.total_us or 0)}"
        for bar in init_bars(course, index.ended_us, INIT_PHASES)
        if bar.total_us
    ]
    waited_us = (invocation.started_us or 0) - invocation.arrived_us
    placed = span(course.began_us - facts.created_us)
    words = tr_later("{event} waited {length} before Invoke: placement {placed} †.")
    if parts:
        words = tr_later(
            "{event} waited {length} before Invoke: placement {placed} †; Init: {names}."
        )
    return make_cause(
        index,
        invocation.start_record,
        tr(
            words,
            event=event_name(invocation.event),
            length=span(waited_us),
            placed=placed,
            names=listed(parts),
        ),
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
            tr(
                "{name} became free {later} later; an event waits for the environment "
                "that was made for it all the same †.",
                name=name,
                later=later,
            ),
            also=("SIM-BIND",),
            without=("CON-01", "CON-02", "SIM-PLACEMENT"),
        )
    ]


def why_warm(index: Index, invocation: Invocation) -> Told:
    """Explain an event that found an idle environment which had served before."""
    start, event = invocation.start_record, event_name(invocation.event)
    life = life_before_start(index, invocation)
    name = life.facts.id
    idle_us = index.times[start] - life.since_us
    answer = tr(
        "{name} was FROZEN and free at {moment}, so it was thawed.",
        name=name,
        moment=at(index.times[start]),
    )
    causes = [_chosen(index, invocation, answer), *_spilled(index, invocation)]
    kept = ""
    if life.globals_event:
        kept = tr(
            "Its globals are those of the Init for {event}.", event=event_name(life.globals_event)
        )
    elif life.facts.snapshot != NOBODY and not life.resets:
        kept = tr("Its globals are those of its snapshot.")
    elif life.globals_event == 0:
        kept = tr("Its globals are those of its Init, ahead of any event.")
    idle = tr("{name} had been idle {length}.", name=name, length=span(idle_us))
    drawn = life.facts.initialization_type is InitializationType.ON_DEMAND
    if drawn:
        idle = tr(
            "{name} had been idle {length}; its reclaim time was drawn as {lifetime} †.",
            name=name,
            length=span(idle_us),
            lifetime=span(life.facts.idle_lifetime_us),
        )
    causes.append(
        make_cause(
            index,
            _last_record(index, invocation),
            f"{idle} {kept}".rstrip(),
            also=("FRZ-01", "SIM-IDLE") if drawn else ("FRZ-01",),
        )
    )
    causes += chain_from(index, invocation.arrival_record)
    return tr("{answer} for {event}.", answer=unstopped(answer), event=event), causes


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
    life = life_before_start(index, invocation)
    name = life.facts.id
    provisioned = life.facts.initialization_type is InitializationType.PROVISIONED
    told = tr_later("{name} had been initialised ahead of any event, by a proactive Init.")
    if provisioned:
        told = tr_later(
            "{name} had been initialised ahead of any event, by provisioned concurrency."
        )
    ready_us = life.globals_us if life.globals_us is not None else life.since_us
    answer = tr(told, name=name)
    causes = [
        _chosen(
            index,
            invocation,
            tr(
                "{name} had been READY since {moment} and had never been invoked.",
                name=name,
                moment=at(ready_us),
            ),
            without="INIT-11" if provisioned else "INIT-14",
        ),
        *chain_from(index, _last_record(index, invocation)),
        *chain_from(index, invocation.arrival_record),
    ]
    return answer, causes


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
        Reuse.MOST_RECENT: tr_later("the most recently used one is taken")
        if used
        else tr_later("the last to become idle is taken"),
        Reuse.LEAST_RECENT: tr_later("the least recently used one is taken")
        if used
        else tr_later("the first to become idle is taken"),
    }.get(index.plan.account.reuse)
    taken = tr(rule or _BY_CHANCE)
    names = some([facts.id for facts, _ in idle])
    return make_cause(
        index,
        start,
        tr_many(
            "{words} {names} was idle too: {taken} †.",
            "{words} {names} were idle too: {taken} †.",
            len(idle),
            words=words,
            names=names,
            taken=taken,
        ),
        also=("SIM-REUSE",),
        without=(without,),
    )
