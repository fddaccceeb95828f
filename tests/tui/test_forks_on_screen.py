"""Forks and their comparison as the user handles them: with keys, at both sizes."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Input, OptionList

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.play.branches import MOST_BRANCHES
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.forks import ForkList
from lifecycle_tui.tui.screens.rivals import RivalMenu
from tests.tui.conftest import MakeApp, play_on, sandbox, text_of

SIZES = [(80, 24), (120, 40), (200, 50)]


def two_events(app: LifecycleApp) -> None:
    for _ in range(2):
        sandbox(app).session.fire()
        play_on(app)


def names(app: LifecycleApp) -> list[str]:
    return [branch.name for branch in sandbox(app).session.branches]


@pytest.mark.parametrize("size", SIZES)
def test_go_back_change_the_timeout_compare_and_leave(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            two_events(app)
            sandbox(app).session.player.seek(SECOND)
            await pilot.press("t")
            assert "main.1 forked at 1 s: timeout changed" in text_of(app)
            await pilot.press("x")
            await pilot.pause()
            await pilot.press("right_curly_bracket")
            await pilot.pause()
            text = text_of(app)
            assert "A main.1" in text
            assert "B main" in text
            assert "timeout" in text
            assert "difference 1 of" in text
            first_us = sandbox(app).session.at_us
            await pilot.press("right_curly_bracket", "left_curly_bracket")
            assert sandbox(app).session.at_us == first_us > SECOND
            assert app.screen.max_scroll_y == 0
            await pilot.press("x")
            await pilot.pause()
            assert "A main " in text_of(app)
            assert sandbox(app).session.branch.name == "main"
            await pilot.press("escape")
            await pilot.pause()
            assert not sandbox(app).comparing
            assert "B main.1" not in text_of(app)
            assert app.screen.max_scroll_y == 0

    asyncio.run(run())


def test_a_comparison_ends_when_its_other_side_is_gone(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            sandbox(app).session.player.seek(SECOND)
            await pilot.press("t", "x")
            await pilot.pause()
            await pilot.press("u")
            await pilot.pause()
            assert not sandbox(app).comparing
            assert names(app) == ["main"]

    asyncio.run(run())


def test_a_story_without_forks_is_compared_with_itself_set_otherwise(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            await pilot.press("x")
            assert isinstance(app.screen, RivalMenu)
            await pilot.press("enter")
            await pilot.pause()
            await pilot.pause()
            assert sandbox(app).comparing
            assert names(app) == ["main", "rules-2023"]
            assert "rules of" in text_of(app)

    asyncio.run(run())


def test_the_list_shows_renames_and_deletes_after_asking(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            sandbox(app).session.player.seek(SECOND)
            await pilot.press("t", "B")
            assert isinstance(app.screen, ForkList)
            assert "from 1 s: timeout changed" in text_of(app)
            await pilot.press("r")
            app.screen.query_one(Input).value = "main"
            await pilot.press("enter")
            assert "there is a fork called main already" in text_of(app)
            app.screen.query_one(Input).value = "short"
            await pilot.press("enter")
            assert names(app) == ["main", "short"]
            await pilot.press("d")
            assert names(app) == ["main", "short"]
            await pilot.press("d")
            assert names(app) == ["main"]
            await pilot.press("d", "d")
            assert names(app) == ["main"], "what is no fork stays"
            await pilot.press("escape")
            assert not isinstance(app.screen, ForkList)

    asyncio.run(run())


def test_many_forks_are_scrolled_and_nothing_of_it_leaves_the_screen(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            while not sandbox(app).session.fork().refused:
                pass
            await pilot.press("B")
            await pilot.pause()
            mine = sandbox(app).session.branch.name
            assert len(names(app)) == MOST_BRANCHES
            assert f"{mine}  from" in text_of(app), "what is shown is chosen, and seen"
            assert app.screen.max_scroll_y == 0
            await pilot.press("d")
            await pilot.pause()
            assert f"d again deletes {mine} for good" in text_of(app)
            await pilot.press("r")
            await pilot.pause()
            assert app.screen.max_scroll_y == 0
            await pilot.press("escape", "home", "enter")
            assert sandbox(app).session.branch.name == "main"

    asyncio.run(run())


def test_there_is_no_room_for_one_more_fork_to_compare_with(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            session = sandbox(app).session
            while not session.fork().refused:
                pass
            menu = RivalMenu(session)
            await app.push_screen(menu)
            await pilot.press("enter")
            await pilot.pause()
            assert "64 forks are the most there can be · B lists and deletes them" in text_of(app)

    asyncio.run(run())


def test_moving_on_forgets_a_deletion_that_was_asked_for(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            sandbox(app).session.fork()
            sandbox(app).session.fork()
            await pilot.press("B", "d", "up", "down", "d")
            assert len(names(app)) == 3
            app.screen.query_one(OptionList)

    asyncio.run(run())


def test_enter_shows_a_fork(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_events(app)
            sandbox(app).session.fork()
            await pilot.press("B", "up", "enter")
            assert sandbox(app).session.branch.name == "main"
            assert "the story as it was told first" in text_of(app)

    asyncio.run(run())
