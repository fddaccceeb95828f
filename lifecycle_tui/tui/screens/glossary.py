"""The glossary over the main screen: the words on screen first, and what the chosen one means."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen

from lifecycle_tui.engine.rules import any_assumed
from lifecycle_tui.lessons.glossary import Glossary, Term
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.tui.widgets.prose import wrap
from lifecycle_tui.units.translation import tr

_KEYS: Final = "gqjk"
"""Keys of this screen, which no word can begin with; inside one they are letters."""


def ordered(glossary: Glossary, here: tuple[str, ...]) -> tuple[Term, ...]:
    """Return all words: those on screen in their order, then the others by the alphabet."""
    found = [term for name in here if (term := glossary.find(name)) is not None]
    first = tuple(dict.fromkeys(found))
    rest = (term for term in glossary.terms if term not in first)
    return (*first, *sorted(rest, key=lambda term: term.term.lower().lstrip("/$")))


def sought(terms: tuple[Term, ...], text: str) -> int | None:
    """Return the place of the first word that begins with a text, else of one that has it."""
    names = [[name.lower() for name in (term.term, *term.also)] for term in terms]
    text = text.lower()
    begins = (n for n, some in enumerate(names) if any(name.startswith(text) for name in some))
    has = (n for n, some in enumerate(names) if any(text in name for name in some))
    return next(begins, next(has, None))


def meaning(term: Term, width: int) -> tuple[Line, ...]:
    """Return what a word means, in lines."""
    also = tr("also: {names}", names=", ".join(term.also)) if term.also else ""
    lines: list[Line] = [(Run(term.term, "title"),)]
    lines += [(Run(text),) for text in wrap(term.means, width)]
    if term.unlike:
        lines += [
            (Run(text, "dim"),)
            for text in wrap(tr("Not to be confused: {unlike}", unlike=term.unlike), width)
        ]
    if term.see:
        lines += [
            (Run(text, "dim"),) for text in wrap(tr("See: {see}", see=", ".join(term.see)), width)
        ]
    if also:
        lines += [(Run(text, "dim"),) for text in wrap(f"  {also}", width)]
    dagger = " †" if any_assumed(term.rules) else ""
    source = tr("a word of this program")
    if not term.ours:
        source = tr("rules {names}", names=", ".join(term.rules)) + dagger
    lines += [(Run(text, "dim"),) for text in wrap(source, width)]
    return tuple(lines)


class GlossaryScreen(ModalScreen[None]):
    """Words to choose from, and what the chosen one means.

    Args:
        glossary: all words.
        here: those on screen.
        term: the one that is asked for; empty: the first.
        skin: the glyphs.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,g,q", "close", "close")]
    DEFAULT_CSS: ClassVar[str] = """
    #glossary-box {
        width: 100%; max-width: 84; height: 100%; max-height: 24; padding: 0 1;
        background: $raised; color: $ink; border: round $mark;
    }
    #glossary-box Painted { background: $raised; }
    #glossary-box PickList { height: 1fr; }
    #glossary-box #meaning { height: 9; margin-top: 1; }
    App.-ascii #glossary-box { border: ascii $mark; }
    """

    def __init__(self, glossary: Glossary, here: tuple[str, ...], term: str, skin: Skin) -> None:
        super().__init__()
        self._terms = ordered(glossary, here)
        self._count = len(here)
        asked = glossary.find(term) if term else None
        self._first = self._terms.index(asked) if asked is not None else 0
        self._skin = skin
        self._typed = ""
        """What was typed to find a word."""
        self.picks = PickList(skin=skin, ident="words")

    def compose(self) -> ComposeResult:
        """Show the words above, the meaning below."""
        with Vertical(id="glossary-box"):
            yield TextLine(skin=self._skin, ident="how")
            yield self.picks
            yield TextLine(skin=self._skin, ident="meaning")

    def on_mount(self) -> None:
        """Point at the word that is asked for."""
        self.picks.focus()
        self._tell()
        self.watch(self.picks, "chosen", self._show, init=False)

    def on_key(self, event: Key) -> None:
        """Find a word by typing; the keys of the list are letters once one has begun."""
        typed = self._typed
        if event.key == "backspace":
            typed = typed[:-1]
        elif event.character and event.is_printable and (typed or event.character not in _KEYS):
            typed += event.character
        else:
            return
        event.stop()
        self._seek(typed)

    def _seek(self, typed: str) -> None:
        place = sought(self._terms, typed) if typed else None
        if place is not None:
            self.picks.chosen = place
        self._typed = typed
        self._tell(found=place is not None or not typed)

    def _tell(self, *, found: bool = True) -> None:
        """Say what can be done here, and what is looked for."""
        runs = [Run(f"{tr('Glossary')}   ", "strong")]
        if self._typed:
            runs += (Run(f"{self._typed}   ", "accent" if found else "refused"),)
        keys = (
            (tr("letters"), tr("find") if found else tr("find: no such word")),
            ("↑↓", tr("choose")),
            ("Esc", tr("clears") if self._typed else tr("closes")),
        )
        for key, words in keys:
            runs += (Run(f"{key} ", "key"), Run(f"{words}   ", "dim"))
        self.query_one("#how", TextLine).lines = (tuple(runs),)

    def on_resize(self) -> None:
        """Lay out anew."""
        self.picks.show([self._row(place) for place in range(len(self._terms))])
        self.call_after_refresh(self._point)

    def _point(self) -> None:
        self.picks.chosen = self._first
        self._show()

    def _row(self, place: int) -> Line:
        here = Run(f"  {tr('on screen')}", "dim") if place < self._count else Run("")
        return (Run(self._terms[place].term, "strong"), here)

    def _show(self) -> None:
        box = self.query_one("#meaning", TextLine)
        self._first = self.picks.chosen
        if self._terms:
            box.lines = meaning(self._terms[self._first], max(box.size.width - 1, 20))

    def action_close(self) -> None:
        """Let go of what was typed, else go back."""
        if self._typed:
            self._seek("")
        else:
            self.dismiss(None)
