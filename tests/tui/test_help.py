"""The help: words that are used on screen are explained, and nothing is cut."""

from __future__ import annotations

import asyncio

import pytest

from lifecycle_tui.tui.screens.help import help_lines
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import Painted, text_of, width_of
from tests.tui.conftest import MakeApp


def test_the_short_words_of_the_screen_are_explained() -> None:
    text = text_of(help_lines(76, Skin()))
    words = text[text.index("\nWords") :]
    for word in ("OD ", "PC ", "SS ", "RC ", "Init", "Next", "WARP", "x3 ", "' "):
        assert f"\n{word}" in words


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_no_line_of_the_help_is_cut(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.press("question_mark")
            await pilot.pause()
            box = app.screen.query_one(Painted)
            room = box.size.width - (box.scrollbar_size_vertical if box.max_scroll_y else 0)
            assert max(width_of(line) for line in box.lines) <= room
            assert "Events" in text_of(box.lines[:4])
            assert "Looking" in text_of(box.lines)

    asyncio.run(story())
