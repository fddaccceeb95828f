"""The main screen: it fits at every size, costs nothing while paused, and shows hostile text."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Pattern
from lifecycle_tui.tui.layout import Tier, tier
from lifecycle_tui.tui.screens.panes import PANES
from lifecycle_tui.tui.widgets.painted import Painted
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.tui.conftest import HOSTILE, FakeClock, MakeApp, play_on, sandbox, text_of

SIZES = ((80, 24), (81, 24), (119, 40), (120, 39), (120, 40), (121, 41), (199, 50), (200, 50))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (79, 24, Tier.TINY),
        (80, 23, Tier.TINY),
        (80, 24, Tier.COMPACT),
        (119, 60, Tier.COMPACT),
        (120, 40, Tier.STANDARD),
        (200, 49, Tier.STANDARD),
        (200, 50, Tier.WIDE),
    ],
)
def test_the_tier_is_the_largest_that_fits(width: int, height: int, expected: Tier) -> None:
    assert tier(width, height) is expected


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_below_the_fold(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            screen.session.fire(3)
            play_on(app)
            for pane in PANES:
                screen.action_pane(pane)
                await pilot.pause()
                assert (screen.max_scroll_y, screen.max_scroll_x) == (0, 0)
                for widget in screen.query(Painted):
                    if widget.is_on_screen and widget.region.area:
                        assert widget.region.bottom <= size[1]
                        assert widget.region.right <= size[0]
                lines = text_of(app).splitlines()
                assert "quit" in lines[-1]
                assert "lifecycle-tui" in lines[0]

    asyncio.run(story())


def test_a_small_terminal_is_told_what_it_needs(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(60, 12)) as pilot:
            await pilot.pause()
            assert "enlarge to 80x24" in text_of(app)
            await pilot.press("i")
            assert len(sandbox(app).session.index.events) == 1
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert "Environments" in text_of(app)

    asyncio.run(story())


def test_no_timer_runs_while_paused(make_app: MakeApp, clock: FakeClock) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)):
            screen = sandbox(app)
            assert not screen.clock_runs
            screen.action_fire()
            running: list[bool] = [screen.clock_runs]
            screen.action_play()
            running.append(screen.clock_runs)
            screen.action_play()
            assert running == [True, False]
            screen.advance(0.2)
            for _ in range(20):
                screen.advance(0.25)
            assert not screen.clock_runs
            assert screen.session.at_us == COLD_US

    asyncio.run(story())


def test_time_comes_from_the_clock_it_was_given(make_app: MakeApp, clock: FakeClock) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)):
            screen = sandbox(app)
            screen.action_fire()
            clock.seconds += 0.2
            screen._tick()
            assert screen.session.at_us == 200_000
            screen._tick()
            assert screen.session.at_us == 200_000

    asyncio.run(story())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_hostile_text_is_shown_and_does_nothing(size: tuple[int, int], make_app: MakeApp) -> None:
    extension = replace(FUNCTION.extensions[0], name=HOSTILE)
    function = replace(FUNCTION, name=HOSTILE, extensions=(extension,))

    async def story() -> None:
        two = replace(plan(function=function, title=HOSTILE), functions=(function, function))
        app = make_app(two)
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            screen.session.fire()
            screen.session.player.seek(COLD_US - 60_000)
            screen.action_next_function()
            for pane in PANES:
                screen.action_pane(pane)
                await pilot.pause()
                strips = app.screen._compositor.render_strips()
                text = "\n".join(strip.text for strip in strips)
                assert "[$LATEST]" in text
                assert not any(bad in text for bad in ("\x1b", "\x07", "\t", "\u202e"))
                assert all(strip.cell_length == size[0] for strip in strips)
            await pilot.press("question_mark")

    asyncio.run(story())


def test_five_hundred_lanes_scroll_and_only_visible_ones_are_built(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(plan(Fire(at_us=0, count=500)))
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(SECOND)
            screen.publish()
            for _ in range(40):
                screen.action_select(1)
            await pilot.pause()
            assert "e41 " in text_of(app)
            shown = screen.shown
            assert shown is not None
            assert shown.lane_count == 500
            assert len(shown.lanes) < 40

    asyncio.run(story())


def test_the_selection_follows_what_happens_until_it_is_held(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(plan(Pattern(at_us=0, gap_us=400_000, for_us=3 * SECOND, process="steady")))
        async with app.run_test(size=(80, 24)):
            screen = sandbox(app)
            screen.session.player.seek(200_000)
            screen.publish()
            assert screen.camera.selected == 0
            screen.session.player.seek(COLD_US)
            screen.publish()
            assert screen.camera.selected != 0
            screen.action_select(-3)
            screen.session.player.seek(3 * SECOND)
            screen.publish()
            assert screen.camera.selected == 0

    asyncio.run(story())


def test_idle_time_is_labelled_while_it_is_warped(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.action_fire()
            play_on(app)
            screen.action_play()
            for _ in range(8):
                screen.advance(0.1)
            await pilot.pause()
            text = text_of(app)
            assert "WARP x" in text
            assert "≈≈" in text

    asyncio.run(story())


def test_notes_say_what_to_do_next(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "i sends an event" in text_of(app)
            sandbox(app).action_fire()
            play_on(app)
            await pilot.pause()
            assert "quiet: e1 is FROZEN" in text_of(app)

    asyncio.run(story())


def test_the_ascii_skin_is_ascii_in_every_pane_and_question(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            sandbox(app).session.fire(3)
            play_on(app)
            for keys in (["tab"], ["tab"], ["tab"], ["tab"], ["question_mark"], ["end"]):
                await pilot.press(*keys)
                await pilot.pause()
                assert text_of(app).isascii(), keys
            for key in ("I", "b"):
                await pilot.press("escape", key)
                await pilot.pause()
                assert text_of(app).isascii(), key

    asyncio.run(story())
