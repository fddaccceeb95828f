"""What grading comes to: a verdict on each file, and what its score is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What became of a submission."""

    PASSED = "passed"
    BELOW = "below"
    """It was replayed, and its score is too low."""
    TAMPERED = "tampered"
    """Its bytes are not those that were saved."""
    TRUNCATED = "truncated"
    TOO_LARGE = "too large"
    BINARY = "binary"
    OTHER_VERSION = "other version"
    """Another version of the program or of the lesson made it."""
    UNKNOWN_LESSON = "unknown lesson"
    INVALID = "invalid"
    """It is whole and says something that no submission says."""
    TOO_MUCH = "too much"
    """Its replay has more events, records, or memory than a lesson needs."""
    TOO_LONG = "too long"
    """Its replay takes too long."""
    UNREADABLE = "unreadable"


class Part(NamedTuple):
    """One thing that a lesson asks for."""

    kind: str
    """``goal`` or ``prediction``."""
    id: str
    is_right: bool
    told: str
    """Why, in a few words."""
    confidence: str = ""
    """Of a prediction; empty if not asked."""
    moves: int | None = None
    """Of a goal: how many commands it took."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What became of one file."""

    file: str
    verdict: Verdict
    told: str
    """Why, in a sentence."""
    lesson: str = ""
    learner: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def points(self) -> int:
        """How many parts are right."""
        return sum(part.is_right for part in self.parts)

    @property
    def score(self) -> int:
        """The percentage of parts that are right, rounded down."""
        return self.points * 100 // len(self.parts) if self.parts else 0
