"""The slides of a deck as frozen values: few words each, and what leads to what they show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from lifecycle_tui.lessons.model import Check, Lesson, Line
from lifecycle_tui.lessons.staging import LOOKING, verb_of

WIDTH: Final = 60
"""Columns of text on a slide."""


class Kind(StrEnum):
    """What a slide is for."""

    TITLE = "title"
    TEXT = "text"
    """Something to say."""
    STAGE = "stage"
    """The lesson's own commands, played."""
    QUESTION = "question"
    """A prediction, before it is answered."""
    ANSWER = "answer"
    """The run answers it."""
    WHY = "why"
    """Why the other options are wrong."""
    CHALLENGE = "challenge"
    """A goal, for the presenter or the room to reach."""
    SOLUTION = "solution"
    """A way to reach it, played."""
    RECAP = "recap"
    CARD = "card"


_WITH_LANES: Final = frozenset(
    {Kind.STAGE, Kind.QUESTION, Kind.ANSWER, Kind.WHY, Kind.CHALLENGE, Kind.SOLUTION}
)

ABOUT_SOMETHING: Final = frozenset({Kind.QUESTION, Kind.ANSWER, Kind.CHALLENGE, Kind.SOLUTION})
"""Kinds of slides that ask for something, or show it."""


class Said(NamedTuple):
    """A paragraph or one item of a list, with its marks of Markdown."""

    text: str
    mark: str = ""
    """``- `` or ``1. ``."""
    strong: bool = False
    """Whether it stands out from the rest."""


@dataclass(frozen=True, slots=True)
class Question:
    """A prediction as the room is asked it: its texts filled in from the run."""

    id: str
    ask: str
    options: tuple[str, ...]
    right: int
    """The place of the option that turns out to be true."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide."""

    kind: Kind
    beat: str
    """The id of the part of the lesson that it belongs to."""
    heading: str
    says: tuple[Said, ...] = ()
    picture: tuple[str, ...] = ()
    """Lines that are shown as they stand, below what is said."""
    about: tuple[str, ...] = ()
    """The log, the code or the claim that is asked about: it stays in sight if there is room."""
    lines: tuple[Line, ...] = ()
    """The commands that lead to what it shows."""
    question: Question | None = None
    check: Check | None = None
    notes: tuple[str, ...] = ()
    """What the lesson's author tells whoever presents it."""
    aids: tuple[str, ...] = ()
    """What is worth knowing before the room does: the answer, the beliefs, a solution."""
    running: bool = False
    """Whether there is an environment by then."""
    lanes: int = 0
    """How many environments there are at its end, or at that of what it asks for."""
    columns: tuple[tuple[int, int], ...] = ()
    """By story time of a cell, from the closest look: the column in which the scene ends. A scene
    lasts until the story begins anew, or its part of the lesson ends."""

    @property
    def shows_lanes(self) -> bool:
        """Whether the run is seen below what is said, if there is room for both."""
        return self.kind in _WITH_LANES or (self.kind is Kind.TEXT and self.running)

    def cell_us(self, columns: int) -> int:
        """Return the story time of a cell at which the scene fits, or the widest look there is."""
        fits = (cell_us for cell_us, end in self.columns if end < columns)
        return next(fits, self.columns[-1][0])

    @property
    def reveals(self) -> bool:
        """Whether it shows what the slide before it asks for."""
        return self.kind in (Kind.ANSWER, Kind.SOLUTION)

    @property
    def doings(self) -> tuple[str, ...]:
        """The commands of it that change something."""
        return tuple(line.text for line in self.lines if verb_of(line) not in LOOKING)


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides of a lesson, as one run of it has them."""

    lesson: Lesson
    seed: int
    slides: tuple[Slide, ...]

    def first_of(self, beat: str) -> int | None:
        """Return the place of the first slide of a part; None if there is no such part."""
        return next((n for n, slide in enumerate(self.slides) if slide.beat == beat), None)

    @property
    def beats(self) -> tuple[str, ...]:
        """The ids of its parts, in order."""
        return tuple(dict.fromkeys(slide.beat for slide in self.slides))
