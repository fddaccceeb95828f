"""Sources on the screen: who sent, what is held back, what was given up, and who sends next."""

from __future__ import annotations

import asyncio
import os

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.source_plan import QueuePlan, SourceKind
from lifecycle_tui.engine.worktime import Constant
from tests.story import prompt_account
from tests.tui.conftest import MakeApp, sandbox, text_of
from tests.tui.test_goldens import FOLDER

QUEUE = QueuePlan("orders", batch_size=4, visibility_us=5 * SECOND, max_receives=2)
STORY = Plan(
    (FunctionPlan("worker", handler=Constant(SECOND), reserved_concurrency=2),),
    prompt_account(),
    (
        Fire(at_us=0, source="orders", count=9),
        Fire(at_us=0, source="orders", outcome=Outcome.ERROR),
        Fire(at_us=SECOND, source="sns", count=3),
        Fire(at_us=3 * SECOND, source="api-gateway"),
    ),
    sources=(QUEUE,),
    title="Sources",
)


async def seen(make_app: MakeApp, size: tuple[int, int], second: float) -> str:
    """Return the screen at a moment."""
    app = make_app(STORY, ascii_only=True)
    async with app.run_test(size=size) as pilot:
        sandbox(app).session.player.seek(round(second * SECOND))
        sandbox(app).publish()
        await pilot.pause()
        await pilot.pause()
        return text_of(app) + "\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_sources_as_text(size: tuple[int, int], make_app: MakeApp) -> None:
    text = asyncio.run(seen(make_app, size, 4.2))
    path = FOLDER / f"sources-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind for kind in SourceKind if kind is not SourceKind.SDK])
def test_every_trigger_fires_and_is_seen(kind: SourceKind, make_app: MakeApp) -> None:
    """``s`` until it sends by a source, ``i``: an environment runs, and the row says who sent."""

    async def story() -> str:
        app = make_app(Plan((FunctionPlan("f"),), prompt_account()), ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            session = sandbox(app).session
            while session.sender.name != kind:
                await pilot.press("s")
            assert f"i now sends by {kind}" in text_of(app)
            await pilot.press("i")
            for _ in range(60):
                session.tick(0.1)
            sandbox(app).publish()
            await pilot.pause()
            return text_of(app)

    text = asyncio.run(story())
    assert "e1" in text
    assert "1 COLD" in text
    short = {"api-gateway": "API", "function-url": "URL", "step-functions": "SFN",
             "eventbridge": "bus", "dynamodb-streams": "DDB"}  # fmt: skip
    (row,) = [line for line in text.splitlines() if line.startswith(" from")]
    assert short.get(kind, kind) in row


def test_a_click_on_a_sources_row_goes_there(make_app: MakeApp) -> None:
    async def story() -> int:
        app = make_app(STORY, ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(4 * SECOND)
            screen.publish()
            await pilot.pause()
            await pilot.click("#timeline", offset=(12, 3))
            await pilot.pause()
            return screen.session.at_us

    assert asyncio.run(story()) < SECOND
