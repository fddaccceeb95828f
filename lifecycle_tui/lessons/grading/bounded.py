"""Runs that end early once they have too much in them: a submission may come from anyone."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import Run, Simulation
from lifecycle_tui.engine.trace import Trace

MOST_RECORDS: Final = 500_000
"""Records of the run of one goal."""


class TooMuchError(Exception):
    """A run with more in it than any lesson needs; its words say of what."""


class _Bounded(Trace):
    """A trace that does not grow beyond a size."""

    def add(
        self,
        time_us: int,
        packed: int,
        environment: int,
        subject: int,
        cause: int,
        second_cause: int,
        value: int,
    ) -> int:
        """Append one record.

        Raises:
            TooMuchError: there are too many.
        """
        number = super().add(time_us, packed, environment, subject, cause, second_cause, value)
        if number >= MOST_RECORDS:
            raise TooMuchError(f"the run has more than {MOST_RECORDS:,} records")
        return number


def bounded_run(plan: Plan) -> Run:
    """Simulate a plan to its end.

    Raises:
        TooMuchError: its trace grows too long.
    """
    simulation = Simulation(plan)
    simulation.world.trace = _Bounded(plan)
    return simulation.run()
