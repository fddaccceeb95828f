"""A presentation on the screen: its keys, from the first slide to the last and back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lifecycle_tui.export.pictures.frame import Frame, text_of
from lifecycle_tui.lessons.presenting.slides import Kind
from lifecycle_tui.lessons.presenting.telling import file_of, heard
from lifecycle_tui.lessons.presenting.votes import Votes
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.actions import ACTIONS
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.offstage import at_rest, no_clock
from lifecycle_tui.tui.presenting import keys
from lifecycle_tui.tui.presenting.opening import present_screen
from lifecycle_tui.tui.screens.help import HelpScreen
from lifecycle_tui.tui.screens.panes import PANES
from lifecycle_tui.tui.screens.present import PresentScreen
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.lanes import Lanes
from tests.lessons.presenting.decks import dealt, place, show

Story = Callable[[PresentScreen, Pilot[int]], Awaitable[None]]
SMALL, LARGE = (80, 24), (120, 40)


def opened(
    name: str,
    at: int = 0,
    *,
    ascii_only: bool = False,
    theme: str = "okabe-ito",
    now_s: Callable[[], float] | None = None,
) -> LifecycleApp:
    way = show(name, at)
    app = LifecycleApp(
        lambda: Session(dealt(name)[1]),
        skin=Skin(ascii_only),
        theme_name=theme,
        first=lambda app: present_screen(app, way, now_s=now_s),
        now=no_clock,
    )
    app.animation_level = "none"
    return app


def play(app: LifecycleApp, story: Story, size: tuple[int, int] = SMALL) -> None:
    """Present something, on which time passes only when it is told to."""

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, PresentScreen)
            screen.hold()
            await look(screen, pilot)
            await story(screen, pilot)

    asyncio.run(run())


async def look(screen: PresentScreen, pilot: Pilot[int]) -> Frame:
    app = screen.app
    assert isinstance(app, LifecycleApp)
    return await at_rest(app, pilot)


async def lines(screen: PresentScreen, pilot: Pilot[int]) -> tuple[str, ...]:
    frame = await look(screen, pilot)
    return tuple(text_of(row).rstrip() for row in frame.rows)


def aside(screen: PresentScreen) -> bool:
    return screen.way.is_interrupted


def is_black(screen: PresentScreen) -> bool:
    return screen.blank


def hides_keys(screen: PresentScreen) -> bool:
    return screen.hides_keys


@pytest.mark.parametrize(
    ("name", "size"), [("first-event", SMALL), ("first-event", LARGE)], ids=["80x24", "120x40"]
)
def test_page_down_leads_to_the_end_and_page_up_back(name: str, size: tuple[int, int]) -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        count = len(screen.way.steps)
        seen = [(await look(screen, pilot)).rows]
        for at in range(1, count):
            await pilot.press("pagedown")
            frame = await look(screen, pilot)
            seen.append(frame.rows)
            assert screen.way.at == at
            assert screen.max_scroll_y == 0
            shown = [text_of(row).rstrip() for row in frame.rows]
            assert f"{at + 1}/{count}" in shown[-2]
            assert "PgDn next" in shown[-1]
            slide = screen.way.step
            has_lanes = any("Environments" in line for line in shown)
            assert has_lanes == slide.shows_lanes or slide.kind is Kind.TEXT
            lanes = screen.query_one("#lanes", Lanes)
            if has_lanes and slide.lanes:
                assert lanes.tall * slide.lanes <= lanes.size.height + 1
                assert lanes.tall > 1 or lanes.size.height < 2 * slide.lanes
        kinds = [slide.kind for slide in screen.way.steps]
        assert kinds[-2:] == [Kind.RECAP, Kind.CARD]
        for before in reversed(seen[:-1]):
            await pilot.press("pageup")
            assert (await look(screen, pilot)).rows == before

    play(opened(name), story, size)


def test_rows_that_some_slides_need_do_not_depend_on_the_way() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        seen = [(await look(screen, pilot)).rows]
        while not screen.way.is_last:
            await pilot.press("pagedown")
            seen.append((await look(screen, pilot)).rows)
        assert any(" from  " in text_of(row) for rows in seen for row in rows)
        for before in reversed(seen[:-1]):
            await pilot.press("pageup")
            assert (await look(screen, pilot)).rows == before

    first = dealt("doom-loop")[0].first_of("retry")
    assert first is not None
    play(opened("doom-loop", first), story)


def test_hands_are_typed_shown_and_kept_over_the_answer() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        before = await lines(screen, pilot)
        await pilot.press("0", "1", "2")
        shown = await lines(screen, pilot)
        assert any(line.rstrip().endswith("12_") for line in shown)
        assert "How many hands for 1?" in "\n".join(shown)
        assert shown[-1].startswith(" 0-9 hands")
        await pilot.press("enter", "5", "9", "backspace", "space", "2", "0")
        assert "Enter ends the vote" in "\n".join(await lines(screen, pilot))
        await pilot.press("enter")
        assert screen.way.vote == Votes((12, 5, 20))
        shown = await lines(screen, pilot)
        assert [line.split()[-3:] for line in shown if line.endswith("%")] == [
            ["12", "32", "%"], ["5", "14", "%"], ["20", "54", "%"],
        ]  # fmt: skip
        assert not any("TRUE" in line for line in shown)
        await pilot.press("o")
        shown = await lines(screen, pilot)
        (true,) = (n for n, line in enumerate(shown) if "TRUE" in line)
        assert "RE-INIT" in shown[true]
        assert shown[true + 1].endswith("20  54 %")
        await pilot.press("pageup", "0", "escape")
        assert screen.way.vote == Votes((12, 5, 20))
        assert len(before) == len(shown)

    play(opened("doom-loop", place("doom-loop", Kind.QUESTION, 1)), story)


def test_while_hands_are_counted_other_keys_wait() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        own = screen.way.session
        at = screen.way.at
        await pilot.press("0", "7", "i", "b", "d", "right", "w", "k")
        assert screen.way.ballot is not None
        assert screen.note is not None
        assert screen.note.refused
        assert screen.way.session is own
        await pilot.press("pagedown")
        assert screen.way.votes == {"goes-on": Votes((7, 0))}
        assert screen.way.at == at + 1

    play(opened("doom-loop", place("doom-loop", Kind.QUESTION)), story)


def test_large_numbers_where_there_is_room() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        await pilot.press("0", "1", "2", "enter", "5", "enter", "2", "0", "enter")
        shown = "\n".join(await lines(screen, pilot))
        assert "▀▀▀▀▀" in shown
        assert "54 %" in shown
        assert "Environments" in shown

    play(opened("doom-loop", place("doom-loop", Kind.QUESTION, 1)), story, LARGE)


def test_black_is_black_and_any_key_lifts_it() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        before = (await look(screen, pilot)).rows
        at, own = screen.way.at, screen.way.session
        for key in ("full_stop", "pagedown", "i", "w", "o"):
            await pilot.press("full_stop")
            black = await look(screen, pilot)
            assert is_black(screen)
            assert not "".join(text_of(row) for row in black.rows).strip()
            assert {span.ink.paper for row in black.rows for span in row} == {"#000000"}
            await pilot.press(key)
            assert not is_black(screen)
            assert (screen.way.at, screen.way.session) == (at, own)
            assert (await look(screen, pilot)).rows == before

    play(opened("doom-loop", 3), story)


def test_the_footer_can_be_hidden() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        before = await lines(screen, pilot)
        await pilot.press("h")
        shown = await lines(screen, pilot)
        assert hides_keys(screen)
        assert not shown[-1].strip()
        assert shown[:-1] == before[:-1]
        await pilot.press("h")
        assert await lines(screen, pilot) == before

    play(opened("doom-loop", 2), story)


def test_an_event_fired_live_is_shown_and_the_lesson_goes_on_without_it() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        own, at = screen.way.session, screen.way.at
        moment = own.at_us
        await pilot.press("i")
        assert aside(screen)
        assert screen.session is not own
        screen.advance(0.3)
        shown = await lines(screen, pilot)
        assert any("3 RE-INIT" in line for line in shown)
        assert "PgDn next slide" in shown[-1]
        await pilot.press("space")
        assert not screen.session.player.playing, "a key of the sandbox, while one plays freely"
        await pilot.press("left")
        assert aside(screen)
        before_us = screen.session.at_us
        await pilot.press("comma", "full_stop", "full_stop")
        assert screen.session.at_us > before_us
        assert not is_black(screen)
        await pilot.press("pageup")
        assert (screen.way.at, screen.session, own.at_us) == (at, own, moment)
        await pilot.press("i", "pagedown")
        assert not aside(screen)
        assert screen.way.at == at + 1
        assert sum(one.event > 0 for one in screen.session.played.arrivals) == 2

    play(opened("doom-loop", place("doom-loop", Kind.QUESTION)), story)


def test_what_the_lesson_has_not_is_refused_with_what_it_has() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        for key in ("d", "V", "r", "R", "P", "x"):
            await pilot.press(key)
            assert screen.note is not None
            assert screen.note.refused
            assert not aside(screen)
        await pilot.press("colon", *"deploy", "enter")
        await pilot.pause()
        assert not aside(screen)
        await pilot.press("colon", *"fire", "enter")
        await pilot.pause()
        assert aside(screen)

    play(opened("doom-loop", 3), story)


def test_the_list_of_forks_compares_nothing() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        await pilot.press("i", "f", "B")
        await pilot.pause()
        await pilot.press("up", "x")
        await pilot.pause()
        assert screen.is_current
        assert not screen.comparing
        assert screen.note is not None
        assert screen.note.refused

    play(opened("doom-loop", 3), story)


def test_a_challenge_ticks_live_and_o_shows_a_way() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        shown = "\n".join(await lines(screen, pilot))
        assert "[ ] and that event ended OK" in shown
        for line in ("restart timeout=8s", "wait 40s"):
            typed = ["space" if letter == " " else letter for letter in line]
            typed = ["equals_sign" if letter == "=" else letter for letter in typed]
            await pilot.press("colon", *typed, "enter")
            await pilot.pause()
        shown = "\n".join(await lines(screen, pilot))
        assert "[x] and that event ended OK" in shown
        assert "Reached in " in shown
        await pilot.press("o")
        shown = "\n".join(await lines(screen, pilot))
        assert "> restart timeout=6s" in shown
        assert "[x] and that event ended OK" in shown

    play(opened("doom-loop", place("doom-loop", Kind.CHALLENGE)), story)


def test_why_takes_the_place_of_the_slide_until_one_goes_on() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        before = (await look(screen, pilot)).rows
        await pilot.press("w")
        shown = "\n".join(await lines(screen, pilot))
        assert "Why " in shown
        assert "Environments" in shown
        assert screen.max_scroll_y == 0
        await pilot.press("escape")
        assert (await look(screen, pilot)).rows[:10] == before[:10]
        await pilot.press("w", "pagedown", "pageup")
        assert (await look(screen, pilot)).rows == before
        for _ in PANES:
            await pilot.press("tab")
            assert "Tab Inspect" in (await lines(screen, pilot))[0]
        await pilot.press("tab")
        assert (await look(screen, pilot)).rows == before
        await pilot.press("shift+tab", "escape", "c", "right", "escape", "escape", "escape")
        assert (await look(screen, pilot)).rows == before, "in a pane arrows turn no slides"

    play(opened("doom-loop", place("doom-loop", Kind.WHY)), story)


@pytest.mark.parametrize("key", ["X", "m", "dollar_sign", "L", "enter"])
def test_every_pane_leaves_the_lanes_in_sight(key: str) -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        await pilot.press(key)
        shown = await lines(screen, pilot)
        assert "Tab Inspect" in shown[0]
        assert any("Environments" in line for line in shown)
        assert screen.max_scroll_y == 0
        assert not aside(screen)

    play(opened("doom-loop", place("doom-loop", Kind.WHY)), story)


def test_a_remotes_other_keys_go_on_and_back() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        for key, at in (("space", 1), ("right", 2), ("n", 3), ("left", 2), ("backspace", 1)):
            await pilot.press(key)
            assert screen.way.at == at
        await pilot.press("o")
        assert screen.note is not None
        assert "nothing to reveal" in screen.note.text

    play(opened("freeze"), story)


def test_the_help_begins_with_the_keys_of_a_presentation() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        app = screen.app
        assert isinstance(app, LifecycleApp)
        assert isinstance(app.screen, HelpScreen)
        frame = await at_rest(app, pilot)
        shown = "\n".join(text_of(row) for row in frame.rows)
        assert "Count hands" in shown
        assert "Black" in shown

    play(opened("freeze"), story)


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.CARD])
def test_ascii_and_monochrome_say_the_same(kind: Kind) -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        shown = "\n".join(await lines(screen, pilot))
        assert shown.isascii()
        assert "####" in shown or "TRUE" in shown

    app = opened("doom-loop", place("doom-loop", kind), ascii_only=True, theme="monochrome")
    play(app, story)


def test_a_small_terminal_survives_it() -> None:
    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        for key in ("pagedown", "i", "pagedown", "0", "o", "full_stop", "full_stop", "h"):
            await pilot.press(key)
        assert "enlarge" in " ".join(await lines(screen, pilot))
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert "PgDn" in (await lines(screen, pilot))[-1] or hides_keys(screen)

    play(opened("doom-loop"), story, (60, 12))


def test_the_notes_are_told_and_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    seconds = [100.0]

    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        path = file_of("doom-loop")
        first = heard(path, seconds[0])
        assert first is not None
        assert (first.slide, first.started_s) == (1, None)
        seconds[0] = 105.0
        await pilot.press("pagedown", "full_stop")
        told = heard(path, seconds[0])
        assert told is not None
        assert (told.slide, told.started_s, told.state) == (2, 105.0, "the screen is black")

    play(opened("doom-loop", now_s=lambda: seconds[0]), story)
    assert not file_of("doom-loop").exists()


def test_a_room_reads_once_that_notes_cannot_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))

    async def story(screen: PresentScreen, pilot: Pilot[int]) -> None:
        assert "notes cannot follow: " in (await lines(screen, pilot))[-2]
        await pilot.press("pagedown")
        assert (await lines(screen, pilot))[-2].strip() == f"2/{len(screen.way.steps)}"

    play(opened("doom-loop", now_s=lambda: 100.0), story)


def test_the_keys_of_a_presentation_are_one_table() -> None:
    own = {a.id for a in (*keys.PRESENTING, *keys.VOTING, *keys.FOLLOWING)}
    assert not own & {action.id for action in ACTIONS}
    for width in (80, 120, 200):
        for found in (keys.footer(width, aside=False), keys.footer(width, aside=True)):
            assert sum(len(key) + len(words) + 3 for key, words, _ in found) <= width
            for _, _, call in found:
                name = call.partition("(")[0]
                owner = LifecycleApp if name.startswith("app.") else PresentScreen
                assert hasattr(owner, f"action_{name.removeprefix('app.')}")
    for action in (*keys.PRESENTING, *keys.VOTING):
        assert hasattr(PresentScreen, f"action_{action.call.partition('(')[0]}")
