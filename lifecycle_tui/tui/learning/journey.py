"""The way through the course on screen: which lesson, what comes after it, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import Pack, load_pack
from lifecycle_tui.lessons.playing.beginning import (
    begin_lesson,
    begin_review,
    lesson_after,
    time_of_day,
)
from lifecycle_tui.lessons.playing.picking import next_lesson
from lifecycle_tui.lessons.playing.run import LessonRun
from lifecycle_tui.lessons.playing.steps import Level
from lifecycle_tui.lessons.progress import Store
from lifecycle_tui.lessons.staging import RefusedError
from lifecycle_tui.play.note import Note
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.tui.learning.links import Links
from lifecycle_tui.tui.places import Place
from lifecycle_tui.units.translation import chosen_language, tr

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.screens.lesson import LessonScreen


class Journey:
    """A learner in a course.

    Args:
        app: the program.
        folder: of the lessons; the course that comes with the program unless given.
        pack: what that folder holds, if it has been read already.
        level: how much the lessons help.
        challenges: only what the learner has to reach.
        store: where progress is kept.
        now: the time of day.
    """

    def __init__(
        self,
        app: LifecycleApp,
        *,
        folder: Path | None = None,
        pack: Pack | None = None,
        level: Level = Level.GUIDED,
        challenges: bool = False,
        store: Store | None = None,
        now: Callable[[], str] = time_of_day,
    ) -> None:
        self.app = app
        self.folder = folder
        self._pack = pack
        self.level = level
        self.challenges = challenges
        self.store = store or Store()
        self.now = now

    @cached_property
    def pack(self) -> Pack:
        """The lessons; read when they are first asked for."""
        return self._pack or load_pack(self.folder, chosen_language())

    @cached_property
    def links(self) -> Links:
        """Words of their glossary."""
        return Links(self.pack.glossary)

    # Places.

    def first(self, lesson: Lesson | None = None) -> Place:
        """Return the screen to begin with: a lesson, or their list where all are done."""
        chosen = lesson or next_lesson(self.pack, self.store.read())
        return self.list() if chosen is None else self.lesson(chosen)

    def lesson(self, lesson: Lesson, *, fresh: bool = False, beat: str = "") -> LessonScreen:
        """Return the screen of a lesson.

        Args:
            lesson: which.
            fresh: from its beginning, not from where it was left.
            beat: from this beat on.

        Raises:
            ScenarioError: its scenario cannot be read.
            RefusedError: one of its commands cannot be carried out.
        """
        run = begin_lesson(
            self.pack,
            lesson,
            self.store,
            self.now,
            level=self.level,
            challenges=self.challenges,
            fresh=fresh,
            beat=beat,
        )
        following = lesson_after(self.pack, lesson)
        after = tr("the list of lessons")
        if following:
            after = tr("next lesson: {title}", title=following.title)
        return self._screen(run, after, lambda: self._go_on(following))

    def review(self) -> LessonScreen | None:
        """Return the screen of a review; None where there is nothing to review."""
        run = begin_review(self.pack, self.store, self.now)
        return None if run is None else self._screen(run, tr("ends the review"), self.leave)

    def list(self) -> Place:
        """Return the screen with all lessons."""
        from lifecycle_tui.tui.screens.lessons import LessonList

        return LessonList(self)

    def _screen(self, run: LessonRun, after: str, ended: Callable[[], None]) -> LessonScreen:
        from lifecycle_tui.tui.screens.lesson import LessonScreen

        screen = LessonScreen(
            run,
            links=self.links,
            after=after,
            ended=ended,
            menu=self.ask,
            skin=self.app.skin,
            now=self.app.clock,
            size=self.app.size,
        )
        self.app.connect(screen)
        return screen

    # Ways.

    def go(self, make: Callable[[], Place | None], *, instead: bool = False) -> None:
        """Go to a place; a lesson that is wrong is told of where one is.

        Args:
            make: makes it; None: there is nothing to go to.
            instead: leave where one is for good.
        """
        here = self.app.screen
        try:
            place = make()
        except (ScenarioError, RefusedError) as error:
            if isinstance(here, Place):
                here.did(Note(str(error), refused=True))
            return
        if place is None:
            return
        if instead:
            self.app.switch_screen(place)
        else:
            self.app.push_screen(place)

    def leave(self) -> None:
        """Go back to where one came from, or leave the program."""
        self.app.call_later(self.app.action_quit)

    def _go_on(self, following: Lesson | None) -> None:
        if following is None:
            self.go(self.list, instead=True)
        else:
            self.go(lambda: self.lesson(following), instead=True)

    def ask(self, screen: LessonScreen) -> None:
        """Ask what to do with a lesson."""
        from lifecycle_tui.tui.screens.lessons import LessonMenu

        def chosen(what: str | None) -> None:
            if what:
                self._do(screen, what)

        self.app.push_screen(LessonMenu(self.level, challenges=self.challenges), chosen)

    def _do(self, screen: LessonScreen, what: str) -> None:
        run = screen.run
        lesson, beat = run.lesson, run.step.beat.id
        match what:
            case "step":
                screen.begin_step_again()
            case "lesson":
                self.go(lambda: self.lesson(lesson, fresh=True), instead=True)
            case "list":
                self.go(self.list, instead=True)
            case "challenges":
                self.challenges = not self.challenges
                self.go(lambda: self.lesson(lesson, beat=beat), instead=True)
            case level:
                self.level = Level(level)
                self.go(lambda: self.lesson(lesson, beat=beat), instead=True)
