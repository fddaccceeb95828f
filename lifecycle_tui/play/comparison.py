"""A/B: a second story beside the session's, at the same moment, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.compare import (
    Difference,
    Figure,
    at_or_before,
    differences,
    figures,
)
from lifecycle_tui.readings.words import letter
from lifecycle_tui.units.translation import tr, tr_later


class Compared(NamedTuple):
    """What the comparison shows at one moment."""

    at_us: int
    names: tuple[str, str]
    configs: tuple[tuple[str, FunctionPlan, FunctionPlan], ...]
    """The configurations in each: of the function that the keys act on, then of all others that
    both have. Before them its letter, where there are several."""
    rules: tuple[str, str]
    """Whose rules hold in each."""
    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...]
    """All of them, by time."""
    passed: int
    """How many of them have come by the cursor."""


class Comparison:
    """A session and the story it is held against: a branch of its own, or another scenario's.

    Args:
        session: A, which plays and is acted upon.
        name: the branch that is B; empty for another scenario.
        stranger: the other scenario's session.
    """

    def __init__(self, session: Session, name: str = "", stranger: Session | None = None) -> None:
        self.session = session
        self.name = name
        self._stranger = stranger
        self._runs = (-1, -1)
        self._differences: tuple[Difference, ...] = ()
        self.rival: Session = stranger or session.beside(name)
        self._branch = session.branch.name
        if stranger is not None:
            session.against, stranger.against = stranger, session
        self.keep_up()

    def keep_up(self) -> None:
        """Put B where A is, having run it as far as that."""
        session = self.session
        if self._stranger is None:
            take = session.take_of(self.name)
            if take is not self.rival.take:
                self.rival = session.beside(self.name)
        elif session.at_us > self.rival.take.horizon_us:
            self.rival.player.seek(session.at_us)
            self.rival.run_again()
        self.rival.player.load(self.rival.player.track, at_us=session.at_us)
        runs = (session.version, self.rival.version)
        if runs != self._runs:
            self._runs = runs
            self._differences = differences(session.index, self.rival.index)
            session.played.fold_with(self.rival.played)
            self.rival.played.fold_with(session.played)

    def leave(self) -> None:
        """Let A be drawn on its own axis again."""
        self.session.played.fold_with(None)
        self.rival.played.fold_with(None)
        self.session.against = self.rival.against = None

    @property
    def is_there(self) -> bool:
        """Whether B still exists and is another branch than A."""
        if self._stranger is not None:
            return True
        names = [branch.name for branch in self.session.branches]
        return self.name in names and self.name != self.session.branch.name

    def swap(self) -> Session:
        """Let B play and be acted upon; return the session that is A from now on."""
        at_us = self.session.at_us
        if self._stranger is None:
            mine = self.session.branch.name
            self.leave()
            self.session.switch(self.name)
            self.name, self.rival = mine, self.session.beside(mine)
        else:
            self.session, self._stranger = self._stranger, self.session
            self.rival = self._stranger
            self.session.player.seek(at_us)
        self._runs = (-1, -1)
        self.keep_up()
        return self.session

    @property
    def names(self) -> tuple[str, str]:
        """What A and B are called."""
        if self._stranger is not None:
            return self.session.title, self.rival.title
        return self.session.branch.name, self.name

    def shown(self) -> Compared:
        """Return what the comparison shows at the cursor."""
        session, rival = self.session, self.rival
        at_us = session.at_us
        return Compared(
            at_us=at_us,
            names=self.names,
            configs=tuple(self._configs()),
            rules=(session.plan.rules_date, rival.plan.rules_date),
            figures=figures(
                session.index,
                rival.index,
                at_us,
                (session.played.starts.at(at_us), rival.played.starts.at(at_us)),
            ),
            differences=self._differences,
            passed=at_or_before(self._differences, at_us),
        )

    def _configs(self) -> Iterator[tuple[str, FunctionPlan, FunctionPlan]]:
        mine, theirs = (
            [f.name for f in each.base.functions] for each in (self.session, self.rival)
        )
        chosen = self.session.function
        for number in sorted(range(len(mine)), key=lambda one: one != chosen):
            if mine[number] in theirs:
                other = theirs.index(mine[number])
            elif number == chosen:
                other = min(number, len(theirs) - 1)
            else:
                continue
            yield (
                letter(number) if len(mine) > 1 else "",
                self.session.function_at_cursor(number),
                self.rival.function_at_cursor(other),
            )

    def jump(self, direction: int) -> Note:
        """Put both cursors at the next (+1) or previous (-1) difference."""
        found, at_us = self._differences, self.session.at_us
        if not found:
            return Note(tr("nothing differs: both runs go the same way"), refused=True)
        times = sorted({one.at_us for one in found if one.at_us >= 0})
        later = [us for us in times if us > at_us]
        earlier = [us for us in times if us < at_us]
        fitting = later if direction > 0 else earlier[::-1]
        if not fitting:
            words = tr_later("no difference before {moment}")
            if direction > 0:
                words = tr_later("no difference after {moment}")
            return Note(tr(words, moment=moment_words(at_us)), refused=True)
        self.session.player.pause()
        self.session.player.seek(fitting[0])
        self.keep_up()
        one = next(each for each in found if each.at_us == fitting[0])
        place = found.index(one) + 1
        return Note(
            tr(
                "difference {place:,} of {count:,}: {what}",
                place=place,
                count=len(found),
                what=told(one, fitting[0]),
            )
        )


def told(one: Difference, at_us: int) -> str:
    """Return a difference as a sentence has it at a moment."""
    return f"{one.what}: A {one.a.at(at_us)} · B {one.b.at(at_us)}"


def likely_rival(session: Session) -> str:
    """Return the branch that the current one is first compared with; empty if it is the only one.

    Its parent, else its latest fork, else the branch made last.
    """
    mine = session.branch
    if mine.parent is not None:
        return mine.parent
    others = [branch for branch in session.branches if branch.name != mine.name]
    forks = [branch for branch in others if branch.parent == mine.name]
    return (forks or others)[-1].name if others else ""
