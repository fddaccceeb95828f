"""Predictions on screen: the prompt, its keys, the verdict, and that nothing is told too early."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from lifecycle_tui.engine.plan import SECOND, Fire, Plan
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.predictions.game import Prompt, Stage
from lifecycle_tui.play.predictions.model import Answer, Confidence, Verdict
from lifecycle_tui.play.predictions.score import ScoreBook
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.predicting import Predicting
from lifecycle_tui.tui.screens.questions import BurstPrompt
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.lanes import Lanes
from lifecycle_tui.tui.widgets.painted import text_of as lines_text
from lifecycle_tui.tui.widgets.painted import width_of
from lifecycle_tui.tui.widgets.predict import LINES, prompt_lines
from tests.play.plans import COLD_US, plan
from tests.play.predictions.test_finding import index_of
from tests.play.predictions.test_properties import asked_of
from tests.tui.conftest import MakeApp, play_on, sandbox, text_of

SIZES = [(80, 24), (120, 40), (200, 50)]
WARM_AT_US = 5 * SECOND

Tell = Callable[[Sandbox, Pilot[int]], Awaitable[None]]


def story() -> Plan:
    return plan(Fire(at_us=0), Fire(at_us=WARM_AT_US))


def tell(
    make_app: MakeApp,
    tale: Tell,
    *,
    size: tuple[int, int] = (80, 24),
    of: Plan | None = None,
    ascii_only: bool = False,
    theme: str = "okabe-ito",
) -> None:
    async def run() -> None:
        app = make_app(of, ascii_only=ascii_only, theme=theme)
        async with app.run_test(size=size) as pilot:
            await pilot.press("P")
            await pilot.pause()
            await tale(sandbox(app), pilot)

    asyncio.run(run())


def predicting(screen: Sandbox) -> Predicting:
    assert screen.predicting is not None
    return screen.predicting


def shown(screen: Sandbox) -> str:
    app = screen.app
    assert isinstance(app, LifecycleApp)
    return text_of(app)


def key_of(screen: Sandbox, word: str) -> str:
    """Return the digit that chooses an option."""
    question = predicting(screen).game.question
    assert question is not None
    return str([option.key for option in question.options].index(word) + 1)


def pass_time(screen: Sandbox) -> None:
    app = screen.app
    assert isinstance(app, LifecycleApp)
    play_on(app)


@pytest.mark.parametrize("size", SIZES)
def test_a_key_that_sends_is_asked_about_first_and_nothing_shows_it(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        rows = screen.query_one(Lanes).size.height
        await pilot.press("i")
        await pilot.pause()
        text = shown(screen)
        assert "#1 comes now; no environment exists yet. How does it start?" in text
        assert "1-" in text.splitlines()[-1]
        assert "certain" in text.splitlines()[-1]
        assert not screen.session.index.events
        assert "COLD 0" in text
        assert "No environment exists yet." in text
        assert screen.query_one(Lanes).size.height == rows
        assert screen.max_scroll_y == 0

    tell(make_app, tale, size=size)


def test_a_typed_fire_is_asked_about_as_that_of_a_key(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("colon", *"fire", "space", *"count=2", "enter")
        await pilot.pause()
        assert predicting(screen).is_open
        assert "1) none     2) 1 of 2     3) all 2" in shown(screen)
        assert not screen.session.live
        await pilot.press("1", "b")
        await pilot.pause()
        assert [getattr(command, "count", 0) for command in screen.session.live] == [2]
        await pilot.press("colon", *"deploy", "enter")
        await pilot.pause()
        assert len(screen.session.live) == 2, "nothing else is asked about"

    tell(make_app, tale)


@pytest.mark.parametrize("size", SIZES)
def test_an_answer_plays_until_it_is_known_and_the_verdict_stands_beside_the_why(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i")
        await pilot.press(key_of(screen, "WARM"), "c")
        assert screen.session.player.playing
        pass_time(screen)
        await pilot.pause()
        text = shown(screen)
        assert screen.session.at_us == 1_120_000
        assert "WRONG   #1: you said “WARM” (certain); it was “COLD”.  -1, score -1" in text
        plain = " ".join(text.split())
        assert "There was none yet: the first event always waits for a new one. [CON-02]" in plain
        assert "Why was #1 COLD?" in text
        assert "Space play" in text.splitlines()[-1]
        assert screen.max_scroll_y == 0

    tell(make_app, tale, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_clock_stops_before_an_event_of_the_scenario(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        screen.session.player.play()
        pass_time(screen)
        await pilot.pause()
        text = shown(screen)
        assert screen.session.at_us == WARM_AT_US - 1
        assert screen.session.transport.halt is Halt.QUESTION
        assert "#2 comes now; e1 is FROZEN for" in text
        assert "WARM 0" in text
        assert "The next event here is WARM" not in text
        await pilot.press(key_of(screen, "WARM"))
        await pilot.pause()
        assert f"[{key_of(screen, 'WARM')}) WARM]" in shown(screen)
        assert "how sure?" in shown(screen)
        await pilot.press("a")
        pass_time(screen)
        await pilot.pause()
        text = shown(screen)
        assert "RIGHT   #2: “WARM” (guess), as you said.  +1, score 1" in text
        assert "right when guess 1 of 1" in text
        assert "Why was #2 WARM?" in text
        await pilot.press("space")
        await pilot.pause()
        assert screen.session.player.playing
        assert "RIGHT" not in shown(screen)

    tell(make_app, tale, size=size, of=story())


def test_without_colour_and_letters_beyond_ascii_the_chosen_option_can_be_told(
    make_app: MakeApp,
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i", "2")
        await pilot.pause()
        text = shown(screen)
        assert text.isascii()
        assert "[2) " in text
        await pilot.press("c")
        pass_time(screen)
        await pilot.pause()
        text = shown(screen)
        assert text.isascii()
        assert "RIGHT" in text or "WRONG" in text

    tell(make_app, tale, ascii_only=True, theme="monochrome")


def test_letters_mean_their_own_while_nothing_is_asked(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("1", "a")
        assert not screen.session.live
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(screen.app.screen, BurstPrompt)
        await pilot.press("escape", "c")
        await pilot.pause()
        assert screen.has_class("-show-config")

    tell(make_app, tale)


def test_while_something_is_asked_they_answer_wherever_the_keys_are(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("c", "i")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert not isinstance(screen.app.screen, BurstPrompt)
        assert predicting(screen).is_open
        await pilot.press("1", "b")
        await pilot.pause()
        assert predicting(screen).game.stage is Stage.RUNNING
        assert len(screen.session.live) == 1

    tell(make_app, tale)


@pytest.mark.parametrize("key", ["escape", "space"])
def test_a_skipped_question_sends_its_event_all_the_same(key: str, make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i", key)
        await pilot.pause()
        assert len(screen.session.live) == 1
        assert screen.session.player.playing
        assert predicting(screen).game.book == ScoreBook(skipped=1)

    tell(make_app, tale)


def test_a_burst_is_asked_about_and_sent_by_the_answer(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("b", "enter")
        await pilot.pause()
        assert "How many need a new environment?" in " ".join(shown(screen).split())
        await pilot.press(key_of(screen, "5"), "b")
        await pilot.pause()
        assert len(screen.session.trace.environments) == 5
        assert "RIGHT   #1 to #5: “all 5” (think), as you said.  +1" in shown(screen)

    tell(make_app, tale)


def test_a_second_event_lets_the_question_about_the_first_go_and_sends_both(
    make_app: MakeApp,
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i", "i")
        await pilot.pause()
        assert len(screen.session.live) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert len(screen.session.live) == 2

    tell(make_app, tale)


def test_going_elsewhere_closes_the_question_and_sends_nothing(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        screen.session.player.seek(COLD_US + SECOND)
        screen.session.player.pause()
        await pilot.press("i")
        assert predicting(screen).is_open
        live = len(screen.session.live)
        await pilot.press("home")
        await pilot.pause()
        assert not predicting(screen).is_open
        assert len(screen.session.live) == live
        assert "its events were not sent" in shown(screen)

    tell(make_app, tale, of=story())


def test_one_key_switches_them_off_and_says_the_score(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        assert "P predict" in shown(screen).splitlines()[0]
        await pilot.press("i", "1", "a", "P")
        await pilot.pause()
        assert "predictions off · score 0" in shown(screen)
        assert "P predict" not in shown(screen)
        await pilot.press("i")
        await pilot.pause()
        assert len(screen.session.live) == 2

    tell(make_app, tale)


def test_they_rest_while_two_runs_are_compared(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        screen.session.player.seek(COLD_US + SECOND)
        screen.session.fork()
        screen.session.deploy()
        screen.publish()
        await pilot.press("x")
        await pilot.pause()
        screen.session.player.play()
        pass_time(screen)
        await pilot.pause()
        assert screen.session.at_us > WARM_AT_US
        assert "PREDICT" not in shown(screen)
        await pilot.press("escape", "i")
        await pilot.pause()
        assert not screen.comparing
        assert predicting(screen).is_open

    tell(make_app, tale, of=story(), size=(120, 40))


def test_a_click_chooses_too(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i")
        await pilot.pause()
        row = next(line for line in shown(screen).splitlines() if " 2) " in line)
        await pilot.click("#predict", offset=(row.index(" 2) ") + 3, LINES - 1))
        await pilot.pause()
        assert predicting(screen).game.chosen == 1

    tell(make_app, tale)


def test_a_tiny_terminal_is_not_asked(make_app: MakeApp) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        await pilot.press("i")
        await pilot.pause()
        assert len(screen.session.live) == 1

    tell(make_app, tale, size=(60, 15))


@pytest.mark.parametrize("width", [80, 120, 200])
def test_every_prompt_fits(width: int) -> None:
    many = [Fire(at_us=SECOND), Fire(at_us=10 * SECOND, count=900), Fire(at_us=40 * SECOND)]
    slow = Fire(at_us=90 * SECOND, duration=None)
    for question in asked_of(index_of(*many, slow)):
        for stage in Stage:
            for place in range(len(question.options)):
                verdict = Verdict(question, Answer(place, Confidence.CERTAIN), -1)
                prompt = Prompt(stage, question, place, Confidence.CERTAIN, verdict, ScoreBook())
                lines = prompt_lines(prompt, width)
                assert len(lines) == LINES
                assert max(width_of(line) for line in lines) <= width
                if stage is Stage.OPEN:
                    text = " ".join(lines_text(lines).split())
                    assert question.asks in text
                    assert all(option.words in text for option in question.options)


def test_nothing_of_it_is_loaded_before_it_is_switched_on() -> None:
    probe = (
        "import sys; import lifecycle_tui.tui.screens.sandbox, lifecycle_tui.cli.play;"
        "print(*[n for n in sys.modules if 'predict' in n])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert not done.stdout.split()


@pytest.mark.parametrize("keys", [("x", "enter"), ("P",)])
def test_comparing_and_switching_off_say_that_nothing_was_sent(
    make_app: MakeApp, keys: tuple[str, ...]
) -> None:
    async def tale(screen: Sandbox, pilot: Pilot[int]) -> None:
        screen.session.player.seek(COLD_US + SECOND)
        screen.session.player.pause()
        await pilot.press("i")
        assert predicting(screen).is_open
        live = len(screen.session.live)
        await pilot.press(*keys)
        await pilot.pause()
        assert not predicting(screen).is_open
        assert len(screen.session.live) == live
        assert "its events were not sent" in shown(screen)

    tell(make_app, tale, of=story())
