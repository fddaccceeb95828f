"""Opening a presentation, or its notes, on the screen."""

from __future__ import annotations

from collections.abc import Callable

from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.telling import Teller, file_of
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.present import PresentScreen


def present_screen(
    app: LifecycleApp, show: Presentation, *, now_s: Callable[[], float] | None = None
) -> PresentScreen:
    """Return the screen of a presentation.

    Args:
        app: the program.
        show: what is presented.
        now_s: the time of day in seconds; None: no other terminal is told how it stands.
    """
    teller = None if now_s is None else Teller(file_of(show.deck.lesson.id), now_s)
    screen = PresentScreen(
        show,
        teller=teller,
        now_s=now_s or (lambda: 0.0),
        skin=app.skin,
        now=app.clock,
        size=app.size,
    )
    app.connect(screen)
    return screen
