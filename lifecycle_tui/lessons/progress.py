"""What a learner has done: a JSON file in the state directory, readable, and never lost silently.

The file is written whole under another name and then put in its place, so that a crash leaves the
old or the new one. One that cannot be read is kept beside it, and said so. Times of day come from
whoever calls: this module reads no clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from lifecycle_tui import guest, locations
from lifecycle_tui.files import reason, write_privately
from lifecycle_tui.units.text import clean, quote

SCHEMA: Final = 1
FILE: Final = "progress.json"
LARGEST: Final = 4_000_000
"""Bytes of a file that are read."""
MOST_PREDICTIONS: Final = 5_000
"""The oldest go first."""
MOST_ENTRIES: Final = 1_000
"""Lessons and misconceptions that a file may tell of."""
CONFIDENCES: Final = ("guess", "think", "certain")


class DamagedError(ValueError):
    """A file that is no progress file; its words say why."""


class NewerError(ValueError):
    """A progress file of a later version of the program."""


class Status(StrEnum):
    """How far a lesson is."""

    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """One lesson."""

    status: Status = Status.STARTED
    beat: str = ""
    """The beat that was reached last."""
    moves: int = 0
    """Commands given in the present or last try."""
    best: int | None = None
    """The fewest moves with which it was completed."""
    hints: int = 0
    """Hints that were opened."""
    first_seen: str = ""
    """When, as ISO text in UTC."""
    done_at: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One prediction that was made."""

    question: str
    """Lesson and prediction, such as ``doom-loop.next``."""
    choice: str
    correct: bool
    seed: int
    confidence: str = ""
    """One of ``CONFIDENCES``; empty if not asked."""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    """How a misconception did: how often it was tested, and how often it was believed."""

    seen: int = 0
    missed: int = 0
    last: str = ""

    @property
    def is_due(self) -> bool:
        """Whether it was believed, and has not been met right more often since."""
        return bool(self.missed) and self.seen <= 2 * self.missed


@dataclass(frozen=True, slots=True)
class Progress:
    """All that is kept."""

    lessons: Mapping[str, LessonProgress] = field(default_factory=lambda: MappingProxyType({}))
    predictions: tuple[Answer, ...] = ()
    misconceptions: Mapping[str, Belief] = field(default_factory=lambda: MappingProxyType({}))
    learner: str = ""
    """A name, if the learner gave one."""

    def __bool__(self) -> bool:
        return bool(self.lessons or self.predictions or self.misconceptions or self.learner)

    def lesson(self, name: str) -> LessonProgress | None:
        """Return how far a lesson is; None if it was never opened."""
        return self.lessons.get(name)

    def opened(self, name: str, now: str) -> Progress:
        """A lesson was opened; one that is done stays done."""
        if name in self.lessons:
            return self
        return self._with_lesson(name, LessonProgress(first_seen=now))

    def reached(self, name: str, beat: str, moves: int) -> Progress:
        """A beat of a lesson was reached, with so many moves by now."""
        return self._with_lesson(name, replace(self._of(name), beat=beat, moves=moves))

    def hinted(self, name: str) -> Progress:
        """A hint was opened."""
        before = self._of(name)
        return self._with_lesson(name, replace(before, hints=before.hints + 1))

    def completed(self, name: str, moves: int, now: str, *, shown: bool = False) -> Progress:
        """A lesson was completed; where a way was shown, its moves are no record."""
        before = self._of(name)
        best = before.best
        if not shown:
            best = moves if best is None else min(best, moves)
        after = replace(before, status=Status.DONE, moves=moves, best=best, done_at=now)
        return self._with_lesson(name, after)

    def answered(self, answer: Answer, *, tested: str = "", believed: str = "") -> Progress:
        """A prediction was made.

        Args:
            answer: what was said.
            tested: the misconception that the question was about, if any.
            believed: the one that stands behind the chosen option, if any.
        """
        beliefs = dict(self.misconceptions)
        for name in dict.fromkeys(each for each in (tested, believed) if each):
            before = beliefs.get(name, Belief())
            missed = before.missed + (name == believed and not answer.correct)
            beliefs[name] = Belief(before.seen + 1, missed, answer.at)
        predictions = (*self.predictions, answer)[-MOST_PREDICTIONS:]
        return replace(self, predictions=predictions, misconceptions=MappingProxyType(beliefs))

    def without(self, name: str) -> Progress:
        """Return it with one lesson forgotten, and the predictions made in it."""
        lessons = {each: found for each, found in self.lessons.items() if each != name}
        head = f"{name}."
        kept = tuple(each for each in self.predictions if not each.question.startswith(head))
        return replace(self, lessons=MappingProxyType(lessons), predictions=kept)

    def _of(self, name: str) -> LessonProgress:
        return self.lessons.get(name, LessonProgress())

    def _with_lesson(self, name: str, lesson: LessonProgress) -> Progress:
        return replace(self, lessons=MappingProxyType({**self.lessons, name: lesson}))


class Store:
    """The file in which progress is kept.

    Args:
        path: the file; the one in the state directory unless given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or locations.state() / FILE
        self.told = ""
        """What the learner should know of the last reading; empty if all was well."""
        self.is_kept = True
        """Whether changes are written; not over a file of a later version."""

    def read(self) -> Progress:
        """Return what is kept; nothing where there is no file, or one that cannot be read."""
        self.told, self.is_kept = "", True
        if guest.is_active():
            kept = guest.memory.get(FILE)
            return parse(kept) if kept else Progress()
        try:
            with self.path.open("rb") as file:
                return parse(file.read(LARGEST + 1))
        except FileNotFoundError:
            return Progress()
        except NewerError as error:
            self.is_kept = False
            self.told = f"{self.path}: {error}; it is left alone, and nothing is saved"
        except DamagedError as error:
            self.told = f"{self.path}: {error}; {self._put_aside()}"
        except OSError as error:
            self.is_kept = False
            self.told = f"{self.path} cannot be read: {reason(error)}; nothing is saved"
        return Progress()

    def change(self, how: Callable[[Progress], Progress]) -> Progress:
        """Read what is kept, change it, and keep the result; return it.

        Another program may have written meanwhile: what is changed is what is there now.

        Raises:
            OSError: it cannot be written.
        """
        before = self.read()
        after = how(before)
        if self.is_kept and after != before:
            self.write(after)
        return after

    def write(self, progress: Progress) -> None:
        """Keep it, in place of what was there.

        Raises:
            OSError: it cannot be written.
        """
        if guest.is_active():
            guest.memory[FILE] = printed(progress).encode()
            return
        write_privately(self.path, printed(progress))

    def forget(self) -> None:
        """Remove the file.

        Raises:
            OSError: it cannot be removed.
        """
        self.path.unlink(missing_ok=True)

    def _put_aside(self) -> str:
        """Rename what cannot be read, and say so."""
        number = 1
        while (aside := self.path.with_name(f"progress.damaged-{number}.json")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except OSError as error:
            self.is_kept = False
            return f"it cannot be put aside ({reason(error)}), so nothing is saved"
        return f"it is kept as {aside.name}, and progress begins anew"


def printed(progress: Progress) -> str:
    """Return progress as the JSON text of its file."""
    whole: dict[str, Any] = {"schema": SCHEMA}
    if progress.learner:
        whole["learner"] = progress.learner
    whole["lessons"] = {
        name: {
            "status": lesson.status.value,
            "beat": lesson.beat,
            "moves": lesson.moves,
            "best": lesson.best,
            "hints": lesson.hints,
            "first_seen": lesson.first_seen,
            "done_at": lesson.done_at or None,
        }
        for name, lesson in sorted(progress.lessons.items())
    }
    whole["predictions"] = [
        {
            "question": each.question,
            "choice": each.choice,
            "confidence": each.confidence or None,
            "correct": each.correct,
            "seed": each.seed,
            "at": each.at,
        }
        for each in progress.predictions
    ]
    whole["misconceptions"] = {
        name: {"seen": belief.seen, "missed": belief.missed, "last": belief.last}
        for name, belief in sorted(progress.misconceptions.items())
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def parse(data: bytes) -> Progress:
    """Read progress from the bytes of a file.

    Raises:
        DamagedError: it is no progress file.
        NewerError: a later version of the program wrote it.
    """
    if len(data) > LARGEST:
        raise DamagedError("it is larger than 4 MB")
    try:
        whole = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise DamagedError("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        message = f"it is not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise DamagedError(clean(message)) from None
    except RecursionError:
        raise DamagedError("it is nested too deep") from None
    top = _mapping(whole, "the file")
    schema = _number(top, "schema", "the file")
    if schema > SCHEMA:
        raise NewerError(f"it has schema {schema}, and this version reads {SCHEMA}")
    return Progress(
        lessons=MappingProxyType(_entries(top, "lessons", _lesson)),
        predictions=tuple(_answers(top))[-MOST_PREDICTIONS:],
        misconceptions=MappingProxyType(_entries(top, "misconceptions", _belief)),
        learner=_text(top, "learner", "the file", limit=80),
    )


def _entries(top: dict[str, Any], key: str, read: Callable[[dict[str, Any], str], Any]) -> Any:
    entries = _mapping(top.get(key, {}), key)
    if len(entries) > MOST_ENTRIES:
        raise DamagedError(f"{key} has more than {MOST_ENTRIES:,} entries")
    found = {}
    for name, value in entries.items():
        where = f"{key}.{clean(name, 48)}"
        found[clean(name, 48)] = read(_mapping(value, where), where)
    return found


def _lesson(entry: dict[str, Any], where: str) -> LessonProgress:
    status = _text(entry, "status", where)
    if status not in tuple(Status):
        raise DamagedError(f"{where}.status is {quote(status)}; it is started or done")
    best = None if entry.get("best") is None else _number(entry, "best", where)
    return LessonProgress(
        status=Status(status),
        beat=_text(entry, "beat", where, limit=48),
        moves=_number(entry, "moves", where, default=0),
        best=best,
        hints=_number(entry, "hints", where, default=0),
        first_seen=_text(entry, "first_seen", where, limit=40),
        done_at=_text(entry, "done_at", where, limit=40),
    )


def _answers(top: dict[str, Any]) -> list[Answer]:
    entries = top.get("predictions", [])
    if not isinstance(entries, list):
        raise DamagedError("predictions is no list")
    found = []
    for number, value in enumerate(entries):
        where = f"predictions[{number}]"
        entry = _mapping(value, where)
        correct = entry.get("correct")
        if not isinstance(correct, bool):
            raise DamagedError(f"{where}.correct is neither true nor false")
        confidence = _text(entry, "confidence", where)
        if confidence not in ("", *CONFIDENCES):
            raise DamagedError(f"{where}.confidence is {quote(confidence)}")
        found.append(
            Answer(
                question=_text(entry, "question", where, limit=100),
                choice=_text(entry, "choice", where, limit=48),
                correct=correct,
                seed=_number(entry, "seed", where),
                confidence=confidence,
                at=_text(entry, "at", where, limit=40),
            )
        )
    return found


def _belief(entry: dict[str, Any], where: str) -> Belief:
    return Belief(
        seen=_number(entry, "seen", where, default=0),
        missed=_number(entry, "missed", where, default=0),
        last=_text(entry, "last", where, limit=40),
    )


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DamagedError(f"{where} is no object")
    return value


def _number(entry: dict[str, Any], key: str, where: str, default: int | None = None) -> int:
    value = entry.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise DamagedError(f"{where}.{key} is no whole number from 0")
    return value


def _text(entry: dict[str, Any], key: str, where: str, *, limit: int = 40) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise DamagedError(f"{where}.{key} is no text")
    return clean(value, limit)
