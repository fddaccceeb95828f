"""What is said of a lesson that is played, whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui.units.translation import tr, tr_later, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.lessons.playing.asking import Told
    from lifecycle_tui.lessons.playing.standing import Reached

NOTHING_TO_REVIEW: Final = tr_later("nothing to review: no question is open that you got wrong")
RIGHT: Final = tr_later("RIGHT")
WRONG: Final = tr_later("WRONG")
SKIPPED: Final = tr_later("SKIPPED")


def verdict_words(told: Told) -> tuple[str, str]:
    """Return what became of a prediction: one word, and a sentence."""
    options = told.asked.options
    right = options[told.right] if told.right >= 0 else "…"
    if told.chosen is None:
        return SKIPPED, tr("It was: {right}.", right=right)
    if told.is_right:
        return RIGHT, f"{right} ({tr(str(told.confidence))})."
    mine = options[told.chosen]
    return WRONG, tr(
        "You said: {mine} ({confidence}). It was: {right}.",
        mine=mine,
        confidence=tr(str(told.confidence)),
        right=right,
    )


def reached_words(reached: Reached, par: int) -> str:
    """Return how a goal was reached."""
    if reached.shown:
        return tr_many(
            "That is one way to do it. Par is {count:,} move.",
            "That is one way to do it. Par is {count:,} moves.",
            par,
        )
    return tr_many(
        "Reached in {count:,} move; par is {par}.",
        "Reached in {count:,} moves; par is {par}.",
        reached.moves,
        par=par,
    )


def score_words(right: int, of: int) -> str:
    """Return how many questions were answered well."""
    return tr_many(
        "{right} of {count:,} question right.",
        "{right} of {count:,} questions right.",
        of,
        right=right,
    )
