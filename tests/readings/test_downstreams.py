"""Downstreams, memory and /tmp at a moment, and in words."""

from __future__ import annotations

from lifecycle_tui.engine.downstream_plan import Connect, DownstreamKind, DownstreamPlan, UsePlan
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import Fire, FunctionPlan, Plan, SetConfig
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import CpuAndWait
from lifecycle_tui.readings.downstreams import downstreams_at, state_after
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.logs import log_lines
from lifecycle_tui.readings.model import DownstreamState
from lifecycle_tui.readings.state import counters_at, environment_at
from lifecycle_tui.readings.why import why_event, why_record
from tests.story import at, ms, prompt_account

DB = DownstreamPlan("db", connections=3, connect=ms(30), query=ms(500))
PROXY = DownstreamPlan("proxy", DownstreamKind.PROXY, connections=1, to="db")


def told(function: FunctionPlan, *commands: Fire | SetConfig) -> Index:
    trace = run(Plan((function,), prompt_account(), commands, downstreams=(DB, PROXY))).trace
    assert trace is not None
    return Index(trace)


def using(*uses: UsePlan) -> FunctionPlan:
    return FunctionPlan("f", init_function=ms(100), handler=ms(50), uses=uses)


def test_connections_in_use_are_those_of_proxies_and_environments() -> None:
    index = told(using(UsePlan("db")), at(0), at(1, 2))
    assert downstreams_at(index, -1)[0] == DownstreamState("db", 1, 3)
    assert downstreams_at(index, 500_000)[0].in_use == 2
    assert downstreams_at(index, 2_000_000) == counters_at(index, 2_000_000).downstreams
    assert downstreams_at(index, 2_000_000) == (
        DownstreamState("db", 3, 3),
        DownstreamState("proxy", 0, None),
    )
    assert state_after(index, 0, len(index.times)).holders == ((0, 1), (1, 1))


def test_a_frozen_environment_shows_what_it_holds_and_a_reset_one_nothing() -> None:
    index = told(using(UsePlan("db", per_environment=2)), at(0), at(2, lasting=9))
    frozen = environment_at(index, 0, 1_000_000)
    assert frozen is not None
    assert (frozen.held, frozen.connections) == ((("db", 2),), 2)
    reset = environment_at(index, 0, 9_000_000)
    assert reset is not None
    assert (reset.held, reset.connections, reset.resets) == ((), 0, 1)


def test_a_refused_connection_says_who_holds_the_others() -> None:
    index = told(using(UsePlan("db")), at(0, 2), at(3, 3))
    told_why = why_event(index, 5)
    assert "db refused e3's connection: 3 of 3 connections in use, held by e1 and e2" in (
        told_why.answer
    )
    refused = [cause for cause in told_why.causes if "refused" in cause.words]
    assert refused
    assert all(cause.assumed and "SIM-DOWNSTREAM" in cause.rules for cause in refused)
    connect = using(UsePlan("db", Connect.HANDLER, closes=False))
    frozen = told(connect, at(0), at(2), at(4))
    assert "held by e1." in why_event(frozen, 3).answer


def test_a_refusal_counts_who_is_frozen() -> None:
    index = told(using(UsePlan("db", Connect.HANDLER, closes=False)), at(0, 2), at(3), at(3, 2))
    (first, *_) = [n for n in range(len(index.times)) if index.kind(n) is Kind.CONNECT_REFUSED]
    told_why = why_record(index, first)
    assert told_why.question == "Why was e2's connection refused at 3.00 s?"
    assert "(1 of 2 FROZEN)" in told_why.answer


def test_a_wait_at_a_proxy_is_a_cause_of_a_timeout() -> None:
    index = told(using(UsePlan("proxy")), at(0, 9))
    late = next(each for each in invocations(index) if each.status == "timeout")
    words = " ".join(cause.words for cause in why_event(index, late.event).causes)
    assert f"#{late.event} had to wait 2.5 s for one of proxy's own connections (it has 1)" in words


def test_max_memory_used_grows_with_a_leak_and_stays_at_the_peak() -> None:
    function = FunctionPlan(
        "f", memory_mb=128, memory_used_mb=100, memory_leak_mb=12, handler=ms(100)
    )
    index = told(function, *(at(second) for second in range(5)))
    assert [each.memory_used_mb for each in invocations(index)] == [100, 112, 124, 128, 128]
    reports = [line.text for line in log_lines(index) if line.text.startswith("REPORT")]
    assert "Max Memory Used: 112 MB" in reports[1]
    state = environment_at(index, 0, 1_500_000)
    assert state is not None
    assert state.memory_used_mb == 112
    assert "it needed 136 of 128 MB, 36 MB of it left by earlier events." in (
        why_event(index, 4).answer
    )
    assert "SIM-FILLING" in why_event(index, 4).rules


def test_a_full_tmp_says_so() -> None:
    index = told(FunctionPlan("f", handler=ms(100), handler_tmp_mb=300), at(0), at(1))
    assert "no space left of e1's 512 MB of /tmp" in why_event(index, 2).answer
    assert "LIM-04" in why_event(index, 2).rules


def test_a_timeout_for_want_of_cpu_says_what_memory_has_to_do_with_it() -> None:
    slow = FunctionPlan("f", memory_mb=128, handler=CpuAndWait(ms(400), ms(0)))
    causes = why_event(told(slow, at(0)), 1).causes
    assert "With 128 MB it computes 13.8 times as long as with one vCPU" in causes[0].words
    assert {"LIM-03", "SIM-CPU"} <= set(causes[0].rules)
