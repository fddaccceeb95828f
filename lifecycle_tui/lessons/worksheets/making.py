"""A lesson is run and made into a worksheet: what is drawn, what is asked, and what is true.

Everything is answered by the run. What is shown of it before a question is what was known then; how
it went on stands in a part of its own, so that one can guess before one turns the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lifecycle_tui.lessons.glossary import Glossary
from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.model import (
    Beat,
    Check,
    Lesson,
    Line,
    Picture,
    Predict,
    Prose,
    Recap,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.staging import Staged, met_goals, right_options
from lifecycle_tui.lessons.translating import fingerprint
from lifecycle_tui.lessons.wording import LETTERS, without_rules
from lifecycle_tui.lessons.worksheets.cloze import cloze
from lifecycle_tui.lessons.worksheets.figures import NAMES, Moment, Numbering, figure, moment
from lifecycle_tui.lessons.worksheets.model import (
    Choice,
    Cloze,
    Commands,
    Exercise,
    Figure,
    Item,
    Lines,
    Part,
    Question,
    Section,
    Sheet,
    Text,
)
from lifecycle_tui.lessons.worksheets.practice import practice
from lifecycle_tui.readings.model import Phase

_TELLING: Final = 2
"""A text that names so many phases is left out: it says what the pictures ask for."""


class _Drawn(NamedTuple):
    """A picture that is still to be made: numbers are given in the order of the pages."""

    seen: Moment
    title: str


class _Rough(NamedTuple):
    """A section whose pictures are still to be made."""

    title: str
    items: list[Item | _Drawn]


def make(lesson: Lesson, glossary: Glossary, seed: int | None = None) -> Sheet:
    """Return the worksheet of a lesson.

    Args:
        lesson: as it was read.
        glossary: of its folder, for the words of the recap.
        seed: instead of the lesson's own.

    Raises:
        ScenarioError: its scenario is wrong.
        RefusedError: one of its commands cannot be carried out.
        ExpressionError: an expression has no answer.
    """
    return _Making(lesson, glossary, seed).sheet()


class _Making:
    def __init__(self, lesson: Lesson, glossary: Glossary, seed: int | None) -> None:
        self._lesson = lesson
        self._glossary = glossary
        self._plan = load_plan(lesson, seed=seed)
        self._staged = Staged(self._plan)
        self._latest: Moment | None = None
        self._after: list[_Rough] = []
        self._recap: list[Cloze] = []
        self._questions = 0
        self._exercises = 0
        self._open: Check | None = None
        """The check whose solution is still to come."""

    def sheet(self) -> Sheet:
        lesson = self._lesson
        first = _Rough("", [_text(each.text) for each in lesson.intro])
        rough = [first, *(self._beat(beat) for beat in lesson.beats)]
        seen = practice(self._plan)
        own = [_Rough("", [_Drawn(seen, "these events")])] if seen.attempts else []
        numbering = Numbering()
        ahead, after, alone = (_inked(each, numbering) for each in (rough, self._after, own))
        ahead = _untold(ahead, numbering.phases)
        return Sheet(
            title=lesson.title,
            lesson=lesson.id,
            mark=f"{lesson.id}@{fingerprint(lesson)}",
            seed=self._plan.seed,
            objectives=tuple(shown(each) for each in lesson.objectives),
            parts=tuple(
                _lettered(
                    [
                        ("Think ahead", _AHEAD + _daggers(ahead), ahead, False),
                        ("See what came of it", _AFTER, after, True),
                        ("A run of this sheet alone", _ALONE, alone, False),
                        ("Take along", "", self._taken(), False),
                    ]
                )
            ),
            phases=tuple(numbering.phases),
        )

    def _taken(self) -> list[Section]:
        return [Section("", tuple(self._recap))] if self._recap else []

    def _beat(self, beat: Beat) -> _Rough:
        items: list[Item | _Drawn] = []
        for block in beat.blocks:
            match block:
                case Prose(text=text):
                    items.append(_text(text))
                case Picture(lines=lines):
                    items.append(Lines(lines))
                case Stage(lines=lines):
                    self._staged.run(lines)
                    items.append(Commands(_texts(lines)))
                    items += self._drawn("where this has led")
                case Predict():
                    items += self._drawn("as it stands")
                    items.append(self._question(block))
                case Check():
                    items.append(self._exercise(block))
                case Solution(lines=lines):
                    self._staged.run(lines)
                    self._solve(items, _texts(lines))
                case Recap():
                    self._recap.append(cloze(block, self._lesson, self._glossary))
                case _:
                    pass
        while items and isinstance(items[-1], Text | Lines | Commands):
            items.pop()
        return _Rough(beat.title, items)

    def _drawn(self, title: str) -> Iterator[_Drawn]:
        """Yield a picture of the session as it is, unless it was drawn like this."""
        session = self._staged.session
        latest = self._latest
        if latest is not None and latest[:2] == (session.index, session.at_us):
            return
        seen = moment(session.index, session.at_us, latest)
        if seen.is_empty:
            return
        self._latest = seen
        yield _Drawn(seen, title)

    def _question(self, predict: Predict) -> Question:
        self._questions += 1
        number = self._questions
        before = self._staged.names
        ask = shown(predict.ask.fill(before))
        options = [shown(option.text.fill(before)) for option in predict.options]
        self._staged.run(predict.after)
        names = self._staged.names
        keys = [option.key for option in predict.options]
        right = right_options(predict, names)
        drawn = list(self._drawn(f"after prediction {number}"))
        if drawn:
            told = [Commands(_texts(predict.after))] if predict.after else []
            self._after.append(_Rough(f"After prediction {number}", [*told, *drawn]))
        letters = dict(zip(keys, LETTERS, strict=False))
        return Question(
            number=number,
            ask=ask,
            choices=tuple(
                Choice(letters[key], text, key in right)
                for key, text in zip(keys, options, strict=True)
            ),
            explain="" if predict.explain is None else shown(predict.explain.fill(names)),
            refuted=tuple(
                (letters[key], shown(each.say.fill(names)))
                for key, each in predict.refute.items()
                if key not in right
            ),
            rules=predict.rules,
        )

    def _exercise(self, check: Check) -> Exercise:
        self._exercises += 1
        self._open = check
        return Exercise(
            number=self._exercises,
            goal=shown(check.goal),
            parts=tuple((shown(goal.text), False) for goal in check.all),
            solution=(),
            verbs=self._lesson.allow,
            rules=check.rules,
        )

    def _solve(self, items: list[Item | _Drawn], solution: tuple[str, ...]) -> None:
        """Note what reaches the latest exercise, which has just been done."""
        check, self._open = self._open, None
        for place in range(len(items) - 1, -1, -1):
            item = items[place]
            if check is not None and isinstance(item, Exercise):
                met = met_goals(check, self._staged.names)
                parts = zip((text for text, _ in item.parts), met, strict=True)
                items[place] = item._replace(parts=tuple(parts), solution=solution)
                return


_AHEAD: Final = (
    "Work from the top down. ▼ is an event that comes. A number stands for the same thing on the"
    " whole sheet. What ends in a thick line was cut off, or failed."
)
_ASSUMED: Final = " † stands where AWS publishes nothing, and the simulator assumes something."
_AFTER: Final = "Turn to this once you have chosen. Does the run say what you said?"
_ALONE: Final = "Nobody with another seed has these events."


def _text(text: str) -> Text:
    """Return a paragraph; the rules that it cites are for the key, but for their †."""
    return Text(without_rules(shown(text)))


def _daggers(sections: Iterable[Section]) -> str:
    """Return what a † means; empty where there is none."""
    items = (item for section in sections for item in section.items)
    has = any(isinstance(item, Text) and "†" in item.text for item in items)
    return _ASSUMED if has else ""


def _texts(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


def _inked(rough: Iterable[_Rough], numbering: Numbering) -> list[Section]:
    """Return sections with their pictures made; what asks nothing is not drawn."""
    found = []
    for title, items in rough:
        made: list[Item | None] = [
            figure(each.seen, each.title, numbering) if isinstance(each, _Drawn) else each
            for each in items
        ]
        found.append(Section(title, tuple(each for each in made if each is not None)))
    return [each for each in found if any(_asks(item) for item in each.items) or not each.title]


def _asks(item: Item) -> bool:
    return isinstance(item, Figure | Question | Exercise | Cloze)


def _untold(sections: Iterable[Section], phases: Iterable[Phase]) -> list[Section]:
    """Leave out what says what the pictures ask for, and what leads to such lines."""
    known = tuple(phases)
    found = []
    for title, items in sections:
        asked = {each.number for item in items if isinstance(item, Figure) for each in item.numbers}
        new = [phase for number, phase in enumerate(known, start=1) if number in asked]
        kept: list[Item] = []
        for place, item in enumerate(items):
            before = items[place - 1] if place else None
            if not (isinstance(item, Text | Lines) and _tells(item, known, new)):
                kept.append(item)
            elif isinstance(item, Lines) and isinstance(before, Text) and kept[-1:] == [before]:
                kept.pop()
        if kept:
            found.append(Section(title, tuple(kept)))
    return found


def _tells(item: Text | Lines, known: Iterable[Phase], new: Iterable[Phase]) -> bool:
    """Whether a text names several phases, or one whose number its section asks for."""
    text = item.text if isinstance(item, Text) else "\n".join(item.lines)
    if sum(_names(text, phase, "i") for phase in known) >= _TELLING:
        return True
    # Every second paragraph and every piece of code speaks of the handler.
    return any(_names(text, phase, "-i") for phase in new if phase is not Phase.HANDLER)


def _names(text: str, phase: Phase, flag: str) -> bool:
    """Whether a text has the name of a phase, or its letter on the screen."""
    letter = phase.value if phase.value.isalpha() and phase.value != "A" else NAMES[phase]
    return re.search(rf"\b(?:(?{flag}:{re.escape(NAMES[phase])})|{letter})\b", text) is not None


def _lettered(parts: Iterable[tuple[str, str, list[Section], bool]]) -> Iterator[Part]:
    number = 0
    for title, note, sections, turns in parts:
        if sections:
            number += 1
            yield Part(f"Part {number}: {title}", note, tuple(sections), turns)
