"""Questions with numbered answers, and how an answer is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lifecycle_tui.units.translation import tr, tr_later

_SURE: Final = {"a": "guess", "b": "think", "c": "certain"}
_WORDS: Final = {**_SURE, **{word: word for word in _SURE.values()}}
_ANSWER: Final = re.compile(rf"(?:([0-9]{{1,3}})[\s,.)]*)?({'|'.join(_WORDS)})?", re.IGNORECASE)
SKIP: Final = "skip"
HOW_SURE: Final = tr_later("How sure? a guess, b think, c certain.")


class Said(NamedTuple):
    """What was said of an answer."""

    place: int | None
    """The place of the chosen option, from 0; None: the one that was chosen before."""
    confidence: str
    """Empty if it was not said."""


def read_answer(text: str) -> Said | None:
    """Return what ``2``, ``2 c``, ``2 certain`` or ``c`` says; None for anything else."""
    match = _ANSWER.fullmatch(text.strip())
    if match is None or not text.strip():
        return None
    place = None if match[1] is None else int(match[1]) - 1
    return Said(place, _WORDS[match[2].lower()] if match[2] else "")


def question_lines(ask: str, options: Sequence[str]) -> Iterator[str]:
    """Yield a question, its numbered answers, and how to answer."""
    yield tr("Question: {ask}", ask=ask)
    for number, words in enumerate(options, start=1):
        yield f"  {number}. {words}"
    yield tr(
        "Answer 1 to {count} and how sure you are, a guess, b think or c certain: as 1 c. Or skip.",
        count=len(options),
    )


def prompt(options: int, chosen: int | None) -> str:
    """Return what stands before the answer that is typed."""
    return f"1-{options}" if chosen is None else tr("a, b or c")
