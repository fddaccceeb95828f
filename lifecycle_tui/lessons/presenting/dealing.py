"""A lesson dealt out as slides: from each of its steps, in one run of it, what a room is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.misconceptions import Misconception
from lifecycle_tui.lessons.model import (
    Beat,
    Card,
    Check,
    Lesson,
    Line,
    Note,
    Predict,
    Prose,
    Recap,
)
from lifecycle_tui.lessons.pack import Pack, load_plan
from lifecycle_tui.lessons.playing.asking import asked_of, filled, told_of
from lifecycle_tui.lessons.playing.steps import Step, steps_of
from lifecycle_tui.lessons.presenting.pages import height, pages
from lifecycle_tui.lessons.presenting.slides import (
    ABOUT_SOMETHING,
    Deck,
    Kind,
    Question,
    Said,
    Slide,
)
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.lessons.wording import cited, without_rules
from lifecycle_tui.play.camera import SCALES_US, Camera
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import lane_count

GOALS: Final = "Goals"
"""The heading over what a lesson teaches."""
BESIDE_LANES: Final = 5
"""Rows of text that a stage may have above its lanes."""
_SCALES_US: Final = tuple(cell_us for cell_us in SCALES_US if 20_000 <= cell_us <= 2_000_000)
"""Story time of a cell at which a scene may be shown."""
_WITH_PICTURE: Final = 16
"""Rows of a slide with a picture on it."""
_INTRO: Final = 6
"""Rows below a title."""


def title_of(lesson: Lesson, plan: Plan) -> Plan:
    """Return a plan under the title of its lesson."""
    return replace(plan, title=f"{lesson.order}. {lesson.title}")


def deal(pack: Pack, lesson: Lesson, *, seed: int | None = None) -> tuple[Deck, Plan]:
    """Return the slides of a lesson, and what they are played on.

    Args:
        pack: the folder that the lesson is from.
        lesson: which.
        seed: instead of the lesson's own.

    Raises:
        ScenarioError: its scenario cannot be read.
        RefusedError: one of its commands cannot be carried out.
    """
    plan = title_of(lesson, load_plan(lesson, seed=seed))
    slides = tuple(_Dealer(lesson, plan, pack.misconceptions).slides())
    return Deck(lesson, plan.seed, slides), plan


class _Dealer:
    """Goes through the steps of a lesson on a run of its own."""

    def __init__(
        self, lesson: Lesson, plan: Plan, misconceptions: Mapping[str, Misconception]
    ) -> None:
        self._lesson = lesson
        self._misconceptions = misconceptions
        self._staged = Staged(plan)
        self._steps = steps_of(lesson)
        self._step = self._steps[0]
        self._scene = 0
        """How often the story has begun anew."""

    def slides(self) -> Iterator[Slide]:
        """Yield all slides, each with the width of its whole scene."""
        dealt = [(slide, self._scene) for slide in self._all()]
        ends = {(slide.beat, scene): slide for slide, scene in dealt}
        for place, (slide, scene) in enumerate(dealt):
            # What is asked has the room that its answer needs.
            shown = [slide, *(each for each, _ in dealt[place + 1 : place + 2] if each.reveals)]
            lanes = max(each.lanes for each in shown)
            yield replace(slide, lanes=lanes, columns=ends[slide.beat, scene].columns)

    def _all(self) -> Iterator[Slide]:
        yield from self._opening()
        for step in self._steps:
            self._step = step
            # What an author advises for a part of the lesson is of use before it, not after it.
            notes = tuple(_advice(step.beat))
            for slide in self._slides(step):
                yield replace(slide, notes=notes)

    def _slide(
        self,
        kind: Kind,
        says: tuple[Said, ...] = (),
        *,
        lines: tuple[Line, ...] = (),
        heading: str = "",
        aids: tuple[str, ...] = (),
    ) -> Slide:
        """Return a slide of the present step, once its commands have been carried out."""
        session = self._staged.session
        branch, from_us = session.branch.name, session.at_us
        self._staged.run(lines)
        if session.branch.name != branch or session.at_us < from_us:
            self._scene += 1
        return Slide(
            kind,
            self._step.beat.id,
            heading or self._step.beat.title,
            says,
            lines=lines,
            aids=aids,
            running=lane_count(session) > 0,
            lanes=lane_count(session),
            columns=_columns(session),
        )

    def _opening(self) -> Iterator[Slide]:
        lesson = self._lesson
        first, *rest = list(pages(map(_said, lesson.intro), _INTRO)) or [()]
        yield self._slide(Kind.TITLE, first, heading=lesson.title)
        for page in rest:
            yield self._slide(Kind.TEXT, page, heading=lesson.title)
        if lesson.objectives:
            for page in pages(Said(text, "- ") for text in lesson.objectives):
                yield self._slide(Kind.TEXT, page, heading=GOALS)

    def _slides(self, step: Step) -> Iterator[Slide]:
        told = list(self._told(step))
        carried: tuple[Line, ...] = ()
        if step.stage is not None:
            beside: tuple[Said, ...] = ()
            if told and not told[-1].picture and height(told[-1].says) <= BESIDE_LANES:
                beside = told.pop().says
            yield from told
            slide = self._slide(Kind.STAGE, beside, lines=step.stage.lines)
            if not beside and not slide.running and isinstance(step.does, Predict | Check):
                # There is nothing to be seen: it happens with what is asked.
                carried = step.stage.lines
            else:
                yield slide
        else:
            yield from told
        match step.does:
            case Predict() as predict:
                yield from self._asked(step, carried, self._predict(predict))
            case Check() as check:
                yield from self._asked(step, carried, self._check(check, step))
            case Recap() as recap:
                facts = (Said(without_rules(fact.text), "- ") for fact in recap.facts)
                rules = _rules(rule for fact in recap.facts for rule in fact.rules)
                for page in pages(facts):
                    yield self._slide(Kind.RECAP, page, aids=rules)
            case Card() as card:
                slide = self._slide(Kind.CARD, heading=card.title)
                yield replace(slide, picture=card.lines)
            case None:
                pass

    def _told(self, step: Step) -> Iterator[Slide]:
        """Yield the slides of a step's prose."""
        said: list[Said] = []
        rules: list[str] = []
        for part in step.says:
            if isinstance(part, Prose):
                # What stands before the first beat is below the title.
                if part not in self._lesson.intro:
                    said.append(_said(part))
                    rules += cited(part.text)
                continue
            *whole, last = list(pages(said)) or [()]
            if height(last) + len(part.lines) + 1 > _WITH_PICTURE:
                whole, last = [*whole, last], ()
            for page in whole:
                if page:
                    yield self._slide(Kind.TEXT, page, aids=_rules(rules))
            slide = self._slide(Kind.TEXT, last, aids=_rules(rules))
            yield replace(slide, picture=part.lines)
            said = []
        for page in pages(said):
            yield self._slide(Kind.TEXT, page, aids=_rules(rules))

    def _asked(
        self, step: Step, carried: tuple[Line, ...], slides: Iterable[Slide]
    ) -> Iterator[Slide]:
        """Yield the slides of something asked: what it is about, and what comes just before."""
        about = step.pictures[-1].lines if step.pictures else ()
        for slide in slides:
            if slide.kind in ABOUT_SOMETHING:
                slide = replace(slide, about=about, lines=(*carried, *slide.lines))
                carried = ()
            yield slide

    def _predict(self, predict: Predict) -> Iterator[Slide]:
        asked = asked_of(predict, self._staged.names)
        before = self._slide(Kind.QUESTION)
        after = self._slide(Kind.ANSWER, lines=predict.after, aids=_rules(predict.rules))
        told = told_of(predict, asked, self._staged.names, None, "")
        question = Question(predict.id, asked.ask, asked.options, told.right)
        yield replace(before, question=question, aids=tuple(self._aids(predict, question)))
        yield replace(after, question=question)
        names = self._staged.names
        said: list[Said] = []
        for option, words in zip(predict.options, asked.options, strict=True):
            refutation = predict.refute.get(option.key)
            if refutation is not None and words != asked.options[told.right]:
                said.append(Said(words, "✗ ", strong=True))
                said.append(Said(without_rules(filled(refutation.say, names))))
        if told.explain:
            said.append(Said(without_rules(told.explain)))
        for page in pages(said):
            yield self._slide(Kind.WHY, page, aids=_rules(predict.rules))

    def _aids(self, predict: Predict, question: Question) -> Iterator[str]:
        if question.right >= 0:
            yield f"Answer: {question.right + 1}, {question.options[question.right]}"
        for number, (option, words) in enumerate(
            zip(predict.options, question.options, strict=True), start=1
        ):
            refutation = predict.refute.get(option.key)
            belief = self._misconceptions.get(refutation.misconception) if refutation else None
            if belief is not None:
                yield f"Behind {number}, {words}: {belief.thought}"

    def _check(self, check: Check, step: Step) -> Iterator[Slide]:
        aids = [f"Hint {number}: {text}" for number, text in enumerate(step.hints, start=1)]
        way = step.solution
        if way is not None:
            aids.append(f"A way: {' · '.join(line.text for line in way.lines)}")
        yield replace(self._slide(Kind.CHALLENGE, aids=tuple(aids)), check=check)
        if way is not None:
            slide = self._slide(Kind.SOLUTION, lines=way.lines, aids=_rules(check.rules))
            yield replace(slide, check=check)


def _columns(session: Session) -> tuple[tuple[int, int], ...]:
    """Return in which column a session stands, at each scale."""
    found: list[tuple[int, int]] = []
    for cell_us in _SCALES_US:
        camera = Camera(cell_us=cell_us)
        story = session.played.drawn(camera, session.at_us).axis.to_story(session.at_us)
        found.append((cell_us, int(camera.column(story))))
    return tuple(found)


def _said(prose: Prose) -> Said:
    return Said(without_rules(prose.text), prose.mark)


def _advice(beat: Beat) -> Iterator[str]:
    """Yield the notes of a part of a lesson, paragraph by paragraph."""
    for block in beat.blocks:
        if isinstance(block, Note):
            for has_words, lines in groupby(block.lines, key=lambda line: bool(line.strip())):
                if has_words:
                    yield " ".join(line.strip() for line in lines)


def _rules(rules: Iterable[str]) -> tuple[str, ...]:
    """Return what a presenter is told of the rules behind a slide."""
    found = tuple(dict.fromkeys(rules))
    return (f"Rules: {', '.join(found)}",) if found else ()
