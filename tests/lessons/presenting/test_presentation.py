"""The way through a deck: forward, back, votes, revealing, and trying things out."""

from __future__ import annotations

import pytest

from lifecycle_tui.language.running import run_line
from lifecycle_tui.lessons.playing.canon import story_of
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.slides import Kind
from lifecycle_tui.lessons.presenting.votes import Ballot, Votes
from lifecycle_tui.play.session import Session
from tests.lessons.presenting.decks import LESSONS, dealt, place, show


def state(session: Session) -> object:
    """Return all that can be seen of a session: what is to come is not."""
    seen = session.trace.times[: session.trace.last_at(session.at_us) + 1]
    return session.at_us, session.player.edge_us, story_of(session), seen


def counts(way: Presentation) -> bool:
    return way.ballot is not None


def step(way: Presentation) -> object:
    """Go on to the next slide, at once, and return what is seen there."""
    assert way.forward() is None
    way.finish()
    return state(way.session)


@pytest.mark.parametrize("name", LESSONS)
def test_back_is_exactly_what_was_there(name: str) -> None:
    way = show(name)
    seen = [state(way.session)]
    while not way.is_last:
        seen.append(step(way))
    told = way.forward()
    assert told is not None
    assert told.text == "that was the last slide"
    for before in reversed(seen[:-1]):
        assert way.back() is None
        assert state(way.session) == before
    told = way.back()
    assert told is not None
    assert told.refused
    assert way.at == 0


def test_a_slide_plays_and_the_same_key_ends_it() -> None:
    way = show("doom-loop", place("doom-loop", Kind.STAGE) - 1)
    way.forward()
    way.advance(0.2)
    assert way.is_watched
    assert way.session.at_us < 11_000_000
    way.forward()
    assert (way.is_watched, way.step.kind) == (False, Kind.STAGE)
    way.forward()
    assert way.step.kind is Kind.QUESTION


def test_a_vote_is_kept_and_the_answer_is_told_once_it_has_played() -> None:
    way = show("doom-loop", place("doom-loop", Kind.QUESTION, 1))
    assert way.votes == {}
    assert way.open_vote() is None
    way.ballot = Ballot(3).digit("1").digit("2")
    assert way.vote == Votes((12, 0, 0))
    for _ in range(3):
        way.next_option()
    assert not counts(way)
    assert way.vote == Votes((12, 0, 0))
    assert way.reveal() is None
    assert (way.is_watched, way.is_told) == (True, False)
    assert way.reveal() is None
    assert way.is_told
    assert way.vote == Votes((12, 0, 0))
    told = way.open_vote()
    assert told is not None
    assert "the answer is known" in told.text
    way.back()
    assert way.vote == Votes((12, 0, 0))


def test_a_vote_that_is_dropped_or_empty_leaves_the_one_before() -> None:
    way = show("doom-loop", place("doom-loop", Kind.QUESTION))
    way.votes["goes-on"] = Votes((3, 4))
    way.open_vote()
    way.drop_vote()
    assert way.vote == Votes((3, 4))
    way.open_vote()
    assert way.vote == Votes((0, 0))
    way.forward()
    assert way.votes == {"goes-on": Votes((3, 4))}


def test_votes_and_answers_belong_to_questions() -> None:
    way = show("doom-loop")
    for told in (way.open_vote(), way.reveal()):
        assert told is not None
        assert told.refused
    assert way.at == 0
    way.next_option()
    assert way.ballot is None


def test_what_is_tried_out_leaves_the_lesson_alone() -> None:
    at = place("doom-loop", Kind.QUESTION, 1)
    way, other = show("doom-loop", at), show("doom-loop", at)
    before = state(way.session)
    way.interrupt()
    assert state(way.session) == before
    run_line(way.session, "fire")
    assert state(way.session) != before
    way.advance(0.5)
    assert way.back() is None
    assert (way.at, state(way.session)) == (at, before)
    way.interrupt()
    run_line(way.session, "fire")
    assert step(way) == step(other)


def test_a_challenge_is_reached_live_and_solved_all_the_same() -> None:
    at = place("doom-loop", Kind.CHALLENGE)
    way = show("doom-loop", at)
    assert way.ticks == (True, True, False)
    way.interrupt()
    run_line(way.session, "restart timeout=8s")
    run_line(way.session, "wait until any(inv, reinit and status == 'ok')")
    way.look()
    assert way.has_reached
    assert way.moves >= 1
    way.forward()
    way.finish()
    assert way.step.kind is Kind.SOLUTION
    assert way.has_reached
    assert way.session.function_at_cursor().timeout_us == 6_000_000, "the lesson's own way"


def test_what_a_challenge_forbids_is_said() -> None:
    way = show("doom-loop", place("doom-loop", Kind.CHALLENGE))
    way.interrupt()
    run_line(way.session, "provision 1")
    way.look()
    assert way.broken == ("cfg.pc > 0",)
    assert not way.has_reached


def test_trying_out_lets_what_plays_come_to_its_end() -> None:
    way = show("doom-loop", place("doom-loop", Kind.STAGE) - 1)
    way.forward()
    way.interrupt()
    assert way.is_watched is False
    assert way.session.at_us == 11_300_000


def test_the_lesson_says_what_may_be_tried_out() -> None:
    way = show("doom-loop")
    assert way.refusal("fire") == ""
    assert way.refusal("seek") == ""
    assert way.refusal("deploy").startswith("deploy is no part of this lesson; it has fire")


def test_a_slide_beyond_the_last_is_the_last() -> None:
    deck, _ = dealt("freeze")
    way = show("freeze", 10_000)
    assert way.at == len(deck.slides) - 1
    way.go_to(-3)
    assert way.at == 0
