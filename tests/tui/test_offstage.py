"""Pictures and films of sessions: what they show, and that nothing but the session decides."""

from __future__ import annotations

import asyncio
import re

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Pattern, Plan
from lifecycle_tui.export.pictures.frame import Film, Frame, text_of
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui import actions, offstage
from lifecycle_tui.tui.offstage import KEYS, Look, end_of, film, frame_count, still
from lifecycle_tui.tui.screens import stage
from lifecycle_tui.tui.screens.panes import PANES, TITLES
from tests.play.plans import plan
from tests.tui.conftest import MakeApp, sandbox

LOOK = Look(80, 24, "okabe-ito")
WIDE = Look(120, 40, "okabe-ito")
TWICE = plan(Fire(at_us=0), Fire(at_us=400 * SECOND), title="Twice")
BUSY = plan(
    Fire(at_us=0, count=60),
    Pattern(at_us=2 * SECOND, gap_us=50_000, for_us=60 * SECOND, process="steady"),
    title="Long",
)


def words(frame: Frame) -> str:
    return "\n".join(map(text_of, frame.rows))


def at(story: Plan, us: int, speed: float = 1.0) -> Session:
    return Session(story, scenario_name="x", at_us=us, speed=speed)


def shot(story: Plan, us: int, look: Look = LOOK) -> Frame:
    return still(at(story, us), look)


@pytest.mark.parametrize("pane", PANES)
def test_a_picture_shows_its_moment_and_its_pane(pane: str) -> None:
    frame = shot(TWICE, 500_000, Look(80, 24, "okabe-ito", panes=(pane,)))
    assert frame.title == "Twice, at 0.5 s"
    assert "0.500 s" in words(frame)
    assert f"▸ {TITLES[pane]} " in words(frame)


def test_a_picture_of_a_long_run_keeps_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "SETTLE_S", 60)
    session = at(BUSY, 30 * SECOND)
    assert session.is_long
    frame = still(session, Look(120, 40, "okabe-ito"))
    assert "REPORT" in words(frame)
    assert "Why was #" in words(frame)


def test_nothing_of_a_picture_is_looked_for_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("a worker may be done too late")

    monkeypatch.setattr(stage.Stage, "run_worker", refuse)
    frame = shot(BUSY, 900_000, Look(200, 60, "okabe-ito", panes=("why",)))
    assert "what if" in words(frame)


def test_a_picture_is_the_same_each_time() -> None:
    look = Look(120, 40, "okabe-ito", panes=("metrics",), keys=("-", "-"))
    assert shot(BUSY, 30 * SECOND, look) == shot(BUSY, 30 * SECOND, look)


def test_an_environment_is_selected_and_keys_are_pressed() -> None:
    chosen = Look(80, 24, "okabe-ito", selected=3, keys=("?",))
    assert "Esc closes" in words(shot(BUSY, 3 * SECOND, chosen))
    frame = shot(BUSY, 3 * SECOND, Look(80, 24, "okabe-ito", selected=3))
    assert "▌e4" in words(frame)
    assert "e4 on-demand" in words(frame)


def test_keys_change_the_run_even_where_that_takes_long() -> None:
    before = shot(BUSY, 30 * SECOND, WIDE)
    after = shot(BUSY, 30 * SECOND, Look(120, 40, "okabe-ito", keys=("T",)))
    assert "timeout t T  3 s" in words(before)
    assert "timeout t T  5 s" in words(after)


def test_every_key_that_makes_sense_in_a_picture_can_be_pressed() -> None:
    shown = {a.shown.split()[0] for a in actions.ACTIONS} - {"q", "e", "ctrl+p"}
    assert shown <= set(KEYS)
    assert not {"q", "e", "ctrl+p"} & set(KEYS)


def test_two_runs_are_shown_one_above_the_other() -> None:
    frame = still(at(TWICE, SECOND), WIDE, at(plan(title="Never"), 0))
    assert "A Twice" in words(frame)
    assert "B Never" in words(frame)
    assert "swaps" not in words(frame)


def filmed(to_us: int, *, fps: int = 10, speed: float = 1.0, look: Look = LOOK) -> Film:
    return film(at(TWICE, 0, speed), look, to_us=to_us, fps=fps)


def test_a_film_folds_idle_time_and_goes_on_after_quiet() -> None:
    run = filmed(402 * SECOND)
    seconds = run.length_ms / 1000
    assert 5 < seconds < 10
    assert "402.000 s" in words(run.frames[-1])
    assert "WARM 1" in words(run.frames[-1])
    assert not any("PAUSE" in words(frame) or "QUIET" in words(frame) for frame in run.frames[:-1])
    assert "PAUSE" in words(run.frames[-1])
    assert run.starts_ms[0] == 0
    assert list(run.starts_ms) == sorted(set(run.starts_ms))


def test_a_film_is_the_same_each_time_and_shorter_at_twice_the_speed() -> None:
    look = Look(120, 40, "okabe-ito")
    once, again = filmed(2 * SECOND, look=look), filmed(2 * SECOND, look=look)
    assert once == again
    fast = filmed(2 * SECOND, speed=2.0, look=look)
    assert 0 <= fast.starts_ms[-1] - once.starts_ms[-1] // 2 <= 100


def test_in_a_film_the_log_is_never_behind() -> None:
    once = plan(Fire(at_us=0))
    run = film(at(once, 0), WIDE, to_us=1_600_000, fps=30)
    shown = [(float(found[1]), words(frame)) for frame in run.frames
             if (found := re.search(r"(\d+\.\d{3}) s", words(frame)))]  # fmt: skip
    assert len(shown) > 30
    ended_us = end_of(at(once, 0))
    assert {time_s * 1_000_000 >= ended_us for time_s, _ in shown} == {False, True}
    assert all(("REPORT" in text) == (time_s * 1_000_000 >= ended_us) for time_s, text in shown)


def test_no_clock_runs_while_a_screen_is_held(make_app: MakeApp) -> None:
    async def story() -> bool:
        app = make_app(TWICE)
        async with app.run_test(size=(80, 24)):
            screen = sandbox(app)
            screen.hold()
            screen.session.player.play()
            screen.publish()
            return screen.clock_runs

    assert not asyncio.run(story())


def test_the_number_of_frames_is_known_before() -> None:
    told: list[int] = []
    session = at(TWICE, 0)
    count = frame_count(session, 402 * SECOND, 10)
    film(session, LOOK, to_us=402 * SECOND, fps=10, drawn=told.append)
    assert abs(told[-1] - count) <= 1
    assert told == list(range(1, len(told) + 1))


def test_a_film_ends_where_playing_would_stop_by_itself() -> None:
    session = at(TWICE, 0)
    assert 400 * SECOND < end_of(session) < 402 * SECOND
    until = plan(Fire(at_us=0), until_us=90 * SECOND)
    assert end_of(at(until, 50 * SECOND)) == 90 * SECOND
    assert end_of(at(until, 91 * SECOND)) > 91 * SECOND
    assert end_of(at(plan(), 0)) == 0


def test_a_screen_that_never_rests_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offstage, "_MOST_TURNS", 1)
    with pytest.raises(offstage.NeverRestsError):
        shot(TWICE, 0)
