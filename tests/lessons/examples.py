"""The lesson of docs/lesson-format.md, which tests read, break and mend."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lifecycle_tui.lessons.linting import lint
from lifecycle_tui.lessons.loading import parse_lesson
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.proving import prove

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "lesson-format.md"
NAME: Final = "01-second-event.md"


def example() -> str:
    """Return the complete example of the page."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.split("<!-- example -->\n````markdown\n")[1].split("````\n")[0]


def changed(*changes: tuple[str, str]) -> str:
    """Return the example with some texts replaced, each of which it has once."""
    text = example()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def lesson(text: str) -> Lesson:
    """Read a lesson from text."""
    return parse_lesson(text.encode(), NAME)


def linted(folder: Path, text: str) -> list[str]:
    """Return what lint says of a folder with one lesson, without the folder's name."""
    (folder / NAME).write_text(text, encoding="utf-8")
    return [str(problem).replace(f"{folder}/", "") for problem in lint(load_pack(folder))]


def proven(text: str, seeds: int = 20) -> list[str]:
    """Return what proving a lesson says."""
    return [str(problem) for problem in prove(lesson(text), seeds)]
