"""The questions: what is allowed is said, and what was typed is kept."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Input

from lifecycle_tui.tui.screens.questions import BurstPrompt, burst_problem
from tests.tui.conftest import MakeApp, sandbox, text_of


@pytest.mark.parametrize(
    ("typed", "said"),
    [("5000", "5000 is too many"), ("0", "0 is too few"), ("", "type a number"), ("-3", "too few")],
)
def test_a_burst_that_cannot_be_sent_is_told_why(typed: str, said: str, make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("b")
            await pilot.pause()
            before = app.screen.query_one("#question").size
            await pilot.press("delete", *typed.replace("-", "\x2d") or ["delete"], "enter")
            await pilot.pause()
            assert isinstance(app.screen, BurstPrompt)
            assert said in text_of(app)
            assert "1 to 1,000" in text_of(app)
            assert app.screen.query_one(Input).value == typed
            assert app.screen.query_one("#question").size == before
            await pilot.press("backspace", "7")
            await pilot.pause()
            assert said not in text_of(app)
            assert not sandbox(app).session.live

    asyncio.run(story())


def test_every_number_from_one_to_a_thousand_can_be_sent() -> None:
    assert not any(burst_problem(str(count)) for count in (1, 5, 999, 1_000))
    assert all(burst_problem(text) for text in ("0", "1001", "", " ", "+5", "x", "٣"))


def test_a_canary_is_deployed_and_moved_by_the_same_key(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("D")
            await pilot.pause()
            assert "Deploy a new version of web-api for" in text_of(app)
            await pilot.press("1")
            await pilot.pause()
            assert "a new version gets 10 % of the events" in text_of(app)
            assert "deploy 10 %" in text_of(app)
            await pilot.press("D", "down", "enter")
            await pilot.pause()
            assert [type(each).__name__ for each in sandbox(app).session.live] == [
                "Deploy",
                "Shift",
            ]
            await pilot.press("D", "escape")
            await pilot.pause()
            assert len(sandbox(app).session.live) == 2

    asyncio.run(story())
