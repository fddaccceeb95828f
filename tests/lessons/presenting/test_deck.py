"""Decks of all lessons: what is on their slides, and in which order."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from lifecycle_tui.lessons.limits import cells, shown
from lifecycle_tui.lessons.model import (
    Card,
    Check,
    Note,
    Picture,
    Predict,
    Prose,
    Recap,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.playing import asking
from lifecycle_tui.lessons.playing.canon import Canon, agree
from lifecycle_tui.lessons.presenting.dealing import GOALS, deal
from lifecycle_tui.lessons.presenting.pages import FEW, height, pages
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.printing import printed
from lifecycle_tui.lessons.presenting.slides import WIDTH, Deck, Kind, Said
from lifecycle_tui.lessons.wording import without_rules
from tests.lessons.presenting.decks import LESSONS, dealt, pack, show

ASKING = (Kind.QUESTION, Kind.CHALLENGE)


def kinds(deck: Deck) -> Counter[Kind]:
    return Counter(slide.kind for slide in deck.slides)


@pytest.mark.parametrize("name", LESSONS)
def test_everything_of_a_lesson_is_on_a_slide(name: str) -> None:
    deck, _ = dealt(name)
    lesson = deck.lesson
    blocks = [block for _, block in lesson.blocks()]
    found = kinds(deck)
    predictions = [block for block in blocks if isinstance(block, Predict)]
    assert found[Kind.QUESTION] == found[Kind.ANSWER] == len(predictions)
    assert found[Kind.CHALLENGE] == sum(isinstance(block, Check) for block in blocks)
    assert found[Kind.SOLUTION] == sum(isinstance(block, Solution) for block in blocks)
    stages = [block.lines for block in blocks if isinstance(block, Stage)]
    played = [slide.lines for slide in deck.slides if slide.kind in (Kind.STAGE, *ASKING)]
    assert [lines for lines in played if lines] == stages
    assert found[Kind.CARD] == sum(isinstance(block, Card) for block in blocks)
    pictures = [slide.picture for slide in deck.slides if slide.kind is Kind.TEXT]
    assert [each for each in pictures if each] == [
        block.lines for block in blocks if isinstance(block, Picture)
    ]
    said = " ".join(shown(part.text) for slide in deck.slides for part in slide.says)
    facts = [f.text for block in blocks if isinstance(block, Recap) for f in block.facts]
    prose = [block.text for block in blocks if isinstance(block, Prose)]
    for text in (*facts, *prose, *(each.text for each in lesson.intro), *lesson.objectives):
        assert shown(without_rules(text)) in said


@pytest.mark.parametrize("name", LESSONS)
def test_each_question_is_followed_by_its_one_answer_and_the_reasons(name: str) -> None:
    deck, _ = dealt(name)
    asked = {predict.id: predict for predict in deck.lesson.predictions}
    for at, slide in enumerate(deck.slides):
        if slide.kind is not Kind.QUESTION:
            continue
        question = slide.question
        assert question is not None
        following = deck.slides[at + 1]
        assert (following.kind, following.question) == (Kind.ANSWER, question)
        assert following.lines == asked[question.id].after
        assert 0 <= question.right < len(question.options)
        assert any(aid.startswith(f"Answer: {question.right + 1},") for aid in slide.aids)
        assert "…" not in question.ask
        if asking.tested_by(asked[question.id]):
            assert deck.slides[at + 2].kind is Kind.WHY


@pytest.mark.parametrize("name", LESSONS)
def test_no_slide_has_nothing_on_it(name: str) -> None:
    """Where a story only begins again, that happens with the question after it."""
    deck, _ = dealt(name)
    for slide in deck.slides:
        assert slide.kind is not Kind.STAGE or slide.says or slide.running, slide


def test_a_question_has_what_it_is_about_in_sight() -> None:
    deck, _ = dealt("log-detective")
    asked = {s.question.id: s for s in deck.slides if s.question and s.kind is Kind.QUESTION}
    assert asked["streams"].about[0].startswith("stream 1   1.3 s  REPORT A")
    assert asked["silent"].about[-1].strip() == "Error Type: Runtime.OutOfMemory"
    assert [line.text for line in asked["silent"].lines] == ["restart steps=drop"]
    log = next(slide for slide in deck.slides if slide.kind is Kind.CHALLENGE).about
    assert log[0] == "stream 1   1.3 s  REPORT A  Init Duration: 1000.00 ms"
    asked = {s.question.id: s for s in dealt("myth-court")[0].slides if s.question}
    assert asked["one"].about == ("max(concurrency) <= count(env)",)
    assert not any(slide.about for slide in dealt("doom-loop")[0].slides)


@pytest.mark.parametrize("name", LESSONS)
def test_slides_have_few_words(name: str) -> None:
    deck, _ = dealt(name)
    for slide in deck.slides:
        assert height(slide.says) <= FEW
        assert all(cells(line) <= WIDTH for line in slide.picture)
        assert cells(slide.heading) <= WIDTH
        assert not any(re.search(r"\[[A-Z]{2,}-\d", part.text) for part in slide.says)


@pytest.mark.parametrize("name", LESSONS)
def test_a_deck_stands_where_the_lesson_does(name: str) -> None:
    """Commands of the slides are those of the lesson, in the same order: the same story."""
    deck, plan = dealt(name)
    blocks = [block for _, block in deck.lesson.blocks()]
    canon = Canon(deck.lesson, plan)
    way = Presentation(deck, plan)
    way.go_to(len(deck.slides))
    assert agree(way.session, canon.before(len(blocks)))


def test_a_note_is_for_the_presenter_alone() -> None:
    deck, _ = dealt("doom-loop")
    noted = [slide for slide in deck.slides if slide.notes]
    assert {slide.beat for slide in noted} == {"finish", "escape"}
    assert noted[0].notes == ("Ask before revealing it: most rooms say yes.",)
    assert not any("most rooms" in part.text for slide in deck.slides for part in slide.says)


@pytest.mark.parametrize("name", LESSONS)
def test_notes_come_before_what_they_are_about(name: str) -> None:
    deck, _ = dealt(name)
    for beat in deck.lesson.beats:
        lines = [line for block in beat.blocks if isinstance(block, Note) for line in block.lines]
        slides = [s for s in deck.slides if s.beat == beat.id and s.kind is not Kind.TITLE]
        slides = [slide for slide in slides if slide.heading != GOALS]
        for slide in slides:
            assert " ".join(slide.notes).split() == " ".join(lines).split()
    printed_notes = [line for line in printed(deck) if "| note: " in line]
    assert len(printed_notes) == sum(len(n) for n in {s.notes for s in deck.slides})


def test_another_seed_has_other_numbers_and_the_same_slides() -> None:
    one, other = (dealt("two-at-once", seed)[0] for seed in (None, 77))
    assert [slide.kind for slide in one.slides] == [slide.kind for slide in other.slides]
    assert other.seed == 77


def test_a_translated_lesson_is_dealt_in_its_language() -> None:
    german = load_pack(language="de")
    lesson = german.find("first-event")
    assert lesson is not None
    deck, _ = deal(german, lesson)
    assert deck.slides[0].heading == lesson.title
    assert [s.kind for s in deck.slides] == [s.kind for s in dealt("first-event")[0].slides]


def test_daggers_stay_where_rules_go() -> None:
    assert without_rules("It is so. [INIT-09]") == "It is so."
    assert without_rules("It is so. [LIFE-08] And so.") == "It is so. † And so."
    assert without_rules("see [a link](https://x.y) [1]") == "see [a link](https://x.y) [1]"


def test_long_prose_is_cut_between_paragraphs_then_sentences_then_words() -> None:
    sentence = "Ten words that are no longer than they have to be."
    short, long = Said(sentence), Said(" ".join([sentence] * 20))
    assert list(pages([short, short])) == [(short, short)]
    cut = list(pages([long]))
    assert len(cut) > 1
    assert all(height(page) <= FEW for page in cut)
    assert all(part.text.endswith("be.") for page in cut for part in page)
    endless = Said("word " * 300)
    assert " ".join(part.text for page in pages([endless]) for part in page).split() == (
        endless.text.split()
    )
    assert all(height(page) <= FEW for page in pages([endless]))
    assert list(pages([])) == []


def test_what_introduces_a_paragraph_goes_with_it() -> None:
    head, body = Said("An option", "✗ ", strong=True), Said("word " * 50)
    first, second = pages([body, head, body])
    assert first == (body,)
    assert second == (head, body)


def test_the_printed_deck_has_slides_notes_and_answers() -> None:
    deck, _ = dealt("doom-loop")
    lines = list(printed(deck))
    text = "\n".join(lines)
    assert lines[0] == "9. Timeouts and the doom loop (9 minutes, seed 42)"
    assert f"{len(deck.slides)}/{len(deck.slides)}  After a failure" in text
    assert "    | Answer: 3, RE-INIT, in the same environment" in text
    assert "    | note: Ask before revealing it" in text
    assert all(cells(line) <= WIDTH + 4 for line in lines if line[:1] not in "0123456789>")


def test_all_beats_have_a_first_slide() -> None:
    for name in LESSONS:
        deck, _ = dealt(name)
        assert deck.beats == tuple(beat.id for beat in deck.lesson.beats)
        assert [deck.first_of(beat) for beat in deck.beats] == sorted(
            {deck.first_of(beat) for beat in deck.beats}, key=lambda place: place or 0
        )
    assert dealt("freeze")[0].first_of("nowhere") is None


def test_the_course_has_fifteen_decks() -> None:
    assert len(LESSONS) == len(pack().lessons) == 15
    assert show("freeze").at == 0
