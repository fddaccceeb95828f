"""Lint: do all texts of a lesson fit on the smallest screen? The limits are those of ``limits``."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle_tui.lessons.limits import (
    CARD_ROWS,
    GOAL,
    NARROW,
    OPTION,
    TITLE,
    too_long,
    too_many_rows,
    too_wide,
)
from lifecycle_tui.lessons.model import (
    Beat,
    Card,
    Check,
    Hint,
    Lesson,
    Picture,
    Predict,
    Prose,
    Recap,
)
from lifecycle_tui.scenario.problems import Place, Problem


def misfits(lesson: Lesson) -> Iterator[Problem]:
    """Yield every text that does not fit."""
    for text in lesson.objectives:
        yield from _told(lesson.where("objectives"), "objectives", too_long("objective", text))
    yield from _pages(list(lesson.intro))
    for beat in lesson.beats:
        yield from _pages_of(beat)
        for block in beat.blocks:
            if isinstance(block, Predict):
                yield from _predict(block)
            elif isinstance(block, Check):
                yield from _check(block)
            elif isinstance(block, Hint):
                for place, text in block.levels:
                    yield from _told(place, "hint", too_long("hint", text))
            elif isinstance(block, Recap):
                for fact in block.facts:
                    yield from _told(fact.place, "fact", too_long("fact", fact.text))
            elif isinstance(block, Card):
                yield from _card(block)
            elif isinstance(block, Picture):
                yield from _lines(block.place, "picture", block.lines)


def _pages_of(beat: Beat) -> Iterator[Problem]:
    """Yield what does not fit of a beat's prose: what stands between two blocks is one page."""
    page: list[Prose] = []
    for block in beat.blocks:
        if isinstance(block, Prose):
            page.append(block)
        else:
            yield from _pages(page)
            page = []
    yield from _pages(page)


def _pages(page: list[Prose]) -> Iterator[Problem]:
    if page:
        found = too_many_rows("prose", [(each.mark, each.text) for each in page])
        yield from _told(page[0].place, "prose up to the next block", found)


def _predict(predict: Predict) -> Iterator[Problem]:
    yield from _told(predict.place, "ask", too_long("ask", predict.ask.plain))
    for option in predict.options:
        yield from _told(option.place, "option", too_wide(option.text.plain, OPTION))
    for each in predict.refute.values():
        yield from _told(each.place, "say", too_long("say", each.say.plain))
    if predict.explain is not None:
        yield from _told(predict.place, "explain", too_long("say", predict.explain.plain))


def _check(check: Check) -> Iterator[Problem]:
    yield from _told(check.place, "goal", too_long("goal", check.goal))
    for goal in check.all:
        yield from _told(goal.place, "text", too_wide(goal.text, GOAL))


def _card(card: Card) -> Iterator[Problem]:
    yield from _told(card.place, "title", too_wide(card.title, TITLE))
    yield from _lines(card.place, "card", card.lines)


def _lines(place: Place, what: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    if len(lines) > CARD_ROWS:
        yield Problem(place, f"{what}: {len(lines)} lines; at most {CARD_ROWS} fit")
    for number, line in enumerate(lines, start=1):
        yield from _told(place, f"{what}, line {number}", too_wide(line, NARROW))


def _told(place: Place, what: str, found: str) -> Iterator[Problem]:
    if found:
        yield Problem(place, f"{what}: {found}")
