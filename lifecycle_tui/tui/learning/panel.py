"""The lesson's panel: the step that is played, in pages that fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.tui.learning.links import TERM, Links
from lifecycle_tui.tui.learning.text import Block, pages_of
from lifecycle_tui.tui.widgets.painted import Line
from lifecycle_tui.tui.widgets.pressable import Pressable


class LessonPanel(Pressable, can_focus=True):
    """Blocks of text, one page at a time."""

    DEFAULT_CSS: ClassVar[str] = "LessonPanel { height: 1fr; }"

    page: reactive[int] = reactive(0, repaint=False)
    """Which page is shown."""

    @dataclass
    class Asked(Message):
        """A word was clicked."""

        panel: LessonPanel
        term: str

        @property
        def control(self) -> LessonPanel:
            """The widget."""
            return self.panel

    def __init__(self, *, links: Links, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._links = links
        self._blocks: tuple[Block, ...] = ()
        self._turn = ""
        self._keeps = False
        self._key: object = None
        self.pages: tuple[tuple[Line, ...], ...] = ((),)
        """All pages."""

    @property
    def room(self) -> tuple[int, int]:
        """Cells of a line, and lines."""
        return max(self.content_size.width, 10), max(self.content_size.height, 1)

    def show(
        self, key: object, blocks: tuple[Block, ...], turn: str, *, keeps: bool = False
    ) -> None:
        """Show blocks.

        Args:
            key: of what they tell; another one begins with its first page.
            blocks: the text.
            turn: what is said of the next page.
            keeps: whether the last page keeps what fits of the one before.
        """
        if key != self._key:
            self._key = key
            self.set_reactive(LessonPanel.page, 0)
        self._blocks, self._turn, self._keeps = blocks, turn, keeps
        self._lay_out()

    def turn(self, direction: int) -> bool:
        """Go to the next or previous page; return whether there is one."""
        wanted = self.page + direction
        if not 0 <= wanted < len(self.pages):
            return False
        self.page = wanted
        return True

    @property
    def at_last(self) -> bool:
        """Whether the last page is shown."""
        return self.page + 1 >= len(self.pages)

    def to_last(self) -> None:
        """Show the last page: what is asked stands there."""
        self.page = len(self.pages) - 1

    def watch_page(self) -> None:
        """Show it."""
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Ask for the word under the pointer; a key is pressed as ever."""
        term = event.style.meta.get(TERM)
        if term:
            event.prevent_default()
            self.post_message(self.Asked(self, str(term)))

    def _lay_out(self) -> None:
        self.pages = pages_of(self._blocks, self.room[1], self._turn, keeps=self._keeps)
        if self.page >= len(self.pages):
            self.set_reactive(LessonPanel.page, len(self.pages) - 1)
        self.lines = self._links.on(self.pages[self.page])
