"""What is printed is read as exactly the same; and it is what a person would write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MINUTE, SECOND, Fire, Outcome, Pattern, Plan, SetConfig
from lifecycle_tui.engine.worktime import Constant, CpuAndWait
from lifecycle_tui.language.grammar import VERBS
from lifecycle_tui.language.printing import print_line
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.values import rate_of_gap
from lifecycle_tui.scenario.build import load
from lifecycle_tui.scenario.catalogue import names, path_of
from lifecycle_tui.units.rates import parse_rate
from tests.language.statements import ONE, PLAN, commands, context, session_verbs

PLANS = st.sampled_from([PLAN, ONE])


@given(PLANS.flatmap(lambda plan: st.tuples(st.just(plan), commands(plan))), st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_command_is_read_back_as_itself(found: tuple[Plan, Fire], exact: bool) -> None:
    plan, command = found
    line = print_line(command, [function.name for function in plan.functions])
    assert parse_line(line, context(plan, command.at_us, exact=exact)) == command


@given(st.floats(1.0, 1e12))
@settings(max_examples=300, deadline=None)
def test_a_rate_is_that_of_exactly_this_gap(gap_us: float) -> None:
    assert float(1_000_000 / parse_rate(rate_of_gap(gap_us))) == gap_us


@given(PLANS.flatmap(lambda plan: st.tuples(st.just(plan), session_verbs(plan))))
@settings(max_examples=300, deadline=None)
def test_every_verb_of_the_session_is_read_back_as_itself(found: tuple[Plan, Fire]) -> None:
    plan, statement = found
    line = print_line(statement, [function.name for function in plan.functions])
    assert parse_line(line, context(plan)) == statement


@pytest.mark.parametrize("name", names())
def test_the_commands_of_every_shipped_scenario_are_read_back(name: str) -> None:
    plan = load(path_of(name))
    team = [function.name for function in plan.functions]
    for command in plan.commands:
        line = print_line(command, team)
        assert parse_line(line, context(plan, command.at_us, exact=True)) == command


WEB = ["web-api"]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (Fire(at_us=0), "fire"),
        (
            Fire(at_us=7, count=10, over_us=2 * SECOND, source="s3", outcome=Outcome.ERROR),
            "fire count=10 over=2s source=s3 outcome=error",
        ),
        (
            Pattern(at_us=0, gap_us=1e6 / 0.9, for_us=100 * SECOND),
            "pattern poisson rate=0.9/s for=100s",
        ),
        (Pattern(at_us=0, gap_us=30e6, for_us=MINUTE), "pattern poisson rate=2/m for=1m"),
        (SetConfig(at_us=0, changes=(("timeout_us", 5 * SECOND),)), "set timeout=5s"),
        (SetConfig(at_us=0, changes=(("memory_mb", 1_024),)), "set only memory=1GB"),
        (
            SetConfig(at_us=0, changes=(("handler", CpuAndWait(Constant(5), Constant(0))),)),
            "set only handler.cpu=5us handler.wait=0ms",
        ),
    ],
)
def test_lines_are_short(command: Fire, line: str) -> None:
    assert print_line(command, WEB) == line


def test_a_function_is_named_where_there_are_several() -> None:
    assert print_line(Fire(at_us=0, function=1), ["a", "b"]) == "fire b"
    assert print_line(Fire(at_us=0, function=1), ["a", "5"]) == "fire function=5"


def test_examples_of_every_verb_are_lines() -> None:
    start = context(ONE)
    for verb in VERBS:
        assert verb.examples
        for example in verb.examples:
            statement = parse_line(example, start)
            assert isinstance(statement, verb.model) or verb.word == "wait"
