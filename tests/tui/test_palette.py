"""Lists that are asked for a page before they have a place: fast fingers end nothing."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import OptionList

from lifecycle_tui.tui.palette import CommandPalette
from lifecycle_tui.tui.screens.questions import EndingMenu
from lifecycle_tui.tui.widgets.options import Options
from tests.tui.conftest import MakeApp

KEYS = pytest.mark.parametrize("key", ["pagedown", "pageup", "down", "up", "home", "end"])


@KEYS
def test_a_key_that_comes_before_the_commands_ends_nothing(make_app: MakeApp, key: str) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(CommandPalette())
            rows = app.screen.query_one(OptionList)
            rows.display = True
            rows.add_option("one")
            rows.highlighted = 0
            assert not rows.size
            await app._check_bindings(key)
            await pilot.press("escape")
            assert app.return_code in (None, 0)

    asyncio.run(run())


@KEYS
def test_a_menu_without_room_for_a_row_ends_nothing(make_app: MakeApp, key: str) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(EndingMenu())
            rows = app.screen.query_one(Options)
            rows.styles.height = 0
            rows.styles.border = None
            await pilot.pause()
            rows.highlighted = 0
            assert not rows.scrollable_content_region
            await pilot.press(key, "escape")
            assert app.return_code in (None, 0)

    asyncio.run(run())


def test_the_key_opens_this_palette(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+p")
            assert isinstance(app.screen, CommandPalette)
            await pilot.press("pagedown")
            assert app.screen.query_one(OptionList).highlighted

    asyncio.run(run())


def test_a_palette_that_is_left_twice_takes_nothing_else_away(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            main = app.screen
            await pilot.press("ctrl+p")
            palette = app.screen
            assert isinstance(palette, CommandPalette)
            palette.dismiss()
            palette.dismiss()
            await pilot.pause()
            assert app.screen is main

    asyncio.run(run())
