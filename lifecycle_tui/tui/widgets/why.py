"""The why pane: a question, the chain of causes back to an input, contrasts, and a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.engine.rules import RULES, Rule
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import daggered, moment, padded, wrap
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast
    from lifecycle_tui.tui.learning.links import Links

_INDENT: Final = 11
HEAD: Final = tr_later("what if")
"""Stands before what would have made the difference, where causes have their time."""
LOOKING: Final = tr_later("looking for what would have made the difference …")


def rule_named(name: str) -> Rule | None:
    """Return a rule of the catalogue by its id."""
    return RULES.get(name)


def explain(
    explanation: Explanation | None,
    *,
    chosen: int,
    width: int,
    contrasts: tuple[str, ...] | None = (),
) -> tuple[Line, ...]:
    """Return the pane's lines.

    Args:
        explanation: what is explained.
        chosen: the line that is pointed at, contrasts counted after the causes; -1 for none.
        width: cells of a line.
        contrasts: what would have made the difference; None while that is looked for.
    """
    if explanation is None:
        return (
            (Run(tr("Nothing has happened yet."), "dim"),),
            (),
            (Run(tr("Each start, refusal and end is explained here."), "dim"),),
        )
    lines: list[Line] = [(Run(text, "strong"),) for text in wrap(explanation.question, width)]
    lines += [daggered(text) for text in wrap(explanation.answer, width)]
    for number, cause in enumerate(explanation.causes):
        dagger = " †" if cause.assumed and "†" not in cause.words else ""
        head = f"{moment(cause.time_us):>9}"
        lines += _entry(head, cause.words + dagger, number, width, here=number == chosen)
    for number, words in enumerate(contrasts or (), start=len(explanation.causes)):
        lines += _entry(tr(HEAD), words, number, width, here=number == chosen)
    if contrasts is None:
        lines.append((Run(f"{padded(tr(HEAD), 9, right=True)}  ", "dim"), Run(tr(LOOKING), "dim")))
    rules = rules_of(explanation, chosen)
    lines += _sources(rules, width, dagger=any(c.assumed for c in explanation.causes))
    return tuple(lines)


def _entry(head: str, words: str, number: int, width: int, *, here: bool) -> list[Line]:
    """Return the lines of something that can be pointed at; ``>`` stands before it then."""
    lines: list[Line] = []
    meta = (("cause", number),)
    for place, text in enumerate(wrap(words, width - _INDENT) or [""]):
        lead = f"{padded(head, 9, right=True)}  " if place == 0 else " " * _INDENT
        if here and place == 0:
            lead = ">" + lead[1:]
        look = "selected" if here else "dim"
        body = (Run(text, "selected"),) if here else daggered(text)
        lines.append((Run(lead, look, meta), *(Run(r.text, r.look, meta) for r in body)))
    return lines


def rules_of(explanation: Explanation, chosen: int) -> tuple[Rule, ...]:
    """Return the rules that the pane shows: of the cause pointed at, else of all of them."""
    ids = explanation.rules
    if 0 <= chosen < len(explanation.causes):
        ids = explanation.causes[chosen].rules
    return tuple(rule for rule in map(rule_named, ids) if rule is not None)


def address_of(rule: Rule) -> str:
    """Return the address of the page that a rule is from; empty where it is from none."""
    found = next((word for word in rule.source.split() if word.startswith("https://")), "")
    return found.rstrip(".,;)")


def _sources(rules: tuple[Rule, ...], width: int, *, dagger: bool) -> list[Line]:
    """Return the rules, one a line; the first one's words and source come last."""
    lines: list[Line] = []
    if dagger:
        lines.append((Run("† ", "assumed"), Run(tr("assumed: AWS does not publish this"), "dim")))
    lines += [_named(rule) for rule in rules[1:]]
    for rule in rules[:1]:
        lines += [(Run(text, "dim"),) for text in wrap(tr(rule.statement), width)]
        lines.append(_named(rule))
        lines += [(Run(text, "faint"),) for text in wrap(rule.source, width)[:3]]
    return lines


def _named(rule: Rule) -> Line:
    mark = Run(" †", "assumed") if rule.assumed else Run("")
    return (
        Run(tr("rule {rule}", rule=rule.id) + " ", "accent"),
        Run(f"[{tr(rule.provenance.value)}]", "dim"),
        mark,
    )


class Why(Painted, can_focus=True):
    """A chain of causes and contrasts; one of them can be pointed at and gone to."""

    DEFAULT_CSS: ClassVar[str] = "Why { overflow-y: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "choose(-1)", "previous cause", show=False),
        Binding("down,j", "choose(1)", "next cause", show=False),
        Binding("enter", "jump", "go to the cause", show=False),
        Binding("backspace,comma", "back", "back from the cause", show=False),
        Binding("f", "fork", "fork before the cause", show=False),
        Binding("pageup", "page_up", "scroll up", show=False),
        Binding("pagedown", "page_down", "scroll down", show=False),
    ]

    explanation: reactive[Explanation | None] = reactive(None, repaint=False)
    """What is explained."""
    contrasts: reactive[tuple[Contrast, ...] | None] = reactive((), repaint=False)
    """What would have made the difference; None while that is looked for."""
    chosen: reactive[int] = reactive(-1, repaint=False)
    """The line that is pointed at: a cause, or a contrast after them."""
    links: Links | None = None
    """Words of the glossary, which are links; None until they were asked for."""
    can_return: reactive[bool] = reactive(False, repaint=False)
    """Whether a cause was gone to, from which there is a way back."""

    @dataclass
    class Said(Message):
        """What a pane says; the widget is the pane."""

        why: Why

        @property
        def control(self) -> Why:
            """The widget."""
            return self.why

    @dataclass
    class Jumped(Said):
        """A cause was chosen: go to its moment and ask why about it."""

        at_us: int
        record: int

    @dataclass
    class Tried(Said):
        """A contrast was chosen: try it."""

        contrast: Contrast

    @dataclass
    class Forked(Said):
        """Fork just before a cause."""

        at_us: int

    class Returned(Said):
        """Go back to where the last cause was gone to from."""

    @dataclass
    class Wondered(Said):
        """A word was clicked."""

        term: str

    @dataclass
    class Pointed(Said):
        """Another line is pointed at."""

        what: str
        """``cause`` or ``contrast``."""

    def watch_explanation(self, old: Explanation | None, new: Explanation | None) -> None:
        """Start at its top."""
        if old is None or new is None or old.question != new.question:
            self.set_reactive(Why.chosen, -1)
            self.scroll_to(y=0, animate=False)
        self._lay_out()

    def watch_contrasts(self) -> None:
        """Lay out again; what is pointed at must be there."""
        if self.chosen >= self._count:
            self.set_reactive(Why.chosen, self._count - 1)
        self._lay_out()

    def watch_chosen(self) -> None:
        """Point at another line."""
        self._lay_out()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Say what a word means; or go to the cause under the pointer, or try the contrast."""
        term = event.style.meta.get("term")
        if term is not None:
            self.post_message(self.Wondered(self, str(term)))
            return
        cause = event.style.meta.get("cause")
        if cause is not None:
            self.chosen = int(cause)
            self.action_jump()

    def action_choose(self, direction: int) -> None:
        """Point at the next or previous line."""
        if not self._count:
            return
        self.point(self.chosen + direction)
        self.post_message(self.Pointed(self, "cause" if self._cause >= 0 else "contrast"))

    def point(self, number: int) -> None:
        """Point at a line, and let it be seen."""
        self.chosen = min(max(number, -1 if number < 0 and self.chosen < 0 else 0), self._count - 1)
        rows = [y for y, line in enumerate(self.lines) if _cause_of(line) == self.chosen]
        if rows and rows[-1] >= self.scroll_offset.y + self.size.height:
            self.scroll_to(y=rows[-1] - self.size.height + 1, animate=False)
        elif rows and rows[0] < self.scroll_offset.y:
            self.scroll_to(y=max(rows[0] - 2, 0), animate=False)

    def action_jump(self) -> None:
        """Go to the cause pointed at, or to the nearest; or try the contrast."""
        explanation = self.explanation
        if explanation is None or not explanation.causes:
            return
        if self.chosen >= len(explanation.causes) and self.contrasts:
            contrast = self.contrasts[self.chosen - len(explanation.causes)]
            self.post_message(self.Tried(self, contrast))
            return
        cause = explanation.causes[max(self.chosen, 0)]
        self.post_message(self.Jumped(self, cause.time_us, cause.record))

    def action_back(self) -> None:
        """Go back to where the last cause was gone to from."""
        self.post_message(self.Returned(self))

    def action_fork(self) -> None:
        """Fork just before the cause pointed at."""
        if self.explanation is not None and self._cause >= 0:
            self.post_message(self.Forked(self, self.explanation.causes[self._cause].time_us))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leave keys that mean nothing here to the screen."""
        if action == "back":
            return self.can_return
        return self._cause >= 0 if action == "fork" else True

    def pointed_in(self, explanation: Explanation) -> int:
        """Return the line that is pointed at in an explanation; -1 while another one is shown."""
        return self.chosen if self.explanation is explanation else -1

    @property
    def shows_contrast(self) -> bool:
        """Whether the first line of the nearest contrast can be seen."""
        causes = self._count - len(self.contrasts or ())
        rows = [y for y, line in enumerate(self.lines) if _cause_of(line) == causes]
        top = self.scroll_offset.y
        return bool(rows) and top <= rows[0] < top + self.size.height

    @property
    def _count(self) -> int:
        causes = 0 if self.explanation is None else len(self.explanation.causes)
        return causes + len(self.contrasts or ())

    @property
    def _cause(self) -> int:
        """The cause pointed at; -1 for none."""
        causes = 0 if self.explanation is None else len(self.explanation.causes)
        return self.chosen if self.chosen < causes else -1

    def _lay_out(self) -> None:
        words = None if self.contrasts is None else tuple(one.words for one in self.contrasts)
        lines = explain(
            self.explanation,
            chosen=self.chosen,
            width=self.content_size.width - 1,
            contrasts=words,
        )
        self.lines = lines if self.links is None else self.links.on(lines)

    def link(self, links: Links) -> None:
        """Let words be links from now on."""
        if self.links is None:
            self.links = links
            self._lay_out()


def _cause_of(line: Line) -> int:
    for run in line:
        for name, value in run.meta:
            if name == "cause":
                return int(value)
    return -1
