"""A slide as lines: how heading, text, options with their votes, and the lanes share the room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import product
from typing import Final, NamedTuple

from rich.cells import cell_len

from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.model import Check
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.slides import WIDTH, Kind, Question, Said, Slide
from lifecycle_tui.lessons.presenting.votes import Votes
from lifecycle_tui.tui.learning.marked import lines_of
from lifecycle_tui.tui.presenting.letters import large, written
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import Line, Run, text_of, width_of
from lifecycle_tui.tui.widgets.prose import wrap
from lifecycle_tui.units.text import plural

FEWEST: Final = 5
"""Rows without which lanes are not shown: heading, events, two rows of lanes, ruler."""
_AROUND: Final = 4
"""Rows of the lanes' surroundings, with one for what a scenario adds."""
_TALLEST: Final = 5
"""Rows of a lane, the free one below it included."""
_LOW: Final = 3
"""Rows of a lane where there are many and much room."""
_TALLER: Final = 10
"""The same where there is much room."""
_ROOMY: Final = 38
"""Rows from which headings over lanes are large, and the numbers of a vote too."""
_LARGEST: Final = 9
"""Rows of a heading over lanes."""
_LEAST: Final = 10
"""Rows that lanes get where there is little room: they stay where they are."""
_INDENT: Final = 3
"""Cells before the text of an option."""
_COUNTS: Final = 13
"""Cells behind a bar: the hands and their share."""
_LARGE_COUNTS: Final = 26
"""The same in large numbers."""
_BAR_ROWS: Final = 3
_NARROWER: Final = 16
"""By so many columns a paragraph may be narrower for the sake of its last line."""


class Spacing(Enum):
    """How much room a question takes, the most first."""

    LARGE = "large"
    """With large numbers of hands."""
    WIDE = "wide"
    TIGHT = "tight"


class Page(NamedTuple):
    """A slide laid out.

    Attributes:
        lines: what is above the lanes.
        lanes: rows that the lanes get; 0 for none.
    """

    lines: tuple[Line, ...]
    lanes: int


def page_of(show: Presentation, width: int, height: int, skin: Skin) -> Page:
    """Lay out the slide of a presentation.

    Args:
        show: where it stands.
        width: cells of a line.
        height: rows, those of the lanes included.
        skin: the letters that may be used.
    """
    return _Layout(show, width, height, skin).page()


def tallest(height: int) -> int:
    """Return the rows of a lane at most, where slide and lanes have so many."""
    return _TALLER if height >= _ROOMY else _TALLEST


def rows_of(text: str, mark: str = "") -> tuple[Line, ...]:
    """Break a text into lines so that its last word does not stand alone, if that can be.

    Args:
        text: with marks of Markdown.
        mark: of a list, in front of the first line.
    """
    rows = lines_of(text, WIDTH, mark)
    for width in range(WIDTH - 1, WIDTH - _NARROWER, -1):
        if len(rows) == 1 or " " in text_of(rows[-1:]).strip():
            break
        narrower = lines_of(text, width, mark)
        if len(narrower) > len(rows):
            break
        rows = narrower
    return rows


class _Layout:
    def __init__(self, show: Presentation, width: int, height: int, skin: Skin) -> None:
        self._show = show
        self._slide: Slide = show.step
        self._width = width
        self._height = height
        self._skin = skin
        self._margin = max((width - WIDTH) // 2, 0)

    def page(self) -> Page:
        if self._slide.shows_lanes or self._show.is_interrupted:
            return self._with_lanes()
        return self._without_lanes()

    def _without_lanes(self) -> Page:
        body = self._inset(self._text())
        below = 4 if self._slide.kind is Kind.TITLE else 2
        heading = self._heading(self._height - len(body) - below)
        if self._slide.kind is Kind.TITLE:
            lesson = self._show.deck.lesson
            words = f"Lesson {lesson.order} · {plural(lesson.minutes, 'minute')}"
            heading = [*heading, (), *self._inset([(Run(words, "dim"),)])]
        lines = [*heading, *((),) * bool(body), *body]
        free = max(self._height - len(lines), 0)
        top = free // 2 if self._slide.kind is Kind.TITLE else min(free // 2, free // 3 + 1)
        return Page((*((),) * top, *lines), 0)

    # Slides with lanes.

    def _with_lanes(self) -> Page:
        plain = self._inset([(Run(self._slide.heading, "title"),)])
        headings = [self._heading(_LARGEST)] if self._may_be_large else []
        spacings = tuple(Spacing) if self._slide.question is not None else (Spacing.WIDE,)
        if self._height < _ROOMY or self._show.vote is None:
            spacings = tuple(each for each in spacings if each is not Spacing.LARGE)
        body: list[Line] = []
        about = self._about()
        for below, (spacing, heading) in product(
            [about, ()] if about else [()], product(spacings, [*headings, plain])
        ):
            body = [*self._inset(self._beside_lanes(spacing)), *below]
            rest = self._height - len(heading) - 1 - len(body)
            if rest > FEWEST + _AROUND * (spacing is Spacing.LARGE):
                break
            if below and rest >= 0 and self._lanes_say_nothing and spacing is spacings[-1]:
                return Page((*heading, (), *body), 0)
        if rest <= FEWEST:
            if not self._show.is_interrupted:
                return self._without_lanes()
            # What is tried out matters more than what is said.
            body, rest = [], self._height - len(heading) - 1
        lanes = min(rest - 1, self._wanted)
        top = (rest - lanes) // 3 if self._height >= _ROOMY else 0
        return Page((*((),) * top, *heading, (), *body), lanes)

    def _about(self) -> tuple[Line, ...]:
        """Return what is asked about, for below the question."""
        lines = self._slide.about
        return ((), *self._inset((Run(line, "strong"),) for line in lines)) if lines else ()

    @property
    def _lanes_say_nothing(self) -> bool:
        """Whether lanes can make room: they are empty, and nobody tries to fill them."""
        return not self._slide.running and not self._show.is_interrupted

    @property
    def _wanted(self) -> int:
        """Rows that the lanes should have: the same on all slides, so that they stay in place."""
        share = max(self._height * 2 // 5, _LEAST)
        if self._height < _ROOMY:
            return share
        many = _AROUND + _LOW * self._slide.lanes
        return max(share, min(many, self._height * 3 // 5))

    @property
    def _may_be_large(self) -> bool:
        """Whether the heading over the lanes may be large: where it begins, or there is room."""
        return self._height >= _ROOMY or self._slide.kind is Kind.TEXT

    def _beside_lanes(self, spacing: Spacing) -> list[Line]:
        slide = self._slide
        match slide.kind:
            case Kind.QUESTION | Kind.ANSWER if slide.question is not None:
                return list(self._question(slide.question, spacing))
            case Kind.CHALLENGE | Kind.SOLUTION if slide.check is not None:
                return list(self._challenge(slide.check))
            case _:
                return [*self._text(), *self._doings()]

    def _doings(self) -> Iterator[Line]:
        """Yield the commands that are played."""
        doings = self._slide.doings
        if doings:
            if self._slide.says:
                yield ()
            for number, row in enumerate(wrap(" · ".join(doings), WIDTH - 2)):
                yield (Run("  " if number else "> ", "accent"), Run(row, "strong"))

    # Headings.

    def _heading(self, most: int) -> list[Line]:
        """Return the heading, as large as there is room for."""
        text = self._slide.heading
        scales = (2, 1) if self._slide.kind is Kind.TITLE else (1,)
        rows = large(text, self._width - 4, most, ascii_only=self._skin.ascii_only, scales=scales)
        if not rows:
            return self._inset([(Run(text, "title"),)])
        widest = max(map(cell_len, rows))
        fits = self._slide.kind is not Kind.TITLE and widest <= self._width - self._margin - 2
        left = self._margin if fits else (self._width - widest) // 2
        return [(Run(" " * left), Run(row, "title")) if row else () for row in rows]

    # Text.

    def _text(self) -> list[Line]:
        slide = self._slide
        lines: list[Line] = []
        last: Said | None = None
        for said in slide.says:
            together = last is not None and (last.strong or (last.mark and said.mark))
            if last is not None and not together:
                lines.append(())
            lines += self._paragraph(said)
            last = said
        if slide.picture:
            lines += [()] * bool(lines)
            lines += [(Run(line, "strong"),) for line in slide.picture]
        return lines

    def _paragraph(self, said: Said) -> Iterable[Line]:
        rows = rows_of(said.text, said.mark)
        if not said.strong:
            return rows
        looks = ("bad", "strong")
        return [
            tuple(Run(run.text, looks[bool(place)], run.meta) for place, run in enumerate(row))
            for row in rows
        ]

    # Questions and votes.

    def _question(self, question: Question, spacing: Spacing) -> Iterator[Line]:
        yield from _strong(rows_of(question.ask))
        yield ()
        vote = self._show.vote
        for place, words in enumerate(question.options):
            if place and (spacing is Spacing.LARGE or (spacing is Spacing.WIDE and vote is None)):
                yield ()
            yield self._option(question, place, shown(words))
            if vote is not None and spacing is Spacing.LARGE:
                yield from self._grand_bar(vote, place)
            elif vote is not None:
                yield self._bar(vote, place)
        if vote is not None:
            yield ()
            yield self._counted(vote)

    def _option(self, question: Question, place: int, words: str) -> Line:
        ballot = self._show.ballot
        key = f"{place + 1}  "
        if self._show.is_told:
            if place == question.right:
                mark = "  TRUE" if cell_len(words) <= WIDTH - _INDENT - 6 else ""
                return (Run("✓  ", "playing"), Run(words, "playing"), Run(mark, "playing"))
            return (Run("✗  ", "bad"), Run(words, "dim"))
        here = ballot is not None and ballot.place == place
        look = "strong" if ballot is None or here else "plain"
        return (Run(key, "key"), Run(words, look))

    def _bar(self, vote: Votes, place: int) -> Line:
        cells = WIDTH - _INDENT - _COUNTS
        bar = vote.bar(place, cells, ascii_only=self._skin.ascii_only)
        look = self._bar_look(place)
        return (
            Run(" " * _INDENT), Run(bar, look), Run(" " * bool(bar)),
            Run(f"{self._hands(vote, place)}", "strong"), Run(self._share(vote, place), "dim"),
        )  # fmt: skip

    def _grand_bar(self, vote: Votes, place: int) -> Iterator[Line]:
        """Yield the rows of a bar, with its hands in large numbers behind it."""
        cells = WIDTH - _INDENT - _LARGE_COUNTS
        bar = vote.bar(place, cells, ascii_only=self._skin.ascii_only)
        number = written(str(vote.hands[place]), ascii_only=self._skin.ascii_only)
        look = self._bar_look(place)
        for row in range(max(_BAR_ROWS, len(number))):
            digits = number[row] if row < len(number) else ""
            line = [Run(" " * _INDENT), Run(bar if row < _BAR_ROWS else "", look)]
            line.append(Run(" " * (_INDENT + cells + 2 - width_of(line))))
            line.append(Run(f"{digits:<{_LARGE_COUNTS - 8}}", "strong"))
            if row == 1:
                line.append(Run(self._share(vote, place).strip(), "dim"))
            yield tuple(line)

    def _hands(self, vote: Votes, place: int) -> str:
        ballot = self._show.ballot
        if ballot is None:
            return str(vote.hands[place])
        if ballot.place == place:
            return f"{ballot.typed[-1]}_"
        return ballot.typed[place] or "0" if place < ballot.place else ""

    def _share(self, vote: Votes, place: int) -> str:
        ballot = self._show.ballot
        if ballot is not None and place >= ballot.place:
            return ""
        return f"  {vote.percent[place]} %" if vote.total else ""

    def _bar_look(self, place: int) -> str:
        question = self._slide.question
        if not self._show.is_told or question is None:
            return "accent"
        return "playing" if place == question.right else "faint"

    def _counted(self, vote: Votes) -> Line:
        ballot = self._show.ballot
        if ballot is None:
            return (Run(plural(vote.total, "hand"), "dim"),)
        done = "Enter ends the vote" if ballot.is_last else "Enter: next option"
        return (
            Run(f"How many hands for {ballot.place + 1}?", "accent"),
            Run(f"   {done} · Esc drops it", "dim"),
        )

    # Challenges.

    def _challenge(self, check: Check) -> Iterator[Line]:
        show = self._show
        yield from _strong(rows_of(check.goal))
        yield ()
        for goal, met in zip(check.all, show.ticks, strict=True):
            rows = rows_of(goal.text, "[x] " if met else "[ ] ")
            for number, row in enumerate(rows):
                look = "playing" if met and not number else "strong"
                yield (Run(row[0].text, look), *row[1:])
        for text in show.broken:
            yield from rows_of(f"but not with {text}")
        if self._slide.kind is Kind.SOLUTION:
            yield ()
            yield from self._doings()
        elif show.has_reached:
            yield ()
            yield (Run(f"Reached in {plural(show.moves, 'move')}.", "playing"),)

    # Places.

    def _inset(self, lines: Iterable[Line]) -> list[Line]:
        """Return lines in the middle of the screen."""
        blank = Run(" " * self._margin)
        return [(blank, *line) if line else () for line in lines]


def _strong(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield tuple(run._replace(look="strong") if run.look == "plain" else run for run in line)
