"""The course that comes with the program, read once for all tests: it is never changed."""

from __future__ import annotations

from functools import cache

from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.pack import Pack, load_pack


@cache
def course() -> Pack:
    """Return the course."""
    return load_pack()


def lesson_of(name: str) -> Lesson:
    """Return one of its lessons."""
    found = course().find(name)
    assert found is not None, name
    return found
