"""Slides of the lesson of docs/lesson-format.md as text, in ASCII: a diff can show what changed."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from lifecycle_tui.export.pictures.frame import text_of
from lifecycle_tui.lessons.presenting.dealing import deal
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.slides import Kind
from lifecycle_tui.lessons.presenting.votes import Votes
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.offstage import at_rest, no_clock
from lifecycle_tui.tui.presenting.opening import present_screen
from lifecycle_tui.tui.screens.present import PresentScreen
from lifecycle_tui.tui.skin import Skin
from tests.lessons.examples import example, lesson
from tests.lessons.presenting.decks import pack

FOLDER = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 40), (200, 50))
KINDS = (Kind.TITLE, Kind.ANSWER, Kind.CHALLENGE)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("kind", KINDS)
def test_a_slide_as_text(kind: Kind, size: tuple[int, int]) -> None:
    deck, plan = deal(pack(), lesson(example()))
    way = Presentation(deck, plan)
    for slide in deck.slides:
        if slide.question is not None:
            options = len(slide.question.options)
            way.votes[slide.question.id] = Votes((12, 25, 3, 0)[:options])
    way.go_to(next(n for n, slide in enumerate(deck.slides) if slide.kind is kind))

    async def story() -> str:
        app = LifecycleApp(
            lambda: Session(plan),
            skin=Skin(ascii_only=True),
            theme_name="okabe-ito",
            first=lambda app: present_screen(app, way),
            now=no_clock,
        )
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, PresentScreen)
            screen.hold()
            frame = await at_rest(app, pilot)
        return "".join(f"{text_of(row).rstrip()}\n" for row in frame.rows)

    text = asyncio.run(story())
    assert text.isascii()
    path = FOLDER / f"{kind}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
