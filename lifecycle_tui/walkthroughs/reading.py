"""A walkthrough's file to a walkthrough: read strictly, every problem with its place.

Nothing in it is executed: commands go through the program's own verbs, and of other files it names
only scenarios and lessons that come with the program or stand below its own folder.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from lifecycle_tui import locations
from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.expressions import ExpressionError, problems
from lifecycle_tui.language.context import Context, recordings_of
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.verbs import Claim, Explain, Statement
from lifecycle_tui.lessons.bounds import too_much
from lifecycle_tui.lessons.limits import TITLE, too_wide
from lifecycle_tui.lessons.loading import load_lesson
from lifecycle_tui.lessons.model import Line
from lifecycle_tui.lessons.pack import lesson_files, path_below, scenario_path
from lifecycle_tui.lessons.reading import (
    begins,
    each,
    format_1,
    identifier,
    is_list,
    known,
    mappings,
    moved,
    read_bytes,
    sentence,
)
from lifecycle_tui.lessons.staging import NAMES, NEVER, verb_of
from lifecycle_tui.lessons.templates import Template, template
from lifecycle_tui.play.branches import name_problem
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, describe, parse_bytes
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError, did_you_mean
from lifecycle_tui.scenario.readers import integer
from lifecycle_tui.scenario.recordings import read_recording
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.sessions.supposing import SUPPOSE
from lifecycle_tui.units.text import clean, quote
from lifecycle_tui.walkthroughs.fitting import caption_problem
from lifecycle_tui.walkthroughs.model import PANES, Compare, Mark, Size, Step, Walkthrough
from lifecycle_tui.walkthroughs.staging import supposed

MOST_STEPS: Final = 60
MOST_LINES: Final = 40
"""Commands of one step."""
MOST_SIZES: Final = 6
MOST_RECORDINGS: Final = 10
LEAST: Final = Size(80, 24)
MOST: Final = Size(300, 100)
"""The sizes at which a walkthrough may be tested; below the least there are no lanes."""
DEFAULT_SIZES: Final = (LEAST,)
_CAPTION: Final = 400
"""Characters of a caption, at most."""
MOST_LETTERS: Final = 2_000
"""Characters of a command, at most."""
_SIZE: Final = re.compile(r"([1-9][0-9]{1,3})x([1-9][0-9]{1,3})")

_TOP: Final = ("format", "title", "scenario", "lesson", "set", "seed", "recordings", "sizes",
                "steps")  # fmt: skip
_STEP: Final = ("caption", "do", "show", "compare", "snapshot")
_MARK: Final = ("name", "text", "svg")


def load_walkthrough(path: Path) -> Walkthrough:
    """Read a walkthrough's file, and the scenario it plays on.

    Raises:
        ScenarioError: what is wrong with it, all of it.
        OSError: it cannot be read.
    """
    return parse_walkthrough(read_bytes(path), path)


def parse_walkthrough(data: bytes, path: Path) -> Walkthrough:
    """Read a walkthrough from the bytes of its file.

    Args:
        data: not more than ``lessons.reading.LARGEST`` bytes.
        path: where it stands; scenarios of its own stand below the same folder.

    Raises:
        ScenarioError: what is wrong with it, all of it.
    """
    name = clean(str(path))
    node = parse_bytes(data, name)
    if not isinstance(node, Mapping):
        found = f"found {describe(node)}; a walkthrough has the keys {', '.join(_TOP)}"
        raise ScenarioError([Problem(node.place, found)])
    noted = Problems()
    reader = _Reader(path, data.decode("utf-8-sig").splitlines(), noted)
    walkthrough = reader.read(Fields(node, noted, "", _TOP))
    noted.check()
    assert walkthrough is not None
    return walkthrough


class _Stage(NamedTuple):
    """What a walkthrough plays on."""

    plan: Plan
    origin: Origin


class _Reader:
    """One file while it is read."""

    def __init__(self, path: Path, lines: list[str], noted: Problems) -> None:
        self._path = path
        self._lines = lines
        self._noted = noted
        self._plan: Plan | None = None
        self._recordings: dict[str, Recording] = {}
        self._sizes: tuple[Size, ...] = DEFAULT_SIZES

    def read(self, top: Fields) -> Walkthrough | None:
        top.require("format", format_1, 1)
        title = top.require("title", sentence(80), "")
        if too_wide(title, TITLE):
            top.refuse("title", too_wide(title, TITLE))
        self._sizes = self._read_sizes(top)
        stage = self._stage(top)
        self._plan = stage and stage.plan
        self._recordings = dict(recordings_of(self._plan.commands)) if self._plan else {}
        self._recordings |= self._read_recordings(top)
        steps = self._steps(top)
        if stage is None:
            return None
        name = clean(str(self._path))
        return Walkthrough(
            name, title, stage.plan, stage.origin, self._sizes, steps, self._recordings
        )

    # What it plays on.

    def _stage(self, top: Fields) -> _Stage | None:
        seed = top.read("seed", integer(0, 2**32 - 1), None)
        settings = tuple(each(top, "set", sentence(200)))
        named = [key for key in ("scenario", "lesson") if key in top]
        if len(named) != 1:
            what = "one of scenario and lesson" if named else "scenario (or lesson) is missing"
            top.problems.add(top.place, f"{what}: a walkthrough plays on one of them")
            return None
        key = named[0]
        written = top.read(key, sentence(200), "")
        if not written:
            return None
        place = top.where(key)
        try:
            if key == "lesson":
                path, own, lesson_seed = self._lesson(written, place)
                settings, seed = (*own, *settings), lesson_seed if seed is None else seed
            else:
                path = scenario_path(written, self._path, place, "walkthrough")
            saved = open_scenario(str(path), seed, settings)
        except ScenarioError as error:
            for problem in error.problems:
                self._noted.add(*problem)
            return None
        except OSError as error:
            top.refuse(key, f"{quote(written)} cannot be read: {error.strerror}")
            return None
        excess = too_much(saved.plan, "walkthrough")
        if excess:
            top.refuse(key, excess)
            return None
        return _Stage(saved.plan, saved.origin)

    def _lesson(self, written: str, place: Place) -> tuple[Path, tuple[str, ...], int | None]:
        """Return the scenario of a lesson, how the lesson changes it, and its seed."""
        names = {path.stem.partition("-")[2]: path for path in lesson_files(locations.lessons())}
        found = names.get(written)
        if found is None and written.endswith(".md"):
            found = path_below(written, self._path, place, "lesson", "walkthrough")
        if found is None:
            hint = did_you_mean(written, names)
            message = f"lesson: there is no file and no lesson of the course {quote(written)}{hint}"
            raise ScenarioError([Problem(place, message)])
        lesson = load_lesson(found)
        path = scenario_path(lesson.scenario, found, lesson.where("scenario"))
        return path, lesson.settings, lesson.seed

    def _read_recordings(self, top: Fields) -> dict[str, Recording]:
        """Return the recorded arrivals that stand in files below the walkthrough's folder."""
        found: dict[str, Recording] = {}
        for written in each(top, "recordings", sentence(200), most=MOST_RECORDINGS):
            place = top.where("recordings")
            try:
                path = path_below(written, self._path, place, "recordings", "walkthrough")
                recording = None if path is None else read_recording(path, self._noted)
            except ScenarioError as error:
                self._noted.add(*error.problems[0])
                continue
            except OSError as error:
                top.refuse("recordings", f"{quote(written)} cannot be read: {error.strerror}")
                continue
            if path is None:
                top.refuse("recordings", f"there is no file {quote(written)}")
            elif recording is not None:
                found[recording.name] = recording
        return found

    # Sizes.

    def _read_sizes(self, top: Fields) -> tuple[Size, ...]:
        sizes = tuple(each(top, "sizes", _size, most=MOST_SIZES))
        if "sizes" in top and not sizes and not top.items("sizes"):
            top.refuse("sizes", "a list of sizes, as [80x24, 120x40]; leave it out for 80x24")
        for size in dict.fromkeys(size for size in sizes if sizes.count(size) > 1):
            top.refuse("sizes", f"{size} stands there more than once")
        return sizes or DEFAULT_SIZES

    # Steps.

    def _steps(self, top: Fields) -> tuple[Step, ...]:
        if not top.items("steps"):
            if "steps" not in top or is_list(top.node("steps")):
                top.refuse("steps", "a walkthrough has steps: - caption: What is seen.")
            return ()
        entries = mappings(top, "steps", _STEP)
        if len(entries) > MOST_STEPS:
            message = f"{len(entries)} steps; at most {MOST_STEPS}"
            self._noted.add(entries[MOST_STEPS].place, message)
            return ()
        steps = tuple(self._step(entry) for entry in entries)
        seen: dict[str, Place] = {}
        for mark in (step.mark for step in steps if step.mark is not None):
            first = seen.setdefault(mark.name, mark.place)
            if first != mark.place:
                message = f"there is a snapshot {quote(mark.name)} on line {first.line} already"
                self._noted.add(mark.place, message)
        return steps

    def _step(self, entry: Fields) -> Step:
        lines: list[Line] = []
        asked: list[Explain] = []
        nodes = entry.items("do")
        if len(nodes) > MOST_LINES:
            message = f"{len(nodes)} commands in a step; at most {MOST_LINES}"
            self._noted.add(nodes[MOST_LINES].place, message)
        for node in nodes[:MOST_LINES]:
            line = self._line(node)
            if line is None:
                continue
            lines.append(line)
            statement = self._statement(line)
            if isinstance(statement, Explain):
                asked.append(statement)
        pane = entry.read("show", known(PANES, "pane"), "")
        if asked and pane not in ("", "why"):
            entry.refuse("show", f"the step asks why, and so shows why; it cannot show {pane} too")
        if "compare" in entry and asked:
            entry.refuse("compare", "the step asks why; compare in a step of its own")
        return Step(
            place=entry.place,
            caption=entry.require("caption", self._caption, Template(())),
            lines=tuple(lines),
            pane="why" if asked else pane or PANES[0],
            event=asked[-1].event if asked else None,
            compare=entry.read("compare", _compare, None),
            mark=self._mark(entry),
        )

    def _caption(self, node: Node) -> Template:
        text = " ".join(sentence(_CAPTION)(node).split())
        begin = begins(self._lines, node)
        try:
            found = template(text)
        except ExpressionError as error:
            raise UnfitError(error.message, moved(begin, error.column)) from None
        for column, expression in found.expressions:
            for problem in problems(expression, NAMES):
                raise UnfitError(problem.message, moved(begin, column + problem.column - 1))
        misfit = caption_problem(found.plain)
        if misfit:
            raise UnfitError(misfit)
        return found

    def _line(self, node: Node) -> Line | None:
        try:
            return Line(begins(self._lines, node), sentence(MOST_LETTERS)(node))
        except UnfitError as misfit:
            self._noted.add(node.place, f"do: {misfit}")
            return None

    def _statement(self, line: Line) -> Statement | None:
        """Return what a command says; None with a problem noted, or where there is no scenario."""
        if self._plan is None:
            return None
        verb = verb_of(line)
        if verb == SUPPOSE:
            try:
                supposed(line)
            except ScenarioError as error:
                self._noted.add(*error.problems[0])
            return None
        if verb in NEVER:
            self._noted.add(line.place, f"{quote(verb)} has no place in a walkthrough")
            return None
        # With these recordings at hand no file is read: a stranger's line names none.
        context = Context(self._plan, self._plan.functions, recordings=self._recordings, exact=True)
        try:
            statement = parse_line(line.text, context, line.place)
        except ScenarioError as error:
            for problem in error.problems:
                self._noted.add(*problem)
            return None
        if isinstance(statement, Claim):
            self._noted.add(line.place, "'claim' has no place in a walkthrough")
        return statement

    def _mark(self, entry: Fields) -> Mark | None:
        if "snapshot" not in entry:
            return None
        place = entry.where("snapshot")
        if not isinstance(entry.node("snapshot"), Mapping):
            name = entry.read("snapshot", identifier, "")
            return Mark(place, name, self._sizes, ()) if name else None
        fields = entry.inner("snapshot", _MARK)
        name = fields.require("name", identifier, "")
        text, svg = (
            tuple(dict.fromkeys(each(fields, key, self._listed, most=MOST_SIZES)))
            for key in ("text", "svg")
        )
        if "text" not in fields and "svg" not in fields:
            text = self._sizes
        return Mark(place, name, text, svg) if name else None

    def _listed(self, node: Node) -> Size:
        size = _size(node)
        if size not in self._sizes:
            listed = ", ".join(map(str, self._sizes))
            raise UnfitError(f"{size} is none of the walkthrough's sizes ({listed})")
        return size


def _size(node: Node) -> Size:
    text = node.text if isinstance(node, Scalar) else ""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise UnfitError(f"found {describe(node)}; expected columns and lines, as 80x24")
    size = Size(int(match[1]), int(match[2]))
    if not (LEAST.width <= size.width <= MOST.width and LEAST.height <= size.height <= MOST.height):
        raise UnfitError(f"{size} is out of range; allowed: {LEAST} to {MOST}")
    return size


def _compare(node: Node) -> Compare:
    name = sentence(40)(node)
    problem = name_problem(name, ())
    if problem:
        raise UnfitError(problem)
    return Compare(node.place, name)
