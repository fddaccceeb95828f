"""Small questions over the main screen: how shall the event end, how many events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lifecycle_tui.play.rollout import Step
from lifecycle_tui.readings.words import percent
from lifecycle_tui.tui.widgets.options import Options
from lifecycle_tui.tui.widgets.prose import padded
from lifecycle_tui.units.translation import tr, tr_later

ENDINGS: Final = (
    ("ok", "o", "ok", tr_later("the handler returns its answer")),
    ("error", "e", "error", tr_later("it raises; the environment stays warm")),
    ("slow", "s", "slow", tr_later("its handler takes three times as long")),
    ("timeout", "t", "timeout", tr_later("it takes a second longer than allowed")),
    ("exit", "x", "exit", tr_later("the runtime process ends")),
    ("oom", "m", tr_later("out of memory"), tr_later("the runtime process is killed")),
)
"""How an event may end: id, key, words, what happens."""

MOST: Final = 1_000
"""The largest burst."""


Row = tuple[str, str, str, str]
"""An answer, its key, its words, and what it does."""


class Menu(ModalScreen[str | None]):
    """Asks for one of a few answers, each with a key of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "cancel"),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._title = title
        self._rows = [(answer, key, tr(words), tr(what)) for answer, key, words, what in rows]
        self._words = max(cell_len(words) for _, _, words, _ in self._rows) + 1

    def compose(self) -> ComposeResult:
        """Show the menu."""
        with Vertical(id="question"):
            yield Static(Content.styled(self._title, "bold"))
            yield Options(
                *(
                    Option(
                        Content.assemble(
                            (key, "bold"), "  ", padded(words, self._words), (what, "dim")
                        ),
                        id=f"answer-{place}",
                    )
                    for place, (_, key, words, what) in enumerate(self._rows)
                )
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(self._rows[event.option_index][0])

    def on_key(self, event: events.Key) -> None:
        """Answer by a letter."""
        for answer, key, _, _ in self._rows:
            if event.key == key:
                event.stop()
                self.dismiss(answer)
                return

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_move(self, direction: int) -> None:
        """Move the highlight."""
        menu = self.query_one(OptionList)
        if direction > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()


class EndingMenu(Menu):
    """Asks how the event shall end."""

    def __init__(self) -> None:
        super().__init__(tr("Send an event that ends in"), ENDINGS)


class RolloutMenu(Menu):
    """Asks for the share of the events that a newer version gets."""

    def __init__(self, title: str, steps: Sequence[Step]) -> None:
        rows = [(str(step.weight), step.key, percent(step.weight), step.words) for step in steps]
        super().__init__(title, rows)


_ALLOWED: Final = tr_later("1 to 1,000; Enter sends, Esc cancels")


def burst_problem(text: str) -> str:
    """Say what is wrong with a number of events; nothing if it can be sent."""
    text = text.strip()
    if not text:
        return tr("type a number from 1 to 1,000")
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        return tr("{text} is too few: from 1 to 1,000", text=text)
    return tr("{text} is too many: from 1 to 1,000", text=text) if int(text) > MOST else ""


class BurstPrompt(ModalScreen[int | None]):
    """Asks how many events."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel")]

    def __init__(self, default: int = 5) -> None:
        super().__init__()
        self._default = default

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(id="question"):
            yield Static(Content.styled(tr("How many events at once?"), "bold"))
            yield Static(Content.styled(tr(_ALLOWED), "dim"))
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
