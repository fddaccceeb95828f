"""What became of events apart from their invocation, each at its last attempt."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.simulation import run
from lifecycle_tui.export.table import table_lines
from lifecycle_tui.readings.fates import fates
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.scenario.catalogue import load_scenario


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("api-gateway-504", {(2, 1): "504 to its caller"}),
        ("step-functions", {(3, 2): "caught", (4, 1): "caught"}),
        ("async-retries", {(2, 3): "given up"}),
        ("kinesis-blocked", {(1, 5): "2 given up"}),
        ("warm-reuse", {}),
    ],
)
def test_what_became_of_events(name: str, expected: dict[tuple[int, int], str]) -> None:
    result = run(load_scenario(name))
    assert result.trace is not None
    index = Index(result.trace)
    assert fates(index, invocations(index)) == expected


def test_the_table_says_who_sent_an_event_where_somebody_but_a_plain_caller_did() -> None:
    gateway = list(table_lines(run(load_scenario("api-gateway-504"))))
    assert gateway[3].split()[:3] == ["event", "at", "from"]
    assert "api-gateway  report    e1   WARM   ok, 504 to its caller" in gateway[5]
    plain = list(table_lines(run(load_scenario("warm-reuse"))))
    assert plain[3].split()[:3] == ["event", "at", "function"]


def test_a_run_without_an_answer_has_no_percentiles() -> None:
    lines = table_lines(run(load_scenario("sandbox")))
    assert "Answer †     p50 - · p90 - · p99 - · max -" in list(lines)
