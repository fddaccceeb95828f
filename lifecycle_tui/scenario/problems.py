"""What is wrong with a scenario: one line each, with its place, for the person who can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final, NamedTuple

from lifecycle_tui.units.text import clean, quote

MOST: Final = 25
"""So many problems of one file are reported; then reading stops."""


class Place(NamedTuple):
    """Where something stands; lines and columns count from 1."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """One thing wrong, at one place."""

    place: Place
    message: str

    def __str__(self) -> str:
        file, line, column = self.place
        return f"{file}:{line}:{column}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be run, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """The problems found so far in one file."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, message: str) -> None:
        """Note a problem; the message is cut to one safe line.

        Raises:
            ScenarioError: there are so many by now that reading on helps nobody.
        """
        self._found.append(Problem(place, clean(message, 400)))
        if len(self._found) == MOST:
            self._found.append(Problem(place, f"stopped reading after {MOST} problems"))
            self.check()

    def __bool__(self) -> bool:
        return bool(self._found)

    def check(self) -> None:
        """Raise ScenarioError if there is any problem."""
        if self._found:
            raise ScenarioError(sorted(self._found, key=lambda problem: problem.place))


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """Return what to type instead: ``; did you mean 'timeout'?``, or all that is allowed."""
    names = list(allowed)
    close = difflib.get_close_matches(found[:100], names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {quote(close[0], 64)}?"
    if not names:
        return ""
    shown = names if len(names) <= 16 else [*names[:16], "…"]
    return f"; allowed: {', '.join(clean(name, 64) for name in shown)}"
