"""Cost, metrics and trace: panes that are made when asked for and share the place of Why."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, Fire, Pattern
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view
from lifecycle_tui.readings.cost_at import bill_at
from lifecycle_tui.readings.plots import Bin, Plots, plots_at
from lifecycle_tui.readings.segments import segments
from lifecycle_tui.readings.xray import xray
from lifecycle_tui.tui.screens.panes import LATE, PANES, SHARED
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.cost import cost_lines
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH, Lanes
from lifecycle_tui.tui.widgets.metrics import HEAD, Metrics, heights, metrics_lines, short
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.painted import width_of
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.plot import Ink, plot
from lifecycle_tui.tui.widgets.trace import trace_lines
from lifecycle_tui.units.money import decimals, dollars
from tests.play.plans import FUNCTION, plan
from tests.tui.conftest import MakeApp, play_on, sandbox, text_of

FOLDER = Path(__file__).parent / "golden"
KEYS = {"cost": "dollar_sign", "trace": "X", "metrics": "m"}
BUSY = plan(
    Fire(at_us=0, count=6),
    Pattern(at_us=2 * SECOND, gap_us=150_000, for_us=3 * SECOND, process="steady"),
    Fire(at_us=3 * SECOND, count=6),
    function=replace(FUNCTION, reserved_concurrency=5),
    title="A busy minute",
)
ASCII = Skin(ascii_only=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("pane", LATE)
def test_the_pane_as_text(pane: str, size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> str:
        app = make_app(BUSY, ascii_only=True)
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(3_400 * MS)
            await pilot.press(KEYS[pane])
            await pilot.pause()
            await pilot.pause()
            assert screen.max_scroll_y == 0
            return text_of(app) + "\n"

    text = asyncio.run(story())
    assert text.isascii()
    path = FOLDER / f"{pane}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def test_none_of_them_is_there_in_the_first_frame(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(120, 40)):
            ids = {pane.id for pane in sandbox(app).query(Pane)}
            assert ids == {*PANES, "counters"} - set(LATE)

    asyncio.run(story())


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
def test_they_share_a_place_and_nothing_else_moves(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            await pilot.pause()
            place = screen.query_one("#why").region
            log = screen.query_one("#log").region
            for name in ("cost", "trace"):
                await pilot.press(KEYS[name])
                await pilot.pause()
                assert screen.query_one(f"#{name}").region == place
                assert screen.query_one("#inspect").display
            await pilot.press("m")
            await pilot.pause()
            assert screen.query_one("#metrics").region.width == size[0]
            assert screen.query_one("#log").region == log
            assert screen.focused is screen.query_one("#metrics .body")
            await pilot.press("tab")
            await pilot.pause()
            assert screen.focused is not None
            assert screen.focused.region.height > 0
            await pilot.press("shift+tab", "enter")
            await pilot.pause()
            assert screen.query_one("#inspect").display
            assert screen.query_one("#why").region == place

    asyncio.run(story())


def test_a_frame_shows_every_pane_at_the_cursor(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            await pilot.press("dollar_sign")
            screen.session.player.play()
            for _ in range(20):
                screen.advance(1 / 15)
            screen.session.player.pause()
            screen.publish()
            await pilot.pause()
            shown = screen.shown
            assert shown is not None
            assert shown.bill == bill_at(screen.session.index, screen.session.at_us)
            assert shown.plots is None
            assert dollars(shown.bill.total_usd) in text_of(app)

    asyncio.run(story())


def test_the_numbers_of_starts_are_those_of_the_heading(make_app: MakeApp) -> None:
    """While the first environment is being made its event is COLD, and one of one."""

    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("i", "m")
            screen = sandbox(app)
            screen.session.player.pause()
            screen.session.player.seek(500 * MS)
            screen.publish()
            await pilot.pause()
            text = text_of(app)
            assert "COLD 1  WARM 0" in text
            assert re.search(r"COLD 100%", text)
            assert re.search(r"all +1 ", text)

    asyncio.run(story())


def test_the_plots_have_the_columns_of_the_lanes() -> None:
    session = Session(BUSY)
    session.player.seek(3_400 * MS)
    shown = view(session, Camera(), Size(107, 0, 5), panes=("metrics",))
    assert shown.plots is not None
    assert len(shown.plots.bins) == shown.playhead + 1 == 35
    assert HEAD == HEAD_WIDTH
    lines = metrics_lines(shown.plots, width=118, height=13, cell="100 ms", ascii_only=True)
    assert max(width_of(line) for line in lines) <= 118
    first = words_of(lines).splitlines()[2]
    assert first[HEAD] == "H", "the first column is the first cell of the axis"


def test_the_trace_is_that_of_the_segment_that_was_chosen() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=5 * SECOND)))
    session.player.seek(6 * SECOND)
    index = session.index

    def traced(camera: Camera) -> int | None:
        found = view(session, camera, Size(80, 0, 5), panes=("trace",)).xray
        return None if found is None else found.event

    assert traced(Camera(selected=0)) == 2
    for phase in segments(index, 0)[:5]:
        assert traced(Camera(selected=0, pinned=True, record=phase.record)) == 1
    session.player.home()
    assert traced(Camera()) == 1


def test_rows_are_shared_out() -> None:
    assert heights(8) == (2, 2, 2, 2)
    assert heights(13) == (3, 3, 3, 3)
    assert heights(15) == (4, 4, 3, 3)


def test_a_plot_in_blocks_and_in_letters() -> None:
    columns = [(0, 0), (1, 4), (4, 4), (2, 4)]
    ink = Ink("accent", "H")
    drawn = plot(columns, top=4, rows=2, ink=ink, ascii_only=True)
    assert words_of(drawn) == " .H.\n_HHH"
    blocks = plot(columns, top=4, rows=2, ink=ink, ascii_only=False)
    assert words_of(blocks) == " ░▆░\n_▄█▇"


def test_numbers_are_short_and_money_has_three_digits() -> None:
    times_us = (None, 180_400, 1_020_000, 72 * SECOND, 725 * SECOND, 45_000 * SECOND)
    assert [short(us) for us in times_us] == ["-", "180ms", "1.02s", "1m12s", "12m", "12h"]
    assert (dollars(0.0000102), dollars(0.5), dollars(1_234.5)) == (
        "$0.0000102", "$0.500", "$1,234.50",
    )  # fmt: skip
    assert (decimals(0), decimals(1e-14)) == (2, 10)
    assert dollars(0.0000004, 6) == "<$0.000001"


@pytest.mark.parametrize("us", [180_000, 1_260_000, 72 * SECOND, 725 * SECOND])
def test_no_latency_touches_its_name_nor_the_name_its_swatch(us: int) -> None:
    plots = Plots((), Bin(p50_us=us, p99_us=us))
    lines = metrics_lines(plots, width=78, height=8, cell="", ascii_only=True)
    for line, begin in zip(words_of(lines).splitlines()[-2:], ("= p50 ", ". p99 "), strict=True):
        assert line.startswith(begin)
        assert f"{line[:HEAD]:{HEAD}}".endswith(f" {short(us)} ")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_plots_begin_below_the_lanes(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            sandbox(app).session.fire()
            play_on(app)
            await pilot.press("m")
            await pilot.pause()
            body = sandbox(app).query_one(Metrics)
            lanes = sandbox(app).query_one("#lanes", Lanes)
            assert body.content_region.x + HEAD == lanes.region.x + HEAD_WIDTH

    asyncio.run(story())


@pytest.mark.parametrize("width", [30, 48, 78])
def test_lines_fit_at_any_width(width: int) -> None:
    session = Session(BUSY)
    index, end_us = session.index, 5 * SECOND
    for t_us in (0, 500 * MS, 2_500 * MS, end_us):
        bill = cost_lines(bill_at(index, t_us), width=width, height=12, skin=ASCII)
        plots = plots_at(index, t_us, range(0, end_us, 100 * MS))
        drawn = metrics_lines(plots, width=width, height=12, cell="100 ms", ascii_only=True)
        traced = trace_lines(xray(index, 1, t_us), width=width, height=12, skin=ASCII)
        if width >= 48:
            assert max(width_of(line) for line in (*bill, *traced)) <= width
        assert len(drawn) <= 12


def test_the_headline_says_how_much_of_the_bill_is_init() -> None:
    session = Session(BUSY)
    lines = cost_lines(bill_at(session.index, 1_420 * MS), width=78, height=8, skin=ASCII)
    first, second, *rest = words_of(lines).splitlines()
    assert "of this bill is Init" in first
    assert second.startswith("1,000 events $")
    assert "p99 1.3 s" in second
    assert any(row.startswith("Init ") and "GB-s" in row and "#" in row for row in rest)


def test_switching_rules_is_said_and_shown(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(plan(Fire(at_us=0)))
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(2 * SECOND)
            await pilot.press("R")
            await pilot.pause()
            text = text_of(app)
            assert "rules 2023" in text.splitlines()[0]
            assert "2023 rules, whole run: billed 300 ms instead of 1,320 ms" in text
            await pilot.press("R", "R")
            await pilot.pause()
            assert "rules 20" not in text_of(app).splitlines()[0]

    asyncio.run(story())


def test_counters_say_gb_seconds_in_the_standard_layout(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert "GB-seconds" in text_of(app)

    asyncio.run(story())


def test_the_shared_panes_are_panes() -> None:
    assert set(SHARED) < set(PANES)
    assert set(LATE) < set(SHARED)
