"""What a file does to its functions, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lifecycle_tui.engine.plan import (
    Crash,
    Deploy,
    Fire,
    FunctionPlan,
    Outcome,
    Pattern,
    Plan,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.engine.worktime import Constant, Uniform
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.presets import presets
from tests.scenario.writing import function, one, problem, problems

S = 1_000_000


def test_every_command_arrives() -> None:
    plan = parse_text("""
functions: {a: {init: {function: 1s}}, b: {init: {function: 1s}}}
timeline:
  - {at: 0s, fire: {function: b}}
  - {at: 5s, fire: {function: b, source: alb, count: 10, over: 2s, duration: 20s, outcome: error}}
  - {at: 10s, pattern: {function: a, process: steady, rate: 30/m, for: 1000s}}
  - {at: 11s, pattern: {function: a, rate: 0.9/s, for: 1s, duration: {uniform: [1s, 2s]}}}
  - {at: 30s, provision: {function: a, count: 5}}
  - {at: 40s, deploy: {function: b}}
  - {at: 45s, prewarm: {function: b, count: 2}}
  - {at: 50s, reclaim: {environment: e1}}
  - {at: 51s, crash: {environment: e12}}
  - {at: 60s, set: {function: a, timeout: 5s, reserved_concurrency: 9}}
""")
    assert plan.commands == (
        Fire(at_us=0, function=1),
        Fire(
            at_us=5 * S,
            function=1,
            source="alb",
            count=10,
            over_us=2 * S,
            duration=Constant(20 * S),
            outcome=Outcome.ERROR,
        ),
        Pattern(at_us=10 * S, function=0, process="steady", gap_us=2e6, for_us=1000 * S),
        Pattern(
            at_us=11 * S,
            function=0,
            gap_us=1e6 / 0.9,
            for_us=S,
            duration=Uniform(S, 2 * S),
        ),
        Provision(at_us=30 * S, function=0, count=5),
        Deploy(at_us=40 * S, function=1),
        Prewarm(at_us=45 * S, function=1, count=2),
        Reclaim(at_us=50 * S, environment=0),
        Crash(at_us=51 * S, environment=11),
        SetConfig(
            at_us=60 * S,
            function=0,
            changes=(("timeout_us", 5 * S), ("reserved_concurrency", 9)),
        ),
    )


def test_commands_are_sorted_by_time_and_keep_their_order_within_an_instant() -> None:
    plan = function(timeline="{at: 2s, fire: }, {at: 1s, deploy: }, {at: 2s, deploy: }")
    assert [type(command) for command in plan.commands] == [Deploy, Fire, Deploy]


def test_the_only_function_needs_no_name() -> None:
    assert function(timeline="{at: 1s, fire: {count: 2}}").commands == (Fire(at_us=S, count=2),)


def test_one_of_several_functions_needs_a_name() -> None:
    line = problem("functions: {a: , b: }\ntimeline: [{at: 1s, fire: }]")
    assert line == "x.yaml:2:27: timeline[0].fire: which function? there are 2; give function: NAME"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("{at: 1s}", "2: timeline[0]: no command; expected one of fire, pattern"),
        ("{at: 1s, fire: , set: }", "timeline[0]: 2 commands"),
        ("{fire: }", "timeline[0]: 'at' is missing"),
        ("{at: 1s, frie: }", "unknown key 'frie'; did you mean 'fire'?"),
        ("{at: -1s, fire: }", "timeline[0].at: '-1s' is negative"),
        ("{at: 5, fire: }", "timeline[0].at: found the bare number 5"),
        ("{at: 87600h, fire: }", "'87600h' is longer than 366 days"),
        ("{at: 366d, fire: {count: 2, over: 1s}}", "fire.over: ends after 366 days"),
        ("{at: 366d, pattern: {rate: 1/h, for: 1s}}", "pattern.for: ends after 366 days"),
        ("{at: 1s, fire: {count: 10000001}}", "10000001 is not a whole number from 1 to"),
        ("{at: 1s, fire: {count: 0}}", "0 is not a whole number from 1 to 10,000,000"),
        ("{at: 1s, fire: {count: 1.5}}", "found 1.5; expected a whole number"),
        ("{at: 1s, fire: {count: true}}", "found true; expected a whole number"),
        ("{at: 1s, fire: {function: g}}", "there is no function 'g'; allowed: f"),
        ("{at: 1s, fire: {source: kinesys}}", "did you mean 'kinesis'?"),
        ("{at: 1s, fire: {source: skd}}", "found 'skd', which is not known; did you mean 'sdk'?"),
        ("{at: 1s, pattern: {rate: 1/s}}", "timeline[0].pattern: 'for' is missing"),
        ("{at: 1s, pattern: {for: 1s}}", "timeline[0].pattern: 'rate' is missing"),
        ("{at: 1s, pattern: {rate: 5, for: 1s}}", "found the bare number 5; expected a rate"),
        ("{at: 1s, pattern: {rate: 0/s, for: 1s}}", "a rate is more than zero"),
        ("{at: 1s, pattern: {rate: 1001/s, for: 10000s}}", "sends more than 10,000,000 events"),
        ("{at: 1s, reclaim: {environment: 1}}", "expected an environment such as e1"),
        ("{at: 1s, crash: {environment: e0}}", "expected an environment such as e1"),
        ("{at: 1s, crash: }", "timeline[0].crash: 'environment' is missing"),
        ("{at: 1s, prewarm: {count: 1001}}", "not a whole number from 1 to 1,000"),
        ("{at: 1s, provision: }", "timeline[0].provision: 'count' is missing"),
        ("{at: 1s, set: }", "timeline[0].set: nothing to set"),
        ("{at: 1s, set: {function: f}}", "timeline[0].set: nothing to set"),
        ("{at: 1s, set: {timeout: 901s}}", "timeline[0].set.timeout: '901s' is no timeout"),
        ("{at: 1s, crash: {environment: e1}}", "there is no e1: nothing before it makes an"),
        (
            "{at: 1s, fire: {count: 2}}, {at: 1s, reclaim: {environment: e3}}",
            "timeline[1].reclaim.environment: there is no e3: no more than 2 environments can have",
        ),
        (
            "{at: 9s, fire: {count: 2}}, {at: 1s, fire: }, {at: 2s, crash: {environment: e2}}",
            "timeline[2].crash.environment: there is no e2: no more than 1 environment can have",
        ),
        (
            "{at: 0s, pattern: {process: steady, rate: 2/s, for: 2s}}, {at: 9s, crash: {environment: e6}}",  # noqa: E501
            "there is no e6: no more than 5 environments",
        ),
        (
            "{at: 0s, set: {snapstart: true}}, {at: 1s, provision: {count: 1}}",
            "timeline[1].provision.count: AWS refuses SnapStart with provisioned concurrency",
        ),
        (
            "{at: 1s, set: {snapstart: true}}, {at: 2s, crash: {environment: e2}}",
            "timeline[1].crash.environment: there is no e2: no more than 1 environment can have",
        ),
    ],
)
def test_each_mistake_is_one_line_that_says_what_is_right(command: str, words: str) -> None:
    line = problem(one(timeline=command))
    assert line.startswith("x.yaml:3:")
    assert words in line


@pytest.mark.parametrize(
    ("keys", "before"),
    [
        ("", "{at: 0s, fire: {count: 3, over: 1s}}, {at: 0s, fire: }"),
        ("", "{at: 0s, fire: }, {at: 0s, prewarm: {count: 3}}"),
        ("", "{at: 0s, pattern: {process: steady, rate: 4/s, for: 1s}}"),
        ("", "{at: 0s, pattern: {rate: 1/h, for: 1s}}"),
        ("", "{at: 0s, provision: {count: 1}}"),
        ("", "{at: 0s, set: {provisioned_concurrency: 1}}"),
        ("provisioned_concurrency: 1", "{at: 0s, fire: }"),
    ],
)
def test_an_environment_that_there_can_be_may_be_named(keys: str, before: str) -> None:
    plan = function(keys, f"{before}, {{at: 9s, crash: {{environment: e4}}}}")
    assert plan.commands[-1] == Crash(at_us=9 * S, environment=3)


def test_a_set_that_makes_an_invalid_combination_is_refused_at_its_place() -> None:
    line = problem(
        one(
            "reserved_concurrency: 5, provisioned_concurrency: 4",
            "{at: 1s, set: {reserved_concurrency: 3}}",
        )
    )
    assert line.startswith("x.yaml:3:26: timeline[0].set")
    assert "provisioned concurrency 4 is above the function's reserved concurrency 3" in line


def test_commands_are_checked_in_the_order_of_their_times() -> None:
    later_first = (
        "{at: 9s, provision: {count: 4}}, {at: 1s, set: {reserved_concurrency: 5}}, "
        "{at: 5s, set: {reserved_concurrency: null}}"
    )
    function(timeline=later_first)
    line = problem(one("reserved_concurrency: 5", "{at: 1s, provision: {count: 6}}"))
    assert "3:40: timeline[0].provision.provisioned_concurrency: provisioned concurrency 6" in line


def test_a_new_runtime_brings_its_measured_init() -> None:
    changes = dict(_changes(function(timeline="{at: 1s, set: {runtime: java21}}")))
    measured = presets()["java21", "zip", "x86_64"]
    assert changes["runtime"] == "java21"
    assert changes["init_runtime"] == measured.runtime_init
    assert changes["init_function"] == measured.function_init


def test_a_new_runtime_leaves_written_init_times_alone() -> None:
    plan = function("init: {function: 1s}", "{at: 1s, set: {runtime: java21}}")
    assert "init_function" not in dict(_changes(plan))


def test_written_init_times_end_the_measured_ones() -> None:
    changes = dict(_changes(function(timeline="{at: 1s, set: {init: {function: 2s}}}")))
    assert changes["init_function"] == Constant(2 * S)
    assert changes["init_runtime"] == Constant(0)
    assert changes["init_measured"] is False


def test_the_changes_of_a_set_are_fields_of_the_plan() -> None:
    keys = (
        "memory: 1GB, timeout: 9s, handler: {duration: 1s}, memory_used: 50MB,"
        " extensions: [{name: x}], reserved_concurrency: null, runtime_overhead: 1ms"
    )
    changes: dict[str, Any] = dict(_changes(function(timeline=f"{{at: 1s, set: {{{keys}}}}}")))
    assert replace(FunctionPlan("f"), **changes).memory_mb == 1_024
    assert changes["reserved_concurrency"] is None


def test_all_problems_of_a_file_are_reported_by_place() -> None:
    lines = problems(one("timeout: 3, memory: 1", "{at: 1, fire: {count: x}}, {at: 2s, fier: }"))
    assert [line.split(": ")[0] for line in lines] == [
        "x.yaml:2:16", "x.yaml:2:27", "x.yaml:3:17", "x.yaml:3:34", "x.yaml:3:48",
    ]  # fmt: skip


def test_a_file_of_nothing_but_problems_stops_after_25() -> None:
    lines = problems(one(timeline=", ".join(["{at: 1, fire: }"] * 1_000)))
    assert len(lines) == 26
    assert lines[-1].endswith("stopped reading after 25 problems")


def _changes(plan: Plan) -> tuple[tuple[str, object], ...]:
    (command,) = plan.commands
    assert isinstance(command, SetConfig)
    return command.changes
