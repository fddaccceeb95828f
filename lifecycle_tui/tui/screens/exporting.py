"""Exporting what is shown: a small menu of formats, and a file that never replaces another."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Final

from textual.content import Content
from textual.widgets import Static

from lifecycle_tui.export.pictures.formats import ENDING_OF, still
from lifecycle_tui.export.pictures.frame import Frame
from lifecycle_tui.files import reason, write_new
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.capture import frame_of, strips_of
from lifecycle_tui.tui.screens.questions import Menu
from lifecycle_tui.tui.screens.stage import Stage
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.translation import tr, tr_later

FORMATS: Final = (
    ("svg", "s", "SVG", tr_later("sharp at any size; for pages and slides")),
    ("png", "p", "PNG", tr_later("pixels; for everything else")),
    ("text", "t", "text", tr_later("letters only; for mails and notes")),
    ("html", "h", "HTML", tr_later("a page of its own; prints well")),
)
"""Format, key, words, what it is good for."""
_LONGEST: Final = 60
"""Letters of a file's name that are the scenario's, at most."""
_ROOM: Final = 60
"""Cells of the menu's lines."""


class ExportMenu(Menu):
    """Asks for a format."""

    DEFAULT_CSS = "ExportMenu #where { margin-top: 1; }"

    def __init__(self, where: str) -> None:
        super().__init__(tr("Export what is shown as"), FORMATS)
        self._where = where

    def on_mount(self) -> None:
        """Say below the formats where the file goes."""
        words = Static(Content.styled(self._where, "dim"), id="where")
        self.query_one("#question").mount(words)


def export(stage: Stage) -> None:
    """Take the picture of this moment, ask for a format, and hand the file over.

    Time stops: what is asked about is what is seen.
    """
    if stage.session.player.playing:
        stage.session.player.pause()
        stage.did(None)
    stage.call_after_refresh(_ask, stage)


def _ask(stage: Stage) -> None:
    app = stage.app
    assert isinstance(app, LifecycleApp)
    session = stage.session
    frame = frame_of(app, strips_of(stage), f"{session.title}, at {moment_words(session.at_us)}")
    stem = file_stem(session.scenario_name or session.title, session.at_us)
    to = (
        tr_later("to your browser, as {file}")
        if app.is_web
        else tr_later("into this folder, as {file}")
    )

    def chosen(kind: str | None) -> None:
        if kind:
            stage.did(hand_over(app, frame, kind, f"{stem}{ENDING_OF[kind]}"))

    app.push_screen(ExportMenu(fit(tr(to, file=f"{stem}.*"), _ROOM)), chosen)


def file_stem(scenario_name: str, at_us: int) -> str:
    """Return what a picture's file is called: its scenario and its moment."""
    plain = re.sub(r"\.ya?ml$", "", scenario_name)
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-.")[:_LONGEST]
    return f"{plain or 'lifecycle'}-{moment_words(at_us).replace(' ', '')}"


def hand_over(app: LifecycleApp, frame: Frame, kind: str, name: str) -> Note:
    """Write a picture into the current folder, or send it to the browser; say which."""
    content = still(frame, kind)
    if app.is_web:
        app.deliver_binary(BytesIO(content), save_filename=name)
        return Note(tr("sent to your browser: {name}", name=name))
    try:
        written = write_new(Path.cwd() / name, content)
    except OSError as error:
        return Note(
            tr("cannot write {name}: {reason}", name=name, reason=reason(error)), refused=True
        )
    return Note(tr("written: {file}", file=written.name) + _lacking(frame, kind))


def _lacking(frame: Frame, kind: str) -> str:
    """Say which letters a PNG lacks."""
    if kind != "png":
        return ""
    from lifecycle_tui.export.pictures.png import strangers

    found = strangers(frame)
    return f" · {tr('drawn as boxes: {letters}', letters=found[:20])}" if found else ""
