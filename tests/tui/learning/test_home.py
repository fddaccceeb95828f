"""Home: one key for each way, and nothing loaded that the first frame does not need."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lifecycle_tui.cli.opening import open_sandbox
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.playing.words import NOTHING_TO_REVIEW
from lifecycle_tui.lessons.progress import Answer, Progress, Store
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.learning.journey import Journey
from lifecycle_tui.tui.screens.help import HelpScreen
from lifecycle_tui.tui.screens.home import ROWS, Home
from lifecycle_tui.tui.screens.lesson import LessonScreen
from lifecycle_tui.tui.screens.lessons import LessonList
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.screens.scenarios import ScenarioList
from lifecycle_tui.tui.screens.walk import WalkScreen
from lifecycle_tui.tui.screens.walkthroughs import WalkthroughList
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.walkthroughs.catalogue import shipped
from lifecycle_tui.walkthroughs.keeping import left
from lifecycle_tui.walkthroughs.model import Step
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from tests.lessons.shipped import course
from tests.tui.conftest import text_of
from tests.tui.learning.lessons import NOW

Tell = Callable[[LifecycleApp, Pilot[int]], Awaitable[None]]
SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return Store()


@pytest.fixture
def tell(store: Store) -> Callable[..., None]:
    def run(tale: Tell, size: tuple[int, int] = (80, 24), *, ascii_only: bool = False) -> None:
        def home(app: LifecycleApp) -> Home:
            return Home(app, lambda app: Journey(app, pack=course(), store=store, now=lambda: NOW))

        app = LifecycleApp(
            open_sandbox, skin=Skin(ascii_only), theme_name="okabe-ito", first=home, now=lambda: 0.0
        )
        app.animation_level = "none"

        async def story() -> None:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await tale(app, pilot)

        asyncio.run(story())

    return run


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("c", LessonScreen),
        ("enter", LessonScreen),
        ("s", Sandbox),
        ("o", ScenarioList),
        ("w", WalkthroughList),
        ("l", LessonList),
        ("question_mark", HelpScreen),
    ],
)
def test_one_key_leads_there_and_one_back(
    key: str, place: type[object], tell: Callable[..., None]
) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press(key)
        await pilot.pause()
        assert type(app.screen) is place
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, Home)
        await pilot.press("q")
        await pilot.pause()
        assert app._exit

    tell(tale)


def test_review_says_that_there_is_nothing_or_begins(
    tell: Callable[..., None], store: Store
) -> None:
    async def nothing(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("r")
        await pilot.pause()
        assert NOTHING_TO_REVIEW in text_of(app)

    async def something(app: LifecycleApp, pilot: Pilot[int]) -> None:
        assert "1 belief of yours was refuted" in text_of(app)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, LessonScreen)

    tell(nothing)
    wrong = Answer("first-event.again", "0", False, 1, "certain", NOW)
    store.change(lambda kept: kept.answered(wrong, tested="COLD-ONCE", believed="COLD-ONCE"))
    tell(something)


def test_it_says_where_the_course_goes_on(tell: Callable[..., None], store: Store) -> None:
    async def fresh(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert "begin: what happens between an event and its response" in text_of(app)

    async def begun(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.pause()
        assert "go on with Timeouts and the doom loop" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "9. Timeouts and" in text_of(app)

    tell(fresh)
    store.change(lambda kept: kept.opened("doom-loop", NOW))
    tell(begun)


def test_it_says_which_lesson_is_next_and_when_there_is_none(
    tell: Callable[..., None], store: Store
) -> None:
    pack = load_pack()

    def done(count: int) -> Tell:
        kept = Progress()
        for lesson in pack.lessons[:count]:
            kept = kept.completed(lesson.id, 1, NOW)
        store.write(kept)

        async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
            await pilot.pause()
            words = {1: "1 of 15 done: on with Warm reuse", 14: "14 of 15 done: on with SnapStart"}
            assert words.get(count, "all done: any lesson again") in text_of(app)
            await pilot.press("c")
            await pilot.pause()
            screen = app.screen
            if count == len(pack.lessons):
                assert isinstance(screen, LessonList)
            else:
                assert isinstance(screen, LessonScreen)
                assert screen.run.lesson is not None
                assert screen.run.lesson.id == pack.lessons[count].id

        return tale

    for count in (1, 14, 15):
        tell(done(count), (80, 24))


def test_a_scenario_opens_and_leads_back(tell: Callable[..., None]) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Sandbox)
        assert "warm" in text_of(app).lower()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, ScenarioList)

    tell(tale)


def test_a_walkthrough_plays_goes_on_where_it_was_left_and_leads_back(
    tell: Callable[..., None],
) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("w")
        await pilot.pause()
        assert f"{len(shipped())} stories told in steps" in text_of(app)
        assert "goes on at step" not in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, WalkScreen)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        at = app.screen.walk.at
        assert at > 0
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, WalkthroughList)
        steps = len(shipped_steps(1))
        assert f"goes on at step {at + 1} of {steps}" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, WalkScreen)
        assert app.screen.walk.at == at
        app.screen.hold()
        for _ in range(steps):
            await pilot.press("pagedown")
        await pilot.press("q")
        await pilot.pause()
        place = left()
        assert place is not None
        assert place.step == steps - 1
        assert "goes on at step" not in text_of(app), "what was seen to its end begins again"

    tell(tale)


def shipped_steps(place: int) -> tuple[Step, ...]:
    """Return the steps of a walkthrough that comes with the program."""
    return load_walkthrough(list(shipped().values())[place]).steps


def test_the_sandbox_is_as_it_was_left(tell: Callable[..., None]) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.press("s", "i")
        await pilot.pause()
        session = app.session
        assert session.live
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, Sandbox)
        assert app.screen.session is session

    tell(tale)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_it_fits(size: tuple[int, int], ascii_only: bool, tell: Callable[..., None]) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        shown = text_of(app)
        assert app.screen.max_scroll_y == 0
        for words in ("lifecycle-tui", *(name for *_, name in ROWS), "quit"):
            assert words in shown
        assert "~" not in shown
        assert "…" not in shown
        if ascii_only:
            assert shown.isascii()

    tell(tale, size, ascii_only=ascii_only)


def test_a_small_terminal_is_no_fault(tell: Callable[..., None]) -> None:
    async def tale(app: LifecycleApp, pilot: Pilot[int]) -> None:
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, Sandbox)

    tell(tale)


def test_the_first_frame_loads_neither_sandbox_nor_lessons() -> None:
    probe = (
        "import sys; import lifecycle_tui.tui.launch, lifecycle_tui.tui.screens.home;"
        "print(*[name for name in sys.modules if name.startswith(('lifecycle_tui', 'yaml'))])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "lifecycle_tui.tui.screens.home" in loaded
    for module in loaded:
        assert not module.startswith(
            ("lifecycle_tui.lessons", "lifecycle_tui.play.session", "lifecycle_tui.tui.screens.s",
             "lifecycle_tui.engine.simulation", "yaml")
        ), module  # fmt: skip
