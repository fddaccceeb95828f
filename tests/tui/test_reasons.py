"""The why pane: contrasts after the frame, ways from cause to cause and back, forks, pages."""

from __future__ import annotations

import asyncio

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, Fire
from lifecycle_tui.play.contrasts.asking import Contrasts, Searching
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.story import LONG_RECORDS
from lifecycle_tui.readings.why import why_event
from lifecycle_tui.tui.screens.reasons import has_browser
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.why import LOOKING, Why, explain
from tests.play.plans import COLD_US, plan
from tests.readings.runs import read
from tests.tui.conftest import MakeApp, sandbox, text_of

BUSY = plan(Fire(at_us=0), Fire(at_us=COLD_US - 100 * MS))
"""The second event comes 100 ms before the first one's environment is free."""
LATER = "Had #2 come 100 ms later, it would have been WARM."


def at_the_end(screen: Sandbox, at_us: int = 2 * COLD_US) -> None:
    screen.session.player.seek(at_us)
    screen.session.player.pause()
    screen.publish()


def why_of(screen: Sandbox) -> Why:
    return screen.query_one(Why)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_contrasts_stand_at_the_end_of_the_chain(make_app: MakeApp, size: tuple[int, int]) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            await pilot.press("w")
            await pilot.pause()
            why = why_of(screen)
            assert why.contrasts is not None
            assert any(one.words.startswith(LATER) for one in why.contrasts)
            chain = words_of(why.lines)
            assert chain.index("Input:") < chain.index("what if") < chain.index("rule ")
            seen = "what if" in text_of(app) if size == (80, 24) else "Why ↓" in text_of(app)
            assert seen, text_of(app)

    asyncio.run(story())


def test_the_frame_that_answers_a_key_looks_for_nothing(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    look = Contrasts.look

    def counted(self: Contrasts, session: Session, record: int) -> Searching:
        looked.append(record)
        return look(self, session, record)

    monkeypatch.setattr(Contrasts, "look", counted)

    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            assert why_of(screen).contrasts == ()
            assert not looked
            await pilot.pause()
            assert why_of(screen).contrasts
            for _ in range(5):
                screen.publish()
            assert len(looked) == 1
            screen.session.player.play()
            screen.publish()
            assert why_of(screen).contrasts == ()

    asyncio.run(story())


def test_a_long_run_is_looked_through_beside_the_screen(make_app: MakeApp) -> None:
    async def story() -> None:
        shots = [Fire(at_us=n * 300 * MS) for n in range(LONG_RECORDS // 4 + 20)]
        app = make_app(plan(*shots))
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            assert screen.session.is_long
            # A long run is explained a moment after it was last changed.
            while screen._settled != screen.session.version:
                await pilot.pause(0.05)
            at_the_end(screen, 1_300 * MS)
            assert why_of(screen).contrasts is None
            assert LOOKING in words_of(why_of(screen).lines)
            for _ in range(200):
                await pilot.pause(0.05)
                if why_of(screen).contrasts is not None:
                    break
            assert why_of(screen).contrasts
            assert LOOKING not in words_of(why_of(screen).lines)

    asyncio.run(story())


def test_enter_on_a_contrast_tries_it_in_a_fork_and_undo_returns(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            await pilot.press("w")
            await pilot.pause()
            why = why_of(screen)
            assert why.explanation is not None
            assert why.contrasts is not None
            place = [one.words.startswith(LATER) for one in why.contrasts].index(True)
            await pilot.press(*["j"] * (len(why.explanation.causes) + place + 1))
            await pilot.pause()
            assert "Enter tries this out" in text_of(app)
            assert f"> what if  {LATER[:20]}" in text_of(app)
            await pilot.press("enter")
            await pilot.pause()
            assert screen.session.branch.name == "main.1"
            assert why.explanation.question == "Why was #2 WARM?"
            assert "main.1: had #2 come 100 ms later" in text_of(app)
            await pilot.press("u")
            await pilot.pause()
            assert screen.session.branch.name == "main"
            assert [branch.name for branch in screen.session.branches] == ["main"]

    asyncio.run(story())


def test_every_line_can_be_gone_to_by_key_and_by_click(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            await pilot.press("w")
            await pilot.pause()
            why = why_of(screen)
            assert why.explanation is not None
            causes = why.explanation.causes
            for number, cause in enumerate(causes):
                why.focus()
                await pilot.press(*["j"] * (number + 1))
                assert why.chosen == number
                head = next(line for line in words_of(why.lines).splitlines() if line[:1] == ">")
                assert f"{cause.time_us / SECOND:.3f}" in head
                await pilot.press("enter")
                await pilot.pause()
                assert screen.session.at_us == max(cause.time_us, 0)
                assert screen.camera.record == cause.record
                await pilot.press("backspace")
                await pilot.pause()
                assert screen.session.at_us == 2 * COLD_US
                assert why.explanation.causes == causes
                assert why.chosen == number
                why.chosen = -1
            y = next(
                y for y, line in enumerate(why.lines) for run in line if ("cause", 1) in run.meta
            )
            await pilot.click(why, offset=(14, y))
            await pilot.pause()
            assert screen.session.at_us == causes[1].time_us

    asyncio.run(story())


def test_a_comma_goes_back_from_a_cause_and_steps_back_where_there_is_no_way(
    make_app: MakeApp,
) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            await pilot.press("w")
            await pilot.press("j", "j", "enter")
            await pilot.pause()
            assert screen.session.at_us < 2 * COLD_US
            await pilot.press("comma")
            await pilot.pause()
            assert screen.session.at_us == 2 * COLD_US
            await pilot.press("comma")
            await pilot.pause()
            assert COLD_US < screen.session.at_us < 2 * COLD_US

    asyncio.run(story())


def test_f_on_a_cause_forks_just_before_it(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY)
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            at_the_end(screen)
            await pilot.press("w", "j", "j")
            why = why_of(screen)
            assert why.explanation is not None
            cause = why.explanation.causes[1]
            await pilot.press("f")
            await pilot.pause()
            assert screen.session.branch.name == "main.1"
            assert screen.session.at_us == cause.time_us - 1

    asyncio.run(story())


def test_the_line_pointed_at_is_seen_without_colour() -> None:
    told = why_event(read(BUSY), 2)
    for number in range(len(told.causes) + 1):
        lines = words_of(explain(told, chosen=number, width=70, contrasts=(LATER,)))
        marked = [line for line in lines.splitlines() if line.startswith(">")]
        assert len(marked) == 1
    assert ">" not in words_of(explain(told, chosen=-1, width=70, contrasts=(LATER,)))


def test_the_last_lines_are_the_rule_its_provenance_and_its_source() -> None:
    told = why_event(read(BUSY), 2)
    for number, cause in enumerate(told.causes):
        text = words_of(explain(told, chosen=number, width=70)).splitlines()
        rules = [line for line in text if line.startswith("rule ")]
        assert len(rules) == len(cause.rules)
        if rules:
            assert rules[-1].startswith(f"rule {cause.rules[0]} [")
            place = text.index(rules[-1])
            assert 1 <= len(text) - place - 1 <= 3


def test_o_says_where_the_rule_is_from_and_opens_it_only_beside_the_terminal(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    async def story(browser: bool) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        if browser:
            monkeypatch.setenv("DISPLAY", ":0")
        app = make_app(BUSY)
        monkeypatch.setattr(app, "open_url", opened.append)
        async with app.run_test(size=(120, 40)) as pilot:
            at_the_end(sandbox(app))
            await pilot.press("w", "j", "o")
            await pilot.pause()
            assert "https://docs.aws.amazon.com/" in text_of(app)

    asyncio.run(story(browser=False))
    assert opened == []
    asyncio.run(story(browser=True))
    assert len(opened) == 1
    assert opened[0].startswith("https://docs.aws.amazon.com/")


def test_a_browser_is_one_with_a_window_of_its_own() -> None:
    assert has_browser({}, "darwin")
    assert has_browser({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not has_browser({"DISPLAY": ""}, "linux")


def test_ascii_screens_have_contrasts_too(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(BUSY, ascii_only=True)
        async with app.run_test(size=(80, 24)) as pilot:
            at_the_end(sandbox(app))
            await pilot.press("w")
            await pilot.pause()
            assert "what if" in text_of(app)
            assert text_of(app).isascii()

    asyncio.run(story())


def test_a_live_event_is_tried_out_too(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(plan())
        async with app.run_test(size=(120, 40)) as pilot:
            screen = sandbox(app)
            session = screen.session
            session.fire()
            session.player.seek(COLD_US - 100 * MS)
            session.fire()
            at_the_end(screen)
            await pilot.press("w")
            await pilot.pause()
            why = why_of(screen)
            assert why.contrasts is not None
            (later,) = [one for one in why.contrasts if one.words.startswith(LATER)]
            screen.did(screen.reasons.try_out(later))
            await pilot.pause()
            assert len(session.live) == 2
            assert why.explanation is not None
            assert why.explanation.question == "Why was #2 WARM?"

    asyncio.run(story())
