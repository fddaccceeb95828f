"""The Telemetry API's records of runs that were worked out by hand: their order and numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, Crash, ExtensionPlan, Outcome
from lifecycle_tui.engine.worktime import ZERO, Constant
from lifecycle_tui.export.telemetry import telemetry_text
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.telemetry import (
    telemetry,
)
from tests.readings.runs import OTEL, doom_loop, fire, story

Json = dict[str, Any]


def objects(index: Index) -> list[Json]:
    """Return the lines as a reader of the file gets them."""
    return [json.loads(line) for line in telemetry_text(index)]


def words(index: Index) -> list[str]:
    """Return each record's type, with its phase and its status unless that is success."""
    found = []
    for each in telemetry(index):
        parts = [each.type, each.fields.get("phase"), each.fields.get("status")]
        found.append(" ".join(str(part) for part in parts if part and part != "success"))
    return found


@pytest.mark.rule("INIT-15", "INV-06", "INV-09")
def test_a_cold_start_has_the_records_of_an_init_and_of_an_invocation() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html."""
    index = story(fire(0), runtime_overhead=Constant(7 * MS), extensions=(TAILED,))
    stream = objects(index)
    request = invocations(index)[0].request_id
    init = {"initializationType": "on-demand", "phase": "init"}
    first = stream[0]
    assert first["record"].pop("instanceId").startswith("2026/01/01/[$LATEST]")
    assert first["record"].pop("runtimeVersionArn").startswith("arn:aws:lambda:us-east-1::runtime:")
    at = "2026-01-01T00:00:"
    assert stream == [
        {
            "time": f"{at}00.100Z",
            "type": "platform.initStart",
            "record": {
                **init,
                "runtimeVersion": "python:3.13.v51",
                "functionName": "web-api",
                "functionVersion": "$LATEST",
                "instanceMaxMemory": 536_870_912,
            },
        },
        {
            "time": f"{at}01.120Z",
            "type": "platform.initRuntimeDone",
            "record": {**init, "status": "success"},
        },
        {
            "time": f"{at}01.120Z",
            "type": "platform.extension",
            "record": {"name": "otel", "state": "Ready", "events": ["INVOKE", "SHUTDOWN"]},
        },
        {
            "time": f"{at}01.120Z",
            "type": "platform.initReport",
            "record": {**init, "status": "success", "metrics": {"durationMs": 1_020.0}},
        },
        {
            "time": f"{at}01.120Z",
            "type": "platform.start",
            "record": {"requestId": request, "version": "$LATEST"},
        },
        {
            "time": f"{at}01.307Z",
            "type": "platform.runtimeDone",
            "record": {
                "requestId": request,
                "status": "success",
                "spans": [
                    {"name": "responseLatency", "start": f"{at}01.120Z", "durationMs": 180.0},
                    {"name": "responseDuration", "start": f"{at}01.300Z", "durationMs": 0.0},
                    {"name": "runtimeOverhead", "start": f"{at}01.300Z", "durationMs": 7.0},
                ],
                "metrics": {"durationMs": 187.0},
            },
        },
        {
            "time": f"{at}01.337Z",
            "type": "platform.report",
            "record": {
                "requestId": request,
                "status": "success",
                "spans": [
                    {"name": "extensionOverhead", "start": f"{at}01.307Z", "durationMs": 30.0}
                ],
                "metrics": {
                    "durationMs": 217.0,
                    "billedDurationMs": 1_237,
                    "memorySizeMB": 512,
                    "maxMemoryUsedMB": 40,
                    "initDurationMs": 1_020.0,
                },
            },
        },
    ]


@pytest.mark.rule("BIL-03")
@pytest.mark.parametrize("tail_us", [457, 0], ids=["with a tail", "without"])
def test_spans_are_no_longer_than_the_runtime_and_that_no_longer_than_the_report(
    tail_us: int,
) -> None:
    """WE-F15: a cold start of May 2024, 2.271 ms to the answer's last byte, 11.642 ms in all.

    Source: a line that was published then, and
    https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html. What is observed
    is an order, spans <= runtimeDone <= report and initReport <= initDurationMs, and a bill of
    12 ms, since Init was free.
    """
    tail = ExtensionPlan("tail", register=ZERO, ready=ZERO, tail=Constant(tail_us))
    index = story(
        fire(0),
        rules_date="2024-05-01",
        init_runtime=Constant(100_000),
        init_function=Constant(74_055),
        handler=Constant(2_271),
        runtime_overhead=Constant(11_642 - 2_271 - tail_us),
        extensions=(tail,),
    )
    records = {each.type: each for each in telemetry(index)}
    done, report = records["runtimeDone"], records["report"]
    assert done.metrics is not None
    assert report.metrics is not None
    init = records["initReport"].metrics
    assert init is not None
    spans_ms = sum(span.length_us for span in done.spans) / 1_000
    assert spans_ms <= done.metrics["durationMs"] <= report.metrics["durationMs"] == 11.642
    assert done.metrics["durationMs"] == (11_642 - tail_us) / 1_000
    assert init["durationMs"] <= report.metrics["initDurationMs"] == 174.055
    assert report.metrics["billedDurationMs"] == 12


TAILED = ExtensionPlan("otel", register=OTEL.register, ready=OTEL.ready, tail=Constant(30 * MS))

WARM = ["start", "runtimeDone", "report"]
INIT = ["initStart init", "initRuntimeDone init", "extension", "initReport init"]


def test_a_warm_start_has_no_init() -> None:
    assert words(story(fire(0), fire(5))) == [*INIT, *WARM, *WARM]


def test_a_failed_import_is_told_twice_with_its_error_type() -> None:
    index = story(fire(0), init_outcome=Outcome.ERROR)
    assert words(index) == [
        "initStart init", "initRuntimeDone init error", "initReport init error",
        "initStart invoke", "initRuntimeDone invoke error", "initReport invoke error",
        "start", "runtimeDone error", "report error",
    ]  # fmt: skip
    types = {each.fields.get("errorType") for each in telemetry(index)}
    assert types == {None, "Runtime.ImportModuleError"}


@pytest.mark.rule("ITO-02")
def test_an_init_over_ten_seconds_is_a_time_out_without_an_error_type() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=60 * SECOND)
    assert words(index) == [
        "initStart init", "initRuntimeDone init timeout", "initReport init timeout",
        "initStart invoke", "initRuntimeDone invoke", "extension", "initReport invoke",
        *WARM,
    ]  # fmt: skip
    assert not any("errorType" in each.fields for each in telemetry(index))
    report = list(telemetry(index))[-1]
    assert report.metrics is not None
    assert report.metrics["durationMs"] == 11_440.0
    assert "initDurationMs" not in report.metrics


@pytest.mark.rule("FAIL-06")
def test_a_reinit_that_runs_into_the_functions_timeout_is_reported_in_phase_invoke() -> None:
    assert words(doom_loop())[-6:] == [
        "initStart invoke", "initRuntimeDone invoke timeout", "initReport invoke timeout",
        "start", "runtimeDone timeout", "report timeout",
    ]  # fmt: skip


def test_an_extension_that_hangs_in_init_leaves_a_runtime_that_was_done() -> None:
    slow = ExtensionPlan("slow", ready=Constant(20 * SECOND))
    found = words(story(fire(0), extensions=(slow,)))
    assert found[:3] == ["initStart init", "initRuntimeDone init", "initReport init timeout"]


def test_an_extension_that_never_registers_leaves_a_runtime_that_was_never_started() -> None:
    slow = ExtensionPlan("slow", register=Constant(20 * SECOND), ready=Constant(20 * SECOND))
    assert words(story(fire(0), extensions=(slow,)))[:2] == [
        "initStart init", "initReport init timeout",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "done"), [(Outcome.OK, "runtimeDone"), (Outcome.ERROR, "runtimeDone error")]
)
def test_an_extension_that_hangs_after_the_answer_times_out_the_report_only(
    outcome: Outcome, done: str
) -> None:
    slow = ExtensionPlan("slow", tail=Constant(20 * SECOND))
    index = story(fire(0, outcome=outcome), extensions=(slow,))
    assert words(index)[-3:] == ["start", done, "report timeout"]
    report = list(telemetry(index))[-1]
    assert report.spans == ()


def test_a_handler_that_times_out_has_no_spans() -> None:
    index = story(fire(0, lasting=5))
    assert words(index)[-3:] == ["start", "runtimeDone timeout", "report timeout"]
    assert all(each.spans == () for each in telemetry(index))


def test_a_crash_is_an_exit() -> None:
    index = story(fire(0, lasting=2), Crash(at_us=2 * SECOND, environment=0))
    report = list(telemetry(index))[-1]
    assert (report.time_us, report.fields["errorType"]) == (2 * SECOND, "Runtime.ExitError")


@pytest.mark.rule("INIT-15", "PRV-01", "REP-05")
def test_provisioned_environments_say_so_and_name_their_version() -> None:
    index = story(fire(0), provisioned_concurrency=1)
    first, *_, start, _, report = telemetry(index)
    assert first.fields["initializationType"] == "provisioned-concurrency"
    assert (first.fields["functionVersion"], start.fields["version"]) == ("1", "1")
    assert first.time_us < 0
    assert report.metrics is not None
    assert "initDurationMs" not in report.metrics


def test_an_image_has_no_runtime_version() -> None:
    first = next(telemetry(story(fire(0), package="image")))
    assert first.type == "initStart"
    assert "runtimeVersion" not in first.fields


def test_records_come_environment_by_environment() -> None:
    numbers = [each.environment for each in telemetry(story(fire(0, 3), fire(60, 3)))]
    assert numbers == sorted(numbers)
    assert set(numbers) == {0, 1, 2}


def test_throttled_events_leave_no_record() -> None:
    index = story(fire(0, 2), reserved_concurrency=1)
    throttled = invocations(index)[1]
    assert throttled.status == "throttled"
    assert throttled.request_id not in "".join(telemetry_text(index))


def test_what_still_runs_at_the_end_has_no_report() -> None:
    assert words(story(fire(0), until=1.2)) == [*INIT, "start"]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert list(telemetry_text(doom_loop())) == list(telemetry_text(doom_loop()))
