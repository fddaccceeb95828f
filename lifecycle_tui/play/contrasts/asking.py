"""Contrasts for a screen: of the record that it explains, as far as is known at the cursor."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.contrasts.finding import Contrast, candidates, event_of, search
from lifecycle_tui.play.contrasts.trials import Candidate, Trials
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session

Searching = Generator[None, None, tuple[Contrast, ...]]
_KEPT: Final = 256


class Contrasts:
    """What has been found so far, and what is to be looked for."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, int], tuple[Contrast, ...]] = {}
        self._tried: tuple[tuple[int, int, int], list[Candidate]] | None = None

    def known(self, session: Session, record: int) -> tuple[Contrast, ...] | None:
        """Return the contrasts of a record as far as is known at the cursor; None: not found yet.

        Where nothing could make a difference there is nothing to be looked for.
        """
        tried = self._candidates(session, record)
        return self._found.get(self._key(session, record, tried)) if tried else ()

    def look(self, session: Session, record: int) -> Searching:
        """Return the search for them; it yields after each run, and can be left at any time."""
        tried = self._candidates(session, record)
        return self._look(tried, session.plan, self._key(session, record, tried))

    def _look(self, tried: list[Candidate], plan: Plan, key: tuple[int, int, int]) -> Searching:
        found = yield from search(tried, Trials(plan))
        if len(self._found) >= _KEPT:
            self._found.clear()
        self._found[key] = found
        return found

    def _candidates(self, session: Session, record: int) -> list[Candidate]:
        asked = (session.version, record, session.at_us)
        if self._tried is None or self._tried[0] != asked:
            event = event_of(session.index, record)
            tried = [] if event is None else candidates(session.index, event, record, session.at_us)
            self._tried = asked, tried
        return self._tried[1]

    @staticmethod
    def _key(session: Session, record: int, tried: list[Candidate]) -> tuple[int, int, int]:
        return session.version, record, len(tried)


def fork_before(session: Session, cause_us: int) -> Note:
    """Fork just before a cause."""
    session.player.pause()
    session.player.seek(max(cause_us - 1, 0))
    return session.fork()


def try_out(session: Session, contrast: Contrast) -> Note:
    """Fork with what would have made the difference, and show that it does."""
    step = WhatIf(at_us=session.at_us, change=contrast.change, words=contrast.condition)
    return session.try_out(step, contrast.time_us)


def subject_in(session: Session, contrast: Contrast) -> int | None:
    """Return the record by which, in the fork, the event came out otherwise."""
    index = session.index
    if contrast.event > len(index.events):
        return None
    for attempt in index.attempts(contrast.event):
        for record in (attempt.start, attempt.end):
            if record >= 0 and index.times[record] == contrast.time_us:
                return record
    return None
