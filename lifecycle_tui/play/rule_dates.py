"""Switching the date whose rules hold, and saying what that changes in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.play.branches import RulesDate
from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.readings.summary import summary_of
from lifecycle_tui.units.translation import tr, tr_later

DATES: Final = ("2023-01-01", "2024-06-01", Plan(()).rules_date)
"""What the key goes through: before each of the changes that the rules know, and today."""

TODAY: Final = DATES[-1]

_COMPARED: Final = (
    ("billed_ms", tr_later("billed"), " ms"),
    ("throttles", "429", ""),
    ("timeouts", tr_later("timeouts"), ""),
    ("cold_starts", "COLD", ""),
    ("reinits", "RE-INIT", ""),
    ("errors", tr_later("errors"), ""),
)
"""What is compared, what matters most first: its name in the summary, its word, its unit."""


def following(date: str, own: str) -> str:
    """Return the date after a date: the key's dates and the scenario's own one, round and round."""
    dates = sorted({*DATES, own})
    return next((other for other in dates if other > date), dates[0])


def called(date: str) -> str:
    """Return how a date is called in a sentence."""
    return tr("today's") if date == TODAY else date[:4]


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Name in one line what differs between two summaries; empty if nothing does."""
    found = []
    for name, word, unit in _COMPARED:
        was, now = before[name], after[name]
        if was != now:
            found.append(
                tr(
                    "{what} {now} instead of {was}",
                    what=tr(word),
                    now=f"{now:,}{unit}",
                    was=f"{was:,}{unit}",
                )
            )
    return " · ".join(found)


def switch_rules(session: Session) -> Note:
    """Run the same plan, live commands and all, under the next date's rules; say what differs."""
    return follow_rules(session, following(session.base.rules_date, session.own_rules_date))


def follow_rules(session: Session, date: str) -> Note:
    """Run the same plan under the rules of a date, and say what differs."""
    before = summary_of(session.index)
    session.add(RulesDate(at_us=session.at_us, date=date))
    found = differences(before, summary_of(session.index))
    whose = called(date) if date in DATES else tr("the {date}", date=date)
    if not found:
        return Note(tr("{whose} rules: nothing differs in this run", whose=whose))
    return Note(tr("{whose} rules, whole run: {differences}", whose=whose, differences=found))
