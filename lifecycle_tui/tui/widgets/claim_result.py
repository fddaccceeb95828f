"""What a search for a counterexample has come to: the verdict, the scenario in rows, and why."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.message import Message

from lifecycle_tui.claims.search import Found, NotFound
from lifecycle_tui.claims.words import effort, settings_words, verdict
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.why import why_event
from lifecycle_tui.readings.words import at, environment_name, span
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import daggered, wrap
from lifecycle_tui.units.translation import tr

_STARTS: Final = {
    Start.COLD: ("COLD", "start-cold"),
    Start.WARM: ("WARM", "start-warm"),
    Start.PRE: ("PRE", "start-pre"),
    Start.RESTORED: ("RESTORED", "start-pre"),
    Start.REINIT: ("RE-INIT", "start-reinit"),
}
_THROTTLED: Final = ("429", "refused")


def result_lines(result: Found | NotFound, width: int) -> tuple[Line, ...]:
    """Return a result as lines of so many cells."""
    lines: list[Line] = []
    words = verdict(result)
    first, _, rest = words.partition(": " if words.startswith("Nothing") else " ")
    if words.startswith("NOT "):
        first, rest = "NOT REFUTED", words.removeprefix("NOT REFUTED ")
    look = "refused" if isinstance(result, Found) else "strong"
    head, *others = wrap(f"{first} {rest}", width)
    lines.append((Run(first, look), Run(head.removeprefix(first))))
    lines += [(Run(other),) for other in others]
    lines.append(())
    if isinstance(result, NotFound):
        for told in effort(result):
            indent = len(told) - len(told.lstrip())
            lines += [(Run(" " * indent + part, "dim"),) for part in wrap(told, width - indent)]
        return tuple(lines)
    lines += [daggered(part) for part in wrap(_scenario(result), width)]
    lines.append(())
    lines += [_row(each, broken=each.event == result.event) for each in invocations(result.index)]
    explanation = why_event(result.index, result.event)
    lines += [(), *((Run(part, "strong"),) for part in wrap(explanation.question, width))]
    lines += [daggered(part) for part in wrap(explanation.answer, width)]
    lines.append(())
    for cause in explanation.causes:
        head, *others = wrap(cause.words, width - 2)
        lines.append((Run("< ", "dim"), *daggered(head, "dim")))
        lines += [(Run("  "), *daggered(other, "dim")) for other in others]
    return tuple(lines)


def _scenario(found: Found) -> str:
    told = settings_words(found)
    return tr("The function: {told}.", told=told) if told else tr("The function is a plain one.")


def _row(each: Invocation, *, broken: bool) -> Line:
    word, look = _THROTTLED if each.start is None else _STARTS[each.start]
    waited = (
        ""
        if each.started_us is None
        else tr("waited {length}", length=span(each.started_us - each.arrived_us))
    )
    place = "-" if each.environment < 0 else environment_name(each.environment)
    again = f" {tr('try {number}', number=each.attempt)}" if each.attempt > 1 else ""
    return (
        Run("! " if broken else "  ", "refused"),
        Run(f"#{each.event}{again}".ljust(4), "strong"),
        Run(f"{at(each.arrived_us):>10}  "),
        Run(f"{word:<9}", look),
        Run(f"{each.status:<10}", "plain" if each.status == "ok" else "refused"),
        Run(f"{place:<5}"),
        Run(waited, "dim"),
    )


class ClaimResult(Painted, can_focus=True):
    """The result of a search, which scrolls."""

    DEFAULT_CSS: ClassVar[str] = """
    ClaimResult { overflow-y: auto; height: 1fr; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "up", show=False),
        Binding("down,j", "scroll_down", "down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown,space", "page_down", "page down", show=False),
        Binding("home", "scroll_home", "top", show=False),
        Binding("end", "scroll_end", "bottom", show=False),
        Binding("enter,o", "open", "open"),
    ]

    class Opened(Message):
        """The counterexample shall be opened."""

    result: Found | NotFound | None = None
    """What is shown; None: what ``say`` has said."""

    def show(self, result: Found | NotFound) -> None:
        """Show a result."""
        self.result = result
        self.scroll_home(animate=False)
        self._lay_out()

    def say(self, words: str, look: str = "dim") -> None:
        """Show words instead of a result."""
        self.result = None
        self.lines = tuple((Run(part, look),) for part in wrap(words, self._room))

    def on_resize(self) -> None:
        """Lay out anew."""
        if self.result is not None:
            self._lay_out()

    def action_open(self) -> None:
        """Ask for the counterexample to be opened."""
        if isinstance(self.result, Found):
            self.post_message(self.Opened())

    @property
    def _room(self) -> int:
        return max(self.container_size.width - 3, 20)

    def _lay_out(self) -> None:
        if self.result is not None:
            self.lines = result_lines(self.result, self._room)
