"""Each scenario that comes with the program shows what its title says."""

from __future__ import annotations

import json

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
    "snapstart-side-by-side": "cold restored warm warm cold warm restored",
    "snapstart-uniqueness": "restored restored restored restored restored",
    "snapstart-slow-hooks": "error error error restored",
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
