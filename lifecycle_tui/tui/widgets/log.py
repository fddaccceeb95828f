"""The log pane: what CloudWatch Logs would hold by now, the newest at the bottom."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from lifecycle_tui.readings.model import LogLine
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import moment, part
from lifecycle_tui.units.translation import tr

_REQUEST_ID: Final = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


HEAD: Final = 15
"""Cells before the text: time and environment. They stay when the text is moved sideways."""
STEP: Final = 10
"""Cells that a key moves the text by."""


def log_text(line: LogLine, width: int) -> str:
    """Return the text of a line; where it does not fit, its request id is shortened."""
    text = line.text.replace("\t", "  ")
    if cell_len(text) + HEAD > width:
        text = _REQUEST_ID.sub(r"\1…", text)
    return text


def log_row(line: LogLine, width: int, shift: int = 0) -> Line:
    """Return one line of the log; ``…`` stands where it is cut.

    Args:
        line: what was logged.
        width: cells there are.
        shift: cells of the text that are left of its first visible one.
    """
    who = "429 " if line.environment < 0 else f"e{line.environment + 1:<3}"
    text = part(log_text(line, width), shift, width - HEAD)
    word, gap, rest = text.partition(" ")
    look = {"REPORT": "strong", "INIT_REPORT": "strong", "RESTORE_REPORT": "strong"}.get(
        word, "plain"
    )
    failed = "Status: timeout" in line.text or "Status: error" in line.text
    if line.environment < 0 or failed:
        look = "bad"
    return (
        Run(f"{moment(line.time_us):>9} ", "dim"),
        Run(f"{who} ", "refused" if line.environment < 0 else "accent"),
        Run(word, look),
        Run(gap + rest),
    )


class Log(Painted, can_focus=True):
    """Lines up to the cursor; it stays at the newest until it is scrolled back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "back(1)", "one line back", show=False),
        Binding("down,j", "back(-1)", "one line on", show=False),
        Binding("left,h", "sideways(-1)", "to the line's begin", show=False),
        Binding("right,l", "sideways(1)", "to the line's end", show=False),
        Binding("pageup", "page(1)", "a page back", show=False),
        Binding("pagedown", "page(-1)", "a page on", show=False),
    ]

    count: reactive[int] = reactive(0)
    """How many lines have been written by now."""
    behind: reactive[int] = reactive(0)
    """How many lines below the last visible one."""
    shift: reactive[int] = reactive(0)
    """How many cells of the text are left of the first visible one."""

    def __init__(self, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._all: tuple[LogLine, ...] = ()

    def show(self, log: tuple[LogLine, ...], count: int) -> None:
        """Draw the first ``count`` lines of a log."""
        if log is not self._all:
            self._all = log
            self.refresh()
        self.count = count
        self.behind = self.validate_behind(self.behind)
        self.shift = self.validate_shift(self.shift)

    def validate_behind(self, behind: int) -> int:
        """Keep the first line in reach."""
        return min(max(behind, 0), max(self.count - self.size.height, 0))

    def validate_shift(self, shift: int) -> int:
        """Keep the end of the longest visible line in reach."""
        return min(max(shift, 0), self._hidden)

    @property
    def is_cut(self) -> bool:
        """Whether a visible line is longer than there is room."""
        return self._hidden > 0

    @property
    def _hidden(self) -> int:
        """Cells by which the longest visible line is longer than there is room."""
        width = self.size.width
        longest = max((cell_len(log_text(line, width)) for line in self._visible), default=0)
        return max(longest + HEAD - width, 0) if longest else 0

    @property
    def _visible(self) -> tuple[LogLine, ...]:
        first = max(self.count - self.size.height - self.behind, 0)
        return self._all[first : min(first + self.size.height, self.count)]

    def line(self, y: int) -> Line:
        """Return a row."""
        if self.count == 0:
            return (Run(tr("Nothing has been logged yet."), "dim"),) if y == 0 else ()
        visible = self._visible
        return log_row(visible[y], self.size.width, self.shift) if y < len(visible) else ()

    def action_sideways(self, direction: int) -> None:
        """Move the text left or right."""
        self.shift += direction * STEP

    def action_back(self, lines: int) -> None:
        """Scroll by lines."""
        self.behind += lines

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.behind += pages * max(self.size.height - 1, 1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        self.behind += 2

    def on_mouse_scroll_left(self) -> None:
        """Move to the begin of the lines."""
        self.action_sideways(-1)

    def on_mouse_scroll_right(self) -> None:
        """Move to their end."""
        self.action_sideways(1)

    def on_mouse_scroll_down(self) -> None:
        """Scroll on."""
        self.behind -= 2
