"""What is known at the cursor is enough for every explanation that can be asked for there."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Plan
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.catalogue import load_scenario

MANY = 400
"""Records of a run that are asked about, spread over all of it."""


@pytest.mark.parametrize(
    "name", ["snapstart-slow-hooks", "snapstart-side-by-side", "canary-deploy", "connection-storm"]
)
def test_every_record_can_be_explained_at_its_own_moment(name: str) -> None:
    """An environment that will be made later has no record yet by which to tell of it."""
    session = Session(load_scenario(name))
    records = session.trace
    for number in range(0, len(records), max(len(records) // MANY, 1)):
        session.player.seek(max(records.times[number], 0))
        assert session.explanation(number).question


def test_an_event_that_waits_is_explained_although_a_version_is_published_later() -> None:
    plan: Plan = load_scenario("snapstart-slow-hooks")
    session = Session(plan)
    session.player.seek(SECOND // 10)
    session.fire()
    waiting = Fire(at_us=SECOND // 10)
    assert session.live == (waiting,)
    created = next(n for n in range(len(session.trace)) if session.index.subjects[n] == 2)
    assert session.explanation(created).question
