"""Small questions over the main screen: how shall the event end, how many events."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

ENDINGS: Final = (
    ("ok", "o", "ok", "the handler returns its answer"),
    ("error", "e", "error", "it raises; the environment stays warm"),
    ("slow", "s", "slow", "its handler takes three times as long"),
    ("timeout", "t", "timeout", "it takes a second longer than allowed"),
    ("exit", "x", "exit", "the runtime process ends"),
    ("oom", "m", "out of memory", "the runtime process is killed"),
)
"""How an event may end: id, key, words, what happens."""

MOST: Final = 1_000
"""The largest burst."""


class EndingMenu(ModalScreen[str | None]):
    """Asks how the event shall end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"choose('{name}')", words) for name, key, words, _ in ENDINGS),
        Binding("escape,q", "choose('')", "cancel"),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Show the menu."""
        with Vertical(id="question"):
            yield Static(Content.styled("Send an event that ends in", "bold"))
            yield OptionList(
                *(
                    Option(
                        Content.assemble((key, "bold"), "  ", f"{words:<14}", (what, "dim")),
                        id=name,
                    )
                    for name, key, words, what in ENDINGS
                )
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(event.option.id)

    def action_choose(self, name: str) -> None:
        """Answer by a letter."""
        self.dismiss(name or None)

    def action_move(self, direction: int) -> None:
        """Move the highlight."""
        menu = self.query_one(OptionList)
        if direction > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()


_ALLOWED: Final = "1 to 1,000; Enter sends, Esc cancels"


def burst_problem(text: str) -> str:
    """Say what is wrong with a number of events; nothing if it can be sent."""
    text = text.strip()
    if not text:
        return "type a number from 1 to 1,000"
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        return f"{text} is too few: from 1 to 1,000"
    return f"{text} is too many: from 1 to 1,000" if int(text) > MOST else ""


class BurstPrompt(ModalScreen[int | None]):
    """Asks how many events."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel")]

    def __init__(self, default: int = 5) -> None:
        super().__init__()
        self._default = default

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(id="question"):
            yield Static(Content.styled("How many events at once?", "bold"))
            yield Static(Content.styled(_ALLOWED, "dim"))
            box = Input(str(self._default), type="integer", max_length=4, select_on_focus=True)
            box.cursor_blink = False
            yield box
            yield Static(Content(""), id="problem")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, or say what is wrong; what was typed is kept."""
        problem = burst_problem(event.value)
        if problem:
            self.query_one("#problem", Static).update(Content(problem))
        else:
            self.dismiss(int(event.value))

    def on_input_changed(self) -> None:
        """Say no longer what was wrong."""
        self.query_one("#problem", Static).update(Content(""))

    def action_cancel(self) -> None:
        """Send nothing."""
        self.dismiss(None)
