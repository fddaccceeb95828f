"""One evaluation: the names, the rows that are being gone through, and the steps that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lifecycle_tui.expressions.errors import ExpressionError, did_you_mean
from lifecycle_tui.expressions.values import Moments, Row, Value, describe
from lifecycle_tui.units.text import format_count, quote

ROW: str = "row"
"""The name of the row that is being looked at."""
CONSTANTS: Mapping[str, Value] = {"true": True, "false": False, "none": None, "null": None}


class Evaluation:
    """The state of one evaluation."""

    def __init__(self, names: Mapping[str, Value], steps: int) -> None:
        """Begin.

        Args:
            names: what names stand for.
            steps: how many steps it may take.
        """
        self.names = names
        self._allowed = steps
        self._left = steps
        self._rows: list[Value] = []

    def step(self, column: int, count: int = 1) -> None:
        """Take steps off the budget; ExpressionError where it ends."""
        self._left -= count
        if self._left < 0:
            message = (
                f"it takes more than {format_count(self._allowed)} steps; ask less at once, as"
                " with one table within another"
            )
            raise ExpressionError(message, column)

    def look_up(self, name: str, column: int) -> Value:
        """Return what a name stands for: the innermost row's field, else what is outside."""
        for row in reversed(self._rows):
            if isinstance(row, Row) and name in row.fields:
                return row.get(name)
        if name in self.names:
            return self.names[name]
        if name == ROW and self._rows:
            return self._rows[-1]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = [*self.names, *(each for row in self._rows for each in _fields(row))]
        raise ExpressionError(f"unknown name {quote(name)}{did_you_mean(name, known)}", column)

    def enter(self, row: Value) -> None:
        """Look at a row: its fields now shadow names outside."""
        self._rows.append(row)

    def leave(self) -> None:
        """Look away from the innermost row."""
        self._rows.pop()

    def at(self, moment: Value, column: int) -> tuple[Mapping[str, Value], Sequence[Value]]:
        """Go to a moment, where no row is looked at; return what ``back`` needs."""
        if not isinstance(self.names, Moments):
            raise ExpressionError("at() needs a run, and there is none here", column)
        if isinstance(moment, bool) or not isinstance(moment, int | float):
            message = f"at() begins with a moment, as '3s' or t_end; found {describe(moment)}"
            raise ExpressionError(message, column)
        self.step(column, self.names.size)
        before = self.names, self._rows
        self.names, self._rows = self.names.at(moment), []
        return before

    def back(self, before: tuple[Mapping[str, Value], Sequence[Value]]) -> None:
        """Return from a moment."""
        self.names, self._rows = before[0], list(before[1])


def _fields(row: Value) -> Sequence[str]:
    return list(row.fields) if isinstance(row, Row) else ()
