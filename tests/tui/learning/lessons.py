"""Lessons on screen for tests: the app on a lesson, its panel, and a way through it."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from lifecycle_tui.cli.opening import open_sandbox
from lifecycle_tui.lessons.playing.run import Phase
from lifecycle_tui.lessons.progress import Store
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.learning.journey import Journey
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.screens.lesson import LessonScreen
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.painted import width_of
from tests.lessons.shipped import course

NOW = "2026-01-02T03:04:05+00:00"


class Course:
    """An app that begins with a lesson.

    Args:
        state: the folder of its progress file.
        name: of the lesson; None: where the learner goes on.
        folder: of the lessons, if not the course's.
    """

    def __init__(
        self,
        state: Path,
        name: str | None = None,
        *,
        folder: Path | None = None,
        ascii_only: bool = False,
        review: bool = False,
    ) -> None:
        self.store = Store(state / "progress.json")
        self.journey: Journey
        self._name = name
        self._folder = folder
        self._review = review
        self.app = LifecycleApp(
            open_sandbox,
            skin=Skin(ascii_only),
            theme_name="okabe-ito",
            first=self._first,
            now=lambda: 0.0,
        )
        self.app.animation_level = "none"

    def _first(self, app: LifecycleApp) -> LessonScreen:
        pack = course() if self._folder is None else None
        self.journey = Journey(
            app, folder=self._folder, pack=pack, store=self.store, now=lambda: NOW
        )
        if self._review:
            found: Place | None = self.journey.review()
        else:
            wanted = None if self._name is None else self.journey.pack.find(self._name)
            found = self.journey.first(wanted)
        assert isinstance(found, LessonScreen)
        return found

    @property
    def screen(self) -> LessonScreen:
        """The lesson's screen."""
        found = [one for one in self.app.screen_stack if isinstance(one, LessonScreen)]
        return found[-1]

    @property
    def phase(self) -> Phase:
        """What the learner does just now."""
        return self.screen.run.phase

    @property
    def said(self) -> str:
        """What the panel says."""
        return words_of(self.screen.panel.lines)


async def write(course: Course, pilot: Pilot[int], line: str) -> None:
    """Type a line behind ``:``."""
    await pilot.press("colon")
    await pilot.pause()
    course.app.screen.query_one(Input).value = line
    await pilot.press("enter")
    await pilot.pause()


async def one_press(course: Course, pilot: Pilot[int], option: int = 1) -> None:
    """Do the next thing that a learner does who knows the solutions."""
    run, panel = course.screen.run, course.screen.panel
    if panel.page + 1 < len(panel.pages):
        await pilot.press("n")
    elif run.phase is Phase.ASKED:
        await pilot.press(str(option), "b")
    elif run.phase is Phase.GOAL:
        assert run.step.solution is not None
        for line in run.step.solution.lines:
            await write(course, pilot, line.text)
    else:
        await pilot.press("n")
    await pilot.pause()


async def go_to(course: Course, pilot: Pilot[int], phase: Phase) -> None:
    """Go on until a phase, its last page shown."""
    for _ in range(300):
        panel = course.screen.panel
        if course.phase is phase and panel.page + 1 == len(panel.pages):
            return
        await one_press(course, pilot)
    raise AssertionError(f"never in {phase}")


def misfits(course: Course) -> list[str]:
    """Return the lines of the panel that are wider than it."""
    panel = course.screen.panel
    width, height = panel.room
    found = [words_of([line]) for line in panel.lines if width_of(line) > width]
    return found + ([f"{len(panel.lines)} lines"] if len(panel.lines) > height else [])
