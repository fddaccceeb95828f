"""How the user moves the cursor and the camera, and what is said where a move skips much time."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Note, Session

WORTH_SAYING_US: Final = 5_000_000
"""A move over less virtual time than this is not remarked upon."""

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
            return Note("nothing happened before", refused=True)
        left_us = session.player.track.end_us - before_us
        words = f"nothing more happens in the next {length_words(left_us)}"
        return Note(words if left_us >= WORTH_SAYING_US else "nothing more happens", refused=True)
    if not _idle_between(session, before_us):
        return None
    words = length_words(abs(session.at_us - before_us))
    if direction > 0:
        return Note(f"idle {words} passed: nothing happened in between")
    return Note(f"back over {words} idle: nothing happened in between")


def step_input(session: Session, direction: int) -> Note | None:
    """Go to the next or previous event or command; say what folded time that skips."""
    before_us = session.at_us
    if not session.player.step_input(direction):
        words = "no more events or commands" if direction > 0 else "no event or command before"
        return Note(words, refused=True)
    if not _idle_between(session, before_us):
        return None
    words = length_words(abs(session.at_us - before_us))
    return Note(f"{words} passed" if direction > 0 else f"back by {words}")


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
    words = f"{length_words(passed_us)} passed"
    match session.transport.halt:
        case Halt.QUIET:
            return Note(f"{words} until it was quiet again · i sends an event")
        case Halt.UNTIL:
            return Note(f"{words} · the scenario ends here")
        case _:
            return Note(f"{words} and nothing is busy · i sends an event · Space lets time pass")


def scrub(session: Session, camera: Camera, cells: int) -> None:
    """Pause, and move the cursor by cells of the picture."""
    axis = session.played.picture(camera.cell_us).axis
    session.player.pause()
    story = axis.to_story(session.at_us) + cells * camera.cell_us
    session.player.seek(axis.from_story(story))


def seek_column(session: Session, camera: Camera, column: int) -> None:
    """Pause, and put the cursor at a column of the picture."""
    session.player.pause()
    session.player.seek(
        session.played.picture(camera.cell_us).axis.from_story(camera.story(column))
    )


def zoom(session: Session, camera: Camera, direction: int, width: int) -> Camera:
    """Look closer (+1) or wider (-1); idle time is folded as the new scale asks for."""

    def story_at(cell_us: int) -> float:
        return session.played.picture(cell_us).axis.to_story(session.at_us)

    return camera.zoom(direction, story_at(camera.cell_us), width, story_at)


def _idle_between(session: Session, before_us: int) -> bool:
    first, last = sorted((before_us, session.at_us))
    return bool(session.played.axis.folds_between(first, last))
