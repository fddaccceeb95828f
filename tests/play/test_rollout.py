"""A canary by key: deploy for a part, move the alias, take it back."""

from __future__ import annotations

from lifecycle_tui.engine.plan import SECOND, Deploy, Fire, Shift
from lifecycle_tui.play.rollout import roll_out, steps
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.versions import versions_at
from tests.play.plans import plan


def canary() -> Session:
    session = Session(plan(Fire(at_us=0)))
    session.player.seek(5 * SECOND)
    return session


def live(session: Session) -> tuple[int, ...]:
    return versions_at(session.index, 0, session.at_us).live


def test_a_part_of_the_events_then_more_then_all() -> None:
    session = canary()
    title, offered = steps(session)
    assert title == "Deploy a new version of web-api for"
    assert [step.weight for step in offered] == [0.1, 0.5, 1.0]
    assert roll_out(session, 0.1).text == "a new version gets 10 % of the events; D moves the alias"
    assert live(session) == (1, 2)
    title, offered = steps(session)
    assert title == "web-api: version 2 gets 10 %; let it get"
    assert [step.weight for step in offered] == [0.5, 1.0, 0.0]
    assert "50 % of the events to version 2" in roll_out(session, 0.5).text
    roll_out(session, 1.0)
    assert live(session) == (2,)
    assert [type(command) for command in session.live] == [Deploy, Shift, Shift]


def test_taken_back_and_undone() -> None:
    session = canary()
    roll_out(session, 0.5)
    assert roll_out(session, 0.0).text == "version 2 is taken back: its environments end"
    assert live(session) == (1,)
    session.undo()
    assert live(session) == (1, 2)


def test_all_at_once_is_a_plain_deploy() -> None:
    session = canary()
    assert roll_out(session, 1.0).text.startswith("new code: ")
    assert session.live == (Deploy(at_us=session.at_us),)
