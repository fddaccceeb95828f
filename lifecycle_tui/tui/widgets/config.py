"""The configuration pane: what can be changed, edited in place, and when a change takes effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.tui.widgets.config_fields import (
    FIELDS,
    Field,
    differences,
    effects,
    extension_init,
    function_init_us,
    mean_us,
    said,
)
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import daggered, fit, wrap
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_later


def summary(plan: FunctionPlan, width: int, name: Line = ()) -> Line:
    """Return the configuration in one line; init times go first where there is no room.

    Args:
        plan: the configuration.
        width: cells of the line.
        name: the function's name, where there are several.
    """
    extension = extension_init(plan)
    reserved = plan.reserved_concurrency
    handler = tr("handler")
    parts = {
        tr("timeout"): _short(plan.timeout_us),
        tr("mem"): str(plan.memory_mb),
        "E": "" if extension is None else _short(extension),
        "R": _short(mean_us(plan.init_runtime)),
        "F": _short(function_init_us(plan)),
        handler: _short(mean_us(plan.handler_time)),
        "PC": str(plan.provisioned_concurrency),
        "RC": tr("none") if reserved is None else str(reserved),
    }
    start = (Run(" "), *name, Run("  ")) if name else (Run(" "),)
    for left_out in ((), ("E", "R", "F"), (handler,)):
        for part in left_out:
            del parts[part]
        runs = [*start, *_pairs(parts)]
        if width_of(runs) <= width:
            break
    tail = (Run("c ", "key"), Run(f"{tr('edit')} ", "dim"))
    rest = width - width_of(runs) - width_of(tail)
    return (*runs, Run(" " * rest), *tail) if rest > 0 else tuple(runs)


def _pairs(parts: Mapping[str, str]) -> Iterable[Run]:
    gap = ""
    for name, value in parts.items():
        if value:
            yield from (Run(f"{gap}{name} ", "dim"), Run(value, "plain"))
            gap = "  "


def _short(us: int) -> str:
    return format_duration(us).replace(" ", "")


def config_lines(
    plan: FunctionPlan,
    draft: FunctionPlan,
    *,
    chosen: int,
    width: int,
    height: int,
    effect: Callable[[str, bool], str],
) -> tuple[Line, ...]:
    """Return the pane's lines: the fields in columns, the keys, then what a change means.

    Args:
        plan: the configuration at the cursor.
        draft: the same with what has been changed and not yet applied.
        chosen: the field that arrows change; -1 while the pane has no focus.
        width: cells of a line.
        height: lines that can be seen.
        effect: when a change of a field (and whether it is raised) takes effect.
    """
    columns = max(width // COLUMN, 1)
    column = max(min(width // columns, COLUMN + 5), 1)
    lines: list[Line] = []
    for first in range(0, len(FIELDS), columns):
        runs: list[Run] = []
        for number in range(first, min(first + columns, len(FIELDS))):
            runs += _field(FIELDS[number], plan, draft, number, number == chosen, column)
        lines.append(tuple(runs))
    if chosen < 0:
        return (*lines, (Run("c ", "key"), Run(tr("edits a value in place"), "dim")))
    lines.append(_keys())
    room = max(height - len(lines), 1)
    return (*lines, *_meaning(plan, draft, FIELDS[chosen], width, room, effect))


COLUMN: Final = 23
"""Cells of a field: its name, its keys and its value."""

_KEYS: Final = (
    ("↑↓", tr_later("chooses")),
    ("←→", tr_later("changes")),
    ("Enter", tr_later("applies")),
    ("Esc", tr_later("discards")),
    ("*", tr_later("pending")),
)


def _keys() -> Line:
    """Return what the keys do here."""
    runs: list[Run] = []
    for key, word in _KEYS:
        runs += (Run(f"{'  ' if runs else ''}{key} ", "key"), Run(tr(word), "dim"))
    return tuple(runs)


def _meaning(
    plan: FunctionPlan,
    draft: FunctionPlan,
    field: Field,
    width: int,
    room: int,
    effect: Callable[[str, bool], str],
) -> Iterable[Line]:
    """Return what is about to change and when that takes effect, in so many lines."""
    found = effects(plan, draft, effect)
    if not found:
        raised = (field.read(draft) or 0) >= (field.read(plan) or 0)
        words = f"{tr(field.title)}: {effect(field.changes[0], raised)}"
        return [daggered(text, "dim") for text in wrap(words, width)[:room]]
    texts = [
        (place, text)
        for when, changes in found.items()
        for place, text in enumerate(wrap(f"* {changes}: {when}", width))
    ]
    if len(texts) > room:
        texts = [(0, fit(f"* {said(found, width - 2)}", width))]
    return [
        (Run(text[:1], "edited"), *daggered(text[1:])) if place == 0 else daggered(text)
        for place, text in texts
    ]


def _field(
    field: Field, plan: FunctionPlan, draft: FunctionPlan, number: int, here: bool, column: int
) -> tuple[Run, ...]:
    """Return a field in its column; ``*`` says that its value has not been applied yet."""
    value = field.show(field.read(draft))
    edited = field.read(plan) != field.read(draft)
    look = "field-focus" if here else "edited" if edited else "field"
    meta = (("field", number),)
    mark = "*" if edited else " "
    shown = f"‹{mark}{value} ›" if here else f" {mark}{value}  "
    keys = f" {field.keys}" if field.keys else ""
    title = fit(tr(field.title), TITLE - len(keys))
    blank = max(TITLE - cell_len(title) - len(keys), 0)
    rest = max(column - TITLE - cell_len(shown), 0)
    return (
        Run(title, "dim", meta),
        Run(keys, "key-dim"),
        Run(" " * blank, "dim", meta),
        Run(shown, look, meta),
        Run(" " * rest),
    )


TITLE: Final = 11
"""Cells of a field's name and keys."""


class Config(Painted, can_focus=True):
    """The configuration, edited in place: arrows change, Enter applies, Esc discards."""

    DEFAULT_CSS: ClassVar[str] = "Config { overflow-y: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "field(-1)", "previous field", show=False),
        Binding("down,j", "field(1)", "next field", show=False),
        Binding("left,h", "value(-1)", "smaller", show=False),
        Binding("right,l", "value(1)", "larger", show=False),
        Binding("enter", "apply", "apply", show=False),
        Binding("escape", "discard", "discard", show=False),
    ]

    plan: reactive[FunctionPlan | None] = reactive(None, repaint=False)
    """The configuration at the cursor."""
    draft: reactive[FunctionPlan | None] = reactive(None, repaint=False)
    """The same with changes that have not been applied."""
    chosen: reactive[int] = reactive(0, repaint=False)
    """The field that arrows change."""

    @dataclass
    class Applied(Message):
        """Changes were confirmed."""

        config: Config
        changes: Mapping[str, object]

        @property
        def control(self) -> Config:
            """The widget."""
            return self.config

    @dataclass
    class Left(Message):
        """The user is done here."""

        config: Config

        @property
        def control(self) -> Config:
            """The widget."""
            return self.config

    def __init__(self, *, effect: Callable[[str, bool], str], **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._effect = effect

    def show(self, plan: FunctionPlan) -> None:
        """Draw a configuration; a draft in the making is kept."""
        if plan != self.plan:
            self.plan = plan
            self.draft = plan
        self._lay_out()

    def watch_draft(self) -> None:
        """Draw it."""
        self._lay_out()

    def watch_chosen(self) -> None:
        """Draw it."""
        self._lay_out()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the field's arrows, or hide them: what was not applied is discarded then."""
        super().watch_has_focus(has_focus)
        if not has_focus:
            self.draft = self.plan
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Choose the field under the pointer."""
        field = event.style.meta.get("field")
        if field is not None:
            self.chosen = int(field)

    def action_field(self, direction: int) -> None:
        """Choose the next or previous field."""
        self.chosen = (self.chosen + direction) % len(FIELDS)

    def action_value(self, direction: int) -> None:
        """Change the chosen field by one notch, in the draft."""
        if self.draft is not None:
            self.draft = FIELDS[self.chosen].moved(self.draft, direction)

    def action_apply(self) -> None:
        """Hand the changes over."""
        if self.plan is None or self.draft is None:
            return
        changes = differences(self.plan, self.draft)
        if changes:
            self.post_message(self.Applied(self, changes))
        else:
            self.post_message(self.Left(self))

    def action_discard(self) -> None:
        """Forget the changes; without any, leave."""
        if self.draft == self.plan:
            self.post_message(self.Left(self))
        self.draft = self.plan

    def _lay_out(self) -> None:
        if self.plan is None or self.draft is None:
            return
        self.lines = config_lines(
            self.plan,
            self.draft,
            chosen=self.chosen if self.has_focus else -1,
            width=self.content_size.width,
            height=self.content_size.height,
            effect=self._effect,
        )
