"""The why pane's part of the main screen: contrasts, and the ways from cause to cause and back."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.questions import asked_record, still_asked
from lifecycle_tui.play.session import Note
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import daggered, fit
from lifecycle_tui.tui.widgets.why import HEAD, Why, address_of, rules_of
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast
    from lifecycle_tui.play.contrasts.asking import Contrasts, Searching
    from lifecycle_tui.readings.index import Index
    from lifecycle_tui.tui.screens.stage import Stage

SLICE_S: Final = 0.012
"""How long it is looked for at a time where a run takes less than a frame."""
PAUSE_S: Final = 0.01
"""From slice to slice: keys come first."""
MOST_STEPS_BACK: Final = 50
_MARK: Final = 3
"""Cells before a note."""
_ASIDE: Final = re.compile(r" \([^)]*\)")

HINTS: Final = {
    "cause": tr_later(
        "Enter goes to this cause · f forks just before it · o opens its rule's page"
    ),
    "contrast": tr_later("Enter tries this out in a fork"),
}


class Place(NamedTuple):
    """Where a cause was gone to from."""

    at_us: int
    camera: Camera
    chosen: int


class Reasons:
    """Looks for contrasts after the frame, and remembers the way back from causes."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._book: Contrasts | None = None
        self._wanted: tuple[int, int, int] | None = None
        """Version, record and time of what is being looked for."""
        self._searching: Searching | None = None
        self._shown: tuple[int, int] | None = None
        """Version and record of what the pane has; it keeps that while more is looked for."""
        self._way: list[Place] = []

    def show(self, why: Why) -> None:
        """Hand the pane what would have made the difference, as far as it has been found.

        It is looked for after the frame: in slices, or beside the screen where a single run takes
        longer than a frame.
        """
        session, camera = self._stage.session, self._stage.camera
        why.can_return = bool(self._way)
        # Who scrubs with the mouse held asks nothing yet.
        moving = session.player.playing or self._stage.app.mouse_captured is not None
        record = None if moving else asked_record(session, camera)
        if record is None:
            self.leave()
            self._shown = None
            why.contrasts = ()
            return
        found = None if self._book is None else self._book.known(session, record)
        if found is not None:
            self.leave()
            self._shown = (session.version, record)
            why.contrasts = found
            return
        if self._shown != (session.version, record):
            why.contrasts = None if session.is_long else ()
        wanted = (session.version, record, session.at_us)
        if wanted != self._wanted:
            self.leave()
            self._wanted = wanted
            self._stage.call_after_refresh(self._begin, wanted)

    def _begin(self, wanted: tuple[int, int, int]) -> None:
        """Begin to look, unless something else is asked by now."""
        if self._wanted != wanted:
            return
        if self._book is None:
            from lifecycle_tui.play.contrasts.asking import Contrasts

            self._book = Contrasts()
        session = self._stage.session
        self._searching = searching = self._book.look(session, wanted[1])
        if session.is_long and not self._stage.held:
            self._stage.run_worker(
                lambda: self._exhaust(searching), thread=True, exclusive=True, group="reasons"
            )
        else:
            self._slice(searching)

    def leave(self) -> None:
        """Look no further: something else is asked now, or nothing."""
        self._wanted = self._searching = None

    def carry_over(self, was: Index, now: Index) -> None:
        """Keep of the way back what another run has too; what was found was of the former one."""
        self.leave()
        self._shown = None
        self._way = [
            place._replace(camera=still_asked(place.camera, was, now)) for place in self._way
        ]

    def line(self, why: Why, width: int) -> Line:
        """Return the nearest contrast for the line below the pane, where it is below its edge."""
        if not why.contrasts or why.shows_contrast:
            return ()
        head = f" {tr(HEAD)} "
        words, room = why.contrasts[0].words, width - cell_len(head)
        if len(words) > room:
            words = _ASIDE.sub("", words)
        return (Run(head, "key"), *daggered(fit(words, room)))

    def _slice(self, searching: Searching) -> None:
        """Look for a while, and go on after the next keys."""
        now = self._stage.clock
        until = now() + SLICE_S
        while self._searching is searching:
            try:
                next(searching)
            except StopIteration:
                self._found(searching)
                return
            if now() > until:
                self._stage.set_timer(PAUSE_S, lambda: self._slice(searching))
                return

    def _exhaust(self, searching: Searching) -> None:
        """Look until it is found, or something else is asked."""
        while self._searching is searching:
            try:
                next(searching)
            except StopIteration:
                self._stage.app.call_from_thread(self._found, searching)
                return

    def _found(self, searching: Searching) -> None:
        if self._searching is searching and self._stage.is_mounted:
            self.leave()
            self._stage.publish()

    # From cause to cause.

    def go(self, why: Why, at_us: int, record: int) -> Note:
        """Go to a cause and ask why about it; the way back is kept."""
        stage = self._stage
        session = stage.session
        self._way.append(Place(session.at_us, stage.camera, why.chosen))
        del self._way[:-MOST_STEPS_BACK]
        session.player.pause()
        session.player.seek(at_us)
        stage.camera = replace(stage.camera, record=record, asked_us=session.at_us)
        return Note(tr("Backspace goes back"))

    def go_back(self, why: Why) -> Callable[[], None] | None:
        """Go back to where the last cause was gone to from; return what points at it again."""
        if not self._way:
            return None
        place = self._way.pop()
        session = self._stage.session
        session.player.pause()
        session.player.seek(place.at_us)
        self._stage.camera = place.camera
        if place.camera.asked_us is None:
            record = asked_record(session, place.camera)
            if record is not None:
                asked = replace(place.camera, record=record, asked_us=session.at_us)
                self._stage.camera = asked
        return lambda: why.point(place.chosen)

    def try_out(self, contrast: Contrast) -> Note:
        """Fork with what would have made the difference, and ask why about what came of it."""
        from lifecycle_tui.play.contrasts.asking import subject_in, try_out

        stage = self._stage
        note = try_out(stage.session, contrast)
        if not note.refused:
            self._way.clear()
            record = subject_in(stage.session, contrast)
            at_us = stage.session.at_us
            stage.carry_over()
            stage.camera = replace(stage.camera, record=record, asked_us=at_us, pinned=False)
        return note

    def open_source(self, why: Why) -> Note:
        """Open the page of the rule that is shown in full, and say its address."""
        shown = self._stage.shown
        explanation = None if shown is None else shown.explanation
        rules = () if explanation is None else rules_of(explanation, why.pointed_in(explanation))
        if not rules:
            return Note(tr("there is no rule to look up here"), refused=True)
        rule = rules[0]
        address = address_of(rule)
        if not address:
            return Note(
                tr(
                    "{rule} is {provenance}: {source}",
                    rule=rule.id,
                    provenance=tr(rule.provenance.value),
                    source=rule.source,
                )
            )
        if has_browser(os.environ, sys.platform):
            self._stage.app.open_url(address)
        words = f"{rule.id}: {address}"
        if len(words) > self._stage.size.width - _MARK:
            # It is to be read, and copied by hand where nothing can open it.
            words = f"{rule.id}: {address.removeprefix('https://')}"
        return Note(words)


def has_browser(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a page can be opened beside the terminal: a browser in it would take its place."""
    return platform in ("darwin", "win32") or any(map(environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
