"""Changes as data: what a session's file keeps of a contrast that was tried out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from lifecycle_tui.engine.plan import MS, SECOND, Plan
from lifecycle_tui.engine.source_plan import AsyncPlan, PollersPlan, QueuePlan, StreamPlan
from lifecycle_tui.engine.worktime import Constant, Quantiles, Uniform
from lifecycle_tui.play.contrasts import contrasts
from lifecycle_tui.play.contrasts.changes import (
    AccountSet,
    Change,
    Connected,
    Earlier,
    EventChanged,
    FunctionSet,
    LeftOut,
    Proxied,
    SourceSet,
)
from lifecycle_tui.play.contrasts.saving import Data, from_data, to_data
from tests.readings.runs import MANY, read
from tests.strategies import plans


@pytest.mark.parametrize(
    "change",
    [
        EventChanged(3, 1, later_us=40 * MS),
        Earlier(0, SECOND),
        LeftOut(2),
        FunctionSet(0, "timeout_us", 4 * SECOND, 7),
        FunctionSet(0, "init_function", Constant(5)),
        FunctionSet(0, "asynchronous", AsyncPlan(max_retries=1, dead_letter="dlq")),
        AccountSet("idle_lifetime", Uniform(1, 2)),
        AccountSet("max_lifetime", Quantiles((0.0, 1.0), (5, 6))),
        SourceSet(QueuePlan("orders", max_receives=3, pollers=PollersPlan(2, 3))),
        SourceSet(StreamPlan("clicks", max_attempts=4)),
        Connected(1, 21),
        Proxied(0),
    ],
)
def test_every_kind_of_change_comes_back(change: Change) -> None:
    found = from_data(json.loads(json.dumps(to_data(change))))
    assert found == change
    assert type(found) is type(change)


@MANY
@given(plans())
def test_whatever_is_told_can_be_kept(plan: Plan) -> None:
    index = read(plan)
    for event in range(1, min(len(index.events), 4) + 1):
        for contrast in contrasts(index, event):
            kept = from_data(json.loads(json.dumps(to_data(contrast.change))))
            assert kept.applied(plan) == contrast.change.applied(plan)


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        [],
        {"is": "Constant", "of": [5]},
        {"is": "LeftOut", "of": []},
        {"is": "LeftOut", "of": [1, 2]},
        {"is": "os.system", "of": ["x"]},
        {"is": "LeftOut"},
        {"is": "LeftOut", "of": ["1"]},
        {"is": "SourceSet", "of": [{"is": "SourceKind", "of": ["fax"]}]},
    ],
)
def test_what_is_no_change_is_refused(data: Data) -> None:
    with pytest.raises(ValueError, match=r"is no|not a valid"):
        from_data(data)
