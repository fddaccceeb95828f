"""What the command palette offers: the actions of the place where one is, and the themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import cast

from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from lifecycle_tui.tui import theme
from lifecycle_tui.tui.places import Place
from lifecycle_tui.units.translation import tr


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
