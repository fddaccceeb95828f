"""How the user moves the cursor and the camera, and what is said where a move skips much time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from lifecycle_tui.play.bookmarks import bookmark_at, free_name, neighbour, with_bookmark, without
from lifecycle_tui.play.camera import DECADES, SCALES_US, SEEN_DECADES, AxisMode, Camera
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.ruler import exact_words
from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.readings.axis import LogAxis
from lifecycle_tui.units.translation import tr, tr_later

WORTH_SAYING_US: Final = 5_000_000
"""A move over less virtual time than this is not remarked upon."""

_MARKED: Final = tr_later("bookmark {name} set · {{ and }} go from one to the next · M removes it")

_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def length_words(length_us: int) -> str:
    """Return a length of time in its two largest units: ``13 min 20 s``, ``1 h``, ``2.5 s``."""
    if length_us < 59_950_000:
        return f"{length_us / 1_000_000:.1f}".removesuffix(".0") + " s"
    rest = (length_us + 500_000) // 1_000_000
    parts: list[str] = []
    for unit, seconds in _UNITS:
        count, rest = divmod(rest, seconds)
        if count or parts:
            parts.append(f"{count} {unit}" if count else "")
    return " ".join(part for part in parts[:2] if part)


def step(session: Session, direction: int) -> Note | None:
    """Go to the next (+1) or previous (-1) happening; say what folded time that skips."""
    before_us = session.at_us
    if not session.player.step(direction):
        if direction < 0:
            return Note(tr("nothing happened before"), refused=True)
        left_us = session.player.track.end_us - before_us
        words = tr("nothing more happens")
        if left_us >= WORTH_SAYING_US:
            words = tr("nothing more happens in the next {length}", length=length_words(left_us))
        return Note(words, refused=True)
    if not _idle_between(session, before_us):
        return None
    words = length_words(abs(session.at_us - before_us))
    if direction > 0:
        return Note(tr("idle {length} passed: nothing happened in between", length=words))
    return Note(tr("back over {length} idle: nothing happened in between", length=words))


def step_input(session: Session, direction: int) -> Note | None:
    """Go to the next or previous event or command; say what folded time that skips."""
    before_us = session.at_us
    if not session.player.step_input(direction):
        words = (
            tr("no more events or commands") if direction > 0 else tr("no event or command before")
        )
        return Note(words, refused=True)
    if not _idle_between(session, before_us):
        return None
    words = length_words(abs(session.at_us - before_us))
    if direction > 0:
        return Note(tr("{length} passed", length=words))
    return Note(tr("back by {length}", length=words))


def to_edge(session: Session) -> Note | None:
    """Go to the live edge; from there to where playing would stop, and say how far that is."""
    player = session.player
    before_us = player.at_us
    if before_us < player.edge_us:
        player.to_edge()
        return None
    refusal = session.reach_on()
    if refusal is not None:
        return refusal
    player.to_edge()
    passed_us = player.at_us - before_us
    if passed_us < WORTH_SAYING_US:
        return None
    length = length_words(passed_us)
    match session.transport.halt:
        case Halt.QUIET:
            return Note(
                tr("{length} passed until it was quiet again · i sends an event", length=length)
            )
        case Halt.UNTIL:
            return Note(tr("{length} passed · the scenario ends here", length=length))
        case _:
            words = tr_later(
                "{length} passed and nothing is busy · i sends an event · Space lets time pass"
            )
            return Note(tr(words, length=length))


def scrub(session: Session, camera: Camera, cells: int) -> None:
    """Pause, and move the cursor by cells of the picture, by at least a microsecond."""
    axis = session.played.drawn(camera, session.at_us).axis
    session.player.pause()
    before_us = session.at_us
    there_us = axis.from_story(axis.to_story(before_us) + cells * camera.cell_us)
    least_us = before_us + (1 if cells > 0 else -1)
    session.player.seek(max(there_us, least_us) if cells > 0 else min(there_us, least_us))


def time_at_column(session: Session, camera: Camera, column: int) -> int:
    """Return the first microsecond that a column of the picture holds."""
    axis = session.played.drawn(camera, session.at_us).axis
    us = axis.from_story(camera.story(column))
    return us if axis.to_story(us) >= camera.story(column) else us + 1


def seek_column(session: Session, camera: Camera, column: int) -> Camera:
    """Pause, put the cursor at a column of the picture, and hold the picture still under it.

    Beyond the live edge nothing has been seen: the cursor stays there.
    """
    return seek_held(session, camera, time_at_column(session, camera, column))


def seek_held(session: Session, camera: Camera, at_us: int) -> Camera:
    """Pause, put the cursor somewhere in the window, and hold the picture still under it."""
    axis = session.played.drawn(camera, session.at_us).axis
    player = session.player
    player.pause()
    player.seek(min(at_us, player.edge_us))
    origin_us = axis.origin_us if isinstance(axis, LogAxis) else None
    return replace(camera, held_us=player.at_us, origin_us=origin_us)


def toggle_bookmark(session: Session) -> Note:
    """Set a bookmark at the cursor, or take away the one that is there."""
    there = bookmark_at(session.bookmarks, session.at_us)
    if there is not None:
        session.bookmarks = without(session.bookmarks, session.at_us)
        return Note(tr("bookmark {name} removed", name=there.name))
    name = free_name(session.bookmarks)
    session.bookmarks = with_bookmark(session.bookmarks, session.at_us, name)
    return Note(tr(_MARKED, name=name))


def to_bookmark(session: Session, direction: int) -> Note:
    """Pause, and go to the next (+1) or previous (-1) bookmark."""
    mark = neighbour(session.bookmarks, session.at_us, direction)
    if mark is None:
        words = tr("no bookmark yet · M sets one")
        if session.bookmarks and direction > 0:
            words = tr("no bookmark after this moment · M sets one")
        elif session.bookmarks:
            words = tr("no bookmark before this moment · M sets one")
        return Note(words, refused=True)
    session.player.pause()
    session.player.seek(mark.at_us)
    return Note(tr("bookmark {name}", name=mark.name))


def zoom(session: Session, camera: Camera, direction: int, width: int) -> Camera:
    """Look closer (+1) or wider (-1); idle time is folded as the new scale asks for."""
    return camera.zoom(direction, _story(session, camera), width, partial(_story, session))


_MODES: Final = tuple(AxisMode)


def next_axis(session: Session, camera: Camera, width: int) -> tuple[Camera, Note]:
    """Draw time in the next way, with the cursor at its column where that is possible."""
    column = camera.column(_story(session, camera))
    mode = _MODES[(_MODES.index(camera.mode) + 1) % len(_MODES)]
    camera = replace(
        camera,
        mode=mode,
        cell_us=camera.cell_us if mode is AxisMode.WALL else min(camera.cell_us, SCALES_US[-1]),
        decade=max(n for n in DECADES if n <= max(width / SEEN_DECADES, DECADES[0])),
        held_us=None,
        origin_us=None,
    )
    return camera.beside(_story(session, camera), column, width), Note(_axis_words(session, mode))


def _axis_words(session: Session, mode: AxisMode) -> str:
    match mode:
        case AxisMode.EVENT:
            return tr("event axis: true scale, idle time drawn short")
        case AxisMode.WALL:
            return tr("wall axis: true scale, nothing drawn short · - looks wider, up to days")
        case AxisMode.LOG:
            since = exact_words(session.played.origin_us(session.at_us))
            return tr(
                "log axis: time since the input at {since}, about 10 times as much each tick",
                since=since,
            )


def _story(session: Session, camera: Camera) -> float:
    """Return the cursor's story time as a camera draws it."""
    return session.played.drawn(camera, session.at_us).axis.to_story(session.at_us)


def _idle_between(session: Session, before_us: int) -> bool:
    first, last = sorted((before_us, session.at_us))
    return bool(session.played.axis.folds_between(first, last))
