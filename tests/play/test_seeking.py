"""Time is a cursor: whatever way it came to a moment, every panel shows that moment alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND, Outcome, Plan
from lifecycle_tui.play import moves
from lifecycle_tui.play.camera import SCALES_US, AxisMode, Camera
from lifecycle_tui.play.player import Transport
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, View, follow, view
from lifecycle_tui.readings.model import SubPhase
from tests.play.plans import plan as small_plan
from tests.readings.runs import MANY
from tests.strategies import plans

WIDTH = 67
SIZE = Size(WIDTH, 0, 12)
PANES = ("cost", "metrics", "trace")
MODES = st.sampled_from(tuple(AxisMode))
FEWER = settings(MANY, max_examples=25)
"""Where the whole screen is made anew at every moment of a run."""
MOMENTS = st.lists(st.integers(0, 130 * SECOND), min_size=1, max_size=5)


def seen(session: Session, camera: Camera) -> View:
    """Return the whole screen, with every pane, as it is now."""
    session.catch_up()
    return view(session, follow(session, camera, WIDTH), SIZE, panes=PANES)


def told(shown: View, *, but: Sequence[str] = ()) -> dict[str, object]:
    """Return a view field by field; of the log, what has been written by now."""
    found = {field.name: getattr(shown, field.name) for field in fields(shown)}
    found["log"] = [str(line) for line in shown.log[: shown.log_count]]
    found["overview"] = replace(shown.overview, edge_us=0), shown.overview.signs(WIDTH)
    return {name: value for name, value in found.items() if name not in but}


def known_bars(bars: Sequence[SubPhase], at_us: int) -> tuple[SubPhase, ...]:
    """Return the inspector's bars without what it draws ahead: how long each part would take."""
    begun = [bar for bar in bars if bar.start_us <= at_us]
    return tuple(bar if bar.done else bar._replace(total_us=None) for bar in begun)


def known_part(shown: View) -> dict[str, object]:
    """Return what a view tells of what has happened: nothing of the runs to come."""
    found = told(shown, but=("version", "overview", "transport", "selected"))
    state = shown.selected
    if state is not None:
        found["selected"] = state._replace(
            init_bars=known_bars(state.init_bars, shown.at_us),
            invoke_bars=known_bars(state.invoke_bars, shown.at_us),
        )
    return found


def played_to(session: Session, at_us: int) -> None:
    """Let time pass, frame by frame, on to a moment; go on where the player stops by itself."""
    player = session.player
    while session.at_us < at_us and session.at_us < player.track.end_us:
        player.play()
        before = player.transport
        player.advance(0.07)
        if session.at_us >= at_us or before == player.transport:
            player.seek(at_us)
    player.pause()
    player.seek(session.at_us)


@FEWER
@given(plans(), MOMENTS, MODES, st.sampled_from(SCALES_US), st.sampled_from([1.0, 30.0]))
def test_seeking_shows_what_running_showed(
    plan: Plan, moments: list[int], mode: AxisMode, cell_us: int, speed: float
) -> None:
    camera = Camera(mode=mode, cell_us=cell_us)
    ran = Session(plan, speed=speed)
    shown: list[tuple[int, View]] = []
    for at_us in sorted(moments):
        played_to(ran, at_us)
        shown.append((ran.at_us, seen(ran, camera)))
    sought = Session(plan, speed=speed)
    sought.player.seek(ran.player.edge_us)
    for at_us, before in reversed(shown):
        sought.player.seek(at_us)
        # The live edge is the one thing that differs: it was nearer then.
        assert told(seen(sought, camera), but=("overview",)) == told(before, but=("overview",))
        sought.player.edge_us = before.overview.edge_us
        assert seen(sought, camera).overview == before.overview
        sought.player.edge_us = ran.player.edge_us


DEEDS: dict[str, Callable[[Session], object]] = {
    "fire": lambda s: s.fire(2),
    "fail": lambda s: s.fire(outcome=Outcome.EXIT),
    "slow": lambda s: s.fire_slow(beyond_timeout=True),
    "timeout": lambda s: s.timeout_notch(-1),
    "memory": lambda s: s.set_config(memory_mb=1_024),
    "provision": lambda s: s.provision_notch(1),
    "deploy": lambda s: s.deploy(),
    "prewarm": lambda s: s.prewarm(),
    "reclaim": lambda s: s.reclaim(0),
    "crash": lambda s: s.crash(0),
}


@MANY
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 20 * SECOND)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([AxisMode.WALL, AxisMode.LOG]),
)
def test_what_was_done_later_changes_nothing_of_what_was_seen_before(
    story: list[tuple[str, int]], mode: AxisMode
) -> None:
    # Only the event axis may move: how short idle time is drawn depends on when it ends.
    camera = Camera(mode=mode, cell_us=200_000)
    session = Session(small_plan())
    session.fire()
    session.player.seek(1)
    shown: list[tuple[int, View]] = []
    for name, wait_us in story:
        DEEDS[name](session)
        session.player.pause()
        for at_us in (session.at_us + wait_us // 3, session.at_us + wait_us):
            session.player.seek(at_us)
            shown.append((at_us, seen(session, camera)))
        session.player.seek(session.at_us + 1)
    for at_us, before in shown:
        session.player.seek(at_us)
        assert known_part(seen(session, camera)) == known_part(before)


@FEWER
@given(plans(), MODES)
def test_steps_go_back_over_exactly_what_they_went_on_over(plan: Plan, mode: AxisMode) -> None:
    camera = Camera(mode=mode)
    session = Session(plan)
    for go in (moves.step, moves.step_input):
        session.player.seek(0)
        on: list[tuple[int, View]] = [(session.at_us, seen(session, camera))]
        while len(on) < 25:
            note = go(session, 1)
            if note is not None and note.refused:
                break
            on.append((session.at_us, seen(session, camera)))
        times = [at_us for at_us, _ in on]
        assert times == sorted(set(times))
        for at_us, before in reversed(on[:-1]):
            note = go(session, -1)
            if note is not None and note.refused:
                assert at_us == 0
                break
            assert session.at_us == at_us
            ignored = ("overview", "transport")
            assert told(seen(session, camera), but=ignored) == told(before, but=ignored)


@MANY
@given(plans(), st.integers(0, 130 * SECOND), MODES, st.sampled_from([-10, -1, 1, 10]))
def test_scrubbing_always_leads_on_and_to_the_next_column(
    plan: Plan, at_us: int, mode: AxisMode, cells: int
) -> None:
    session = Session(plan)
    session.player.seek(at_us)
    camera = follow(session, Camera(mode=mode), WIDTH)
    axis = session.played.drawn(camera, at_us).axis
    before = axis.to_story(at_us)
    moves.scrub(session, camera, cells)
    moved = axis.to_story(session.at_us) - before
    if session.at_us not in (0, session.player.track.end_us):
        # To the nearest microsecond, of which a fold tells many at once.
        step = abs(axis.to_story(session.at_us + 1) - axis.to_story(session.at_us - 1))
        assert abs(moved - cells * camera.cell_us) <= step + 1
    assert session.at_us != at_us or (cells < 0 and at_us == 0)


@pytest.mark.parametrize("mode", AxisMode)
def test_home_end_and_the_live_edge_in_every_mode(mode: AxisMode) -> None:
    session = Session(small_plan())
    session.fire()
    session.player.seek(60 * SECOND)
    camera = follow(session, Camera(mode=mode), WIDTH)
    session.player.home()
    camera = follow(session, camera, WIDTH)
    assert seen(session, camera).playhead == 0
    moves.to_edge(session)
    assert session.at_us == 60 * SECOND
    assert 0 < seen(session, camera).playhead < WIDTH
    assert isinstance(session.transport, Transport)
