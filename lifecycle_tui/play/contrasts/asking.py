"""Contrasts for a screen: of the record that it explains, as far as is known at the cursor."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.contrasts.finding import Contrast, candidates, event_of, search
from lifecycle_tui.play.contrasts.trials import Trials
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.index import Index

_Told = tuple[Contrast, ...]
Searching = Generator[None, None, _Told]
_KEPT: Final = 1_024


class Contrasts:
    """What has been found so far in one run; another run begins anew."""

    def __init__(self) -> None:
        self._trace: Trace | None = None
        self._asked: dict[tuple[int, int], _Told] = {}
        """By record and the moment up to which things are known."""
        self._found: dict[tuple[int, int], _Told] = {}
        """By record and how many changes there are to be tried: at a later moment more is known,
        and only then is it looked for again."""

    def known(self, session: Session, record: int) -> _Told | None:
        """Return a record's contrasts as far as is known at the cursor; None: not looked for."""
        return self._asked.get((record, session.at_us)) if session.trace is self._trace else None

    def look(self, session: Session, record: int) -> Searching:
        """Return the search for them; it yields after each run, and can be left at any time."""
        if session.trace is not self._trace:
            self._trace, self._asked, self._found = session.trace, {}, {}
        return _look(session.index, record, session.at_us, self._asked, self._found)


def _look(
    index: Index, record: int, at_us: int, asked: dict[tuple[int, int], _Told],
    known: dict[tuple[int, int], _Told],
) -> Searching:  # fmt: skip
    event = event_of(index, record)
    tried = [] if event is None else candidates(index, event, record, at_us)
    found = known.get((record, len(tried)))
    if found is None:
        found = yield from search(tried, Trials(index.plan))
    if len(asked) >= _KEPT:
        asked.clear()
    asked[record, at_us] = known[record, len(tried)] = found
    return found


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
