"""What has happened since one was last told, a sentence for each happening."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from lifecycle_tui.engine.kinds import ENDS, Kind
from lifecycle_tui.engine.rules import any_assumed
from lifecycle_tui.engine.trace import NOBODY, Record
from lifecycle_tui.play.notable import NOTABLE
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.take import Take
from lifecycle_tui.readings.why.chain import in_force
from lifecycle_tui.readings.why.records import is_told, sentence
from lifecycle_tui.readings.words import DAGGER, at, environment_name


class Level(IntEnum):
    """How much is told."""

    NOTABLE = 1
    """How events begin and end, refusals, resets, ends of environments."""
    TRANSITIONS = 2
    """Every step of an environment or of an event."""
    EVERYTHING = 3
    """Every record, with the rules that it stands on."""


_ALWAYS: Final = NOTABLE | frozenset((*ENDS, Kind.COMMAND, Kind.MESSAGE_DELETED))
_NEVER: Final = frozenset((Kind.SCENARIO_START, Kind.SCENARIO_END))
_STEPS: Final = frozenset(
    {
        Kind.RUNTIME_INIT_STARTED, Kind.FUNCTION_INIT_STARTED, Kind.REINIT_STARTED,
        Kind.HANDLER_STARTED, Kind.RESPONSE_SENT, Kind.RESTORE_HOOKS_STARTED, Kind.SIGTERM_SENT,
        Kind.SIGKILL_SENT,
    }
)  # fmt: skip
"""What changes no state, and is a step all the same: a phase begins with it."""


def is_told_at(level: Level, record: Record) -> bool:
    """Whether a record is told of."""
    kind = record.kind
    if kind in _NEVER:
        return False
    if level is Level.NOTABLE:
        return kind in _ALWAYS
    step = record.is_transition or is_told(kind) or kind in _STEPS
    return step or level is Level.EVERYTHING


class Teller:
    """Tells each happening once, as the cursor of a session comes by it.

    Args:
        session: whose.
    """

    def __init__(self, session: Session) -> None:
        self.level = Level.TRANSITIONS
        self.session = session
        self._at_us = -1
        """All up to this moment has been told, nothing at all if it is negative, ..."""
        self._told: Counter[tuple[int, int, int]] = Counter()
        """... and of the moment itself these."""
        self._branch = session.branch.name

    def follow(self, session: Session) -> None:
        """Go on with another session, from where it stands; at its start all is still to tell."""
        self.session = session
        self._branch = session.branch.name
        self.skip()
        if not session.at_us:
            self._at_us, self._told = -1, Counter()

    def skip(self) -> None:
        """Take all that has happened by now as told."""
        at_us = self.session.at_us
        self._at_us = at_us
        self._told = Counter(map(_same, _between(self.session.take, at_us, at_us)))

    def news(self) -> Iterator[str]:
        """Yield what has happened since; after going back, or to another branch, nothing."""
        session = self.session
        self._turn()
        if session.at_us < self._at_us:
            self.skip()
            return
        told = self._told
        for record in _between(session.take, self._at_us, session.at_us):
            if record.time_us == self._at_us and told[_same(record)]:
                told[_same(record)] -= 1
            elif is_told_at(self.level, record):
                yield self._line(record)
        self.skip()

    def _turn(self) -> None:
        """Notice that another branch is shown: what it has in common with the former is known."""
        session = self.session
        branch, former = session.branch, self._branch
        if branch.name == former:
            return
        self._branch = branch.name
        if branch.parent != former:
            self.skip()
            return
        self._at_us = min(self._at_us, branch.forked_at_us)
        self._told = Counter()
        if self._at_us > 0:
            known = _between(session.take_of(former), self._at_us, self._at_us)
            self._told = Counter(map(_same, known))

    def _line(self, record: Record) -> str:
        index = self.session.index
        words = sentence(index, record)
        name = environment_name(record.environment)
        if record.environment != NOBODY and name not in words:
            words = f"{name}  {words}"
        if self.level is Level.EVERYTHING:
            rules = in_force(index, record.rules)
            mark = f" {DAGGER}" if any_assumed(rules) and DAGGER not in words else ""
            words += f"{mark} [{', '.join(rules)}]" if rules else mark
        return f"t {at(record.time_us)}  {words}"


def _between(take: Take, from_us: int, to_us: int) -> Iterator[Record]:
    """Yield the records of a run from one moment to another, both included."""
    trace = take.trace
    first = bisect_left(take.index.times, from_us) if from_us >= 0 else 0
    yield from (trace[number] for number in range(first, trace.last_at(to_us) + 1))


def _same(record: Record) -> tuple[int, int, int]:
    return record.kind, record.environment, record.subject
