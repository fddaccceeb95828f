"""How times and places are written in sentences: seconds, event numbers, names, lists."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from lifecycle_tui.units.translation import tr

_SECOND: Final = 1_000_000
_MS: Final = 1_000
_HOUR: Final = 3_600 * _SECOND

DAGGER: Final = "†"
"""Beside every number that AWS does not publish."""


def at(time_us: int) -> str:
    """Return a moment in seconds: two decimals, three where two would not be exact.

    From an hour on it is told as a clock does, in whole seconds.

    >>> at(1_480_000), at(1_479_600), at(12_760_631_000)
    ('1.48 s', '1.480 s', '3:32:41 h')
    """
    if time_us >= _HOUR:
        hours, rest = divmod((time_us + _SECOND // 2) // _SECOND, 3_600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d} h"
    decimals = 2 if time_us % 10_000 == 0 else 3
    return f"{_rounded(time_us, decimals)} s"


def span(length_us: int) -> str:
    """Return a length of time: milliseconds below 1 s, whole seconds from 100 s on.

    >>> span(180_000), span(1_020_000), span(3_000_000), span(372_020_000)
    ('180 ms', '1.02 s', '3 s', '372 s')
    """
    if abs(length_us) < _SECOND:
        return f"{_trimmed(_rounded(length_us * 1_000, 2))} ms"
    if length_us >= 100 * _SECOND:
        return f"{(length_us + _SECOND // 2) // _SECOND} s"
    return f"{_trimmed(_rounded(length_us, 3))} s"


def milliseconds(length_us: int) -> str:
    """Return a length in milliseconds with two decimals, as log lines have it (REP-06).

    >>> milliseconds(1_233_964)
    '1233.96'
    """
    hundredths = (length_us + 5) // 10
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def event_name(event: int) -> str:
    """Return an event's name on the screen."""
    return f"#{event}"


def environment_name(number: int) -> str:
    """Return an environment's name on the screen (numbers count from 0, names from 1)."""
    return f"e{number + 1}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: ``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def unstopped(sentence: str) -> str:
    """Return a sentence without its full stop, so that it can go on."""
    return sentence.rstrip(".。")


def some(names: Sequence[str], most: int = 4) -> str:
    """Return the first names and how many others there are."""
    if len(names) <= most:
        return listed(names)
    return tr(
        "{names} and {count} others",
        names=", ".join(names[: most - 1]),
        count=len(names) - most + 1,
    )


def percent(share: float) -> str:
    """Return a share from 0 to 1 as a sentence has it.

    >>> percent(0.1), percent(0.125), percent(1)
    ('10 %', '12.5 %', '100 %')
    """
    return f"{share * 100:.4g} %"


def _rounded(length_us: int, decimals: int) -> str:
    shown = f"{length_us / _SECOND:.{decimals}f}"
    return shown if float(shown) else shown.removeprefix("-")


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def letter(function: int) -> str:
    """Return a function's letter on screen, by its number in the scenario."""
    return _LETTERS[function] if function < len(_LETTERS) else "+"


_LETTERS: Final = ascii_uppercase + ascii_lowercase
