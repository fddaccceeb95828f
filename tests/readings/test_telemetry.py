"""The Telemetry API's records: their shape by schema, their order, and REPORT's numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from lifecycle_tui.engine.plan import MS, SECOND, Crash, ExtensionPlan, Outcome, Plan
from lifecycle_tui.engine.worktime import ZERO, Constant
from lifecycle_tui.export.telemetry import telemetry_text
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.telemetry import (
    TelemetryRecord,
    environment_telemetry,
    telemetry,
)
from lifecycle_tui.scenario import catalogue
from tests.readings.runs import MANY, OTEL, doom_loop, fire, read, story
from tests.strategies import plans

Json = dict[str, Any]

SCHEMA = json.loads((Path(__file__).parent / "telemetry.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

STATUS = {"ok": "success", "error": "error", "timeout": "timeout"}


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


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def cold_start() -> Json:
    """Return the report of a cold start."""
    found = objects(story(fire(0)))[-1]
    assert found["type"] == "platform.report"
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"status": "ok"},
        {"status": "error"},
        {"errorType": "Runtime.ExitError"},
        {"requestId": "1"},
        {"colour": "blue"},
        {"metrics": {"durationMs": 180.0}},
        {"spans": [{"name": "overhead", "start": "2026-01-01T00:00:00.000Z", "durationMs": 1}]},
    ],
    ids=str,
)
def test_the_schema_refuses_a_wrong_record(change: Json) -> None:
    report = cold_start()
    assert VALIDATOR.is_valid(report)
    assert not VALIDATOR.is_valid(report | {"record": report["record"] | change})
    assert not VALIDATOR.is_valid(report | {"type": "platform.start"})
    assert not VALIDATOR.is_valid(report | {"time": "2026-01-01 00:00:00"})


@pytest.mark.parametrize("name", catalogue.names())
def test_every_record_of_every_shipped_scenario_fits_the_schema(name: str) -> None:
    """Of a long run its first minutes: they hold every type of record that it has."""
    plan = catalogue.load_scenario(name)
    longest_us = 8 * 60 * SECOND
    ends_us = longest_us if plan.until_us is None else min(plan.until_us, longest_us)
    kept = tuple(command for command in plan.commands if command.at_us <= ends_us)
    check_everything(read(replace(plan, until_us=ends_us, commands=kept)))


@pytest.mark.rule("INV-09")
@MANY
@given(plans())
def test_every_record_of_any_run_fits_the_schema(plan: Plan) -> None:
    check_everything(read(plan))


_ANY_DIGIT = str.maketrans("123456789abcdef", "0" * 15)
_fitting: set[str] = set()
"""Lines that fit the schema, all digits and all letters that are digits of an id the same."""


def check_shapes(index: Index) -> None:
    """Check each record by the schema, to which it is all the same which digits stand there."""
    for line in telemetry_text(index):
        shape = line.translate(_ANY_DIGIT)
        if shape not in _fitting:
            VALIDATOR.validate(json.loads(line))
            _fitting.add(shape)


def check_everything(index: Index) -> None:
    """Check the records' shape, their order, and their numbers."""
    check_shapes(index)
    reports = 0
    for number in range(len(index.of_environment)):
        records = list(environment_telemetry(index, number))
        assert [each.time_us for each in records] == sorted(each.time_us for each in records)
        check_order(records)
        reports += sum(each.type == "report" for each in records)
    ended = [each for each in invocations(index) if each.duration_us is not None]
    assert reports == len(ended)
    by_id = {(each.request_id, each.started_us): each for each in invocations(index)}
    for reinit_us, records in requests(index):
        start = records[0]
        request = by_id[str(start.fields["requestId"]), start.time_us - (reinit_us or 0)]
        check_numbers(request, reinit_us, records)


FOLLOWS = {
    "restoreStart": {"restoreRuntimeDone"},
    "restoreRuntimeDone": {"restoreReport"},
    "restoreReport": {"initReport"},
    "initStart": {"initRuntimeDone", "initReport"},
    "initRuntimeDone": {"extension", "initReport"},
    "extension": {"extension", "initReport"},
    "initReport": {"initStart", "start"},
    "start": {"runtimeDone"},
    "runtimeDone": {"report"},
    "report": {"start", "initStart"},
}
"""What may come next in one environment."""


def check_order(records: list[TelemetryRecord]) -> None:
    """Check that Init comes first, that each thing follows its like, and each phase is closed."""
    if not records:
        return
    if records[0].type == "initStart":
        snap_start = records[0].fields["initializationType"] == "snap-start"
        assert records[0].fields["phase"] == ("snap-start" if snap_start else "init")
    else:
        assert records[0].type == "restoreStart"
    for before, after in pairwise(records):
        assert after.type in FOLLOWS[before.type]
        if after.type == "initStart":
            assert after.fields["phase"] == "invoke"
        elif "phase" in after.fields:
            assert after.fields["phase"] == before.fields.get("phase", after.fields["phase"])
        if before.type in ("start", "runtimeDone"):
            assert after.fields["requestId"] == before.fields["requestId"]


def requests(index: Index) -> Iterator[tuple[int | None, list[TelemetryRecord]]]:
    """Yield the records of each invocation that was reported, with the length of its re-init."""
    for number in range(len(index.of_environment)):
        began_us = reinit_us = None
        one: list[TelemetryRecord] = []
        for each in environment_telemetry(index, number):
            if each.type == "initStart" and each.fields["phase"] == "invoke":
                began_us = each.time_us
            elif each.type == "start":
                reinit_us = None if began_us is None else each.time_us - began_us
                one, began_us = [each], None
            elif each.type in ("runtimeDone", "report"):
                one.append(each)
                if each.type == "report":
                    yield reinit_us, one


def check_numbers(
    invocation: Invocation, reinit_us: int | None, records: list[TelemetryRecord]
) -> None:
    """Check that an invocation's records say the same as its reading."""
    start, done, report = records
    assert report.metrics is not None
    assert done.metrics is not None
    assert invocation.started_us is not None
    assert invocation.duration_us is not None
    assert report.environment == invocation.environment
    assert report.time_us == invocation.ended_us
    assert start.time_us == invocation.started_us + (reinit_us or 0)
    assert report.fields["status"] == STATUS[invocation.status]
    timed_out = invocation.status == "timeout"
    assert report.fields.get("errorType") == (None if timed_out else invocation.error_type)
    assert report.metrics["durationMs"] == invocation.duration_us / 1_000
    assert report.metrics["billedDurationMs"] == invocation.billed_ms
    assert report.metrics["maxMemoryUsedMB"] == invocation.memory_used_mb
    init_us = invocation.init_us
    assert report.metrics.get("initDurationMs") == (None if init_us is None else init_us / 1_000)
    assert done.metrics["durationMs"] == (done.time_us - start.time_us) / 1_000
    check_spans(invocation, records)


def check_spans(invocation: Invocation, records: list[TelemetryRecord]) -> None:
    """Check that spans are contiguous from START on, and end where the runtime and REPORT do."""
    start, done, report = records
    at_us = start.time_us
    for span in (*done.spans, *report.spans):
        assert span.start_us == at_us
        at_us += span.length_us
    names = [span.name for span in (*done.spans, *report.spans)]
    expected = ["responseLatency", "responseDuration", "runtimeOverhead", "extensionOverhead"]
    assert names == expected[: len(names)]
    if invocation.responded_us is None:
        assert names == []
    else:
        assert start.time_us + done.spans[0].length_us == invocation.responded_us
    if "runtimeOverhead" in names:
        assert sum(span.length_us for span in done.spans) == done.time_us - start.time_us
    if report.spans:
        assert at_us == report.time_us


# Single stories, written out


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
