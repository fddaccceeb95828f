"""A session at rest: its scenario as it was written, and every branch as it was left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lifecycle_tui import __version__
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.play.branches import Branch, varied
from lifecycle_tui.play.commands import last_moment
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.play.session import Session


class NoOriginError(Exception):
    """A session whose scenario's text nobody knows; it can be played, but not saved."""

    def __init__(self) -> None:
        super().__init__("this session cannot be saved: its scenario stands in no file")


@dataclass(frozen=True, slots=True)
class Saved:
    """A session at rest.

    Attributes:
        origin: its scenario, as it was written.
        plan: the same as a plan, with the seed and the rules' date that it is played with.
        branches: all of them, in the order they were made.
        current: the name of the one that is shown.
        program: the version of the program that saved it.
        against: another scenario's session that it was compared with.
    """

    origin: Origin
    plan: Plan
    branches: tuple[Branch, ...]
    current: str
    program: str = __version__
    against: Saved | None = None

    @classmethod
    def of(cls, session: Session, origin: Origin | None = None) -> Saved:
        """Return a session as it is now.

        Args:
            session: what is played.
            origin: its scenario's text; None: what the session itself knows of it.

        Raises:
            NoOriginError: nobody knows where its scenario comes from.
        """
        if origin is None and session.origin is None:
            raise NoOriginError
        if origin is None and session.origin is not None:
            origin = session.origin()
        assert origin is not None
        rival, against = session.against, None
        if rival is not None and rival.origin is not None:
            against = cls(rival.origin(), rival.scenario, rival.branches, rival.branch.name)
        return cls(origin, session.scenario, session.branches, session.branch.name, against=against)

    @classmethod
    def fresh(cls, origin: Origin, plan: Plan) -> Saved:
        """Return a session in which nothing has been done."""
        branch = Branch()
        return cls(origin, plan, (branch,), branch.name)

    def open(self, *, speed: float = 1.0) -> Session:
        """Return the session, where it was left, and with it what it was compared with."""
        if self.against is None:
            return self._opened(speed)
        session = self._opened(speed, self.origin.name)
        rival = self.against._opened(1.0, self.against.origin.name)
        session.against, rival.against = rival, session
        return session

    def _opened(self, speed: float, title: str = "") -> Session:
        """Return the session alone; two that are compared are called by their names."""
        plan = replace(self.plan, title=title) if title else self.plan
        session = Session(plan, scenario_name=self.origin.name, speed=speed)
        session.origin = lambda: self.origin
        session.load(self.branches, self.current)
        session.changes = 0
        return session

    def branch(self, name: str) -> Branch:
        """Return a branch by its name.

        Raises:
            KeyError: there is none.
        """
        found = next((branch for branch in self.branches if branch.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def plan_of(self, name: str) -> Plan:
        """Return everything that a branch runs: the scenario as it has it, and its commands.

        A scenario that ends at a moment goes on for as long as the branch was seen.

        Raises:
            KeyError: there is no such branch.
        """
        branch = self.branch(name)
        base = varied(self.plan, branch)
        until_us = base.until_us
        if until_us is not None:
            until_us = max(until_us, branch.edge_us, *map(last_moment, branch.commands), 0)
        return replace(base, commands=base.commands + branch.commands, until_us=until_us)


def normal(text: str) -> str:
    """Return a scenario's text with plain line ends, one at its end, and no byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return plain.rstrip("\n") + "\n"
