"""The table of actions, the bindings, the footer, the help and the palette agree."""

from __future__ import annotations

import asyncio

from lifecycle_tui.tui import actions
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.help import help_lines
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.tui.conftest import MakeApp, sandbox


def test_no_two_actions_share_a_key_or_an_id() -> None:
    keys = [key for action in actions.ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert len(actions.BY_ID) == len(actions.ACTIONS)


def test_keys_are_such_as_any_terminal_sends() -> None:
    for action in actions.ACTIONS:
        for key in action.keys:
            assert not key.startswith(("alt+", "f1", "ctrl+w", "ctrl+t", "ctrl+n", "ctrl+s"))


def test_every_binding_is_on_the_screen(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test():
            active = sandbox(app).active_bindings
            for action in actions.ACTIONS:
                for key in action.keys:
                    called = active[key].binding.action.removeprefix("app.")
                    assert called == action.call.removeprefix("app.")

    asyncio.run(story())


def test_every_action_has_a_method() -> None:
    for action in actions.ACTIONS:
        name = action.call.partition("(")[0]
        owner = LifecycleApp if name.startswith("app.") else Sandbox
        assert hasattr(owner, f"action_{name.removeprefix('app.')}")


def test_the_footer_is_short_and_fits() -> None:
    keys = actions.footer()
    assert len(keys) <= 10
    assert [key for key, _, _ in keys][-2:] == ["?", "q"]
    assert sum(len(key) + len(words) + 3 for key, words, _ in keys) <= 80


def test_help_tells_every_action_at_every_width() -> None:
    for width in (60, 76, 104, 160):
        lines = help_lines(width, Skin(ascii_only=True))
        text = text_of(lines)
        for action in actions.ACTIONS:
            assert action.title in text
            assert action.shown in text
        assert max(width_of(line) for line in lines) <= width


def test_the_palette_offers_every_action(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test():
            titles = [command.title for command in app.get_system_commands(app.screen)]
            for action in actions.ACTIONS:
                offered = any(title.startswith(action.title) for title in titles)
                assert offered == action.palette
            assert "Theme: high-contrast" in titles

    asyncio.run(story())


def test_a_palette_command_is_carried_out(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test() as pilot:
            await pilot.press("ctrl+p", *"send a burst", "enter")
            await pilot.pause(0.3)
            assert type(app.screen).__name__ in ("BurstPrompt", "CommandPalette")

    asyncio.run(story())


def test_a_lessons_bottom_line_fits_at_every_width() -> None:
    for width in range(80, 201):
        for hints in (False, True):
            keys = actions.lesson_footer(width, hints=hints)
            assert sum(len(key) + len(words) + 3 for key, words, _ in keys) <= width
            assert keys[-1][:2] == ("q", "leave")
    assert len(actions.lesson_footer(200, hints=True)) > len(actions.lesson_footer(80, hints=True))
