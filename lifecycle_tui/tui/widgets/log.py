"""The log pane: what CloudWatch Logs would hold by now, the newest at the bottom."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from lifecycle_tui.readings.model import LogLine
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run

_REQUEST_ID: Final = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def log_row(line: LogLine, width: int) -> Line:
    """Return one line of the log; where it does not fit, its request id is shortened."""
    seconds = f"{line.time_us / 1_000_000:>9.3f} "
    who = "429 " if line.environment < 0 else f"e{line.environment + 1:<3}"
    text = line.text.replace("\t", "  ")
    if len(text) + 15 > width:
        text = _REQUEST_ID.sub(r"\1…", text)
    word, gap, rest = text.partition(" ")
    look = {"REPORT": "strong", "INIT_REPORT": "strong"}.get(word, "plain")
    if line.environment < 0 or "Status: timeout" in rest or "Status: error" in rest:
        look = "bad"
    return (
        Run(seconds, "dim"),
        Run(f"{who} ", "refused" if line.environment < 0 else "accent"),
        Run(word, look),
        Run(gap + rest),
    )


class Log(Painted, can_focus=True):
    """Lines up to the cursor; it stays at the newest until it is scrolled back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "back(1)", "one line back", show=False),
        Binding("down,j", "back(-1)", "one line on", show=False),
        Binding("pageup", "page(1)", "a page back", show=False),
        Binding("pagedown", "page(-1)", "a page on", show=False),
    ]

    count: reactive[int] = reactive(0)
    """How many lines have been written by now."""
    behind: reactive[int] = reactive(0)
    """How many lines below the last visible one."""

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

    def validate_behind(self, behind: int) -> int:
        """Keep the first line in reach."""
        return min(max(behind, 0), max(self.count - self.size.height, 0))

    def line(self, y: int) -> Line:
        """Return a row."""
        if self.count == 0:
            return (Run("Nothing has been logged yet.", "dim"),) if y == 0 else ()
        number = max(self.count - self.size.height - self.behind, 0) + y
        return (
            log_row(self._all[number], self.size.width)
            if number < min(self.count, len(self._all))
            else ()
        )

    def action_back(self, lines: int) -> None:
        """Scroll by lines."""
        self.behind += lines

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.behind += pages * max(self.size.height - 1, 1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        self.behind += 2

    def on_mouse_scroll_down(self) -> None:
        """Scroll on."""
        self.behind -= 2
