"""The log as CloudWatch would hold it: which stream has which lines."""

from __future__ import annotations

import re

import pytest

from lifecycle_tui.engine.simulation import run
from lifecycle_tui.export.logs import log_text
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.scenario import parse_text

TWO_AT_ONCE_TWICE = """
format: 1
functions: {api: {handler: {duration: 200ms}}}
timeline: [{at: 0s, fire: {count: 2}}, {at: 5s, fire: {count: 2}}]
"""


@pytest.mark.rule("REP-09")
def test_a_stream_has_all_invocations_of_its_environment_and_no_other() -> None:
    trace = run(parse_text(TWO_AT_ONCE_TWICE)).trace
    assert trace is not None
    index = Index(trace)
    served: dict[str, list[str]] = {}
    for line in log_text(index):
        _, stream, text = line.rstrip("\n").split(" ", 2)
        found = re.match(r"START RequestId: (\S+)", text)
        if found:
            served.setdefault(stream, []).append(found[1])
    by_environment: dict[int, list[str]] = {}
    for each in invocations(index):
        by_environment.setdefault(each.environment, []).append(each.request_id)
    assert len(served) == 2
    assert sorted(served.values()) == sorted(by_environment.values())
