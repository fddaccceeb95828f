"""German: the first lesson played to its end, on screen and in lines, without English words."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lifecycle_tui import locations
from lifecycle_tui.cli.opening import open_sandbox
from lifecycle_tui.languages import speak
from lifecycle_tui.lessons.model import Recap
from lifecycle_tui.plain.home import HomeRepl
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.units import translation
from tests.translation.screens import SIZES, Size, home, tour, words_of
from tests.translation.test_screens import ALLOWED, QUESTIONS, SANDBOX, in_its_frame, logged
from tests.tui.conftest import text_of
from tests.tui.learning.lessons import Course, misfits, one_press
from tools import messages as tool

LESSON = locations.lessons() / "de" / "01-first-event.md"
NAMES = words_of("extension init runtime init function init placement P E R F H")
"""Names of phases, which the lesson has as AWS's sources have them."""


@pytest.fixture(autouse=True)
def _german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    speak("de")
    yield
    translation.choose("", None)


@cache
def spoken_words() -> frozenset[str]:
    """Return every word of the German catalogue."""
    path = locations.locale() / "de" / "LC_MESSAGES" / "lifecycle-tui.po"
    _, messages = tool.read_po(path.read_text(encoding="utf-8"))
    return frozenset(words_of(" ".join(text for one in messages for text in one.told)))


@cache
def english_words() -> frozenset[str]:
    """Return the words of English messages that are no German ones."""
    return frozenset(words_of(" ".join(f"{one.text} {one.plural}" for one in tool.template())))


def left_in_english(text: str, allowed: set[str]) -> list[str]:
    """Return the words of a screen that only English messages have; cut ones are let go."""
    text = re.sub(r"https?://\S+", "", text)
    cut = set(re.findall(r"(\w+)[…╭│╰]", text))
    known = spoken_words() | allowed | cut
    return sorted((words_of(text) & english_words()) - known)


def test_the_first_lesson_is_german_to_its_recap(tmp_path: Path) -> None:
    course = Course(tmp_path, "first-event", folder=locations.lessons())
    allowed = words_of(LESSON.read_text(encoding="utf-8")) | ALLOWED | NAMES

    async def story() -> int:
        async with course.app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            screen = course.screen
            for count in range(200):
                text = text_of(course.app)
                assert not misfits(course)
                in_its_frame(course.app)
                assert left_in_english(text, allowed) == [], text
                assert "ZIEL" in text or "WOZU" in text
                if isinstance(screen.run.step.does, Recap):
                    return count
                await one_press(course, pilot)
        raise AssertionError("never at its recap")

    assert asyncio.run(story()) > 5


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_screens_are_german(size: Size) -> None:
    found: dict[str, list[str]] = {}

    def see(name: str, app: LifecycleApp) -> None:
        in_its_frame(app)
        found[name] = left_in_english(text_of(app), ALLOWED | logged(app))

    tour(SANDBOX, size, see)
    tour(QUESTIONS, size, see)
    assert {name: words for name, words in found.items() if words} == {}


def test_home_is_german() -> None:
    seen: list[str] = []
    tour({"home": ""}, (80, 24), lambda _, app: seen.append(text_of(app)), home)
    assert left_in_english(seen[0], ALLOWED) == [], seen[0]
    assert "Sandkasten" in seen[0]


def test_umlauts_have_letters_of_ascii() -> None:
    seen: list[str] = []
    stops = {"": "question_mark"}
    tour(stops, (80, 24), lambda _, app: seen.append(text_of(app)), ascii_only=True)
    assert seen[0].isascii()
    assert "Zurucknehmen" in seen[0]


def test_plain_lines_are_german() -> None:
    out = io.StringIO()
    lines = "fire\nwhy\nstate\ncost\nforks\nundo\nredo\npredict on\nhelp\nlearn first-event\nquit\n"
    HomeRepl(open_sandbox(), Talk(io.StringIO(lines), out, interactive=False)).run()
    told = out.getvalue()
    assert "#1 kam bei 0.00 s an" in told
    assert "Schritt 1 von" in told
    assert re.search(r"\b[uUix] (?:holt|kehrt|sendet|vergleicht)", told) is None
    typed = words_of(" ".join(re.findall(r"^> .*|^  \w.*?:", told, re.MULTILINE)))
    allowed = ALLOWED | NAMES | typed | words_of(LESSON.read_text(encoding="utf-8"))
    assert left_in_english(told, allowed) == []
