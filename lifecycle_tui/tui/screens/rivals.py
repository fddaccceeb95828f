"""What a story without forks is compared with: itself under other rules, or set otherwise."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lifecycle_tui.play.branches import Variation
from lifecycle_tui.play.rule_dates import DATES
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.widgets.config_fields import FIELDS
from lifecycle_tui.tui.widgets.options import Options
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.translation import tr, tr_later


class Rival(NamedTuple):
    """One thing to compare with."""

    name: str
    """Of the branch that is made for it."""
    words: str
    rules_date: str | None = None
    variation: Variation | None = None


def rivals(session: Session) -> tuple[Rival, ...]:
    """Return what the current run can be compared with: two rule dates, then single settings."""
    found = [
        Rival(
            f"rules-{date[:4]}",
            tr("the same under the rules of {date}", date=date[:4]),
            rules_date=date,
        )
        for date in DATES
        if date != session.plan.rules_date
    ]
    plan, present = session.base.functions[session.function], session.function_at_cursor()
    for field in FIELDS:
        for direction in (1, -1):
            changed = field.moved(plan, direction)
            if field.id not in _OFFERED or changed == plan:
                continue
            was, now = field.show(field.read(plan)), field.show(field.read(changed))
            name = f"{field.title}-{now}".replace(" ", "")
            changes = tuple((each, getattr(changed, each)) for each in field.changes)
            words = tr_later("{field} {now} instead of {was}")
            if field.read(present) != field.read(plan):
                words = tr_later("{field} {now} instead of {was} at the start")
            told = tr(words, field=tr(field.title), now=now, was=was)
            found.append(Rival(name, told, variation=Variation(session.function, changes)))
    return tuple(found)


_WIDTH: Final = 58
"""Cells of a row."""
_OFFERED: Final = ("timeout_us", "memory_mb", "provisioned_concurrency")
"""Settings that are offered one notch up and down."""


class RivalMenu(ModalScreen[str | None]):
    """Asks what to compare with, and makes the branch for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,x", "leave", "close"),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rivals = rivals(session)

    def compose(self) -> ComposeResult:
        """Show the menu."""
        with Vertical(id="question", classes="rivals"):
            yield Static(Content.styled(tr("Compare this run with"), "bold"))
            hint = tr("acting in the past makes a fork to compare with, too")
            yield Static(Content.styled(fit(hint, _WIDTH), "dim"))
            yield Options(*(Option(Content(fit(one.words, _WIDTH))) for one in self._rivals))
            yield Static(Content(""), id="problem")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Make the branch and compare."""
        one = self._rivals[event.option_index]
        variations = () if one.variation is None else (one.variation,)
        note = self._session.variant(one.name, *variations, rules_date=one.rules_date)
        if note is None:
            self.dismiss(one.name)
        else:
            self.query_one("#problem", Static).update(Content(note.text))

    def action_move(self, direction: int) -> None:
        """Move the highlight."""
        menu = self.query_one(OptionList)
        if direction > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()

    def action_leave(self) -> None:
        """Compare nothing."""
        self.dismiss(None)
