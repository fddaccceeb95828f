"""Judging one submission: its commands are replayed on the lesson's own scenario.

Of what a file says only the commands and the answers are used. Whether a goal was reached is asked
of the run that these commands make here, and the right answer of a prediction of the lesson's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lifecycle_tui import __version__
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.language.printing import print_line
from lifecycle_tui.lessons.bounds import too_much
from lifecycle_tui.lessons.grading.bounded import TooMuchError, bounded_run
from lifecycle_tui.lessons.grading.grades import Grade, Part, Verdict
from lifecycle_tui.lessons.model import Check, Lesson, Predict, Solution, Stage
from lifecycle_tui.lessons.pack import Pack, load_plan
from lifecycle_tui.lessons.staging import LOOKING, Staged, broken_bans, met_goals, right_options
from lifecycle_tui.lessons.submitting.reading import BinaryError, Head, parse_head, parse_rest
from lifecycle_tui.lessons.submitting.submission import Choice, Submission, Work, story_digest
from lifecycle_tui.play.branches import RulesDate, Step, WhatIf, played_by
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.layout import MAGIC
from lifecycle_tui.sessions.lines import AlteredError, CutOffError, OtherFormatError
from lifecycle_tui.units.text import plural, quote

_OF_ERRORS: Final[Mapping[type[ScenarioError], Verdict]] = {
    OtherFormatError: Verdict.OTHER_VERSION,
    CutOffError: Verdict.TRUNCATED,
    AlteredError: Verdict.TAMPERED,
    BinaryError: Verdict.BINARY,
}
_SENDING: Final = frozenset({"fire", "burst", "pattern"})
"""One verb in three words: who may send one event may send several."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What a lesson itself comes to."""

    plan: Plan
    story: str
    right: Mapping[str, str]
    """By prediction, the right option."""
    told: Mapping[str, tuple[Step, ...]]
    """By check, what the lesson did before it."""


class Judge:
    """Judges submissions of the lessons of one folder.

    Args:
        pack: the lessons.
        least: the score, in percent, from which a submission passes.
    """

    def __init__(self, pack: Pack, least: int) -> None:
        self._pack = pack
        self._least = least
        self._keys: dict[str, _Key] = {}

    def judge(self, data: bytes, file: str) -> Grade:
        """Return what becomes of the bytes of a file; it never raises for what they hold."""
        lesson = learner = ""
        try:
            head = parse_head(data, file)
            lesson, learner = head.lesson, head.learner
            return self._of_head(head, file)
        except ScenarioError as error:
            told = error.problems[0].message
            if data.startswith(MAGIC.encode()):
                told = "a saved session names no lesson; hand in: progress export --submission"
            verdict = _OF_ERRORS.get(type(error), Verdict.INVALID)
            return Grade(file, verdict, told, lesson, learner)
        except (TooMuchError, MemoryError) as error:
            told = str(error) or "the run needs more memory than there is for it"
            return Grade(file, Verdict.TOO_MUCH, told, lesson, learner)

    def _of_head(self, head: Head, file: str) -> Grade:
        lesson = self._pack.find(head.lesson)
        if lesson is None:
            told = f"there is no lesson {quote(head.lesson)} in {self._pack.folder.name}"
            return Grade(file, Verdict.UNKNOWN_LESSON, told, head.lesson, head.learner)
        key = self._keys.get(lesson.id)
        if key is None:
            key = self._keys[lesson.id] = _key_of(lesson)
        other = ""
        if head.program != __version__:
            other = f"made with lifecycle-tui {head.program}; this is {__version__}"
        elif head.story != key.story:
            other = "made with another version of this lesson"
        if other:
            return Grade(file, Verdict.OTHER_VERSION, other, lesson.id, head.learner)
        handed = parse_rest(head, key.plan)
        parts = (*_goals(lesson, handed, key), *_predictions(lesson, handed, key))
        grade = Grade(file, Verdict.PASSED, "", lesson.id, head.learner, parts)
        told = f"{grade.points} of {plural(len(parts), 'part')} right"
        if grade.score < self._least:
            told = f"{told}, and {self._least} % are needed"
            return replace(grade, verdict=Verdict.BELOW, told=told)
        return replace(grade, told=told)


def _key_of(lesson: Lesson) -> _Key:
    """Run a lesson as it is told, and note what is right.

    Raises:
        RefusedError: one of its commands cannot be carried out.
        ScenarioError: its scenario cannot be read.
    """
    plan = load_plan(lesson)
    staged = Staged(plan)
    right: dict[str, str] = {}
    told: dict[str, tuple[Step, ...]] = {}
    for _, block in lesson.blocks():
        match block:
            case Stage() | Solution():
                staged.run(block.lines)
            case Predict():
                staged.run(block.after)
                right[block.id] = next(iter(right_options(block, staged.names)), "")
            case Check():
                told[block.id] = staged.session.branch.steps
            case _:
                pass
    return _Key(plan, story_digest(lesson, plan), right, told)


def _goals(lesson: Lesson, handed: Submission, key: _Key) -> list[Part]:
    """Judge every goal of a lesson; a goal of no check counts nothing."""
    return [_goal(lesson, check, handed.works.get(check.id), key) for check in lesson.checks]


def _goal(lesson: Lesson, check: Check, work: Work | None, key: _Key) -> Part:
    if work is None:
        return Part("goal", check.id, is_right=False, told="not reached")
    mine = _own_steps(work, key.told[check.id])
    moves = len(mine) + len(work.branch.variations)
    wrong = _forbidden_verb(lesson, work, mine, key.plan) or _missed(check, work, key.plan)
    if wrong:
        return Part("goal", check.id, is_right=False, told=wrong, moves=moves)
    told = f"reached in {plural(moves, 'move')}"
    return Part("goal", check.id, is_right=True, told=told, moves=moves)


def _own_steps(work: Work, told: tuple[Step, ...]) -> list[Step]:
    """Return the learner's steps: those that the lesson itself had not taken."""
    left = Counter(told)
    mine = []
    for step in work.branch.steps:
        if left[step]:
            left[step] -= 1
        else:
            mine.append(step)
    return mine


def _forbidden_verb(lesson: Lesson, work: Work, mine: list[Step], plan: Plan) -> str:
    """Name a verb that the learner used and the lesson does not have; nothing if all is well."""
    if not lesson.allow:
        return ""
    allowed = {*lesson.allow, *LOOKING}
    if allowed & _SENDING:
        allowed |= _SENDING
    names = [function.name for function in plan.functions]
    used = ["restart"] if work.branch.variations else []
    used += [_verb(step, names) for step in mine]
    wrong = next((verb for verb in used if verb not in allowed), "")
    return f"{wrong} is no part of this lesson" if wrong else ""


def _verb(step: Step, names: list[str]) -> str:
    if isinstance(step, RulesDate):
        return "rules"
    if isinstance(step, WhatIf):
        return "suppose"
    return print_line(step, names).split(" ", 1)[0]


def _missed(check: Check, work: Work, plan: Plan) -> str:
    """Replay a run, and say what it misses; nothing if it reaches the goal.

    Raises:
        TooMuchError: the run has too much in it.
    """
    base, live = played_by(plan, work.branch)
    excess = too_much(replace(base, commands=base.commands + live))
    if excess:
        raise TooMuchError(f"{check.id}: {excess}")
    session = Session(plan, simulate=bounded_run)
    session.load(work.branches, work.current)
    session.function = work.function
    names = Staged(plan, session).names
    try:
        met = met_goals(check, names)
        broken = broken_bans(check, names)
    except ExpressionError as error:
        return f"the run cannot be asked: {error}"
    if not all(met):
        missed = check.all[met.index(False)]
        return f"the replay does not reach it: {missed.text}"
    if any(broken):
        return f"forbidden: {check.forbid[broken.index(True)].expression.text}"
    return ""


def _predictions(lesson: Lesson, handed: Submission, key: _Key) -> list[Part]:
    return [
        _prediction(predict, handed.answers.get(predict.id), key.right[predict.id])
        for predict in lesson.predictions
    ]


def _prediction(predict: Predict, choice: Choice | None, right: str) -> Part:
    if choice is None:
        return Part("prediction", predict.id, is_right=False, told="not answered")
    if predict.option(choice.key) is None:
        told = f"{quote(choice.key)} is no option"
        return Part("prediction", predict.id, False, told, choice.confidence)
    is_right = choice.key == right
    told = "right" if is_right else f"answered {quote(choice.key)}; the run has {quote(right)}"
    return Part("prediction", predict.id, is_right, told, choice.confidence)
