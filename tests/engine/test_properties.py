"""What must hold in every run, whatever the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.kinds import DROPS, ENDS, INPUTS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Crash,
    Deploy,
    Fire,
    FunctionPlan,
    Pattern,
    Plan,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.states import TRANSITIONS, State
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.versions import Versions
from tests.strategies import plans

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

CRASHED = Plan((FunctionPlan("f"),), commands=(Fire(at_us=0), Crash(at_us=150 * MS, environment=0)))
"""An invocation that ends because of a command that did not send its event."""

TOTALS = (
    "events",
    "cold",
    "warm",
    "pre",
    "restored",
    "reinit",
    "provisioned_invocations",
    "spillovers",
    "throttles",
    "dropped",
    "errors",
    "timeouts",
    "peak_concurrency",
    "environments_created",
    "environments_gone",
    "busy_us",
    "environment_us",
    "bills",
    "autoscaled",
)


def traced(plan: Plan) -> Trace:
    trace = run(plan).trace
    assert trace is not None
    return trace


@many
@given(plans())
def test_every_move_is_in_the_table_and_continues_the_state_before(plan: Plan) -> None:
    state: dict[int, State] = {}
    for record in traced(plan):
        if record.environment < 0:
            assert not record.is_transition
            continue
        before = state.get(record.environment, State.NONE)
        assert record.before is before
        if record.is_transition:
            assert record.after in TRANSITIONS[before]
        state[record.environment] = record.after


@many
@given(plans())
def test_every_chain_of_causes_goes_back_in_time_and_ends_in_an_input(plan: Plan) -> None:
    trace = traced(plan)
    times = [record.time_us for record in trace]
    assert times == sorted(times)
    for record in trace:
        if record.kind in INPUTS:
            assert not record.causes
            continue
        assert record.causes, record
        assert all(cause < record.number for cause in record.causes)


@pytest.mark.rule("CON-01")
@many
@given(plans())
def test_no_environment_serves_two_events_at_once(plan: Plan) -> None:
    busy: dict[int, int] = {}
    for record in traced(plan):
        if record.kind in STARTS:
            assert record.environment not in busy
            busy[record.environment] = record.subject
        elif record.kind in ENDS:
            assert busy.pop(record.environment) == record.subject


@pytest.mark.rule("SYN-02", "THR-02")
@many
@given(plans())
def test_every_attempt_is_served_once_or_throttled_once_or_still_under_way(plan: Plan) -> None:
    sent: list[int] = []
    attempts: Counter[int] = Counter()
    starts: Counter[int] = Counter()
    refusals: Counter[int] = Counter()
    not_restored: Counter[int] = Counter()
    under_way: set[int] = set()
    for record in traced(plan):
        if record.kind in (Kind.ARRIVAL, Kind.MESSAGE_QUEUED):
            sent.append(record.subject)
        if record.kind in (Kind.ARRIVAL, Kind.ATTEMPT, Kind.BATCH_SENT):
            attempts[record.subject] += 1
        elif record.kind is Kind.CREATED_FOR_EVENT:
            under_way.add(record.subject)
        elif record.kind in STARTS:
            starts[record.subject] += 1
            under_way.discard(record.subject)
        elif record.kind in THROTTLES:
            refusals[record.subject] += 1
        elif record.kind is Kind.RESTORE_TIMEOUT and record.subject > 0:
            not_restored[record.subject] += 1
            under_way.discard(record.subject)
    assert sent == list(range(1, len(sent) + 1))
    for event in sent:
        ran_or_runs = starts[event] + not_restored[event] + (event in under_way)
        assert ran_or_runs + refusals[event] == attempts[event]


LEAVES = (*ENDS, Kind.RESTORE_TIMEOUT)
"""An event gives its concurrency back."""
FATES = (Kind.MESSAGE_DELETED, Kind.REDRIVEN, *DROPS)


@many
@given(plans())
def test_nothing_happens_to_an_event_after_its_source_is_done_with_it(plan: Plan) -> None:
    done: set[int] = set()
    riding: dict[int, int] = {}
    for record in traced(plan):
        if record.kind in (Kind.ARRIVAL, Kind.ATTEMPT, Kind.BATCH_SENT, *STARTS):
            assert record.subject not in done
        elif record.kind is Kind.BATCHED:
            assert record.subject not in done
            riding[record.subject] = record.value
        elif record.kind in FATES:
            assert record.subject not in done
            done.add(record.subject)


@many
@example(CRASHED)
@given(plans())
def test_of_a_message_group_and_of_a_shard_one_batch_is_in_flight_at_a_time(plan: Plan) -> None:
    trace = traced(plan)
    flying: dict[str, set[int]] = {"fifo": set(), "clicks": set()}
    source: dict[int, str] = {}
    for record in trace:
        if record.kind in (Kind.ARRIVAL, Kind.MESSAGE_QUEUED):
            # A crash is the first cause of what follows it: the event's own is told by its arrival.
            command = trace.plan.commands[_command_of(trace, record.number)]
            assert isinstance(command, Fire | Pattern)
            source[record.subject] = command.source
        if record.environment < 0 or record.kind not in (*STARTS, *ENDS):
            continue
        batches = flying.get(source[record.subject])
        if batches is None:
            continue
        if record.kind in STARTS:
            batches.add(record.subject)
            assert len(batches) <= 2, "two groups, two shards"
        else:
            batches.discard(record.subject)


@pytest.mark.rule("CON-04", "RSV-01")
@many
@given(plans())
def test_concurrency_never_exceeds_the_account_or_a_constant_reservation(plan: Plan) -> None:
    trace = traced(plan)
    changes_limits = any(
        isinstance(c, SetConfig) and dict(c.changes).keys() & {"reserved_concurrency"}
        for c in plan.commands
    )
    in_flight: Counter[int] = Counter()
    of_event: dict[int, int] = {}
    for record in trace:
        if record.kind is Kind.CREATED_FOR_EVENT or record.kind in STARTS:
            function = trace.environments[record.environment].function
            if record.subject not in of_event:
                of_event[record.subject] = function
                in_flight[function] += 1
            assert sum(in_flight.values()) <= plan.account.concurrency
            reserved = plan.functions[function].reserved_concurrency
            if reserved is not None and not changes_limits:
                assert in_flight[function] <= max(reserved, _most_provisioned(plan, function))
        elif record.kind in LEAVES and record.subject > 0:
            in_flight[of_event.pop(record.subject)] -= 1


@many
@given(plans())
def test_a_throttle_for_concurrency_means_that_the_pool_was_full(plan: Plan) -> None:
    if any(isinstance(command, SetConfig) for command in plan.commands):
        return
    trace = traced(plan)
    pools: Counter[int] = Counter()
    pool_of_event: dict[int, int] = {}
    for record in trace:
        if record.kind is Kind.CREATED_FOR_EVENT or record.kind in STARTS:
            facts = trace.environments[record.environment]
            if facts.initialization_type.value != "provisioned-concurrency":
                if record.subject not in pool_of_event:
                    pools[_pool(plan, facts.function)] += 1
                pool_of_event[record.subject] = _pool(plan, facts.function)
        elif record.kind in LEAVES and record.subject in pool_of_event:
            pools[pool_of_event.pop(record.subject)] -= 1
        elif record.kind is Kind.THROTTLED_RESERVED:
            assert pools[_function_of(trace, record.causes[0])] >= record.value
        elif record.kind is Kind.THROTTLED_ACCOUNT:
            assert pools[-1] >= record.value
        assert pools[-1] <= plan.account.concurrency


def _pool(plan: Plan, function: int) -> int:
    return -1 if plan.functions[function].reserved_concurrency is None else function


def _function_of(trace: Trace, arrival: int) -> int:
    command = trace.plan.commands[_command_of(trace, arrival)]
    assert isinstance(command, Fire | Pattern)
    return command.function


def _command_of(trace: Trace, number: int) -> int:
    """Return the command at the end of a record's chain of first causes."""
    record = trace[number]
    while record.kind is not Kind.COMMAND:
        record = trace[record.causes[0]]
    return record.subject


@pytest.mark.rule("FAIL-05")
@many
@given(plans())
def test_after_a_reset_the_next_start_is_a_reinit_and_only_then(plan: Plan) -> None:
    owed: set[int] = set()
    for record in traced(plan):
        if record.after is State.RESET and record.is_transition:
            owed.add(record.environment)
        elif record.kind in STARTS:
            assert (record.kind is Kind.INVOKE_REINIT) == (record.environment in owed)
        elif record.kind is Kind.HANDLER_STARTED:
            owed.discard(record.environment)


@pytest.mark.rule("PRV-02")
@many
@given(plans())
def test_no_provisioned_environment_serves_before_its_allocation_is_ready(plan: Plan) -> None:
    trace = traced(plan)
    ready = False
    for record in trace:
        ready = ready or record.kind is Kind.PROVISION_READY
        if record.kind in STARTS and not ready:
            facts = trace.environments[record.environment]
            assert facts.initialization_type.value != "provisioned-concurrency"


def _most_provisioned(plan: Plan, function: int) -> int:
    """Scenarios never ask for more provisioned than reserved; these random plans may."""
    counts = [plan.functions[function].provisioned_concurrency]
    for command in plan.commands:
        if getattr(command, "function", None) == function:
            counts.append(getattr(command, "count", 0))
            counts += [v for _, v in getattr(command, "changes", ()) if isinstance(v, int)]
    return max(c for c in counts if c < 100)


@many
@given(plans())
def test_only_live_versions_serve_events(plan: Plan) -> None:
    trace = traced(plan)
    versions = [Versions() for _ in plan.functions]
    for record in trace:
        if record.kind is Kind.COMMAND:
            command = plan.commands[record.subject]
            if isinstance(command, Deploy | Shift):
                versions[command.function] = versions[command.function].after(command)
        elif record.kind in (Kind.INVOKE_WARM, Kind.INVOKE_PRE, Kind.CREATED_FOR_EVENT):
            facts = trace.environments[record.environment]
            # With SnapStart the former version serves until the new one is published.
            if not facts.plan.snap_start:
                assert facts.code_version in versions[facts.function].live


@many
@given(plans())
def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert traced(plan).to_bytes() == traced(plan).to_bytes()


@many
@given(plans())
def test_totals_are_those_of_the_trace_with_or_without_one(plan: Plan) -> None:
    with_trace = run(plan)
    without = run(plan, keep_trace=False)
    assert without.trace is None
    for name in TOTALS:
        assert getattr(with_trace.tally, name) == getattr(without.tally, name), name
    assert with_trace.trace is not None
    kinds = Counter(record.kind for record in with_trace.trace)
    tally = with_trace.tally
    assert tally.events == kinds[Kind.ARRIVAL] + kinds[Kind.MESSAGE_QUEUED]
    assert tally.cold == kinds[Kind.INVOKE_COLD]
    assert tally.warm == kinds[Kind.INVOKE_WARM]
    assert tally.pre == kinds[Kind.INVOKE_PRE]
    assert tally.restored == kinds[Kind.INVOKE_RESTORED]
    assert tally.reinit == kinds[Kind.INVOKE_REINIT]
    assert tally.timeouts == kinds[Kind.INVOKE_TIMEOUT]
    assert tally.throttles == sum(kinds[kind] for kind in THROTTLES)
    assert tally.latencies.count == sum(kinds[kind] for kind in ENDS)
    assert tally.environments_gone == kinds[Kind.GONE]


@many
@given(plans(), st.integers(0, 60))
def test_a_later_command_leaves_everything_before_it_alone(plan: Plan, second: int) -> None:
    at_us = second * SECOND + 1
    before = [r for r in traced(plan) if r.time_us < at_us]
    changed = replace(plan, commands=(*plan.commands, Fire(at_us=at_us, count=2)))
    assert [r for r in traced(changed) if r.time_us < at_us] == before


@many
@given(plans())
def test_a_longer_timeout_leaves_arrivals_and_handler_times_alone(plan: Plan) -> None:
    def arrivals(some: Plan) -> list[tuple[int, int, int]]:
        return [(r.time_us, r.subject, r.value) for r in traced(some) if r.kind is Kind.ARRIVAL]

    slower = tuple(replace(f, timeout_us=f.timeout_us + 60 * SECOND) for f in plan.functions)
    assert arrivals(plan) == arrivals(replace(plan, functions=slower))


@pytest.mark.rule("INIT-07", "FAIL-08")
@many
@given(plans())
def test_times_add_up(plan: Plan) -> None:
    """Init lasts until the last Next; Invoke until the last Next or the time-out."""
    trace = traced(plan)
    began: dict[int, int] = {}
    last_next: dict[int, int] = {}
    for record in trace:
        number = record.environment
        if number < 0:
            continue
        facts = trace.environments[number]
        if record.kind is Kind.INIT_STARTED or record.kind in STARTS:
            began[number] = record.time_us
            last_next[number] = record.time_us
        elif record.kind in (
            Kind.RUNTIME_READY, Kind.EXTENSION_READY, Kind.RUNTIME_NEXT, Kind.EXTENSION_NEXT,
        ):  # fmt: skip
            last_next[number] = record.time_us
        elif record.kind is Kind.INIT_FINISHED:
            assert record.time_us == last_next[number]
        elif record.kind is Kind.INIT_ABANDONED:
            limit = 130 * SECOND if facts.initialization_type.value != "on-demand" else 10 * SECOND
            assert record.time_us == began[number] + limit
        elif record.kind is Kind.INVOKE_TIMEOUT and plan.rules_date >= "2024-10-01":
            assert record.time_us == began[number] + facts.plan.timeout_us
        elif record.kind in (Kind.INVOKE_OK, Kind.INVOKE_ERROR):
            assert plan.rules_date < "2024-10-01" or (
                record.time_us <= began[number] + facts.plan.timeout_us
            )


def test_a_run_without_end_stops_with_idle_environments_frozen() -> None:
    plan = Plan(
        functions=(_tiny(),),
        commands=(Fire(at_us=0),),
    )
    result = run(plan)
    assert result.ended_us == 200 * MS
    assert result.tally.environments_gone == 0


def _tiny() -> FunctionPlan:
    return FunctionPlan("f", handler=Constant(100 * MS))
