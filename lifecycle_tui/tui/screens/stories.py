"""A list of stories that come with the program, of which one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.widgets.bars import KeyBar, TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.units.translation import tr

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp


class StoryList(Place):
    """Stories, a line each; Enter opens one.

    Args:
        app: the program.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "app.quit", "back")]
    DEFAULT_CSS: ClassVar[str] = """
    StoryList { background: $paper; color: $ink; layout: vertical; overflow: hidden; }
    StoryList > #head { height: 3; padding: 1 2 0 2; }
    StoryList > PickList { height: 1fr; padding: 0 2; }
    """

    def __init__(self, app: LifecycleApp) -> None:
        super().__init__()
        self.program = app

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        skin = self.program.skin
        yield TextLine(skin=skin, ident="head")
        yield PickList(skin=skin, ident="list")
        yield KeyBar(skin=skin, ident="keys")

    # What each list has of its own.

    @property
    def heading(self) -> tuple[str, str]:
        """What is listed, and how many."""
        raise NotImplementedError

    def rows(self, width: int) -> Sequence[Line]:
        """Return a line for each story.

        Args:
            width: cells that there are for one.
        """
        raise NotImplementedError

    def open(self, place: int) -> None:
        """Open one of them.

        Args:
            place: which, from 0.
        """
        raise NotImplementedError

    # What all have.

    def on_mount(self) -> None:
        """Let the keys come to the list."""
        self.query_one(PickList).focus()

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self._show)

    def on_screen_resume(self) -> None:
        """Show what has changed while one was away."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        title, count = self.heading
        head = (Run(title, "title"), Run(f"   {count}", "dim"))
        self.query_one("#head", TextLine).lines = (head,)
        self.query_one(PickList).show(self.rows(self.size.width - 6))
        keys = (
            ("Enter", tr("opens"), "open"),
            ("Up Down", tr("choose"), ""),
            ("q", tr("back"), "app.quit"),
        )
        self.query_one(KeyBar).show(keys)

    def action_open(self) -> None:
        """Open what is pointed at."""
        self.query_one(PickList).action_pick()

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        """Open a story."""
        self.open(message.place)
