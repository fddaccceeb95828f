"""Lint: does the first hint give the answer away?

The first level of a hint says where to look. It may contain neither the text nor the key of the
right option, nor a value that the solution sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lifecycle_tui.lessons.model import Beat, Check, Hint, Lesson, Line, Predict, Solution
from lifecycle_tui.scenario.problems import Problem
from lifecycle_tui.units.text import quote

_SHORTEST: Final = 3
"""Letters of a word that gives something away; shorter ones are too common."""
_WORD: Final = re.compile(r"[\w.$/-]+")


def leaks(lesson: Lesson) -> Iterator[Problem]:
    """Yield first hints that say what only the learner should."""
    for beat in lesson.beats:
        for place, block in enumerate(beat.blocks):
            if not isinstance(block, Hint) or not block.levels:
                continue
            where, text = block.levels[0]
            for secret in _secrets(beat, place):
                if _contains(text, secret):
                    message = f"the first hint gives {quote(secret)} away; say where to look"
                    yield Problem(where, message)
                    break


def _secrets(beat: Beat, place: int) -> Iterator[str]:
    """Yield what a hint may not say: it belongs to the prediction or check before it."""
    asked = next(
        (each for each in reversed(beat.blocks[:place]) if isinstance(each, Predict | Check)), None
    )
    if isinstance(asked, Predict):
        for option in asked.options:
            # A wrong option has a refutation; without one it is the right one, or may be.
            if option.key not in asked.refute:
                yield option.text.plain
                if len(option.key) >= _SHORTEST:
                    yield option.key
    elif isinstance(asked, Check):
        following = (each for each in beat.blocks[place:] if isinstance(each, Solution))
        preceding = (each for each in reversed(beat.blocks[:place]) if isinstance(each, Solution))
        solution = next(following, None) or next(preceding, None)
        if solution is not None:
            for line in solution.lines:
                yield from _values(line)


def _values(line: Line) -> Iterator[str]:
    """Yield the values that a command sets: ``6s`` of ``restart timeout=6s``."""
    for word in line.text.split()[1:]:
        _, equals, value = word.partition("=")
        given = value if equals else word
        if any(letter.isdigit() for letter in given):
            yield given.strip("{}[],")


def _contains(text: str, secret: str) -> bool:
    """Whether a text has all words of another, next to each other."""
    words = [word.strip(".").lower() for word in _WORD.findall(text)]
    sought = [word.strip(".").lower() for word in _WORD.findall(secret)]
    return bool(sought) and any(
        words[begin : begin + len(sought)] == sought for begin in range(len(words))
    )
