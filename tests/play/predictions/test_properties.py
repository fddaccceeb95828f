"""Whatever is asked of whatever run: one option is true, and the readings say which."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MINUTE, Plan
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.play.predictions.finding import Asked, Finder
from lifecycle_tui.play.predictions.game import Predictions, Stage
from lifecycle_tui.play.predictions.model import Confidence, Measure, Question
from lifecycle_tui.play.predictions.outcomes import billed_words, outcome_of
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.words import span
from tests.strategies import plans

WORDS = {
    Start.COLD: "COLD",
    Start.WARM: "WARM",
    Start.PRE: "PRE",
    Start.REINIT: "RE-INIT",
    Start.RESTORED: "RESTORED",
}


def index_of(plan: Plan) -> Index:
    trace = run(plan).trace
    assert trace is not None
    return Index(trace)


def asked_of(index: Index) -> list[Question]:
    """Return every question of a run, one after the other as a player would meet them."""
    finder, asked, found = Finder(index), Asked(), list[Question]()
    after_us = 0
    while (question := finder.next(after_us, asked)) is not None:
        asked = asked.with_question(question)
        found.append(question)
        after_us = question.asked_us + 1
    return found


def said_by_readings(question: Question, index: Index) -> str:
    """Return the answer as the readings tell it, on their own way."""
    every = {(each.event, each.attempt): each for each in invocations(index)}
    mine = [every[attempt.event, attempt.number] for attempt in question.attempts]
    first = mine[0]
    match question.measure:
        case Measure.WORD:
            if first.start is not None:
                return WORDS[first.start]
            return "429" if first.status == "throttled" else "408"
        case Measure.STATUS:
            return first.status
        case Measure.REFUSED:
            return str(sum(each.status == "throttled" for each in mine))
        case Measure.CREATED:
            return str(sum(waited_for_its_own(each, index) for each in mine))
        case Measure.WAIT:
            return span((first.started_us or 0) - first.arrived_us)
        case Measure.DURATION:
            return span(first.duration_us or 0)
        case Measure.BILLED:
            return billed_words(first.billed_ms or 0)


def waited_for_its_own(told: Invocation, index: Index) -> bool:
    """Whether an environment was created for an event, told from when that was created."""
    if told.environment < 0:
        return False
    first = index.of_environment[told.environment][0]
    return index.subjects[first] == told.event and index.times[first] == told.arrived_us


@given(plans())
def test_questions_of_any_run(plan: Plan) -> None:
    index = index_of(plan)
    questions = asked_of(index)
    for question in questions:
        has_one_true_option_as_the_readings_say(question, index)
        comes_just_before_the_event(question, index)
        refutes_by_rules_in_force(question, plan.rules_date)
    told = [(q.facts, q.asks, tuple(o.words for o in q.options)) for q in questions]
    assert len(set(told)) == len(told)
    answers = [(q.topic, q.outcome.key) for q in questions]
    assert all(one != other for one, other in pairwise(answers))
    assert questions == asked_of(index_of(plan))


def has_one_true_option_as_the_readings_say(question: Question, index: Index) -> None:
    keys = [option.key for option in question.options]
    words = [option.words for option in question.options]
    assert 2 <= len(keys) <= 4
    assert len(set(keys)) == len(set(words)) == len(keys)
    assert keys.count(question.outcome.key) == 1
    assert keys[question.place] == said_by_readings(question, index)
    assert question.options[question.place].refutation is None


def comes_just_before_the_event(question: Question, index: Index) -> None:
    assert question.asked_us < question.outcome.known_us
    for attempt in question.attempts:
        arrival = index.attempts(attempt.event)[attempt.number - 1].arrival
        assert index.times[arrival] == question.asked_us + 1


def refutes_by_rules_in_force(question: Question, date: str) -> None:
    for option in question.options:
        if option.refutation is not None:
            assert option.refutation.rules
            for name in option.refutation.rules:
                assert RULES[name].holds_on(date)
                assert RULES[name].applied


@given(plans(), st.lists(st.sampled_from(["play", "step", "fire", "answer", "skip"]), max_size=25))
def test_playing_along_leaves_the_run_as_it_was(plan: Plan, moves: list[str]) -> None:
    session = Session(plan)
    plain = Session(plan)
    game = Predictions(session)
    verdicts = 0
    for move in moves:
        before = list(session.index.times), list(session.index.codes)
        if move == "fire" and session.at_us < MINUTE:
            command = session.event()
            asked = game.ask_about(command)
            assert (list(session.index.times), list(session.index.codes)) == before
            if asked:
                assert game.question is not None
                assert game.question.asked_us == session.at_us
                game.choose(0)
                game.answer(Confidence.CERTAIN)
            session.send(command)
            plain.player.seek(command.at_us)
            plain.player.edge_us = command.at_us
            plain.send(command)
        elif move == "answer":
            game.choose(0)
            if game.answer(Confidence.GUESS):
                session.player.play()
        elif move == "skip" and game.stage is Stage.OPEN:
            game.skip()
        elif move == "step":
            session.player.step(1)
        else:
            session.player.play()
            session.tick(0.25)
            session.player.pause()
        if game.look() and game.stage is Stage.TOLD:
            verdicts += 1
            verdict = game.verdict
            assert verdict is not None
            assert verdict.true.key == said_by_readings(verdict.question, session.index)
            now = outcome_of(session.index, verdict.question.measure, verdict.question.attempts)
            assert now is not None
            assert now.known_us <= session.at_us
    assert list(session.index.times) == list(plain.index.times)
    assert list(session.index.codes) == list(plain.index.codes)
    assert game.book.answered == verdicts
