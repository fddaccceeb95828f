"""``simulate``: tables, the public JSON, logs, and what a command line changes."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD
from tests.cli.running import Command

INVOCATION = [
    "event", "attempt", "request_id", "function", "source", "type", "environment", "start",
    "initialization_type", "spillover", "status", "error_type", "arrived", "started", "responded",
    "ended", "init_ms", "reinit_ms", "restore_ms", "duration_ms", "billed_ms", "throttle_reason",
    "sent", "batch",
]  # fmt: skip
ENVIRONMENT = [
    "id", "function", "initialization_type", "created", "ready", "init", "invocations", "resets",
    "state", "gone", "gone_reason",
]  # fmt: skip
SUMMARY = [
    "events", "invocations", "cold_starts", "warm_starts", "pre_starts", "restored_starts",
    "reinits", "provisioned_invocations", "spillovers", "throttles", "errors", "timeouts",
    "dropped", "peak_concurrency", "environments_created", "environments_gone", "billed_ms",
    "gb_seconds", "cost_usd", "latency_ms",
]  # fmt: skip


def test_json_is_the_contracts_object(command: Command, good: str) -> None:
    status, out, err = command("simulate", good, "--format", "json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert list(found) == [
        "format", "seed", "rules_date", "summary", "invocations", "environments", "metrics",
    ]  # fmt: skip
    assert list(found["summary"]) == SUMMARY
    assert list(found["summary"]["latency_ms"]) == ["p50", "p90", "p99", "max"]
    cold, warm = found["invocations"]
    assert list(cold) == INVOCATION
    assert cold | {"request_id": ""} == {
        "event": 1,
        "attempt": 1,
        "request_id": "",
        "function": "web-api",
        "source": "sdk",
        "type": "synchronous",
        "environment": "e1",
        "start": "cold",
        "initialization_type": "on-demand",
        "spillover": False,
        "status": "ok",
        "error_type": None,
        "arrived": 0.0,
        "started": 1120.0,
        "responded": 1300.0,
        "ended": 1300.0,
        "init_ms": 1020.0,
        "reinit_ms": None,
        "restore_ms": None,
        "duration_ms": 180.0,
        "billed_ms": 1200,
        "throttle_reason": None,
        "sent": 0.0,
        "batch": [1],
    }
    assert (warm["start"], warm["started"], warm["init_ms"]) == ("warm", 5000.0, None)
    (environment,) = found["environments"]
    assert list(environment) == ENVIRONMENT
    assert environment["init"] == {"extension_ms": 40.0, "runtime_ms": 220.0, "function_ms": 760.0}
    assert (environment["ready"], environment["state"]) == (1120.0, "FROZEN")
    assert found["metrics"]["web-api"][0]["Invocations"] == 2
    assert found["metrics"]["account"][0]["ConcurrentExecutions"] == 1


def test_a_throttled_attempt_is_in_the_list_without_an_environment(command: Command) -> None:
    found = json.loads(command("simulate", "reserved-concurrency", "--format", "json").out)
    throttled = [each for each in found["invocations"] if each["status"] == "throttled"]
    assert len(throttled) == found["summary"]["throttles"] == 3
    for each in throttled:
        assert each["environment"] is each["start"] is each["started"] is None
        assert each["throttle_reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"


def test_summary_only_says_the_same_as_the_whole(command: Command, good: str) -> None:
    whole = json.loads(command("simulate", good, "--format", "json").out)
    totals = json.loads(command("simulate", good, "--format", "json", "--summary-only").out)
    assert list(totals) == ["format", "seed", "rules_date", "summary"]
    assert totals["summary"] == whole["summary"]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(command: Command) -> None:
    first = command("simulate", "measured-runtimes", "--format", "json")
    assert first == command("simulate", "measured-runtimes", "--format", "json")
    assert first != command("simulate", "measured-runtimes", "--format", "json", "--seed", "8")


def test_until_stops_the_run(command: Command, good: str) -> None:
    found = json.loads(command("simulate", good, "--format", "json", "--until", "4s").out)
    assert found["summary"]["events"] == 1


def test_set_writes_over_the_file(command: Command, good: str) -> None:
    words = ("--set", "web-api.handler.duration=4s", "--set", "timeout=2s")
    found = json.loads(command("simulate", good, "--format", "json", *words).out)
    assert found["summary"]["timeouts"] == 2


def test_the_table_shows_words_of_the_screen_without_colour_in_a_pipe(command: Command) -> None:
    status, out, _ = command("simulate", "short-timeout")
    assert status == 0
    assert "\x1b" not in out
    lines = out.splitlines()
    assert lines[0] == "A short timeout and a long init"
    assert [line.split()[5] for line in lines[4:10]] == [
        "COLD", "WARM", "RE-INIT", "RE-INIT", "COLD", "WARM",
    ]  # fmt: skip
    assert "6 events · 6 invocations · 0 throttled · 0 errors · 3 timeouts" in out
    assert max(map(len, lines)) <= 100


def test_every_start_has_its_word_in_the_table(command: Command) -> None:
    out = command("simulate", "provisioned-concurrency").out
    assert "PRE" in out
    assert "1 spilled over" in out


def test_logs_are_cloudwatchs_lines_with_time_and_stream(command: Command, good: str) -> None:
    lines = command("simulate", good, "--format", "logs").out.splitlines()
    time, stream, text = lines[0].split(" ", 2)
    assert time == "2026-01-01T00:00:00.100Z"
    assert re.fullmatch(r"2026/01/01/\[\$LATEST\][0-9a-f]{32}", stream)
    assert text.startswith("INIT_START Runtime Version: python:3")
    assert lines[-1].startswith(f"2026-01-01T00:00:05.180Z {stream} REPORT RequestId: ")
    assert "\tDuration: 180.00 ms\tBilled Duration: 180 ms\tMemory Size: 512 MB\t" in lines[-1]


def test_epoch_moves_the_timestamps(command: Command, good: str) -> None:
    out = command("simulate", good, "--format", "logs", "--epoch", "2024-02-29T23:59:59").out
    assert out.startswith("2024-02-29T23:59:59.100Z 2024/02/29/[$LATEST]")


def test_telemetry_is_a_record_a_line_with_the_numbers_of_the_json(
    command: Command, good: str
) -> None:
    status, out, err = command("simulate", good, "--format", "telemetry")
    assert (status, err) == (0, "")
    records = [json.loads(line) for line in out.splitlines()]
    assert [each["type"] for each in records] == [
        "platform.initStart", "platform.initRuntimeDone", "platform.extension",
        "platform.initReport", *["platform.start", "platform.runtimeDone", "platform.report"] * 2,
    ]  # fmt: skip
    found = json.loads(command("simulate", good, "--format", "json").out)
    reports = [each["record"] for each in records if each["type"] == "platform.report"]
    for report, invocation in zip(reports, found["invocations"], strict=True):
        assert report["requestId"] == invocation["request_id"]
        assert report["metrics"]["durationMs"] == invocation["duration_ms"]
        assert report["metrics"]["billedDurationMs"] == invocation["billed_ms"]
        assert report["metrics"].get("initDurationMs") == invocation["init_ms"]


def test_telemetry_names_the_log_stream_of_its_environment(command: Command, good: str) -> None:
    epoch = ("--epoch", "2024-02-29T23:59:59Z")
    first = json.loads(
        command("simulate", good, "--format", "telemetry", *epoch).out.splitlines()[0]
    )
    line = command("simulate", good, "--format", "logs", *epoch).out.splitlines()[0]
    time, stream, _ = line.split(" ", 2)
    assert (first["time"], first["record"]["instanceId"]) == (time, stream)


@pytest.mark.parametrize(
    "words",
    [
        ("--summary-only", "--format", "logs"),
        ("--summary-only", "--format", "telemetry"),
        ("--epoch", "2024-01-01", "--format", "json"),
        ("--epoch", "2024-01-01"),
        ("--format", "yaml"),
        ("--until", "4"),
        ("--seed", "-1"),
        ("--set", "timeout"),
    ],
)
def test_wrong_usage_exits_2(command: Command, good: str, words: tuple[str, ...]) -> None:
    status, out, err = command("simulate", good, *words)
    assert (status, out) == (2, "")
    assert err


def test_an_unknown_scenario_exits_2_with_a_suggestion(command: Command) -> None:
    status, _, err = command("simulate", "burst-of-fife")
    assert status == 2
    assert "did you mean 'burst-of-five'?" in err


def test_standard_input_is_a_scenario(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    status, out, _ = command("simulate", "-")
    assert status == 0
    assert out.startswith("Two events\n")


def test_one_of_a_thing_is_told_as_one(command: Command) -> None:
    out = command("simulate", "first-event").out
    assert "Events       1 event · 1 invocation · 0 throttled · 0 errors · 0 timeouts" in out
    assert "Environments 1 environment created" in out


@pytest.mark.parametrize("option", [(), ("--summary-only",)])
def test_a_command_to_an_environment_that_never_was_is_told(
    command: Command, tmp_path: Path, option: tuple[str, ...]
) -> None:
    """Two events may bring two environments, so the file is right; this run has only one."""
    file = tmp_path / "crash.yaml"
    timeline = "{at: 0s, fire: }, {at: 5s, fire: }, {at: 20s, crash: {environment: e2}}"
    file.write_text(f"functions: {{f: }}\ntimeline: [{timeline}]\n")
    status, out, err = command("simulate", str(file), *option)
    assert status == 0
    assert "warning" not in out
    assert err == "warning: the crash of e2 at 20.00 s did nothing: the run had 1 environment\n"
    assert command("simulate", str(file), "--until", "10s", *option).err == ""


def test_a_year_before_1000_has_four_digits(command: Command, good: str) -> None:
    out = command("simulate", good, "--format", "logs", "--epoch", "0007-01-01").out
    assert out.startswith("0007-01-01T00:00:00.100Z 0007/01/01/[$LATEST]")


def test_the_table_says_what_rides_in_a_batch_and_which_attempt_it_is(command: Command) -> None:
    status, out, _ = command("simulate", "sqs-batches")
    assert status == 0
    assert "11 +9 try 3" in out
    assert "10 given up" in out
