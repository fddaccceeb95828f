"""The course that ships: lint is silent, every lesson holds, and it stays within its bounds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lifecycle_tui.lessons.course import load_course
from lifecycle_tui.lessons.linting import lint
from lifecycle_tui.lessons.model import Lesson, Prose
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.proving import prove
from tests.lessons.examples import changed, lesson, linted, proven
from tests.lessons.shipped import course

PACK = course()


def test_lint_has_nothing_to_say() -> None:
    assert lint(PACK) == []


@pytest.mark.parametrize("each", PACK.lessons, ids=[each.id for each in PACK.lessons])
def test_every_lesson_holds_what_it_promises(each: Lesson) -> None:
    """Over a few seeds; ``lessons test``, which ``.ci/run`` runs, takes twenty."""
    assert prove(each, seeds=3) == []


def test_every_lesson_of_the_course_has_its_file() -> None:
    course = load_course()
    assert course is not None
    assert sorted(entry.id for entry in course.lessons) == sorted(each.id for each in PACK.lessons)
    titles = {each.id: each.title for each in PACK.lessons}
    for entry in course.lessons:
        assert entry.title == titles[entry.id]


def test_every_misconception_is_refuted_by_some_lesson() -> None:
    """Strict as soon as no lesson is planned any more."""
    refuted = {name for each in PACK.lessons for name in each.refuted}
    assert refuted <= set(PACK.misconceptions)
    assert PACK.course is not None
    if not PACK.course.planned:
        assert set(PACK.misconceptions) <= refuted


def test_sentences_are_short() -> None:
    """Thirty words are the most that a sentence of the course has."""
    texts = [term.means for term in PACK.glossary.terms]
    texts += [term.unlike for term in PACK.glossary.terms]
    for one in PACK.misconceptions.values():
        texts += [one.thought, one.truth, one.heard]
    for each in PACK.lessons:
        texts += [block.text for _, block in each.blocks() if isinstance(block, Prose)]
        texts += [prose.text for prose in each.intro]
    for text in texts:
        for sentence in re.split(r"(?<=[.?!:;])\s", text):
            assert len(sentence.split()) <= 30, sentence


def test_lessons_stand_at_the_place_of_the_curriculum() -> None:
    orders = {each.id: each.order for each in PACK.lessons}
    assert orders["first-event"] == 1
    assert orders["doom-loop"] == 9


def test_a_scenario_of_a_stranger_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    big = tmp_path / "scenarios" / "big.yaml"
    text = changed(("scenario: sandbox", "scenario: scenarios/big.yaml"))
    big.write_text("format: 1\nfunctions: {api: {}}\ntimeline: [{at: 0s, fire: {count: 50001}}]\n")
    assert linted(tmp_path, text) == [
        "01-second-event.md:10:11: scenario: about 50,001 events; in a lesson at most 50,000"
    ]
    big.write_text("format: 1\naccount: {concurrency: 20000}\nfunctions: {api: {}}\ntimeline: []\n")
    assert "a concurrency of 20,000" in linted(tmp_path, text)[0]
    big.write_text(
        "format: 1\nfunctions: {api: {}}\n"
        "timeline: [{at: 0s, pattern: {process: steady, rate: 100/s, for: 1h}}]\n"
    )
    assert "about 360,001 events" in linted(tmp_path, text)[0]


def test_commands_of_a_stranger_are_bounded() -> None:
    text = changed(("- burst 3\n", "- fire count=60000\n"))
    assert proven(text) == [
        "01-second-event.md:65:3: the lesson has sent more than 50,000 events by now (seed 7)"
    ]


def test_a_scenario_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("format: 1\nfunctions: {api: {}}\ntimeline: []\n")
    folder = tmp_path / "lessons"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "scenarios" / "link.yaml").symlink_to(outside)
    for written in ("scenarios/link.yaml", "../outside.yaml", str(outside)):
        found = linted(folder, changed(("scenario: sandbox", f"scenario: {written}")))
        assert len(found) == 1
        assert "10:11: scenario: " in found[0]


def test_an_expression_of_a_stranger_has_a_budget() -> None:
    """Rows of rows of rows take too many steps, and that is said instead of waited for."""
    inner = "1"
    for _ in range(12):
        inner = f"sum(inv, {inner})"
    text = changed(
        ("answer: inv[1].start\n", f"answer: {inner}\n"),
        ("after: [wait 5s, fire, wait until idle]", "after: [burst 500, wait until idle]"),
    )
    assert any("an expression has no answer" in each for each in proven(text, seeds=1))


def test_what_cannot_be_read_does_not_hide_the_rest(tmp_path: Path) -> None:
    (tmp_path / "02-broken.md").write_bytes(b"\xff\xfe")
    (tmp_path / "README.md").write_text("# no lesson")
    found = linted(tmp_path, changed(("minutes: 3", "minutes: 3")))
    assert found == ["02-broken.md:1:1: the file is not UTF-8 text"]
    assert [each.id for each in load_pack(tmp_path).lessons] == ["second-event"]


def test_initial_is_what_was_configured_before_anything_was_done() -> None:
    text = changed(
        ("count(inv, start == 'cold') >= 3", "cfg.timeout >= 2 * initial.timeout and run.cold > 2"),
        ("- burst 3\n", "- set timeout=6s\n- burst 3\n"),
        ("allow: [fire, burst, wait]", "allow: [fire, burst, wait, set]"),
    )
    assert proven(text) == []
    assert lesson(text).par == 1
