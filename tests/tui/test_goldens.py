"""The main screen as text, in ASCII, around each breakpoint: pictures that a diff can show."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from lifecycle_tui.engine.plan import SECOND
from tests.tui.conftest import MakeApp, sandbox, text_of
from tests.tui.test_snapshots import STORY

FOLDER = Path(__file__).parent / "golden"
SIZES = ((79, 24), (80, 24), (119, 40), (120, 40), (200, 50))
MOMENTS = {"cold": 900_000, "warm": 300 * SECOND + 100_000}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_screen_as_text(size: tuple[int, int], moment: str, make_app: MakeApp) -> None:
    async def story() -> str:
        app = make_app(STORY, ascii_only=True)
        async with app.run_test(size=size) as pilot:
            sandbox(app).session.player.seek(MOMENTS[moment])
            sandbox(app).publish()
            await pilot.pause()
            await pilot.pause()
            return text_of(app) + "\n"

    text = asyncio.run(story())
    assert text.isascii()
    path = FOLDER / f"{moment}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
