"""Opening a walkthrough on the screen."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.walk import WalkScreen
from lifecycle_tui.walkthroughs.keeping import Left, keep
from lifecycle_tui.walkthroughs.model import Walkthrough
from lifecycle_tui.walkthroughs.walk import Walk


def walk_screen(
    app: LifecycleApp,
    walkthrough: Walkthrough,
    at: int = 0,
    *,
    left: Callable[[int], str] = lambda _: "",
) -> WalkScreen:
    """Return the screen of a walkthrough.

    Args:
        app: the program.
        walkthrough: what is told.
        at: the step to begin with, from 0.
        left: keeps at which step one is, and says what is wrong with that.
    """
    walk = Walk(walkthrough, at)
    screen = WalkScreen(walk, left=left, skin=app.skin, now=app.clock, size=app.size)
    app.connect(screen)
    return screen


def kept_walk_screen(
    app: LifecycleApp, which: str, walkthrough: Walkthrough, at: int = 0
) -> WalkScreen:
    """Return the screen of a walkthrough that keeps where one is.

    Args:
        app: the program.
        which: the walkthrough's file, or the name of one that comes with the program.
        walkthrough: what is told.
        at: the step to begin with, from 0.
    """
    return walk_screen(app, walkthrough, at, left=lambda step: keep(Left(which, step)))
