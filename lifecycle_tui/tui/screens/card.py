"""The reference card of a lesson, over the list of lessons."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from lifecycle_tui.lessons.model import Card, Lesson
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.units.translation import tr


def card_of(lesson: Lesson) -> Card | None:
    """Return the reference card of a lesson; None where it has none."""
    return next((block for _, block in lesson.blocks() if isinstance(block, Card)), None)


class CardScreen(ModalScreen[None]):
    """What a lesson leaves its learner.

    Args:
        card: it.
        skin: the glyphs.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,r,enter", "close", "close")]
    DEFAULT_CSS: ClassVar[str] = """
    CardScreen { align: center middle; }
    #card-box {
        width: 64; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        background: $raised; color: $ink; border: round $mark;
    }
    #card-box Painted { background: $raised; }
    App.-ascii #card-box { border: ascii $mark; }
    """

    def __init__(self, card: Card, skin: Skin) -> None:
        super().__init__()
        self._card = card
        self._skin = skin

    def compose(self) -> ComposeResult:
        """Show the card, and how it is closed."""
        lines: list[Line] = [(Run(self._card.title, "title"),), ()]
        lines += [(Run(line),) for line in self._card.lines]
        lines += [(), (Run("Esc ", "key"), Run(tr("closes"), "dim"))]
        with Vertical(id="card-box"):
            text = TextLine(skin=self._skin, ident="card")
            text.lines = tuple(lines)
            text.styles.height = len(lines)
            yield text

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
