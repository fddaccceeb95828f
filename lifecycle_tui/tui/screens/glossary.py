"""The glossary over the main screen: the words on screen first, and what the chosen one means."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from lifecycle_tui.engine.rules import any_assumed
from lifecycle_tui.lessons.glossary import Glossary, Term
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import TextLine
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.tui.widgets.prose import wrap
from lifecycle_tui.units.translation import tr

_CLOSING: Final = ("escape", "g", "q")
"""Keys that close it; words with these letters are found by the capital."""


def ordered(glossary: Glossary, here: tuple[str, ...]) -> tuple[Term, ...]:
    """Return all words: those on screen in their order, then the others by the alphabet."""
    found = [term for name in here if (term := glossary.find(name)) is not None]
    first = tuple(dict.fromkeys(found))
    rest = (term for term in glossary.terms if term not in first)
    return (*first, *sorted(rest, key=_by_the_alphabet))


def _by_the_alphabet(term: Term) -> str:
    return term.term.lower().lstrip("/$")


def _first_letter(term: Term) -> str:
    return _by_the_alphabet(term)[:1]


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

    BINDINGS: ClassVar[list[BindingType]] = [Binding(",".join(_CLOSING), "close", "close")]
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
        keys = (("↑↓", tr("choose")), ("A-Z", tr("first letter")), ("Esc", tr("closes")))
        runs = [Run(f"{tr('Glossary')}   ", "strong")]
        for key, words in keys:
            runs += (Run(f"{key} ", "key"), Run(f"{words}   ", "dim"))
        self.query_one("#how", TextLine).lines = (tuple(runs),)
        self.watch(self.picks, "chosen", self._show, init=False)

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

    def on_key(self, event: events.Key) -> None:
        """A letter leads to the next word that begins with it."""
        letter = (event.character or "").lower()
        if not letter.isalpha() or event.key in _CLOSING:
            return
        here, count = self.picks.chosen, len(self._terms)
        order = [(here + step) % count for step in range(1, count + 1)]
        found = (n for n in order if _first_letter(self._terms[n]) == letter)
        self.picks.chosen = next(found, here)
        event.stop()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
