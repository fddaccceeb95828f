"""The command palette and what it offers: the actions of the place where one is, and themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import cast

from textual import command
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widgets import OptionList

from lifecycle_tui.tui import theme
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.widgets.options import has_place
from lifecycle_tui.units.translation import tr


class CommandPalette(command.CommandPalette):
    """Textual's palette, whose keys wait until its list has rows."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go through the list where there is one."""
        if action == "command_list" and not has_place(self.query_one(OptionList)):
            return False
        return super().check_action(action, parameters)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go, once: Enter and Esc in one go would take away what is below, too."""
        if not self.is_current:
            return AwaitComplete()
        return super().dismiss(result)


def commands(app: App[int], screen: Screen[object]) -> Iterable[SystemCommand]:
    """Yield every command."""
    if isinstance(screen, Place):
        for action in screen.offers:
            if action.palette:
                title = f"{tr(action.title)}  ({action.shown})"
                yield SystemCommand(title, tr(action.help), _act(screen, action.call))
    for name in theme.CHOICES:
        change = partial(setattr, app, "theme", name)
        yield SystemCommand(tr("Theme: {name}", name=name), tr("change the colours"), change)


def _act(screen: Place, call: str) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        await screen.run_action(call)

    return act


class WithPalette(App[int]):
    """An app whose palette speaks the program's language."""

    def action_command_palette(self) -> None:
        """Open the command palette, in the program's own words."""
        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(
                CommandPalette(placeholder=tr("Search for commands…"), id="--command-palette")
            )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the place where one is, and the themes."""
        return commands(self, screen)
