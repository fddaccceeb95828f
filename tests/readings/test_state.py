"""State at a moment: what an environment does, keeps, waits for and has used up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Crash,
    ExtensionPlan,
    Fire,
    Outcome,
    Plan,
    Prewarm,
)
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.fold import fold_all, life_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import EnvironmentState, Phase, Start
from lifecycle_tui.readings.state import environment_at, environments_at
from tests.readings.runs import MANY, doom_loop, fire, read, story
from tests.strategies import plans


def seen(index: Index, second: float, number: int = 0) -> EnvironmentState:
    state = environment_at(index, number, round(second * SECOND))
    assert state is not None
    return state


def test_an_environment_does_not_exist_before_it_is_created() -> None:
    index = story(fire(1))
    assert environment_at(index, 0, SECOND - 1) is None
    assert environments_at(index, SECOND - 1) == ()
    assert environments_at(index, SECOND) == ((0, State.CREATING),)


def test_an_unknown_environment_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        environment_at(story(fire(0)), 5, 0)


def test_a_record_belongs_to_its_own_instant() -> None:
    index = story(fire(0))
    assert seen(index, 0.099999).state is State.CREATING
    assert seen(index, 0.1).state is State.INIT


@pytest.mark.rule("INIT-01", "INIT-06")
def test_the_bars_of_init_know_their_totals_before_they_are_full() -> None:
    state = seen(story(fire(0)), 0.5)
    assert [(bar.phase, bar.elapsed_us, bar.total_us, bar.done) for bar in state.init_bars] == [
        (Phase.EXTENSION_INIT, 40 * MS, 40 * MS, True),
        (Phase.RUNTIME_INIT, 220 * MS, 220 * MS, True),
        (Phase.FUNCTION_INIT, 140 * MS, 760 * MS, False),
    ]
    assert (state.init_elapsed_us, state.init_budget_us) == (400 * MS, 10 * SECOND)
    assert state.invoke_bars == ()
    assert state.start is None


def test_an_extension_that_initialises_longer_than_the_runtime_has_its_own_bar() -> None:
    slow = ExtensionPlan("slow", register=Constant(10 * MS), ready=Constant(2 * SECOND))
    state = seen(story(fire(0), extensions=(slow,)), 1.5)
    assert state.init_bars[-1].phase is Phase.INIT_WAIT
    assert state.waiting_for == ("slow",)


@pytest.mark.rule("INV-01", "LIF-02")
def test_who_is_waited_for_in_init_and_invoke() -> None:
    tail = ExtensionPlan(
        "otel", register=Constant(40 * MS), ready=Constant(50 * MS), tail=Constant(30 * MS)
    )
    deaf = ExtensionPlan("deaf", on_invoke=False)
    index = story(fire(0), extensions=(tail, deaf))
    assert seen(index, 0.12).waiting_for == ("otel",)
    assert seen(index, 0.145).waiting_for == ("runtime", "otel")
    assert seen(index, 0.2).waiting_for == ("runtime",)
    assert seen(index, 1.2).waiting_for == ("runtime", "otel")
    in_tail = seen(index, 1.31)
    assert in_tail.waiting_for == ("otel",)
    assert in_tail.response_sent
    assert in_tail.phase is Phase.EXTENSION_TAIL


@pytest.mark.rule("INIT-10")
def test_provisioned_environments_have_130_s_for_init() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    index = story(fire(0), provisioned_concurrency=1)
    assert seen(index, 0).init_budget_us == 130 * SECOND
    long = story(fire(0), provisioned_concurrency=1, timeout_us=600 * SECOND)
    assert seen(long, 0).init_budget_us == 600 * SECOND


def test_only_invocations_that_have_ended_count_as_served() -> None:
    index = story(fire(0), fire(5))
    assert [seen(index, second).served for second in (1.2, 1.31, 5.1, 5.2)] == [0, 1, 1, 2]


@pytest.mark.rule("FRZ-01", "INIT-13", "LIF-03")
def test_what_an_environment_keeps_between_events() -> None:
    index = story(fire(0), fire(5))
    first, second = seen(index, 4), seen(index, 9)
    assert first.state is State.FROZEN
    assert first.globals_since_event == second.globals_since_event == 1
    assert first.globals_since_us == 1_120 * MS
    assert (first.tmp_mb, second.tmp_mb) == (100, 200)
    assert (first.connections, second.connections) == (2, 2)
    assert (first.served, second.served) == (1, 2)
    assert (first.start, second.start) == (Start.COLD, Start.WARM)
    assert (first.billed_ms, second.billed_ms) == (1_200, 1_380)


@pytest.mark.rule("FRZ-04")
def test_each_environment_has_a_tmp_of_its_own() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    index = story(fire(0, 2), fire(5), fire(9))
    assert [seen(index, 20, number).tmp_mb for number in (0, 1)] == [100, 300]


@pytest.mark.rule("FRZ-04")
def test_tmp_is_no_larger_than_the_ephemeral_storage() -> None:
    index = story(*(fire(5 * n) for n in range(9)))
    assert seen(index, 60).tmp_mb == 512


@pytest.mark.rule("FAIL-01", "FAIL-04")
def test_timeout_resets_environment_and_keeps_tmp() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    state = seen(doom_loop(), 380)
    assert (state.resets, state.last_reset, state.reinit_owed) == (1, "timeout", True)
    assert state.globals_since_event is None
    assert state.connections == 0
    assert state.tmp_mb == 200
    assert "RE-INIT" in state.next_words


def test_a_reinit_has_its_bars_in_invoke_and_the_timeout_for_a_budget() -> None:
    state = seen(doom_loop(), 382.7)
    assert state.start is Start.REINIT
    assert state.phase is Phase.REINIT_FUNCTION
    assert state.init_budget_us == state.invoke_budget_us == 3 * SECOND
    assert [bar.phase for bar in state.init_bars] == [
        Phase.REINIT_EXTENSION,
        Phase.REINIT_RUNTIME,
        Phase.REINIT_FUNCTION,
    ]
    assert state.invoke_bars == state.init_bars
    assert state.invoke_bars[-1].total_us is None, "the timeout cuts it, so it never ends"
    assert state.invoke_elapsed_us == 1_700 * MS


def test_globals_are_new_after_a_reinit_that_ends_well() -> None:
    state = seen(story(fire(0), fire(5, outcome=Outcome.EXIT), fire(9)), 20)
    assert state.globals_since_event == 3
    assert state.globals_since_us == 9 * SECOND + 1_020 * MS
    assert (state.resets, state.last_reset, state.reinit_owed) == (1, "exit", False)


def test_globals_of_an_environment_made_ahead_belong_to_no_event() -> None:
    state = seen(story(Prewarm(at_us=0), fire(50), until=60), 40)
    assert state.state is State.READY
    assert state.globals_since_event == 0
    assert "PRE" in state.next_words


@pytest.mark.rule("FRZ-02")
def test_background_work_stands_still_while_frozen_and_resumes_at_the_next_event() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    index = story(fire(0), fire(5, lasting=0.3), handler_background=Constant(500 * MS))
    assert seen(index, 1.2).background_left_us == 0
    assert seen(index, 2).background_left_us == 500 * MS
    assert seen(index, 4.9).background_left_us == 500 * MS
    assert seen(index, 5.1).background_left_us == 400 * MS
    assert seen(index, 9).background_left_us == 200 * MS + 500 * MS


def test_background_work_goes_on_in_the_extension_tail_and_is_lost_in_a_reset() -> None:
    tail = ExtensionPlan("otel", tail=Constant(200 * MS))
    index = story(
        fire(0), Crash(at_us=9 * SECOND, environment=0), extensions=(tail,),
        handler_background=Constant(500 * MS), until=20,
    )  # fmt: skip
    assert seen(index, 5).background_left_us == 300 * MS
    after = seen(index, 10)
    assert after.background_left_us == 0
    assert after.last_reset == "crash"


@pytest.mark.rule("SHUT-13")
def test_nothing_is_kept_after_gone() -> None:
    state = seen(story(fire(0), until=1_000), 900)
    assert state.state is State.GONE
    assert state.phase is None
    assert (state.tmp_mb, state.connections, state.globals_since_event) == (0, 0, None)


def test_the_idle_deadline_is_the_drawn_idle_time_after_the_freeze() -> None:
    index = story(fire(0))
    assert seen(index, 1.2).idle_deadline_us is None
    frozen = environment_at(index, 0, index.ended_us)
    assert frozen is not None
    assert frozen.phase is Phase.FROZEN
    assert frozen.idle_deadline_us == 1_300 * MS + 600 * SECOND


def test_before_october_2024_a_reinit_had_time_of_its_own() -> None:
    """Source: https://aaronstuyvenberg.com/posts/lambda-timeout-doom-loop."""
    index = story(fire(0), fire(5, lasting=5), fire(20, lasting=2.5), rules_date="2024-01-01")
    assert seen(index, 23).invoke_budget_us == 3 * SECOND + 1_020 * MS


@MANY
@given(plans())
def test_checkpoints_change_nothing(plan: Plan) -> None:
    index = read(plan)
    for number, records in enumerate(index.of_environment):
        for position in (len(records), 1, len(records) // 2):
            assert life_at(index, number, position) == fold_all(index, number, position)


@MANY
@given(plans(), st.integers(-10 * SECOND, 130 * SECOND))
def test_state_holds_together_at_any_moment(plan: Plan, t_us: int) -> None:
    index = read(plan)
    states = dict(environments_at(index, t_us))
    for number in range(len(index.of_environment)):
        state = environment_at(index, number, t_us)
        if state is None:
            assert number not in states
            continue
        assert states[number] is state.state
        assert (state.phase is None) == (state.state is State.GONE)
        assert (state.event >= 0) >= (state.state is State.INVOKE)
        assert (state.idle_deadline_us is not None) == (state.state in (State.READY, State.FROZEN))
        assert 0 <= state.invoke_elapsed_us <= state.invoke_budget_us
        assert 0 <= state.init_elapsed_us <= max(state.init_budget_us, state.invoke_budget_us)
        assert state.next_words.endswith(".")
        for bars in (state.init_bars, state.invoke_bars):
            for bar in bars:
                assert bar.elapsed_us >= 0
                assert bar.total_us is None or bar.elapsed_us <= bar.total_us
                assert bar.done == (bar.total_us == bar.elapsed_us and t_us >= bar.start_us)
            for before, after in pairwise(bars):
                assert before.total_us is not None
                assert before.start_us + before.total_us <= after.start_us


@MANY
@given(plans())
def test_the_table_of_states_follows_the_records(plan: Plan) -> None:
    index = read(plan)
    for record in index.trace:
        if record.is_transition and index.trace.last_at(record.time_us) == record.number:
            assert dict(environments_at(index, record.time_us))[record.environment] is record.after


def test_a_caller_that_got_504_is_told_while_its_invocation_goes_on() -> None:
    """Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html."""
    waited = Fire(at_us=0, source=SourceKind.API_GATEWAY, duration=Constant(40 * SECOND))
    index = story(waited, timeout_us=60 * SECOND)
    seen = {}
    for second in (28, 30, 39):
        state = environment_at(index, 0, second * SECOND)
        assert state is not None
        seen[second] = state.caller_left_us
    assert seen == {28: None, 30: 29 * SECOND, 39: 29 * SECOND}
    after = environment_at(index, 0, 60 * SECOND)
    assert after is not None
    assert after.caller_left_us is None
