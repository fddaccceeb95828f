"""Lines that cannot be read: the sentence of the scenario's reader, and the column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import Command, Fire, FunctionPlan, SetConfig
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.grammar import VERBS
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.scenario.build import load, parse_text
from lifecycle_tui.scenario.catalogue import names, path_of
from lifecycle_tui.scenario.functions import KEYS, complete
from lifecycle_tui.scenario.given import given_of
from lifecycle_tui.scenario.problems import Place, Problems, ScenarioError
from lifecycle_tui.scenario.timeline import COMMANDS
from tests.scenario.writing import problem

TEXT = """\
functions:
  a: {timeout: 3s, provisioned_concurrency: 1}
  b: {reserved_concurrency: 10}
"""
PLAN = parse_text(TEXT)
START = Context.at_start(PLAN)


def refused(line: str, context: Context = START) -> tuple[int, str]:
    """Return the column (from 1) and the words of the first problem of a line."""
    with pytest.raises(ScenarioError) as caught:
        parse_line(line, context)
    first = caught.value.problems[0]
    return first.place.column, first.message


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("", 1, "an empty line; try help"),
        ("fier", 1, "'fier' is no command; did you mean 'fire'?"),
        ("  xyz", 3, "'xyz' is no command; help lists them all"),
        ("fire a cuont=5", 8, "fire: unknown key 'cuont'; did you mean 'count'?"),
        ("fire a count=five", 14, "fire.count: found 'five'; expected a whole number from 1 to"),
        ("fire a over=2", 13, "fire.over: found the bare number 2; expected a duration"),
        ("fire a count=", 8, "count= has no value"),
        ("fire a count=1 count=2", 16, "count is written twice"),
        ("fire c", 6, "'c' is neither key=value nor a function; "),
        ("fire", 1, "fire: which function? there are 2; give function: NAME"),
        ("fire function=c", 15, "fire.function: there is no function 'c'"),
        ("fire a duration={uniform: [1s", 27, "[ is not closed"),
        ("fire a duration={uniform: [2s, 1s]}", 27, "fire.duration: uniform goes from the shorter"),
        ("fire a duration={unifrom: [2s, 1s]}", 18, "fire.duration: unknown distribution"),
        ("provision a", 1, "provision: 'count' is missing"),
        ("provision b 11", 13, "provision.provisioned_concurrency: provisioned"),
        ("set a timeout=1000s", 15, "set.timeout: '1000s' is no timeout that AWS accepts"),
        ("set a snapstart=true", 17, "set.snapstart: AWS refuses SnapStart with provisioned"),
        ("set a", 1, "set: nothing to set"),
        ("shift a 0.5", 1, "shift: there is one version only"),
        ("reclaim 1", 9, "reclaim.environment: found 1; expected an environment such as e1"),
        ("reclaim e1 e2", 12, "'e2' is too much for reclaim; it is written reclaim eN"),
        ("pattern a poisson rate=1/s", 1, "pattern: 'for' is missing"),
        ("pattern a cron for=1m every=1m rate=1/s", 32, "pattern: the process cron takes no rate"),
        ("seek", 5, "seek: MOMENT is missing, as in: seek 3.2s"),
        ("seek 3", 6, "seek.to: found the bare number 3; expected a duration"),
        ("step now", 6, "'now' is too much for step; it takes nothing"),
        ("speed 5000", 7, "speed.factor: 5000 is not a number from 0.0625 to 3600"),
        ("switch", 7, "switch: NAME is missing"),
        ("fork a b", 6, "fork: a fork's name has no blanks"),
        ("rules tomorrow", 7, "rules.date: found 'tomorrow'; expected a date"),
        ("wait 5", 6, "wait: found the bare number 5; expected a duration"),
        ("wait until", 11, "wait until: what? idle, or an expression"),
        ("restart a timeout=0s", 19, "set.timeout: '0s' is no timeout"),
        ("restart steps=some", 15, "steps: found 'some', which is not known"),
        ("help fier", 6, "help.topic: found 'fier', which is not known"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_column(line: str, column: int, words: str) -> None:
    found, message = refused(line)
    assert message.startswith(words)
    assert found == column


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("fire a count=0", "fire: {function: a, count: 0}"),
        ("set a memory=64MB", "set: {function: a, memory: 64MB}"),
        ("set a memroy=64MB", "set: {function: a, memroy: 64MB}"),
        ("provision b 11", "provision: {function: b, count: 11}"),
        ("pattern a ramp rate=1/s to=2 for=1m",
         "pattern: {function: a, process: ramp, rate: 1/s, to: 2, for: 1m}"),
        ("set a extensions=[{tial: 1s, name: x}]",
         "set: {function: a, extensions: [{tial: 1s, name: x}]}"),
    ],
)  # fmt: skip
def test_the_sentence_is_that_of_a_scenario_file(line: str, entry: str) -> None:
    in_file = problem(f"{TEXT}timeline:\n  - {{at: 0s, {entry}}}\n")
    assert refused(line)[1] == in_file.partition(": timeline[0].")[2]


def test_a_line_does_what_the_same_entry_of_a_timeline_does() -> None:
    text = f"{TEXT}timeline:\n  - {{at: 0s, set: {{function: a, runtime: java21, memory: 1GB}}}}\n"
    (in_file,) = parse_text(text).commands
    line = parse_line("set a runtime=java21 memory=1GB", START)
    assert isinstance(in_file, SetConfig)
    assert isinstance(line, SetConfig)
    assert dict(line.changes) == dict(in_file.changes)
    assert len(line.changes) > 2, "a new runtime brings its measured init times"


def test_only_leaves_out_what_would_follow() -> None:
    exact = parse_line("set only a runtime=java21", START)
    assert isinstance(exact, SetConfig)
    assert exact.changes == (("runtime", "java21"),)


def test_a_line_without_a_function_means_the_focus() -> None:
    assert parse_line("fire", replace(START, focus=1)) == Fire(at_us=0, function=1)


def test_problems_count_from_where_the_line_stands() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_line("fire a count=x", START, Place("s.lcs", 7, 20))
    assert caught.value.problems[0].place == Place("s.lcs", 7, 33)


def test_every_key_of_the_readers_is_told() -> None:
    for verb in VERBS:
        if not verb.command:
            continue
        told = {key.name.partition(".")[0] for key in verb.keys}
        expected = set(COMMANDS[verb.command])
        if verb.command == "set":
            expected = {"function", *KEYS} - {"autoscaling"}
        assert told == expected
    assert {verb.command for verb in VERBS} - {""} == set(COMMANDS)


@pytest.mark.parametrize("name", names())
def test_a_configuration_goes_back_to_what_was_written(name: str) -> None:
    for function in load(path_of(name)).functions:
        place = Place("x", 1, 1)
        again = complete(function.name, given_of(function, place), place, Problems(), "")
        assert again == function


def test_every_line_is_a_command_or_a_verb() -> None:
    assert isinstance(parse_line("fire a", START), Command)
    assert FunctionPlan("a").name == PLAN.functions[0].name
