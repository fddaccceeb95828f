"""The claim checker on screen: a ready claim, one's own, a search that is stopped, the verdict."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from lifecycle_tui.claims import search as searching
from lifecycle_tui.claims.candidate import Base
from lifecycle_tui.claims.claim import Claim, read_claim
from lifecycle_tui.claims.search import Found, NotFound, search
from lifecycle_tui.tui.screens import claim as screens
from lifecycle_tui.tui.screens.claim import ClaimScreen
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.claim_result import ClaimResult, result_lines
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.tui.conftest import MakeApp, sandbox
from tests.tui.conftest import text_of as screen_text

SIZES = [(80, 24), (120, 40), (200, 50)]


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the search is over and its result is shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def told(pilot: Pilot[int]) -> str:
    """Return what the result says."""
    return text_of(pilot.app.screen.query_one(ClaimResult).lines)


@pytest.mark.parametrize("size", SIZES)
def test_a_ready_claim_is_refuted_and_its_counterexample_opens(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            mine = sandbox(app)
            await pilot.press("C", "down", "enter")
            await settle(pilot)
            assert isinstance(app.screen, ClaimScreen)
            assert app.screen.query_one("#claim", Input).value == "all(inv, wait_ms < 20)"
            assert app.screen.query_one("#given", Input).value == "pc >= 2"
            assert "REFUTED by event 3 of 3" in told(pilot)
            assert "Why was #3 COLD?" in told(pilot)
            assert app.screen.max_scroll_y == 0
            await pilot.press("enter")
            await pilot.pause()
            other = app.screen
            assert isinstance(other, Sandbox)
            assert other is not mine
            assert other.session.base.title == "Refutes: all(inv, wait_ms < 20)"
            assert other.session.base.functions[0].provisioned_concurrency == 2
            assert other.note is not None
            assert "q back" in other.note.text
            await pilot.press("q")
            await pilot.pause()
            assert app.screen_stack == [mine]

    asyncio.run(story())


def test_the_counterexample_opens_at_the_event_that_breaks_the_claim(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("C", "enter")
            await settle(pilot)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, Sandbox)
            assert app.screen.session.at_us == 300_000_000

    asyncio.run(story())


def test_a_claim_of_ones_own(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("C", "shift+tab", "shift+tab")
            assert app.screen.focused is app.screen.query_one("#claim", Input)
            await pilot.press(*"count(inv)==1", "enter")
            await settle(pilot)
            assert "REFUTED by event 2 of 2" in told(pilot)
            await pilot.press("escape")
            assert app.screen.query_one(OptionList).display
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, Sandbox)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("claim", "given", "words", "box", "cursor"),
    [
        ("count(x)", "", "Claim, character 7: unknown name 'x'", "claim", 6),
        ("count(inv) == 1", "pcs > 1", "Given, character 1: unknown name 'pcs'", "given", 0),
        ("", "", "Claim, character 1: nothing is written", "claim", 0),
    ],
)
def test_a_bad_claim_says_where_and_puts_the_cursor_there(
    make_app: MakeApp, claim: str, given: str, words: str, box: str, cursor: int
) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("C")
            app.screen.query_one("#claim", Input).value = claim
            app.screen.query_one("#given", Input).value = given
            app.screen.query_one("#given", Input).focus()
            await pilot.press("enter")
            await pilot.pause()
            assert words in " ".join(told(pilot).split())
            focused = app.screen.query_one(f"#{box}", Input)
            assert app.screen.focused is focused
            assert focused.cursor_position == cursor

    asyncio.run(story())


def test_a_claim_that_has_no_answer_says_so(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(ClaimScreen(sandbox(app).skin, "inv > 3"))
            await settle(pilot)
            assert "The claim cannot be checked" in told(pilot)

    asyncio.run(story())


def test_escape_stops_a_search_and_progress_is_shown(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, let_go, over = Event(), Event(), Event()

    def slow(claim: Claim, base: Base | None = None, **how: object) -> Found | NotFound:
        progress, cancelled = how["progress"], how["cancelled"]
        assert callable(progress)
        assert callable(cancelled)
        progress(1_250, 5_000)
        began.set()
        let_go.wait(10)
        assert cancelled()
        over.set()
        # Too late to be stopped: nobody listens to what it says.
        return search(claim, base)

    monkeypatch.setattr(screens, "search", slow)

    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("C", "enter")
            await asyncio.to_thread(began.wait, 10)
            await pilot.pause()
            assert "1,250 of 5,000 at most" in told(pilot)
            await pilot.press("escape")
            assert "The search was stopped." in told(pilot)
            let_go.set()
            assert await asyncio.to_thread(over.wait, 10)
            await asyncio.sleep(0.3)
            await pilot.pause()
            assert "REFUTED" not in told(pilot)
            assert isinstance(app.screen, ClaimScreen)

    asyncio.run(story())


def test_in_ascii_everything_is_ascii(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("C")
            await pilot.pause()
            assert screen_text(app).isascii()
            await pilot.press("down", "enter")
            await settle(pilot)
            assert "REFUTED" in screen_text(app)
            assert screen_text(app).isascii()

    asyncio.run(story())


@pytest.mark.parametrize("width", [60, 76, 106])
def test_results_fit_their_width(width: int) -> None:
    results = [
        search(read_claim("all(inv, wait_ms < 20)", "pc >= 2")),
        search(read_claim("all(inv, attempt == 1)")),
        search(read_claim("all(inv, not throttled)", "rc == 1")),
        search(read_claim("count(inv) >= 1"), most_runs=60),
        search(read_claim("count(inv) >= 1", "pc > rc")),
    ]
    for result in results:
        lines = result_lines(result, width)
        assert max(map(width_of, lines)) <= width
        first = text_of(lines[:3])
        assert first.startswith(("REFUTED", "NOT REFUTED", "Nothing"))


def test_what_was_not_refuted_says_that_it_is_no_proof() -> None:
    result = search(read_claim("count(inv) >= 1"), most_runs=60)
    text = " ".join(text_of(result_lines(result, 76)).split())
    assert text.startswith("NOT REFUTED by 60 scenarios. That is no proof")
    assert "provisioned concurrency: 0, 1, 2" in text


def test_the_main_screen_loads_no_claim_checker() -> None:
    probe = "import sys, lifecycle_tui.tui.screens.sandbox; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "lifecycle_tui.tui.screens.sandbox" in loaded
    wanted = (searching.__name__.rpartition(".")[0], "lifecycle_tui.expressions")
    assert not [name for name in loaded if name.startswith(wanted)]


def test_a_claim_can_be_typed_as_soon_as_the_screen_is_there(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("C", *"max(concurrency)<=count(env)")
            assert app.screen.query_one("#claim", Input).value == "max(concurrency)<=count(env)"
            assert app.screen.focused is app.screen.query_one("#claim", Input)

    asyncio.run(story())
