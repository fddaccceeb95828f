"""Asking why: the key goes on to the next reason, and a refused event can be clicked."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from lifecycle_tui.engine.plan import Fire
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH
from lifecycle_tui.tui.widgets.timeline import Timeline
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.tui.conftest import MakeApp, sandbox, text_of

BURST = plan(Fire(at_us=0, count=2), function=replace(FUNCTION, reserved_concurrency=1))
"""Of two events at once, the second is refused."""


def test_asking_again_reaches_the_refusal(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BURST)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("w")
            await pilot.pause()
            why = sandbox(app).query_one(Why)
            assert why.explanation is not None
            assert "#1" in why.explanation.question
            assert "1 of 2" in text_of(app)
            await pilot.press("w")
            await pilot.pause()
            assert "#2" in why.explanation.question
            assert "2 of 2" in text_of(app)

    asyncio.run(story())


def test_a_click_on_a_refused_event_explains_it(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BURST)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(COLD_US)
            screen.publish()
            await pilot.pause()
            await pilot.click(screen.query_one(Timeline).refused, offset=(HEAD_WIDTH, 0))
            await pilot.pause()
            assert screen.session.at_us == 0
            assert screen.shown is not None
            assert screen.shown.explanation is not None
            assert "#2" in screen.shown.explanation.question

    asyncio.run(story())
