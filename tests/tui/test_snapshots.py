"""Pictures of the key screens; each was looked at before it was kept."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from lifecycle_tui.engine.plan import SECOND, Fire, Pattern, Plan
from lifecycle_tui.tui.screens.sandbox import Sandbox
from tests.play.plans import COLD_US, plan
from tests.tui.conftest import MakeApp

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="pictures are compared on one Python"
)

Snap = Callable[..., bool]

STORY = plan(
    Fire(at_us=0),
    Fire(at_us=2 * SECOND, count=2),
    Fire(at_us=300 * SECOND),
    title="Warm, cold, and a long pause",
)
BUSY = plan(
    Fire(at_us=0, count=8),
    Pattern(at_us=2 * SECOND, gap_us=150_000, for_us=3 * SECOND, process="steady"),
    title="A busy minute",
)


def at(us: int, *keys: str) -> Callable[[Pilot[int]], object]:
    """Go to a moment, then press keys."""

    async def before(pilot: Pilot[int]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, Sandbox)
        screen.session.player.seek(us)
        screen.publish()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()

    return before


SCREENS: dict[str, tuple[Plan, int, tuple[str, ...], tuple[int, int], str, bool]] = {
    "first": (plan(), 0, (), (80, 24), "okabe-ito", False),
    "cold": (STORY, 900_000, (), (80, 24), "okabe-ito", False),
    "why": (STORY, 301 * SECOND, ("w",), (80, 24), "okabe-ito", False),
    "config": (STORY, COLD_US, ("c", "right"), (80, 24), "okabe-ito", False),
    "log": (STORY, 302 * SECOND, ("L",), (80, 24), "okabe-ito", False),
    "ascii": (STORY, 301 * SECOND, (), (80, 24), "okabe-ito", True),
    "monochrome": (STORY, 301 * SECOND, (), (80, 24), "monochrome", False),
    "standard": (STORY, 302 * SECOND, (), (120, 40), "okabe-ito", False),
    "light": (BUSY, 4 * SECOND, (), (120, 40), "okabe-ito-light", False),
    "high-contrast": (BUSY, 4 * SECOND, ("j",), (120, 40), "high-contrast", False),
    "wide": (BUSY, 4 * SECOND, (), (200, 50), "okabe-ito", False),
    "metrics": (BUSY, 4 * SECOND, ("m",), (120, 40), "okabe-ito", False),
    "help": (plan(), 0, ("question_mark",), (80, 24), "okabe-ito", False),
    "ascii-help": (plan(), 0, ("question_mark", "end"), (80, 24), "okabe-ito", True),
    "burst": (plan(), 0, ("b",), (80, 24), "okabe-ito", True),
    "menu": (plan(), 0, ("I",), (80, 24), "okabe-ito", False),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, make_app: MakeApp, snap_compare: Snap) -> None:
    story, us, keys, size, theme, ascii_only = SCREENS[name]
    app = make_app(story, theme=theme, ascii_only=ascii_only)
    assert snap_compare(app, run_before=at(us, *keys), terminal_size=size)
