"""AWS's own examples from what a person writes to what AWS would print or count.

The engine's side of the same examples is in tests/engine; here scenario, engine and readings work
together. Each test names its example (WE-…) and cites the page or log it is from.
"""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.simulation import run
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.logs import log_lines
from lifecycle_tui.readings.metrics import metrics
from lifecycle_tui.scenario import ScenarioError, parse_text

PROMPT = "account: {placement: 0ms}\n"


def read(text: str) -> Index:
    """Run a scenario and index its trace."""
    trace = run(parse_text("format: 1\n" + text)).trace
    assert trace is not None
    return Index(trace)


def log(index: Index) -> list[str]:
    """Return the log's lines, request ids left out."""
    ids = [invocation.request_id for invocation in invocations(index)]
    lines = [line.text for line in log_lines(index)]
    for request_id in ids:
        lines = [line.replace(f"RequestId: {request_id}", "RequestId") for line in lines]
    return [line.rstrip("\t") for line in lines]


@pytest.mark.rule("RSV-02", "PRV-04")
@pytest.mark.parametrize("setting", ["reserved_concurrency", "provisioned_concurrency"])
def test_we_c16_at_most_900_of_1000_can_be_set_aside(setting: str) -> None:
    """WE-C16: 900 may be reserved or provisioned for one function; 1,000 is refused.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html and
    https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
    """
    scenario = "format: 1\nfunctions: {{f: {{{setting}: {count}}}}}\n"
    parse_text(scenario.format(setting=setting, count=900))
    for refused in (901, 1_000):
        with pytest.raises(ScenarioError, match="100"):
            parse_text(scenario.format(setting=setting, count=refused))


@pytest.mark.rule("MET-09", "MET-11")
@pytest.mark.parametrize(("provisioned", "requests", "utilisation"), [(100, 60, 0.6), (10, 7, 0.7)])
def test_we_c18_utilisation_is_the_share_of_provisioned_environments_at_work(
    provisioned: int, requests: int, utilisation: float
) -> None:
    """WE-C18: 60 of 100 are 0.6, 7 of 10 are 0.7.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
    """
    index = read(
        f"functions: {{f: {{provisioned_concurrency: {provisioned}}}}}\n"
        f"timeline: [{{at: 1s, fire: {{count: {requests}, duration: 2s}}}}]\n"
    )
    (minute,) = metrics(index)["f"]
    assert minute["ProvisionedConcurrencyUtilization"] == utilisation
    assert minute["ProvisionedConcurrentExecutions"] == requests


@pytest.mark.rule("FAIL-06", "ITO-04", "ITO-06", "LOG-03")
def test_we_f03_import_error() -> None:
    """WE-F03: INIT_REPORT for both attempts, then a REPORT with the error: 113.64 ms, billed 114.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    """
    index = read(
        PROMPT + "functions: {f: {init: {runtime: 100ms, function: 13640us, outcome: error}}}\n"
        "timeline: [{at: 0s, fire: {}}]\n"
    )
    failed = "Status: error\tError Type: Runtime.ImportModuleError"
    *lines, report = log(index)
    assert lines[1:] == [
        f"INIT_REPORT Init Duration: 113.64 ms\tPhase: init\t{failed}",
        f"INIT_REPORT Init Duration: 113.64 ms\tPhase: invoke\t{failed}",
        "START RequestId Version: $LATEST",
        "END RequestId",
    ]
    assert report.startswith("REPORT RequestId\tDuration: 113.64 ms\tBilled Duration: 114 ms\t")
    assert report.endswith(f"\t{failed}")
    assert "Init Duration" not in report


@pytest.mark.rule("ITO-05", "ITO-06", "LOG-02")
def test_we_f05_init_timeout_of_a_heavy_image() -> None:
    """WE-F05: Init is reported with ten seconds, and 64,754.09 ms are billed as 64,755.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    """
    index = read(
        PROMPT + "functions:\n  f:\n    package: image\n    memory: 10240MB\n    timeout: 900s\n"
        "    init: {runtime: 1s, function: 29s}\n    handler: {duration: 34754090us}\n"
        "timeline: [{at: 0s, fire: {}}]\n"
    )
    lines = log(index)
    (init_report,) = [line for line in lines if line.startswith("INIT_REPORT")]
    assert init_report == "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout"
    assert "\tDuration: 64754.09 ms\tBilled Duration: 64755 ms\t" in lines[-1]
    assert "Init Duration" not in lines[-1]
    assert "Status" not in lines[-1]


@pytest.mark.rule("FAIL-06", "ITO-03", "LOG-02", "LOG-07")
def test_we_f06_init_and_reinit_both_time_out() -> None:
    """WE-F06: two INIT_REPORT lines with Status: timeout, ten seconds and the function's three.

    https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
    """
    index = read(
        PROMPT + "functions: {f: {timeout: 3s, init: {runtime: 1s, function: 20s}}}\n"
        "timeline: [{at: 0s, fire: {}}]\n"
    )
    reports = [line for line in log(index) if line.startswith("INIT_REPORT")]
    assert reports == [
        "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout",
        "INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout",
    ]
    assert "\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\t" in log(index)[-1]
    assert log(index)[-1].endswith("Status: timeout")


@pytest.mark.rule("BIL-02", "BIL-03")
@pytest.mark.parametrize(
    ("rules_date", "billed"), [("2025-07-31", 251), ("2025-08-01", 351)], ids=["WE-B01", "WE-B02"]
)
def test_we_b01_b02_init_is_billed_since_august_2025(rules_date: str, billed: int) -> None:
    """WE-B01, WE-B02: 250.06 ms after an Init of 100.77 ms were billed 251, and now 351.

    https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
    """
    index = read(
        f"rules_date: {rules_date}\n" + PROMPT + "functions:\n  f:\n"
        "    init: {runtime: 100ms, function: 770us}\n    handler: {duration: 250060us}\n"
        "timeline: [{at: 0s, fire: {}}]\n"
    )
    report = log(index)[-1]
    assert f"\tDuration: 250.06 ms\tBilled Duration: {billed} ms\t" in report
    assert report.endswith("Init Duration: 100.77 ms")


@pytest.mark.rule("INV-03", "INV-04")
def test_we_f14_the_client_does_not_wait_for_extensions() -> None:
    """WE-F14: the client sees 120 ms, Duration is 205 ms.

    https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
    """
    index = read(
        PROMPT + "functions:\n  f:\n    runtime_overhead: 5ms\n    handler: {duration: 120ms}\n"
        "    init: {runtime: 0ms, function: 0ms}\n    extensions:\n"
        "      - {name: a, register: 0ms, ready: 0ms, tail: 30ms}\n"
        "      - {name: b, register: 0ms, ready: 0ms, tail: 80ms}\n"
        "timeline: [{at: 0s, fire: {}}]\n"
    )
    (invocation,) = invocations(index)
    assert invocation.responded_us == 120_000
    assert invocation.duration_us == 205_000
    assert invocation.billed_ms == 205
