"""What "why" is asked about: the newest wait, and everything that happened at one instant."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MS, SECOND, Fire
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.questions import ask, ask_refusal, explain, questions, subject
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import follow
from tests.play.plans import FUNCTION, plan

BURST = replace(FUNCTION, reserved_concurrency=1)
"""Of two events at once, the second is refused."""


def burst(at_us: int = 0) -> Session:
    session = Session(plan(Fire(at_us=0, count=2), function=BURST))
    session.player.seek(at_us)
    return session


def kinds(session: Session, *records: int | None) -> list[Kind]:
    return [session.index.kind(record) for record in records if record is not None]


def test_a_burst_has_a_start_and_a_refusal_to_ask_about() -> None:
    session = burst()
    camera = follow(session, Camera(), 60)
    found = questions(session, camera)
    assert kinds(session, *found) == [Kind.CREATED_FOR_EVENT, Kind.THROTTLED_RESERVED]


def test_asking_again_goes_through_all_of_them_and_round() -> None:
    session = burst()
    camera = follow(session, Camera(), 60)
    camera, note = ask(session, camera, again=False)
    assert note is not None
    assert "1 of 2" in note.text
    first = explain(session, camera)
    camera, note = ask(session, follow(session, camera, 60), again=True)
    assert note is not None
    assert "2 of 2" in note.text
    second = explain(session, camera)
    assert first is not None
    assert second is not None
    assert "#1" in first.question
    assert "#2" in second.question
    camera, _ = ask(session, camera, again=True)
    assert explain(session, camera) == first


def test_the_question_is_let_go_when_the_cursor_moves() -> None:
    session = burst()
    camera, _ = ask(session, follow(session, Camera(), 60), again=False)
    camera, _ = ask(session, camera, again=True)
    assert kinds(session, camera.record) == [Kind.THROTTLED_RESERVED]
    session.player.seek(1_200 * MS)
    camera = follow(session, camera, 60)
    assert camera.record is None
    assert kinds(session, subject(session, camera)) == [Kind.INVOKE_COLD]


def test_a_refusal_can_be_reached_from_the_start_of_the_event_it_came_with() -> None:
    session = burst(1_200 * MS)
    found = questions(session, follow(session, Camera(), 60))
    assert kinds(session, *found) == [Kind.INVOKE_COLD, Kind.THROTTLED_RESERVED]


def test_where_the_answer_was_not_on_screen_it_is_the_first_that_is_shown() -> None:
    session = burst()
    camera, _ = ask(session, follow(session, Camera(), 60), again=False)
    again, _ = ask(session, camera, again=False)
    assert again.record == camera.record


def test_one_of_each_kind_comes_before_a_second_of_any() -> None:
    three = replace(FUNCTION, reserved_concurrency=3)
    session = Session(plan(Fire(at_us=0, count=5), function=three))
    found = questions(session, follow(session, Camera(), 60))
    assert kinds(session, *found[:2]) == [Kind.CREATED_FOR_EVENT, Kind.THROTTLED_RESERVED]
    assert len(found) == 5


def test_one_question_is_not_counted_and_none_is_refused() -> None:
    session = Session(plan())
    camera, note = ask(session, Camera(), again=False)
    assert note is not None
    assert note.refused
    session.fire()
    camera, note = ask(session, follow(session, camera, 60), again=False)
    assert note is None


def test_a_click_on_a_refusal_explains_it() -> None:
    session = burst()
    camera = ask_refusal(session, Camera(), 0)
    explanation = explain(session, follow(session, camera, 60))
    assert explanation is not None
    assert "#2" in explanation.question
    assert ask_refusal(session, Camera(), SECOND) == Camera()


def test_the_newest_event_that_waits_is_what_is_asked_about() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=1_200 * MS)))
    session.player.seek(1_150 * MS)
    camera = follow(session, Camera(), 60)
    assert camera.selected == 0
    session.player.seek(1_250 * MS)
    camera = follow(session, camera, 60)
    explanation = explain(session, camera)
    assert camera.selected == 0, "it is busy, and stays selected"
    assert explanation is not None
    assert explanation.question == "Why is #2 waiting?"
    assert subject(session, replace(camera, pinned=True)) != subject(session, camera)
    session.player.seek(2_400 * MS)
    explanation = explain(session, camera)
    assert explanation is not None
    assert "waiting" not in explanation.question


def test_what_begins_is_looked_at_before_what_ends_in_the_same_instant() -> None:
    """The environment of a snapshot is gone when the first event comes; the event's own is not."""
    session = Session(plan(Fire(at_us=0), function=replace(FUNCTION, snap_start=True)))
    session.player.seek(50_000)
    assert follow(session, Camera(), 60).selected == 1
    idle = Session(plan(function=replace(FUNCTION, snap_start=True)))
    assert follow(idle, Camera(), 60).selected == 0
