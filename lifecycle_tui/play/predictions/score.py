"""The score: points for predictions, and how far confidence could be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from lifecycle_tui.play.predictions.model import Confidence
from lifecycle_tui.units.translation import tr

SKIPPED: Final = "skipped"


def points(confidence: Confidence, *, right: bool) -> int:
    """Return what an answer earns: right 1 (certain 2), wrong 0 (certain -1).

    >>> points(Confidence.CERTAIN, right=True), points(Confidence.CERTAIN, right=False)
    (2, -1)
    """
    certain = confidence is Confidence.CERTAIN
    if right:
        return 2 if certain else 1
    return -1 if certain else 0


class Tally(NamedTuple):
    """How many answers of one confidence there were, and how many were right."""

    right: int = 0
    of: int = 0


_NONE: Final = Tally()


@dataclass(frozen=True, slots=True)
class ScoreBook:
    """All answers so far, by confidence. Calibration is shown, never ranked."""

    guess: Tally = _NONE
    think: Tally = _NONE
    certain: Tally = _NONE
    skipped: int = 0

    @property
    def points(self) -> int:
        """The score."""
        return sum(
            tally.right * points(confidence, right=True)
            + (tally.of - tally.right) * points(confidence, right=False)
            for confidence, tally in self.tallies
        )

    @property
    def tallies(self) -> tuple[tuple[Confidence, Tally], ...]:
        """Each confidence, the surest first, with its tally."""
        return (
            (Confidence.CERTAIN, self.certain),
            (Confidence.THINK, self.think),
            (Confidence.GUESS, self.guess),
        )

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(tally.of for _, tally in self.tallies)

    def with_answer(self, confidence: Confidence, *, right: bool) -> ScoreBook:
        """Return it with one more answer."""
        before = self._of(confidence)
        after = Tally(before.right + right, before.of + 1)
        tallies = {name.value: after if name is confidence else t for name, t in self.tallies}
        return ScoreBook(**tallies, skipped=self.skipped)

    def with_skip(self) -> ScoreBook:
        """Return it with one more question that was not answered."""
        return replace(self, skipped=self.skipped + 1)

    def summary(self) -> str:
        """Say score and calibration in a line."""
        calibration = self.calibration()
        if not calibration:
            return tr("score 0 · nothing answered yet")
        return tr(
            "score {points} · right when {calibration}",
            points=self.points,
            calibration=calibration,
        )

    def calibration(self) -> str:
        """Say how often each confidence was right: ``certain 3 of 4``; empty before any answer."""
        parts = [
            tr("{sure} {right} of {total}", sure=tr(str(name)), right=t.right, total=t.of)
            for name, t in self.tallies
            if t.of
        ]
        return ", ".join(parts)

    def plain(self) -> dict[str, int | list[int]]:
        """Return it in JSON's types."""
        found: dict[str, int | list[int]] = {name.value: list(t) for name, t in self.tallies}
        return found | {SKIPPED: self.skipped}

    @classmethod
    def of_plain(cls, data: Mapping[str, object]) -> ScoreBook:
        """Return the book that ``plain`` gave.

        Raises:
            ValueError: it is not of that form; the message says what is wrong.
        """
        tallies = {name.value: _tally(name.value, data.get(name.value)) for name in Confidence}
        skipped = data.get(SKIPPED)
        if not _is_count(skipped):
            raise ValueError(f"{SKIPPED} has to be a number from 0, not {skipped!r}")
        return cls(**tallies, skipped=int(str(skipped)))

    def _of(self, confidence: Confidence) -> Tally:
        return dict(self.tallies)[confidence]


def _tally(name: str, value: object) -> Tally:
    if isinstance(value, list) and len(value) == 2 and all(_is_count(each) for each in value):
        right, of = value
        if right <= of:
            return Tally(right, of)
    raise ValueError(f"{name} has to be [right, of], two numbers from 0, not {value!r}")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
