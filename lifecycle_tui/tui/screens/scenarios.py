"""The scenarios that come with the program, to be opened in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lifecycle_tui.play.note import Note
from lifecycle_tui.scenario.catalogue import GROUPS, Shipped, shipped
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.widgets.bars import KeyBar, TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.tui.widgets.prose import fit

if TYPE_CHECKING:
    from lifecycle_tui.tui.app import LifecycleApp


class ScenarioList(Place):
    """All scenarios, by what they are about."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "app.quit", "back")]
    DEFAULT_CSS: ClassVar[str] = """
    ScenarioList { background: $paper; color: $ink; layout: vertical; overflow: hidden; }
    ScenarioList > #head { height: 3; padding: 1 2 0 2; }
    ScenarioList > PickList { height: 1fr; padding: 0 2; }
    """

    def __init__(self, app: LifecycleApp) -> None:
        super().__init__()
        self._program = app
        every = shipped()
        self._scenarios = [one for group in GROUPS for one in every if one.group == group]

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        skin = self._program.skin
        yield TextLine(skin=skin, ident="head")
        yield PickList(skin=skin, ident="list")
        yield KeyBar(skin=skin, ident="keys")

    def on_mount(self) -> None:
        """Let the keys come to the list."""
        self.query_one(PickList).focus()

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        head = (Run("Scenarios", "title"), Run(f"   {len(self._scenarios)} stories", "dim"))
        self.query_one("#head", TextLine).lines = (head,)
        width = self.size.width - 6
        self.query_one(PickList).show([_row(one, width) for one in self._scenarios])
        keys = (("Enter", "opens", "open"), ("Up Down", "choose", ""), ("q", "back", "app.quit"))
        self.query_one(KeyBar).show(keys)

    def action_open(self) -> None:
        """Open what is pointed at."""
        self.query_one(PickList).action_pick()

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        """Open a scenario."""
        from lifecycle_tui.sessions.opening import open_scenario

        saved = open_scenario(self._scenarios[message.place].name)
        self._program.open_over(saved.open(), Note("q goes back to the scenarios"))


def _row(one: Shipped, width: int) -> Line:
    return (
        Run(f"{fit(one.group, 12):<12}  ", "dim"),
        Run(fit(one.title, width - 14), "strong"),
    )
