"""The walkthroughs that come with the program, to be played from where they were left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from lifecycle_tui.tui.screens.stories import StoryList
from lifecycle_tui.tui.walking.opening import kept_walk_screen
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import padded
from lifecycle_tui.units.translation import tr, tr_many
from lifecycle_tui.walkthroughs.catalogue import shipped
from lifecycle_tui.walkthroughs.keeping import left
from lifecycle_tui.walkthroughs.model import Walkthrough
from lifecycle_tui.walkthroughs.reading import load_walkthrough

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp


class WalkthroughList(StoryList):
    """All walkthroughs, and at which step one was left."""

    def __init__(self, app: LifecycleApp) -> None:
        super().__init__(app)
        self._walkthroughs = {name: load_walkthrough(path) for name, path in shipped().items()}

    @property
    def heading(self) -> tuple[str, str]:
        """Say how many there are."""
        count = len(self._walkthroughs)
        words = tr_many("{count} story told in steps", "{count} stories told in steps", count)
        return tr("Walkthroughs"), words

    def rows(self, width: int) -> Sequence[Line]:
        """Return a line for each walkthrough."""
        titles = max(len(one.title) for one in self._walkthroughs.values())
        return [
            _row(one, self._begins_at(name), titles, width)
            for name, one in self._walkthroughs.items()
        ]

    def open(self, place: int) -> None:
        """Play a walkthrough."""
        name, found = list(self._walkthroughs.items())[place]
        self.app.push_screen(kept_walk_screen(self.program, name, found, self._begins_at(name)))

    def _begins_at(self, name: str) -> int:
        """Return the step to go on with, from 0; one that was seen to its end begins again."""
        place = left()
        if place is None or place.file != name:
            return 0
        return place.step if place.step < len(self._walkthroughs[name].steps) - 1 else 0


def _row(one: Walkthrough, begins_at: int, titles: int, width: int) -> Line:
    count = len(one.steps)
    told = tr_many("{count} step", "{count} steps", count)
    if begins_at:
        told = tr("goes on at step {number} of {count}", number=begins_at + 1, count=count)
    room = max(min(titles, width - cell_len(told) - 3), 4)
    return (Run(padded(one.title, room), "strong"), Run(f"   {told}", "dim"))
