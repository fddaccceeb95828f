"""Memory, CPU, /tmp and the package: what code does with what its function has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.patterns import Recording, ReplayPattern
from lifecycle_tui.engine.plan import MS, Command, Crash, FunctionPlan, Pattern, Plan, SetConfig
from lifecycle_tui.engine.worktime import Constant, CpuAndWait, Uniform, computing_us
from tests.story import Story, at, ms, prompt_account, tell

WORK = CpuAndWait(ms(100), ms(50))


def lasting_ms(story: Story) -> list[float]:
    return [served.duration_us / MS for served in story.served().values()]


@pytest.mark.rule("LIM-03", "SIM-CPU")
@pytest.mark.parametrize(
    ("memory_mb", "lasts_ms"), [(128, 1_432.032), (884, 250.114), (1_769, 150.0), (10_240, 150.0)]
)
def test_computing_is_as_long_as_memory_is_short_and_waiting_is_not(
    memory_mb: int, lasts_ms: float
) -> None:
    """1,769 MB are one vCPU (LIM-03): 128 MB are a 13.8th of one."""
    function = FunctionPlan("f", memory_mb=memory_mb, handler=WORK)
    assert lasting_ms(tell(function, commands=(at(0),))) == [pytest.approx(lasts_ms, abs=0.001)]


def test_a_change_of_memory_counts_for_the_very_next_event_of_a_pattern() -> None:
    function = FunctionPlan("f", memory_mb=884, handler=CpuAndWait(ms(100), ms(0)))
    pattern = Pattern(at_us=0, gap_us=1e6, for_us=4_000_000, process="steady")
    more = SetConfig(at_us=1_500 * MS, changes=(("memory_mb", 1_769),))
    assert [round(t) for t in lasting_ms(tell(function, commands=(pattern, more)))] == [
        200, 200, 100, 100,
    ]  # fmt: skip


def test_an_event_with_a_time_of_its_own_takes_that_time() -> None:
    function = FunctionPlan("f", handler=WORK)
    assert lasting_ms(tell(function, commands=(at(0, lasting=0.5),))) == [500.0]


@pytest.mark.rule("SIM-CPU")
def test_only_the_functions_own_init_grows_as_memory_shrinks() -> None:
    """A runtime starts equally fast at any memory size (INIT-16)."""
    function = FunctionPlan(
        "f", init_runtime=ms(200), init_function=ms(30), init_cpu=ms(100), handler=ms(1)
    )
    for memory_mb, init_ms in ((1_769, 330.0), (884, 430.114)):
        story = tell(replace(function, memory_mb=memory_mb), commands=(at(0),))
        began_us = story.one(Kind.RUNTIME_INIT_STARTED).time_us
        ended_us = story.one(Kind.RUNTIME_READY).time_us
        assert (ended_us - began_us) / MS == pytest.approx(init_ms, abs=0.001)


def test_one_draw_gives_computing_and_waiting_that_do_not_go_together() -> None:
    work = CpuAndWait(Uniform(0, 1_000), Uniform(0, 1_000_000))
    sums = [work.at(draw / 7 + 1e-9) for draw in range(7)]
    assert len({total // 100_000 for total in sums}) > 3
    assert sums == work.many([draw / 7 + 1e-9 for draw in range(7)])
    assert computing_us(1_000, 128) == 13_821


# Memory


def ends(story: Story) -> list[str]:
    return [str(served.end and served.end.name) for served in story.served().values()]


@pytest.mark.rule("SIM-FILLING")
def test_too_little_memory_ends_in_oom_where_it_runs_out() -> None:
    function = FunctionPlan("f", memory_mb=128, memory_used_mb=256, handler=ms(100))
    story = tell(function, commands=(at(0), at(1)))
    assert ends(story) == ["INVOKE_OOM", "INVOKE_OOM"]
    assert lasting_ms(story) == [50.0, 50.0], "half of what it needs, half of its time"


def test_lowering_the_memory_below_the_need_makes_the_next_event_fail() -> None:
    function = FunctionPlan("f", memory_mb=512, memory_used_mb=200, handler=ms(100))
    less = SetConfig(at_us=1_000_000, changes=(("memory_mb", 128),))
    assert ends(tell(function, commands=(at(0), less, at(2)))) == ["INVOKE_OK", "INVOKE_OOM"]


def test_a_leak_grows_in_one_environment_until_oom_resets_it() -> None:
    function = FunctionPlan(
        "f", memory_mb=128, memory_used_mb=100, memory_leak_mb=10, handler=ms(100)
    )
    story = tell(function, commands=tuple(at(second) for second in range(8)))
    assert [end.removeprefix("INVOKE_") for end in ends(story)] == [
        "OK", "OK", "OK", "OOM", "OK", "OK", "OK", "OOM",
    ]  # fmt: skip


def test_a_crash_frees_what_leaked() -> None:
    function = FunctionPlan(
        "f", memory_mb=128, memory_used_mb=100, memory_leak_mb=10, handler=ms(100)
    )
    crash = Crash(at_us=2_500 * MS, environment=0)
    commands: tuple[Command, ...] = (*(at(second) for second in range(5)), crash)
    assert set(ends(tell(function, commands=commands))) == {"INVOKE_OK"}


# /tmp


@pytest.mark.rule("SIM-FILLING", "FRZ-04")
def test_a_full_tmp_fails_the_handler_and_a_reset_does_not_help() -> None:
    function = FunctionPlan(
        "f", ephemeral_storage_mb=512, handler_tmp_mb=200, handler=Constant(100 * MS)
    )
    crash = Crash(at_us=3_500 * MS, environment=0)
    story = tell(function, commands=(*(at(second) for second in range(5)), crash))
    assert ends(story) == ["INVOKE_OK", "INVOKE_OK", "INVOKE_ERROR", "INVOKE_ERROR", "INVOKE_ERROR"]
    full = story.of(Kind.TMP_FULL)
    assert [record.subject for record in full] == [3, 4, 5]
    assert full[0].value == 512
    assert full[0].time_us - 2_000_000 == 56 * MS, "112 of 200 MB fit"
    assert story.served()[5].start is Kind.INVOKE_REINIT


# The package


@pytest.mark.rule("SIM-PACKAGE")
@pytest.mark.parametrize(
    ("package", "size_mb", "placed_ms"),
    [("zip", 0, 0), ("zip", 250, 2_500), ("image", 2_000, 1_280)],
)
def test_a_package_takes_time_to_fetch_before_init(
    package: str, size_mb: int, placed_ms: int
) -> None:
    function = FunctionPlan("f", package=package, package_mb=size_mb, handler=ms(1))
    story = tell(function, commands=(at(0),))
    assert story.one(Kind.INIT_STARTED).time_us == placed_ms * MS


def test_provisioned_environments_are_ready_at_zero_however_large_their_package_is() -> None:
    function = FunctionPlan("f", package_mb=250, provisioned_concurrency=2, handler=ms(1))
    story = Story(Plan((function,), prompt_account(), (at(0, 2),), until_us=1_000_000))
    assert {record.time_us for record in story.of(Kind.INIT_FINISHED)} == {0}
    assert [served.start for served in story.served().values()] == [Kind.INVOKE_PRE] * 2


def test_recorded_events_take_the_time_that_was_recorded_at_any_memory_size() -> None:
    recording = Recording.of("r", (0, 2_000_000), (300 * MS, 400 * MS))
    replay = ReplayPattern(at_us=0, recording=recording)
    function = FunctionPlan("f", handler=WORK)
    assert lasting_ms(tell(function, commands=(replay,))) == [300.0, 400.0]
