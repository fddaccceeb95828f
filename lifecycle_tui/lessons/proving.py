"""``lessons test``: a lesson is run, many times, and shown to hold what it promises.

At the start every check fails. Its solution reaches it, within twice its par. Each prediction has
exactly one right option, over twenty seeds; no right option is refuted, and each wrong one is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.lessons.model import Block, Check, Lesson, Predict, Solution, Stage
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.staging import (
    RefusedError,
    Staged,
    broken_bans,
    key_of,
    met_goals,
    moves,
    passes,
    right_options,
)
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError
from lifecycle_tui.units.text import plural, quote

SEEDS: Final = 20
SLACK: Final = 2
"""A solution may take so many times its par."""


def prove(lesson: Lesson, seeds: int = SEEDS) -> list[Problem]:
    """Return everything that a lesson does not hold; empty if all is well.

    Args:
        lesson: as it was read.
        seeds: how many runs predictions are tried on, the lesson's own among them.
    """
    try:
        plan = load_plan(lesson)
    except ScenarioError as error:
        return list(error.problems)
    first = _Proof(lesson, plan.seed)
    found = first.run()
    if found:
        return _sorted(found)
    rights = {predict.id: [first.right[predict.id]] for predict in lesson.predictions}
    for seed in range(plan.seed + 1, plan.seed + seeds):
        proof = _Proof(lesson, seed)
        found += proof.run(only_predictions=True)
        for name, right in proof.right.items():
            rights[name].append(right)
        if found:
            return _sorted(found)
    for predict in lesson.predictions:
        found += _unrefuted(predict, rights[predict.id])
    return _sorted(found)


def _sorted(found: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place)


class _Proof:
    """One run of a whole lesson: its stages, what it asks, and its solutions."""

    def __init__(self, lesson: Lesson, seed: int) -> None:
        self._lesson = lesson
        self._seed = seed
        self._staged = Staged(load_plan(lesson, seed=seed))
        self.right: dict[str, str] = {}
        """The right option of each prediction."""
        self._open: Check | None = None

    def run(self, *, only_predictions: bool = False) -> list[Problem]:
        """Go through the lesson; with other seeds than its own only predictions matter."""
        found: list[Problem] = []
        if not only_predictions:
            for check in self._lesson.checks:
                found += self._asked(check.place, self._at_start(check))
        for _, block in self._lesson.blocks():
            try:
                found += self._block(block, only_predictions=only_predictions)
            except RefusedError as error:
                return [*found, self._told(*error.problem)]
        return found

    def _block(self, block: Block, *, only_predictions: bool) -> list[Problem]:
        if isinstance(block, Stage):
            self._staged.run(block.lines)
        elif isinstance(block, Predict):
            self._staged.run(block.after)
            return self._asked(block.place, self._predicted(block))
        elif isinstance(block, Check):
            self._open = block
            if not only_predictions:
                return self._asked(block.place, self._opened(block))
        elif isinstance(block, Solution) and self._open is not None:
            check, self._open = self._open, None
            self._staged.run(block.lines)
            if not only_predictions:
                return self._asked(block.place, self._solved(check, block))
        return []

    def _asked(self, place: Place, found: Iterator[Problem]) -> list[Problem]:
        """Return what was found; an expression without an answer is a problem too."""
        try:
            return list(found)
        except ExpressionError as error:
            return [self._told(place, f"an expression has no answer: {error.message}")]

    def _at_start(self, check: Check) -> Iterator[Problem]:
        if passes(check, self._staged.names):
            message = f"check {check.id} holds before anything is done"
            yield self._told(check.place, f"{message}; ask for an event first, as count(inv) >= 1")

    def _opened(self, check: Check) -> Iterator[Problem]:
        if passes(check, self._staged.names):
            yield self._told(check.place, f"check {check.id} holds already where it is set")

    def _solved(self, check: Check, solution: Solution) -> Iterator[Problem]:
        names = self._staged.names
        for goal, met in zip(check.all, met_goals(check, names), strict=True):
            if not met:
                message = f"after its solution, check {check.id} lacks {quote(goal.text, 60)}"
                yield self._told(goal.place, message)
        for ban, broken in zip(check.forbid, broken_bans(check, names), strict=True):
            if broken:
                message = f"the solution of {check.id} does what it forbids"
                yield self._told(ban.place, f"{message}: {ban.expression.text}")
        par = check.par or self._lesson.par
        taken = moves(solution.lines)
        if taken > SLACK * par:
            message = f"the solution takes {plural(taken, 'move')}, and par is {par}"
            yield self._told(solution.place, f"{message}: at most {SLACK * par}")

    def _predicted(self, predict: Predict) -> Iterator[Problem]:
        names = self._staged.names
        right = right_options(predict, names)
        if len(right) == 1:
            self.right[predict.id] = right[0]
        elif right:
            told = " and ".join(quote(key) for key in right)
            yield self._told(predict.place, f"prediction {predict.id}: {told} are right at once")
        elif predict.answer is not None:
            answer = quote(key_of(predict.answer.expression.evaluate(names)))
            message = f"prediction {predict.id}: the answer is {answer}, which is no option"
            yield self._told(predict.answer.place, message)
        else:
            yield self._told(predict.place, f"prediction {predict.id}: no option is right")
        texts = [option.text for option in predict.options] + [predict.ask]
        texts += [refutation.say for refutation in predict.refute.values()]
        texts += [] if predict.explain is None else [predict.explain]
        filled = [text.fill(names) for text in texts]
        shown = filled[: len(predict.options)]
        if len(set(shown)) < len(shown):
            yield self._told(predict.place, f"prediction {predict.id}: two options read the same")

    def _told(self, place: Place, message: str) -> Problem:
        return Problem(place, f"{message} (seed {self._seed})")


def _unrefuted(predict: Predict, rights: list[str]) -> Iterator[Problem]:
    """Yield options that nobody is told why they are wrong, and refutations that nobody sees."""
    for option in predict.options:
        times = rights.count(option.key)
        if not times and option.key not in predict.refute:
            message = "is wrong with every seed, and nothing says why; write it into refute"
            yield Problem(option.place, f"prediction {predict.id}: {quote(option.key)} {message}")
        elif times == len(rights) and option.key in predict.refute:
            place = predict.refute[option.key].place
            message = f"{quote(option.key)} is right with every seed, and yet it is refuted"
            yield Problem(place, f"prediction {predict.id}: {message}")
