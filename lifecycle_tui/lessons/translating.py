"""Lessons in other languages: a file holds the texts alone, by the ids of the lesson it translates.

All that decides (commands, answers, conditions, rules) stays in the lesson itself, so that it can
be neither forgotten nor changed. ``translates: first-event@HASH`` says which text was translated:
where the lesson has changed since, lint says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from lifecycle_tui.lessons.blocks import BlockReader
from lifecycle_tui.lessons.limits import TITLE
from lifecycle_tui.lessons.markdown import Document, Fence, Heading, Paragraph, Part, split, yaml_at
from lifecycle_tui.lessons.model import (
    Beat,
    Block,
    Card,
    Check,
    Hint,
    Lesson,
    Note,
    Picture,
    Predict,
    Prose,
    Recap,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.reading import each, format_1, read_bytes, sentence
from lifecycle_tui.lessons.templates import Template
from lifecycle_tui.scenario.fields import Fields
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError, did_you_mean
from lifecycle_tui.units.text import clean, quote

_PROSE: Final = 1_200
_DIGITS: Final = 12
_FRONT: Final = ("format", "translates", "language", "title", "objectives")


class Translation(NamedTuple):
    """A lesson in another language."""

    lesson: Lesson
    """All of it: logic of the lesson, texts of the translation."""
    file: str
    stale: Problem | None
    """That the lesson has changed since it was translated."""


def fingerprint(lesson: Lesson) -> str:
    """Return what a translation notes of the lesson that it translates."""
    data = Path(lesson.file).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def translations(
    folder: Path, language: str, lessons: Iterable[Lesson]
) -> tuple[tuple[Translation, ...], tuple[Problem, ...]]:
    """Read the translations into one language; what cannot be read is told."""
    by_id = {lesson.id: lesson for lesson in lessons}
    found: list[Translation] = []
    problems: list[Problem] = []
    for path in sorted((folder / language).glob("*.md")):
        try:
            found.append(load_translation(path, by_id))
        except ScenarioError as error:
            problems += error.problems
        except OSError as error:
            place = Place(clean(str(path)), 1, 1)
            problems.append(Problem(place, f"cannot be read: {error.strerror}"))
    return tuple(found), tuple(problems)


def load_translation(path: Path, lessons: dict[str, Lesson]) -> Translation:
    """Read one translation.

    Args:
        path: its file.
        lessons: by id; one of them is translated.

    Raises:
        ScenarioError: what is wrong with it, all of it.
        OSError: it cannot be read.
    """
    file = clean(str(path))
    try:
        text = read_bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ScenarioError([Problem(Place(file, 1, 1), "the file is not UTF-8 text")]) from None
    problems = Problems()
    document = split(text, file, problems)
    if document.front is None:
        message = "a translation begins with front matter: ---, translates: ID@HASH, title, ---"
        raise ScenarioError([Problem(Place(file, 1, 1), message)])
    front = Fields(yaml_at(document.front, 2, file), problems, "", _FRONT)
    front.require("format", format_1, 1)
    front.require("language", sentence(8), "")
    name, _, written = front.require("translates", sentence(80), "").partition("@")
    lesson = lessons.get(name)
    if lesson is None:
        front.refuse("translates", f"there is no lesson {quote(name)}{did_you_mean(name, lessons)}")
        problems.check()
        raise AssertionError("a problem was noted")
    reader = _Reader(lesson, BlockReader(text.split("\n"), problems), problems)
    told = reader.lesson(front, document, file)
    problems.check()
    now = fingerprint(lesson)
    stale = None
    if written != now:
        words = f"{name} has changed since; compare, then write translates: {name}@{now}"
        stale = Problem(front.where("translates"), words)
    return Translation(told, file, stale)


class _Reader:
    """Puts the texts of a translation in the place of those of its lesson."""

    def __init__(self, lesson: Lesson, reader: BlockReader, problems: Problems) -> None:
        self._lesson = lesson
        self._reader = reader
        self._problems = problems

    def lesson(self, front: Fields, document: Document, file: str) -> Lesson:
        lesson = self._lesson
        objectives = tuple(each(front, "objectives", sentence()))
        if len(objectives) != len(lesson.objectives):
            front.refuse("objectives", f"there are {len(lesson.objectives)} of them")
        heading, intro, beats = _parts_of(document)
        start = Place(file, 1, 1)
        self._same("beats", [beat.id for beat in lesson.beats], [h.id for h, _ in beats], start)
        self._count(start, lesson.intro, intro)
        told = [
            self._beat(beat, heading, parts)
            for beat, (heading, parts) in zip(lesson.beats, beats, strict=False)
        ]
        return replace(
            lesson,
            title=front.require("title", sentence(80), ""),
            objectives=objectives,
            heading=clean(heading, TITLE),
            intro=tuple(
                self._prose(one, part) for one, part in zip(lesson.intro, intro, strict=False)
            ),
            beats=tuple(told),
            places={key: front.where(key) for key in front.keys},
        )

    def _beat(self, beat: Beat, heading: Heading, parts: list[Part]) -> Beat:
        told = [block for block in beat.blocks if not isinstance(block, Stage | Solution)]
        if not self._count(heading.place, told, parts):
            return beat
        texts = iter(parts)
        blocks = tuple(
            block if isinstance(block, Stage | Solution) else self._block(block, next(texts))
            for block in beat.blocks
        )
        return replace(beat, title=clean(heading.text, TITLE), blocks=blocks, place=heading.place)

    def _block(self, block: Block, part: Part) -> Block:
        kind = _KINDS[type(block)]
        info = part.info if isinstance(part, Fence) else ""
        if isinstance(part, Heading) or info != kind:
            what = f"a block of {quote(info)}" if info else "a paragraph"
            wanted = f"```{kind}" if kind else "a paragraph"
            self._problems.add(part.place, f"found {what}; the lesson has {wanted} here")
            return block
        if isinstance(part, Paragraph):
            return self._prose(block, part) if isinstance(block, Prose) else block
        match block:
            case Predict():
                return self._predict(block, part)
            case Check():
                return self._check(block, part)
            case Hint():
                return Hint(part.place, tuple(self._sentences(part, len(block.levels))))
            case Recap():
                texts = self._sentences(part, len(block.facts))
                pairs = zip(block.facts, texts, strict=False)
                facts = (f._replace(text=text, place=place) for f, (place, text) in pairs)
                return Recap(part.place, tuple(facts))
            case Picture():
                return Picture(part.place, self._reader.picture(part))
            case Note():
                return self._reader.note(part) or block
            case _:
                return self._reader.card(part) or block

    @staticmethod
    def _prose(prose: Prose, part: Part) -> Prose:
        assert isinstance(part, Paragraph)
        return Prose(part.place, clean(part.text, _PROSE), prose.mark)

    def _predict(self, predict: Predict, fence: Fence) -> Predict:
        keys = ("id", "ask", "options", "refute", "explain")
        fields = Fields(fence.node(), self._problems, "predict", keys)
        self._same("id", [predict.id], [fields.require("id", sentence(80), "")], fence.place)
        read = self._reader.template_reader(sentence(400))
        options = fields.inner("options", None)
        self._same("options", [o.key for o in predict.options], list(options.keys), fence.place)
        refute = fields.inner("refute", None) if predict.refute else None
        wanted = list(predict.refute)
        self._same("refute", wanted, list(refute.keys) if refute else [], fence.place)
        none = Template(())
        return predict._replace(
            place=fence.place,
            ask=fields.require("ask", read, none),
            options=tuple(
                option._replace(text=options.read(option.key, read, none), place=fence.place)
                for option in predict.options
            ),
            refute=MappingProxyType(
                {
                    key: one._replace(say=refute.read(key, read, none), place=fence.place)
                    for key, one in predict.refute.items()
                    if refute is not None
                }
            ),
            explain=None if predict.explain is None else fields.require("explain", read, none),
        )

    def _check(self, check: Check, fence: Fence) -> Check:
        fields = Fields(fence.node(), self._problems, "check", ("id", "goal", "all"))
        self._same("id", [check.id], [fields.require("id", sentence(80), "")], fence.place)
        texts = each(fields, "all", sentence(120))
        if self._count(fence.place, check.all, texts):
            goals = zip(check.all, texts, strict=True)
            parts = tuple(goal._replace(text=text, place=fence.place) for goal, text in goals)
            check = check._replace(all=parts)
        return check._replace(goal=fields.require("goal", sentence(), ""), place=fence.place)

    def _sentences(self, fence: Fence, wanted: int) -> Iterator[tuple[Place, str]]:
        """Yield the texts of a list, each with its place."""
        found = self._reader.sentences(fence)
        if self._count(fence.place, range(wanted), found):
            yield from found

    def _count(self, place: Place, wanted: Iterable[object], found: Iterable[object]) -> bool:
        there, here = len(list(wanted)), len(list(found))
        if there != here:
            self._problems.add(place, f"{here} texts; the lesson has {there} here")
        return there == here

    def _same(self, what: str, wanted: list[str], found: list[str], place: Place) -> None:
        if wanted != found:
            told = ", ".join(wanted) or "none"
            self._problems.add(place, f"{what}: as in the lesson, {told}")


_KINDS: Final[dict[type, str]] = {
    Prose: "", Picture: "text", Note: "text note", Predict: "yaml predict", Check: "yaml check",
    Hint: "yaml hint", Recap: "yaml recap", Card: "yaml card",
}  # fmt: skip
"""What stands after the backticks of each kind of block; nothing for a paragraph."""


def _parts_of(
    document: Document,
) -> tuple[str, list[Part], list[tuple[Heading, list[Part]]]]:
    """Return the first heading, what stands before the first beat, and each beat's parts."""
    heading = ""
    intro: list[Part] = []
    beats: list[tuple[Heading, list[Part]]] = []
    for part in document.parts:
        if isinstance(part, Heading) and part.id:
            beats.append((part, []))
        elif isinstance(part, Heading):
            heading = heading or part.text
        else:
            (beats[-1][1] if beats else intro).append(part)
    return heading, intro, beats
