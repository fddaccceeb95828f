"""The keys of a lesson, and what they may not do while one is played."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from lifecycle_tui.lessons.playing.run import Phase
from lifecycle_tui.lessons.progress import Answer, Status
from lifecycle_tui.tui.actions import LEARNING
from lifecycle_tui.tui.screens.glossary import GlossaryScreen
from lifecycle_tui.tui.screens.lesson import LessonScreen
from lifecycle_tui.tui.screens.lessons import LessonList, LessonMenu
from lifecycle_tui.tui.widgets.painted import Run
from tests.lessons.examples import NAME, changed
from tests.tui.conftest import text_of
from tests.tui.learning.lessons import NOW, Course, go_to, write

Tell = Callable[[Course, Pilot[int]], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "lessons"
    where.mkdir()
    believed = ('cold: {say: "It waited', 'cold: {m: COLD-ONCE, say: "It waited')
    (where / NAME).write_text(changed(believed))
    return where


@pytest.fixture
def tell(tmp_path: Path, folder: Path) -> Callable[..., Course]:
    def run(
        tale: Tell,
        name: str | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        ascii_only: bool = False,
        review: bool = False,
    ) -> Course:
        where = None if name else folder
        course = Course(tmp_path, name, folder=where, ascii_only=ascii_only, review=review)

        async def story() -> None:
            async with course.app.run_test(size=size) as pilot:
                await pilot.pause()
                await tale(course, pilot)

        asyncio.run(story())
        return course

    return run


TellIt = Callable[..., Course]


def phase_of(course: Course) -> Phase:
    return course.screen.run.phase


def chosen_of(course: Course) -> int | None:
    return course.screen.run.chosen


def screen_of(course: Course) -> Screen[object]:
    return course.app.screen


def note_of(course: Course) -> str:
    note = course.screen.note
    return note.text if note else ""


def test_every_key_of_the_table_is_bound() -> None:
    bound = {each.action for each in LessonScreen.BINDINGS if isinstance(each, Binding)}
    assert {action.call for action in LEARNING} <= bound


def test_n_shows_the_stage_skips_it_and_backspace_looks_back(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        assert phase_of(course) is Phase.READ
        assert "What does an event wait for" in course.said
        await pilot.press("n")
        assert phase_of(course) is Phase.WATCH
        assert "time passes" in course.said
        assert "skips" in course.said
        await pilot.press("n")
        await pilot.pause()
        assert phase_of(course) is Phase.ASKED
        assert "It will be" in course.said
        await pilot.press("n")
        assert "first your answer" in note_of(course)
        await pilot.press("backspace")
        assert "first step" in note_of(course)
        await pilot.press("1", "c")
        await go_to(course, pilot, Phase.GOAL)
        await pilot.press("backspace")
        assert course.screen.run.looks_back
        assert "looking back" in text_of(course.app)
        await pilot.press(*["n"] * len(course.screen.panel.pages))
        assert course.screen.run.looking == course.screen.run.at
        assert phase_of(course) is Phase.GOAL

    tell(tale)


def test_a_stage_plays_by_itself(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        screen = course.screen
        assert screen.clock_runs
        for _ in range(100):
            screen.advance(0.1)
            if course.phase is not Phase.WATCH:
                break
        assert phase_of(course) is Phase.ASKED
        assert not screen.clock_runs

    tell(tale)


def test_digits_choose_and_letters_say_how_sure(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        await pilot.press("a")
        assert "choose first" in note_of(course)
        await pilot.press("3")
        assert course.screen.run.chosen is None
        await pilot.press("1")
        assert "[1) COLD, as the first was]" in course.said
        assert "How sure?" in course.said
        await pilot.press("2", "a")
        await go_to(course, pilot, Phase.TOLD)
        assert "RIGHT" in course.said
        assert "(guess)" in course.said

    course = tell(tale)
    (kept,) = course.store.read().predictions
    assert (kept.question, kept.choice, kept.correct) == ("second-event.second", "warm", True)


def test_an_option_that_cannot_be_seen_is_shown_and_not_chosen(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        await pilot.press("tab")
        assert course.screen.pane == "inspect"
        assert "the question" in text_of(course.app)
        await pilot.press("1")
        assert course.screen.pane == "lesson"
        assert chosen_of(course) is None
        await pilot.press("1")
        assert chosen_of(course) == 0
        await pilot.press("b")
        await go_to(course, pilot, Phase.GOAL)

    tell(tale)


def test_what_an_environment_keeps_is_not_told_while_it_may_be_asked(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        await pilot.press("tab")
        assert "keeps   told once you have answered" in text_of(course.app)
        await pilot.press("escape")
        assert phase_of(course) is Phase.ASKED, "the question is shown before it is let go"
        await pilot.press("1", "b", "tab")
        await pilot.pause()
        assert "keeps   globals" in text_of(course.app)

    tell(tale)


def test_the_keys_of_the_bottom_line_are_those_of_the_page(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        screen = course.screen
        blocks = (((Run("text"),),) * 8, ((Run("more"),),) * 8)
        screen.panel.show("other", blocks, "to the question")
        assert ("n", "the question") in [key[:2] for key in screen.footer(80)]
        screen.panel.turn(+1)
        words = [key[:2] for key in screen.footer(80)]
        assert words[0][0] == "1-2"
        assert ("Backspace", "text") in words
        assert sum(len(key) + len(word) + 3 for key, word in words) <= 80

    tell(tale)


def test_escape_skips_a_question(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        await pilot.press("escape")
        await go_to(course, pilot, Phase.TOLD)
        assert "SKIPPED" in course.said

    assert not tell(tale).store.read().predictions


def test_the_other_keys_wait_for_the_answer(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        screen = course.screen
        before, at_us = screen.session.version, screen.session.at_us
        told = {
            "i": "waits for your answer",
            "space": "first your answer",
            "end": "first your answer",
            "P": "asks its own questions",
        }
        for key, words in told.items():
            await pilot.press(key)
            assert words in note_of(course), key
        await pilot.press("full_stop")
        assert (screen.session.version, screen.session.at_us) == (before, at_us)
        assert "That is the question." in text_of(course.app) or screen.pane != "inspect"
        await pilot.press("home")
        assert screen.session.at_us == 0

    tell(tale)


def test_what_comes_next_is_not_told_while_it_is_asked(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        assert "That is the question." in text_of(course.app)
        await go_to(course, pilot, Phase.TOLD)
        assert "That is the question." not in text_of(course.app)

    tell(tale, size=(120, 40))


@pytest.mark.parametrize("key", ["d", "p", "V", "t", "R", "f", "B", "u"])
def test_keys_that_the_lesson_does_not_have_say_so(key: str, tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        before = course.screen.session.version
        await pilot.press(key)
        await pilot.pause()
        assert "no part of this lesson; it has fire, burst" in note_of(course)
        assert screen_of(course) is course.screen
        assert course.screen.session.version == before

    tell(tale)


def test_lines_that_the_lesson_does_not_have_say_so(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        before = course.screen.session.version
        await write(course, pilot, "set timeout=9s")
        assert "set is no part of this lesson" in note_of(course)
        assert course.screen.session.version == before
        await write(course, pilot, "burst 3")
        assert course.screen.session.version != before

    tell(tale)


def test_the_configuration_is_looked_at_and_not_changed(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        before = course.screen.session.version
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert "set is no part of this lesson" in note_of(course)
        assert course.screen.session.version == before
        # What the learner looks at instead of the lesson, n leads back from.
        await pilot.press("n")
        await pilot.pause()
        assert course.screen.pane == "lesson"
        assert phase_of(course) is Phase.GOAL

    tell(tale)


def test_a_goal_ticks_and_h_opens_hints(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        assert "[ ] three cold starts" in course.said
        assert text_of(course.app).count("[ ]") >= 2
        await pilot.press("h")
        await pilot.pause()
        assert "hint 1  How many events can one environment serve" in course.said
        assert "hint 2 of 3" in course.said
        await write(course, pilot, "burst 3")
        await write(course, pilot, "wait until idle")
        assert phase_of(course) is Phase.REACHED
        assert "[x] three cold starts" in course.said
        assert "Reached in 1 move; par is 1." in course.said

    kept = tell(tale).store.read().lesson("second-event")
    assert kept is not None
    assert kept.hints == 1


def test_n_shows_a_way_after_the_hints(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        await pilot.press("n")
        assert "3 hints left" in note_of(course)
        await pilot.press("h", "h", "h", "n")
        assert "n again shows a way" in note_of(course)
        await pilot.press("n")
        assert phase_of(course) is Phase.WATCH
        await pilot.press("n")
        await pilot.pause()
        assert "That is one way to do it." in course.said

    tell(tale)


def test_g_says_what_words_on_screen_mean(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(course.app.screen, GlossaryScreen)
        shown = text_of(course.app)
        assert "on screen" in shown
        first = course.app.screen.picks.chosen
        await pilot.press("down")
        assert course.app.screen.picks.chosen == first + 1
        await pilot.press("escape")
        await pilot.pause()
        assert screen_of(course) is course.screen

    tell(tale)


def test_a_word_is_clicked(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        panel = course.screen.panel
        rows = [(y, line) for y, line in enumerate(panel.lines)
                if any(run.look == "term" for run in line)]  # fmt: skip
        y, line = rows[0]
        x = 0
        for run in line:
            if run.look == "term":
                break
            x += len(run.text)
        await pilot.click(panel, offset=(x + 1 + 1, y))
        await pilot.pause()
        assert isinstance(course.app.screen, GlossaryScreen)
        assert run.text.lower()[:4] in text_of(course.app).lower()

    tell(tale)


def test_l_begins_the_step_or_the_lesson_again_and_leads_to_the_list(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        await write(course, pilot, "fire")
        assert course.screen.run.goal_moves == 1
        await pilot.press("l")
        assert isinstance(course.app.screen, LessonMenu)
        await pilot.press("s")
        await pilot.pause()
        assert course.screen.run.goal_moves == 0
        assert "the step begins again" in note_of(course)
        await pilot.press("l", "f")
        await pilot.pause()
        assert course.journey.level == "faded"
        assert phase_of(course) is Phase.GOAL
        assert "An environment serves" not in course.said
        await pilot.press("l", "b")
        await pilot.pause()
        assert course.screen.run.at == 0
        await pilot.press("l", "c")
        await pilot.pause()
        assert len(course.screen.run.steps) == 1
        await pilot.press("l", "l")
        await pilot.pause()
        assert isinstance(course.app.screen, LessonList)
        await pilot.pause()
        assert "The second event" in text_of(course.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(course.app.screen, LessonScreen)

    tell(tale)


def test_after_the_card_comes_the_list_where_there_is_no_next_lesson(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        for _ in range(60):
            run = course.screen.run
            if run.at == len(run.steps) - 1:
                break
            await go_to(course, pilot, Phase.SHOW)
            await pilot.press("n")
            await pilot.pause()
        assert "Cold and warm" in course.said
        assert " n     the list of lessons" in text_of(course.app)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(course.app.screen, LessonList)
        await pilot.pause()
        assert "[x]" in text_of(course.app)

    kept = tell(tale).store.read().lesson("second-event")
    assert kept is not None
    assert kept.status is Status.DONE


def test_one_goes_on_where_one_left(tell: TellIt) -> None:
    async def leave(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.GOAL)
        await pilot.press("q")

    async def come_back(course: Course, pilot: Pilot[int]) -> None:
        assert phase_of(course) is Phase.GOAL
        assert course.screen.session.at_us > 0

    tell(leave)
    tell(come_back)


def test_a_review_asks_again_and_counts(tell: TellIt, tmp_path: Path) -> None:
    store = Course(tmp_path).store
    wrong = Answer("second-event.second", "cold", False, 7, "certain", NOW)
    store.change(lambda kept: kept.answered(wrong, tested="COLD-ONCE", believed="COLD-ONCE"))

    async def tale(course: Course, pilot: Pilot[int]) -> None:
        assert "Again" in text_of(course.app)
        assert course.screen.session.base.seed != 7
        await pilot.press("2", "c")
        await go_to(course, pilot, Phase.TOLD)
        assert "RIGHT" in course.said
        await pilot.press("n")
        await pilot.pause()
        assert "1 of 1 question right." in course.said
        await pilot.press("n")

    assert len(tell(tale, review=True).store.read().predictions) == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_nothing_but_ascii_where_nothing_else_can_be_shown(
    size: tuple[int, int], tell: TellIt
) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        for phase in (Phase.READ, Phase.ASKED, Phase.TOLD, Phase.GOAL):
            await go_to(course, pilot, phase)
            assert text_of(course.app).isascii()

    tell(tale, size=size, ascii_only=True)


def test_a_lesson_that_is_wrong_is_told_of_and_stays_open(tell: TellIt, folder: Path) -> None:
    text = (folder / NAME).read_text().replace("after: [wait 5s, fire,", "after: [wait 5s, undo,")
    text = text.replace("- fire\n- wait until idle\n", "- wait 5s\n", 1)
    (folder / NAME).write_text(text)

    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await go_to(course, pilot, Phase.ASKED)
        await pilot.press("1", "b")
        await pilot.press("n")
        await pilot.pause()
        assert "this lesson is wrong" in note_of(course)

    tell(tale)


def test_too_small_a_terminal_says_so_and_the_lesson_is_there_again(tell: TellIt) -> None:
    async def tale(course: Course, pilot: Pilot[int]) -> None:
        await pilot.resize_terminal(60, 15)
        await pilot.pause()
        assert "enlarge to 80x24" in text_of(course.app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        await pilot.pause()
        assert "What does an event wait for" in course.said

    tell(tale)
