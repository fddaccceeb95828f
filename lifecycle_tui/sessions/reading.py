"""The text of a session's file to the session: read strictly, every problem with its place."""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from dataclasses import dataclass, field, replace
from typing import Final

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.language.context import Context
from lifecycle_tui.play.branches import MOST_BRANCHES, Branch
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError
from lifecycle_tui.scenario.recordings import parse_recording
from lifecycle_tui.sessions.branching import Branches, named
from lifecycle_tui.sessions.layout import AGAINST, LARGEST
from lifecycle_tui.sessions.lines import Line, Lines, checked, refuse
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.units.text import clean, quote

_LARGEST_CSV: Final = 16_000_000
"""Bytes of a recording once it is unpacked, at most."""
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]{1,32}")


def parse_session(data: bytes, file: str) -> Saved:
    """Read the bytes of a session file. Nothing is run, and no other file is read.

    Args:
        data: the bytes; not more than ``LARGEST + 1_000`` of them need to be there.
        file: its name for the places of errors.

    Raises:
        ScenarioError: what is wrong with it.
    """
    start = Place(file, 1, 1)
    if len(data) > LARGEST + 1_000:
        refuse(start, f"the file is larger than {LARGEST // 1_000_000} MB, the most it may be")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        refuse(Place(file, line, column), "the file is not UTF-8 text")
    return _Reader(Lines(file, checked(text, file))).session()


@dataclass(slots=True)
class _Head:
    """What stands above the branches."""

    program: str = ""
    name: str = ""
    seed: int | None = None
    rules: str = ""
    current: str = ""
    overrides: list[str] = field(default_factory=list)
    scenario: tuple[str, Place] | None = None
    recordings: dict[str, Recording] = field(default_factory=dict)


class _Reader:
    """The lines of one file while they are read."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._head = _Head()

    def session(self, *, against: bool = False) -> Saved:
        """Read a session, to the end of the file.

        Args:
            against: whether it is the one that another is compared with.
        """
        head, branches = self._head, dict[str, Branch]()
        line = self._lines.next(0)
        while line is not None and line.word != "branch":
            self._heading(line)
            line = self._lines.next(0)
        text, plan = self._scenario(self._lines.here if line is None else line.place)
        start = Context.at_start(plan)
        reader = Branches(self._lines, replace(start, exact=True, recordings=head.recordings))
        rival: Saved | None = None
        while line is not None:
            if line.word == AGAINST and not against:
                rival = self._against(line)
                break
            self._add(line, reader, branches)
            line = self._lines.next(0)
        if head.current not in branches:
            refuse(self._lines.here, f"no branch is called {quote(head.current)}, the current one")
        origin = Origin(head.name, text, tuple(head.overrides))
        every = tuple(branches.values())
        return Saved(origin, plan, every, head.current, head.program, rival)

    def _against(self, line: Line) -> Saved:
        """Read the session that stands below this one."""
        if line.rest:
            refuse(line.at, f"{AGAINST}: nothing follows it in its line")
        return _Reader(self._lines).session(against=True)

    def _add(self, line: Line, reader: Branches, branches: dict[str, Branch]) -> None:
        if line.word != "branch":
            refuse(line.place, f"{quote(line.word)} stands behind the first branch")
        if len(branches) >= MOST_BRANCHES:
            refuse(line.place, f"more than {MOST_BRANCHES} branches")
        branch = reader.read(named(line, branches), branches)
        if (branch.parent is None) == bool(branches):
            what = "a second branch without a parent" if branches else "the first branch has none"
            refuse(line.place, f"parent: {what}")
        branches[branch.name] = branch

    # What stands above the branches.

    def _heading(self, line: Line) -> None:
        head = self._head
        match line.word:
            case "program":
                head.program = line.text()
                if not _VERSION.fullmatch(head.program):
                    refuse(line.at, f"{quote(head.program)} is no version of a program")
            case "name":
                head.name = clean(line.text(), 60)
            case "seed":
                head.seed = line.read(readers.integer(0, 2**63 - 1))
            case "rules":
                head.rules = line.read(readers.date)
            case "override":
                head.overrides.append(line.text())
            case "current":
                head.current = line.rest
            case "scenario":
                if head.scenario is not None:
                    refuse(line.place, "a second scenario")
                head.scenario = self._lines.block()
            case "recording":
                self._recording(line)
            case _:
                refuse(line.place, f"{quote(line.word)} is no word of a session file")

    def _recording(self, line: Line) -> None:
        name = line.text()
        text, place = self._lines.block()
        try:
            packed = b64decode("".join(text.split()), validate=True)
            unpacking = zlib.decompressobj()
            data = unpacking.decompress(packed, _LARGEST_CSV)
        except (binascii.Error, zlib.error, ValueError):
            refuse(place, f"the recording {quote(name)} cannot be unpacked")
        if not unpacking.eof or unpacking.unused_data:
            message = f"the recording {quote(name)} is cut off, or larger than 16 MB unpacked"
            refuse(place, message)
        problems = Problems()
        recording = parse_recording(data, name, problems)
        problems.check()
        if recording is None or recording.name != name or name in self._head.recordings:
            refuse(line.at, f"{quote(name)} is no name for this recording")
        self._head.recordings[name] = recording

    def _scenario(self, place: Place) -> tuple[str, Plan]:
        """Return the scenario as it was written and as a plan, once everything of it is read."""
        head = self._head
        if head.scenario is None or head.seed is None or not head.rules or not head.program:
            needed = "program, seed, rules and scenario stand above the first branch"
            refuse(place, f"something is missing: {needed}")
        text, begin = head.scenario
        try:
            plan = parse_text(text, begin.file, head.overrides, recordings=head.recordings)
        except ScenarioError as error:
            raise ScenarioError(
                Problem(_moved(one.place, begin), one.message) for one in error.problems
            ) from None
        return text, replace(plan, seed=head.seed, rules_date=head.rules)


def _moved(inner: Place, outer: Place) -> Place:
    """Return where a place of the scenario's text stands in the file around it."""
    if inner.file != outer.file:
        return inner
    column = inner.column + outer.column - 1
    return Place(outer.file, inner.line + outer.line - 1, column)
