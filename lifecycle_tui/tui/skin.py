"""The one table of looks: what each phase is called, its letter, its glyphs and its style's name.

A run of cells starts with its letter and goes on with its fill; the ASCII skin repeats the
letter. No two marks look alike in either skin, without any colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from rich.cells import cell_len

from lifecycle_tui.play.rows import BLANK, CUT, FAILED, FOLD, HERE
from lifecycle_tui.readings.model import Phase


@dataclass(frozen=True, slots=True)
class Look:
    """How one mark of a lane looks.

    Attributes:
        style: the name of its look in ``looks.LOOK_STYLES``.
        word: what it is called in the legend.
        first: its first cell.
        fill: its other cells.
        ascii: all its cells in the ASCII skin.
    """

    style: str
    word: str
    first: str
    fill: str
    ascii: str


LOOKS: Final[dict[str, Look]] = {
    Phase.PLACEMENT: Look("placement", "placement, code download", "·", "·", "."),
    Phase.EXTENSION_INIT: Look("extension", "extension init", "E", "░", "E"),
    Phase.RUNTIME_INIT: Look("runtime", "runtime init", "R", "▒", "R"),
    Phase.FUNCTION_INIT: Look("function", "function init", "F", "▓", "F"),
    Phase.INIT_WAIT: Look("extension", "init waits for an extension", "N", "╌", "N"),
    Phase.REINIT_EXTENSION: Look("re-extension", "re-init: extension", "e", "░", "e"),
    Phase.REINIT_RUNTIME: Look("re-runtime", "re-init: runtime", "r", "▒", "r"),
    Phase.REINIT_FUNCTION: Look("re-function", "re-init: function", "f", "▓", "f"),
    Phase.REINIT_WAIT: Look("re-extension", "re-init waits for an extension", "n", "╌", "n"),
    Phase.RESTORE_SNAPSHOT: Look("runtime", "restore: snapshot fetched and resumed", "T", "▖", "T"),
    Phase.RESTORE_HOOKS: Look(
        "function", "restore: runtime load, after-restore hooks", "A", "▙", "A"
    ),
    Phase.HANDLER: Look("handler", "handler", "H", "█", "H"),
    Phase.OVERHEAD: Look("overhead", "runtime overhead after the response", "O", "▂", "O"),
    Phase.EXTENSION_TAIL: Look("tail", "extension after the response", "X", "▞", "X"),
    Phase.READY: Look("ready", "READY: initialised, never invoked", "═", "═", "="),
    Phase.FROZEN: Look("frozen", "FROZEN: kept, nothing runs", "─", "─", "-"),
    Phase.RESET: Look("reset", "cut and RESET: time-out, crash, OOM", "!", "!", "!"),
    FAILED: Look("reset", "the handler reported an error", "x", "x", "x"),
    Phase.SHUTDOWN: Look("shutdown", "Shutdown", "S", "▚", "S"),
    FOLD: Look("fold", "idle time drawn short", "≈", "≈", ":"),
    HERE: Look("here", "goes on at the cursor", "▶", "▶", ">"),
    BLANK: Look("plain", "", " ", " ", " "),
}
"""By mark: a phase's letter, or one of the lane's other marks."""

assert Phase.RESET.value == CUT, "a cut and a reset are the same mark"

HEADS: Final[dict[str, tuple[str, str]]] = {
    "+": ("placement", "NEW"),
    "~": ("function", "INIT"),
    "T": ("function", "RESTORE"),
    "=": ("ready", "READY"),
    ">": ("handler", "INVOKE"),
    "*": ("frozen", "FROZEN"),
    "!": ("reset", "RESET"),
    "S": ("shutdown", "SHUTDOWN"),
    ".": ("gone", "GONE"),
}
"""By the mark of a lane's head: style and word."""

WORDS: Final[dict[str, str]] = {
    "COLD": "start-cold",
    "WARM": "start-warm",
    "PRE": "start-pre",
    "RE-INIT": "start-reinit",
    "RESTORED": "start-pre",
    "408": "refused",
    "429": "refused",
    "waiting": "start-cold",
    "sender": "dim",
    "given-up": "bad",
    "caught": "accent",
}
"""By start word, and by what a source's row says: style."""


@dataclass(frozen=True, slots=True)
class Skin:
    """A set of glyphs: the Unicode one or the ASCII one."""

    ascii_only: bool = False

    def cells(self, mark: str, length: int) -> str:
        """Return the glyphs of a run of cells."""
        look = LOOKS[mark]
        if self.ascii_only:
            return look.ascii * length
        return look.first + look.fill * (length - 1) if length else ""

    def bar(self, filled: int, width: int) -> tuple[str, str]:
        """Return the two parts of a progress bar."""
        full, empty = ("#", ".") if self.ascii_only else ("━", "─")
        filled = min(max(filled, 0), width)
        return full * filled, empty * (width - filled)

    def text(self, text: str) -> str:
        """Return a text of ours, in letters that the skin may use."""
        if not self.ascii_only:
            return text
        text = text.translate(_TO_ASCII)
        return text if text.isascii() else "".join(map(_plain, text))

    @property
    def rule(self) -> str:
        """The line of a heading."""
        return "-" if self.ascii_only else "─"

    @property
    def playhead(self) -> str:
        """The cursor's line through the rows of the time axis."""
        return "|" if self.ascii_only else "│"

    @property
    def focus(self) -> str:
        """The mark before the name of the pane that has the keys."""
        return ">" if self.ascii_only else "▸"

    @property
    def pointer(self) -> str:
        """The mark of a selected row."""
        return ">" if self.ascii_only else "▌"

    @property
    def foot(self) -> str:
        """The cursor on the ruler."""
        return "^" if self.ascii_only else "▲"


def _plain(letter: str) -> str:
    """Return a letter without its marks, in as many cells; ``?`` where none is like it."""
    if letter.isascii():
        return letter
    first = normalize("NFKD", letter)[0]
    return first if first.isascii() else "?" * cell_len(letter)


_TO_ASCII: Final = str.maketrans(
    {
        "·": "-", "†": "+", "–": "-", "—": "-", "…": "~", "‹": "<", "›": ">", "←": "<", "→": ">",
        "↑": "^", "↓": "v", "×": "x", "│": "|", "▲": "^", "▌": ">", "✗": "x", "╵": "|", "━": "=",
        "✓": "*", "↵": "Enter", "“": '"', "”": '"', "‘": "'", "’": "'", "≈": "~",
        "≥": ">=", "≤": "<=", "„": '"', "ß": "s", "æ": "e", "ø": "o", "œ": "e",
    }
)  # fmt: skip
