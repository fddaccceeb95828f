"""SnapStart on screen: words, letters, the inspector's hooks and token, and what keys say."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.plan import MS, SECOND, FunctionPlan, Plan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.arrivals import StartCounts, arrivals
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.tui.skin import HEADS, WORDS, Skin
from lifecycle_tui.tui.widgets.inspector import inspect
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.readings.runs import ACCOUNT, fire, plan_of, read

FUNCTION = FunctionPlan(
    "orders",
    runtime="java21",
    snap_start=True,
    init_function=Constant(2 * SECOND),
    handler=Constant(100 * MS),
    restore_snapshot=Constant(200 * MS),
    restore_hooks=Constant(40 * MS),
)
SLOW = replace(FUNCTION, restore_hooks=Constant(12 * SECOND))


def run_of(function: FunctionPlan, count: int = 1) -> Plan:
    return plan_of(fire(0, count), function=function, account=ACCOUNT)


def inspected(function: FunctionPlan, number: int, at_us: int, *, height: int = 14) -> str:
    index = read(run_of(function, 2))
    state = environment_at(index, number, at_us)
    lines = inspect(
        state, function, at_us=at_us, width=78, height=height, skin=Skin(ascii_only=True)
    )
    assert max(width_of(line) for line in lines) <= 78
    return text_of(lines)


def test_the_inspector_holds_the_hooks_against_ten_seconds() -> None:
    text = inspected(FUNCTION, 1, 320 * MS)
    assert "RESTORE > runtime load and hooks" in text
    assert "Hooks     20 ms of 10 s" in text
    assert "T snapshot resumed" in text
    assert "A after restore" in text


def test_the_inspector_names_who_has_the_same_token() -> None:
    text = inspected(FUNCTION, 1, SECOND)
    assert ", the same in e3" in text
    assert "globals of v1's snapshot" in text
    renewed = inspected(replace(FUNCTION, restore_renews_token=True), 1, SECOND)
    assert ", renewed after restore" in renewed


def test_an_event_is_restored_while_it_waits_and_408_only_when_that_has_failed() -> None:
    (restored,) = arrivals(read(run_of(FUNCTION)))
    assert [restored.seen(t) for t in (0, SECOND)] == ["RESTORED", "RESTORED"]
    (failed,) = arrivals(read(run_of(SLOW)))
    assert [failed.seen(t) for t in (0, 10 * SECOND, 11 * SECOND)] == [
        "RESTORED",
        "RESTORED",
        "408",
    ]
    counts = StartCounts([failed])
    assert dict(counts.at(SECOND))["RESTORED"] == 1
    assert dict(counts.at(11 * SECOND))["RESTORED"] == 0
    assert {"RESTORED", "408"} <= set(WORDS)
    assert "T" in HEADS


def test_keys_say_that_a_version_is_published_and_refuse_provisioned_concurrency() -> None:
    session = Session(run_of(FUNCTION))
    assert "a version is published" in session.deploy().text
    note = session.provision(1)
    assert note.refused
    assert note.text == "AWS refuses provisioned concurrency with SnapStart"
