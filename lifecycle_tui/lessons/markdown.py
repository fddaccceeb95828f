"""A lesson's Markdown, line by line: front matter, headings, prose and fenced blocks, with places.

Only what a lesson needs of Markdown has a meaning here: ATX headings, paragraphs, lists, and
fences of three backticks. What a fence holds is left to ``loading``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.lessons.reading import ID
from lifecycle_tui.scenario.nodes import Node, parse_nodes
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError
from lifecycle_tui.units.text import quote

MOST_LINES: Final = 4_000
MOST_PARTS: Final = 400
"""Headings, paragraphs and blocks of a file."""
LONGEST_LINE: Final = 1_000

_FENCE: Final = re.compile(r"(`{3,}|~{3,})\s*(.*)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*(?:\{#([^}]*)\})?\s*#*\s*")
_LIST: Final = re.compile(r"(?:[-*]|[0-9]{1,2}\.)\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; with an id it begins a beat."""

    place: Place
    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of prose that belong together: a paragraph, or one item of a list."""

    place: Place
    lines: tuple[str, ...]
    """As written, without the mark of a list."""
    mark: str
    """``- ``, ``1. `` and the like for an item of a list; empty for a paragraph."""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block."""

    place: Place
    """Where its fence opens."""
    info: str
    """What stands after the backticks."""
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """What it holds."""
        return "\n".join(self.lines)

    def node(self) -> Node:
        """Read what it holds as YAML; places are those of the whole file.

        Raises:
            ScenarioError: it is not.
        """
        return yaml_at(self.lines, self.place.line + 1, self.place.file)


Part = Heading | Paragraph | Fence


@dataclass(frozen=True, slots=True)
class Document:
    """A file of Markdown, in its parts."""

    front: tuple[str, ...] | None
    """The lines of the front matter; None if there is none."""
    parts: tuple[Part, ...]


def yaml_at(lines: tuple[str, ...], first: int, file: str) -> Node:
    """Read lines as YAML that stands from a line of a file on.

    Raises:
        ScenarioError: they are not YAML, at its place in that file.
    """
    try:
        return parse_nodes("\n" * (first - 1) + "\n".join(lines) + "\n", file)
    except ScenarioError as error:
        raise ScenarioError(map(_with_hint, error.problems)) from None


def _with_hint(problem: Problem) -> Problem:
    """Say what is meant where an expression stands between the signs of a list or a mapping."""
    if "flow " not in problem.message:
        return problem
    hint = "within [ ] or { }, what has such signs, a comma or a colon stands in quotes"
    return problem._replace(message=f"{problem.message}; {hint}")


def split(text: str, file: str, problems: Problems) -> Document:
    """Take Markdown apart.

    Args:
        text: of the whole file.
        file: how places name it.
        problems: what is wrong with its form is noted there.
    """
    return _Splitter(text, file, problems).document()


class _Splitter:
    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self._lines = text.split("\n")
        self._file = file
        self._problems = problems
        self._parts: list[Part] = []
        self._at = 0

    def document(self) -> Document:
        self._check_size()
        front = self._front()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
            elif _FENCE.match(line):
                self._fence()
            elif line.startswith("#"):
                self._heading()
            else:
                self._paragraph()
        return Document(front, tuple(self._parts))

    def _check_size(self) -> None:
        if len(self._lines) > MOST_LINES:
            self._problems.add(self._place(MOST_LINES), f"more than {MOST_LINES:,} lines")
            self._problems.check()
        for number, line in enumerate(self._lines):
            if len(line) > LONGEST_LINE:
                self._problems.add(
                    self._place(number, LONGEST_LINE + 1),
                    f"a line of {len(line):,} characters; at most {LONGEST_LINE:,}",
                )

    def _front(self) -> tuple[str, ...] | None:
        if not self._lines or self._lines[0].rstrip() != "---":
            return None
        for number, line in enumerate(self._lines[1:], start=1):
            if line.rstrip() == "---":
                self._at = number + 1
                return tuple(self._lines[1:number])
        self._problems.add(self._place(0), "the front matter is not closed with a line ---")
        self._problems.check()
        return None

    def _fence(self) -> None:
        opened = self._at
        match = _FENCE.match(self._lines[opened])
        assert match is not None
        marks = match[1]
        if marks[0] == "~":
            self._problems.add(self._place(opened), "a fence of ~; write ``` instead")
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            if line.startswith(marks) and not line.strip(marks[0]):
                break
            self._at += 1
        else:
            self._problems.add(self._place(opened), f"the block is not closed with {marks}")
        lines = tuple(self._lines[opened + 1 : self._at])
        self._at += 1
        self._add(Fence(self._place(opened), " ".join(match[2].split()), lines))

    def _heading(self) -> None:
        line, place = self._lines[self._at], self._place(self._at)
        self._at += 1
        match = _HEADING.fullmatch(line)
        if match is None or not match[2]:
            self._problems.add(
                place, "a heading is # and a space and its words, as ## Look {#look}"
            )
            return
        name = match[3]
        if name is not None and ID.fullmatch(name) is None:
            self._problems.add(
                Place(self._file, place.line, line.index("{#") + 1),
                f"{quote('#' + name)} is no id; write small letters, digits and hyphens",
            )
            name = ""
        self._add(Heading(place, len(match[1]), match[2], name or ""))

    def _paragraph(self) -> None:
        began = self._at
        first = self._lines[began].strip()
        mark = _LIST.match(first)
        if first.startswith("<!--"):
            return self._comment()
        lines = [first[mark.end() :] if mark else first]
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or _FENCE.match(line) or line.startswith("#"):
                break
            if _LIST.match(line.strip()):
                break
            lines.append(line.strip())
            self._at += 1
        column = len(self._lines[began]) - len(self._lines[began].lstrip()) + 1
        shown = "" if mark is None else f"{mark.group().strip()} "
        self._add(Paragraph(self._place(began, column), tuple(lines), shown))
        return None

    def _comment(self) -> None:
        """Leave out a comment, which is for authors."""
        began = self._at
        while self._at < len(self._lines):
            self._at += 1
            if "-->" in self._lines[self._at - 1]:
                return
        self._problems.add(self._place(began), "the comment is not closed with -->")

    def _add(self, part: Part) -> None:
        self._parts.append(part)
        if len(self._parts) > MOST_PARTS:
            self._problems.add(
                part.place, f"more than {MOST_PARTS} headings, paragraphs and blocks"
            )
            self._problems.check()

    def _place(self, index: int, column: int = 1) -> Place:
        return Place(self._file, index + 1, column)
