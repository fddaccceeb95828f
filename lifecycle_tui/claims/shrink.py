"""What is smaller than a candidate: fewer events, plainer ones, shorter gaps, fewer settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lifecycle_tui.claims.candidate import Base, Candidate, Sent, is_accepted
from lifecycle_tui.engine.plan import HOUR, MINUTE, MS, SECOND, Outcome
from lifecycle_tui.engine.worktime import Constant

ROUND_US: Final = tuple(
    sorted(
        (
            0,
            *(n * SECOND for n in (1, 2, 3, 4, 5, 10, 15, 20, 30)),
            *(n * MINUTE for n in (1, 2, 5, 10, 15, 20, 30)),
            HOUR,
        )
    )
)
"""Gaps that read well."""
_ROUND_INIT_US: Final = tuple(n * 500 * MS for n in range(1, 23))


def smaller(candidate: Candidate, base: Base) -> Iterator[Candidate]:
    """Yield candidates that are smaller in one way, the greatest steps first."""
    events, settings = candidate.events, candidate.settings
    for place in range(len(events) - 1, -1, -1):
        if len(events) > 1:
            yield Candidate(settings, _without(events, place))
    for place in range(len(settings)):
        yield from _accepted(Candidate(settings[:place] + settings[place + 1 :], events), base)
    for place, sent in enumerate(events):
        for plainer in _plainer(sent):
            yield Candidate(settings, (*events[:place], plainer, *events[place + 1 :]))
    for place, (field, value) in enumerate(settings):
        for less in _less(field, value, base):
            changed = (*settings[:place], (field, less), *settings[place + 1 :])
            yield from _accepted(Candidate(changed, events), base)


def _without(events: tuple[Sent, ...], place: int) -> tuple[Sent, ...]:
    """Return the events without one; the first of the rest begins at 0, the others stay apart."""
    rest = [*events[:place], *events[place + 1 :]]
    if place < len(rest):
        gap_us = rest[place].gap_us + events[place].gap_us if place else 0
        rest[place] = rest[place]._replace(gap_us=gap_us)
    return tuple(rest)


def _plainer(sent: Sent) -> Iterator[Sent]:
    if sent.deploy:
        yield sent._replace(deploy=False)
    if sent.source != "sdk":
        yield sent._replace(source="sdk")
    if sent.outcome is not Outcome.OK:
        yield sent._replace(outcome=Outcome.OK)
    if sent.slow:
        yield sent._replace(slow=False)
    for gap_us in ROUND_US:
        if gap_us < sent.gap_us:
            yield sent._replace(gap_us=gap_us)


def _less(field: str, value: Any, base: Base) -> Iterator[Any]:
    """Yield smaller values of a setting that are not the base's own."""
    own = getattr(base.function, field)
    if isinstance(value, bool):
        return
    if isinstance(value, int) and field.endswith("concurrency"):
        yield from range(1, min(value, 20))
    elif field == "init_function" and isinstance(value, Constant):
        for us in _ROUND_INIT_US:
            if us < value.us and Constant(us) != own:
                yield Constant(us)


def _accepted(candidate: Candidate, base: Base) -> Iterator[Candidate]:
    if is_accepted(candidate.function(base), base.account):
        yield candidate
