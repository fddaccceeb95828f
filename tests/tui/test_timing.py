"""The mouse and the keys on the time axis: drags scrub, the wheel zooms, z, M, { and } work."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from lifecycle_tui.engine.plan import SECOND, Fire, Plan
from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH, Lanes
from lifecycle_tui.tui.widgets.overview import OverviewBar, OverviewHeading
from lifecycle_tui.tui.widgets.ruler import Ruler
from lifecycle_tui.tui.widgets.scrubbing import Scrubbing
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import plan
from tests.tui.conftest import MakeApp, sandbox, text_of

STORY = plan(Fire(at_us=0), Fire(at_us=2 * SECOND, count=2), Fire(at_us=300 * SECOND))
SIZES = [(80, 24), (120, 40), (200, 50)]
MODES = tuple(AxisMode)


async def seen_to(pilot: Pilot[int], at_us: int, mode: AxisMode = AxisMode.EVENT) -> Sandbox:
    screen = sandbox(pilot.app)  # type: ignore[arg-type]
    screen.session.player.seek(at_us)
    screen.publish()
    while screen.camera.mode is not mode:
        screen.action_next_axis()
    await pilot.pause()
    return screen


async def drag(pilot: Pilot[int], widget: Widget, columns: list[int], y: int = 0) -> None:
    """Press at the first column, move over the others, let go at the last; ``y`` while moving."""
    await pilot.mouse_down(widget, offset=(columns[0], 0))
    for column in columns[1:]:
        await pilot.hover(None, offset=(widget.region.x + column, widget.region.y + y))
        await pilot.pause()
    await pilot.mouse_up(None, offset=(widget.region.x + columns[-1], widget.region.y + y))
    await pilot.pause()


def wheel(widget: Widget, *, up: bool, shift: bool, ctrl: bool) -> events.MouseEvent:
    kind = events.MouseScrollUp if up else events.MouseScrollDown
    return kind(widget, 1, 1, 0, 0, 0, shift, False, ctrl)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", SIZES)
def test_dragging_the_ruler_scrubs(
    size: tuple[int, int], mode: AxisMode, make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=size) as pilot:
            screen = await seen_to(pilot, 1_400_000, mode)
            start = screen.camera.start
            ruler = screen.query_one(Ruler)
            there = screen.shown
            assert there is not None
            column = there.playhead
            moments = []
            await pilot.mouse_down(ruler, offset=(HEAD_WIDTH + column, 0))
            # Away from the row too: the pointer is held.
            for step, y in ((1, 0), (2, -3), (4, 1), (3, 0)):
                x, y = HEAD_WIDTH + column - step, ruler.region.y + y
                await pilot.hover(None, offset=(x, y))
                await pilot.pause()
                assert screen.shown is not None
                assert screen.shown.playhead == column - step
                assert screen.camera.start == start
                moments.append(screen.session.at_us)
            assert moments[0] > moments[1] > moments[2] < moments[3] < moments[1]
            await pilot.mouse_up(ruler, offset=(HEAD_WIDTH + column - 3, 0))
            await pilot.pause()
            assert screen.session.at_us == moments[3]
            assert app.mouse_captured is None
            await pilot.hover(ruler, offset=(HEAD_WIDTH + 1, 0))
            assert screen.session.at_us == moments[3]
            assert not screen.session.player.playing

    asyncio.run(story())


def test_a_drag_beyond_the_live_edge_stops_there_and_says_so(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await seen_to(pilot, 1_400_000)
            await drag(pilot, screen.query_one(Ruler), [HEAD_WIDTH + 3, HEAD_WIDTH + 40])
            assert screen.session.at_us == screen.session.player.edge_us == 1_400_000
            assert "nothing has been seen beyond" in text_of(app)
            await drag(pilot, screen.query_one(Ruler), [HEAD_WIDTH + 14, 0])
            assert screen.session.at_us == 0

    asyncio.run(story())


@pytest.mark.parametrize("size", [*SIZES, (119, 45)])
def test_the_overview_is_in_the_heading_or_in_a_row_and_takes_clicks_and_drags(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app(STORY, ascii_only=True)
        async with app.run_test(size=size) as pilot:
            screen = await seen_to(pilot, 305 * SECOND)
            await pilot.pause()
            own_row = size[0] >= 120
            row: Scrubbing = screen.query_one(OverviewBar if own_row else OverviewHeading)
            rows = text_of(app).splitlines()
            line = rows[row.region.y]
            assert sum("^" in each for each in rows) == 2
            first, last = line.index("["), line.index("]")
            assert row.stretch == range(first + 1, last)
            assert set(line[first + 1 : last]) <= set(" .=-#|b^")
            await pilot.click(row, offset=(first + 1, 0))
            await pilot.pause()
            assert screen.session.at_us == 0
            moments = []
            for column in (first + 2, first + 4, first + 3):
                await drag(pilot, row, [first + 1, column])
                moments.append(screen.session.at_us)
            assert 0 < moments[0] < moments[2] < moments[1]
            await drag(pilot, row, [first + 1, size[0] - 1])
            assert screen.session.at_us == 305 * SECOND
            assert "|" not in text_of(app).splitlines()[row.region.y][first:last]

    asyncio.run(story())


def test_the_overview_shows_live_edge_and_bookmarks(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY, ascii_only=True)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await seen_to(pilot, 305 * SECOND)
            await pilot.press("M", "home", "end", "comma", "M", "home")
            await pilot.pause()
            rows = text_of(app).splitlines()
            (bar,) = [row for row in rows if row.startswith(" view")]
            assert bar.count("b") == 2
            assert [mark.name for mark in screen.session.bookmarks] == ["b2", "b1"]
            await pilot.press("right_curly_bracket", "right_curly_bracket")
            await pilot.pause()
            assert screen.session.at_us == 305 * SECOND
            ruler = next(row for row in text_of(app).splitlines() if row.startswith(" time"))
            assert "^b1" in ruler
            await pilot.press("M")
            await pilot.pause()
            assert "bookmark b1 removed" in text_of(app)

    asyncio.run(story())


def test_the_ruler_says_how_time_is_drawn(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(80, 24)) as pilot:
            await seen_to(pilot, 305 * SECOND)
            for mode in ("event", "wall", "log", "event"):
                text = text_of(app)
                assert f" time {mode} " in text
                await pilot.press("z")
                await pilot.pause()
            assert "wall axis: true scale" in text_of(app)

    asyncio.run(story())


@pytest.mark.parametrize("mode", MODES)
def test_the_wheel_zooms_with_shift_or_ctrl_and_scrolls_without(
    mode: AxisMode, make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app(plan(Fire(at_us=0, count=40)))
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await seen_to(pilot, 900_000, mode)
            lanes = screen.query_one(Lanes)

            def scale() -> float:
                camera = screen.camera
                return -camera.decade if camera.mode is AxisMode.LOG else camera.cell_us

            async def turn(
                widget: Widget, *, up: bool, shift: bool = False, ctrl: bool = False
            ) -> float:
                widget.post_message(wheel(widget, up=up, shift=shift, ctrl=ctrl))
                await pilot.pause()
                return scale()

            before, top = scale(), lanes.scroll_offset.y
            assert await turn(lanes, up=True, ctrl=True) < before
            assert await turn(lanes, up=False, shift=True) == before
            assert await turn(screen.query_one(Ruler), up=False, ctrl=True) > before
            assert await turn(screen.query_one(Ruler), up=True, shift=True) == before
            assert lanes.scroll_offset.y == top
            assert await turn(lanes, up=False) == before
            await pilot.pause(0.3)
            assert lanes.scroll_offset.y > top

    asyncio.run(story())


@pytest.mark.parametrize("mode", MODES)
def test_the_keys_of_time_work_in_every_mode(mode: AxisMode, make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await seen_to(pilot, 2_500_000, mode)
            session = screen.session

            async def pressed(*keys: str) -> int:
                await pilot.press(*keys)
                await pilot.pause()
                shown = screen.shown
                assert shown is not None
                assert shown.at_us == session.at_us
                assert 0 <= shown.playhead < screen.query_one(Lanes).axis_width
                return session.at_us

            assert await pressed("left") < 2_500_000
            back = await pressed("shift+left")
            assert await pressed("right") > back
            assert await pressed("end") == 2_500_000
            assert await pressed("less_than_sign") == 2 * SECOND
            assert await pressed("less_than_sign") == 0
            assert await pressed("greater_than_sign") == 2 * SECOND
            there = await pressed("full_stop")
            assert there > 2 * SECOND
            assert await pressed("comma") == 2 * SECOND
            assert await pressed("full_stop") == there
            assert await pressed("home") == 0

    asyncio.run(story())


@pytest.mark.parametrize("mode", MODES)
def test_metrics_are_drawn_on_the_columns_of_every_mode(mode: AxisMode, make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await seen_to(pilot, 2_500_000, mode)
            await pilot.press("m")
            await pilot.pause()
            text = text_of(app)
            assert screen.shown is not None
            assert screen.shown.plots is not None
            assert (", as in the lanes above" in text) is (mode is not AxisMode.LOG)
            assert ("as long as in the lanes above" in text) is (mode is AxisMode.LOG)

    asyncio.run(story())


def test_reasons_wait_until_the_pointer_lets_go(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await seen_to(pilot, 3_500_000)
            screen.action_pane("why")
            await pilot.pause(0.2)
            why = screen.query_one(Why)
            assert why.contrasts
            ruler = screen.query_one(Ruler)
            await pilot.mouse_down(ruler, offset=(HEAD_WIDTH + 33, 0))
            await pilot.hover(None, offset=(HEAD_WIDTH + 32, ruler.region.y))
            await pilot.pause(0.2)
            assert not why.contrasts
            await pilot.mouse_up(None, offset=(HEAD_WIDTH + 32, ruler.region.y))
            await pilot.pause(0.2)
            assert why.contrasts

    asyncio.run(story())


def test_a_drag_selects_no_text(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await seen_to(pilot, 2_500_000)
            await drag(pilot, screen.query_one(Ruler), [HEAD_WIDTH + 3, HEAD_WIDTH + 20], y=-3)
            assert screen.get_selected_text() is None

    asyncio.run(story())


def test_a_long_scenario_is_seen_at_once_on_the_wall_axis(make_app: MakeApp) -> None:
    async def story() -> None:
        of: Plan = plan(Fire(at_us=0), Fire(at_us=9 * 86_400 * SECOND))
        app = make_app(of, ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await seen_to(pilot, 9 * 86_400 * SECOND, AxisMode.WALL)
            for _ in range(25):
                screen.action_zoom(-1)
            await pilot.pause()
            assert screen.camera.cell_us == 86_400 * SECOND
            row = next(row for row in text_of(app).splitlines() if row.startswith(" time wall"))
            assert "|0d" in row

    asyncio.run(story())
