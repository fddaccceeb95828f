"""A walkthrough on the screen: its steps, its caption, and leaving the way for a while."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lifecycle_tui.export.pictures.frame import Frame, text_of
from lifecycle_tui.language.running import run_line
from lifecycle_tui.play.note import Note
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.actions import ACTIONS
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.offstage import at_rest
from lifecycle_tui.tui.screens.walk import WalkScreen
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.walking.offstage import StuckError, shots, unseen
from lifecycle_tui.tui.walking.opening import walk_screen
from lifecycle_tui.tui.widgets.config import Config
from lifecycle_tui.tui.widgets.lanes import Lanes
from lifecycle_tui.tui.widgets.ruler import Ruler
from lifecycle_tui.tui.widgets.scrubbing import Scrubbing
from lifecycle_tui.walkthroughs.model import Size, Walkthrough
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from tests.walkthroughs.examples import EXAMPLE, SHIPPED, changed, read

Story = Callable[[WalkScreen, Pilot[int]], Awaitable[None]]


def play(walkthrough: Walkthrough, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Open a walkthrough, on which time passes only when it is told to, and do something to it."""

    async def run() -> None:
        app = unseen(walkthrough)
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, WalkScreen)
            screen.hold()
            await at_rest(app, pilot)
            await story(screen, pilot)

    asyncio.run(run())


async def shown(screen: WalkScreen, pilot: Pilot[int]) -> tuple[str, ...]:
    """Return what is on the screen, line by line."""
    frame = await look(screen, pilot)
    return tuple(text_of(row) for row in frame.rows)


async def look(screen: WalkScreen, pilot: Pilot[int]) -> Frame:
    app = screen.app
    assert isinstance(app, LifecycleApp)
    return await at_rest(app, pilot)


def interrupted(screen: WalkScreen) -> bool:
    return screen.walk.is_interrupted


def watched(screen: WalkScreen) -> bool:
    return screen.walk.is_watched


def comparing(screen: WalkScreen) -> bool:
    return screen.comparing


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_caption_is_whole_and_lanes_are_in_sight(size: tuple[int, int]) -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        for at in range(4):
            if at:
                await pilot.press("pagedown")
            lines = await shown(screen, pilot)
            words = " ".join(" ".join(lines).split())
            assert screen.walk.caption in words
            assert f"{at + 1}/4" in words
            assert screen.max_scroll_y == 0
            lanes = screen.query_one("#lanes", Lanes)
            assert lanes.size.height >= 2
            assert "time event" in words
            if at:
                assert any(line.startswith("▌e") for line in lines), "the lane that is told of"
            assert "PgDn next" in lines[-1]

    play(read(EXAMPLE), story, size)


def test_back_shows_exactly_what_was_seen() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        seen = [(await look(screen, pilot)).rows]
        for _ in screen.walk.steps[1:]:
            await pilot.press("pagedown")
            seen.append((await look(screen, pilot)).rows)
        for before in reversed(seen[:-1]):
            await pilot.press("pageup")
            assert (await look(screen, pilot)).rows == before

    for number in (0, 3, 4, 5):
        play(load_walkthrough(SHIPPED[number]), story)


def test_the_first_lane_too_many_is_brought_into_sight() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        for _ in range(5):
            await pilot.press("pagedown")
        lines = await shown(screen, pilot)
        assert screen.query_one("#lanes", Lanes).size.height == 4
        assert any(line.startswith("▌e5") for line in lines)

    play(load_walkthrough(SHIPPED[3]), story)


def test_looking_leaves_it_where_it_is_and_a_step_shows_what_it_has_to() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        before = (await look(screen, pilot)).rows
        for key in ("plus", "w", "dollar_sign", "j", "tab", "z", "right_square_bracket"):
            await pilot.press(key)
        assert not interrupted(screen)
        assert (await look(screen, pilot)).rows != before
        await pilot.press("n")
        await pilot.press("backspace")
        assert (await look(screen, pilot)).rows == before

    play(read(EXAMPLE), story)


def test_esc_interrupts_and_page_down_resumes() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        before = (await look(screen, pilot)).rows
        own = screen.walk.session
        await pilot.press("escape")
        lines = await shown(screen, pilot)
        assert "interrupted" in lines[18]
        assert "PgDn resume" in lines[-1]
        assert "aside" in lines[0]
        await pilot.press("i")
        assert screen.session is not own
        assert len(screen.session.live) == 2
        assert len(own.live) == 1
        assert screen.session.player.playing
        screen.advance(0.25)
        assert screen.session.at_us > own.at_us
        await pilot.press("escape")
        assert interrupted(screen), "Esc is what it is everywhere"
        await pilot.press("pagedown")
        assert screen.session is own
        lines = await shown(screen, pilot)
        assert lines[:-2] == tuple(text_of(row) for row in before[:-2])
        assert "on with step 2" in lines[-2]

    play(read(EXAMPLE), story)


@pytest.mark.parametrize(
    "key", ["i", "d", "t", "V", "r", "p", "u", "f", "full_stop", "left", "home", "M", "R", "space"]
)
def test_whatever_acts_or_moves_the_cursor_interrupts_first(key: str) -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        own = screen.walk.session
        before = own.branches
        await pilot.press(key)
        await pilot.pause()
        assert interrupted(screen)
        assert screen.session is not own
        assert own.branches == before
        # What is undone first is the fork itself.
        assert (screen.session.branch.parent is None) == (key == "u")

    play(read(EXAMPLE), story)


def test_a_typed_line_interrupts_only_if_it_does_something() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        for line, interrupts in (("why 1", False), ("speed 2", False), ("deploy", True)):
            keys = ("space" if letter == " " else letter for letter in line)
            await pilot.press("colon", *keys, "enter")
            await pilot.pause()
            assert interrupted(screen) == interrupts
        assert len(screen.session.live) == 2

    play(read(EXAMPLE), story)


def test_the_mouse_and_the_panes_interrupt_too() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("n")
        own = screen.walk.session
        row = screen.query_one(Ruler)
        screen.post_message(Scrubbing.Scrubbed(row, 5, 0))
        await pilot.pause()
        assert interrupted(screen)
        assert screen.session.at_us < own.at_us
        await pilot.press("n")
        assert not interrupted(screen)
        screen.post_message(Config.Applied(screen.query_one(Config), {"timeout_us": 9_000_000}))
        await pilot.pause()
        assert interrupted(screen)
        assert own.function_at_cursor().timeout_us == 3_000_000
        assert screen.session.function_at_cursor().timeout_us == 9_000_000

    play(read(EXAMPLE), story)


def test_a_comparison_stays_when_one_interrupts_and_goes_with_its_step() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        for _ in range(3):
            await pilot.press("pagedown")
        await look(screen, pilot)
        assert comparing(screen)
        await pilot.press("left_curly_bracket")
        await look(screen, pilot)
        assert interrupted(screen)
        assert screen.comparison is not None
        assert screen.comparison.name == "main"
        await pilot.press("pageup")
        await look(screen, pilot)
        assert comparing(screen), "back on the way, at the step that compares"
        await pilot.press("pageup")
        assert not comparing(screen)

    play(read(EXAMPLE), story)


def test_steps_are_seen_to_play_and_skipped_with_the_same_key() -> None:
    async def run() -> None:
        walkthrough, seconds = read(EXAMPLE), [0.0]
        app = LifecycleApp(
            lambda: walk_screen(app, walkthrough).session,
            skin=Skin(ascii_only=False),
            theme_name="okabe-ito",
            first=lambda app: walk_screen(app, walkthrough),
            now=lambda: seconds[0],
        )
        app.animation_level = "none"
        async with app.run_test(size=(80, 24)) as pilot:
            screen = app.screen
            assert isinstance(screen, WalkScreen)
            await pilot.press("pagedown")
            screen.advance(0.2)
            assert watched(screen)
            assert 0 < screen.session.at_us < 2_320_000
            await pilot.press("space")
            assert interrupted(screen), "Space stops it, and one may play"
            assert not screen.session.player.playing
            await pilot.press("pagedown")
            assert watched(screen)
            await pilot.press("pagedown")
            assert not watched(screen)
            assert (screen.walk.at, screen.session.at_us) == (1, 2_320_000)
            assert not screen.session.player.playing
            screen.held = True

    asyncio.run(run())


def test_predictions_are_not_for_walkthroughs() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("P")
        assert screen.predicting is None
        assert screen.note is not None
        assert screen.note.refused

    play(read(EXAMPLE), story)


def test_the_place_is_told_at_every_step_and_trouble_once() -> None:
    places: list[int] = []

    def left(at: int) -> str:
        places.append(at)
        return "the disk is full"

    async def run() -> None:
        walkthrough = read(EXAMPLE)
        app = unseen(walkthrough)
        app._first = lambda app: walk_screen(app, walkthrough, 1, left=left)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = app.screen
            assert isinstance(screen, WalkScreen)
            screen.hold()
            notes = [screen.note]
            await pilot.press("pagedown")
            notes.append(screen.note)
            assert notes == [Note("the disk is full", refused=True), None]
            await pilot.press("pageup")

    asyncio.run(run())
    assert places == [1, 2, 1]


def test_a_small_terminal_survives_it() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        for key in ("pagedown", "escape", "i", "pagedown", "pageup"):
            await pilot.press(key)
        assert "enlarge" in " ".join(await shown(screen, pilot))

    play(read(EXAMPLE), story, (60, 12))


def test_a_step_that_fails_on_the_screen_is_told() -> None:
    text = changed("      - wait 5s\n", "      - reclaim e4\n")
    with pytest.raises(StuckError, match=r"step 3: this walkthrough is wrong: my\.walk\.yaml:17:9"):
        shots(read(text), Size(80, 24))


def test_shots_are_the_same_each_time() -> None:
    walkthrough = read(EXAMPLE)
    one, other = (shots(walkthrough, Size(120, 40)) for _ in range(2))
    assert list(one) == ["cold", "warm"]
    assert one == other


def test_the_inspector_breaks_its_lines_before_the_scroll_bar() -> None:
    async def story(screen: WalkScreen, pilot: Pilot[int]) -> None:
        await pilot.press("pagedown", "pagedown")
        await look(screen, pilot)
        screen.publish()
        lines = await shown(screen, pilot)
        (line,) = (line for line in lines if line.startswith(" next "))
        assert re.fullmatch(r" next .* by 10\.10 s, the +\S", line)

    play(load_walkthrough(SHIPPED[0]), story)


def test_keys_of_walkthroughs_are_like_no_other_of_the_screen() -> None:
    ours = {key for action in actions.WALKING for key in action.keys}
    assert not ours & {key for a in ACTIONS for key in a.keys} - {"escape"}
    for width in (80, 120, 200):
        for interrupted in (False, True):
            keys = actions.walk_footer(width, interrupted=interrupted)
            assert sum(len(key) + len(words) + 3 for key, words, _ in keys) <= width
            for _, _, call in keys:
                name = call.partition("(")[0]
                owner = LifecycleApp if name.startswith("app.") else WalkScreen
                assert hasattr(owner, f"action_{name.removeprefix('app.')}")


def test_every_line_that_only_looks_is_one() -> None:
    walk = walk_screen(unseen(read(EXAMPLE)), read(EXAMPLE), 1)
    for line in ("why 1", "speed 2", "help"):
        before = walk.session.branches, walk.session.at_us
        run_line(walk.session, line)
        assert (walk.session.branches, walk.session.at_us) == before


def test_files_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    shots(read(EXAMPLE), Size(80, 24))
    assert list(tmp_path.iterdir()) == []
