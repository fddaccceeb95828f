"""The command line on screen: it completes, recalls, points at what is wrong, and does the rest."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.sessions.opening import open_session
from lifecycle_tui.sessions.permalink import parse_permalink
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.history import LONGEST, MOST, History
from lifecycle_tui.tui.screens.command import CommandScreen
from lifecycle_tui.tui.screens.link import LinkScreen, link_lines
from lifecycle_tui.tui.widgets.painted import text_of as painted_text
from lifecycle_tui.tui.widgets.painted import width_of
from tests.tui.conftest import HOSTILE, MakeApp, play_on, sandbox, text_of

Story = Callable[[LifecycleApp, Pilot[int]], Awaitable[None]]
TEXT = "functions: {web-api: {timeout: 3s, init: {runtime: 200ms}, handler: {duration: 1s}}}\n"


def told(make_app: MakeApp, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Tell a story about a session that can be saved."""

    async def run() -> None:
        app = make_app(parse_text(TEXT))
        app.session.origin = lambda: Origin("small.yaml", TEXT)
        async with app.run_test(size=size) as pilot:
            await story(app, pilot)

    asyncio.run(run())


async def type_line(pilot: Pilot[int], line: str) -> None:
    """Type a line after ``:``, and Enter."""
    await pilot.press("colon")
    pilot.app.screen.query_one(Input).value = line
    await pilot.press("enter")
    await pilot.pause()


def test_a_line_is_carried_out_and_its_note_is_shown(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, "burst 3")
        assert sandbox(app).session.live[-1].count == 3  # type: ignore[attr-defined]
        assert app.screen is sandbox(app)
        play_on(app)
        await type_line(pilot, "set timeout=5s")
        assert sandbox(app).session.function_at_cursor().timeout_us == 5 * SECOND
        assert "timeout changed: new environments only" in text_of(app)

    told(make_app, story)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_the_rest_of_the_screen_stays_where_it_is(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.pause()
        before = text_of(app).splitlines()
        await pilot.press("colon", "f", "i")
        after = text_of(app).splitlines()
        assert after[:8] == before[:8]
        assert after[-1].startswith(":fi")
        assert after[-2].split()[:3] == ["fire", "send", "events"]
        await pilot.press("escape")
        assert text_of(app).splitlines() == before

    told(make_app, story, size)


def test_what_is_wrong_has_a_caret_under_its_column(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, "set timeout=5")
        assert isinstance(app.screen, CommandScreen)
        line, caret, message = text_of(app).splitlines()[-4:-1]
        assert line == ":set timeout=5"
        assert caret.index("^") == line.index("5")
        assert message.startswith(" set.timeout: found the bare number 5; expected a duration")
        await pilot.press("s")
        assert "^" not in text_of(app), "typing on clears it"
        await pilot.press("enter")
        assert sandbox(app).session.function_at_cursor().timeout_us == 5 * SECOND

    told(make_app, story)


def test_tab_goes_through_what_is_offered(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("colon")
        assert "Tab completes" in text_of(app)
        await pilot.press("p", "a", "tab")
        box = app.screen.query_one(Input)
        assert box.value == "pattern "
        await pilot.press("tab")
        assert box.value == "pause "
        await pilot.press("up")
        assert box.value == "pattern ", "arrows move in the list"
        await pilot.press("shift+tab")
        assert box.value == "pause "
        box.value = "sp"
        await pilot.pause()
        await pilot.press("tab")
        assert box.value == "speed "
        await pilot.press("tab", "tab")
        assert box.value == "speed 1 "

    told(make_app, story)


def test_the_verb_is_explained_while_it_is_written(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("colon", *"fire", "space")
        shown = text_of(app)
        assert " fire [NAME] [count=N] [over=DURATION] [source=SOURCE]" in shown
        assert "count=" in shown
        assert "how many events" in shown

    told(make_app, story)


def test_up_recalls_what_was_typed(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        for line in ("seek 1s", "seek 2s"):
            await type_line(pilot, line)
        await pilot.press("colon", "x", "up")
        box = app.screen.query_one(Input)
        assert box.value == "seek 2s"
        await pilot.press("up")
        assert box.value == "seek 1s"
        await pilot.press("up", "down", "down")
        assert box.value == "x"
        await pilot.press("up", "enter")
        await pilot.pause()
        assert sandbox(app).session.at_us == 2 * SECOND

    told(make_app, story)


def test_escape_and_an_empty_line_do_nothing(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        for key in ("escape", "enter", "ctrl+c"):
            await pilot.press("colon", key)
            assert app.screen is sandbox(app)
        assert not sandbox(app).session.live

    told(make_app, story)


@pytest.mark.parametrize("size", [(50, 10), (40, 3), (20, 2), (79, 23)])
def test_it_answers_in_a_terminal_without_room(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("colon", "f")
        await pilot.press("escape")
        await type_line(pilot, "fire count=x")
        assert isinstance(app.screen, CommandScreen)
        await pilot.press("escape")
        await type_line(pilot, "fire count=2")
        assert len(sandbox(app).session.live) == 1

    told(make_app, story, size)


def test_what_is_typed_fast_arrives_in_its_order(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.pause()
        for key, letter in [("t", "t"), ("colon", ":"), *((k, k) for k in "burst"),
                            ("space", " "), ("7", "7"), ("enter", "\r")]:  # fmt: skip
            app.post_message(events.Key(key, letter))
        for _ in range(100):
            await pilot.pause(0.05)
            steps = sandbox(app).session.live
            if len(steps) == 2:
                break
        assert [type(step).__name__ for step in steps] == ["SetConfig", "Fire"]
        assert app.screen is sandbox(app)

    told(make_app, story)


def test_hostile_text_is_shown_safely(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, f"fire {HOSTILE[:60]}")
        assert isinstance(app.screen, CommandScreen)
        assert "\x1b" not in text_of(app)

    told(make_app, story)


def test_why_and_help_open_what_shows_them(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, "fire")
        play_on(app)
        await type_line(pilot, "why 1")
        assert sandbox(app).pane == "why"
        assert "Why was #1 COLD?" in text_of(app)
        await type_line(pilot, "why 7")
        assert "there is no event 7 yet" in text_of(app)
        await type_line(pilot, "help seek")
        assert "seek MOMENT: go to a moment" in text_of(app)
        await type_line(pilot, "help")
        assert type(app.screen).__name__ == "HelpScreen"

    told(make_app, story)


def test_a_claim_is_checked(make_app: MakeApp) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, "claim count(inv) < 0")
        assert type(app.screen).__name__ == "ClaimScreen"
        assert app.screen.query_one("#claim", Input).value == "count(inv) < 0"

    told(make_app, story)


def test_saving_and_loading(make_app: MakeApp, tmp_path: Path) -> None:
    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await type_line(pilot, "burst 4")
        session = sandbox(app).session
        await type_line(pilot, f"save {tmp_path}/story")
        saved = open_session(str(tmp_path / "story.lcs"))
        assert saved.branches[0].steps == session.branches[0].steps
        assert "saved: " in text_of(app)
        await type_line(pilot, "undo")
        await type_line(pilot, f"load {tmp_path}/story.lcs")
        await pilot.pause()
        over = app.screen
        assert over is not sandbox(app)
        assert len(over.session.live) == 1  # type: ignore[attr-defined]
        assert "q goes back to your session" in text_of(app)
        await pilot.press("q")
        await pilot.pause()
        assert app.screen is sandbox(app)

    told(make_app, story, (120, 40))


def test_a_file_that_is_no_session_is_neither_loaded_nor_written_over(
    make_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "precious.txt").write_text("precious")

    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        for line, words in (
            (f"save {tmp_path}/precious.txt", "is there already and is no session"),
            (f"save {tmp_path}/precious.txt/x", "cannot write"),
            (f"load {tmp_path}/precious.txt", "a session file begins with"),
            (f"load {tmp_path}/nothing", "No such file"),
            ("load lcs1:abc", "no permalink"),
        ):
            await type_line(pilot, line)
            assert words in text_of(app)
            assert app.screen is sandbox(app)

    told(make_app, story, (200, 50))
    assert (tmp_path / "precious.txt").read_text() == "precious"


def test_a_session_of_no_file_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await type_line(pilot, f"save {tmp_path}/x.lcs")
            assert "this session cannot be saved" in text_of(app)
            await pilot.press("y")
            assert "this session cannot be saved" in text_of(app)

    asyncio.run(story())


def test_y_copies_a_permalink_and_shows_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    async def story(app: LifecycleApp, pilot: Pilot[int]) -> None:
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await type_line(pilot, "burst 2")
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, LinkScreen)
        (link,) = copied
        assert parse_permalink(link).branches[0].steps == sandbox(app).session.live
        shown = "".join(line.strip("│ ") for line in text_of(app).splitlines())
        assert link in shown
        await pilot.press("escape")
        assert type(app.screen).__name__ == "Sandbox"

    told(make_app, story)


@pytest.mark.parametrize("width", [20, 60, 76, 110])
def test_a_permalink_fits_every_width(width: int) -> None:
    link = "lcs1:" + "aB3_-" * 100
    lines = link_lines(link, width)
    assert link in painted_text(lines).replace("\n", "")
    if width >= 76:
        assert max(width_of(line) for line in lines) <= width


# What was typed before.


def test_history_is_kept_between_runs(tmp_path: Path) -> None:
    path = tmp_path / "state" / "history"
    history = History(path)
    for line in ("fire", "fire", " secret", "burst 5", "load lcs1:" + "a" * LONGEST, ""):
        history.add(line)
    wait_for_threads()
    assert History(path).lines == ["fire", "burst 5"]
    other = History(path)
    other.add("seek 1s")
    wait_for_threads()
    history.add("seek 2s")
    wait_for_threads()
    assert History(path).lines == ["fire", "burst 5", "seek 1s", "seek 2s"], "of both programs"


def test_history_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("".join(f"fire count={n}\n" for n in range(MOST * 2)))
    history = History(path)
    assert len(history.lines) == MOST
    assert history.lines[-1] == f"fire count={MOST * 2 - 1}"


def test_history_that_cannot_be_kept_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history = History(tmp_path / "file" / "history")
    history.add("fire")
    wait_for_threads()
    assert history.lines == ["fire"]
    (tmp_path / "odd").write_bytes(b"fi\xffre\n\x1b]0;x\x07\n")
    assert "\x1b" not in "".join(History(tmp_path / "odd").lines)


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "history":
            thread.join(5)
