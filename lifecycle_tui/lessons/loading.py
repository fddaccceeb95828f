"""A lesson file to a lesson: read strictly, every problem with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lifecycle_tui.lessons.blocks import READS, WORDS, BlockReader
from lifecycle_tui.lessons.limits import TITLE, too_wide
from lifecycle_tui.lessons.markdown import (
    Document,
    Fence,
    Heading,
    Paragraph,
    Part,
    split,
    yaml_at,
)
from lifecycle_tui.lessons.model import Beat, Block, Check, Lesson, Picture, Predict, Prose
from lifecycle_tui.lessons.reading import (
    each,
    format_1,
    identifier,
    misconception_id,
    read_bytes,
    sentence,
    without_repeats,
)
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.nodes import Node, Scalar, describe
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError, did_you_mean
from lifecycle_tui.scenario.readers import boolean, integer
from lifecycle_tui.units.text import clean, quote

MOST_BEATS: Final = 20
MOST_BLOCKS: Final = 30
"""Blocks of one beat, paragraphs of prose included."""
PROSE: Final = 1_200
"""Characters of a paragraph."""

_FRONT: Final = (
    "format", "id", "title", "order", "minutes", "requires", "objectives", "misconceptions",
    "scenario", "set", "seed", "allow", "par", "recall", "terms", "optional",
)  # fmt: skip


def load_lesson(path: Path) -> Lesson:
    """Read a lesson file.

    Raises:
        ScenarioError: what is wrong with it, all of it.
        OSError: it cannot be read.
    """
    return parse_lesson(read_bytes(path), clean(str(path)))


def parse_lesson(data: bytes, file: str) -> Lesson:
    """Read a lesson from the bytes of its file.

    Args:
        data: not more than ``reading.LARGEST`` bytes.
        file: the name for the places of errors.

    Raises:
        ScenarioError: what is wrong with it, all of it.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = Place(file, line, 1)
        raise ScenarioError([Problem(place, "the file is not UTF-8 text")]) from None
    problems = Problems()
    document = split(text, file, problems)
    if document.front is None:
        message = "a lesson begins with front matter: ---, keys such as id and title, ---"
        raise ScenarioError([Problem(Place(file, 1, 1), message)])
    front = Fields(yaml_at(document.front, 2, file), problems, "", _FRONT)
    lesson = _lesson(front, document, BlockReader(text.split("\n"), problems), file)
    problems.check()
    return lesson


def _lesson(front: Fields, document: Document, reader: BlockReader, file: str) -> Lesson:
    front.require("format", format_1, 1)
    problems = front.problems
    name = front.require("id", identifier, "")
    title = front.require("title", sentence(80), "")
    if too_wide(title, TITLE):
        front.refuse("title", too_wide(title, TITLE))
    heading, intro, beats = _body(document, reader, problems, file)
    once = without_repeats
    return Lesson(
        file=file,
        id=name,
        title=title,
        order=front.require("order", integer(1, 999), 1),
        minutes=front.require("minutes", integer(1, 60), 1),
        requires=once(front, "requires", each(front, "requires", identifier)),
        objectives=tuple(each(front, "objectives", sentence())),
        misconceptions=once(
            front, "misconceptions", each(front, "misconceptions", misconception_id)
        ),
        scenario=front.require("scenario", sentence(200), ""),
        settings=tuple(each(front, "set", sentence(200))),
        seed=front.read("seed", integer(0, 2**32 - 1), None),
        allow=once(front, "allow", each(front, "allow", sentence(24))),
        par=front.read("par", integer(1, 50), 1),
        recall=once(front, "recall", each(front, "recall", _recalled)),
        terms=once(front, "terms", each(front, "terms", sentence(40))),
        optional=front.read("optional", boolean, False),
        heading=heading,
        intro=intro,
        beats=beats,
        places={key: front.where(key) for key in front.keys},
    )


def _recalled(node: Node) -> str:
    """Read a prediction of another lesson, such as ``freeze.timer``."""
    text = node.text if isinstance(node, Scalar) else ""
    lesson, dot, prediction = text.partition(".")
    for part in (lesson, prediction):
        if not dot or not part:
            raise UnfitError(f"found {describe(node)}; expected a prediction such as freeze.timer")
        identifier(Scalar(node.place, part, part))
    return text


def _body(
    document: Document, reader: BlockReader, problems: Problems, file: str
) -> tuple[str, tuple[Prose, ...], tuple[Beat, ...]]:
    heading = ""
    intro: list[Prose] = []
    beats: list[Beat] = []
    opened: tuple[Heading, list[Block]] | None = None
    for part in document.parts:
        if isinstance(part, Heading):
            if opened is not None and part.id:
                beats.append(_beat(*opened))
            if not part.id:
                heading = _title(part, heading, problems, first=not beats and opened is None)
                continue
            _check_heading(part, [*beats, *([_beat(*opened)] if opened else [])], problems)
            opened = (part, [])
        elif opened is not None:
            block = _block(part, reader)
            if block is not None:
                opened[1].append(block)
        elif isinstance(part, Paragraph):
            intro.append(_prose(part, problems))
        else:
            problems.add(part.place, "a block before the first beat; write ## Words {#id} above it")
    if opened is None:
        place = Place(file, 1, 1)
        problems.add(place, "a lesson has beats: headings with an id, as ## See it {#see}")
    else:
        beats.append(_beat(*opened))
    _check_amount(beats, problems)
    _check_ids(beats, problems)
    return heading, tuple(intro), tuple(beats)


def _title(part: Heading, heading: str, problems: Problems, *, first: bool) -> str:
    """Return the lesson's first heading, having noted any other without an id."""
    if heading or not first or part.level != 1:
        message = "a heading without an id; write ## Words {#id} to begin a beat"
        problems.add(part.place, message)
        return heading
    return clean(part.text, TITLE)


def _check_heading(part: Heading, beats: list[Beat], problems: Problems) -> None:
    if any(beat.id == part.id for beat in beats):
        problems.add(part.place, f"there is a beat {quote('#' + part.id)} already")
    if too_wide(part.text, TITLE):
        problems.add(part.place, f"heading: {too_wide(part.text, TITLE)}")


def _beat(heading: Heading, blocks: list[Block]) -> Beat:
    return Beat(heading.place, heading.id, clean(heading.text, TITLE), tuple(blocks))


def _block(part: Part, reader: BlockReader) -> Block | None:
    """Return a paragraph or a fenced block; None with a problem noted."""
    if isinstance(part, Paragraph):
        return _prose(part, reader.problems)
    assert isinstance(part, Fence)
    if part.info == "text":
        return Picture(part.place, reader.picture(part))
    language, _, word = part.info.partition(" ")
    if (language != "yaml" and word != "note") or word not in READS:
        hint = did_you_mean(word or language, WORDS)
        message = f"a block of {quote(part.info)}, which is not known{hint}"
        reader.problems.add(part.place, f"{message} (as ```yaml stage, or ```text for a picture)")
        return None
    return READS[word](reader, part)


def _prose(part: Paragraph, problems: Problems) -> Prose:
    if len(part.text) > PROSE:
        problems.add(
            part.place, f"{len(part.text):,} characters; a paragraph has at most {PROSE:,}"
        )
    return Prose(part.place, clean(part.text, PROSE), part.mark)


def _check_amount(beats: list[Beat], problems: Problems) -> None:
    if len(beats) > MOST_BEATS:
        problems.add(beats[MOST_BEATS].place, f"{len(beats)} beats; at most {MOST_BEATS}")
    for beat in beats:
        if len(beat.blocks) > MOST_BLOCKS:
            found = f"{len(beat.blocks)} paragraphs and blocks in a beat; at most {MOST_BLOCKS}"
            problems.add(beat.place, found)


def _check_ids(beats: list[Beat], problems: Problems) -> None:
    """Note predictions and checks that are called the same."""
    seen: dict[str, Place] = {}
    for beat in beats:
        for block in beat.blocks:
            if isinstance(block, Predict | Check) and block.id:
                first = seen.setdefault(block.id, block.place)
                if first != block.place:
                    message = f"{quote(block.id)} is the id of the block on line {first.line} too"
                    problems.add(block.place, message)
