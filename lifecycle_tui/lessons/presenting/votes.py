"""Raised hands: counted, typed as numbers, and shown as shares. No screen."""

from __future__ import annotations

from typing import Final, NamedTuple

DIGITS: Final = 4
"""Digits of a number of hands: no room holds more."""
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
"""By how much of it is filled, a cell of a bar."""
_WHOLE: Final = "█"


class Votes(NamedTuple):
    """How many hands each option got."""

    hands: tuple[int, ...]

    @property
    def total(self) -> int:
        """All hands."""
        return sum(self.hands)

    @property
    def percent(self) -> tuple[int, ...]:
        """The shares in percent, so rounded that they make a hundred; all 0 without any hand."""
        total = self.total
        if not total:
            return (0,) * len(self.hands)
        whole = [hands * 100 // total for hands in self.hands]
        left = 100 - sum(whole)
        by_rest = sorted(range(len(whole)), key=lambda n: (-(self.hands[n] * 100 % total), n))
        for place in by_rest[:left]:
            whole[place] += 1
        return tuple(whole)

    def bar(self, place: int, cells: int, *, ascii_only: bool = False) -> str:
        """Return an option's bar: the option with the most hands fills all cells.

        Args:
            place: which option.
            cells: of the longest bar.
            ascii_only: whether it is drawn with ``#`` alone.
        """
        most = max(self.hands, default=0)
        if not most:
            return ""
        if ascii_only:
            filled = self.hands[place] * cells // most
            return "#" * max(filled, bool(self.hands[place]))
        whole, rest = divmod(self.hands[place] * cells * 8 // most, 8)
        bar = _WHOLE * whole + (EIGHTHS[rest] if rest else "")
        return bar or (EIGHTHS[1] if self.hands[place] else "")


class Ballot(NamedTuple):
    """Numbers of hands while they are typed, option after option."""

    options: int
    typed: tuple[str, ...] = ("",)
    """The digits of each option that has its turn or had it."""

    @property
    def place(self) -> int:
        """The option whose number is typed."""
        return len(self.typed) - 1

    @property
    def is_last(self) -> bool:
        """Whether the last option's number is typed."""
        return len(self.typed) == self.options

    @property
    def votes(self) -> Votes:
        """What is typed by now; an option without a number has no hands."""
        hands = [int(digits or 0) for digits in self.typed]
        return Votes((*hands, *(0,) * (self.options - len(hands))))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.typed)

    def digit(self, digit: str) -> Ballot:
        """Type a digit; a number that is long enough stays as it is."""
        *before, digits = self.typed
        longer = digits + digit
        if len(longer.lstrip("0")) > DIGITS:
            return self
        return self._replace(typed=(*before, longer.lstrip("0") or "0"))

    def next(self) -> Ballot:
        """Go to the next option; behind the last one there is none."""
        return self if self.is_last else self._replace(typed=(*self.typed, ""))

    def rub_out(self) -> Ballot:
        """Take the last digit back; where there is none, go to the option before."""
        *before, digits = self.typed
        if digits:
            return self._replace(typed=(*before, digits[:-1]))
        return self._replace(typed=tuple(before)) if before else self
