"""The help: every key from the table of actions, and what the letters mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from lifecycle_tui.play.rows import BLANK
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.tui.actions import Action, groups
from lifecycle_tui.tui.skin import HEADS, LOOKS, Skin
from lifecycle_tui.tui.widgets.overview import SIGNS
from lifecycle_tui.tui.widgets.overview import WORDS as OVERVIEW_WORDS
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import fit, wrap
from lifecycle_tui.units.translation import tr, tr_later

WORDS = (
    ("COLD", "start-cold", tr_later("the caller waited for a new environment: placement and Init")),
    ("WARM", "start-warm", tr_later("an environment that was frozen and free was thawed")),
    ("PRE", "start-pre", tr_later("the first event on an environment initialised ahead of it")),
    (
        "RESTORED",
        "start-pre",
        tr_later("the caller waited for a new environment, restored from a snapshot"),
    ),
    (
        "RE-INIT",
        "start-reinit",
        tr_later("the environment was reset: Init runs again, inside Invoke"),
    ),
    ("429", "refused", tr_later("throttled: no environment was free and none could be made")),
    ("408", "refused", tr_later("failed before it began: after-restore hooks took more than 10 s")),
)


TERMS = (
    (
        "OD",
        tr_later("on demand: the environment was made because an event needed it, or ahead of one"),
    ),
    ("PC", tr_later("provisioned concurrency: so many environments are kept ready, and paid for")),
    (
        "SS",
        tr_later("SnapStart: the environment is restored from a snapshot instead of initialised"),
    ),
    (
        "RC",
        tr_later(
            "reserved concurrency: the function may use so many at once, and no other may take them"
        ),
    ),
    (
        "Init",
        tr_later("what runs once in a new environment: extensions (E), runtime (R), function (F)"),
    ),
    (
        "Next",
        tr_later("the call by which runtime and extensions say that they are ready for an event"),
    ),
    (
        "FROZEN",
        tr_later("after the last Next nothing runs until an event comes; memory and /tmp are kept"),
    ),
    ("WARP x60", tr_later("idle time passes quickly now: 60 seconds in each second of yours")),
    ("2-3", tr_later("in the event row: events 2 and 3, which came together")),
    ("7+2", tr_later("event 7 and two others: some of them were tried again")),
    ("x3", tr_later("three events that came together, where there is no room for their numbers")),
    (
        "event",
        tr_later("the time axis: idle time is drawn short, the rest at true scale; z changes it"),
    ),
    ("wall", tr_later("the time axis: true scale, nothing is drawn short")),
    (
        "log",
        tr_later("the time axis: how long after the last input that came when nothing was busy"),
    ),
    ("'", tr_later("events, where there is no room for anything else")),
    (
        "12 + #",
        tr_later("in a source's row: so many events held back; + is 10 or more, # 100 or more"),
    ),
    (
        "D",
        tr_later("an event was given up: to the dead-letter queue or destination, if there is one"),
    ),
    (
        "PREDICT",
        tr_later(
            "with P on: 1 to 4 choose, then a, b or c; right 1 (certain 2), wrong 0 (certain -1)"
        ),
    ),
    ("G", tr_later("API Gateway gave up waiting (504); the invocation goes on")),
    ("C", tr_later("a state machine caught the error")),
)


def help_lines(width: int, skin: Skin, ours: tuple[Action, ...] = ()) -> tuple[Line, ...]:
    """Return the help: two columns of keys where they fit, then the legend.

    Args:
        width: cells of a line.
        skin: the letters that may be used.
        ours: keys of the place where one is, above all others.
    """
    lines: list[Line] = [_how_to_read(), (), *_of_the_place(ours, width)]
    left: list[Line] = []
    right: list[Line] = []
    for place, (group, actions) in enumerate(groups().items()):
        column = left if place in (0, 1, 5) else right
        if column:
            column.append(())
        column.append((Run(tr(group), "title"),))
        for action in actions:
            runs = [Run(f"{action.shown:<12}", "key"), Run(tr(action.title))]
            if width >= 130:
                room = width // 2 - width_of(runs) - 4
                runs.append(Run(f"  {fit(tr(action.help), room)}", "dim"))
            column.append(tuple(runs))
    if width >= 74:
        half = width // 2
        for place in range(max(len(left), len(right))):
            first = left[place] if place < len(left) else ()
            second = right[place] if place < len(right) else ()
            lines.append((*first, Run(" " * max(half - width_of(first), 1)), *second))
    else:
        lines += [*left, (), *right]
    lines += [(), (Run(tr("What the lanes show"), "title"),)]
    for mark, look in LOOKS.items():
        if mark != BLANK:
            lines.append(_legend(mark, tr(look.word), look.style, skin))
    lines += [(), (Run(tr("Before each lane"), "title"),)]
    heads = [(Run(f"{mark} ", "key"), Run(f"{word:<10}")) for mark, (_, word) in HEADS.items()]
    for start in range(0, len(heads), 4):
        lines.append(tuple(run for pair in heads[start : start + 4] for run in pair))
    lines += [(), (Run(tr("The whole run, below the ruler or in the heading"), "title"),)]
    lines += _overview(skin)
    lines += [(), (Run(tr("How an event starts"), "title"),)]
    for word, colour, text in WORDS:
        lines += _term(word, colour, tr(text), width)
    lines += [(), (Run(tr("Words"), "title"),)]
    for word, text in TERMS:
        lines += _term(word, "strong", tr(text), width)
    lines += [
        (),
        (Run("† ", "assumed"), Run(tr("assumed: AWS does not publish this rule or number"))),
        (Run(tr("Select text with the mouse; in some terminals hold Shift."), "dim"),),
    ]
    return tuple(lines)


def _how_to_read() -> Line:
    pairs = (("↓", tr("more: what letters and words mean")), ("Esc", tr("closes")))
    return tuple(
        run for key, words in pairs for run in (Run(f"{key} ", "key"), Run(f"{words}   ", "dim"))
    )


def _of_the_place(ours: tuple[Action, ...], width: int) -> list[Line]:
    """Return the keys of the place where one is."""
    lines: list[Line] = []
    for action in ours:
        lines += _term(action.shown, "key", f"{action.title}: {action.help}", width, indent=14)
    return [*lines, ()] if lines else []


def _term(word: str, look: str, text: str, width: int, indent: int = 10) -> list[Line]:
    """Return a word and what it means."""
    first, *others = wrap(text, width - indent)
    return [
        (Run(f"{word:<{indent}}", look), Run(first)),
        *((Run(" " * indent), Run(other)) for other in others),
    ]


def _legend(mark: str, word: str, style: str, skin: Skin) -> Line:
    glyphs = skin.cells(mark, 3)
    fill = "" if skin.ascii_only or mark == ">" else "-fill"
    letter = f"  {mark}  " if mark in tuple(Phase) else "     "
    return (Run(" "), Run(glyphs[0], style), Run(glyphs[1:], f"{style}{fill}"),
            Run(letter, "strong"), Run(word))  # fmt: skip


def _overview(skin: Skin) -> list[Line]:
    found: list[Line] = []
    for sign, text in OVERVIEW_WORDS.items():
        glyph, look = SIGNS[sign]
        shown = sign if skin.ascii_only else glyph
        found.append((Run(" "), Run(shown * 3, look), Run("     "), Run(tr(text))))
    return found


class HelpText(Painted, can_focus=True):
    """The scrolling text of the help."""

    DEFAULT_CSS: ClassVar[str] = "HelpText { overflow-y: auto; height: 1fr; }"

    first: tuple[Action, ...] = ()
    """Keys that come before all others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "up", show=False),
        Binding("down,j", "scroll_down", "down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown,space", "page_down", "page down", show=False),
        Binding("home", "scroll_home", "top", show=False),
        Binding("end", "scroll_end", "bottom", show=False),
    ]

    def on_resize(self) -> None:
        """Lay out anew."""
        self.lines = self.laid_out(max(self.container_size.width - 1, 1))

    def laid_out(self, width: int) -> tuple[Line, ...]:
        """Return the text at a width."""
        return help_lines(width, self.skin, self.first)


class HelpScreen(ModalScreen[None]):
    """Every key, and what the letters mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "close", "close")
    ]

    def __init__(self, skin: Skin, first: tuple[Action, ...] = ()) -> None:
        """Make the screen.

        Args:
            skin: the letters that may be used.
            first: keys of the place where one is, above all others.
        """
        super().__init__()
        self._skin = skin
        self._first = first

    def compose(self) -> ComposeResult:
        """Show the text."""
        with Vertical(id="help-box"):
            text = HelpText(skin=self._skin)
            text.first = self._first
            yield text

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
