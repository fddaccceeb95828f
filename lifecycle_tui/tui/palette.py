"""The command palette and what it offers: the actions of the place where one is, and themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual import command
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.widgets import OptionList

from lifecycle_tui.tui import theme
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.widgets.options import has_place


class CommandPalette(command.CommandPalette):
    """Textual's palette, whose keys wait until its list has rows."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go through the list where there is one."""
        if action == "command_list" and not has_place(self.query_one(OptionList)):
            return False
        return super().check_action(action, parameters)


def commands(app: App[int], screen: Screen[object]) -> Iterable[SystemCommand]:
    """Yield every command."""
    if isinstance(screen, Place):
        for action in screen.offers:
            if action.palette:
                title = f"{action.title}  ({action.shown})"
                yield SystemCommand(title, action.help, _act(screen, action.call))
    for name in theme.CHOICES:
        change = partial(setattr, app, "theme", name)
        yield SystemCommand(f"Theme: {name}", "change the colours", change)


def _act(screen: Place, call: str) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        await screen.run_action(call)

    return act
