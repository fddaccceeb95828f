"""The lines of a session file: whole, of this format, as they were saved, each with its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, NamedTuple, NoReturn, TypeVar

from lifecycle_tui import __version__
from lifecycle_tui.engine.worktime import LONGEST_US
from lifecycle_tui.scenario.fields import Reader, UnfitError
from lifecycle_tui.scenario.nodes import Node, plain
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError
from lifecycle_tui.scenario.readers import describe_value, node_text
from lifecycle_tui.sessions.layout import DIGEST, FORMAT, INDENT, MAGIC, digest_of
from lifecycle_tui.units.durations import EXPECTED, parse_duration
from lifecycle_tui.units.numbers import UnitError
from lifecycle_tui.units.text import clean, quote

T = TypeVar("T")
_DIGITS: Final = 64
"""Of a digest."""


class OtherFormatError(ScenarioError):
    """A file of a format that this version does not read."""


class CutOffError(ScenarioError):
    """A file whose end is missing."""


class AlteredError(ScenarioError):
    """A file that is not as it was saved."""


class Format(NamedTuple):
    """What a file of lines begins with, and what it is called."""

    magic: str
    number: int
    name: str


SESSION: Final = Format(MAGIC, FORMAT, "a session file")


def is_session(data: bytes) -> bool:
    """Whether bytes begin as a session file does."""
    return data.startswith(MAGIC.encode("ascii"))


def checked(text: str, file: str, of: Format = SESSION) -> list[str]:
    """Return the lines of a file that is whole, of its format, and as it was saved."""
    start = Place(file, 1, 1)
    first = text.partition("\n")[0].rstrip("\r")
    match = re.fullmatch(re.escape(of.magic) + r" ([0-9]{1,9})", first)
    if match is None:
        refuse(start, f"found {quote(first)}; {of.name} begins with '{of.magic} {of.number}'")
    if int(match[1]) != of.number:
        refuse(
            start,
            f"format {match[1]}; this version ({__version__}) reads format {of.number}."
            " A later version of lifecycle-tui wrote it",
            OtherFormatError,
        )
    text = text.replace("\r\n", "\n")
    body, found, digest = text.rpartition(DIGEST)
    digest = digest.rstrip("\n")
    lines = body.split("\n")
    if not found or (body and not body.endswith("\n")):
        end = Place(file, text.count("\n") + 1, 1)
        message = f"the file is cut off: its last line, '{DIGEST}…', is missing"
        refuse(end, message, CutOffError)
    if digest != digest_of(body):
        if len(digest) < _DIGITS and digest_of(body).startswith(digest):
            refuse(Place(file, len(lines), 1), "the file is cut off in its last line", CutOffError)
        message = "the file is not as it was saved: its digest is another. It cannot be trusted"
        refuse(Place(file, len(lines), 1), message, AlteredError)
    return lines[:-1]


def refuse(place: Place, message: str, kind: type[ScenarioError] = ScenarioError) -> NoReturn:
    """Raise a problem with something that stands at a place."""
    raise kind([Problem(place, clean(message, 400))])


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its first word, and the rest with its place."""

    word: str
    rest: str
    place: Place
    """Where the line begins."""

    @property
    def at(self) -> Place:
        """Where the rest begins."""
        return self.place._replace(column=self.place.column + len(self.word) + 1)

    def read(self, reader: Reader[T]) -> T:
        """Read the rest as one plain value."""
        return self.read_at(self.at, reader)

    def read_at(self, place: Place, reader: Reader[T]) -> T:
        """Read the rest as one plain value that stands elsewhere."""
        try:
            return reader(plain(self.rest, place))
        except UnfitError as misfit:
            refuse(place, f"{self.word}: {misfit}")

    def text(self) -> str:
        """Read the rest as text in quotes."""
        try:
            found = json.loads(self.rest)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, str):
            refuse(self.at, f"{self.word}: found {quote(self.rest)}; expected text in quotes")
        return found

    def split(self) -> Line:
        """Return the rest as a line of its own."""
        word, _, rest = self.rest.partition(" ")
        return Line(word, rest, self.at)


class Lines:
    """The lines of one file while they are read, from the second on."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self._lines = lines
        self._next = 1

    @property
    def here(self) -> Place:
        """Where the next line stands."""
        return Place(self.file, self._next + 1, 1)

    def next(self, depth: int) -> Line | None:
        """Return the next line of a block, or None at its end."""
        if self._next >= len(self._lines):
            return None
        text, indent = self._lines[self._next], INDENT * depth
        if not text.startswith(indent):
            return None
        place = Place(self.file, self._next + 1, len(indent) + 1)
        self._next += 1
        word, _, rest = text[len(indent) :].partition(" ")
        if not word:
            refuse(place, "an empty line, or one that is indented too far")
        return Line(word, rest, place)

    def block(self) -> tuple[str, Place]:
        """Return the text of the block that follows, and where it begins."""
        place = self.here._replace(column=len(INDENT) + 1)
        found = []
        while self._next < len(self._lines):
            text = self._lines[self._next]
            if text and not text.startswith(INDENT):
                break
            found.append(text.removeprefix(INDENT))
            self._next += 1
        return "\n".join(found) + "\n", place


def moment(node: Node) -> int:
    """Read a moment; a run may go on for a while after the 366 days of its commands."""
    try:
        time_us = parse_duration(node_text(node))
    except UnitError as error:
        raise UnfitError(f"found {describe_value(node)}, which {error}") from None
    if time_us > 2 * LONGEST_US:
        raise UnfitError(f"{quote(node_text(node))} is too late; expected {EXPECTED}")
    return time_us
