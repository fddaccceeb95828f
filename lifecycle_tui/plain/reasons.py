"""Reasons in lines: the causes, and what would have had to be different, to be tried out."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from lifecycle_tui.export.explanation import explanation_lines
from lifecycle_tui.language.running import record_of
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.questions import asked_record
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import follow
from lifecycle_tui.units.text import quote
from lifecycle_tui.units.translation import tr, tr_later, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast
    from lifecycle_tui.play.contrasts.asking import Contrasts

WIDTH: Final = 60
"""Columns of the picture that a camera stands before; no matter here."""
HEAD: Final = tr_later("What would have had to be different:")
_LOOKING: Final = tr_later(
    "Looking for what would have had to be different; that can take some seconds."
)
_NONE: Final = tr_later("No small change was found that would have made a difference.")


class Reasons:
    """Says why, and remembers what would have made the difference.

    Args:
        talk: who is talked to.
    """

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._camera = Camera()
        self._book: Contrasts | None = None
        self._told: tuple[Contrast, ...] = ()
        self._of: object = None
        """The run that they were told of."""

    def tell(self, session: Session, event: int | None, *, rules: bool) -> Note:
        """Say why an event went as it did; without one, why the latest happening came about.

        Args:
            session: what is played.
            event: its number.
            rules: whether to tell the rules in full.
        """
        if event is None:
            self._camera = follow(session, self._camera, WIDTH)
            record = asked_record(session, self._camera)
            if record is None:
                return Note(tr("nothing has happened yet that asks for a reason"), refused=True)
        else:
            record = record_of(session, event)
            if record is None:
                return Note(tr("there is no event {event} yet", event=event), refused=True)
        lines = explanation_lines(session.explanation(record), session.plan.rules_date)
        rules_head = tr("Rules")
        if not rules:
            lines = takewhile(lambda line: line != rules_head, lines)
        self._talk.say(*(line for line in lines if line))
        self._tell_contrasts(session, record)
        return Note("")

    def _tell_contrasts(self, session: Session, record: int) -> None:
        """Say what would have had to be different, which each was run to find out."""
        from lifecycle_tui.play.contrasts.asking import Contrasts

        if self._book is None:
            self._book = Contrasts()
        found = self._book.known(session, record)
        if found is None:
            if session.is_long:
                self._talk.say(tr(_LOOKING))
                self._talk.flush()
            searching = self._book.look(session, record)
            while found is None:
                try:
                    next(searching)
                except StopIteration as done:
                    found = done.value
            if session.is_long and not found:
                self._talk.say(tr(_NONE))
        self._told, self._of = found, session.trace
        if found:
            told = (f"{place}. {one.words}" for place, one in enumerate(found, start=1))
            self._talk.say(tr(HEAD), *told)

    def contrast(self, session: Session, rest: str) -> Contrast | Note:
        """Return what was told under a number, or why there is nothing under it.

        Args:
            session: what is played.
            rest: the number, as it was typed.
        """
        if self._of is not session.trace or not self._told:
            return Note(
                tr("nothing to try; why tells what would have made a difference"), refused=True
            )
        numbers = {str(place): one for place, one in enumerate(self._told, start=1)}
        what = tr("try which one?")
        if rest:
            what = tr("try {number}: which one?", number=quote(rest, 20))
        told = tr_many("why told 1", "why told 1 to {count}", len(numbers))
        return numbers.get(rest) or Note(f"{what} {told}", refused=True)
