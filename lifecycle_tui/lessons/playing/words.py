"""What is said of a lesson that is played, whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui.units.text import plural

if TYPE_CHECKING:
    from lifecycle_tui.lessons.playing.asking import Told
    from lifecycle_tui.lessons.playing.standing import Reached

NOTHING_TO_REVIEW: Final = "nothing to review: no question is open that you got wrong"
RIGHT: Final = "RIGHT"
WRONG: Final = "WRONG"
SKIPPED: Final = "SKIPPED"


def verdict_words(told: Told) -> tuple[str, str]:
    """Return what became of a prediction: one word, and a sentence."""
    options = told.asked.options
    right = options[told.right] if told.right >= 0 else "…"
    if told.chosen is None:
        return SKIPPED, f"It was: {right}."
    if told.is_right:
        return RIGHT, f"{right} ({told.confidence})."
    mine = options[told.chosen]
    return WRONG, f"You said: {mine} ({told.confidence}). It was: {right}."


def reached_words(reached: Reached, par: int) -> str:
    """Return how a goal was reached."""
    if reached.shown:
        return f"That is one way to do it. Par is {plural(par, 'move')}."
    return f"Reached in {plural(reached.moves, 'move')}; par is {par}."


def score_words(right: int, of: int) -> str:
    """Return how many questions were answered well."""
    return f"{right} of {plural(of, 'question')} right."
