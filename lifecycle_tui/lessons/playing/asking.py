"""A prediction of a lesson as it is asked, and what is said about the answer: texts filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lifecycle_tui.expressions import ExpressionError, Value
from lifecycle_tui.lessons.model import Predict
from lifecycle_tui.lessons.staging import right_options
from lifecycle_tui.lessons.templates import Template


class Asked(NamedTuple):
    """A question, with the numbers of its run."""

    ask: str
    options: tuple[str, ...]


class Told(NamedTuple):
    """What became of a prediction."""

    asked: Asked
    chosen: int | None
    """The place of the chosen option; None if it was skipped."""
    right: int
    """The place of the right one."""
    confidence: str
    say: str
    """Why the chosen option is wrong; empty if it is right, or was skipped."""
    explain: str
    rules: tuple[str, ...]
    misconception: str
    """What stands behind the chosen option, if it is wrong and a known misconception."""

    @property
    def is_right(self) -> bool:
        """Whether the right option was chosen."""
        return self.chosen == self.right


def filled(text: Template, names: Mapping[str, Value]) -> str:
    """Return a text with its values; where one has none, with ``…`` in its place."""
    try:
        return text.fill(names)
    except ExpressionError:
        return text.plain


def asked_of(predict: Predict, names: Mapping[str, Value]) -> Asked:
    """Return a prediction as it is asked."""
    options = tuple(filled(option.text, names) for option in predict.options)
    return Asked(filled(predict.ask, names), options)


def told_of(
    predict: Predict,
    asked: Asked,
    names: Mapping[str, Value],
    chosen: int | None,
    confidence: str,
) -> Told:
    """Return what is said once the run has answered.

    Args:
        predict: the question.
        asked: as it was asked.
        names: of the run after its commands.
        chosen: the place of the chosen option; None if it was skipped.
        confidence: how sure the learner was; empty if not asked.
    """
    keys = [option.key for option in predict.options]
    try:
        found = right_options(predict, names)
    except ExpressionError:
        found = ()
    right = keys.index(found[0]) if found else -1
    refutation = None
    if chosen is not None and chosen != right:
        refutation = predict.refute.get(keys[chosen])
    return Told(
        asked,
        chosen,
        right,
        confidence,
        say="" if refutation is None else filled(refutation.say, names),
        explain="" if predict.explain is None else filled(predict.explain, names),
        rules=predict.rules,
        misconception="" if refutation is None else refutation.misconception,
    )


def tested_by(predict: Predict) -> str:
    """Return the misconception that a question is about; empty if it is about none."""
    found = (each.misconception for each in predict.refute.values() if each.misconception)
    return next(found, "")
