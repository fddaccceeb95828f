"""Every key of the table of actions does what the table says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire, Plan
from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.actions import ACTIONS, BY_ID
from lifecycle_tui.tui.screens.claim import ClaimScreen
from lifecycle_tui.tui.screens.command import CommandScreen
from lifecycle_tui.tui.screens.exporting import ExportMenu
from lifecycle_tui.tui.screens.forks import ForkList
from lifecycle_tui.tui.screens.glossary import GlossaryScreen
from lifecycle_tui.tui.screens.help import HelpScreen
from lifecycle_tui.tui.screens.link import LinkScreen
from lifecycle_tui.tui.screens.questions import BurstPrompt, EndingMenu, RolloutMenu
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.lanes import Lanes
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.tui.conftest import MakeApp, sandbox, text_of


@dataclass(frozen=True)
class Claim:
    """After some preparation, a key makes something true."""

    id: str
    holds: Callable[[Sandbox], bool]
    before: Callable[[Sandbox], None] = lambda _: None
    size: tuple[int, int] = (80, 24)


def after_one_event(screen: Sandbox) -> None:
    """Send an event and wait for its end."""
    screen.session.fire()
    screen.session.player.seek(COLD_US)
    screen.session.player.pause()
    screen.publish()


def half_way(screen: Sandbox) -> None:
    after_one_event(screen)
    screen.session.player.seek(COLD_US // 2)
    screen.publish()


def two_lanes(screen: Sandbox) -> None:
    screen.session.fire(2)
    screen.session.player.seek(COLD_US)
    screen.session.player.pause()
    screen.publish()


def undone(screen: Sandbox) -> None:
    after_one_event(screen)
    screen.session.undo()


def provisioned(screen: Sandbox) -> None:
    screen.session.provision(2)
    screen.publish()


def forked(screen: Sandbox) -> None:
    half_way(screen)
    screen.session.fire()
    screen.publish()


def at(us: int) -> Callable[[Sandbox], bool]:
    return lambda screen: screen.session.at_us == us


def shows(pane: str) -> Callable[[Sandbox], bool]:
    return lambda screen: screen.has_class(f"-show-{pane}")


def config(session: Session, name: str) -> object:
    return getattr(session.function_at_cursor(), name)


def at_the_start(screen: Sandbox) -> None:
    after_one_event(screen)
    screen.session.player.seek(0)


def an_event_to_come(screen: Sandbox) -> None:
    screen.session.player.seek(5 * SECOND)
    screen.session.fire()
    screen.action_start()


def savable(screen: Sandbox) -> None:
    screen.session.origin = lambda: Origin("small.yaml", "functions: {web-api: {timeout: 3s}}\n")


def held(screen: Sandbox) -> None:
    two_lanes(screen)
    screen.action_select(1)
    screen.action_pane("inspect")


def marked(screen: Sandbox, then_us: int) -> None:
    """Set bookmarks at 1 s and at the end of an event, and go somewhere."""
    after_one_event(screen)
    screen.action_bookmark()
    screen.session.player.seek(SECOND)
    screen.action_bookmark()
    screen.session.player.seek(then_us)
    screen.publish()


def names(screen: Sandbox) -> list[str]:
    return [mark.name for mark in screen.session.bookmarks]


CLAIMS = (
    Claim("fire", lambda s: len(s.session.index.events) == 1 and s.session.player.playing),
    Claim("fire-as", lambda s: isinstance(s.app.screen, EndingMenu)),
    Claim("burst", lambda s: isinstance(s.app.screen, BurstPrompt)),
    Claim("source", lambda s: s.session.sender.name == "api-gateway"),
    Claim("play", lambda s: s.session.player.playing, after_one_event),
    Claim("step", at(100_000), at_the_start),
    Claim("step-back", lambda s: s.session.at_us < COLD_US, after_one_event),
    Claim("next-input", at(5 * SECOND), an_event_to_come),
    Claim("previous-input", at(0), after_one_event),
    Claim("slower", lambda s: s.session.transport.speed == 0.5),
    Claim("faster", lambda s: s.session.transport.speed == 2.0),
    Claim(
        "true-speed",
        lambda s: s.session.transport.speed == 1.0,
        lambda s: s.session.player.set_speed(60.0),
    ),
    Claim("scrub-back", at(COLD_US - 100_000), after_one_event),
    Claim("scrub", at(COLD_US // 2 + 100_000), half_way),
    Claim("scrub-far-back", at(COLD_US - 1_000_000), after_one_event),
    Claim("scrub-far", lambda s: s.session.at_us > COLD_US, half_way),
    Claim("home", at(0), half_way),
    Claim("end", at(COLD_US), half_way),
    Claim("bookmark", lambda s: names(s) == ["b1"], after_one_event),
    Claim("previous-mark", at(SECOND), lambda s: marked(s, COLD_US)),
    Claim("next-mark", at(COLD_US), lambda s: marked(s, SECOND)),
    Claim("reclaim", lambda s: "Reclaim" in kinds_of(s), after_one_event),
    Claim("crash", lambda s: "Crash" in kinds_of(s), after_one_event),
    Claim("deploy", lambda s: "Deploy" in kinds_of(s)),
    Claim("roll-out", lambda s: isinstance(s.app.screen, RolloutMenu)),
    Claim("prewarm", lambda s: "Prewarm" in kinds_of(s)),
    Claim("timeout-down", lambda s: config(s.session, "timeout_us") == 2 * SECOND),
    Claim("timeout-up", lambda s: config(s.session, "timeout_us") == 5 * SECOND),
    Claim(
        "provision-down", lambda s: config(s.session, "provisioned_concurrency") == 1, provisioned
    ),
    Claim("provision-up", lambda s: config(s.session, "provisioned_concurrency") == 1),
    Claim("config", shows("config")),
    Claim("rules", lambda s: s.session.plan.rules_date == "2023-01-01"),
    Claim("function", lambda s: s.session.function == 1),
    Claim("undo", lambda s: not s.session.live, after_one_event),
    Claim("redo", lambda s: len(s.session.live) == 1, undone),
    Claim("fork", lambda s: s.session.branch.name == "main.1", half_way),
    Claim("forks", lambda s: isinstance(s.app.screen, ForkList)),
    Claim("compare", lambda s: s.comparing, forked),
    Claim("predict", lambda s: s.predicting is not None and s.predicting.on),
    Claim("why", shows("why"), after_one_event),
    Claim("inspect", shows("inspect"), lambda s: s.action_pane("log")),
    Claim(
        "open-source",
        lambda s: s.note is not None and "https://docs.aws.amazon.com" in s.note.text,
        after_one_event,
    ),
    Claim("cost", shows("cost")),
    Claim("trace", shows("trace")),
    Claim("metrics", shows("metrics")),
    Claim("glossary", lambda s: isinstance(s.app.screen, GlossaryScreen)),
    Claim("claim", lambda s: isinstance(s.app.screen, ClaimScreen)),
    Claim("log", shows("log")),
    Claim("up", lambda s: s.camera.selected == 0 and s.camera.pinned, two_lanes),
    Claim("down", lambda s: s.camera.selected == 1 and s.camera.pinned, two_lanes),
    Claim("next-pane", shows("why")),
    Claim("previous-pane", shows("log")),
    Claim("closer", lambda s: s.camera.cell_us == 50_000),
    Claim("wider", lambda s: s.camera.cell_us == 200_000),
    Claim("axis", lambda s: s.camera.mode is AxisMode.WALL),
    Claim(
        "follow",
        lambda s: not s.camera.pinned and isinstance(s.focused, Lanes),
        held,
    ),
    Claim("export", lambda s: isinstance(s.app.screen, ExportMenu)),
    Claim("command", lambda s: isinstance(s.app.screen, CommandScreen)),
    Claim("permalink", lambda s: isinstance(s.app.screen, LinkScreen), savable),
    Claim("help", lambda s: isinstance(s.app.screen, HelpScreen)),
    Claim("palette", lambda s: type(s.app.screen).__name__ == "CommandPalette"),
    Claim("quit", lambda s: s.app._exit),
)


def kinds_of(screen: Sandbox) -> list[str]:
    return [type(command).__name__ for command in screen.session.live]


def test_every_action_has_its_claim() -> None:
    assert [claim.id for claim in CLAIMS] == [action.id for action in ACTIONS]


PRESSES = [(claim, key) for claim in CLAIMS for key in BY_ID[claim.id].keys]


@pytest.mark.parametrize(("claim", "key"), PRESSES, ids=[f"{c.id}:{k}" for c, k in PRESSES])
def test_key(claim: Claim, key: str, make_app: MakeApp) -> None:
    asyncio.run(press(claim, key, make_app))


async def press(claim: Claim, key: str, make_app: MakeApp) -> None:
    two = Plan(functions=(FUNCTION, FUNCTION), account=plan().account, title="two")
    app = make_app(two if claim.id == "function" else None)
    async with app.run_test(size=claim.size) as pilot:
        screen = sandbox(app)
        claim.before(screen)
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert claim.holds(screen), text_of(app)


def test_a_burst_of_five_makes_five_environments(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("b", "enter")
            await pilot.pause()
            assert len(sandbox(app).session.trace.environments) == 5

    asyncio.run(story())


def test_a_burst_asks_again_for_nonsense_and_can_be_dropped(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("b", "0", "enter")
            await pilot.pause()
            assert isinstance(app.screen, BurstPrompt)
            await pilot.press("escape")
            await pilot.pause()
            assert not sandbox(app).session.live

    asyncio.run(story())


@pytest.mark.parametrize("key", ["o", "e", "s", "t", "x", "m", "enter"])
def test_each_ending_of_the_menu_sends_an_event(key: str, make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("I", key)
            await pilot.pause()
            assert isinstance(app.screen, Sandbox)
            (command,) = sandbox(app).session.live
            assert isinstance(command, Fire)

    asyncio.run(story())


def test_a_configuration_is_edited_in_place_and_applied(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("c", "right", "down", "right")
            await pilot.pause()
            assert not sandbox(app).session.live
            await pilot.press("enter")
            await pilot.pause()
            session = sandbox(app).session
            assert config(session, "timeout_us") == 5 * SECOND
            assert config(session, "memory_mb") == 1_024
            assert "new environments only" in text_of(app)

    asyncio.run(story())


def test_a_configuration_is_dropped_by_escape(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("c", "left", "escape", "enter")
            await pilot.pause()
            assert not sandbox(app).session.live
            assert isinstance(sandbox(app).focused, Lanes)

    asyncio.run(story())


def test_enter_in_why_goes_to_the_cause(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            after_one_event(sandbox(app))
            await pilot.press("w")
            await pilot.pause()
            why = sandbox(app).query_one(Why)
            assert why.explanation is not None
            await pilot.press(*["down"] * len(why.explanation.causes), "enter")
            await pilot.pause()
            assert sandbox(app).session.at_us == 0

    asyncio.run(story())


def test_a_click_selects_a_lane_and_the_ruler_seeks(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            two_lanes(sandbox(app))
            await pilot.pause()
            await pilot.click("#lanes", offset=(20, 1))
            await pilot.pause()
            assert sandbox(app).camera.selected == 1
            assert sandbox(app).camera.record is not None
            await pilot.click(sandbox(app).query("AxisRow").last(), offset=(17, 0))
            await pilot.pause()
            assert sandbox(app).session.at_us == 500_000
            await pilot.click("#keys", offset=(2, 0))
            await pilot.pause()
            assert len(sandbox(app).session.index.events) == 3

    asyncio.run(story())
