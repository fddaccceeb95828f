"""The command line: one line at the bottom, with completion, history and a caret under errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from lifecycle_tui.language.completion import Completion, complete, completed
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.grammar import BY_WORD
from lifecycle_tui.language.running import LineError, read_line
from lifecycle_tui.language.verbs import LONGEST_LINE, Statement
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.history import History
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import fit, wrap
from lifecycle_tui.units.text import clean
from lifecycle_tui.units.translation import tr, tr_later

_MOST_OFFERS: Final = 8
_MOST_WORDS: Final = 3
_NAME: Final = 26
"""Cells of the names of what is offered."""
_HINT: Final = tr_later("Tab completes · Up what was typed before · Enter does it · Esc leaves")


class Given(NamedTuple):
    """What was typed, and what it says."""

    text: str
    statement: Statement


class LineInput(Input):
    """The line itself. What is pasted may hold anything; what is shown holds no control codes."""

    def validate_value(self, value: str) -> str:
        """Make a text safe to show."""
        return value if value.isprintable() else clean(value, LONGEST_LINE)


class CommandScreen(ModalScreen[Given | None]):
    """Asks for a line, and is dismissed with what it says.

    Args:
        session: whose line it is.
        skin: the glyphs.
        history: what was typed before.
        ready: hears when keys are taken.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", priority=True),
        Binding("tab", "offer(1)", "complete", priority=True),
        Binding("shift+tab", "offer(-1)", "complete", priority=True),
        Binding("up", "up", "earlier", priority=True),
        Binding("down", "down", "later", priority=True),
    ]

    DEFAULT_CSS: ClassVar[str] = """
    #command-box { width: 100%; height: auto; background: $raised; color: $ink; }
    #command-box TextLine { background: $raised; display: none; }
    #command-line { height: 1; }
    #command-line Static { width: 1; color: $mark; text-style: bold; }
    #command-line Input {
        width: 1fr; height: 1; border: none; padding: 0; background: $raised; color: $ink;
    }
    """

    def __init__(
        self, session: Session, skin: Skin, history: History, ready: Callable[[], None]
    ) -> None:
        super().__init__()
        self._ready = ready
        self._session = session
        self._skin = skin
        self._history = history
        self._scene = Context.completing(session)
        self._offers: list[Completion] = []
        self._chosen = -1
        """Which offer stands in the line; -1 for none."""
        self._typed = ("", 0)
        """The line and the cursor before an offer was chosen."""
        self._back = 0
        """How many lines back in the history; 0 is the line that is being typed."""
        self._draft = ""
        self._ours = ""
        """What we put into the line ourselves, which is not typing."""
        self._error: LineError | None = None

    def compose(self) -> ComposeResult:
        """Show the line; offers stand above it, what is wrong below."""
        with Vertical(id="command-box"):
            yield TextLine(skin=self._skin, ident="command-offers")
            with Horizontal(id="command-line"):
                yield Static(Content(":"))
                box = LineInput(max_length=LONGEST_LINE, select_on_focus=False)
                box.cursor_blink = False
                yield box
            yield TextLine(skin=self._skin, ident="command-problem")

    def on_mount(self) -> None:
        """Offer all verbs, and let the keys come."""
        self._box.focus()
        self._look()
        self.call_after_refresh(self._ready)

    @property
    def _box(self) -> Input:
        return self.query_one(Input)

    # Typing.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits now, and say no longer what was wrong."""
        if event.value == self._ours:
            return
        self._ours = ""
        self._back = 0
        self._look()

    def _look(self) -> None:
        box = self._box
        self._error = None
        self._chosen = -1
        self._typed = (box.value, box.cursor_position)
        self._offers = complete(box.value, box.cursor_position, self._scene)
        self._show()

    def _put(self, text: str, cursor: int) -> None:
        """Put a text into the line."""
        self._ours = text
        box = self._box
        box.value = text
        box.cursor_position = cursor

    def action_offer(self, direction: int) -> None:
        """Put the next or previous offer into the line."""
        if self._chosen < 0:
            self._look()
        if not self._offers:
            return
        start = -1 if direction > 0 else 0
        chosen = (self._chosen if self._chosen >= 0 else start) + direction
        self._chosen = chosen % len(self._offers)
        text, cursor = completed(*self._typed, self._offers[self._chosen].text)
        self._put(text, cursor)
        if len(self._offers) == 1:
            self._ours = text
            self._look()
        else:
            self._show()

    def action_up(self) -> None:
        """Go up in the offers while one of them is chosen; else to what was typed before."""
        if self._chosen >= 0:
            self.action_offer(-1)
        else:
            self._recall(+1)

    def action_down(self) -> None:
        """Go down in the offers, or back to what was typed later."""
        if self._chosen >= 0:
            self.action_offer(+1)
        else:
            self._recall(-1)

    def _recall(self, direction: int) -> None:
        lines = self._history.lines
        back = min(max(self._back + direction, 0), len(lines))
        if back == self._back:
            return
        if self._back == 0:
            self._draft = self._box.value
        self._back = back
        text = lines[-back] if back else self._draft
        self._put(text, len(text))
        self._typed = (text, len(text))
        self._error = None
        self._offers = []
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Be dismissed with what the line says; or say what is wrong with it."""
        text = event.value
        if not text.strip():
            self.dismiss(None)
            return
        try:
            statement = read_line(self._session, text)
        except LineError as error:
            self._error = error
            self._offers = []
            self._show()
            return
        self._history.add(text)
        self.dismiss(Given(text, statement))

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)

    # Showing.

    def on_resize(self) -> None:
        """Lay out anew."""
        self._show()

    def _show(self) -> None:
        width, height = self.app.size
        room = max(height - 2, 0)
        problem = self._problem(width)[:room]
        self._fill("#command-problem", problem)
        self._fill("#command-offers", self._listed(width, min(room - len(problem), _MOST_OFFERS)))

    def _fill(self, ident: str, lines: tuple[Line, ...]) -> None:
        widget = self.query_one(ident, TextLine)
        widget.styles.height = max(len(lines), 1)
        widget.display = bool(lines)
        widget.lines = lines

    def _listed(self, width: int, room: int) -> tuple[Line, ...]:
        """Return what is offered, and how the verb is written, in so many lines."""
        if room < 1:
            return ()
        lines: list[Line] = []
        words = self._typed[0].split(maxsplit=1)
        verb = BY_WORD.get(words[0]) if words else None
        if verb is not None and self._typed[0][len(words[0]) :]:
            lines.append((Run(f" {fit(verb.usage, width - 2)}", "dim"),))
        elif not words:
            lines.append((Run(f" {fit(tr(_HINT), width - 2)}", "dim"),))
        most = room - len(lines)
        if len(self._offers) > most > 1:
            most -= 1
        first = max(min(self._chosen - most // 2, len(self._offers) - most), 0)
        shown = self._offers[first : first + most]
        lines += [
            _row(one, width, chosen=first + place == self._chosen)
            for place, one in enumerate(shown)
        ]
        hidden = len(self._offers) - len(shown)
        if hidden and len(lines) < room:
            lines.append((Run(f"  {tr('… {count} more', count=hidden)}", "dim"),))
        return tuple(lines)

    def _problem(self, width: int) -> tuple[Line, ...]:
        """Return a caret under the column of what is wrong, and what to write instead."""
        if self._error is None:
            return ()
        box = self._box
        column = 1 + max(self._error.column - int(box.scroll_offset.x), 0)
        caret = (Run(" " * min(column, width - 1) + "^", "bad"),)
        told = wrap(self._error.message, width - 2)
        if len(told) > _MOST_WORDS:
            told = [*told[: _MOST_WORDS - 1], fit(" ".join(told[_MOST_WORDS - 1 :]), width - 2)]
        return (caret, *((Run(f" {line}"),) for line in told))


def _row(offer: Completion, width: int, *, chosen: bool) -> Line:
    """Return one line of what is offered; a mark says which one stands in the line."""
    mark = Run("> " if chosen else "  ", "accent")
    name = fit(offer.text, width - 3)
    room = width - 3 - max(len(name), _NAME) - 1
    told = fit(tr(offer.help), room) if room > 10 else ""
    return (mark, Run(f"{name:<{_NAME}}", "strong" if chosen else "key"), Run(f" {told}", "dim"))
