"""The course in lines: one lesson after the other, the list of them, and the review."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui import exit_codes
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import Pack
from lifecycle_tui.lessons.playing.beginning import (
    begin_lesson,
    begin_review,
    lesson_after,
    time_of_day,
)
from lifecycle_tui.lessons.playing.picking import next_lesson
from lifecycle_tui.lessons.playing.steps import Level
from lifecycle_tui.lessons.playing.words import NOTHING_TO_REVIEW
from lifecycle_tui.lessons.progress import Store
from lifecycle_tui.lessons.staging import RefusedError
from lifecycle_tui.plain.lesson import LessonRepl
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.play.note import Note
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.units.text import quote
from lifecycle_tui.units.translation import tr, tr_many


class PlainCourse:
    """A learner in a course.

    Args:
        pack: the lessons.
        talk: who is talked to.
        level: how much the lessons help.
        challenges: only what the learner has to reach.
        store: where progress is kept.
        now: the time of day.
    """

    def __init__(
        self,
        pack: Pack,
        talk: Talk,
        *,
        level: Level = Level.GUIDED,
        challenges: bool = False,
        store: Store | None = None,
        now: Callable[[], str] = time_of_day,
    ) -> None:
        self.pack = pack
        self.talk = talk
        self.level = level
        self.challenges = challenges
        self.store = store or Store()
        self.now = now

    def learn(self, lesson: Lesson | None = None) -> int:
        """Play a lesson and those after it; return the exit status.

        Args:
            lesson: which; None: the one to go on with.
        """
        chosen = lesson or next_lesson(self.pack, self.store.read())
        status = exit_codes.OK
        if chosen is None:
            self.talk.say(tr("All lessons are done."))
            chosen = self._choose()
        while chosen is not None:
            repl = self._begin(chosen)
            if repl is None:
                return exit_codes.INVALID_FILE
            status = repl.run() or status
            if repl.done:
                chosen = lesson_after(self.pack, chosen) or self._choose()
            elif repl.goes_to is not None:
                chosen = self.pack.find(repl.goes_to) or self._choose(repl.goes_to)
            else:
                chosen = None
        return status

    def review(self) -> int:
        """Ask again what was got wrong; return the exit status."""
        run = begin_review(self.pack, self.store, self.now)
        if run is None:
            self.talk.say(tr(NOTHING_TO_REVIEW))
            return exit_codes.OK
        return LessonRepl(run, self.talk, tr("ends the review")).run()

    def _begin(self, lesson: Lesson) -> LessonRepl | None:
        following = lesson_after(self.pack, lesson)
        after = tr("all lessons")
        if following:
            after = tr(
                "on to lesson {number}, {title}", number=following.order, title=following.title
            )
        try:
            run = begin_lesson(
                self.pack,
                lesson,
                self.store,
                self.now,
                level=self.level,
                challenges=self.challenges,
            )
        except (ScenarioError, RefusedError) as error:
            told = tr("{lesson} is wrong: {error}", lesson=lesson.title, error=error)
            self.talk.note(Note(told, refused=True))
            return None
        return LessonRepl(run, self.talk, after)

    def _unknown(self, name: str) -> str:
        told = tr("there is no lesson {name}", name=quote(name, 60))
        return f"{told}{self.pack.near(name)}"

    def _choose(self, wanted: str = "") -> Lesson | None:
        """Ask which lesson; None to leave."""
        if wanted:
            self.talk.say(self._unknown(wanted))
        progress = self.store.read()
        self.talk.say("", tr("Lessons:"))
        for number, lesson in enumerate(self.pack.lessons, start=1):
            kept = progress.lesson(lesson.id)
            how = tr("new") if kept is None else tr(str(kept.status))
            if kept is not None and kept.best is not None:
                best = tr_many("best {count:,} move", "best {count:,} moves", kept.best)
                how = f"{how}, {best}"
            self.talk.say(f"  {number}. {lesson.title} ({lesson.id}): {how}")
        self.talk.say(tr("Which one? Its number or its name; quit leaves."))
        while (line := self.talk.read(f"1-{len(self.pack.lessons)}")) is not None:
            if line.lower() in ("quit", "q", "exit"):
                return None
            word = line.partition(" ")[2].strip() if line.startswith("lesson ") else line
            if word.isdecimal() and 1 <= int(word[:6]) <= len(self.pack.lessons):
                return self.pack.lessons[int(word[:6]) - 1]
            found = self.pack.find(word)
            if found is not None:
                return found
            self.talk.say(self._unknown(word))
        return None
