"""The notes in the second terminal: what they show, and that they follow the first one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lifecycle_tui.lessons.presenting.telling import Report, Teller, report_of
from lifecycle_tui.lessons.presenting.votes import Votes
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.offstage import no_clock
from lifecycle_tui.tui.screens.notes import NotesScreen, clock_words, notes_lines
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.lessons.presenting.decks import LESSONS, dealt, show
from tests.tui.conftest import text_of as shown_by

Story = Callable[[NotesScreen, Pilot[int]], Awaitable[None]]


class Time:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def follow(path: Path, now: Time, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    app = LifecycleApp(
        lambda: Session(dealt("doom-loop")[1]),
        skin=Skin(ascii_only=False),
        theme_name="okabe-ito",
        first=lambda app: NotesScreen("doom-loop", path, now_s=now, skin=app.skin),
        now=no_clock,
    )
    app.animation_level = "none"

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, NotesScreen)
            await pilot.pause()
            await story(screen, pilot)

    asyncio.run(run())


def seen(screen: NotesScreen) -> str:
    """Look, and return what is shown."""
    screen.look()
    app = screen.app
    assert isinstance(app, LifecycleApp)
    return shown_by(app)


def test_they_wait_follow_and_say_when_it_is_over(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    way, teller = show("doom-loop"), Teller(path, now)

    async def story(screen: NotesScreen, pilot: Pilot[int]) -> None:
        text = seen(screen)
        assert "No presentation of doom-loop is running." in text
        assert "lifecycle-tui present doom-loop" in text
        teller.tell(report_of(way, blank=False, started_s=None))
        seen(screen)
        await pilot.pause()
        text = seen(screen)
        assert "9. Timeouts and the doom loop" in text
        assert f"1/{len(way.steps)}" in text
        assert "begins with the second slide" in text
        for _ in range(6):
            way.forward()
            way.finish()
        way.votes["next"] = Votes((12, 5, 20))
        teller.tell(report_of(way, blank=False, started_s=now.seconds))
        now.seconds += 5
        seen(screen)
        await pilot.pause()
        text = seen(screen)
        question = way.step.question
        assert question is not None
        assert f"NOW   question: {' '.join(question.ask.split()[:5])}" in text
        assert "✓ 3  RE-INIT, in the same environment   20 hands" in text
        assert "NEXT  answer: the run shows it" in text
        assert "Behind 2, WARM, with nothing lost" in text
        assert "/ 9:00" in text
        teller.leave()
        seen(screen)
        await pilot.pause()
        assert "No presentation of doom-loop is running." in seen(screen)

    follow(path, now, story)


def test_the_timer_begins_again_here_alone(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    report = report_of(show("doom-loop"), blank=False, started_s=900.0)
    teller = Teller(path, now)
    teller.tell(report)

    async def story(screen: NotesScreen, pilot: Pilot[int]) -> None:
        assert "1:40 / 9:00" in seen(screen)
        await pilot.press("r")
        now.seconds += 7
        teller.still_there()
        seen(screen)
        await pilot.pause()
        assert "0:07 / 9:00" in seen(screen)

    follow(path, now, story, (80, 18))


def test_the_time_that_has_passed() -> None:
    report = Report("9. Doom", 20, 4, 36, "See", "question: why?", "answer")
    shown = text_of(notes_lines(report, 760.9, 76, Skin(), large=False))
    assert "12:40 / 20:00" in shown
    shown = text_of(notes_lines(report, 1_201.0, 76, Skin(), large=False))
    assert "20:01 / 20:00   the time is over" in shown
    assert clock_words(0) == "0:00"
    assert clock_words(3_725) == "62:05"
    large = text_of(notes_lines(report, 760.0, 76, Skin(), large=True))
    assert "▀" in large
    assert "/ 20:00" in large


@pytest.mark.parametrize("name", LESSONS)
def test_notes_of_every_slide_are_whole(name: str) -> None:
    way = show(name)
    for at, slide in enumerate(way.steps):
        way.at = at
        lines = list(
            notes_lines(report_of(way, blank=False, started_s=0.0), 60.0, 76, Skin(), large=True)
        )
        assert all(width_of(line) <= 76 for line in lines)
        text = " ".join(text_of(lines).split())
        for note in slide.notes:
            assert note.split()[0] in text
        assert ("that is the last slide" in text) == (at == len(way.steps) - 1)
