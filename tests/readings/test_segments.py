"""Segments: the phases of a life without gaps, and only what is in the window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MS, SECOND, Crash, ExtensionPlan, Outcome, Plan, Reclaim
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.readings.segments import phase_at, segments, visible
from tests.readings.runs import MANY, doom_loop, fire, read, story
from tests.strategies import plans


def letters(index: Index, number: int = 0) -> str:
    return "".join(segment.phase for segment in segments(index, number))


def test_a_reported_error_is_marked_on_the_handler_whatever_comes_after_it() -> None:
    tail = ExtensionPlan("slow", tail=Constant(300 * MS))
    bad = fire(0, outcome=Outcome.ERROR)
    index = story(bad, fire(5), extensions=(tail,))
    failed = [segment for segment in segments(index, 0) if segment.failed]
    assert [(each.phase, each.event) for each in failed] == [(Phase.HANDLER, 1)]
    at_once = story(fire(0, lasting=0, outcome=Outcome.ERROR), extensions=())
    assert [each.phase for each in segments(at_once, 0) if each.failed] == [Phase.HANDLER]


@pytest.mark.rule("INIT-01", "INIT-06", "INIT-13", "LIF-03")
def test_a_cold_start_reads_p_e_r_f_h_and_a_warm_one_h() -> None:
    index = story(fire(0), fire(5))
    assert letters(index) == "PERFH-H"
    assert [segment.end_us // MS for segment in segments(index, 0)] == [
        100, 140, 360, 1_120, 1_300, 5_000, 5_180,
    ]  # fmt: skip
    assert [segment.event for segment in segments(index, 0)] == [1, 1, 1, 1, 1, -1, 2]


def test_a_reset_is_seen_where_it_takes_time_and_the_cut_is_marked() -> None:
    slow = ExtensionPlan("slow", shutdown=Constant(300 * MS))
    index = story(fire(0), fire(5, lasting=9), fire(20), extensions=(slow,))
    assert letters(index) == "PRFH-H!-rfH"
    assert [segment.phase for segment in segments(index, 0) if segment.cut] == [Phase.HANDLER]


@pytest.mark.rule("FAIL-05")
def test_a_reinit_has_small_letters_and_its_cut_is_marked() -> None:
    index = doom_loop()
    assert letters(index) == "PERFH-H-erf"
    assert [s.cut for s in segments(index, 0)][-1]


def test_an_idle_reset_and_a_shutdown_are_kept_even_if_they_take_no_time() -> None:
    crash = Crash(at_us=5 * SECOND, environment=0)
    index = story(fire(0), crash, Reclaim(at_us=9 * SECOND, environment=0), extensions=())
    assert letters(index) == "PRFH-!-S"
    reset, shutdown = segments(index, 0)[5], segments(index, 0)[7]
    assert (reset.start_us, reset.end_us) == (5 * SECOND, 5 * SECOND)
    assert (shutdown.start_us, shutdown.end_us) == (9 * SECOND, 9 * SECOND)


@pytest.mark.rule("INIT-05", "INIT-07")
def test_an_extension_that_is_ready_late_shows_as_waiting() -> None:
    slow = ExtensionPlan("slow", ready=Constant(2 * SECOND), tail=Constant(50 * MS))
    index = story(fire(0), extensions=(slow,), runtime_overhead=Constant(5 * MS), until=1_000)
    assert letters(index) == "PRFNHOX-S"


def test_an_abandoned_init_is_cut_and_runs_again_inside_invoke() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=60 * SECOND)
    assert letters(index) == "PERFerfH"
    assert segments(index, 0)[3].cut


def test_provisioned_environments_are_ready_at_zero() -> None:
    index = story(fire(1), provisioned_concurrency=1)
    assert letters(index) == "PERF=H"
    assert segments(index, 0)[4].start_us == 0


def test_the_window_has_what_touches_it_and_nothing_else() -> None:
    index = story(fire(0), fire(5))
    assert [s.phase for s in visible(index, 0, 140 * MS, 360 * MS)] == [Phase.RUNTIME_INIT]
    assert [s.phase for s in visible(index, 0, 139 * MS, 361 * MS)] == [
        Phase.EXTENSION_INIT,
        Phase.RUNTIME_INIT,
        Phase.FUNCTION_INIT,
    ]
    assert visible(index, 0, 3_000 * SECOND, 4_000 * SECOND) == ()


@MANY
@given(plans())
def test_segments_have_no_gaps_from_creation_to_gone_or_the_end(plan: Plan) -> None:
    index = read(plan)
    for facts in index.trace.environments:
        stretches = segments(index, facts.number)
        last = index.trace[index.of_environment[facts.number][-1]]
        end_us = last.time_us if last.kind.name == "GONE" else index.ended_us
        if not stretches:
            assert facts.created_us == end_us
            continue
        assert stretches[0].start_us == facts.created_us
        assert stretches[-1].end_us == end_us
        for before, after in pairwise(stretches):
            assert before.end_us == after.start_us
        told = (Phase.RESET, Phase.SHUTDOWN)
        assert all(s.end_us > s.start_us or s.cut or s.phase in told for s in stretches)
        assert all(index.times[s.record] == s.start_us for s in stretches)


@MANY
@given(plans(), st.integers(0, 119 * SECOND))
def test_the_phase_at_a_moment_is_that_of_the_segment(plan: Plan, t_us: int) -> None:
    index = read(plan)
    for number in range(len(index.of_environment)):
        touching = [s for s in visible(index, number, t_us, t_us + 1) if s.start_us <= t_us]
        expected = touching[-1].phase if touching else None
        assert phase_at(index, number, t_us) == expected


@MANY
@given(plans(), st.integers(0, 120 * SECOND), st.integers(1, 30 * SECOND))
def test_the_window_is_what_a_slow_search_finds(plan: Plan, from_us: int, width: int) -> None:
    index = read(plan)
    for number in range(len(index.of_environment)):
        slow = tuple(
            s
            for s in segments(index, number)
            if s.start_us < from_us + width and s.end_us > from_us
        )
        assert visible(index, number, from_us, from_us + width) == slow
