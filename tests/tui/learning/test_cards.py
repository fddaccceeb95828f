"""Reference cards from the list of lessons, and what the list says once all of it is done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lifecycle_tui.cli.opening import open_sandbox
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.progress import Progress, Store
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.learning.journey import Journey
from lifecycle_tui.tui.screens.card import CardScreen, card_of
from lifecycle_tui.tui.screens.lessons import LessonList
from lifecycle_tui.tui.skin import Skin
from tests.tui.conftest import text_of
from tests.tui.learning.lessons import NOW

PACK = load_pack()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("done", [1, 15])
def test_r_shows_the_card_of_a_lesson_that_is_done(
    done: int, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    store = Store()
    kept = Progress()
    for lesson in PACK.lessons[:done]:
        kept = kept.completed(lesson.id, 1, NOW)
    store.write(kept)
    app = LifecycleApp(
        open_sandbox,
        skin=Skin(),
        theme_name="okabe-ito",
        first=lambda app: Journey(app, pack=PACK, store=store, now=lambda: NOW).list(),
        now=lambda: 0.0,
    )

    async def story() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            assert ("You have all of it." in text_of(app)) is (done == len(PACK.lessons))
            await pilot.press("r")
            await pilot.pause()
            assert isinstance(app.screen, CardScreen)
            card = card_of(PACK.lessons[0])
            assert card is not None
            shown = text_of(app)
            assert all(line.strip() in shown for line in (card.title, *card.lines))
            await pilot.press("escape", "down", "r")
            await pilot.pause()
            if done == 1:
                assert isinstance(app.screen, LessonList)
                assert "Warm reuse: its reference card comes at its end" in text_of(app)
            else:
                assert isinstance(app.screen, CardScreen)

    asyncio.run(story())


def test_each_lesson_has_a_card_that_fits_a_small_screen() -> None:
    cards = [card_of(lesson) for lesson in PACK.lessons]
    assert all(card is not None for card in cards)
    lines = [line for card in cards if card is not None for line in card.lines]
    assert max(map(len, lines)) <= 58
    assert max(len(card.lines) for card in cards if card is not None) <= 16
