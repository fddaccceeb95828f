"""A record's causes, one after the other, back to an input; and every kind of record in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.engine.kinds import INPUTS, KINDS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.model import Cause, Explanation
from lifecycle_tui.readings.why.records import is_told, sentence
from lifecycle_tui.readings.why.sources import misplaced

LONGEST: Final = 6
"""Causes in a chain; of a longer one, what only leads on is left out."""
_KEPT_FIRST: Final = 2
"""The nearest causes, which always stay; the input does too."""
_LEADS_ON: Final[dict[Kind, int]] = {
    **dict.fromkeys(STARTS, 5),
    Kind.ATTEMPT: 4,
    **dict.fromkeys(THROTTLES, 3),
    **dict.fromkeys((*CREATIONS, *GONE_REASONS), 2),
    **dict.fromkeys((Kind.CREATED_SNAPSHOT, Kind.SNAPSHOT_TAKEN), 1),
    Kind.COMMAND: 0,
    Kind.ARRIVAL: 2,
    Kind.INIT_FINISHED: 3,
}
"""How little is lost without a line in the middle of a chain, by its kind; 1 for all others."""


_UNSAID: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.CREATED_FOR_EVENT: ("SIM-PLACEMENT",),
    Kind.INVOKE_WARM: ("SIM-REUSE",),
}
"""Rules of a kind that its sentence in a chain does not speak of."""


def make_cause(
    index: Index,
    number: int,
    words: str,
    *,
    also: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Cause:
    """Return one line of a chain.

    Args:
        index: the run.
        number: the record it is about.
        words: what it says.
        also: rules that it stands on beside those of the record's kind.
        without: rules of the kind that do not matter here.
    """
    left_out = frozenset(without)
    own = KINDS[index.kind(number)].rules
    ids = [*(rule for rule in own if rule not in left_out), *also]
    rules = in_force(index, ids)
    return Cause(
        record=number,
        time_us=index.times[number],
        words=words,
        rules=rules,
        assumed=any(RULES[rule].assumed for rule in rules),
    )


def in_force(index: Index, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of known rules that hold on the run's date, each once."""
    date = index.plan.rules_date
    return tuple(
        dict.fromkeys(rule for rule in ids if rule in RULES and RULES[rule].holds_on(date))
    )


def explain(
    index: Index, question: str, answer: str, causes: list[Cause], first_rules: Iterable[str] = ()
) -> Explanation:
    """Return an explanation, its rules those of its causes in order."""
    ids = [*first_rules, *(rule for cause in causes for rule in cause.rules)]
    return Explanation(question, answer, tuple(shortened(index, causes)), in_force(index, ids))


def shortened(index: Index, causes: list[Cause]) -> list[Cause]:
    """Return a chain without what was said already and, if it is too long, what only leads on.

    Both ends stay. What is left out is found again from the causes that are kept: each has a chain
    of its own.
    """
    kept: list[Cause] = []
    for cause in causes:
        said = any(cause.words == other.words for other in kept)
        if not said or index.kind(cause.record) in INPUTS:
            kept.append(cause)

    def loss(place: int) -> tuple[int, int]:
        record = index.trace[kept[place].record]
        # Where a line says more than its record does, it is there for a reason.
        plain = is_told(record.kind) and kept[place].words == sentence(index, record)
        return (_LEADS_ON.get(record.kind, 1) if plain else 0), place

    while len(kept) > LONGEST:
        del kept[max(range(_KEPT_FIRST, len(kept) - 1), key=loss)]
    return kept


def chain_from(index: Index, number: int) -> list[Cause]:
    """Return what led to a record, itself included, from near to far, back to an input.

    Follows the first cause of each record; marks within a phase are passed over.
    """
    found: list[Cause] = []
    while True:
        record = index.trace[number]
        if is_told(record.kind):
            unsaid = _UNSAID.get(record.kind, ()) or misplaced(index, record)
            if record.kind is Kind.SHUTDOWN_INIT_FAILED:
                unsaid = (_other_failure(index, record),)
            if record.kind is Kind.PROVISION_STARTED and _asked_from_the_start(index, record):
                unsaid = ("SIM-PC-DELAY",)
            words = sentence(index, record)
            found.append(make_cause(index, number, words, without=unsaid))
        if record.kind in INPUTS or not record.causes:
            return found
        number = record.causes[0]


def _other_failure(index: Index, record: Record) -> str:
    """Return the rule of the Init failures that this one is not: of versions, or allocations."""
    return "ITO-08" if index.trace.environments[record.environment].makes_snapshot else "RST-10"


def _asked_from_the_start(index: Index, record: Record) -> bool:
    return any(index.kind(cause) is Kind.SCENARIO_START for cause in record.causes)
