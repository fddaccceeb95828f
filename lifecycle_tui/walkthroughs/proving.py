"""Does a walkthrough do what it says? Everything in it is carried out, without a screen."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.lessons.playing.script import Script
from lifecycle_tui.lessons.staging import RefusedError, Staged
from lifecycle_tui.scenario.problems import Problem
from lifecycle_tui.units.text import quote
from lifecycle_tui.walkthroughs.fitting import caption_problem
from lifecycle_tui.walkthroughs.model import Step, Walkthrough
from lifecycle_tui.walkthroughs.walk import staged_of


def prove(walkthrough: Walkthrough) -> list[Problem]:
    """Return what cannot be done or said; nothing where all is well.

    Commands are carried out up to the first one that is refused, or that waits for what never
    comes to hold.
    """
    staged = staged_of(walkthrough)
    found: list[Problem] = []
    for step in walkthrough.steps:
        try:
            Script(staged, step.lines).skip()
        except RefusedError as error:
            return [*found, error.problem]
        found += _said(step, staged)
    return found


def _said(step: Step, staged: Staged) -> Iterator[Problem]:
    """Yield what is wrong with what a step says and shows, once it has been carried out."""
    try:
        text = step.caption.fill(staged.names)
    except ExpressionError as error:
        yield Problem(step.place, f"caption: {error.message}")
    else:
        misfit = caption_problem(text)
        if misfit:
            yield Problem(step.place, f"caption, with its figures: {misfit}")
    if step.compare is None:
        return
    place, name = step.compare
    current = staged.session.branch.name
    names = [branch.name for branch in staged.session.branches]
    if name == current:
        yield Problem(place, f"compare: {quote(name)} is the fork that is shown; name another one")
    elif name not in names:
        there = ", ".join(names[:8])
        yield Problem(place, f"compare: there is no fork {quote(name)} by then; there is {there}")
