"""Two runs on screen: their headings, their rows, and what is told of both, at every size."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, SetConfig
from lifecycle_tui.play.comparison import Comparison
from lifecycle_tui.play.session import PUBLISHED, Session
from lifecycle_tui.scenario.catalogue import load_scenario
from lifecycle_tui.sessions.opening import open_scenario, open_session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.desk import ScreenDesk
from lifecycle_tui.tui.screens.rivals import rivals
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.compare import compare_lines
from lifecycle_tui.tui.widgets.config import Config
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.painted import width_of
from lifecycle_tui.tui.widgets.timeline import Digits, Timeline
from tests.play.plans import plan
from tests.tui.conftest import MakeApp, play_on, sandbox, text_of


async def compare_with_main(app: LifecycleApp, press: Callable[..., Awaitable[object]]) -> None:
    """Send an event, shorten the timeout after half a second, and compare the fork with main."""
    sandbox(app).session.fire()
    play_on(app)
    sandbox(app).session.player.seek(SECOND // 2)
    await press("t", "x")


def timeline(app: LifecycleApp, ident: str) -> Timeline:
    return sandbox(app).query_one(ident, Timeline)


def heading(app: LifecycleApp, ident: str) -> str:
    return words_of(timeline(app, ident).heading.lines)


def test_leaving_gives_the_lanes_their_heading_and_rows_back(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            sandbox(app).session.fire()
            play_on(app)
            # A fork that does nothing otherwise: what is to be drawn stays the same throughout.
            await pilot.press("f", "x")
            await pilot.pause()
            await pilot.press("comma")
            await pilot.pause()
            assert not timeline(app, "#timeline").refused.display
            await pilot.press("escape")
            await pilot.pause()
            assert "Environments" in heading(app, "#timeline")
            assert timeline(app, "#timeline").refused.display

    asyncio.run(run())


def test_no_row_without_anything_in_it_takes_room_from_the_first_frame_on(
    make_app: MakeApp,
) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await compare_with_main(app, pilot.press)
            await pilot.pause()
            assert not timeline(app, "#timeline").refused.display
            assert not timeline(app, "#timeline-b").refused.display

    asyncio.run(run())


def test_a_frame_may_come_while_the_second_run_is_being_made(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount = Sandbox.mount
    frames = []

    def mount_and_publish(self: Sandbox, *widgets: object, **where: object) -> object:
        mounted = mount(self, *widgets, **where)  # type: ignore[arg-type]
        if self.comparing:
            self.publish()
            frames.append(True)
        return mounted

    monkeypatch.setattr(Sandbox, "mount", mount_and_publish)

    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await compare_with_main(app, pilot.press)
            await pilot.pause()
            assert len(frames) == 2
            assert "B main" in text_of(app)

    asyncio.run(run())


def test_the_top_line_does_not_call_a_what_is_b(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await compare_with_main(app, pilot.press)
            await pilot.pause()
            assert "A main.1" in text_of(app)
            assert "B main.1" not in text_of(app)
            await pilot.press("escape")
            await pilot.pause()
            assert "B main.1" in text_of(app).splitlines()[0]

    asyncio.run(run())


def test_both_overviews_stand_in_the_same_columns(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await compare_with_main(app, pilot.press)
            await pilot.pause()
            mine, theirs = heading(app, "#timeline"), heading(app, "#timeline-b")
            assert mine.index("[") == theirs.index("[")
            assert mine.index("▲") == theirs.index("▲")

    asyncio.run(run())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_both_overviews_stay_there_where_one_run_has_more_digits(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            session = sandbox(app).session
            session.send(session.event(3))
            play_on(app)
            session.player.seek(SECOND // 2)
            session.send(session.event(9))
            await pilot.press("x")
            await pilot.pause()
            before = ""
            for us in (SECOND, 100_000, 0):
                session.player.pause()
                session.player.seek(us)
                sandbox(app).publish()
                await pilot.pause()
                mine, theirs = heading(app, "#timeline"), heading(app, "#timeline-b")
                for sign in ("[", "▲", "]", "COLD", "WARM", "429"):
                    assert mine.index(sign) == theirs.index(sign), (mine, theirs)
                before = before or mine
            assert "12 alive" in before
            await pilot.press("escape")
            await pilot.pause()
            assert timeline(app, "#timeline").digits == Digits()

    asyncio.run(run())


def test_a_terminal_with_no_room_shows_no_part_of_a_comparison(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await compare_with_main(app, pilot.press)
            await pilot.pause()
            await pilot.resize_terminal(60, 20)
            await pilot.pause()
            assert "enlarge to 80x24" in text_of(app)
            assert "B main" not in text_of(app)
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert "B main" in text_of(app)

    asyncio.run(run())


def test_the_selected_lane_is_seen_in_both_runs(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            sandbox(app).session.fire(12)
            play_on(app)
            sandbox(app).session.player.seek(SECOND // 2)
            await pilot.press("t", *["down"] * 9)
            assert "▌e10 " in text_of(app)
            await pilot.press("x")
            await pilot.pause()
            await pilot.pause()
            assert text_of(app).count("▌e10 ") == 2
            await pilot.press(*["up"] * 9)
            await pilot.pause()
            assert text_of(app).count("▌e1 ") == 2

    asyncio.run(run())


def test_the_selected_lane_is_seen_where_sources_leave_one_row(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app(load_scenario("sqs-batches"))
        async with app.run_test(size=(80, 24)) as pilot:
            sandbox(app).session.player.seek(4 * SECOND)
            sandbox(app).session.player.seek(2_320_000)
            sandbox(app).did(None)
            await pilot.press("t", "x")
            for _ in range(4):
                await pilot.pause()
            assert text_of(app).count("▌e3 ") == 2

    asyncio.run(run())


@pytest.mark.parametrize("width", [68, 78, 115])
def test_where_the_runs_part_is_told_in_full(width: int) -> None:
    session = Session(plan(Fire(at_us=0, count=3)))
    session.player.seek(20 * SECOND)
    session.player.seek(SECOND // 2)
    session.timeout_notch(-1)
    compared = Comparison(session, "main")
    before = text(compared, width)
    compared.jump(1)
    after = text(compared, width)
    for shown in (before, after):
        assert "…" not in shown
        assert all(len(line) <= width for line in shown.splitlines())
    assert "0 of 3 differences" in before
    assert re.search(r"next (is )?at \d", before)
    assert "shut down: configuration" in " ".join(after.split())


def text(compared: Comparison, width: int) -> str:
    lines = compare_lines(compared.shown(), width=width, height=13)
    assert all(width_of(line) <= width for line in lines)
    return words_of(lines)


def test_that_nothing_differs_is_told_in_full() -> None:
    session = Session(plan(Fire(at_us=0)))
    session.fork()
    shown = " ".join(text(Comparison(session, "main"), 78).split())
    assert "nothing differs in what has" in shown
    assert "been run" in shown
    assert "…" not in shown


def test_what_is_offered_says_where_it_is_not_the_present_setting() -> None:
    changed = SetConfig(at_us=SECOND, function=0, changes=(("memory_mb", 2048),))
    story = plan(Fire(at_us=0), changed)
    session = Session(replace(story, functions=(replace(story.functions[0], memory_mb=512),)))
    assert "memory 1024 MB instead of 512 MB" in [one.words for one in rivals(session)]
    session.player.seek(2 * SECOND)
    offered = [one.words for one in rivals(session)]
    assert "memory 1024 MB instead of 512 MB at the start" in offered
    assert not any(words.startswith("timeout") and "start" in words for words in offered)


def test_two_scenarios_are_saved_and_opened_together(tmp_path: Path) -> None:
    file = tmp_path / "both.lcs"

    async def save() -> None:
        one, two = open_scenario("short-timeout"), open_scenario("warm-reuse")
        app = LifecycleApp(replace(one, against=two).open(), now=lambda: 0.0)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.press("i", "x", "t")
            await pilot.pause()
            sandbox(app).session.player.pause()
            sandbox(app).session.player.seek(3 * SECOND)
            assert "saved" in ScreenDesk(sandbox(app)).save(str(file)).text
            await pilot.press("escape")
            await pilot.pause()
            alone = tmp_path / "alone.lcs"
            ScreenDesk(sandbox(app)).save(str(alone))
            assert open_session(str(alone)).against is None, "they are no longer compared"

    async def again() -> None:
        app = LifecycleApp(open_session(str(file)).open(), now=lambda: 0.0)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.pause()
            screen = sandbox(app)
            assert screen.comparison is not None
            assert screen.comparison.names == ("warm-reuse", "short-timeout")
            assert screen.session.at_us == screen.comparison.rival.at_us == 3 * SECOND
            assert [type(each) for each in screen.session.live] == [SetConfig]
            assert [type(each) for each in screen.comparison.rival.live] == [Fire]
            assert "B short-timeout" in heading(app, "#timeline-b")

    asyncio.run(save())
    asyncio.run(again())


def test_two_scenarios_have_their_own_names_on_either_side(make_app: MakeApp) -> None:
    async def run() -> None:
        one, two = load_scenario("canary-deploy"), load_scenario("noisy-neighbour")
        app = make_app(one)
        async with app.run_test(size=(200, 50)) as pilot:
            stranger = Session(two, scenario_name="noisy-neighbour")
            sandbox(app).did(sandbox(app).compare(stranger=stranger))
            await pilot.pause()
            await pilot.pause()
            await pilot.press("end")
            names = tuple(function.name for function in two.functions)
            assert timeline(app, "#timeline-b").functions == names
            assert all(f"  {letter} {name}" in heading(app, "#timeline-b")
                       for letter, name in zip("AB", names, strict=True))  # fmt: skip
            await pilot.press("x")
            await pilot.pause()
            assert timeline(app, "#timeline").functions == names

    asyncio.run(run())


def test_bars_of_two_scenarios_are_swapped_too(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app(plan(Fire(at_us=0)))
        async with app.run_test(size=(120, 40)) as pilot:
            quiet = Session(plan(Fire(at_us=0), Fire(at_us=6 * SECOND)), scenario_name="quiet")
            for session in (sandbox(app).session, quiet):
                session.player.seek(9 * SECOND)
            sandbox(app).did(sandbox(app).compare(stranger=quiet))
            await pilot.pause()
            await pilot.pause()
            mine, theirs = (bar_of(app, ident) for ident in ("#timeline", "#timeline-b"))
            assert mine != theirs
            await pilot.press("x")
            await pilot.pause()
            assert (bar_of(app, "#timeline"), bar_of(app, "#timeline-b")) == (theirs, mine)

    asyncio.run(run())


def bar_of(app: LifecycleApp, ident: str) -> str:
    found = re.search(r"\[.*\]", heading(app, ident))
    assert found is not None
    return found.group()


def test_a_note_of_long_names_is_told_in_full(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)):
            for name, hint in (("short", True), ("a-scenario-with-a-longer-name", False)):
                stranger = Session(replace(plan(), title=name))
                note = sandbox(app).compare(stranger=stranger)
                assert name in note.text
                assert ("Esc leaves" in note.text) is hint

    asyncio.run(run())


def test_what_a_change_does_is_told_of_the_story_that_is_acted_upon(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            story = plan()
            snapped = replace(story.functions[0], snap_start=True, runtime="java21")
            stranger = Session(replace(story, functions=(snapped,)))
            sandbox(app).did(sandbox(app).compare(stranger=stranger))
            await pilot.press("x", "c", "right")
            await pilot.pause()
            said = " ".join(words_of(sandbox(app).query_one(Config).lines).split())
            assert PUBLISHED in said

    asyncio.run(run())


def test_what_is_set_otherwise_is_told_of_every_function() -> None:
    session = Session(load_scenario("noisy-neighbour"))
    session.player.seek(20 * SECOND)
    session.player.seek(SECOND)
    session.timeout_notch(-1)
    compared = Comparison(session, session.branch.parent or "")
    assert "A timeout" in text(compared, 78)
    session.next_function()
    assert "A timeout" in text(compared, 78)
    session.set_config(memory_mb=2048)
    rows = text(compared, 78).splitlines()
    assert [row.split("  ")[0] for row in rows[1:3]] == ["B memory", "A timeout"]
