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


def test_a_canary_gets_a_tenth_then_half_then_all(command: Command) -> None:
    found = json.loads(command("simulate", "canary-deploy", "--format", "json").out)
    newer = {e["id"] for e in found["environments"] if e["gone_reason"] is None}
    shares = []
    for begins, ends in [(0, 10), (10, 40), (40, 70), (70, 100)]:
        ran = [
            each["environment"] in newer
            for each in found["invocations"]
            if begins * 1_000 <= each["arrived"] < ends * 1_000
        ]
        shares.append(sum(ran) / len(ran))
    assert shares[0] == 0
    assert 0.02 < shares[1] < 0.2
    assert 0.35 < shares[2] < 0.65
    assert shares[3] == 1


def test_target_tracking_grows_in_steps_and_a_schedule_is_ahead(command: Command) -> None:
    found = json.loads(command("simulate", "target-tracking", "--format", "json").out)
    rows = {row["minute"]: row for row in found["metrics"]["checkout"]}
    busy = [rows[minute]["ProvisionedConcurrentExecutions"] for minute in range(16)]
    assert busy == sorted(busy)
    assert len(set(busy)) >= 4
    spilled = {m: row["ProvisionedConcurrencySpilloverInvocations"] for m, row in rows.items()}
    assert spilled[5] > 0
    assert not any(count for minute, count in spilled.items() if minute > 10)
    late = [each for each in found["invocations"] if each["arrived"] >= 55 * 60_000]
    assert late
    assert not any(each["start"] == "cold" for each in late)


def test_a_reservation_protects_from_a_neighbour(command: Command) -> None:
    found = json.loads(command("simulate", "noisy-neighbour", "--format", "json").out)
    refused = [each for each in found["invocations"] if each["status"] == "throttled"]
    checkout = [each["arrived"] for each in refused if each["function"] == "checkout"]
    assert len(checkout) > 50
    assert max(checkout) < 45_000
    second = [e for e in refused if e["function"] == "reports" and e["arrived"] >= 50_000]
    assert len(second) == 100
