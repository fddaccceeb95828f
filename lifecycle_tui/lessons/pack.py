"""A folder of lessons: the course that comes with the program, or anyone's own."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.bounds import too_much
from lifecycle_tui.lessons.course import Course, load_course
from lifecycle_tui.lessons.glossary import FILE as GLOSSARY_FILE
from lifecycle_tui.lessons.glossary import Glossary, load_glossary
from lifecycle_tui.lessons.loading import load_lesson
from lifecycle_tui.lessons.misconceptions import Misconception, load_misconceptions
from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.translating import translations
from lifecycle_tui.scenario.build import load
from lifecycle_tui.scenario.catalogue import names, path_of
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError, did_you_mean
from lifecycle_tui.units.text import clean, quote

MOST_LESSONS: Final = 200
_DIGITS: Final = 6
"""Of a number that may be that of a lesson."""
_NOT_LESSONS: Final = frozenset({"readme.md", "contributing.md", "changelog.md", "license.md"})


@dataclass(frozen=True, slots=True)
class Pack:
    """What a folder holds."""

    folder: Path
    course: Course | None
    """Its order; None: lessons go by their ``order``."""
    lessons: tuple[Lesson, ...]
    """In order; those that could not be read are missing."""
    glossary: Glossary
    misconceptions: Mapping[str, Misconception]
    problems: tuple[Problem, ...]
    """Why something could not be read."""

    def find(self, name: str) -> Lesson | None:
        """Return the lesson of an id."""
        return next((each for each in self.lessons if each.id == name), None)

    def called(self, word: str) -> Lesson | None:
        """Return the lesson of an id, or of the number that stands before its title."""
        number = int(word) if word.isdecimal() and len(word) <= _DIGITS else None
        numbered = (each for each in self.lessons if each.order == number)
        return self.find(word) or next(numbered, None)

    def near(self, name: str) -> str:
        """Return what to write instead of an id that is not there."""
        close = difflib.get_close_matches(name[:100], [each.id for each in self.lessons], n=1)
        return (
            f"; did you mean {quote(close[0])}?" if close else "; see: lifecycle-tui lessons list"
        )

    def is_planned(self, name: str) -> bool:
        """Whether a lesson belongs to the course and is not written yet."""
        return self.course is not None and any(each.id == name for each in self.course.planned)


def lesson_files(folder: Path) -> list[Path]:
    """Return the lesson files of a folder, by name."""
    found = [path for path in folder.glob("*.md") if path.name.lower() not in _NOT_LESSONS]
    return sorted(found, key=lambda path: path.name)


def load_pack(folder: Path | None = None, language: str = "") -> Pack:
    """Read a folder of lessons; what cannot be read is among its ``problems``.

    Args:
        folder: the course that comes with the program unless given.
        language: lessons that are translated into it come in it, as ``de``.
    """
    where = folder or locations.lessons()
    problems: list[Problem] = []
    lessons = []
    files = lesson_files(where)
    if len(files) > MOST_LESSONS:
        place = Place(clean(str(where)), 1, 1)
        problems.append(Problem(place, f"{len(files)} lessons; at most {MOST_LESSONS} are read"))
    for path in files[:MOST_LESSONS]:
        try:
            lessons.append(load_lesson(path))
        except ScenarioError as error:
            problems += error.problems
        except OSError as error:
            place = Place(clean(str(path)), 1, 1)
            problems.append(Problem(place, f"cannot be read: {error.strerror}"))
    course, glossary = None, Glossary(())
    try:
        course = load_course(where)
    except ScenarioError as error:
        problems += error.problems
    try:
        own = (where / GLOSSARY_FILE).is_file()
        glossary = load_glossary(where if own else None)
    except ScenarioError as error:
        problems += error.problems
    try:
        misconceptions = load_misconceptions(where)
    except ScenarioError as error:
        problems += error.problems
        misconceptions = load_misconceptions()
    if language:
        translated, wrong = translations(where, language, lessons)
        problems += wrong
        told = {each.lesson.id: each.lesson for each in translated}
        lessons = [told.get(each.id, each) for each in lessons]
    ordered = tuple(sorted(lessons, key=lambda each: (each.order, each.id)))
    return Pack(where, course, ordered, glossary, misconceptions, tuple(problems))


def load_plan(lesson: Lesson, *, seed: int | None = None) -> Plan:
    """Return the plan of a lesson's scenario, as the lesson changes it.

    A path stands below the folder of the lesson's file, so that a stranger's lesson reads no other
    files than its own.

    Args:
        lesson: whose.
        seed: instead of the lesson's own.

    Raises:
        ScenarioError: there is no such scenario, or it is wrong.
    """
    plan = load(_scenario_file(lesson), lesson.settings)
    excess = too_much(plan)
    if excess:
        raise ScenarioError([Problem(lesson.where("scenario"), f"scenario: {excess}")])
    chosen = lesson.seed if seed is None else seed
    return plan if chosen is None else replace(plan, seed=chosen)


def _scenario_file(lesson: Lesson) -> Path:
    return scenario_path(lesson.scenario, Path(lesson.file), lesson.where("scenario"))


def scenario_path(written: str, file: Path, place: Place, whose: str = "lesson") -> Path:
    """Return the scenario that a file names: a shipped one, or one below the file's folder.

    Args:
        written: what stands in the file.
        file: the file.
        place: where it stands.
        whose: what the file is.

    Raises:
        ScenarioError: there is none.
    """
    if written in names():
        return path_of(written)
    folder = file.parent
    path = path_below(written, file, place, "scenario", whose)
    if path is None:
        own = [each.relative_to(folder).as_posix() for each in scenario_files(folder)]
        hint = did_you_mean(written, [*names(), *own])
        message = f"scenario: there is no file and no shipped scenario {quote(written)}{hint}"
        raise ScenarioError([Problem(place, message)])
    return path


def path_below(written: str, file: Path, place: Place, key: str, whose: str) -> Path | None:
    """Return the path of a file below another one's folder; None if there is no such file.

    Raises:
        ScenarioError: it is no path below that folder.
    """
    folder = file.parent
    path = folder / written
    if Path(written).is_absolute() or ".." in Path(written).parts:
        message = f"{key}: {quote(written)} leads out of the {whose}'s folder"
        raise ScenarioError([Problem(place, message)])
    inside = path.resolve().is_relative_to(folder.resolve())
    return path if inside and path.is_file() else None


def scenario_files(folder: Path) -> Iterator[Path]:
    """Yield the scenarios that a folder of lessons has of its own."""
    yield from sorted((folder / "scenarios").glob("*.yaml"))
