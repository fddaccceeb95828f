"""The permalink of a session: copied, and shown so that it can be copied by hand."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.sessions.permalink import write_permalink
from lifecycle_tui.sessions.saved import NoOriginError, Saved
from lifecycle_tui.sessions.writing import CannotSaveError
from lifecycle_tui.tui.screens.help import HelpText
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import wrap
from lifecycle_tui.units.text import format_count
from lifecycle_tui.units.translation import tr, tr_later

_ABOVE: Final = tr_later(
    "This opens the session as it is now, forks and all, on any machine with lifecycle-tui."
    " It was sent to the clipboard, which some terminals do not allow; then select it here (in"
    " some terminals with Shift). Line breaks in it do not matter."
)
_BELOW: Final = "lifecycle-tui play '…'  or  :load …"


def link_lines(link: str, width: int) -> tuple[Line, ...]:
    """Return what is shown of a permalink at a width."""
    characters = tr("{count} characters", count=format_count(len(link)))
    rows = [link[start : start + width] for start in range(0, len(link), width)]
    return (
        (Run(tr("Permalink"), "title"), Run(f"  {characters}", "dim"),
         Run("   Esc ", "key"), Run(tr("closes"), "dim")),
        (),
        *((Run(line, "dim"),) for line in wrap(tr(_ABOVE), width)),
        (),
        *((Run(row),) for row in rows),
        (),
        (Run(f"{tr('Open it with')}  ", "dim"), Run(_BELOW)),
    )  # fmt: skip


class LinkText(HelpText):
    """The scrolling text of a permalink."""

    def __init__(self, link: str, *, skin: Skin) -> None:
        super().__init__(skin=skin)
        self._link = link

    def laid_out(self, width: int) -> tuple[Line, ...]:
        """Return the text at a width."""
        return link_lines(self._link, width)


class LinkScreen(ModalScreen[None]):
    """Shows a permalink, and sends it to the clipboard."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,y,enter", "close", "close")]

    def __init__(self, link: str, skin: Skin) -> None:
        super().__init__()
        self._link = link
        self._skin = skin

    def compose(self) -> ComposeResult:
        """Show the text."""
        with Vertical(id="help-box"):
            yield LinkText(self._link, skin=self._skin)

    def on_mount(self) -> None:
        """Send it to the clipboard."""
        self.app.copy_to_clipboard(self._link)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def link_screen(session: Session, skin: Skin) -> LinkScreen | Note:
    """Return the screen of a session's permalink, or why there is none."""
    try:
        link = write_permalink(Saved.of(session))
    except (CannotSaveError, NoOriginError) as error:
        return Note(str(error), refused=True)
    return LinkScreen(link, skin)
