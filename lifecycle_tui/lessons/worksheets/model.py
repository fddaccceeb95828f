"""A worksheet as frozen values: what is printed, and what belongs into every blank.

Sheet and key are drawn from the same values, so that there is an answer for each blank and a blank
for each answer.
"""

from __future__ import annotations

from typing import NamedTuple

from lifecycle_tui.readings.axis import Axis
from lifecycle_tui.readings.model import Phase


class Bar(NamedTuple):
    """A stretch of a lane in one phase; ``end_us`` is where it ends or the picture does."""

    start_us: int
    end_us: int
    phase: Phase
    number: int
    """What the phase is called on the sheet."""
    cut: bool
    """Whether it ended before it was done."""
    whole: bool
    """Whether all of it is in the picture."""


class Begin(NamedTuple):
    """Where an invocation begins in a lane: a box to write into."""

    at_us: int
    answer: str


class Lane(NamedTuple):
    """One environment."""

    id: str
    bars: tuple[Bar, ...]
    begins: tuple[Begin, ...]


class Arrival(NamedTuple):
    """Events that come at one moment, as the sheet names them."""

    at_us: int
    names: tuple[str, ...]


class NumberAsked(NamedTuple):
    """A number of the picture whose phase is to be written down."""

    number: int
    lane: str
    name: str
    took_ms: str
    """How long the stretch took that is meant; empty where that is not asked."""


class EventAsked(NamedTuple):
    """A row of the table of events."""

    event: str
    start: str
    wait_ms: str
    billed_ms: str


class EndAsked(NamedTuple):
    """A lane that is at work where the picture ends, and with what."""

    lane: str
    name: str


class Figure(NamedTuple):
    """The lanes of a run at a moment, and what is asked of them."""

    title: str
    from_us: int
    to_us: int
    axis: Axis
    arrivals: tuple[Arrival, ...]
    lanes: tuple[Lane, ...]
    more_lanes: int
    """Environments that are not drawn, for want of room."""
    earlier: bool
    """Whether something came before what is drawn."""
    later: bool
    """Whether something has come after it by then."""
    numbers: tuple[NumberAsked, ...]
    events: tuple[EventAsked, ...]
    ends: tuple[EndAsked, ...]
    """Asked where there is nothing else to ask."""


class Text(NamedTuple):
    """A paragraph of the lesson."""

    text: str


class Lines(NamedTuple):
    """Lines that are printed as they stand."""

    lines: tuple[str, ...]


class Commands(NamedTuple):
    """Commands that the run was given."""

    lines: tuple[str, ...]


class Choice(NamedTuple):
    """An option of a question."""

    letter: str
    text: str
    right: bool


class Question(NamedTuple):
    """A prediction."""

    number: int
    ask: str
    choices: tuple[Choice, ...]
    explain: str
    refuted: tuple[tuple[str, str], ...]
    """The letter of a wrong option, and what is said against it."""
    rules: tuple[str, ...]


class Exercise(NamedTuple):
    """A goal to reach with commands of one's own."""

    number: int
    goal: str
    parts: tuple[tuple[str, bool], ...]
    """What has to hold, and whether it does after the solution."""
    solution: tuple[str, ...]
    verbs: tuple[str, ...]
    """What the learner may use; empty for all."""
    rules: tuple[str, ...]


class Fact(NamedTuple):
    """A fact to take along, with one word left out: the ``answer``; where it is empty, none is."""

    before: str
    answer: str
    after: str
    word: str
    """The answer as the list of words has it."""
    rules: tuple[str, ...]


class Cloze(NamedTuple):
    """The recap, and the words that belong into it, in alphabetical order."""

    facts: tuple[Fact, ...]
    words: tuple[str, ...]


Item = Text | Lines | Commands | Figure | Question | Exercise | Cloze


class Section(NamedTuple):
    """What stands under one heading."""

    title: str
    items: tuple[Item, ...]


class Part(NamedTuple):
    """A part of the sheet, which begins on a page of its own if it ``turns``."""

    title: str
    note: str
    sections: tuple[Section, ...]
    turns: bool


class Sheet(NamedTuple):
    """A whole worksheet."""

    title: str
    lesson: str
    mark: str
    """The lesson and its text's fingerprint: a key fits a sheet with the same one."""
    seed: int
    objectives: tuple[str, ...]
    parts: tuple[Part, ...]
    phases: tuple[Phase, ...]
    """What is drawn in its pictures: number 1 comes first."""

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules that its answers stand on, each once."""
        found: list[str] = []
        for part in self.parts:
            for section in part.sections:
                for item in section.items:
                    if isinstance(item, Question | Exercise):
                        found += item.rules
                    elif isinstance(item, Cloze):
                        found += [rule for fact in item.facts for rule in fact.rules]
        return tuple(dict.fromkeys(found))
