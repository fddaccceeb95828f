"""What is worth a question, what it says, and why the wrong answers are wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, Command, Deploy, Fire, FunctionPlan, Outcome
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.predictions.finding import Asked, Finder, question_about_command
from lifecycle_tui.play.predictions.model import Measure, Question, Topic
from lifecycle_tui.play.take import Take
from lifecycle_tui.readings.index import Index
from tests.play.plans import FUNCTION, plan
from tests.play.predictions.test_properties import asked_of, said_by_readings


def index_of(*commands: Command, function: FunctionPlan = FUNCTION) -> Index:
    return Take(plan(*commands, function=function), (), at_us=0, version=1).index


def events(*seconds: float) -> list[Command]:
    return [Fire(at_us=int(at * SECOND)) for at in seconds]


def starts(questions: list[Question]) -> list[tuple[int, str]]:
    return [(q.attempts[0].event, q.outcome.key) for q in questions if q.topic is Topic.START]


def refuting(question: Question, key: str) -> str:
    option = next(option for option in question.options if option.key == key)
    assert option.refutation is not None
    return option.refutation.rules[0]


def test_the_first_cold_and_the_first_warm_start_are_asked_about_and_no_later_one() -> None:
    questions = asked_of(index_of(*events(1, 10, 20, 30, 40, 50)))
    assert starts(questions) == [(1, "COLD"), (2, "WARM")]
    assert "no environment exists yet" in questions[0].facts
    assert "e1 is FROZEN for" in questions[1].facts
    assert refuting(questions[1], "COLD") == "FRZ-01"


def test_an_event_at_the_start_is_on_screen_before_anybody_can_be_asked() -> None:
    assert starts(asked_of(index_of(*events(0, 10)))) == [(2, "WARM")]


def test_two_at_once_and_a_deploy_make_starts_worth_a_question() -> None:
    commands = [*events(0, 10, 10.05, 20, 25), Deploy(at_us=30 * SECOND), *events(40)]
    questions = asked_of(index_of(*commands))
    assert starts(questions) == [(2, "WARM"), (3, "COLD"), (6, "COLD")]
    by_event = {q.attempts[0].event: q for q in questions if q.topic is Topic.START}
    assert refuting(by_event[3], "WARM") == "CON-01"
    assert refuting(by_event[6], "WARM") == "LIFE-08"


def test_after_a_timeout_the_next_start_is_asked_about() -> None:
    slow = Fire(at_us=10 * SECOND, duration=Constant(9 * SECOND))
    questions = asked_of(index_of(*events(0), slow, *events(30)))
    assert starts(questions) == [(2, "WARM"), (3, "RE-INIT")]
    last = next(q for q in questions if q.attempts[0].event == 3)
    assert "e1 is FROZEN after a reset" in last.facts
    assert refuting(last, "WARM") == "FAIL-03"
    assert refuting(last, "COLD") == "FAIL-03"


def test_an_error_that_the_handler_reports_does_not_end_the_environment() -> None:
    wrong = Fire(at_us=10 * SECOND, outcome=Outcome.ERROR)
    index = index_of(*events(0, 5), wrong, *events(30))
    question = Finder(index).next(20 * SECOND, Asked())
    assert question is not None
    assert (question.attempts[0].event, question.outcome.key) == (4, "WARM")
    assert refuting(question, "COLD") == "FAIL-02"


SLOW_INIT = replace(FUNCTION, init_function=Constant(4 * SECOND), extensions=())


def test_a_long_init_before_a_short_timeout_does_not_time_out() -> None:
    index = index_of(*events(1), function=SLOW_INIT)
    asked = Asked(latest=(Topic.START, "COLD"))
    question = Finder(index).next(0, asked)
    assert question is not None
    assert question.topic is Topic.FINISH
    assert question.outcome.key == said_by_readings(question, index) == "ok"
    assert refuting(question, "timeout") == "INV-08"


def test_a_long_reinit_does_time_out() -> None:
    slow = Fire(at_us=10 * SECOND, duration=Constant(9 * SECOND))
    index = index_of(*events(0), slow, *events(30), function=SLOW_INIT)
    asked = Asked(latest=(Topic.START, "RE-INIT"))
    question = Finder(index).next(20 * SECOND, asked)
    assert question is not None
    assert question.topic is Topic.FINISH
    assert question.outcome.key == said_by_readings(question, index) == "timeout"
    assert "Init 4.22 s" in question.facts
    assert "timeout 3 s" in question.facts
    assert refuting(question, "ok") == "FAIL-05a"


def test_an_extension_may_use_up_what_is_left_of_the_timeout() -> None:
    (extension,) = FUNCTION.extensions
    tail = replace(extension, tail=Constant(2_900 * MS))
    first = Fire(at_us=0, duration=Constant(10 * MS))
    index = index_of(first, *events(10), function=replace(FUNCTION, extensions=(tail,)))
    question = Finder(index).next(5 * SECOND, Asked(latest=(Topic.START, "WARM")))
    assert question is not None
    assert (question.topic, question.outcome.key) == (Topic.FINISH, "timeout")
    assert refuting(question, "ok") == "INV-05"


@pytest.mark.parametrize(
    ("reserved", "asks", "truth", "wrong", "rule"),
    [
        (None, Measure.CREATED, "4", "0", "CON-01"),
        (None, Measure.CREATED, "4", "5", "CON-02"),
        (3, Measure.REFUSED, "2", "0", "THR-01"),
        (3, Measure.REFUSED, "2", "5", "CON-01"),
    ],
)
def test_of_a_burst_it_is_asked_how_many(
    reserved: int | None, asks: Measure, truth: str, wrong: str, rule: str
) -> None:
    function = replace(FUNCTION, reserved_concurrency=reserved)
    index = index_of(*events(0), Fire(at_us=10 * SECOND, count=5), function=function)
    (question,) = asked_of(index)
    assert question.measure is asks
    assert question.outcome.key == said_by_readings(question, index) == truth
    sizes = [option.size for option in question.options]
    assert sizes == sorted(sizes)
    assert refuting(question, wrong) == rule


def lengths(*commands: Command, after: float, measure: Measure) -> tuple[Question, Index]:
    """Return the question about a length of time that comes after a moment."""
    index = index_of(*commands)
    asked = Asked()
    for _ in range(6):
        question = Finder(index).next(int(after * SECOND), asked)
        assert question is not None
        if question.measure is measure:
            return question, index
        asked = asked.with_question(question)
    raise AssertionError("nothing asks that")


def test_a_cold_start_waits_for_placement_and_init_and_is_billed_for_init_alone() -> None:
    cold = [*events(0, 0.05)]
    question, index = lengths(*cold, after=0, measure=Measure.WAIT)
    assert question.outcome.key == said_by_readings(question, index) == "1.12 s"
    assert refuting(question, "0 ms") == "CON-02"
    assert refuting(question, "1.02 s") == "LIF-06"
    question, index = lengths(*cold, after=0, measure=Measure.BILLED)
    assert question.outcome.key == said_by_readings(question, index) == "1,320 ms"
    assert refuting(question, "180 ms") == "BIL-02"


def test_a_reinit_is_part_of_duration() -> None:
    slow = Fire(at_us=10 * SECOND, duration=Constant(9 * SECOND))
    commands = (*events(0), slow, *events(30))
    question, index = lengths(*commands, after=20, measure=Measure.DURATION)
    assert question.outcome.key == said_by_readings(question, index) == "1.32 s"
    assert refuting(question, "180 ms") == "ITO-02"


def test_an_event_that_is_cut_off_lasts_as_long_as_the_timeout() -> None:
    slow = Fire(at_us=10 * SECOND, duration=Constant(9 * SECOND))
    question, index = lengths(*events(0), slow, after=5, measure=Measure.DURATION)
    assert question.outcome.key == said_by_readings(question, index) == "3 s"
    assert refuting(question, "9 s") == "FAIL-08"


def test_the_order_of_options_comes_from_the_seed() -> None:
    orders = set()
    for seed in range(6):
        take = Take(replace(plan(*events(0, 10)), seed=seed), (), at_us=0, version=1)
        (first, *_) = asked_of(take.index)
        orders.add(tuple(option.key for option in first.options))
    assert len(orders) > 1


def test_what_comes_at_the_instant_in_which_another_ends_is_not_asked_about() -> None:
    first_ends = (100 + 1_020 + 180 + 120) * MS
    at_once = index_of(Fire(at_us=0), Fire(at_us=first_ends))
    later = index_of(Fire(at_us=0), Fire(at_us=first_ends + MS))
    assert not asked_of(at_once)
    assert starts(asked_of(later)) == [(2, "WARM")]


def test_a_command_of_no_events_asks_nothing() -> None:
    index = index_of(*events(0), Deploy(at_us=5 * SECOND))
    assert question_about_command(index, 1, Asked()) is None
