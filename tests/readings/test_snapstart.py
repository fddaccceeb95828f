"""Readings of restores: REPORT and its like, tokens, bars, reasons, and what SnapStart costs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lifecycle_tui.claims.myths import READY
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Crash,
    Deploy,
    FunctionPlan,
    Outcome,
    Plan,
    Prewarm,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.expressions import Value, parse, problems
from lifecycle_tui.readings.cost_at import Part, bill_at
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.environments import environment_rows
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.logs import log_lines
from lifecycle_tui.readings.metrics import metrics
from lifecycle_tui.readings.model import Phase, Start
from lifecycle_tui.readings.segments import segments
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.readings.summary import summary_of, summary_of_tally
from lifecycle_tui.readings.tables import SCHEMA, names_of
from lifecycle_tui.readings.telemetry import environment_telemetry
from lifecycle_tui.readings.why import why_event, why_record
from tests.readings.runs import ACCOUNT, fire, plan_of, read

FUNCTION = FunctionPlan(
    "orders",
    runtime="java21",
    memory_mb=1_024,
    timeout_us=20 * SECOND,
    snap_start=True,
    init_runtime=Constant(500 * MS),
    init_function=Constant(2_500 * MS),
    init_connections=2,
    handler=Constant(100 * MS),
    restore_snapshot=Constant(200 * MS),
    restore_hooks=Constant(40 * MS + 1),
)
SLOW = replace(FUNCTION, restore_hooks=Constant(12 * SECOND))


def plan(*commands: object, function: FunctionPlan = FUNCTION) -> Plan:
    return plan_of(*commands, function=function, account=ACCOUNT)  # type: ignore[arg-type]


@pytest.mark.rule("BIL-05", "RST-08", "REP-03", "REP-05")
def test_only_the_first_report_shows_the_restore_and_bills_its_hooks() -> None:
    index = read(plan(fire(0), fire(5)))
    first, second = invocations(index)
    assert (first.start, first.restore_us, first.init_us) == (Start.RESTORED, 240_001, None)
    assert (first.billed_ms, second.billed_ms) == (100 + 41, 100)
    assert second.restore_us is None
    report = log_lines(index)[6].text
    assert report.endswith(
        "Max Memory Used: 40 MB\tRestore Duration: 240.00 ms\tBilled Restore Duration: 41 ms\t"
    )
    state = environment_at(index, 1, 9 * SECOND)
    assert state is not None
    assert state.billed_ms == 241
    assert counters_at(index, 9 * SECOND).init_billed_ms == 0


@pytest.mark.rule("LOG-04", "LOG-05")
def test_the_log_tells_of_publishing_and_of_the_restore() -> None:
    lines = [line.text for line in log_lines(read(plan(fire(0))))]
    assert lines[0].startswith("INIT_START Runtime Version: java:21.v51\t")
    assert lines[1] == "INIT_REPORT Init Duration: 3000.00 ms"
    assert lines[2].startswith("RESTORE_START Runtime Version: java:21.v51\tRuntime Version ARN: ")
    assert lines[3] == "RESTORE_REPORT Restore Duration: 240.00 ms"
    assert lines[4].endswith(" Version: 1")


@pytest.mark.rule("LOG-06", "RST-04")
def test_a_restore_that_takes_too_long_is_an_error_that_never_began() -> None:
    index = read(plan(fire(0), function=SLOW))
    assert (
        log_lines(index)[-1].text == "RESTORE_REPORT Restore Duration: 10200.00 ms\tStatus: timeout"
    )
    (failed,) = invocations(index)
    assert (failed.start, failed.status) == (None, "error")
    assert failed.error_type == "SnapStartTimeoutException"
    assert (failed.started_us, failed.billed_ms, failed.duration_us) == (None, None, None)
    assert failed.ended_us == 10_300 * MS
    counters = counters_at(index, 11 * SECOND)
    assert (counters.errors, counters.in_flight, counters.billed_ms) == (1, 0, 0)
    assert counters_at(index, 10 * SECOND).in_flight == 1
    assert [row.gone_reason for row in environment_rows(index)] == [
        "snapshot taken", "restore timed out",
    ]  # fmt: skip
    assert metrics(index)["orders"][0]["Errors"] == 0, "the code never ran"
    told = why_event(index, 1)
    assert told.question == "Why did #1 fail before it began?"
    assert "not done after 10 s" in told.answer
    assert told.rules[0] == "RST-04"


@pytest.mark.rule("TEL-09")
def test_telemetry_tells_of_the_inits_end_after_each_restore() -> None:
    index = read(plan(fire(0, 2)))
    assert [each.type for each in environment_telemetry(index, 0)] == [
        "initStart", "initRuntimeDone",
    ]  # fmt: skip
    for number in (1, 2):
        records = list(environment_telemetry(index, number))
        assert [each.type for each in records] == [
            "restoreStart", "restoreRuntimeDone", "restoreReport", "initReport", "start",
            "runtimeDone", "report",
        ]  # fmt: skip
        assert records[2].metrics == {"durationMs": 240.001}
        assert records[3].metrics == {"durationMs": 3_000.0}
        assert records[3].fields["phase"] == "snap-start"
        assert records[-1].metrics is not None
        assert records[-1].metrics["restoreDurationMs"] == 240.001
        assert records[-1].metrics["billedRestoreDurationMs"] == 41


def test_the_lane_shows_snapshot_and_hooks_and_where_they_were_cut() -> None:
    shown = segments(read(plan(fire(0))), 1)[:4]
    assert [(each.phase, each.cut) for each in shown] == [
        (Phase.PLACEMENT, False),
        (Phase.RESTORE_SNAPSHOT, False),
        (Phase.RESTORE_HOOKS, False),
        (Phase.HANDLER, False),
    ]
    cut = segments(read(plan(fire(0), function=SLOW)), 1)[2]
    assert (cut.phase, cut.cut, cut.end_us - cut.start_us) == (
        Phase.RESTORE_HOOKS, True, 10 * SECOND,
    )  # fmt: skip


@pytest.mark.rule("RST-04")
def test_the_bars_of_a_restore_count_only_its_hooks_against_ten_seconds() -> None:
    state = environment_at(read(plan(fire(0))), 1, 320 * MS)
    assert state is not None
    assert state.state is State.RESTORE
    assert [(bar.phase, bar.elapsed_us) for bar in state.init_bars] == [
        (Phase.RESTORE_SNAPSHOT, 200 * MS), (Phase.RESTORE_HOOKS, 20 * MS),
    ]  # fmt: skip
    assert (state.init_elapsed_us, state.init_budget_us) == (20 * MS, 10 * SECOND)


@pytest.mark.rule("RST-13")
def test_all_environments_of_a_snapshot_hold_the_same_token_until_it_is_renewed() -> None:
    index = read(plan(fire(0, 3), Crash(at_us=5 * SECOND, environment=3), fire(6, 3)))
    tokens = {}
    for number in (1, 2, 3):
        state = environment_at(index, number, 2 * SECOND)
        assert state is not None
        assert state.token is not None
        tokens[number] = state.token
    assert len({token.value for token in tokens.values()}) == 1
    assert tokens[1].others == ("e3", "e4")
    assert not tokens[1].renewed
    later = environment_at(index, 3, 30 * SECOND)
    assert later is not None
    assert later.token is not None
    assert later.token.value != tokens[3].value, "made anew by the re-init"
    first = environment_at(index, 1, 30 * SECOND)
    assert first is not None
    assert first.token is not None
    assert first.token.others == ("e3",)


@pytest.mark.rule("RST-13")
def test_a_hook_makes_the_token_anew_in_every_environment() -> None:
    function = replace(FUNCTION, restore_renews_token=True)
    index = read(plan(fire(0, 2), function=function))
    states = [environment_at(index, number, SECOND) for number in (1, 2)]
    found = [state.token for state in states if state is not None]
    assert [token is not None and token.renewed for token in found] == [True, True]
    assert len({token.value for token in found if token is not None}) == 2


@pytest.mark.rule("RST-13")
def test_connections_of_the_init_do_not_outlive_it() -> None:
    state = environment_at(read(plan(fire(0))), 1, SECOND)
    assert state is not None
    assert state.connections == 0


@pytest.mark.rule("RST-01", "RST-02", "SIM-PUBLISH")
def test_why_a_start_was_restored_goes_back_to_the_publishing() -> None:
    index = read(plan(fire(0), Deploy(at_us=5 * SECOND), fire(20)))
    told = why_event(index, 2)
    assert told.question == "Why was #2 RESTORED?"
    assert "because new code was deployed" in told.answer
    words = " | ".join(cause.words for cause in told.causes)
    assert "placement 100 ms †; restore: snapshot 200 ms † and runtime load and hooks 40" in words
    assert "version 2 of orders is Active" in words
    assert "e3 was created to be made the snapshot of version 2" in words
    assert "Input: new code was deployed to orders." in words


def test_a_busy_environment_of_the_former_version_is_not_old_while_that_serves() -> None:
    index = read(plan(fire(0), Deploy(at_us=5 * SECOND), fire(6, 2, lasting=9)))
    told = why_event(index, 3)
    assert told.answer.startswith("No environment was free: e2 was serving #2")
    later = read(plan(fire(0), Deploy(at_us=5 * SECOND), fire(6, lasting=9), fire(10)))
    assert "e2 had the old code" in why_event(later, 3).answer


def test_every_record_can_be_explained() -> None:
    commands = (fire(0), Deploy(at_us=5 * SECOND), Prewarm(at_us=6 * SECOND, count=1), fire(20))
    for function in (FUNCTION, SLOW):
        index = read(plan(*commands, function=function))
        for number in range(len(index.codes)):
            told = why_record(index, number)
            assert told.answer
            assert "#-1" not in told.answer


@pytest.mark.rule("PRI-09", "PRI-10", "SIM-SNAP-INIT")
def test_python_pays_for_snapshot_and_restores_and_java_does_not() -> None:
    def fees(function: FunctionPlan) -> float:
        outcome = run(plan(fire(0, 3), Deploy(at_us=5 * SECOND), function=function))
        assert outcome.trace is not None
        summary = summary_of(Index(outcome.trace))
        assert summary == summary_of_tally(outcome.tally, outcome.plan, outcome.ended_us)
        plain = 3 * 0.2 / 1e6 + 3 * 0.141 * 0.0000166667
        assert isinstance(summary["cost_usd"], float)
        return summary["cost_usd"] - plain

    assert fees(FUNCTION) == pytest.approx(0)
    python = replace(FUNCTION, runtime="python3.13")
    # Two versions of three hours at least, three restores, each 1 GB.
    assert fees(python) == pytest.approx(2 * 10_800 * 0.0000015046 + 3 * 0.0001397998)


def test_the_environment_that_is_saved_is_never_one_that_was_busy() -> None:
    index = read(plan(fire(0)))
    assert index.kind(index.of_environment[0][0]) is Kind.CREATED_SNAPSHOT
    assert why_event(index, 1).answer.startswith("No environment existed yet")


@pytest.mark.rule("PRI-09", "PRI-10")
def test_the_bill_at_a_moment_has_the_fees_and_the_hooks_as_parts_of_their_own() -> None:
    python = replace(FUNCTION, runtime="python3.13")
    index = read(plan(Prewarm(at_us=0, count=1), fire(5), function=python))
    parts = {line.part: line for line in bill_at(index, 6 * SECOND).lines}
    fees = 10_800 * 0.0000015046 + 0.0001397998
    assert parts[Part.SNAPSTART].usd == pytest.approx(fees)
    assert parts[Part.RESTORE].amount == pytest.approx(0.041), "41 ms of 1 GB"
    assert sum(line.usd for line in parts.values()) == pytest.approx(
        summary_of(index)["cost_usd"], abs=1e-11
    )


def test_memory_is_reported_of_one_whose_handler_never_began() -> None:
    function = FunctionPlan("f", memory_leak_mb=10, init_outcome=Outcome.ERROR)
    (failed,) = invocations(read(plan(fire(0), function=function)))
    assert (failed.status, failed.memory_used_mb) == ("error", 40)


@pytest.mark.rule("RST-01", "RST-02")
def test_the_environment_of_the_snapshot_is_none_that_serves() -> None:
    index = read(plan(fire(0), fire(0.05), fire(9)))

    def ask(text: str) -> Value:
        assert problems(parse(text), SCHEMA) == []
        return parse(text).evaluate(names_of(index))

    assert ask("count(env)") == 3, "it has its row, and its Init can be asked for"
    assert summary_of(index)["environments_created"] == len(environment_rows(index)) == 3
    assert ask("env[0].kind") == "sn"
    assert ask("env[0].served") == 0
    assert ask("count(env, kind == 'ss')") == ask("run.envs") == 2
    assert ask("all(inv, kind == 'ss')") is True
    assert ask("max(concurrency) == count(env, kind != 'sn')") is True


def test_no_ready_claim_counts_it() -> None:
    index = read(plan(fire(0)))
    counting = [ready.claim for ready in READY if "count(env" in ready.claim]
    assert counting
    for claim in counting:
        found = [parse(each).evaluate(names_of(index)) for each in re.findall(_COUNT, claim)]
        assert found == [1], claim


_COUNT = r"count\(env[^)]*\)"
