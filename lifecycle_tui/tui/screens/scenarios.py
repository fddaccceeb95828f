"""The scenarios that come with the program, to be opened in the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lifecycle_tui.play.note import Note
from lifecycle_tui.scenario.catalogue import GROUPS, Shipped, shipped
from lifecycle_tui.tui.screens.stories import StoryList
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.translation import tr, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp


class ScenarioList(StoryList):
    """All scenarios, by what they are about."""

    def __init__(self, app: LifecycleApp) -> None:
        super().__init__(app)
        every = shipped()
        self._scenarios = [one for group in GROUPS for one in every if one.group == group]

    @property
    def heading(self) -> tuple[str, str]:
        """Say how many there are."""
        count = len(self._scenarios)
        return tr("Scenarios"), tr_many("{count} story", "{count} stories", count)

    def rows(self, width: int) -> Sequence[Line]:
        """Return a line for each scenario."""
        return [_row(one, width) for one in self._scenarios]

    def open(self, place: int) -> None:
        """Open a scenario."""
        from lifecycle_tui.sessions.opening import open_scenario

        saved = open_scenario(self._scenarios[place].name)
        self.program.open_over(saved.open(), Note(tr("q goes back to the scenarios")))


def _row(one: Shipped, width: int) -> Line:
    return (
        Run(f"{padded(one.group, 12)}  ", "dim"),
        Run(fit(one.title, width - 14), "strong"),
    )
