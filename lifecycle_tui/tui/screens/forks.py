"""The list of forks: which there are, what each did otherwise; show, name, delete one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lifecycle_tui.play.branches import LONGEST_NAME, Branch, name_problem
from lifecycle_tui.play.commands import describe
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.widgets.options import Options
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.translation import tr, tr_later, tr_many

_HINT: Final = tr_later("Enter shows it · x compares · f new · r rename · d delete · Esc")
_ROOM: Final = 66
"""Cells of what stands above the list."""
_WIDTH: Final = 63
"""Cells of a row."""
_OTHERS: Final = 12
"""Rows of everything beside the list: the frame, what stands above it, the line for a name."""


def depth(branch: Branch, parents: dict[str, str | None]) -> int:
    """Return how many branches stand above one."""
    count, parent = 0, branch.parent
    while parent is not None:
        count, parent = count + 1, parents.get(parent)
    return count


def family(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Return branches so that each stands below the one it was forked from."""
    found: list[Branch] = []

    def add(parent: str | None) -> None:
        for branch in branches:
            if branch.parent == parent:
                found.append(branch)
                add(branch.name)

    add(None)
    return tuple(found)


def deeds(branch: Branch) -> str:
    """Say what a branch did otherwise, in a few words."""
    if branch.parent is None:
        count = len(branch.steps)
        return tr_many("{count} step", "{count} steps", count)
    since = moment_words(branch.forked_at_us)
    otherwise = [tr("another setting")] if branch.variations else []
    told = ", ".join([*otherwise, *(describe(step) for step in branch.own)])
    if told:
        return tr("from {moment}: {deeds}", moment=since, deeds=told)
    return tr("from {moment}, nothing done yet", moment=since)


def fork_row(branch: Branch, parents: dict[str, str | None], *, shown: bool) -> Content:
    """Return a row of the list; a mark says which branch is shown."""
    mark = "> " if shown else "  "
    name = "  " * min(depth(branch, parents), 6) + branch.name
    room = max(_WIDTH - len(mark) - len(name) - 2, 8)
    return Content.assemble((mark, "bold"), (name, "bold"), "  ", (fit(deeds(branch), room), "dim"))


class ForkList(ModalScreen[Note | None]):
    """Shows the forks; dismissed with what was done last.

    Args:
        session: whose forks.
        compare: begins the comparison with a branch.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,B", "leave", "close"),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
        Binding("f", "new", "new fork"),
        Binding("r", "ask_name", "rename"),
        Binding("d", "ask_delete", "delete"),
        Binding("x", "compare", "compare"),
    ]

    def __init__(self, session: Session, compare: Callable[[str], Note | None]) -> None:
        super().__init__()
        self._session = session
        self._compare = compare
        self._condemned = ""
        """The branch that is deleted if ``d`` is pressed again."""

    def compose(self) -> ComposeResult:
        """Show the list, and a line for names."""
        with Vertical(id="question", classes="forks"):
            yield Static(Content.styled(tr("Forks of this story"), "bold"))
            yield Static(Content.styled(fit(tr(_HINT), _ROOM), "dim"))
            yield Options(id="forks")
            box = Input(max_length=LONGEST_NAME, select_on_focus=True, id="new-name")
            box.cursor_blink = False
            box.display = False
            yield box
            yield Static(Content(""), id="problem")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill(self._session.branch.name)

    def _fill(self, chosen: str) -> None:
        menu = self.query_one("#forks", OptionList)
        branches = family(self._session.branches)
        parents = {branch.name: branch.parent for branch in branches}
        mine = self._session.branch.name
        menu.set_options(
            Option(fork_row(branch, parents, shown=branch.name == mine), id=branch.name)
            for branch in branches
        )
        self._lay_out()
        names = [branch.name for branch in branches]
        menu.highlighted = names.index(chosen) if chosen in names else 0
        menu.focus()

    def on_resize(self) -> None:
        """Give the list the rows there are."""
        self._lay_out()

    def _lay_out(self) -> None:
        # With an automatic height the frame around the list would be as high as all of it.
        menu = self.query_one("#forks", OptionList)
        menu.styles.height = max(min(menu.option_count, self.app.size.height - _OTHERS), 1)

    @property
    def _chosen(self) -> str:
        menu = self.query_one("#forks", OptionList)
        option = menu.highlighted_option
        return str(option.id) if option is not None else self._session.branch.name

    def _say(self, words: str) -> None:
        self.query_one("#problem", Static).update(Content(words))

    def on_option_list_option_highlighted(self) -> None:
        """Forget a deletion that was asked for."""
        if self._condemned and self._condemned != self._chosen:
            self._condemned = ""
            self._say("")

    def on_option_list_option_selected(self) -> None:
        """Show the chosen branch."""
        chosen = self._chosen
        same = chosen == self._session.branch.name
        self.dismiss(None if same else self._session.switch(chosen))

    def action_move(self, direction: int) -> None:
        """Move the highlight."""
        menu = self.query_one("#forks", OptionList)
        if direction > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()

    def action_new(self) -> None:
        """Fork what is shown, at the cursor."""
        self.dismiss(self._session.fork())

    def action_compare(self) -> None:
        """Compare what is shown with the chosen branch."""
        if self._chosen == self._session.branch.name:
            self._say(tr("choose another one than what is shown"))
            return
        self.dismiss(self._compare(self._chosen))

    def action_ask_delete(self) -> None:
        """Delete the chosen branch; asks first."""
        chosen = self._chosen
        if self._condemned != chosen:
            branch = next(one for one in self._session.branches if one.name == chosen)
            if branch.parent is None:
                self._say(tr("{chosen} is no fork: it stays", chosen=chosen))
                return
            self._condemned = chosen
            self._say(tr("d again deletes {chosen} for good", chosen=chosen))
            return
        self._condemned = ""
        note = self._session.delete(chosen)
        self._fill(self._session.branch.name)
        self._say(note.text)

    def action_ask_name(self) -> None:
        """Ask for another name."""
        box = self.query_one("#new-name", Input)
        box.display = True
        box.value = self._chosen
        box.focus()
        self._say(tr("Enter renames, Esc leaves it"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Rename, or say what is wrong."""
        old, new = self._chosen, event.value.strip()
        names = [branch.name for branch in self._session.branches]
        problem = "" if old == new else name_problem(new, names)
        if problem:
            self._say(problem)
            return
        event.input.display = False
        note = self._session.rename(old, new)
        self._fill(new)
        self._say("" if note.refused else note.text)

    def action_leave(self) -> None:
        """Leave the name as it is, else close."""
        box = self.query_one("#new-name", Input)
        if box.display:
            box.display = False
            self._fill(self._chosen)
            self._say("")
            return
        self.dismiss(None)
