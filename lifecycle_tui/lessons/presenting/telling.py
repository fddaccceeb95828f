"""What a presentation tells the terminal with the notes: a small file, written whole each time.

The presenter writes it with every step, and renews its time every few seconds: who reads it knows
from that whether the presentation is still running. Nothing goes over a network.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from lifecycle_tui import locations
from lifecycle_tui.files import reason, write_privately
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.printing import summary
from lifecycle_tui.lessons.presenting.slides import Kind
from lifecycle_tui.units.text import clean

FORMAT: Final = 1
EVERY_S: Final = 2.0
"""So often a presentation says that it is running, though nothing has changed."""
STALE_S: Final = 7.0
"""A presentation that has not said so for this long has ended without saying so."""
_LARGEST: Final = 64_000
_LATEST_S: Final = 1e11
"""No time of day is later: that is some three thousand years."""
_TEXT: Final = 1_000
_MOST: Final = 40
"""Texts of a list."""


class Option(NamedTuple):
    """An option as its presenter sees it."""

    text: str
    hands: int | None
    """None while nobody has voted."""
    right: bool


class Report(NamedTuple):
    """What there is to know of a presentation at a moment."""

    title: str
    minutes: int
    slide: int
    """Its number, from 1."""
    slides: int
    heading: str
    now: str
    """What the slide is about."""
    next: str
    """What the next one is about; empty on the last one."""
    notes: tuple[str, ...] = ()
    aids: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    state: str = ""
    """What is unusual: it is black, a vote is being counted, something is tried out."""
    started_s: float | None = None
    """When it left its first slide, in seconds of the time of day; None: not yet."""


def file_of(lesson: str) -> Path:
    """Return where the presentation of a lesson tells how it stands."""
    return locations.state() / "presenting" / f"{lesson}.json"


def report_of(show: Presentation, *, blank: bool, started_s: float | None) -> Report:
    """Return what is told of a presentation.

    Args:
        show: where it stands.
        blank: whether the screen is black.
        started_s: when it left its first slide.
    """
    slide, lesson = show.step, show.deck.lesson
    following = show.steps[show.at + 1 : show.at + 2]
    return Report(
        title=f"{lesson.order}. {lesson.title}",
        minutes=lesson.minutes,
        slide=show.at + 1,
        slides=len(show.steps),
        heading=slide.heading,
        now=summary(slide),
        next=summary(following[0]) if following else "",
        notes=slide.notes,
        aids=slide.aids,
        options=_options(show),
        state=_state(show, blank=blank),
        started_s=started_s,
    )


def _options(show: Presentation) -> tuple[Option, ...]:
    question, vote = show.step.question, show.vote
    if question is None:
        return ()
    return tuple(
        Option(text, None if vote is None else vote.hands[place], place == question.right)
        for place, text in enumerate(question.options)
    )


def _state(show: Presentation, *, blank: bool) -> str:
    if blank:
        return "the screen is black"
    if show.ballot is not None:
        return f"counting hands for {show.ballot.place + 1}"
    if show.is_interrupted:
        return "something is being tried out"
    if show.is_watched:
        return "it is playing"
    if show.step.kind is Kind.CHALLENGE and show.has_reached:
        return "reached"
    return ""


class Teller:
    """Writes the file of a presentation.

    Args:
        path: the file.
        now_s: the time of day in seconds.
    """

    def __init__(self, path: Path, now_s: Callable[[], float]) -> None:
        self._path = path
        self._now_s = now_s
        self._token = f"{os.getpid()}-{now_s()}"
        self._last: Report | None = None
        self.trouble = ""
        """Why it cannot be written; empty while all is well."""

    def tell(self, report: Report) -> None:
        """Write how it stands, unless that has been written already."""
        if report != self._last:
            self._last = report
            self._write(report)

    def still_there(self) -> None:
        """Say that the presentation is still running, unless another one has taken its place."""
        owner = _owner(self._path)
        if owner == self._token:
            self._touch()
        elif self._last is not None and (not owner or _is_stale(self._path, self._now_s())):
            self._write(self._last)

    def leave(self) -> None:
        """Take the file away."""
        with suppress(OSError):
            if _owner(self._path) == self._token:
                self._path.unlink()

    def _write(self, report: Report) -> None:
        found = {
            "format": FORMAT,
            "owner": self._token,
            **report._asdict(),
            "options": [option._asdict() for option in report.options],
        }
        try:
            write_privately(self._path, json.dumps(found))
        except OSError as error:
            where = clean(str(self._path))
            self.trouble = f"notes cannot follow: {reason(error)}: {where}"
        else:
            self.trouble = ""
            self._touch()

    def _touch(self) -> None:
        """Let the time of the file be now: what it says holds now."""
        now_s = self._now_s()
        with suppress(OSError):
            os.utime(self._path, (now_s, now_s))


def heard(path: Path, now_s: float) -> Report | None:
    """Return how a presentation stands; None if none is running.

    Args:
        path: its file.
        now_s: the time of day in seconds.
    """
    if _is_stale(path, now_s):
        return None
    try:
        return _report(_read(path))
    except (KeyError, TypeError, ValueError):
        return None


def _is_stale(path: Path, now_s: float) -> bool:
    """Whether whoever wrote a file has ended without saying so, or nobody has written one."""
    try:
        return abs(now_s - path.stat().st_mtime) > STALE_S
    except OSError:
        return True


def _report(found: Mapping[str, Any]) -> Report:
    """Read a report; nothing in the file is believed before it has been looked at.

    Raises:
        KeyError: something is missing.
        TypeError: something is no number where there has to be one.
        ValueError: the file is of another version.
    """
    if found["format"] != FORMAT:
        raise ValueError(FORMAT)
    return Report(
        title=_text(found["title"]),
        minutes=_whole(found["minutes"]),
        slide=_whole(found["slide"]),
        slides=_whole(found["slides"]),
        heading=_text(found["heading"]),
        now=_text(found["now"]),
        next=_text(found["next"]),
        notes=_texts(found["notes"]),
        aids=_texts(found["aids"]),
        options=tuple(
            Option(
                _text(one["text"]),
                None if one["hands"] is None else _whole(one["hands"]),
                one["right"] is True,
            )
            for one in found["options"][:_MOST]
        ),
        state=_text(found["state"]),
        started_s=_moment_s(found["started_s"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return clean(value, _TEXT)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(each) for each in value[:_MOST])


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return min(max(value, 0), 1_000_000)


def _moment_s(value: object) -> float | None:
    """Return a time of day in seconds; None where there is none."""
    if value is None:
        return None
    if not isinstance(value, int | float) or not 0 <= value < _LATEST_S:
        raise TypeError(value)
    return float(value)


def _owner(path: Path) -> str:
    """Return whose file it is; empty where there is none, or none that can be read."""
    owner = _read(path).get("owner", "")
    return owner if isinstance(owner, str) else ""


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
