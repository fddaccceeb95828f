"""Why an event went as it did, and why an environment is as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, KINDS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.index import EventRecords, Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Cause, Explanation, Invocation, Start
from lifecycle_tui.readings.why.chain import chain_from, explain, make_cause
from lifecycle_tui.readings.why.ends import FAIL, TIME_OUT, why_end
from lifecycle_tui.readings.why.questions import question
from lifecycle_tui.readings.why.records import is_told, sentence
from lifecycle_tui.readings.why.refusals import why_refused
from lifecycle_tui.readings.why.repeated import why_reinit
from lifecycle_tui.readings.why.restored import why_not_restored, why_restored
from lifecycle_tui.readings.why.sources import misplaced
from lifecycle_tui.readings.why.starts import Told, why_cold, why_pre, why_warm
from lifecycle_tui.readings.words import at, environment_name, event_name
from lifecycle_tui.units.translation import tr, tr_later

START_WORDS: Final = {
    Start.COLD: "COLD",
    Start.WARM: "WARM",
    Start.PRE: "PRE",
    Start.RESTORED: "RESTORED",
    Start.REINIT: "RE-INIT",
}
"""How a start is called on the screen."""

_ASKED: Final[dict[tuple[str | None, bool], str]] = {
    (None, False): tr_later("Why was {name} {start}?"),
    (None, True): tr_later("Why was {name} a {start}?"),
    (TIME_OUT, False): tr_later("Why was {name} {start}, and why did it time out?"),
    (TIME_OUT, True): tr_later("Why was {name} a {start}, and why did it time out?"),
    (FAIL, False): tr_later("Why was {name} {start}, and why did it fail?"),
    (FAIL, True): tr_later("Why was {name} a {start}, and why did it fail?"),
}
"""The question about an event, by how it ended and whether Init ran again for it."""

_OF_EVENTS: Final = frozenset({*STARTS, *ENDS, *THROTTLES, Kind.ARRIVAL, Kind.RESTORE_TIMEOUT})
_TELLERS: Final[dict[Start, Callable[[Index, Invocation], Told]]] = {
    Start.COLD: why_cold,
    Start.WARM: why_warm,
    Start.PRE: why_pre,
    Start.REINIT: why_reinit,
    Start.RESTORED: why_restored,
}


def why_event(index: Index, event: int, record: int | None = None) -> Explanation:
    """Explain one event: how it began or why it was refused, and how it ended if that was badly.

    Args:
        index: the run.
        event: its number.
        record: a record of the attempt that is asked about; None: the latest attempt.

    Raises:
        IndexError: there is no such event.
    """
    invocation = invocation_at(index, event, record)
    name = event_name(event)
    if invocation.throttle_reason is not None:
        answer, causes = why_refused(index, invocation)
        return explain(index, tr("Why was {name} throttled (429)?", name=name), answer, causes)
    if invocation.start is None and invocation.end_record != NOBODY:
        answer, causes = why_not_restored(index, invocation)
        return explain(index, tr("Why did {name} fail before it began?", name=name), answer, causes)
    if invocation.start is None:
        return _waiting(index, invocation)
    answer, causes = _TELLERS[invocation.start](index, invocation)
    end = why_end(index, invocation)
    again = invocation.start is Start.REINIT
    if end is None:
        asked = tr(_ASKED[None, again], name=name, start=START_WORDS[invocation.start])
        return explain(index, asked, answer, causes)
    verb, end_answer, end_causes = end
    return explain(
        index,
        tr(_ASKED[verb, again], name=name, start=START_WORDS[invocation.start]),
        f"{answer} {end_answer}",
        [*end_causes, *causes],
    )


def _waiting(index: Index, invocation: Invocation) -> Explanation:
    """Explain an event that had not begun when the run ended."""
    attempt = index.attempt(invocation.event, invocation.arrival_record)
    if attempt.arrival == NOBODY:
        return _held_back(index, invocation.event, attempt)
    asked = tr("Why is {event} waiting?", event=event_name(invocation.event))
    attempt = index.attempt(invocation.event, invocation.arrival_record)
    if attempt.creation == NOBODY:
        # One that its source holds back has not arrived yet.
        came = attempt.sent if attempt.arrival == NOBODY else attempt.arrival
        causes: list[Cause] = chain_from(index, came)
        return explain(index, asked, causes[0].words, causes)
    answer, causes = why_cold(index, invocation)
    return explain(index, asked, answer, causes)


def _held_back(index: Index, event: int, attempt: EventRecords) -> Explanation:
    """Explain an event of a queue or a stream: in another one's batch, or not received yet."""
    name = event_name(event)
    if attempt.batch == NOBODY:
        causes = chain_from(index, attempt.sent)
        return explain(index, tr("Why is {name} waiting?", name=name), causes[0].words, causes)
    lead = index.values[attempt.batch]
    told = why_event(index, lead, attempt.batch)
    words = tr(
        "It rode in the batch of {event}. {answer}", event=event_name(lead), answer=told.answer
    )
    own = make_cause(index, attempt.batch, sentence(index, index.trace[attempt.batch]))
    asked = told.question.replace(event_name(lead), name, 1)
    return explain(index, asked, words, [own, *told.causes])


def why_record(index: Index, number: int) -> Explanation:
    """Explain one record: an event's by its event, any other by its chain of causes."""
    record = index.trace[number]
    kind = record.kind
    if kind in _OF_EVENTS and record.subject > 0:
        return why_event(index, record.subject, number)
    words = sentence(index, record)
    causes = chain_from(index, number)
    if not is_told(kind):
        causes.insert(0, make_cause(index, number, words))
    elsewhere = misplaced(index, record)
    rules = [rule for rule in KINDS[kind].rules if rule not in elsewhere]
    return explain(index, question(index, record), words, causes, rules)


def why_environment(index: Index, environment: int, t_us: int) -> Explanation:
    """Explain an environment's state at a moment.

    Raises:
        IndexError: there is no such environment.
    """
    name = environment_name(environment)
    place = index.position(environment, t_us)
    records = index.of_environment[environment]
    if place == 0:
        return _not_yet(index, name, records[0])
    latest = next(n for n in reversed(records[:place]) if index.trace[n].is_transition)
    state = index.state_after(latest).name
    asked = tr("Why is {name} {state} at {moment}?", name=name, state=state, moment=at(t_us))
    kind = index.kind(latest)
    if kind is Kind.GONE:
        latest = next(n for n in reversed(records[:place]) if index.kind(n) in GONE_REASONS)
    told = why_record(index, latest)
    answer = sentence(index, index.trace[latest])
    causes = list(told.causes)
    if not causes or causes[0].record != latest:
        causes.insert(0, make_cause(index, latest, answer))
    return explain(index, asked, answer, causes)


def _not_yet(index: Index, name: str, created: int) -> Explanation:
    made = sentence(index, index.trace[created])
    answer = tr(
        "It did not come before {moment}: {made}", moment=at(index.times[created]), made=made
    )
    return explain(
        index, tr("Why is there no {name} yet?", name=name), answer, chain_from(index, created)
    )
