"""Trying a change out: the plan is run again with it, as far as the event in question needs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.play.contrasts.changes import Change
from lifecycle_tui.play.contrasts.goals import Goal, Reached
from lifecycle_tui.readings.index import Index

MOST_RUNS: Final = 120
MOST_RECORDS: Final = 400_000
"""How hard it is looked for what would have made the difference to one event."""

_MS: Final = 1_000
_STEPS: Final = ((1_000 * _MS, 1 * _MS), (10_000 * _MS, 10 * _MS), (100_000 * _MS, 100 * _MS))
_LONGEST_STEP_US: Final = 1_000 * _MS
_FURTHER_US: Final = tuple(4**power * 1_000 * _MS for power in range(1, 6))
"""How much further a run goes that stopped before it could tell: 4 s to a good quarter of an hour,
longer than any invocation; then to its end."""


class Spent(Exception):  # noqa: N818 - nothing is wrong: it has been looked long enough
    """It has been looked for long enough."""


def readable_step(size_us: int) -> int:
    """Return the step in which a length of time is told: 1 ms below 1 s, 1 s from 100 s on."""
    return next((step for below, step in _STEPS if size_us < below), _LONGEST_STEP_US)


def ones(size: int) -> int:  # noqa: ARG001 - every size is counted alike
    """Return the step of what is counted."""
    return 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change that may have made the difference, in any size.

    Attributes:
        goal: what has to be reached.
        make: returns the change of a size; None where there is none so large.
        told: returns it in words: ``Had #2 come 40 ms later``.
        guess: the size that is expected to do.
        limit: the largest size.
        until_us: how far a run goes to tell, as long as things go as expected.
        step: in which steps the size is told.
        assumed: whether a number that AWS does not publish is at work.
        about: the event that the words are about, so that they need not name it twice.
        weight: how large a unit of it looks, for the order of contrasts; times are microseconds.
        known_us: from when on an observer knows what it takes to tell.
    """

    goal: Goal
    make: Callable[[int], Change | None]
    told: Callable[[int], str]
    guess: int
    limit: int
    until_us: Callable[[int], int]
    step: Callable[[int], int] = readable_step
    assumed: bool = False
    about: int = 0
    weight: float = 1.0
    known_us: int = 0


class Found(NamedTuple):
    """The smallest size that makes the difference, with its proof and the next smaller size."""

    size: int
    reached: Reached
    smaller: int


class Trials:
    """Runs of one plan with one change each, so many and no more."""

    def __init__(self, plan: Plan, *, runs: int = MOST_RUNS, records: int = MOST_RECORDS) -> None:
        self._plan = plan
        self.runs_left = runs
        self.records_left = records

    def _run(self, change: Change, until_us: int | None) -> Index:
        """Run with a change, up to a moment or to the end.

        Raises:
            Spent: enough has been run.
        """
        if self.runs_left <= 0 or self.records_left <= 0:
            raise Spent
        trace = run(cut(change.applied(self._plan), until_us)).trace
        assert trace is not None
        self.runs_left -= 1
        self.records_left -= len(trace)
        return Index(trace)

    def smallest(self, candidate: Candidate) -> Generator[None, None, Found | None]:
        """Look for the smallest size that makes the difference; yields after each run.

        The size that is found does, and one step less does not: both were run.
        """
        step = candidate.step
        if candidate.limit < 1:
            return None
        size = _up(min(max(candidate.guess, 1), candidate.limit), step)
        found = yield from self._with(candidate, size)
        low = 0
        if found is None:
            low = size
            size = _up(size + 1, step)
            found = yield from self._with(candidate, size)
            if found is None:
                low, size = size, candidate.limit // step(candidate.limit) * step(candidate.limit)
                found = (yield from self._with(candidate, size)) if size > low else None
            if found is None:
                return None
        while True:
            smaller = size - step(size)
            if smaller <= 0 or smaller == low:
                return Found(size, found, max(smaller, 0))
            less = yield from self._with(candidate, smaller)
            if less is None:
                return Found(size, found, smaller)
            size, found = smaller, less
            while size - low > 2 * step(size):
                middle = _up((low + size) // 2, step)
                less = yield from self._with(candidate, middle)
                if less is None:
                    low = middle
                else:
                    size, found = middle, less

    def _with(self, candidate: Candidate, size: int) -> Generator[None, None, Reached | None]:
        change = candidate.make(size) if size <= candidate.limit else None
        if change is None:
            return None
        for until_us in self._horizons(candidate.until_us(size)):
            index = self._run(change, until_us)
            yield
            reached = candidate.goal.reached(index)
            if reached is not None or not candidate.goal.undecided(index):
                return reached
        return None

    def _horizons(self, first_us: int) -> Iterator[int | None]:
        """Yield how far to run, ever further while that does not tell; None: to the end."""
        whole_us = self._plan.until_us
        for until_us in (first_us, *(first_us + further_us for further_us in _FURTHER_US)):
            yield until_us
            if whole_us is not None and until_us >= whole_us:
                return
        yield None


def cut(plan: Plan, until_us: int | None) -> Plan:
    """Return a plan that ends at a moment: all that happens before it stays as it is."""
    if until_us is None:
        return plan
    if plan.until_us is not None:
        until_us = min(until_us, plan.until_us)
    return replace(plan, until_us=until_us)


def _up(size: int, step: Callable[[int], int]) -> int:
    each = step(size)
    return -(-size // each) * each
