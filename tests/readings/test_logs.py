"""Log lines, letter by letter as AWS prints them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, Outcome, Plan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.logs import (
    environment_lines,
    extension_line,
    init_report_line,
    log_lines,
    report_line,
)
from tests.readings.runs import MANY, doom_loop, fire, read, story
from tests.strategies import plans

REQUEST = "b876c56a-5557-5018-d332-9fa45c1f7b66"

LINE = re.compile(
    r"INIT_START Runtime Version: \S+\tRuntime Version ARN: arn:aws:lambda:\S+"
    r"|RESTORE_START Runtime Version: \S+\tRuntime Version ARN: arn:aws:lambda:\S+"
    r"|RESTORE_REPORT Restore Duration: \d+\.\d\d ms(\tStatus: timeout)?"
    r"|EXTENSION\tName: \S+\tState: Ready\tEvents: \[(INVOKE)?(, )?(SHUTDOWN)?\]"
    r"|INIT_REPORT Init Duration: \d+\.\d\d ms"
    r"(\tPhase: (init|invoke)\tStatus: (timeout|error\tError Type: [A-Z]\w+\.\w+))?"
    r"|RESTORE_START Runtime Version: \S+\tRuntime Version ARN: arn:aws:lambda:\S+"
    r"|RESTORE_REPORT Restore Duration: \d+\.\d\d ms(\tStatus: timeout)?"
    r"|START RequestId: [0-9a-f-]{36} Version: (\$LATEST|\d+)"
    r"|[0-9a-f-]{36} Task timed out after \d+\.\d\d seconds"
    r"|RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason"
    r"|Runtime\.(ExitError|OutOfMemory)"
    r"|END RequestId: [0-9a-f-]{36}"
    r"|REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms"
    r"\tMemory Size: \d+ MB\tMax Memory Used: \d+ MB\t(Init Duration: \d+\.\d\d ms\t)?"
    r"(Restore Duration: \d+\.\d\d ms\tBilled Restore Duration: \d+ ms\t)?"
    r"(Status: timeout|Status: error\tError Type: [A-Z]\w+\.\w+)?"
)


def words(index: Index) -> list[str]:
    """Return the first word of each line, an INIT_REPORT with its phase and a REPORT's status."""
    found = []
    for line in log_lines(index):
        parts = re.split(r"[ \t]", line.text)
        extra = re.search(r"Phase: (\w+)", line.text)
        status = re.search(r"Status: (\w+)", line.text)
        found.append(" ".join([parts[0], *(m.group(1) for m in (extra, status) if m is not None)]))
    return found


@pytest.mark.rule("REP-03", "REP-06")
def test_report_of_a_cold_start() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    line = report_line(
        REQUEST,
        duration_us=2_370,
        billed_ms=427,
        memory_mb=1_024,
        memory_used_mb=95,
        init_us=423_980,
    )
    assert line == (
        f"REPORT RequestId: {REQUEST}\tDuration: 2.37 ms\tBilled Duration: 427 ms\t"
        "Memory Size: 1024 MB\tMax Memory Used: 95 MB\tInit Duration: 423.98 ms\t"
    )


@pytest.mark.rule("REP-03", "REP-06")
def test_report_of_a_warm_start_ends_in_a_tab() -> None:
    line = report_line(
        REQUEST, duration_us=77_089_900, billed_ms=77_090, memory_mb=1_024, memory_used_mb=548
    )
    assert line == (
        f"REPORT RequestId: {REQUEST}\tDuration: 77089.90 ms\tBilled Duration: 77090 ms\t"
        "Memory Size: 1024 MB\tMax Memory Used: 548 MB\t"
    )


@pytest.mark.rule("REP-03", "LOG-07")
def test_report_of_a_time_out_ends_in_its_status() -> None:
    line = report_line(
        REQUEST,
        duration_us=600_000_000,
        billed_ms=600_477,
        memory_mb=1_536,
        memory_used_mb=1_035,
        init_us=476_750,
        status="timeout",
        error_type="Sandbox.Timedout",
    )
    assert line.endswith("\tInit Duration: 476.75 ms\tStatus: timeout")


@pytest.mark.rule("REP-03", "LOG-07")
def test_report_of_an_error_names_its_type() -> None:
    line = report_line(
        REQUEST,
        duration_us=1_338_340,
        billed_ms=1_339,
        memory_mb=128,
        memory_used_mb=71,
        status="error",
        error_type="Runtime.UserCodeSyntaxError",
    )
    assert line.endswith("Used: 71 MB\tStatus: error\tError Type: Runtime.UserCodeSyntaxError")


@pytest.mark.rule("LOG-02", "LOG-03", "LOG-04")
def test_init_reports() -> None:
    assert init_report_line(10_000_120, phase="init", status="timeout") == (
        "INIT_REPORT Init Duration: 10000.12 ms\tPhase: init\tStatus: timeout"
    )
    failed = init_report_line(
        83_580, phase="invoke", status="error", error_type="Runtime.ImportModuleError"
    )
    assert failed == (
        "INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\t"
        "Error Type: Runtime.ImportModuleError"
    )
    assert init_report_line(1_873_400) == "INIT_REPORT Init Duration: 1873.40 ms"


@pytest.mark.rule("LOG-08")
def test_extension_lines_list_the_events_asked_for() -> None:
    line = "EXTENSION\tName: lambda-adapter\tState: Ready\tEvents: [{}]"
    for invoke, shutdown, events in (
        (True, True, "INVOKE, SHUTDOWN"),
        (True, False, "INVOKE"),
        (False, True, "SHUTDOWN"),
        (False, False, ""),
    ):
        adapter = ExtensionPlan("lambda-adapter", on_invoke=invoke, on_shutdown=shutdown)
        assert extension_line(adapter) == line.format(events)


@pytest.mark.rule("INIT-13", "LOG-01", "LOG-04", "REP-01", "REP-02", "REP-08")
def test_a_cold_stream_and_then_a_warm_one() -> None:
    index = story(fire(0), fire(5))
    assert words(index) == [
        "INIT_START", "EXTENSION", "START", "END", "REPORT", "START", "END", "REPORT",
    ]  # fmt: skip
    lines = log_lines(index)
    assert [line.time_us // MS for line in lines] == [
        100, 1_120, 1_120, 1_300, 1_300, 5_000, 5_180, 5_180,
    ]  # fmt: skip
    assert lines[2].text == (
        f"START RequestId: {invocation_at(index, 1).request_id} Version: $LATEST"
    )


@pytest.mark.rule("LOG-01")
def test_custom_runtimes_and_images_write_no_init_start() -> None:
    assert "INIT_START" not in words(story(fire(0), runtime="provided.al2023"))
    assert "INIT_START" not in words(story(fire(0), package="image"))


@pytest.mark.rule("FAIL-06", "ITO-04", "LOG-03")
def test_an_import_error_writes_two_init_reports_before_start() -> None:
    """The order that published streams of 2026 have; Duration is the second attempt's."""
    index = story(fire(0), init_outcome=Outcome.ERROR)
    assert words(index) == [
        "INIT_START", "INIT_REPORT init error", "INIT_REPORT invoke error", "START", "END",
        "REPORT error",
    ]  # fmt: skip
    report = log_lines(index)[-1].text
    assert "Duration: 1020.00 ms\tBilled Duration: 1020 ms" in report
    assert "Init Duration" not in report


@pytest.mark.rule("ITO-05", "LOG-02")
def test_an_init_over_ten_seconds_writes_a_time_out_and_no_init_duration() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=60 * SECOND)
    assert words(index) == [
        "INIT_START", "INIT_REPORT init timeout", "EXTENSION", "START", "END", "REPORT",
    ]  # fmt: skip
    assert "INIT_REPORT Init Duration: 10000.00 ms" in log_lines(index)[1].text


@pytest.mark.rule("FAIL-06", "LOG-02")
def test_a_reinit_that_times_out_writes_an_init_report_of_phase_invoke() -> None:
    assert words(doom_loop())[-4:] == [
        "INIT_REPORT invoke timeout", "START", "END", "REPORT timeout",
    ]  # fmt: skip


@pytest.mark.rule("LOG-04", "REP-05")
def test_provisioned_concurrency_writes_an_init_report_and_no_init_duration() -> None:
    index = story(fire(0), provisioned_concurrency=1)
    lines = [line.text for line in environment_lines(index, 0)]
    assert "INIT_REPORT Init Duration: 1020.00 ms" in lines
    assert "Init Duration" not in lines[-1]


def test_throttles_are_the_callers_and_shown_only_when_asked_for() -> None:
    index = story(fire(0, 2), reserved_concurrency=1)
    assert all(line.environment == 0 for line in log_lines(index))
    (throttle,) = [line for line in log_lines(index, with_throttles=True) if line.environment < 0]
    assert (throttle.time_us, throttle.event) == (0, 2)
    assert "ReservedFunctionConcurrentInvocationLimitExceeded" in throttle.text


@MANY
@given(plans())
def test_every_line_has_a_known_shape_and_every_end_its_report(plan: Plan) -> None:
    index = read(plan)
    lines = log_lines(index)
    assert [line.time_us for line in lines] == sorted(line.time_us for line in lines)
    for line in lines:
        assert LINE.fullmatch(line.text), line.text
    for number in range(len(index.of_environment)):
        kinds = [line.text.split(" ")[0] for line in environment_lines(index, number)]
        assert kinds.count("END") == kinds.count("REPORT")
        assert 0 <= kinds.count("START") - kinds.count("END") <= 1


@pytest.mark.rule("LOG-07")
def test_before_2024_a_failure_has_lines_of_its_own_and_report_no_status() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    commands = (
        fire(0),
        fire(5, lasting=9),
        fire(10, outcome=Outcome.EXIT),
        fire(20, outcome=Outcome.ERROR),
    )
    old = [line.text for line in log_lines(story(*commands, rules_date="2023-12-31"))]
    assert not any("Status:" in text for text in old)
    (cut,) = (place for place, text in enumerate(old) if "Task timed out after 3.00 s" in text)
    assert old[cut].endswith(" Task timed out after 3.00 seconds")
    assert old[cut + 1].startswith("END RequestId: ")
    (gone,) = (place for place, text in enumerate(old) if "Runtime exited without" in text)
    assert old[gone + 1] == "Runtime.ExitError"
    new = [line.text for line in log_lines(story(*commands, rules_date="2024-01-01"))]
    assert not any("timed out" in text or "exited without" in text for text in new)
    assert sum("Status:" in text for text in new) == 3
