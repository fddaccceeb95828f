"""A pane: a heading above a body, the shape of every area of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.heading import Heading
from lifecycle_tui.tui.widgets.painted import Line, Run


class Pane(Vertical):
    """A heading and a body."""

    DEFAULT_CSS: ClassVar[str] = """
    Pane { background: $paper; height: 1fr; width: 1fr; }
    Pane > .body { height: 1fr; padding: 0 1; }
    """

    def __init__(self, caption: str, body: Widget, *, skin: Skin, ident: str) -> None:
        super().__init__(id=ident, classes="pane")
        self._caption = caption
        self.heading = Heading(skin=skin)
        self.heading.left = (Run(caption, "strong"),)
        self.body = body
        body.add_class("body")

    def compose(self) -> ComposeResult:
        """Stack the two."""
        yield self.heading
        yield self.body

    def on_descendant_focus(self) -> None:
        """Light the heading."""
        self.heading.lit = True

    def on_descendant_blur(self) -> None:
        """Dim the heading."""
        self.heading.lit = False

    def caption(self, left: Line | None = None, right: Line | None = None) -> None:
        """Change what the heading says."""
        self.heading.left = (Run(self._caption, "strong"),) if left is None else left
        self.heading.right = right or ()
