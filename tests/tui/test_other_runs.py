"""What was asked about one run is not asked of another one, whose records are others."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from lifecycle_tui.engine.plan import SECOND, Fire
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.questions import still_asked
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import plan
from tests.tui.conftest import MakeApp, play_on, sandbox


def send(app: LifecycleApp, count: int) -> None:
    for _ in range(count):
        sandbox(app).session.fire()
        play_on(app)


def answer(screen: Sandbox) -> str:
    assert screen.shown is not None
    explanation = screen.shown.explanation
    return "" if explanation is None else explanation.answer


def test_what_was_clicked_is_let_go_with_the_event_that_is_taken_back(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            send(app, 3)
            record = screen.session.trace.last_at(screen.session.at_us)
            screen.camera = replace(screen.camera, selected=0, pinned=True, record=record)
            screen.publish()
            await pilot.press("u", "u")
            await pilot.pause()
            assert screen.camera.record is None
            assert "#1" in answer(screen)

    asyncio.run(run())


def test_a_reason_is_not_asked_of_the_other_run(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            send(app, 1)
            await pilot.press("f")
            send(app, 6)
            await pilot.press("w")
            assert "#7" in answer(screen)
            await pilot.press("x")
            await pilot.pause()
            await pilot.press("x")
            await pilot.pause()
            assert screen.session.branch.name == "main"
            assert "#7" not in answer(screen)
            await pilot.press("w")
            assert "#1" in answer(screen)

    asyncio.run(run())


def test_the_way_back_leads_to_no_record_of_another_run(make_app: MakeApp) -> None:
    async def run() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            send(app, 1)
            await pilot.press("f")
            send(app, 6)
            await pilot.press("w", "down", "down", "enter")
            assert screen.query_one(Why).can_return
            await pilot.press("B", "up", "enter")
            assert screen.session.branch.name == "main"
            screen.query_one(Why).focus()
            await pilot.press("backspace")
            await pilot.pause()
            assert "#7" not in words_of(screen.query_one(Why).lines)

    asyncio.run(run())


def test_what_both_runs_have_is_still_asked() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=4 * SECOND)))
    session.player.seek(20 * SECOND)
    was = session.index
    session.player.seek(3 * SECOND)
    session.timeout_notch(-1)
    now = session.index
    assert now is not was
    early = next(n for n, us in enumerate(was.times) if us > SECOND // 2)
    late = next(n for n, us in enumerate(was.times) if us > 4 * SECOND)
    asked = Camera(record=early, asked_us=SECOND)
    assert still_asked(asked, was, now) == asked
    assert still_asked(replace(asked, record=late), was, now).record is None
    assert still_asked(replace(asked, record=len(now.times)), was, now).record is None
