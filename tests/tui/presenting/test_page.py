"""Slides laid out: nothing is cut off, at any size, in either skin, with and without votes."""

from __future__ import annotations

import pytest

from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.presenting.slides import WIDTH, Kind
from lifecycle_tui.lessons.presenting.votes import Votes
from lifecycle_tui.tui.presenting.page import FEWEST, page_of, rows_of
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.lessons.presenting.decks import LESSONS, place, show

SIZES = [(80, 22), (120, 38), (200, 48)]


def words_of(text: str) -> str:
    """Return text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", LESSONS)
def test_every_slide_fits_and_is_whole(name: str) -> None:
    way = show(name)
    for at, slide in enumerate(way.steps):
        way.at = at
        question = slide.question
        for counted in (False, True):
            way.votes = {}
            if counted and question is not None:
                way.votes[question.id] = Votes((9_999,) * len(question.options))
            for width, height in SIZES:
                for ascii_only in (False, True):
                    page = page_of(way, width, height, Skin(ascii_only))
                    assert len(page.lines) + page.lanes <= height
                    assert all(width_of(line) <= width for line in page.lines)
                    assert page.lanes == 0 or (slide.shows_lanes and page.lanes >= FEWEST)
                    empty = bool(slide.about) and not slide.running
                    assert page.lanes or not slide.shows_lanes or slide.kind is Kind.TEXT or empty
                    text = words_of(text_of(page.lines))
                    for said in slide.says:
                        assert words_of(shown(said.text)) in text
                    for line in slide.picture:
                        assert words_of(line) in text
                    if empty or not counted or height > SIZES[0][1]:
                        assert all(words_of(line) in text for line in slide.about)
                    if question is not None and slide.kind is Kind.QUESTION:
                        assert words_of(shown(question.ask)) in text
                        assert all(shown(option) in text for option in question.options)
                        assert text.count("9999") == (len(question.options) * counted) or (
                            height > SIZES[0][1]
                        )
                    if slide.check is not None:
                        assert all(shown(goal.text) in text for goal in slide.check.all)


@pytest.mark.parametrize("size", SIZES)
def test_text_takes_sixty_columns(size: tuple[int, int]) -> None:
    way = show("doom-loop", place("doom-loop", Kind.RECAP))
    margin = (size[0] - WIDTH) // 2
    heading = way.step.heading
    lines = text_of(page_of(way, *size, Skin()).lines).splitlines()
    body = [line for line in lines if line.strip() and not set(line) & set("▀▄█")]
    assert heading not in "".join(body), "it is large"
    assert all(line.startswith(" " * margin) for line in body)
    assert all(len(line) <= margin + WIDTH for line in body)


def test_an_answer_has_the_true_option_marked_with_words_too() -> None:
    way = show("doom-loop", place("doom-loop", Kind.ANSWER, 1))
    way.votes["next"] = Votes((12, 5, 20))
    text = text_of(page_of(way, 80, 22, Skin(ascii_only=True)).lines)
    assert "RE-INIT, in the same environment  TRUE" in text
    assert "COLD, in a new environment\n" in text
    assert "20  54 %" in text
    assert "37 hands" in text


def test_nothing_is_marked_before_the_run_has_answered() -> None:
    way = show("doom-loop", place("doom-loop", Kind.QUESTION, 1))
    assert "TRUE" not in text_of(page_of(way, 80, 22, Skin()).lines)
    way.forward()
    assert way.is_watched
    assert "TRUE" not in text_of(page_of(way, 80, 22, Skin()).lines)
    way.finish()
    assert "TRUE" in text_of(page_of(way, 80, 22, Skin()).lines)


def test_question_and_answer_have_their_options_in_the_same_place() -> None:
    for size in SIZES:
        way = show("doom-loop", place("doom-loop", Kind.QUESTION, 1))
        way.votes["next"] = Votes((12, 5, 20))
        asked = page_of(way, *size, Skin())
        way.forward()
        way.finish()
        told = page_of(way, *size, Skin())
        rows = [
            [n for n, line in enumerate(text_of(page.lines).splitlines()) if "WARM" in line]
            for page in (asked, told)
        ]
        assert rows[0] == rows[1]
        assert asked.lanes == told.lanes


def test_an_empty_run_makes_room_for_the_log_that_is_asked_about() -> None:
    way = show("log-detective", place("log-detective", Kind.QUESTION))
    question = way.step.question
    assert question is not None
    assert page_of(way, 80, 22, Skin()).lanes >= FEWEST
    way.votes[question.id] = Votes((3, 20, 1))
    asked = page_of(way, 80, 22, Skin())
    assert asked.lanes == 0
    assert "REPORT E  no Init Duration" in text_of(asked.lines)
    way.forward()
    way.finish()
    told = page_of(way, 80, 22, Skin())
    assert told.lanes >= FEWEST
    for words in ("two, one for each stream", "20  83 %"):
        rows = [
            [n for n, line in enumerate(text_of(page.lines).splitlines()) if words in line]
            for page in (asked, told)
        ]
        assert rows[0] == rows[1], "nothing jumps"
    way.interrupt()
    assert page_of(way, 80, 22, Skin()).lanes >= FEWEST


@pytest.mark.parametrize("name", LESSONS)
def test_no_word_stands_alone_below_its_paragraph(name: str) -> None:
    for slide in show(name).steps:
        texts = [each.text for each in slide.says]
        texts += [slide.question.ask] if slide.question else []
        texts += [slide.check.goal] if slide.check else []
        for text in texts:
            *before, last = text_of(rows_of(text)).splitlines()
            assert not before or " " in last, text


def test_what_is_tried_out_has_lanes_on_every_slide() -> None:
    for kind in (Kind.TITLE, Kind.CARD, Kind.RECAP):
        way = show("doom-loop", place("doom-loop", kind))
        assert page_of(way, 80, 22, Skin()).lanes == 0
        way.interrupt()
        assert page_of(way, 80, 22, Skin()).lanes >= FEWEST
