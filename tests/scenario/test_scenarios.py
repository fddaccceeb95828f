"""Whole files: their head, overrides, hostile ones, and those that come with the program."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MINUTE, AccountPlan, Plan, Reuse
from lifecycle_tui.engine.source_plan import QueuePlan
from lifecycle_tui.engine.worktime import Constant, Uniform
from lifecycle_tui.scenario import catalogue
from lifecycle_tui.scenario.build import load, parse_text
from lifecycle_tui.scenario.problems import ScenarioError
from tests.scenario.writing import one, problem, problems

HEAD = """
format: 1
title: "A title\\e[31m in red"
seed: 42
rules_date: 2024-06-01
until: 10m
account:
  concurrency: 50
  placement: 1ms
  idle_lifetime: {uniform: [1s, 2s]}
  max_lifetime: 1h
  provisioning_delay: 0s
  reuse: least-recent
functions: {f: {init: {function: 1s}}}
"""


def test_the_head_of_a_file_arrives_and_its_title_is_safe() -> None:
    plan = parse_text(HEAD)
    assert plan.account == AccountPlan(
        concurrency=50,
        placement=Constant(1_000),
        idle_lifetime=Uniform(1_000_000, 2_000_000),
        max_lifetime=Constant(60 * MINUTE),
        provisioning_delay=Constant(0),
        reuse=Reuse.LEAST_RECENT,
    )
    assert plan.title == "A title␛[31m in red"
    assert (plan.seed, plan.rules_date, plan.until_us) == (42, "2024-06-01", 10 * MINUTE)


def test_what_a_file_leaves_out_has_defaults() -> None:
    default = Plan(())
    plan = parse_text("functions: {f: }")
    assert plan.account == AccountPlan()
    assert (plan.seed, plan.rules_date, plan.until_us) == (0, default.rules_date, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "x.yaml:1:1: the file is empty"),
        ("- a", "x.yaml:1:1: found a list; a scenario has keys such as functions"),
        ("format: 1", "x.yaml:1:1: 'functions' is missing"),
        ("functions: {}", "x.yaml:1:12: functions: is empty"),
        ("functions: {a b: }", "x.yaml:1:13: functions: 'a b' is not a name AWS accepts"),
        (f"functions: {{{'a' * 65}: }}", "x.yaml:1:13: functions: 'aaa"),
        ("functions: {account: }", "x.yaml:1:13: functions: the name 'account' means the account"),
        ("format: 2\nfunctions: {f: }", "x.yaml:1:9: format: found 2; this version"),
        ("format: true\nfunctions: {f: }", "x.yaml:1:9: format: found true; this version"),
        ("seed: on\nfunctions: {f: }", "x.yaml:1:7: seed: found 'on'; expected a whole number"),
        ("until: 3\nfunctions: {f: }", "x.yaml:1:8: until: found the bare number 3"),
        ("until: 367d\nfunctions: {f: }", "x.yaml:1:8: until: '367d' is longer than 366 days"),
        ("rules_date: 2026-13-01\nfunctions: {f: }", "x.yaml:1:13: rules_date: found"),
        (
            "functions: {f: }\nuntil: 9s\ntimeline: [{at: 10s, fire: }, {at: 3s, fire: }]",
            "x.yaml:2:8: until: the run would end at 9s, before the command at 10s; end it later",
        ),
        ("title: [a]\nfunctions: {f: }", "x.yaml:1:8: title: found a list; expected text"),
        ("account: {concurrency: 0}\nfunctions: {f: }", "x.yaml:1:24: account.concurrency: 0 is"),
        ("account: {reuse: newest}\nfunctions: {f: }", "x.yaml:1:18: account.reuse: found"),
        ("functons: {f: }\nfunctions: {f: }", "x.yaml:1:1: unknown key 'functons'; did you mean"),
        ("functions: {f: }\ntimeline: {}", "x.yaml:2:11: timeline: found a mapping; expected a"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_line_with_its_place(text: str, line: str) -> None:
    assert problem(text).startswith(line)


def test_a_thousand_functions_are_allowed_and_one_more_is_not() -> None:
    parse_text("functions: {" + ", ".join(f"f{n}: " for n in range(1_000)) + "}")
    line = problem("functions: {" + ", ".join(f"f{n}: " for n in range(1_001)) + "}")
    assert "1,001 functions; at most 1,000" in line


@pytest.mark.parametrize(
    ("override", "read"),
    [
        ("f.timeout=5s", lambda plan: plan.functions[0].timeout_us == 5_000_000),
        ("timeout=5s", lambda plan: plan.functions[0].timeout_us == 5_000_000),
        ("f.init.function=2s", lambda plan: plan.functions[0].init_function.us == 2_000_000),
        ("handler.duration={uniform: [1s, 2s]}", lambda plan: plan.functions[0].handler.low_us),
        ("f.extensions=[{name: a}]", lambda plan: len(plan.functions[0].extensions) == 1),
        ("account.concurrency=7", lambda plan: plan.account.concurrency == 7),
        ("seed=9", lambda plan: plan.seed == 9),
        ("until=1m", lambda plan: plan.until_us == MINUTE),
    ],
)
def test_an_override_writes_over_the_file(override: str, read: object) -> None:
    assert callable(read)
    assert not read_safely(read, parse_text(one()))
    assert read(parse_text(one(), overrides=[override]))


def read_safely(read: object, plan: Plan) -> object:
    """Return what a question gives, or None where it cannot be asked."""
    assert callable(read)
    try:
        return read(plan)
    except AttributeError:
        return None


def test_the_last_of_two_overrides_wins() -> None:
    plan = parse_text(one(), overrides=["f.timeout=5s", "f.timeout=7s"])
    assert plan.functions[0].timeout_us == 7_000_000


@pytest.mark.parametrize(
    ("override", "line"),
    [
        ("f.timout=5s", "--set f.timout=5s:1:1: functions.f: unknown key 'timout'; did you mean"),
        ("f.timeout=5", "--set f.timeout=5:1:1: functions.f.timeout: found the bare number 5"),
        ("g.timeout=5s", "--set g.timeout=5s:1:1: there is no function 'g'"),
        ("f.timeout", "--set f.timeout:1:1: expected FUNCTION.KEY=VALUE"),
        ("f..timeout=1s", "--set f..timeout=1s:1:1: expected FUNCTION.KEY=VALUE"),
        ("f.timeout=[", "--set f.timeout=[:2:1: not YAML"),
        ("f.timeout=*a", "--set f.timeout=*a:1:1: a YAML alias"),
        ("a=", "--set a=:1:1: unknown key 'a'; expected FUNCTION.KEY=VALUE, for example web-api."),
        ("f=3s", "--set f=3s:1:1: 'f' is a function; expected FUNCTION.KEY=VALUE"),
        ("timeline=[]", "--set timeline=[]:1:1: 'timeline' cannot be written over; expected FUNC"),
        ("timout=3s", "--set timout=3s:1:1: unknown key 'timout'; did you mean 'timeout'?"),
        ("a.b=3s", "--set a.b=3s:1:1: there is no function 'a'"),
    ],
)
def test_a_wrong_override_is_named_as_such(override: str, line: str) -> None:
    assert problem(one(), [override]).startswith(line)


def test_an_override_without_a_function_needs_a_file_with_one() -> None:
    line = problem("functions: {f: , g: }", ["timeout=3s"])
    assert line.endswith(
        "which function's timeout? there are 2; expected FUNCTION.KEY=VALUE, for"
        " example web-api.timeout=5s"
    )


def test_fifty_megabytes_of_aliases_are_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "laughs.yaml"
    block = b"a: &a [x, x]\n" + b"b: [*a, *a, *a, *a, *a, *a, *a]\n" * 4_096
    with file.open("wb") as out:
        while out.tell() < 50_000_000:
            out.write(block)
    began = time.perf_counter()
    with pytest.raises(ScenarioError, match="larger than 1 MB"):
        load(file)
    assert time.perf_counter() - began < 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no /dev/zero")
def test_an_endless_file_is_refused() -> None:
    with pytest.raises(OSError, match="a pipe or a device, not a file"):
        load("/dev/zero")
    endless = os.open("/dev/zero", os.O_RDONLY)
    with pytest.raises(ScenarioError, match="larger than 1 MB"):
        load(f"/dev/fd/{endless}")
    os.close(endless)


@pytest.mark.parametrize(
    "text",
    [
        "functions: {f: }\ntimeline: [{at: 87600h, fire: }]",
        one("timeout: 3"),
        "functions: {f: }\nfunctions: {g: }",
        "functions: {f: }\ntimeline: [{at: 1s, fire: {function: g}}]",
        "a: &a [b]\nfunctions: *a",
    ],
)
def test_hostile_files_are_refused_quickly_in_one_line(text: str) -> None:
    began = time.perf_counter()
    assert problem(text)
    assert time.perf_counter() - began < 1


@given(st.text(alphabet="fms:{}[],- \n\"'1.#&*!|>?%@`~", max_size=60))
def test_no_text_after_a_good_beginning_breaks_the_reader(tail: str) -> None:
    try:
        parse_text(f"functions:\n  f:\n    timeout: {tail}")
    except ScenarioError as error:
        for line in str(error).splitlines():
            file, row, column, words = line.split(":", 3)
            assert file == "<text>"
            assert int(row) > 0
            assert int(column) > 0
            assert words.strip()


def test_a_scenario_can_come_through_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"functions: {f: {timeout: 3}}"))
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(ScenarioError, match=r"<stdin>:1:26: functions.f.timeout"):
        catalogue.load_scenario("-")


def test_an_unknown_scenario_has_a_suggestion() -> None:
    with pytest.raises(catalogue.UnknownScenarioError, match="did you mean 'warm-reuse'"):
        catalogue.load_scenario("warm-resue")


def test_every_shipped_file_is_in_the_catalogue() -> None:
    folder = catalogue.path_of("sandbox").parent
    assert sorted(catalogue.names()) == sorted(file.stem for file in folder.glob("*.yaml"))
    assert catalogue.DEFAULT in catalogue.names()


@pytest.mark.parametrize("name", catalogue.names())
def test_every_shipped_scenario_is_valid_titled_and_commented(name: str) -> None:
    plan = catalogue.load_scenario(name)
    assert 10 <= len(plan.title) <= 60
    assert catalogue.path_of(name).read_text(encoding="utf-8").startswith("# ")


def test_problems_name_the_file_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("functions: {f: {memory: 1}}")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}:1:25: functions.f.memory: found the bare number 1")


def test_problems_of_a_file_hold_no_control_characters() -> None:
    for line in problems('functions: {"f\\e[31m": {"\\e]0;title\\a": 1}}'):
        assert line.isprintable()


def test_an_override_reaches_declared_sources_and_downstreams() -> None:
    queue = catalogue.load_scenario("sqs-batches", ["sources.order-queue.batch_size=3"]).sources[0]
    assert isinstance(queue, QueuePlan)
    assert queue.batch_size == 3
    plan = catalogue.load_scenario("connection-storm", ["downstreams.db-inside.connections=7"])
    assert {each.name: each.connections for each in plan.downstreams}["db-inside"] == 7


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("sources.orders.batch_size=3", "there is no source 'orders'; allowed: order-queue"),
        ("sources.order-queue=3", "which key of 'order-queue'?"),
        ("sources.order-queue.batch=3", "batch_size"),
        ("downstreams.db.connections=3", "there is no downstream 'db'; the scenario declares none"),
    ],
)
def test_an_override_of_something_undeclared_is_told(override: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(said)):
        catalogue.load_scenario("sqs-batches", [override])
