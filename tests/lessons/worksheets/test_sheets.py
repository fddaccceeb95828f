"""Worksheets of the whole course: nothing on them is an answer, and the key has every one."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.lessons.handout import handout
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.worksheets.drawing import WIDTH
from lifecycle_tui.lessons.worksheets.figures import NAMES
from lifecycle_tui.lessons.worksheets.making import make
from lifecycle_tui.lessons.worksheets.model import Cloze, Exercise, Figure, Item, Question, Sheet
from lifecycle_tui.lessons.worksheets.page import page

PACK = load_pack()
COURSE = pytest.mark.parametrize("lesson", PACK.lessons, ids=[each.id for each in PACK.lessons])

ANSWER = re.compile(r'<(b|text)([^>]*?) class="a">(.*?)</\1>')
KEY_ONLY = re.compile(r'<div class="key">.*?</div>\n?', re.DOTALL)
HOLE = re.compile(
    r'<(td|span|g)[^>]* class="(?:blank )?h">(.*?)</\1>|<g class="h">(.*?)</g>', re.DOTALL
)
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
TEXT = re.compile(r"<text[^>]*>(.*?)</text>")
SHOWN = re.compile(
    r"\d+|e\d+|#\d+(/\d+)?( #\d+(/\d+)?| to #\d+| \+\d+)?|[\d.:]+ ?(us|ms|s|h|d)?|\d+[mhd]\d+[smh]"
)
"""What a drawing may say: numbers, lanes, events, times of the ruler and lengths of its breaks."""


@cache
def _made(lesson_id: str, seed: int | None) -> tuple[Sheet, str, str]:
    lesson = PACK.find(lesson_id)
    assert lesson is not None
    sheet = make(lesson, PACK.glossary, seed)
    return sheet, page(sheet, filled=False), page(sheet, filled=True)


def sheet_of(lesson_id: str, seed: int | None = None) -> Sheet:
    return _made(lesson_id, seed)[0]


def pages_of(lesson_id: str, seed: int | None = None) -> tuple[str, str]:
    return _made(lesson_id, seed)[1:]


def items(sheet: Sheet) -> list[Item]:
    return [item for part in sheet.parts for section in part.sections for item in section.items]


def figures(sheet: Sheet) -> list[Figure]:
    return [item for item in items(sheet) if isinstance(item, Figure)]


@COURSE
def test_the_key_is_the_sheet_with_its_blanks_filled_in(lesson: Lesson) -> None:
    sheet, key = pages_of(lesson.id)
    emptied = ANSWER.sub("", KEY_ONLY.sub("", key)).replace("Answer key: ", "Worksheet: ")
    assert re.sub(r"\n+", "\n", emptied) == re.sub(r"\n+", "\n", sheet)


@COURSE
def test_each_blank_has_its_answer(lesson: Lesson) -> None:
    sheet, key = (HOLE.findall(each) for each in pages_of(lesson.id))
    assert len(sheet) == len(key) > 10
    for _, inside, drawn in sheet:
        assert not re.sub(r"<rect[^>]*/>", "", inside or drawn).strip()
    for _, inside, drawn in key:
        (answer,) = ANSWER.findall(inside or drawn)
        assert answer[2].strip()


@COURSE
def test_no_drawing_and_no_table_says_what_is_asked(lesson: Lesson) -> None:
    sheet, _ = pages_of(lesson.id)
    drawings = SVG.findall(sheet)
    assert len(drawings) == len(figures(sheet_of(lesson.id))) + 1
    for drawn in drawings:
        for words in TEXT.findall(drawn):
            assert SHOWN.fullmatch(unescape(words)), words
        said = re.findall(r'aria-label="(.*?)"', drawn)
        assert all(re.fullmatch(r"Figure \d+: lanes of .* fill in", each) for each in said)
        assert "<title" not in drawn
        assert all(re.fullmatch(r"p\d+", each) for each in re.findall(r' id="(.*?)"', drawn))
    for table in re.findall(r"<table>.*?</table>", sheet, re.DOTALL):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
        assert all(re.fullmatch(r"|—|\d+, in e\d+|e\d+|#\d+(/\d+)?", each) for each in cells)


@COURSE
def test_no_box_is_ticked(lesson: Lesson) -> None:
    sheet, key = pages_of(lesson.id)
    boxes = re.findall(r'<span class="box">(.*?)</span>', sheet)
    assert boxes
    assert not any(boxes)
    questions = [each for each in items(sheet_of(lesson.id)) if isinstance(each, Question)]
    exercises = [each for each in items(sheet_of(lesson.id)) if isinstance(each, Exercise)]
    ticked = len(questions) + sum(len(each.parts) for each in exercises)
    assert key.count('<span class="box"><b') == ticked


@COURSE
def test_the_right_option_is_the_one_of_the_handout(lesson: Lesson) -> None:
    said = re.findall(r"^\*\*Prediction (\d+): ([a-d])\.\*\*", handout(lesson), re.MULTILINE)
    asked = [each for each in items(sheet_of(lesson.id)) if isinstance(each, Question)]
    found = [
        (str(each.number), choice.letter)
        for each in asked
        for choice in each.choices
        if choice.right
    ]
    assert found == said
    assert len(found) == len(lesson.predictions)
    assert all(each.explain or each.refuted for each in asked)


@COURSE
def test_exercises_have_what_reaches_them(lesson: Lesson) -> None:
    found = [each for each in items(sheet_of(lesson.id)) if isinstance(each, Exercise)]
    assert [each.goal for each in found] == [check.goal for check in lesson.checks]
    assert all(each.solution and all(met for _, met in each.parts) for each in found)


@COURSE
def test_all_numbers_of_the_drawings_are_asked_for_once(lesson: Lesson) -> None:
    sheet = sheet_of(lesson.id)
    asked = [each for figure in figures(sheet) for each in figure.numbers]
    assert [each.number for each in asked] == list(range(1, len(sheet.phases) + 1))
    assert [each.name for each in asked] == [NAMES[phase] for phase in sheet.phases]
    drawn = {bar.number for figure in figures(sheet) for lane in figure.lanes for bar in lane.bars}
    assert drawn == set(range(1, len(sheet.phases) + 1))


@COURSE
def test_words_of_the_recap_are_those_that_were_left_out(lesson: Lesson) -> None:
    (cloze,) = (each for each in items(sheet_of(lesson.id)) if isinstance(each, Cloze))
    assert sorted(cloze.words) == sorted(fact.word for fact in cloze.facts if fact.answer)
    assert all(fact.word.lower() == fact.answer.lower() for fact in cloze.facts)
    assert all(fact.answer for fact in cloze.facts)


@COURSE
def test_the_key_names_its_rules_and_how_they_are_known(lesson: Lesson) -> None:
    sheet, key = pages_of(lesson.id)
    listed = key.split("<h2>Rules</h2>")[1]
    for rule in sheet_of(lesson.id).rules:
        assert rule in listed
        assert f"({RULES[rule].provenance}: " in listed
        assert RULES[rule].assumed == (f"<b>{rule} †</b>" in listed)
    assert "<h2>Rules</h2>" not in sheet


@COURSE
def test_a_sheet_and_its_key_say_that_they_belong_together(lesson: Lesson) -> None:
    marks = [re.findall(r'<p class="mark">(.*?)</p>', each) for each in pages_of(lesson.id, 5)]
    assert marks[0] == marks[1]
    assert re.fullmatch(rf"{lesson.id}@[0-9a-f]+ · seed 5 · lifecycle-tui [\d.]+", marks[0][0])


@COURSE
def test_nothing_is_fetched_and_nothing_runs(lesson: Lesson) -> None:
    for each in pages_of(lesson.id):
        assert not re.search(r"<script|<link|<img|src=|href=|@import|url\((?!#p\d+\))", each)
        assert each.isascii() or each.encode().decode() == each


@COURSE
def test_it_is_the_same_each_time(lesson: Lesson) -> None:
    again = make(lesson, PACK.glossary)
    assert (page(again, filled=False), page(again, filled=True)) == pages_of(lesson.id)


@COURSE
def test_nothing_is_drawn_beyond_the_paper(lesson: Lesson) -> None:
    for drawn in SVG.findall(pages_of(lesson.id)[1])[1:]:
        (height,) = map(int, re.findall(rf'viewBox="0 0 {WIDTH} (\d+)"', drawn))
        boxes = re.findall(
            r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="(\d+)"', drawn
        )
        assert boxes
        for x, y, width, tall in (map(float, each) for each in boxes):
            assert x >= 0
            assert x + width <= WIDTH
            assert 0 <= y < y + tall <= height
        rings = re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)" r="(\d+)"', drawn)
        for x, y, radius in (map(float, each) for each in rings):
            assert radius <= x <= WIDTH - radius
            assert radius <= y <= height - radius
