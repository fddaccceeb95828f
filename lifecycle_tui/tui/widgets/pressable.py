"""Lines on which some words are keys: a click on one does what the key does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message

from lifecycle_tui.tui.widgets.painted import Painted


class Pressable(Painted):
    """Lines whose runs may carry the action of a key, as ``action`` in their meta."""

    DEFAULT_CSS: ClassVar[str] = "Pressable { height: 1; }"

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        widget: Pressable
        action: str

        @property
        def control(self) -> Pressable:
            """The widget."""
            return self.widget

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        action = event.style.meta.get("action")
        if action:
            self.post_message(self.Pressed(self, str(action)))
