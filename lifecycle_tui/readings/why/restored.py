"""Why an event began on a restored environment, or failed because the restore did."""

from __future__ import annotations

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Cause, Invocation
from lifecycle_tui.readings.restores import restore_bars, restore_course
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.pool import lives_before, shutdown_record
from lifecycle_tui.readings.why.records import sentence
from lifecycle_tui.readings.why.starts import Told, nobody_free, too_late
from lifecycle_tui.readings.words import event_name, listed, span, unstopped
from lifecycle_tui.units.translation import tr


def why_restored(index: Index, invocation: Invocation) -> Told:
    """Explain an event that waited for a restore."""
    record = invocation.start_record
    if record == NOBODY:
        record = invocation.end_record
    created = index.attempt(invocation.event, invocation.arrival_record).creation
    others = lives_before(index, invocation.function, created)
    answer, extra = nobody_free(index, invocation, others[::-1], created)
    name = index.trace.environments[invocation.environment].id
    causes = [
        _waited(index, invocation, record),
        make_cause(index, created, answer, also=extra, without=("SIM-PLACEMENT",)),
        *too_late(index, invocation, others, created),
    ]
    if others and all(life.state >= State.SHUTDOWN for life in others):
        causes += chain_from(index, max(shutdown_record(index, life) for life in others))[:1]
    causes += [*_snapshot(index, invocation.environment)]
    causes += chain_from(index, invocation.arrival_record)
    event = event_name(invocation.event)
    return tr(
        "{answer}, so {name} was restored from a snapshot for {event}.",
        answer=unstopped(answer),
        name=name,
        event=event,
    ), causes


def why_not_restored(index: Index, invocation: Invocation) -> Told:
    """Explain an event that failed because its environment's restore took too long."""
    end = invocation.end_record
    answer = sentence(index, index.trace[end])
    _, causes = why_restored(index, invocation)
    return answer, [make_cause(index, end, answer), *causes[1:]]


def _waited(index: Index, invocation: Invocation, record: int) -> Cause:
    facts = index.trace.environments[invocation.environment]
    restore = restore_course(index, invocation.environment)
    waited_us = index.times[record] - invocation.arrived_us
    event, waited = event_name(invocation.event), span(waited_us)
    words = tr("{event} waited {length}.", event=event, length=waited)
    if restore is not None:
        resumed, hooks = restore_bars(restore, index.ended_us)
        parts = [tr("snapshot {length} †", length=span(resumed.elapsed_us))]
        if hooks.elapsed_us:
            parts.append(tr("runtime load and hooks {length}", length=span(hooks.elapsed_us)))
        placed = span(restore.began_us - facts.created_us)
        words = tr(
            "{event} waited {length} before Invoke: placement {placed} †; restore: {names}.",
            event=event,
            length=waited,
            placed=placed,
            names=listed(parts),
        )
    return make_cause(index, record, words, also=("RST-03", "SIM-PLACEMENT", "SIM-RESTORE"))


def _snapshot(index: Index, environment: int) -> list[Cause]:
    """Return how the snapshot came about that an environment was restored from."""
    made_of = index.trace.environments[environment].snapshot
    taken = next(
        record
        for record in reversed(index.of_environment[made_of])
        if index.kind(record) is Kind.SNAPSHOT_TAKEN
    )
    return chain_from(index, taken)
