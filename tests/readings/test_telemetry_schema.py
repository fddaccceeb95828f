"""The Telemetry API's records of any run: their shape by schema, their order, REPORT's numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from lifecycle_tui.engine.plan import SECOND, Plan
from lifecycle_tui.export.telemetry import telemetry_text
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.telemetry import (
    TelemetryRecord,
    environment_telemetry,
)
from lifecycle_tui.scenario import catalogue
from tests.readings.runs import MANY, fire, read, story
from tests.readings.test_telemetry import Json, objects
from tests.strategies import plans

SCHEMA = json.loads((Path(__file__).parent / "telemetry.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

STATUS = {"ok": "success", "error": "error", "timeout": "timeout"}


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
