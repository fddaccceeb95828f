"""The search: candidates by cost, each one run, until a run breaks the claim; then it is shrunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from lifecycle_tui.claims.candidate import Base, Candidate
from lifecycle_tui.claims.claim import SENT, Claim, names_before
from lifecycle_tui.claims.culprit import culprit
from lifecycle_tui.claims.shrink import smaller
from lifecycle_tui.claims.space import Space, bursts, candidates, space_of
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.expressions import fields_named
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables import names_of
from lifecycle_tui.units.text import clean

MOST_RUNS: Final = 5_000
MOST_EVENTS: Final = 4
MOST_COST: Final = 24
"""Candidates beyond are too odd to be tried."""
SHRINKING_RUNS: Final = 500
_TELL_EVERY: Final = 50
_AFTERWARDS: Final = frozenset(
    {"end", "t_gone", "alive", "shutdown_ms", "graceful", "idle_ms", "state", "timers"}
)
"""Names that ask what comes after the last event: then a run goes on."""

Progress = Callable[[int, int], object]
"""Is told how many scenarios have run, and how many will at most."""


class Cancelled(Exception):  # noqa: N818 - nothing is wrong: somebody has changed their mind
    """The search was called off."""


@dataclass(frozen=True, slots=True)
class Found:
    """A scenario that breaks the claim."""

    claim: Claim
    plan: Plan
    run: Run
    index: Index
    event: int
    """The event that breaks it."""
    runs: int
    """Scenarios that ran, shrinking included."""
    settings: tuple[tuple[str, object], ...]
    """Fields of the function that are not as they were given, with their values."""


class NotFound(NamedTuple):
    """How hard was looked, in vain."""

    claim: Claim
    runs: int
    met: int
    """How many of them met the condition."""
    answered: int
    """In how many of those the claim had an answer."""
    by_events: tuple[tuple[int, int], ...]
    """How many ran, by their number of events."""
    space: Space
    exhausted: bool
    """Whether everything in the space was tried."""


@dataclass
class _Search:
    claim: Claim
    base: Base
    most_runs: int
    progress: Progress | None
    cancelled: Callable[[], bool]
    runs: int = 0
    met: int = 0
    answered: int = 0
    by_events: Counter[int] = field(default_factory=Counter)

    def breaks(self, candidate: Candidate) -> bool:
        """Run a candidate and say whether it meets the condition and breaks the claim."""
        if self.cancelled():
            raise Cancelled
        told = names_before(candidate, self.base)
        for part in (*self.claim.settings, *self.claim.before):
            if part.holds(told) is not True:
                return False
        self.runs += 1
        self.by_events[len(candidate.events)] += 1
        if self.progress is not None and self.runs % _TELL_EVERY == 0:
            self.progress(self.runs, self.most_runs)
        index = _index(run(candidate.plan(self.base)))
        found = names_of(index, more={SENT.name: told[SENT.name]})
        if self.claim.after:
            both = names_of(index, more={n: v for n, v in told.items() if n != "cfg"})
            if any(part.holds(both) is not True for part in self.claim.after):
                return False
        self.met += 1
        answer = self.claim.claim.holds(found)
        self.answered += answer is not None
        return answer is False


def search(
    claim: Claim,
    base: Base | None = None,
    *,
    most_events: int | None = None,
    most_runs: int = MOST_RUNS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found | NotFound:
    """Look for the smallest scenario that breaks a claim.

    The same claim always gives the same answer. Scenarios with few events come first, then odd
    times, then odd settings; what breaks the claim is made smaller while it still does.

    Args:
        claim: what is claimed, and under which condition.
        base: the function that is varied; a plain one if None.
        most_events: events of a scenario; None: four, or as many at once as the claim has numbers.
        most_runs: scenarios that are tried at most.
        progress: is told from time to time how far it is.
        cancelled: is asked before each run whether to give up.

    Raises:
        Cancelled: it was.
        ExpressionError: the claim or its condition has no answer for some run.
    """
    base = base or Base()
    names = {name for part in claim.all_parts for name in part.names_used() | fields_named(part)}
    base = base._replace(lives_on=bool(names & _AFTERWARDS), title=base.title or _title(claim))
    search_ = _Search(claim, base, most_runs, progress, cancelled)
    space = space_of(claim, base)
    if space.settings:
        for cost in range(MOST_COST + 1):
            for events in _events(claim, most_events, cost):
                for candidate in candidates(space, events, cost):
                    if search_.breaks(candidate):
                        return _found(search_, candidate)
                    if search_.runs >= most_runs:
                        return _not_found(search_, space, exhausted=False)
    return _not_found(search_, space, exhausted=True)


def _title(claim: Claim) -> str:
    return clean(f"Refutes: {' '.join(claim.claim.text.split())}", 120)


def _events(claim: Claim, most: int | None, cost: int) -> Sequence[int]:
    """Return with how many events candidates of a cost are tried."""
    few = range(1, (most or MOST_EVENTS) + 1)
    return [*few, *bursts(claim, MOST_EVENTS)] if most is None and not cost else few


def _found(search_: _Search, candidate: Candidate) -> Found:
    claim, base = search_.claim, search_.base
    last = search_.runs + SHRINKING_RUNS
    shrinking = True
    while shrinking:
        shrinking = False
        for one in smaller(candidate, base):
            if search_.runs >= last:
                break
            if search_.breaks(one):
                candidate, shrinking = one, True
                break
    plan = candidate.plan(base)
    result = run(plan)
    index = _index(result)
    told = {SENT.name: names_before(candidate, base)[SENT.name]}
    event = culprit(claim.claim, names_of(index, more=told)) or len(index.events)
    return Found(claim, plan, result, index, event, search_.runs, candidate.settings)


def _not_found(search_: _Search, space: Space, *, exhausted: bool) -> NotFound:
    by_events = tuple(sorted(search_.by_events.items()))
    return NotFound(
        search_.claim,
        search_.runs,
        search_.met,
        search_.answered,
        by_events,
        space,
        exhausted,
    )


def _index(result: Run) -> Index:
    assert result.trace is not None
    return Index(result.trace)


def base_of(plan: Plan, function: int = 0) -> Base:
    """Return a base from a scenario: one of its functions, its account, its rules and its seed."""
    chosen = replace(plan.functions[function], autoscaling=None)
    return Base(chosen, plan.account, plan.downstreams, plan.rules_date, plan.seed)
