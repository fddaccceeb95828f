"""The stage: while time passes, every part of the screen shows the same moment."""

from __future__ import annotations

import asyncio

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Pattern
from lifecycle_tui.tui.screens.panes import PANES
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.screens.stage import LOG_EVERY, tiny_texts
from lifecycle_tui.tui.widgets.counters import CountersPane
from lifecycle_tui.tui.widgets.inspector import Inspector
from lifecycle_tui.tui.widgets.log import Log
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import plan
from tests.tui.conftest import MakeApp, sandbox, text_of

BUSY = plan(
    Fire(at_us=0, count=3),
    Pattern(at_us=SECOND, gap_us=300_000, for_us=20 * SECOND, process="steady"),
)


def shown(screen: Sandbox) -> tuple[str, ...]:
    """Return what the panes of text say."""
    query = screen.query_one
    log = query(Log)
    return (
        words_of(query(Inspector).lines),
        words_of(query(Why).lines),
        words_of(query(CountersPane).lines),
        words_of(log.line(y) for y in range(log.size.height)),
    )


@pytest.mark.parametrize("speed", [1.0, 10.0, 60.0])
def test_panes_show_the_moment_that_the_lanes_show(speed: float, make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)):
            screen = sandbox(app)
            screen.session.player.set_speed(speed)
            screen.publish()
            screen.session.player.play()
            for _ in range(4):
                screen.advance(1 / 15)
                assert screen.session.player.playing
                seen = shown(screen)
                view = screen.shown
                assert view is not None
                assert view.at_us == screen.session.at_us
                screen.session.player.pause()
                screen.publish()
                assert shown(screen)[:-1] == seen[:-1]
                screen.session.player.play()

    asyncio.run(story())


def test_the_log_lags_by_a_few_frames_at_most_and_not_at_all_at_rest(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)):
            screen = sandbox(app)
            screen.session.player.play()
            counts = []
            for _ in range(40):
                screen.advance(1 / 15)
                view = screen.shown
                assert view is not None
                counts.append(view.log_count)
                log = screen.query_one(Log).count
                assert counts[max(len(counts) - LOG_EVERY, 0)] <= log <= counts[-1]
            screen.session.player.pause()
            screen.publish()
            assert screen.query_one(Log).count == counts[-1]

    asyncio.run(story())


def test_names_and_keys_of_panes_can_be_clicked(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            await pilot.pause()
            for pane in (*PANES[1:], PANES[0]):
                rows = text_of(app).splitlines()
                y = next(number for number, row in enumerate(rows) if "Inspect | Why" in row)
                x = rows[y].rindex(pane.capitalize())
                await pilot.click(offset=(x, y))
                await pilot.pause()
                assert screen.has_class(f"-show-{pane}"), pane
            await pilot.resize_terminal(120, 40)
            await pilot.pause()
            rows = text_of(app).splitlines()
            y = next(number for number, row in enumerate(rows) if "Config" in row)
            await pilot.click(offset=(rows[y].rindex("c "), y))
            await pilot.pause()
            assert screen.focused is screen.query_one("#config .body")

    asyncio.run(story())


def test_a_click_beyond_the_live_edge_goes_to_the_live_edge(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.session.fire()
            screen.session.player.seek(800_000)
            screen.session.player.pause()
            screen.publish()
            await pilot.pause()
            ruler = screen.query("AxisRow").last()
            for column in (77, 12 + 31):
                await pilot.click(ruler, offset=(column, 0))
                await pilot.pause()
                assert screen.session.at_us == screen.session.player.edge_us == 800_000
                assert "nothing has been seen beyond" in text_of(app)
            await pilot.click(ruler, offset=(12 + 4, 0))
            await pilot.pause()
            assert screen.session.at_us == 400_000
            await pilot.click(ruler, offset=(12 + 7, 0))
            await pilot.pause()
            assert screen.session.at_us == 700_000

    asyncio.run(story())


def test_the_keys_of_settings_are_in_a_wide_footer(make_app: MakeApp) -> None:
    async def story() -> None:
        for width, height, there in ((80, 24, False), (100, 30, True), (120, 40, True)):
            app = make_app()
            async with app.run_test(size=(width, height)) as pilot:
                await pilot.pause()
                last = text_of(app).splitlines()[-1]
                assert ("t T timeout" in last) is there
                assert ("v V PC" in last) is there
                assert last.endswith("q quit")
                if there:
                    await pilot.click("#keys", offset=(last.index("t T"), 0))
                    await pilot.pause()
                    assert sandbox(app).session.function_at_cursor().timeout_us == 2 * SECOND

    asyncio.run(story())


def test_the_pane_with_the_keys_is_marked_in_letters(make_app: MakeApp) -> None:
    async def story() -> None:
        for ascii_only, mark in ((False, "▸"), (True, ">")):
            app = make_app(ascii_only=ascii_only)
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                assert f"{mark} Environments" in text_of(app)
                await pilot.press("L")
                await pilot.pause()
                assert f"{mark} Log" in text_of(app)
                assert f"{mark} Environments" not in text_of(app)

    asyncio.run(story())


@pytest.mark.parametrize("size", [(60, 3), (20, 5), (16, 2), (10, 4), (8, 3)])
def test_a_small_terminal_is_told_in_whole_words(size: tuple[int, int]) -> None:
    texts = tiny_texts("PAUSE  t 1234.000 s", "q quits", *size)
    assert len(texts) <= size[1]
    assert all(len(text) <= size[0] for text in texts)
    assert "enlarge to 80x24" in " ".join(texts)


@pytest.mark.parametrize("size", [(20, 5), (10, 4)])
def test_a_small_screen_shows_what_it_is_told(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert "enlarge to 80x24" in " ".join(text_of(app).split())

    asyncio.run(story())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_ctrl_c_says_how_to_leave_and_closes_what_is_open(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.press("ctrl+c")
            await pilot.pause()
            assert "q quits" in text_of(app).splitlines()[-2]
            assert not app._notifications
            for key in ("b", "I", "question_mark", "ctrl+p"):
                await pilot.press(key)
                await pilot.pause(0.1)
                assert app.screen is not sandbox(app), key
                await pilot.press("ctrl+c")
                await pilot.pause(0.1)
                assert app.screen is sandbox(app), key
            assert not sandbox(app).session.live

    asyncio.run(story())
