"""Explanations of any run: every chain of causes ends in an input."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.kinds import INPUTS
from lifecycle_tui.engine.plan import (
    SECOND,
    Plan,
)
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.readings.why import (
    why_environment,
    why_event,
    why_record,
)
from lifecycle_tui.readings.why.pool import idle_before, lives_before
from lifecycle_tui.readings.words import DAGGER
from tests.readings.runs import MANY, read
from tests.strategies import plans


def assert_sound(index: Index, explanation: Explanation) -> None:
    assert explanation.question.endswith("?")
    assert explanation.answer.endswith(".")
    last = explanation.causes[-1]
    assert index.kind(last.record) in INPUTS
    assert len(explanation.causes) <= 6
    said = [c.words for c in explanation.causes if index.kind(c.record) not in INPUTS]
    assert len(set(said)) == len(said)
    assert set(explanation.rules) <= RULES.keys()
    for cause in explanation.causes:
        assert cause.words.endswith((".", "†"))
        assert "{" not in cause.words
        assert cause.time_us == index.times[cause.record]
        assert cause.assumed == any(RULES[rule].assumed for rule in cause.rules)
        assert cause.assumed or DAGGER not in cause.words


@MANY
@given(plans())
def test_every_events_chain_ends_in_an_input(plan: Plan) -> None:
    index = read(plan)
    for event in range(1, len(index.events) + 1):
        assert_sound(index, why_event(index, event))


@MANY
@given(plans())
def test_every_records_chain_ends_in_an_input(plan: Plan) -> None:
    index = read(plan)
    for number in range(len(index.times)):
        assert_sound(index, why_record(index, number))


@MANY
@given(plans(), st.integers(-10 * SECOND, 120 * SECOND))
def test_every_environments_chain_ends_in_an_input(plan: Plan, t_us: int) -> None:
    index = read(plan)
    for number in range(len(index.of_environment)):
        assert_sound(index, why_environment(index, number, t_us))


@MANY
@given(plans(), st.integers(0, 10**6))
def test_who_was_idle_is_known_without_folding(plan: Plan, choice: int) -> None:
    index = read(plan)
    number = choice % (len(index.times) + 1)
    for function in range(len(plan.functions)):
        folded = [
            (life.facts, bool(life.served))
            for life in lives_before(index, function, number)
            if life.state in (State.FROZEN, State.READY)
        ]
        assert idle_before(index, function, number) == folded
