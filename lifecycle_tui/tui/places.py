"""Places: the screens one goes to and comes back from, unlike the questions that lie over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from lifecycle_tui.tui.actions import Action

if TYPE_CHECKING:
    from lifecycle_tui.play.note import Note


class Place(Screen[None]):
    """A screen where one is."""

    offers: ClassVar[tuple[Action, ...]] = ()
    """What the command palette offers there."""
    takes_lines: ClassVar[bool] = False
    """Whether some of its keys open a line to type in."""

    def did(self, note: Note | None) -> None:
        """Show what came of something."""

    def carry_out(self) -> None:
        """Do what was announced and not done yet."""

    def lets(self, name: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002 - for others
        """Whether an action may be done now; if not, say why on screen."""
        return True
