"""Plans in a few words and traces in a few questions: what the engine's tests have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lifecycle_tui.engine.kinds import ENDS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.plan import (
    DAY,
    MS,
    SECOND,
    AccountPlan,
    Command,
    Fire,
    FunctionPlan,
    Plan,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.tally import Tally
from lifecycle_tui.engine.trace import Record, Trace
from lifecycle_tui.engine.worktime import ZERO, Constant, WorkTime

FOREVER = Constant(366 * DAY)


def ms(milliseconds: float) -> Constant:
    """Return a constant work time."""
    return Constant(round(milliseconds * MS))


def seconds(number: float) -> Constant:
    """Return a constant work time."""
    return Constant(round(number * SECOND))


def prompt_account(
    *, concurrency: int = 1_000, idle: WorkTime = FOREVER, delay: WorkTime = ZERO
) -> AccountPlan:
    """Return an account that places at once and retires no environment by age."""
    return AccountPlan(
        concurrency=concurrency,
        placement=ZERO,
        idle_lifetime=idle,
        max_lifetime=FOREVER,
        provisioning_delay=delay,
    )


def at(second: float, count: int = 1, *, lasting: float | None = None, function: int = 0) -> Fire:
    """Return events at one instant, with a handler time in seconds of their own."""
    return Fire(
        at_us=round(second * SECOND),
        function=function,
        count=count,
        duration=None if lasting is None else seconds(lasting),
    )


@dataclass(frozen=True, slots=True)
class Served:
    """One event and what became of it."""

    event: int
    start: Kind | None
    """None if it was throttled."""
    environment: int
    started_us: int
    end: Kind | None
    """None if it has not ended."""
    ended_us: int

    @property
    def duration_us(self) -> int:
        """Return what REPORT would call Duration."""
        return self.ended_us - self.started_us


class Story:
    """A run, asked in the words of the tests."""

    def __init__(self, plan: Plan) -> None:
        outcome = run(plan)
        assert outcome.trace is not None
        self.trace: Trace = outcome.trace
        self.tally: Tally = outcome.tally
        self.records: list[Record] = list(outcome.trace)

    def of(self, *kinds: Kind) -> list[Record]:
        """Return the records of some kinds."""
        return [record for record in self.records if record.kind in kinds]

    def one(self, kind: Kind) -> Record:
        """Return the only record of a kind."""
        (record,) = self.of(kind)
        return record

    def moment(self, kind: Kind) -> float:
        """Return when the only record of a kind happened, in seconds."""
        return self.one(kind).time_us / SECOND

    def served(self) -> dict[int, Served]:
        """Return every event, by number."""
        found: dict[int, Served] = {}
        for record in self.records:
            if record.kind in STARTS:
                found[record.subject] = Served(
                    record.subject, record.kind, record.environment, record.time_us, None, -1
                )
            elif record.kind in ENDS:
                begun = found[record.subject]
                found[record.subject] = Served(
                    begun.event,
                    begun.start,
                    begun.environment,
                    begun.started_us,
                    record.kind,
                    record.time_us,
                )
            elif record.kind in THROTTLES:
                found[record.subject] = Served(record.subject, None, -1, -1, record.kind, -1)
        return found

    def throttled(self, kind: Kind, second: float) -> int:
        """Return how many events were refused at an instant for a reason."""
        return sum(record.time_us == round(second * SECOND) for record in self.of(kind))

    def busy(self, second: float) -> int:
        """Return how many invocations are running at a time."""
        return sum(step for time_us, step in self._steps() if time_us <= second * SECOND)

    def busy_steps(self) -> list[tuple[int, int]]:
        """Return (time, invocations running from then on), one entry a time."""
        levels: dict[int, int] = {0: 0}
        level = 0
        for time_us, step in self._steps():
            level += step
            levels[time_us] = level
        return list(levels.items())

    def _steps(self) -> Iterator[tuple[int, int]]:
        for record in self.records:
            if record.kind in STARTS:
                yield record.time_us, 1
            elif record.kind in ENDS:
                yield record.time_us, -1


def tell(
    *functions: FunctionPlan,
    commands: tuple[Command, ...],
    account: AccountPlan | None = None,
    rules_date: str = "2026-11-01",
    seed: int = 0,
    until: float | None = None,
) -> Story:
    """Run functions under commands in a prompt account and return the story."""
    return Story(
        Plan(
            functions,
            account or prompt_account(),
            commands,
            rules_date=rules_date,
            seed=seed,
            until_us=None if until is None else round(until * SECOND),
        )
    )
