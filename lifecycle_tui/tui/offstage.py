"""The program without a terminal: the same screens, drawn unseen, for pictures and films.

Nothing here waits for a clock: time passes when it is told to, so that the same session gives the
same picture, byte for byte.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from textual.pilot import Pilot
from textual.strip import Strip

from lifecycle_tui.export.pictures.frame import Film, Frame
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import lane_count
from lifecycle_tui.tui.actions import ACTIONS, BY_ID
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.capture import frame_of, strips_of
from lifecycle_tui.tui.screens.panes import PANES
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.lanes import Lanes

KEYS: Final = {
    name: action.call
    for action in ACTIONS
    if action.id not in ("quit", "export", "palette")
    for name in (*action.shown.split(), *action.keys)
}
"""By a key as the help or Textual writes it: the action."""

PANE_CALLS: Final = {
    name: BY_ID[name].call if name == "why" else f"pane('{name}')" for name in PANES
}
"""By the name of a pane: the action that shows it."""

_MOST_TURNS: Final = 20
"""A screen that still changes after so many rounds of messages never rests."""
_HOLD_MS: Final = 2_500
"""How long a film stands still at its end."""


class NeverRestsError(RuntimeError):
    """A screen goes on changing by itself."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen is set up before it is drawn.

    Attributes:
        width: cells of a line.
        height: lines.
        theme: one of ``theme.CHOICES``.
        ascii_only: draw with ASCII characters only.
        panes: which to show, in order; the last one has the keys.
        selected: the number of the selected environment; -1: what the program selects.
        keys: keys to press, as in ``KEYS``.
        note: what the message line says.
    """

    width: int
    height: int
    theme: str
    ascii_only: bool = False
    panes: tuple[str, ...] = ()
    selected: int = -1
    keys: tuple[str, ...] = ()
    note: Note | None = None


def still(session: Session, look: Look, against: Session | None = None) -> Frame:
    """Return what the program shows of a session where it stands.

    Args:
        session: what is shown.
        look: how it is shown.
        against: another session, below it, at the same moment.
    """
    return asyncio.run(_still(session, look, against))


def film(
    session: Session,
    look: Look,
    *,
    to_us: int,
    fps: int,
    against: Session | None = None,
    drawn: Callable[[int], None] = lambda _: None,
) -> Film:
    """Let a session play from where it stands, and return what the program shows meanwhile.

    Idle time passes quickly, as on the screen. What happens after the run fell quiet is played too.

    Args:
        session: what is played, at its speed.
        look: how it is shown.
        to_us: the moment at which it ends.
        fps: frames a second.
        against: another session, below it, at the same moments.
        drawn: is told how many frames there are already.
    """
    return asyncio.run(_film(session, look, against, to_us, fps, drawn))


def end_of(session: Session) -> int:
    """Return the moment at which playing would stop by itself; the cursor's where it would not."""
    later = (time_us for time_us, _ in session.player.track.stops if time_us > session.at_us)
    return next(later, session.at_us)


def frame_count(session: Session, to_us: int, fps: int) -> int:
    """Return about how many frames a film takes from where a session stands."""
    session.reach(to_us)
    axis = session.player.track.axis
    story_s = (axis.to_story(to_us) - axis.to_story(session.at_us)) / 1_000_000
    return int(story_s / session.transport.speed * fps) + 2


async def _still(session: Session, look: Look, against: Session | None) -> Frame:
    async with _opened(session, look, against) as (app, pilot):
        return await at_rest(app, pilot)


async def _film(
    session: Session,
    look: Look,
    against: Session | None,
    to_us: int,
    fps: int,
    drawn: Callable[[int], None],
) -> Film:
    frames: list[Frame] = []
    starts_ms: list[int] = []
    count = 0
    async with _opened(session, look, against) as (app, pilot):
        screen = _main(app)
        for _ in _passing(session, to_us, fps):
            if count:
                screen.note = None
            screen.publish()
            frame = await at_rest(app, pilot)
            if not frames or frame.rows != frames[-1].rows:
                frames.append(frame)
                starts_ms.append(count * 1_000 // fps)
            count += 1
            drawn(count)
    length_ms = (count - 1) * 1_000 // fps + _HOLD_MS
    return Film(session.title, tuple(frames), tuple(starts_ms), length_ms)


def _passing(session: Session, to_us: int, fps: int) -> Iterator[None]:
    """Let time pass from frame to frame, and stop at a moment; yield for each frame."""
    session.reach(to_us)
    player = session.player
    while session.at_us < to_us:
        # It stops by itself where it falls quiet; a film goes on.
        player.play()
        yield
        session.tick(1 / fps)
    player.pause()
    player.seek(to_us)
    yield


@asynccontextmanager
async def _opened(
    session: Session, look: Look, against: Session | None
) -> AsyncIterator[tuple[LifecycleApp, Pilot[int]]]:
    """Open the program unseen, as it is to be shown."""
    app = LifecycleApp(
        session,
        skin=Skin(look.ascii_only),
        theme_name=look.theme,
        now=no_clock,
        against=against,
    )
    app.animation_level = "none"
    async with app.run_test(size=(look.width, look.height)) as pilot:
        screen = _main(app)
        screen.hold()
        await at_rest(app, pilot)
        # The message line has what was done for the picture, not how it began.
        screen.did(None)
        if look.selected >= 0:
            camera = replace(screen.camera, selected=look.selected, pinned=True, record=None)
            screen.camera = camera
            screen.query_one("#lanes", Lanes).reveal(look.selected, lane_count(screen.session))
            screen.did(None)
        calls = [PANE_CALLS[pane] for pane in look.panes] + [KEYS[key] for key in look.keys]
        for call in calls:
            await screen.run_action(call)
            screen.carry_out()
            await at_rest(app, pilot)
        if look.note is not None:
            screen.did(look.note)
        yield app, pilot


def _main(app: LifecycleApp) -> Sandbox:
    return next(screen for screen in app.screen_stack if isinstance(screen, Sandbox))


async def at_rest(app: LifecycleApp, pilot: Pilot[int]) -> Frame:
    """Return what is shown once all messages have been dealt with."""
    before: list[Strip] | None = None
    for _ in range(_MOST_TURNS):
        # What is to happen after a refresh happens in the second round.
        await pilot.pause(0)
        await pilot.pause(0)
        strips = strips_of(app.screen)
        if strips == before:
            session = _main(app).session
            title = f"{session.title}, at {moment_words(session.at_us)}"
            return frame_of(app, strips, title)
        before = strips
    raise NeverRestsError("the screen never comes to rest")


def no_clock() -> float:
    """Return the time of a clock that stands still."""
    return 0.0
