"""The log pane: long lines are cut where it can be seen, and move sideways."""

from __future__ import annotations

import asyncio

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.readings.model import LogLine
from lifecycle_tui.tui.widgets.log import STEP, Log, log_row
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.tui.conftest import MakeApp, sandbox
from tests.tui.conftest import text_of as screen_of
from tests.tui.test_snapshots import STORY

LINE = LogLine(1_479_600, 0, 1, "REPORT " + "".join(f"{n:>4}" for n in range(40)))


def test_a_cut_edge_is_marked_and_nothing_is_lost() -> None:
    assert text_of([log_row(LINE, 200)]).endswith("39")
    cut = text_of([log_row(LINE, 60)])
    assert cut.endswith("…")
    assert 58 <= len(cut) <= 60
    both = text_of([log_row(LINE, 60, 20)])
    assert both[15] == "…"
    assert both.endswith("…")
    assert 58 <= len(both) <= 60
    hidden = 15 + len(LINE.text) - 60
    end = text_of([log_row(LINE, 60, hidden)])
    assert end[15] == "…"
    assert end.endswith("39")


def test_wide_letters_keep_the_cells() -> None:
    line = LogLine(0, 0, 1, "漢字" * 40)
    for shift in range(12):
        assert width_of(log_row(line, 50, shift)) <= 50


def test_times_are_rounded_like_the_clock() -> None:
    assert "1.480" in text_of([log_row(LINE, 80)])


def test_keys_move_lines_sideways_as_far_as_the_longest(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(302 * SECOND)
            screen.publish()
            await pilot.press("L")
            await pilot.pause()
            log = screen.query_one(Log)
            assert "…" in screen_of(app).splitlines()[-6]
            assert "sideways" in screen_of(app)
            await pilot.press("left", "h")
            assert log.shift == 0
            await pilot.press("right", "l")
            assert log.shift == 2 * STEP
            await pilot.press(*["l"] * 20)
            await pilot.pause()
            reports = [row for row in screen_of(app).splitlines() if "Max Memory Used" in row]
            assert any(row.rstrip().endswith("MB") for row in reports)
            assert screen.session.at_us == 302 * SECOND
            await pilot.press(*["h"] * 40)
            assert log.shift == 0

    asyncio.run(story())


def test_a_wide_terminal_shows_whole_lines_without_a_mark(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(STORY)
        async with app.run_test(size=(360, 50)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(302 * SECOND)
            screen.publish()
            await pilot.pause()
            assert not screen.query_one(Log).is_cut
            assert "sideways" not in screen_of(app)
            await pilot.press("L", "right")
            assert screen.query_one(Log).shift == 0

    asyncio.run(story())
