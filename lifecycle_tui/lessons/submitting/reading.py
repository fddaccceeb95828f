"""The text of a submission's file to the submission: read strictly, and nothing is run.

It is read in two parts. The head says of which lesson and version it is; what was done can only be
read beside that lesson's scenario.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.language.context import Context
from lifecycle_tui.lessons.progress import CONFIDENCES
from lifecycle_tui.lessons.submitting.submission import FORMAT, Choice, Submission, Work
from lifecycle_tui.play.branches import MOST_BRANCHES, Branch
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.problems import Place, ScenarioError
from lifecycle_tui.sessions.branching import Branches, named
from lifecycle_tui.sessions.layout import LARGEST
from lifecycle_tui.sessions.lines import CutOffError, Line, Lines, checked, refuse
from lifecycle_tui.units.text import clean, quote

MOST_ANSWERS: Final = 200
MOST_GOALS: Final = 50
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]{1,32}")
_STORY: Final = re.compile(r"[0-9a-f]{16}")


class BinaryError(ScenarioError):
    """A file that holds no text at all."""


@dataclass(slots=True)
class Head:
    """What stands above the goals, and the lines that are still to be read."""

    lines: Lines
    line: Line | None = None
    """The first of them."""
    program: str = ""
    lesson: str = ""
    story: str = ""
    learner: str = ""
    answers: dict[str, Choice] = field(default_factory=dict)


def parse_head(data: bytes, file: str) -> Head:
    """Read the head of a submission.

    Args:
        data: the bytes of the file.
        file: its name for the places of errors.

    Raises:
        OtherFormatError: another version wrote it.
        CutOffError: its end is missing.
        AlteredError: it is not as it was saved.
        BinaryError: it is no text.
        ScenarioError: anything else that is wrong with it.
    """
    start = Place(file, 1, 1)
    if len(data) > LARGEST + 1_000:
        refuse(start, f"the file is larger than {LARGEST // 1_000_000} MB, the most it may be")
    if not data:
        refuse(start, "the file is empty", CutOffError)
    head = Head(Lines(file, checked(_decoded(data, start), file, FORMAT)))
    line = head.lines.next(0)
    while line is not None and line.word != "goal":
        _heading(line, head)
        line = head.lines.next(0)
    head.line = line
    if not (head.program and head.lesson and head.story):
        here = head.lines.here
        refuse(here, "something is missing: program, lesson and story stand above the goals")
    return head


def _decoded(data: bytes, start: Place) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith(FORMAT.magic.encode()) and error.end == len(data):
            refuse(start, "the file is cut off in the middle of a character", CutOffError)
        refuse(start, "the file is no text", BinaryError)
    if "\0" in text:
        refuse(start, "the file is no text", BinaryError)
    return text


def _heading(line: Line, head: Head) -> None:
    match line.word:
        case "program":
            head.program = _fit(line, line.text(), _VERSION, "a version of a program")
        case "lesson":
            head.lesson = _fit(line, line.rest, _NAME, "the id of a lesson")
        case "story":
            head.story = _fit(line, line.rest, _STORY, "a digest")
        case "learner":
            head.learner = clean(line.text(), 80)
        case "answer":
            _answer(line, head.answers)
        case _:
            refuse(line.place, f"{quote(line.word)} is no word of a submission")


def _answer(line: Line, answers: dict[str, Choice]) -> None:
    words = line.rest.split(" ", 2)
    if len(words) != 3 or words[1] not in ("-", *CONFIDENCES):
        refuse(line.at, "answer: expected the prediction, how sure, and the option")
    name = _fit(line, words[0], _NAME, "the name of a prediction")
    if name in answers or len(answers) >= MOST_ANSWERS:
        refuse(line.at, f"answer: {quote(name)} stands here twice, or there are too many")
    answers[name] = Choice(clean(words[2], 48), "" if words[1] == "-" else words[1])


def _fit(line: Line, text: str, form: re.Pattern[str], what: str) -> str:
    if not form.fullmatch(text):
        refuse(line.at, f"{line.word}: {quote(text, 60)} is not {what}")
    return text


def parse_rest(head: Head, plan: Plan) -> Submission:
    """Read what stands below the head.

    Args:
        head: as it was read; its lines can be read once.
        plan: of the lesson's scenario.

    Raises:
        ScenarioError: what is wrong with it.
    """
    return Submission(
        head.lesson,
        head.story,
        head.learner,
        MappingProxyType(head.answers),
        MappingProxyType(_Goals(head, plan).read()),
        head.program,
    )


class _Goals:
    """Reads the goals of one submission."""

    def __init__(self, head: Head, plan: Plan) -> None:
        self._lines = head.lines
        self._line = head.line
        self._plan = plan
        start = Context.at_start(plan)
        # No recordings: a submission reads no other file.
        self._branches = Branches(head.lines, replace(start, exact=True, recordings={}))

    def read(self) -> dict[str, Work]:
        found: dict[str, Work] = {}
        while self._line is not None:
            line = self._line
            if line.word != "goal":
                refuse(line.place, f"{quote(line.word)} stands behind the first goal")
            name = _fit(line, line.rest, _NAME, "the name of a goal")
            if name in found or len(found) >= MOST_GOALS:
                refuse(line.at, f"goal: {quote(name)} stands here twice, or there are too many")
            self._go_on()
            found[name] = self._work(line)
        return found

    def _go_on(self) -> None:
        self._line = self._lines.next(0)

    def _work(self, goal: Line) -> Work:
        current = self._expect("current").rest
        most = len(self._plan.functions) - 1
        function = self._expect("function").read(readers.integer(0, most))
        branches: dict[str, Branch] = {}
        while self._line is not None and self._line.word == "branch":
            line = self._line
            if len(branches) >= MOST_BRANCHES:
                refuse(line.place, f"more than {MOST_BRANCHES} branches")
            branch = self._branches.read(named(line, branches), branches)
            if (branch.parent is None) == bool(branches):
                refuse(line.place, "parent: the first branch has none, and all others have one")
            branches[branch.name] = branch
            self._go_on()
        if current not in branches:
            refuse(goal.at, f"no branch is called {quote(current)}, the current one")
        return Work(tuple(branches.values()), current, function)

    def _expect(self, word: str) -> Line:
        """Return the line that has to stand here."""
        line = self._line
        if line is None or line.word != word:
            refuse(self._lines.here if line is None else line.place, f"expected {word}")
        self._go_on()
        return line
