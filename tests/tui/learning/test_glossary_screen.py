"""The glossary over the main screen: a word is found by typing, and its meaning is shown."""

from __future__ import annotations

import asyncio

import pytest

from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.tui.screens.glossary import GlossaryScreen, ordered, sought
from tests.tui.conftest import MakeApp, text_of

GLOSSARY = load_pack().glossary


def test_a_word_that_begins_so_comes_before_one_that_has_it() -> None:
    terms = ordered(GLOSSARY, ())
    assert terms[sought(terms, "inv") or 0].term.lower().startswith("inv")
    assert terms[sought(terms, "spill") or 0].term == "spillover"
    assert "gb-s" in terms[sought(terms, "gb-s") or 0].term.lower()
    assert sought(terms, "no such word") is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_letters_find_a_word(make_app: MakeApp, size: tuple[int, int]) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            screen = GlossaryScreen(GLOSSARY, (), "", app.skin)
            await app.push_screen(screen)
            # "g", "k" and "q" have a meaning of their own here, but not inside a word.
            for word, term in (("throttlingx", ""), ("vcpu", "vCPU"), ("deadl", "dead-letter")):
                await pilot.press(*word)
                await pilot.pause()
                shown = text_of(app)
                assert "no such word" in shown if not term else term in shown
                await pilot.press("escape")
                await pilot.pause()
                assert app.screen is screen
            await pilot.press("a", "backspace", "q")
            await pilot.pause()
            assert app.screen is not screen

    asyncio.run(story())
