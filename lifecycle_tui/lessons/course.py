"""The order of a course: its lessons, and those that are planned and have no file yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.lessons.reading import identifier, mappings, read_document, sentence
from lifecycle_tui.scenario.fields import Fields
from lifecycle_tui.scenario.problems import Problems
from lifecycle_tui.units.text import quote

FILE: Final = "course.yaml"
_KEYS: Final = ("id", "title")


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson of the course."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught, in order."""

    title: str
    lessons: tuple[Entry, ...]
    """Each has a file."""
    planned: tuple[Entry, ...]
    """None of them has one yet."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all lessons, those that are planned after those that are written."""
        return tuple(entry.id for entry in (*self.lessons, *self.planned))


def load_course(folder: Path | None = None) -> Course | None:
    """Read the order of a course; None where a folder has none, and lessons go by their names.

    Args:
        folder: of the course; the one that comes with the program unless given.

    Raises:
        ScenarioError: what is wrong with it, all of it.
    """
    path = (folder or locations.lessons()) / FILE
    if not path.is_file():
        return None
    problems = Problems()
    top = read_document(path, problems, ("format", "title", "lessons", "planned"))
    seen: set[str] = set()
    course = Course(
        title=top.require("title", sentence(80), ""),
        lessons=_entries(top, "lessons", seen),
        planned=_entries(top, "planned", seen),
    )
    problems.check()
    return course


def _entries(top: Fields, key: str, seen: set[str]) -> tuple[Entry, ...]:
    found = []
    for fields in mappings(top, key, _KEYS):
        name = fields.require("id", identifier, "")
        if name in seen:
            fields.refuse("id", f"{quote(name)} is in the course already")
        seen.add(name)
        found.append(Entry(name, fields.require("title", sentence(48), "")))
    return tuple(found)
