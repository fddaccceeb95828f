"""A deck in lines of plain text, with its notes: to be read, or printed on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.presenting.slides import WIDTH, Deck, Kind, Slide
from lifecycle_tui.units.text import plural

NAMES: Final = {
    Kind.TITLE: "title",
    Kind.TEXT: "text",
    Kind.STAGE: "play",
    Kind.QUESTION: "question",
    Kind.ANSWER: "answer",
    Kind.WHY: "why",
    Kind.CHALLENGE: "challenge",
    Kind.SOLUTION: "a way",
    Kind.RECAP: "recap",
    Kind.CARD: "card",
}
"""What a slide is called."""
_SIDE: Final = "    "


def summary(slide: Slide) -> str:
    """Return what a slide is about, in one line without an end to its length."""
    name = NAMES[slide.kind]
    match slide.kind:
        case Kind.QUESTION if slide.question is not None:
            return f"{name}: {slide.question.ask}"
        case Kind.ANSWER:
            return f"{name}: the run shows it"
        case Kind.CHALLENGE if slide.check is not None:
            return f"{name}: {slide.check.goal}"
        case Kind.SOLUTION | Kind.STAGE if slide.doings:
            return f"{name}: {' · '.join(slide.doings)}"
        case _:
            first = next((shown(said.text) for said in slide.says), "")
            return f"{name}: {first or slide.heading}"


def printed(deck: Deck) -> Iterator[str]:
    """Yield a deck in lines: slides one after the other, notes indented below them."""
    lesson = deck.lesson
    yield f"{lesson.order}. {lesson.title} ({plural(lesson.minutes, 'minute')}, seed {deck.seed})"
    noted: tuple[str, ...] = ()
    for number, slide in enumerate(deck.slides, start=1):
        yield ""
        name = f"{NAMES[slide.kind]} · #{slide.beat}"
        yield f"{number}/{len(deck.slides)}  {slide.heading}  [{name}]"
        yield from _body(slide)
        notes = () if slide.notes == noted else slide.notes
        noted = slide.notes
        told = [*(f"note: {text}" for text in notes), *slide.aids]
        for text in told:
            yield from textwrap.wrap(
                shown(text),
                WIDTH + len(_SIDE),
                initial_indent=f"{_SIDE}| ",
                subsequent_indent=f"{_SIDE}|   ",
                break_on_hyphens=False,
            )


def _body(slide: Slide) -> Iterator[str]:
    for said in slide.says:
        yield from _wrapped(shown(said.text), said.mark)
    yield from slide.picture
    question, check = slide.question, slide.check
    if question is not None and slide.kind is Kind.QUESTION:
        yield from _wrapped(shown(question.ask))
        for number, words in enumerate(question.options, start=1):
            yield from _wrapped(shown(words), f"{number}  ")
    if question is not None and slide.kind is Kind.ANSWER and question.right >= 0:
        yield from _wrapped(shown(question.options[question.right]), f"{question.right + 1}  ")
    if check is not None and slide.kind is Kind.CHALLENGE:
        yield from _wrapped(shown(check.goal))
        for goal in check.all:
            yield from _wrapped(shown(goal.text), "[ ] ")
    for line in slide.lines:
        yield f"> {line.text}"


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
