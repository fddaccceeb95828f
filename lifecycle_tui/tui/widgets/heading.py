"""A pane's heading: a name, a rule, and a few words at the right, in one row."""

from __future__ import annotations

from textual.reactive import reactive

from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable


class Heading(Pressable):
    """``── Why ──────── w ──``; while its pane has the focus, ``─▸ Why ──``, in the accent."""

    left: reactive[Line] = reactive((), repaint=False)
    """What the pane is called."""
    right: reactive[Line] = reactive((), repaint=False)
    """What else belongs there; left out where there is no room."""
    lit: reactive[bool] = reactive(False, repaint=False)
    """Whether the pane has the focus."""

    def watch_left(self) -> None:
        """Lay out again."""
        self._lay_out()

    def watch_right(self) -> None:
        """Lay out again."""
        self._lay_out()

    def watch_lit(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out again."""
        self._lay_out()

    def between(self, before: Line, room: int, look: str) -> Line:  # noqa: ARG002 - for others
        """Return what is between the name and the words at the right: a rule.

        Args:
            before: what stands left of it.
            room: its cells.
            look: that of the rule.
        """
        return (Run(self.skin.rule * room, look),)

    def _lay_out(self) -> None:
        width = self.size.width
        look = "rule-focus" if self.lit else "rule"
        start = self.skin.rule + (self.skin.focus if self.lit else self.skin.rule)
        line = [Run(start + " ", look), *self.left, Run(" ", look)]
        right = [Run(" "), *self.right, Run(" ")] if self.right else []
        rest = width - width_of(line) - width_of(right)
        if rest < 2:
            right, rest = [], width - width_of(line)
        line += self.between(tuple(line), max(rest - (2 if right else 0), 0), look)
        line += right
        if right:
            line.append(Run(self.skin.rule * 2, look))
        self.lines = (tuple(line),)
