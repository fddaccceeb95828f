"""``claim``: exit status, the scenario file with its story, JSON, and what is wrong with one."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from lifecycle_tui.claims.myths import MYTHS, READY
from lifecycle_tui.cli.claim import claim
from lifecycle_tui.scenario import parse_text
from tests.cli.running import Command

WAITS = ("claim", "all(inv, wait_ms < 20)", "--given", "pc >= 2")


def test_a_broken_claim_is_a_scenario_file_with_its_story(command: Command) -> None:
    status, out, err = command(*WAITS)
    assert (status, err) == (1, "")
    plan = parse_text(out)
    assert plan.functions[0].provisioned_concurrency == 2
    assert plan.title == "Refutes: all(inv, wait_ms < 20)"
    assert "# Claim: all(inv, wait_ms < 20), given pc >= 2\n# REFUTED by event 3 of 3." in out
    assert "# Why was #3 COLD?" in out
    assert re.search(r"^#     3  0.000 s  function  e3   COLD   ok ", out, re.MULTILINE)


def test_a_claim_that_nothing_breaks_says_how_hard_it_looked(command: Command) -> None:
    words = ("claim", "max(concurrency) <= cfg.rc", "--given", "rc >= 1", "--runs", "300")
    status, out, err = command(*words)
    assert (status, err) == (0, "")
    assert "NOT REFUTED by 300 scenarios. That is no proof" in out
    assert "reserved concurrency: none, 1, 2, 0" in out


def test_json(command: Command) -> None:
    status, out, _ = command(*WAITS, "--json")
    found = json.loads(out)
    assert status == 1
    assert (found["verdict"], found["event"], found["given"]) == ("refuted", 3, "pc >= 2")
    assert [each["start"] for each in found["invocations"]] == ["pre", "pre", "cold"]
    assert found["why"]["causes"]
    assert parse_text(found["scenario"]).functions[0].provisioned_concurrency == 2
    status, out, _ = command("claim", "count(inv) >= 1", "--runs", "60", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["verdict"], found["runs"], found["met"]) == ("not refuted", 60, 60)
    assert sum(found["by_events"].values()) == 60


def test_the_same_claim_prints_the_same(command: Command) -> None:
    assert command(*WAITS).out == command(*WAITS).out


@pytest.mark.parametrize(
    ("words", "shown", "place"),
    [
        (("all(inv, wait < 20)",), "claim:10: unknown name 'wait'; did you mean 'wait_ms'?", 9),
        (("count(inv) >",), "claim:13: it ends too early", 12),
        (("count(inv) == 1", "--given", "__import__('os')"), "given:1: ", 0),
    ],
)
def test_a_bad_expression_is_shown_with_its_place(
    command: Command, words: tuple[str, ...], shown: str, place: int
) -> None:
    status, out, err = command("claim", *words)
    assert (status, out) == (2, "")
    first, _, mark = err.splitlines()
    assert first.startswith(shown)
    assert mark == f"  {' ' * place}^"


def test_a_claim_without_an_answer_is_wrong_usage(command: Command) -> None:
    status, out, err = command("claim", "inv > 3")
    assert (status, out) == (2, "")
    assert "how many rows it has is count(…)" in err
    assert command("claim").status == 2
    assert command("claim", "count(inv) == 1", "--open", "--json").status == 2


def test_a_scenario_gives_the_function(command: Command) -> None:
    status, out, err = command("claim", "all(db, peak <= 10)", "--scenario", "connection-storm")
    assert (status, err) == (1, "")
    plan = parse_text(out)
    assert (plan.functions[0].name, plan.seed) == ("inside", 1)
    assert "'warm-reuse'" in command("claim", "count(inv) == 1", "--scenario", "warm-resue").err
    _, _, err = command("claim", "count(inv) >= 1", "--runs", "5", "--scenario", "target-tracking")
    assert "auto scaling" in err


def test_open_without_a_terminal_prints_the_scenario(command: Command) -> None:
    status, out, err = command(*WAITS, "--open")
    assert status == 2
    assert "needs a terminal" in err
    assert parse_text(out).functions[0].provisioned_concurrency == 2


def test_the_list_and_the_help_have_the_myths(command: Command) -> None:
    out = command("claim", "--list").out
    for each in READY:
        assert f"{each.words}{'' if each.myth else '  (holds)'}\n  {each.claim}\n" in out
    shown = (claim.help or "").replace("\\\n", " ")
    calls = [shlex.split(line.strip()) for line in shown.splitlines() if '"' in line or "'" in line]
    told = [tuple(words[words.index("claim") + 1 :]) for words in calls if "claim" in words]
    for each in MYTHS:
        assert (each.claim, "--given", each.given) in told
