"""Points, calibration, and the form in which a progress file keeps them."""

from __future__ import annotations

import json

import pytest

from lifecycle_tui.play.predictions.model import Confidence
from lifecycle_tui.play.predictions.score import ScoreBook, Tally, points


@pytest.mark.parametrize(
    ("confidence", "right", "earned"),
    [
        (Confidence.GUESS, True, 1),
        (Confidence.THINK, True, 1),
        (Confidence.CERTAIN, True, 2),
        (Confidence.GUESS, False, 0),
        (Confidence.THINK, False, 0),
        (Confidence.CERTAIN, False, -1),
    ],
)
def test_points(confidence: Confidence, right: bool, earned: int) -> None:
    assert points(confidence, right=right) == earned
    assert ScoreBook().with_answer(confidence, right=right).points == earned


def book() -> ScoreBook:
    found = ScoreBook().with_skip()
    for right in (True, True, False):
        found = found.with_answer(Confidence.CERTAIN, right=right)
    return found.with_answer(Confidence.GUESS, right=True)


def test_calibration_is_told_by_confidence_the_surest_first() -> None:
    assert book().points == 4
    assert book().answered == 4
    assert book().summary() == "score 4 · right when certain 2 of 3, guess 1 of 1"
    assert ScoreBook().summary() == "score 0 · nothing answered yet"


def test_a_book_goes_through_json() -> None:
    text = json.dumps(book().plain())
    assert text == '{"certain": [2, 3], "think": [0, 0], "guess": [1, 1], "skipped": 1}'
    assert ScoreBook.of_plain(json.loads(text)) == book()
    assert book().certain == Tally(2, 3)


@pytest.mark.parametrize(
    ("change", "blamed"),
    [
        ({"certain": [4, 3]}, "certain"),
        ({"think": [1]}, "think"),
        ({"guess": "2 of 3"}, "guess"),
        ({"guess": [True, 1]}, "guess"),
        ({"skipped": -1}, "skipped"),
        ({"skipped": None}, "skipped"),
    ],
)
def test_a_book_of_another_form_is_refused_by_name(change: dict[str, object], blamed: str) -> None:
    with pytest.raises(ValueError, match=f"^{blamed} has to be"):
        ScoreBook.of_plain(book().plain() | change)
