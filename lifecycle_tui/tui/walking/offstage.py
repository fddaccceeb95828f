"""A walkthrough played unseen: the program itself, its keys pressed, and what it then shows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from lifecycle_tui.export.pictures.frame import Frame
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.offstage import at_rest, no_clock
from lifecycle_tui.tui.screens.walk import WalkScreen
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.walking.opening import walk_screen
from lifecycle_tui.walkthroughs.model import Size, Walkthrough

THEME: Final = "okabe-ito"
"""The colours in which walkthroughs are compared."""


class StuckError(AssertionError):
    """A step that could not be carried out on the screen; its words say why."""


def shots(walkthrough: Walkthrough, size: Size) -> Mapping[str, Frame]:
    """Play a walkthrough through on the screen, and return what it shows at its snapshots.

    Args:
        walkthrough: what is played, from its first step to its last.
        size: that of the screen.

    Returns:
        By the name of a snapshot that is wanted at this size: what was shown.

    Raises:
        StuckError: a step could not be carried out.
    """
    return asyncio.run(_shots(walkthrough, size))


def unseen(walkthrough: Walkthrough) -> LifecycleApp:
    """Return the program on a walkthrough, for a screen that nobody looks at."""
    app = LifecycleApp(
        lambda: Session(walkthrough.plan),
        skin=Skin(ascii_only=False),
        theme_name=THEME,
        first=lambda app: walk_screen(app, walkthrough),
        now=no_clock,
    )
    app.animation_level = "none"
    return app


async def _shots(walkthrough: Walkthrough, size: Size) -> dict[str, Frame]:
    found: dict[str, Frame] = {}
    app = unseen(walkthrough)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, WalkScreen)
        screen.hold()
        for at, step in enumerate(walkthrough.steps):
            if at:
                await pilot.press("pagedown")
            frame = await at_rest(app, pilot)
            if screen.walk.at != at:
                told = screen.note.text if screen.note is not None else "it stayed where it was"
                raise StuckError(f"step {at + 1}: {told}")
            if step.mark is not None and size in (*step.mark.text, *step.mark.svg):
                found[step.mark.name] = frame
    return found
