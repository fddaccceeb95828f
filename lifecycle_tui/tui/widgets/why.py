"""The why pane: a question, the chain of its causes back to an input, and the rules it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.engine.rules import RULES, Rule
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import daggered, moment, wrap


def rule_named(name: str) -> Rule | None:
    """Return a rule of the catalogue by its id."""
    return RULES.get(name)


def explain(explanation: Explanation | None, *, chosen: int, width: int) -> tuple[Line, ...]:
    """Return the pane's lines.

    Args:
        explanation: what is explained.
        chosen: the cause that is pointed at; -1 for none.
        width: cells of a line.
    """
    if explanation is None:
        return (
            (Run("Nothing has happened yet.", "dim"),),
            (),
            (Run("Each start, refusal and end is explained here.", "dim"),),
        )
    lines: list[Line] = [(Run(text, "strong"),) for text in wrap(explanation.question, width)]
    lines += [daggered(text) for text in wrap(explanation.answer, width)]
    for number, cause in enumerate(explanation.causes):
        here = number == chosen
        time = moment(cause.time_us)
        dagger = " †" if cause.assumed and "†" not in cause.words else ""
        indent = 11
        texts = wrap(cause.words + dagger, width - indent) or [""]
        meta = (("cause", number),)
        for place, text in enumerate(texts):
            head = f"{time:>9}  " if place == 0 else " " * indent
            look = "selected" if here else "dim"
            body = (Run(text, "selected", meta),) if here else daggered(text)
            lines.append((Run(head, look, meta), *(Run(r.text, r.look, meta) for r in body)))
    lines += _sources(explanation, width, dagger=any(c.assumed for c in explanation.causes))
    return tuple(lines)


def _sources(explanation: Explanation, width: int, *, dagger: bool) -> list[Line]:
    lines: list[Line] = []
    for place, name in enumerate(explanation.rules):
        rule = rule_named(name)
        if rule is None:
            continue
        head = f"rule {name} "
        tail = f"[{rule.provenance.value}]"
        mark = Run(" †", "assumed") if rule.assumed else Run("")
        lines.append((Run(head, "accent"), Run(tail, "dim"), mark))
        if place == 0:
            lines += [(Run(text, "dim"),) for text in wrap(rule.statement, width)]
            if rule.source:
                lines += [(Run(text, "faint"),) for text in wrap(rule.source, width)[:2]]
    if dagger:
        lines.append((Run("† ", "assumed"), Run("assumed: AWS does not publish this", "dim")))
    return lines


class Why(Painted, can_focus=True):
    """A chain of causes; one of them can be chosen and jumped to."""

    DEFAULT_CSS: ClassVar[str] = "Why { overflow-y: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "choose(-1)", "previous cause", show=False),
        Binding("down,j", "choose(1)", "next cause", show=False),
        Binding("enter", "jump", "go to the cause", show=False),
        Binding("pageup", "page_up", "scroll up", show=False),
        Binding("pagedown", "page_down", "scroll down", show=False),
    ]

    explanation: reactive[Explanation | None] = reactive(None, repaint=False)
    """What is explained."""
    chosen: reactive[int] = reactive(-1, repaint=False)
    """The cause that is pointed at."""

    @dataclass
    class Jumped(Message):
        """A cause was chosen: go to its moment."""

        why: Why
        at_us: int

        @property
        def control(self) -> Why:
            """The widget."""
            return self.why

    def watch_explanation(self, old: Explanation | None, new: Explanation | None) -> None:
        """Start at its top."""
        if old is None or new is None or old.question != new.question:
            self.set_reactive(Why.chosen, -1)
            self.scroll_to(y=0, animate=False)
        self._lay_out()

    def watch_chosen(self) -> None:
        """Point at another cause."""
        self._lay_out()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Jump to the cause under the pointer."""
        cause = event.style.meta.get("cause")
        if cause is not None:
            self.chosen = int(cause)
            self.action_jump()

    def action_choose(self, direction: int) -> None:
        """Point at the next or previous cause."""
        causes = 0 if self.explanation is None else len(self.explanation.causes)
        if causes:
            self.chosen = min(max(self.chosen + direction, 0), causes - 1)
            rows = [y for y, line in enumerate(self.lines) if _cause_of(line) == self.chosen]
            if rows and rows[-1] >= self.scroll_offset.y + self.size.height:
                self.scroll_to(y=rows[-1] - self.size.height + 1, animate=False)
            elif rows and rows[0] < self.scroll_offset.y:
                self.scroll_to(y=max(rows[0] - 2, 0), animate=False)

    def action_jump(self) -> None:
        """Go to the chosen cause, or to the nearest."""
        if self.explanation is not None and self.explanation.causes:
            cause = self.explanation.causes[max(self.chosen, 0)]
            self.post_message(self.Jumped(self, cause.time_us))

    def _lay_out(self) -> None:
        width = self.content_size.width - 1
        self.lines = explain(self.explanation, chosen=self.chosen, width=width)


def _cause_of(line: Line) -> int:
    for run in line:
        for name, value in run.meta:
            if name == "cause":
                return int(value)
    return -1
