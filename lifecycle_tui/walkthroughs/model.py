"""A walkthrough as frozen values: steps of a caption, commands, and what is shown with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.model import Line
from lifecycle_tui.lessons.staging import LOOKING, verb_of
from lifecycle_tui.lessons.templates import Template
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.scenario.problems import Place
from lifecycle_tui.walkthroughs.staging import words_of

PANES: Final = ("inspect", "why", "cost", "trace", "metrics", "config", "log")
"""What a step may show beside the lanes."""
ENDING: Final = ".walk.yaml"
"""How the name of a walkthrough's file ends."""


class Size(NamedTuple):
    """A size of the screen, in cells."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


class Mark(NamedTuple):
    """A snapshot: what the screen shows at the end of a step is compared with what is kept."""

    place: Place
    name: str
    text: tuple[Size, ...]
    """The sizes at which it is compared as text."""
    svg: tuple[Size, ...]
    """The sizes at which it is compared as a picture."""


class Compare(NamedTuple):
    """A fork that is shown below the current one."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        place: where it stands.
        caption: what is said once its commands have been carried out.
        lines: its commands.
        pane: what is shown beside the lanes.
        event: the event whose reason is asked for; None: that of the latest happening.
        compare: the fork that is shown below; None: there is one run on the screen.
        mark: the snapshot at its end.
    """

    place: Place
    caption: Template
    lines: tuple[Line, ...]
    pane: str
    event: int | None = None
    compare: Compare | None = None
    mark: Mark | None = None

    @property
    def doings(self) -> tuple[str, ...]:
        """The commands of it that change something."""
        return tuple(words_of(line) for line in self.lines if verb_of(line) not in LOOKING)


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """A story told in steps.

    Attributes:
        file: its name, for errors and for being found again.
        title: in one line.
        plan: what it plays on.
        origin: the scenario's text.
        sizes: the sizes at which it is tested.
        steps: at least one.
        recordings: recorded arrivals that its commands can send, by name.
    """

    file: str
    title: str
    plan: Plan
    origin: Origin
    sizes: tuple[Size, ...]
    steps: tuple[Step, ...]
    recordings: Mapping[str, Recording] = field(default_factory=dict)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All snapshots, in order."""
        return tuple(step.mark for step in self.steps if step.mark is not None)
