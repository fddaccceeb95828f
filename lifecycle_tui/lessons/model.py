"""A lesson as frozen values: beats of prose, predictions, checks and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lifecycle_tui.expressions import Expression
from lifecycle_tui.lessons.templates import Template
from lifecycle_tui.scenario.problems import Place


class Line(NamedTuple):
    """One line of the command language, as it would be typed."""

    place: Place
    text: str


class Condition(NamedTuple):
    """An expression over the run, with its place."""

    place: Place
    expression: Expression


class Statement(NamedTuple):
    """A sentence that states a fact, and the rules that say so."""

    place: Place
    text: str
    rules: tuple[str, ...]


class Prose(NamedTuple):
    """A paragraph, or one item of a list (``mark``: ``- `` or ``1. ``)."""

    place: Place
    text: str
    mark: str


class Picture(NamedTuple):
    """Lines that are shown as they stand."""

    place: Place
    lines: tuple[str, ...]


class Stage(NamedTuple):
    """Commands that the lesson runs."""

    place: Place
    lines: tuple[Line, ...]


class Option(NamedTuple):
    """What a learner may choose."""

    place: Place
    key: str
    text: Template
    when: Condition | None
    """When it is the right one; None where the prediction has an ``answer``."""


class Refutation(NamedTuple):
    """What is said to who chose a wrong option."""

    place: Place
    misconception: str
    """The misconception behind the option; empty if it is none."""
    say: Template


class Predict(NamedTuple):
    """A question about what comes next, answered by the run itself."""

    place: Place
    id: str
    ask: Template
    options: tuple[Option, ...]
    answer: Condition | None
    """Comes to the key of the right option; None where options say ``when``."""
    after: tuple[Line, ...]
    """Commands that are run once the learner has chosen."""
    refute: Mapping[str, Refutation]
    """By the key of the wrong option."""
    explain: Template | None
    """Said in the end, whatever was chosen."""
    rules: tuple[str, ...]

    def option(self, key: str) -> Option | None:
        """Return the option of a key."""
        return next((each for each in self.options if each.key == key), None)


class Goal(NamedTuple):
    """One part of a check."""

    place: Place
    text: str
    condition: Condition


class Check(NamedTuple):
    """What the learner has to reach: all goals at once, and nothing that is forbidden."""

    place: Place
    id: str
    goal: str
    all: tuple[Goal, ...]
    forbid: tuple[Condition, ...]
    par: int | None
    """The fewest commands it is known to take; None: the lesson's."""
    refutes: tuple[str, ...]
    """Misconceptions that reaching it refutes."""
    rules: tuple[str, ...]


class Hint(NamedTuple):
    """Up to three levels: where to look, which knob, do it."""

    place: Place
    levels: tuple[tuple[Place, str], ...]


class Note(NamedTuple):
    """For whoever presents the lesson."""

    place: Place
    lines: tuple[str, ...]


class Solution(NamedTuple):
    """Commands that reach the check before it."""

    place: Place
    lines: tuple[Line, ...]


class Recap(NamedTuple):
    """What to take along."""

    place: Place
    facts: tuple[Statement, ...]


class Card(NamedTuple):
    """A reference card, shown once the lesson is done."""

    place: Place
    title: str
    lines: tuple[str, ...]


Block = Prose | Picture | Stage | Predict | Check | Hint | Note | Solution | Recap | Card


@dataclass(frozen=True, slots=True)
class Beat:
    """A step of a lesson: what stands under one heading with an id."""

    place: Place
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson."""

    file: str
    id: str
    title: str
    order: int
    minutes: int
    requires: tuple[str, ...]
    """Lessons that come before it."""
    objectives: tuple[str, ...]
    misconceptions: tuple[str, ...]
    """All that it refutes."""
    scenario: str
    """A shipped scenario's name, or a path from the lesson's folder."""
    settings: tuple[str, ...]
    """Values written over the scenario's, as ``web-api.timeout=5s``."""
    seed: int | None
    """None: the scenario's own."""
    allow: tuple[str, ...]
    """Verbs that the learner may use; empty: all."""
    par: int
    recall: tuple[str, ...]
    """Predictions of earlier lessons that are asked again in the end, as ``freeze.timer``."""
    terms: tuple[str, ...]
    """Words of the glossary that it brings."""
    optional: bool
    heading: str
    """Its first heading."""
    intro: tuple[Prose, ...]
    """What stands before the first beat."""
    beats: tuple[Beat, ...]
    places: Mapping[str, Place]
    """Where the keys of the front matter stand."""

    def blocks(self) -> Iterator[tuple[Beat, Block]]:
        """Yield all blocks in order, each after its beat."""
        for beat in self.beats:
            for block in beat.blocks:
                yield beat, block

    @property
    def predictions(self) -> tuple[Predict, ...]:
        """All predictions, in order."""
        return tuple(block for _, block in self.blocks() if isinstance(block, Predict))

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks, in order."""
        return tuple(block for _, block in self.blocks() if isinstance(block, Check))

    @property
    def refuted(self) -> tuple[str, ...]:
        """The misconceptions that its predictions and checks refute, each once."""
        found = [
            each.misconception
            for predict in self.predictions
            for each in predict.refute.values()
            if each.misconception
        ]
        found += [name for check in self.checks for name in check.refutes]
        return tuple(dict.fromkeys(found))

    def where(self, key: str) -> Place:
        """Return the place of a key of the front matter, or the file's beginning."""
        return self.places.get(key, Place(self.file, 1, 1))
