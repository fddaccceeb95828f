"""What the tests of languages share: the program led to a screen by keys, and what it shows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence

from textual.pilot import Pilot

from lifecycle_tui.cli.opening import open_sandbox
from lifecycle_tui.lessons.progress import Store
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.learning.journey import Journey
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.screens.home import Home
from lifecycle_tui.tui.screens.stage import Stage
from lifecycle_tui.tui.skin import Skin
from tests.tui.conftest import text_of

First = Callable[[LifecycleApp], Place]
Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((80, 24), (120, 40))

_LETTERS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"~([\d.]+)")


def words_of(text: str) -> set[str]:
    """Return the words of a text that has two letters and more, as they are written."""
    return {word for word in _LETTERS.findall(text) if len(word) > 1}


def home(app: LifecycleApp) -> Home:
    return Home(app, lambda app: Journey(app, store=Store(), now=lambda: "2026-11-26T20:00:00Z"))


def lesson(name: str) -> First:
    def first(app: LifecycleApp) -> Place:
        journey = Journey(app, store=Store(), now=lambda: "2026-11-26T20:00:00Z")
        return journey.first(journey.pack.find(name))

    return first


def make(first: First | None = None, *, ascii_only: bool = False) -> LifecycleApp:
    app = LifecycleApp(
        open_sandbox, skin=Skin(ascii_only), theme_name="okabe-ito", first=first, now=lambda: 0.0
    )
    app.animation_level = "none"
    return app


async def press(app: LifecycleApp, pilot: Pilot[int], keys: Sequence[str]) -> None:
    """Press keys; ``~2.5`` lets so many seconds pass."""
    for key in keys:
        waits = _TIME.fullmatch(key)
        if waits is None:
            await pilot.press(key)
        else:
            for _ in range(int(float(waits[1]) * 10)):
                stage = next(each for each in app.screen_stack if isinstance(each, Stage))
                stage.advance(0.1)
        await pilot.pause()


Seen = Callable[[str, LifecycleApp], None]


def tour(
    stops: dict[str, str],
    size: Size,
    see: Seen,
    first: First | None = None,
    *,
    ascii_only: bool = False,
) -> None:
    """Lead the program from screen to screen.

    Args:
        stops: by name, the keys that lead there from the stop before.
        size: columns and rows.
        see: looks at each stop.
        first: the screen to begin with; the sandbox unless given.
        ascii_only: with the ASCII skin.
    """

    async def story() -> None:
        app = make(first, ascii_only=ascii_only)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for name, keys in stops.items():
                await press(app, pilot, keys.split())
                await pilot.pause()
                see(name, app)

    asyncio.run(story())


def shown(keys: str, size: Size, first: First | None = None) -> str:
    """Return what the screen shows after keys, as text."""
    seen: list[str] = []
    tour({"": keys}, size, lambda _, app: seen.append(text_of(app)), first)
    return seen[0]
