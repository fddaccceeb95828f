"""The game along a session: when time stops, what closes a question, when the verdict comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lifecycle_tui.engine.plan import SECOND, Command, Fire
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.predictions.game import Predictions, Stage
from lifecycle_tui.play.predictions.model import Confidence, Topic
from lifecycle_tui.play.session import Session
from tests.play.plans import COLD_US, plan

WARM_AT_US = 5 * SECOND


def begin(*commands: Command) -> tuple[Session, Predictions]:
    session = Session(plan(*commands) if commands else plan(Fire(at_us=0), Fire(at_us=WARM_AT_US)))
    game = Predictions(session)
    game.look()
    return session, game


def play(session: Session, game: Predictions, most: int = 600) -> None:
    """Let time pass until it stops by itself, noticing what a screen would."""
    session.player.play()
    game.look()
    for _ in range(most):
        playing = session.tick(0.1).playing
        game.look()
        if not playing:
            return


def place_of(game: Predictions, key: str) -> int:
    assert game.question is not None
    return [option.key for option in game.question.options].index(key)


def stage(game: Predictions) -> Stage:
    """Return how far the game is; it changes behind the type checker's back."""
    return game.stage


def test_time_stops_just_before_the_event_and_nothing_of_it_is_there_yet() -> None:
    session, game = begin()
    play(session, game)
    assert session.at_us == WARM_AT_US - 1
    assert session.transport.halt is Halt.QUESTION
    assert stage(game) is Stage.OPEN
    assert game.question is not None
    assert game.question.topic is Topic.START


def test_a_step_stops_there_too() -> None:
    session, game = begin()
    session.player.seek(COLD_US)
    game.look()
    assert session.player.step(1)
    game.look()
    assert (session.at_us, game.stage) == (WARM_AT_US - 1, Stage.OPEN)
    assert session.player.step(1)
    game.look()
    assert (session.at_us, game.book.skipped) == (WARM_AT_US, 1)


def test_an_input_step_stops_there_too() -> None:
    session, game = begin()
    assert session.player.step_input(1)
    game.look()
    assert stage(game) is Stage.OPEN


@pytest.mark.parametrize(("key", "points"), [("WARM", 2), ("COLD", -1)])
def test_after_an_answer_time_passes_until_it_is_known(key: str, points: int) -> None:
    session, game = begin()
    play(session, game)
    assert not game.answer(Confidence.CERTAIN)
    assert game.choose(place_of(game, key))
    assert game.answer(Confidence.CERTAIN)
    assert stage(game) is Stage.RUNNING
    play(session, game)
    assert (session.at_us, session.transport.halt) == (WARM_AT_US, Halt.ANSWER)
    assert stage(game) is Stage.TOLD
    verdict = game.verdict
    assert verdict is not None
    assert (verdict.chosen.key, verdict.true.key) == (key, "WARM")
    assert verdict.points == game.book.points == points
    assert (verdict.refutation is None) == verdict.right


def test_the_verdict_of_a_cold_start_waits_for_its_invoke() -> None:
    session, game = begin(Fire(at_us=SECOND))
    play(session, game)
    game.choose(place_of(game, "COLD"))
    game.answer(Confidence.GUESS)
    play(session, game)
    assert session.at_us == SECOND + 1_120_000
    assert stage(game) is Stage.TOLD


def test_going_on_takes_the_verdict_away_and_nothing_is_asked_about_the_same_event() -> None:
    session, game = begin()
    play(session, game)
    game.choose(0)
    game.answer(Confidence.GUESS)
    play(session, game)
    session.player.play()
    assert game.look()
    assert stage(game) is Stage.NOTHING
    play(session, game)
    assert session.transport.halt is Halt.QUIET
    assert stage(game) is Stage.NOTHING


@pytest.mark.parametrize(
    "go",
    [
        lambda session: session.player.seek(0),
        lambda session: session.player.play(),
        lambda session: session.timeout_notch(1),
        lambda session: session.fire(),
    ],
    ids=["seek", "play", "set", "fire"],
)
def test_whatever_goes_elsewhere_closes_a_question_as_skipped(
    go: Callable[[Session], object],
) -> None:
    session, game = begin()
    play(session, game)
    go(session)
    assert game.look()
    assert stage(game) is not Stage.OPEN
    assert game.book.skipped == 1
    assert game.book.answered == 0


def test_a_skipped_question_does_not_come_again() -> None:
    session, game = begin()
    play(session, game)
    game.skip()
    game.look()
    session.player.seek(0)
    play(session, game)
    assert stage(game) is Stage.NOTHING
    assert game.book.skipped == 1


def test_a_change_that_makes_another_story_of_it_voids_the_answer() -> None:
    session, game = begin()
    play(session, game)
    game.choose(place_of(game, "WARM"))
    game.answer(Confidence.CERTAIN)
    session.deploy()
    game.look()
    assert stage(game) is Stage.NOTHING
    assert (game.book.answered, game.book.skipped) == (0, 1)


def test_a_change_that_leaves_the_answer_as_it_was_does_not() -> None:
    session, game = begin()
    play(session, game)
    game.choose(place_of(game, "WARM"))
    game.answer(Confidence.CERTAIN)
    session.provision(1)
    play(session, game)
    assert stage(game) is Stage.TOLD
    assert game.book.points == 2


def test_what_a_key_sends_is_asked_about_before_it_is_sent() -> None:
    session = Session(plan())
    game = Predictions(session)
    game.look()
    command = session.event()
    assert game.ask_about(command)
    assert not session.index.events
    assert session.at_us == 0
    assert game.question is not None
    assert game.question.outcome.key == "COLD"
    game.choose(place_of(game, "COLD"))
    game.answer(Confidence.THINK)
    session.send(command)
    play(session, game)
    assert stage(game) is Stage.TOLD
    assert game.book.points == 1
    assert session.at_us == 1_120_000


def test_the_fifth_event_in_the_same_situation_is_sent_without_a_question() -> None:
    session = Session(plan())
    game = Predictions(session)
    asked = []
    for _ in range(8):
        command = session.event()
        asked.append(game.ask_about(command))
        if asked[-1]:
            game.skip()
        session.send(command)
        play(session, game)
        session.player.seek(session.at_us + SECOND)
        session.player.edge_us = session.at_us
        game.look()
    assert asked[:2] == [True, True]
    assert asked[-3:] == [False, False, False]


def test_while_an_answer_is_out_events_are_sent_without_a_question() -> None:
    session = Session(plan())
    game = Predictions(session)
    command = session.event(3)
    assert game.ask_about(command)
    game.choose(0)
    game.answer(Confidence.GUESS)
    assert not game.ask_about(session.event())
    assert stage(game) is Stage.RUNNING


def test_switched_off_nothing_stops_for_questions() -> None:
    session, game = begin()
    assert any(halt is Halt.QUESTION for _, halt in session.player.track.stops)
    game.stop()
    assert not any(halt is Halt.QUESTION for _, halt in session.player.track.stops)
    play(session, Predictions(Session(plan())))
    assert session.at_us > WARM_AT_US
