"""Each scenario that comes with the program shows what its title says."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.cli.running import Command

STORY = {
    "sandbox": "",
    "first-event": "cold",
    "warm-reuse": "cold warm warm",
    "burst-of-five": "cold cold cold cold cold warm warm warm warm warm",
    "slow-init": "reinit warm",
    "short-timeout": "cold warm/timeout reinit/timeout reinit/timeout cold warm",
    "extension-tail": "cold warm cold",
    "provisioned-concurrency": "pre pre warm warm cold pre pre warm warm",
    "crash-and-reinit": "cold warm/error warm warm/error reinit warm/error reinit reinit",
    "idle-and-deploy": "cold cold cold warm cold",
    "reserved-concurrency": (
        "cold cold cold throttled throttled cold cold warm warm warm throttled"
    ),
    "measured-runtimes": " ".join(["cold"] * 12),
    "memory-and-cpu": "cold cold cold warm warm warm cold",
    "memory-leak": (
        "cold warm warm warm warm/error reinit warm warm cold cold"
        " warm warm warm warm warm warm warm warm/error reinit"
    ),
    "tmp-full": "cold warm warm warm/error warm/error reinit/error cold",
    "big-package": "cold cold cold warm warm warm",
    "caches": "cold cold warm warm warm cold cold warm cold cold cold cold",
    "cron-ping": "cold warm warm warm warm cold cold cold",
    "recorded-arrivals": (
        "cold warm warm warm cold cold cold cold cold cold warm warm/timeout warm reinit warm"
    ),
}


@pytest.mark.parametrize("name", STORY)
def test_a_shipped_scenario_tells_its_story(command: Command, name: str) -> None:
    found = json.loads(command("simulate", name, "--format", "json").out)
    words = []
    for each in found["invocations"]:
        parts = [each["start"], None if each["status"] == "ok" else each["status"]]
        words.append("/".join(part for part in parts if part))
    assert " ".join(words) == STORY[name]


def test_a_slow_init_is_abandoned_after_ten_seconds_and_runs_again_inside_invoke(
    command: Command,
) -> None:
    found = json.loads(command("simulate", "slow-init", "--format", "json").out)
    first = found["invocations"][0]
    assert first["init_ms"] is None
    assert first["reinit_ms"] == 12_000.0
    assert first["duration_ms"] == 12_900.0


def test_a_connection_storm_is_refused_inside_and_outside_but_waits_at_a_proxy(
    command: Command,
) -> None:
    found = json.loads(command("simulate", "connection-storm", "--format", "json").out)
    failed = [
        (each["function"], round(each["arrived"] / 1_000))
        for each in found["invocations"]
        if each["status"] == "error"
    ]
    assert failed.count(("inside", 2)) == 29, "one of the 50 is warm and done before 29 others"
    assert failed.count(("outside", 4)) == 30
    assert ("outside", 8) in failed, "held by FROZEN environments"
    assert {name for name, _ in failed} == {"inside", "outside"}


def test_an_extension_keeps_the_environment_busy_after_the_answer(command: Command) -> None:
    found = json.loads(command("simulate", "extension-tail", "--format", "json").out)
    second, third = found["invocations"][1:]
    assert second["responded"] < third["arrived"] < second["ended"]
    assert second["ended"] - second["responded"] == 450.0
    assert third["environment"] != second["environment"]


def test_idle_environments_are_taken_back_and_say_why(command: Command) -> None:
    found = json.loads(command("simulate", "idle-and-deploy", "--format", "json").out)
    assert all(each["gone"] is not None for each in found["environments"])
    assert len({each["gone_reason"] for each in found["environments"]}) >= 3


def test_a_spike_makes_more_environments_than_its_traffic_needs_and_the_next_finds_them_all(
    command: Command,
) -> None:
    found = json.loads(command("simulate", "traffic-spike", "--format", "json").out)
    starts = [each["start"] for each in found["invocations"]]
    assert len(starts) == 2 * 22
    assert starts[:22].count("cold") == 10
    assert set(starts[22:]) == {"warm"}


def test_a_slow_ramp_makes_about_as_many_environments_as_rate_times_duration(
    command: Command,
) -> None:
    found = json.loads(command("simulate", "ramp", "--format", "json").out)
    cold = [each["arrived"] for each in found["invocations"] if each["start"] == "cold"]
    assert len(cold) == 9
    assert all(later - earlier > 1_000 for earlier, later in pairwise(cold))
