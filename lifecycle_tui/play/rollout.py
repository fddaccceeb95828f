"""A canary by key: deploy for a part of the events, then move the alias or take it back."""

from __future__ import annotations

from typing import NamedTuple

from lifecycle_tui.engine.plan import Deploy, Shift
from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.readings.versions import Versions, versions_at
from lifecycle_tui.readings.words import percent
from lifecycle_tui.units.translation import tr, tr_later


class Step(NamedTuple):
    """One thing that can be done: the share of the newer version, its key, and what it does."""

    weight: float
    key: str
    words: str


_FIRST = (
    Step(0.1, "1", tr_later("a tenth of the events go to the new version")),
    Step(0.5, "5", tr_later("half of them do")),
    Step(1.0, "a", tr_later("all at once; idle environments retire, as with d")),
)
_NEXT = (
    Step(0.1, "1", tr_later("the newer version gets a tenth of the events")),
    Step(0.5, "5", tr_later("it gets half of them")),
    Step(1.0, "a", tr_later("it gets all; the older one's environments end")),
    Step(0.0, "0", tr_later("take it back: the older one gets all again")),
)


def steps(session: Session) -> tuple[str, tuple[Step, ...]]:
    """Return the title of the choice at the cursor, and what can be chosen."""
    name = session.function_at_cursor().name
    versions = _versions(session)
    if versions.newer is None:
        return tr("Deploy a new version of {name} for", name=name), _FIRST
    kept = tuple(step for step in _NEXT if step.weight != versions.weight)
    share = percent(versions.weight)
    return tr(
        "{name}: version {newer} gets {share}; let it get",
        name=name,
        newer=versions.newer,
        share=share,
    ), kept


def roll_out(session: Session, weight: float) -> Note:
    """Deploy for a share of the events, or move the alias of two versions to it."""
    at_us, function = session.at_us, session.function
    versions = _versions(session)
    if versions.newer is not None:
        session.give(Shift(at_us=at_us, function=function, weight=weight))
        if weight <= 0:
            return Note(
                tr("version {newer} is taken back: its environments end", newer=versions.newer)
            )
        return Note(
            tr(
                "the alias sends {share} of the events to version {newer}",
                share=percent(weight),
                newer=versions.newer,
            )
        )
    if weight >= 1:
        return session.deploy()
    session.give(Deploy(at_us=at_us, function=function, weight=weight))
    return Note(
        tr("a new version gets {share} of the events; D moves the alias", share=percent(weight))
    )


def _versions(session: Session) -> Versions:
    return versions_at(session.index, session.function, session.at_us)
