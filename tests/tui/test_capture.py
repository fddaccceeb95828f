"""What is expected of Textual's privates, and how a screen becomes a frame."""

from __future__ import annotations

import asyncio
import inspect
import re
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor
from textual.strip import Strip

import lifecycle_tui
from lifecycle_tui.export.pictures.frame import Frame, Ink, text_of
from lifecycle_tui.tui import capture
from tests.play.plans import plan
from tests.tui.conftest import HOSTILE, MakeApp

BASE = Ink("#111111", "#eeeeee")


def test_only_one_module_reaches_into_the_compositor() -> None:
    package = Path(lifecycle_tui.__file__).parent
    users = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"\._(compositor|styles_cache|driver|filters)\b|textual\._|rich\._",
                     file.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert users == {"tui/capture.py"}


def test_the_compositor_gives_the_strips_of_the_whole_screen(make_app: MakeApp) -> None:
    assert list(inspect.signature(Compositor.render_strips).parameters) == ["self", "size"]

    async def story() -> list[Strip]:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            return capture.strips_of(app.screen)

    strips = asyncio.run(story())
    assert len(strips) == 24
    assert {strip.cell_length for strip in strips} == {80}


def taken(make_app: MakeApp, theme: str, title: str = "x") -> Frame:
    async def story() -> Frame:
        app = make_app(plan(title=title), theme=theme)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            return capture.frame_of(app, capture.strips_of(app.screen), title)

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("theme", "paper"),
    [
        ("okabe-ito", "#12171c"),
        ("okabe-ito-light", "#fbfaf7"),
        ("monochrome", "#ffffff"),
        ("ansi-dark", "#12171c"),
    ],
)
def test_a_frame_has_real_colours_in_every_theme(make_app: MakeApp, theme: str, paper: str) -> None:
    frame = taken(make_app, theme)
    assert (frame.width, frame.height) == (80, 24)
    assert frame.base.paper == paper
    colours = {c for row in frame.rows for span in row for c in (span.ink.colour, span.ink.paper)}
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert len(colours) >= (2 if theme == "monochrome" else 5)
    assert all(sum(span.cells for span in row) == 80 for row in frame.rows)


def test_hostile_words_become_harmless_cells(make_app: MakeApp) -> None:
    frame = taken(make_app, "okabe-ito", HOSTILE)
    text = "\n".join(map(text_of, frame.rows))
    assert "[$LATEST]" in text
    assert all(letter.isprintable() or letter == "\n" for letter in text)


def rendered(text: str, style: str) -> list[tuple[str, Ink, int]]:
    strip = Strip([Segment(text, Style.parse(style))])
    row = capture._row(strip, 20, capture._ON_DARK, BASE)
    return [tuple(span) for span in row]  # type: ignore[misc]


def test_reverse_and_dim_are_worked_out() -> None:
    assert rendered("a", "reverse #ff0000 on #00ff00") == [("a", Ink("#00ff00", "#ff0000"), 1)]
    assert rendered("a", "dim #ffffff on #000000") == [("a", Ink("#999999", "#000000"), 1)]
    assert rendered("a", "bold red") == [("a", Ink("#cd4242", "#12171c", bold=True), 1)]


def test_what_is_not_as_wide_as_long_stays_alone() -> None:
    ink = Ink("#ffffff", "#000000")
    assert rendered("ab漢e\u0301c", "#ffffff on #000000") == [
        ("ab", ink, 2),
        ("漢", ink, 2),
        ("e\u0301", ink, 1),
        ("c", ink, 1),
    ]


def test_blanks_have_no_colour_of_their_own() -> None:
    assert rendered(" ", "#ff0000 on #000000") == [(" ", Ink(BASE.colour, "#000000"), 1)]
