"""The player: wall seconds in, a cursor out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.play.player import SPEEDS, Halt, Player, Track, TrueAxis

SECOND = 1_000_000


class Folded:
    """An axis with one fold: virtual 10 s to 1,010 s is told in one second."""

    def to_story(self, us: int) -> float:
        if us <= 10 * SECOND:
            return float(us)
        if us <= 1_010 * SECOND:
            return 10 * SECOND + (us - 10 * SECOND) / 1_000
        return float(us - 999 * SECOND)

    def from_story(self, story: float) -> int:
        if story <= 10 * SECOND:
            return round(story)
        if story <= 11 * SECOND:
            return round(10 * SECOND + (story - 10 * SECOND) * 1_000)
        return round(story + 999 * SECOND)


def track(**changes: object) -> Track:
    values: dict[str, object] = {
        "axis": TrueAxis(),
        "times_us": (0, 100, 100_000, 500_000, 2 * SECOND),
        "inputs_us": (0, 500_000),
        "stops": ((2 * SECOND, Halt.QUIET),),
        "end_us": 10 * SECOND,
    }
    return Track(**(values | changes))  # type: ignore[arg-type]


def test_time_stands_still_until_it_plays() -> None:
    player = Player(track())
    player.advance(0.1)
    assert player.at_us == 0
    player.play()
    player.advance(0.1)
    assert player.at_us == 100_000


def test_a_long_tick_counts_as_a_quarter_of_a_second() -> None:
    player = Player(track())
    player.play()
    player.advance(3_600.0)
    assert player.at_us == 250_000


def test_fractions_of_a_microsecond_are_carried() -> None:
    player = Player(track(stops=()), speed=1 / 16)
    player.play()
    for _ in range(60 * 16):
        player.advance(1 / 60)
    assert player.at_us == pytest.approx(SECOND, abs=1)


def test_it_stops_by_itself_and_says_why() -> None:
    player = Player(track(), speed=60.0)
    player.play()
    player.advance(0.1)
    assert (player.at_us, player.playing) == (2 * SECOND, False)
    assert player.transport.halt is Halt.QUIET
    player.play()
    player.advance(0.25)
    assert (player.at_us, player.transport.halt) == (10 * SECOND, Halt.END)


def test_playing_at_the_end_does_nothing() -> None:
    player = Player(track(), at_us=10 * SECOND)
    player.toggle()
    assert not player.playing


def test_steps_go_to_distinct_happenings_and_pause() -> None:
    player = Player(track())
    player.play()
    assert player.step(1)
    assert (player.at_us, player.playing) == (100, False)
    assert player.step(1)
    assert player.at_us == 100_000
    assert player.step(-1)
    assert player.at_us == 100
    assert player.step(-1)
    assert not player.step(-1)
    assert player.at_us == 0


def test_steps_by_input_skip_the_rest() -> None:
    player = Player(track())
    assert player.step_input(1)
    assert player.at_us == 500_000
    assert not player.step_input(1)


def test_ten_steps_forward_and_back_lead_home() -> None:
    player = Player(track())
    while player.step(1):
        pass
    assert player.at_us == 2 * SECOND
    while player.step(-1):
        pass
    assert player.at_us == 0


def test_speed_has_notches_and_ends() -> None:
    player = Player(track())
    for _ in SPEEDS:
        player.faster()
    assert player.transport.speed == 3_600
    for _ in SPEEDS:
        player.slower()
    assert player.transport.speed == 1 / 16


def test_a_fold_is_warped_and_says_how_fast() -> None:
    player = Player(track(axis=Folded(), stops=(), end_us=2_000 * SECOND), at_us=10 * SECOND)
    player.play()
    assert player.transport.warp == pytest.approx(1_000)
    player.advance(0.25)
    assert player.at_us == 260 * SECOND
    for _ in range(4):
        player.advance(0.25)
    assert player.transport.warp is None


def test_seeking_stays_within_the_run() -> None:
    player = Player(track())
    player.seek(99 * SECOND)
    assert player.at_us == 10 * SECOND
    player.seek(-5)
    assert player.at_us == 0
    player.seek(2 * SECOND)
    assert player.transport.halt is Halt.QUIET


def test_home_and_live_edge() -> None:
    player = Player(track())
    player.seek(500_000)
    player.home()
    assert (player.at_us, player.edge_us) == (0, 500_000)
    player.to_edge()
    assert player.at_us == 500_000
    player.to_edge()
    assert player.at_us == 2 * SECOND


def test_another_track_keeps_the_moment() -> None:
    player = Player(track())
    player.seek(500_000)
    player.load(track(axis=Folded()))
    assert player.at_us == 500_000
    player.load(track(end_us=100))
    assert player.at_us == 100


@given(st.lists(st.floats(0, 0.3), max_size=40), st.sampled_from(SPEEDS))
def test_time_never_goes_back(ticks: list[float], speed: float) -> None:
    player = Player(track(axis=Folded(), end_us=2_000 * SECOND), speed=speed)
    player.play()
    before = 0
    for tick in ticks:
        player.advance(tick)
        assert player.at_us >= before
        before = player.at_us
