"""What a run tells of the learner, and how that is kept."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui import guest
from lifecycle_tui.files import reason
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.progress import Answer, Progress, Store
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.writing import CannotSaveError
from lifecycle_tui.units.translation import tr


class Keeper:
    """Hears what the learner did, and keeps nothing of it."""

    def reached(self, lesson: str, beat: str, moves: int) -> None:
        """A beat was reached, with so many moves by now."""

    def answered(
        self,
        question: str,
        choice: str,
        seed: int,
        confidence: str,
        *,
        correct: bool,
        tested: str,
        believed: str,
    ) -> None:
        """A prediction was made, and with it misconceptions were tested or believed."""

    def solved(self, lesson: Lesson, check: str, session: Session) -> None:
        """A goal was reached by the learner, in a session that stands there."""

    def hinted(self, lesson: str) -> None:
        """A hint was opened."""

    def completed(self, lesson: str, moves: int, *, shown: bool = False) -> None:
        """A lesson was completed; perhaps with a way to a goal that was shown."""


class ProgressKeeper(Keeper):
    """Keeps it in the progress file, at once: a crash loses nothing.

    Args:
        store: the file.
        now: the time of day, as ISO text in UTC.
    """

    def __init__(self, store: Store, now: Callable[[], str]) -> None:
        self._store = store
        self._now = now
        self.trouble = ""
        """Why something could not be kept, for the learner; empty while all is well."""

    def reached(self, lesson: str, beat: str, moves: int) -> None:
        """A beat was reached: what is kept already of a completed lesson stays."""
        now = self._now()
        self._change(lambda kept: kept.opened(lesson, now).reached(lesson, beat, moves))

    def answered(
        self,
        question: str,
        choice: str,
        seed: int,
        confidence: str,
        *,
        correct: bool,
        tested: str,
        believed: str,
    ) -> None:
        """A prediction was made."""
        answer = Answer(question, choice, correct, seed, confidence, self._now())
        self._change(lambda kept: kept.answered(answer, tested=tested, believed=believed))

    def solved(self, lesson: Lesson, check: str, session: Session) -> None:
        """A goal was reached: the run is kept for whoever grades it."""
        from lifecycle_tui.lessons.submitting.work import FOLDER, keep_work

        if guest.is_active():
            return
        try:
            keep_work(self._store.path.parent / FOLDER, lesson, check, session)
        except (OSError, ScenarioError, CannotSaveError) as error:
            self.trouble = tr("this run cannot be handed in: {error}", error=error)

    def hinted(self, lesson: str) -> None:
        """A hint was opened."""
        self._change(lambda kept: kept.hinted(lesson))

    def completed(self, lesson: str, moves: int, *, shown: bool = False) -> None:
        """A lesson was completed; perhaps with a way to a goal that was shown."""
        now = self._now()
        self._change(lambda kept: kept.completed(lesson, moves, now, shown=shown))

    def _change(self, how: Callable[[Progress], Progress]) -> None:
        try:
            self._store.change(how)
        except OSError as error:
            self.trouble = tr(
                "progress is not kept: {path}: {reason}",
                path=self._store.path,
                reason=reason(error),
            )
        else:
            self.trouble = self._store.told or self.trouble
