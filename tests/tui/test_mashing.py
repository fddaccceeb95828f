"""Keys pressed at random, with resizes and time that passes: no key may break the program.

The keys are drawn from a fixed seed for each scenario, so that a failure can be had again.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.catalogue import load_scenario
from lifecycle_tui.tui.actions import ACTIONS
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.skin import Skin
from tests.tui.conftest import FakeClock, sandbox

KEYS = [key for action in ACTIONS for key in action.keys if action.id != "quit"]
INSIDE = [
    "enter", "escape", "1", "2", "3", "4", "5", "0", "a", "b", "c", "backspace", "delete",
    "pagedown", "right", "up", "down", "tab", "i", "x", "f", "o", "d", "r", "space",
]  # fmt: skip
"""What prompts, menus, questions and panes take."""
LINES = [
    "fire count=3", "seek 1s", "seek 1e99", "undo", "redo", "fork other", "switch main",
    "delete other", "set timeout=1s", "set timeout=9999999h", "rules 2023-01-01", "[/b] 'open",
    "deploy weight=0.1", "restart memory=1GB as=big", "pattern poisson rate=2/s for=5s",
]  # fmt: skip
"""What may be typed behind ``:``; some of it is nonsense."""
SIZES = ((80, 24), (120, 40), (200, 50), (60, 20), (81, 24))
PRESSES = 50


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys may export pictures: not into the checkout."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["snapstart-slow-hooks", "canary-deploy", "step-functions"],
)
def test_keys_at_random_break_nothing(name: str) -> None:
    mash(name)


@pytest.mark.parametrize(
    ("name", "against"), [("noisy-neighbour", "canary-deploy"), ("warm-reuse", "sqs-batches")]
)
def test_keys_at_random_break_no_comparison_of_two_scenarios(name: str, against: str) -> None:
    mash(name, against)


def mash(name: str, against: str = "") -> None:
    """Press keys at random over a scenario, beside another one if it is named."""
    chance = random.Random(name)
    session = Session(load_scenario(name), scenario_name=name, speed=16)

    async def story() -> None:
        app = LifecycleApp(session, skin=Skin(), theme_name="okabe-ito", now=FakeClock())
        app.animation_level = "none"
        async with app.run_test(size=SIZES[0]) as pilot:
            if against:
                stranger = Session(load_scenario(against), scenario_name=against, speed=16)
                sandbox(app).did(sandbox(app).compare(stranger=stranger))
            for _ in range(PRESSES):
                match chance.randrange(9):
                    case 0:
                        for _ in range(5):
                            sandbox(app).advance(0.1)
                    case 1:
                        await pilot.resize_terminal(*chance.choice(SIZES))
                    case 2 | 3:
                        await pilot.press(chance.choice(INSIDE))
                    case 4:
                        await pilot.press("colon", *chance.choice(LINES), "enter")
                    case _:
                        await pilot.press(chance.choice(KEYS))
            await pilot.pause()
            assert sandbox(app).max_scroll_y == 0

    asyncio.run(story())
